"""Invoice records in GraphQL."""

from enum import Enum

import strawberry

from services.access.guard import OPEN, Guard, column, expr, extends, node, one, python, resolved
from services.access.interface import Act, Info, RequestContext
from services.access.policy import Action, Scope
from services.kit.errors import NotFound
from services.kit.scalars import DateTime, Money
from services.verifactu import queries
from services.verifactu.verification import verify_records

SALES = Guard(Scope.SALES)


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


def _qr_link(context: RequestContext, document_id: str) -> str:
    return context.link("invoice-qr", document=document_id)


@node(queries.ISSUE_RECORD, OPEN)
class InvoiceRecord:
    """The record that the law wants of an issued invoice (RD 1007/2023), a link of its issuer's chain."""

    position: int = column("Place in the issuer's chain, from 1.")
    type: InvoiceRecordType | None = column("Kind of invoice as recorded.")
    hash: str = column("SHA-256 of the record, in capital hexadecimal digits.")
    previous_hash: str = column("Hash of the record before it; empty for the first of a chain.")
    tax_total: Money | None = column("CuotaTotal in EUR: VAT and surcharge.")
    total: Money | None = column("ImporteTotal in EUR, before any withholding.")
    recorded_at: DateTime = column("When it was made, to the second.")
    qr_url: str | None = column("What the QR code on the invoice holds.")
    qr_image_url: str | None = python(
        ("document_id",), _qr_link, "Signed link of this viewer to that QR code as a PNG, for some minutes."
    )
    xml: str = column("The record in the published layout (RegistroAlta), without signature.")
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


@strawberry.type
class Query:
    @resolved(guard=SALES)
    async def invoice_record_check(self, info: Info, company_id: strawberry.ID) -> InvoiceRecordCheck | None:
        """Recomputes a company's chain of invoice records from its first one; null for a company outside reach."""
        viewer = info.context.viewer
        async with info.context.database.read(viewer.id) as session:
            try:
                company = await Act(session, viewer).may(company_id, Scope.SALES, Action.VIEW)
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
