"""Invoice records in GraphQL."""

from enum import Enum

import strawberry

from services.access.guard import OPEN, Guard, column, expr, extends, node, one, python, resolved
from services.access.interface import Act, Info, RequestContext
from services.access.policy import Role, Scope
from services.kit.errors import NotFound
from services.kit.scalars import DateTime, Money
from services.kit.settings import get_settings
from services.verifactu import queries
from services.verifactu.actions import company_of_chain
from services.verifactu.declaration import declaration
from services.verifactu.handing_over import FILES_MAX, files_of_year
from services.verifactu.verification import verify_records

SALES = Guard(Scope.SALES)
CHAIN = Guard(Scope.SALES, roles=frozenset(Role) - {Role.PORTAL_CONTACT})
"""What of a record tells of the one before it, which may be another customer's invoice."""


@strawberry.enum(
    description="Kind of an invoice on record: F1 with its customer's tax id, F2 without (most are simplified), F3"
    " in place of simplified ones, R1 to R5 rectifying (R1 art. 80.1, 80.2 and 80.6 LIVA, R2 80.3, R3 80.4, R4 others,"
    " R5 an F2)."
)
class InvoiceRecordType(Enum):
    F1 = "F1"
    F2 = "F2"
    F3 = "F3"
    R1 = "R1"
    R2 = "R2"
    R3 = "R3"
    R4 = "R4"
    R5 = "R5"


@strawberry.enum(
    description="What a responsible declaration lacks: tax id or address of who supplies the program, place and day of"
    " its signing; where records are not sent to the tax agency also their signature and the log of events."
)
class DeclarationGap(Enum):
    MAKER_TAX_ID = "MAKER_TAX_ID"
    MAKER_ADDRESS = "MAKER_ADDRESS"
    SIGNING = "SIGNING"
    SIGNED_RECORDS = "SIGNED_RECORDS"
    EVENT_LOG = "EVENT_LOG"


def _qr_link(context: RequestContext, document_id: str) -> str:
    return context.link("invoice-qr", document=document_id)


@node(queries.ISSUE_RECORD, OPEN)
class InvoiceRecord:
    """The record that the law wants of an issued invoice (RD 1007/2023), a link of its issuer's chain."""

    position: int = column("Place in the issuer's chain, from 1.")
    type: InvoiceRecordType | None = column("Kind of invoice as recorded.")
    hash: str = column("SHA-256 of the record, in capital hexadecimal digits.")
    previous_hash: str | None = column(
        "Hash of the record before it; empty for the first of a chain. A contact sees none.", guard=CHAIN
    )
    tax_total: Money | None = column("CuotaTotal in EUR: VAT and surcharge.")
    total: Money | None = column("ImporteTotal in EUR, before any withholding.")
    recorded_at: DateTime = column("When it was made, to the second.")
    qr_url: str | None = column("What the QR code on the invoice holds.")
    qr_image_url: str | None = python(
        ("document_id",), _qr_link, "Signed link of this viewer to that QR code as a PNG, for some minutes."
    )
    xml: str | None = column(
        "The record in the published layout (RegistroAlta), without signature. It names the invoice before it, so a"
        " contact sees none.",
        guard=CHAIN,
    )
    cancelled_at: DateTime | None = expr(queries.cancelled_at, "When the invoice was put on record as void.")


@extends("SalesDocument")
class RecordOfSalesDocument:
    verifactu: InvoiceRecord | None = one(
        queries.RECORD_OF, "Its record as an issued invoice; null for what is none.", guard=SALES
    )


@node(None, OPEN)
class BrokenInvoiceRecord:
    """The first record of a chain that no longer holds."""

    position: int = strawberry.field(description="Its place in the chain.")
    number: str = strawberry.field(
        description="Number of its invoice; empty where the record itself is gone."
    )
    reason: str = strawberry.field(
        description="POSITION: one before it is missing; LINK: it names another predecessor; HASH: it says something"
        " else than was recorded; XML: its text does; END: the last record is missing."
    )


@node(None, OPEN)
class InvoiceRecordCheck:
    """Whether the invoice records of a company are what was recorded."""

    record_count: int = strawberry.field(description="How many records were looked at.")
    broken: BrokenInvoiceRecord | None = strawberry.field(description="The first that does not hold.")


@node(None, OPEN)
class InvoiceRecordFile:
    """A stretch of a company's chain of invoice records, to keep or to hand over."""

    first_position: int = strawberry.field(description="Place of its first record in the chain.")
    last_position: int = strawberry.field(description="Place of its last one.")
    url: str = strawberry.field(
        description="Signed link of this viewer to the file, for some minutes: XML in the tax agency's layout for many"
        " records (SuministroLR), unsigned."
    )


@node(None, OPEN)
class DeclarationPart:
    """One letter of the responsible declaration (order HAC/1177/2024 art. 15.1)."""

    letter: str = strawberry.field(description="Its letter, a to l.")
    heading: str = strawberry.field(description="What it asks for, in Spanish.")
    text: str = strawberry.field(description="The answer, in Spanish.")


@node(None, OPEN)
class ResponsibleDeclaration:
    """What whoever supplies this program declares of it, as RD 1007/2023 art. 13 wants it visible in the program."""

    parts: list[DeclarationPart] = strawberry.field(description="The text, by letter.")
    gaps: list[DeclarationGap] = strawberry.field(
        description="What is missing; while anything is, nothing is declared."
    )


@strawberry.type
class Query:
    @resolved(guard=OPEN)
    async def responsible_declaration(self) -> ResponsibleDeclaration:
        """The responsible declaration of this billing system, or what it still lacks. For whoever is signed in."""
        said = declaration(get_settings())
        return ResponsibleDeclaration(
            parts=[
                DeclarationPart(letter=each.letter, heading=each.heading, text=each.text)
                for each in said.parts
            ],
            gaps=[DeclarationGap[gap.name] for gap in said.gaps],
        )

    @resolved(guard=SALES, cap=FILES_MAX)
    async def invoice_record_files(
        self, info: Info, company_id: strawberry.ID, year: int
    ) -> list[InvoiceRecordFile] | None:
        """The invoice records that a company made in a year, in files of a thousand; null outside reach."""
        context = info.context
        async with context.database.read(context.viewer.id) as session:
            try:
                company = await company_of_chain(Act(session, context.viewer), company_id)
            except NotFound:
                return None
            files = await files_of_year(session, company, year)
        return [
            InvoiceRecordFile(
                first_position=file.first_position,
                last_position=file.last_position,
                url=context.link(
                    "invoice-records",
                    company=str(company),
                    first=str(file.first_position),
                    last=str(file.last_position),
                ),
            )
            for file in files
        ]

    @resolved(guard=SALES)
    async def invoice_record_check(self, info: Info, company_id: strawberry.ID) -> InvoiceRecordCheck | None:
        """Recomputes a company's chain of invoice records from its first one; null for a company outside reach."""
        viewer = info.context.viewer
        async with info.context.database.read(viewer.id) as session:
            try:
                company = await company_of_chain(Act(session, viewer), company_id)
            except NotFound:
                return None
            found = await verify_records(session, company)
        broken = found.broken
        return InvoiceRecordCheck(
            record_count=found.record_count,
            broken=BrokenInvoiceRecord(position=broken.position, number=broken.number, reason=broken.reason)
            if broken
            else None,
        )
