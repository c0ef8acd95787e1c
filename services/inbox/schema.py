"""The inbox in GraphQL."""

from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from services.access.guard import (
    Guard,
    Refusal,
    Touched,
    column,
    connection,
    expr,
    extends,
    many,
    mutation,
    node,
    part,
    payload,
    python,
    refusals,
    single,
    touched,
)
from services.access.interface import Info, RequestContext
from services.access.policy import Action, Scope
from services.documents.interface import NewLine
from services.inbox import actions, papers, queries
from services.kit.money import ZERO
from services.kit.pages import Connection
from services.kit.scalars import Date, DateTime, Money

if TYPE_CHECKING:
    from services.documents.schema import PurchaseDocument, PurchaseDocumentType

VIEW = Guard(Scope.INBOX)
EDIT = Guard(Scope.INBOX, Action.EDIT)

DocumentOut = Annotated["PurchaseDocument", strawberry.lazy("services.documents.schema")]


@strawberry.enum(description="A photo, or a PDF.")
class InboxFileKind(Enum):
    SCAN = "SCAN"
    FILE = "FILE"


@strawberry.enum(description="What became of a paper.")
class InboxFileState(Enum):
    TO_REVIEW = "TO_REVIEW"
    DONE = "DONE"
    DISCARDED = "DISCARDED"


def _link(context: RequestContext, company_id: str, sha256: str, filename: str, media_type: str) -> str:
    return context.link(
        "object", company=company_id, scope="INBOX", sha256=sha256, filename=filename, media_type=media_type
    )


def _file_link(context: RequestContext, company_id: str, sha256: str, filename: str, media_type: str) -> str:
    return _link(context, company_id, sha256, filename, media_type)


def _page_link(context: RequestContext, company_id: str, sha256: str, number: int, media_type: str) -> str:
    name = f"{number}.{media_type.removeprefix('image/')}"
    return _link(context, company_id, sha256, name, media_type)


@node(queries.PAGE, VIEW)
class InboxPage:
    """One page of a paper as a picture."""

    number: int = column("From 1.")
    url: str = python(
        ("company_id", "sha256", "number", "media_type"),
        _page_link,
        "Signed link to the picture; it expires.",
    )


@node(queries.FILE, VIEW)
class InboxFile:
    """A paper that reached a company. Employees of the company see those they sent in themselves."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company it reached.")
    kind: InboxFileKind = column("Photo or PDF.")
    state: InboxFileState = column("What became of it.")
    source: str = column("The way it came: UPLOAD or MAIL.")
    sender: str | None = column("Who sent it, for papers that came by mail.")
    filename: str = column("Name it came with.")
    media_type: str = column("What its content is.")
    size: int = column("Bytes.")
    page_count: int = column("Pages of the paper.")
    received_at: DateTime = column("When it came.")
    done_at: DateTime | None = column("When it was converted or discarded.")
    document_id: strawberry.ID | None = column("The purchase made from it.")
    duplicate_of_id: strawberry.ID | None = expr(
        queries.first_of_its_content, "The first paper with the same content, if the viewer sees it."
    )
    discard_reason: str | None = column("Why it was discarded.")
    url: str = python(
        ("company_id", "sha256", "filename", "media_type"),
        _file_link,
        "Signed link to the file itself; it expires.",
    )
    pages: list[InboxPage] | None = many(
        queries.PAGES_OF, "Pictures of its pages in order; of long PDFs the first 30."
    )


@node(None, VIEW)
class InboxPending:
    """Papers that wait, by kind."""

    scans: int = expr(
        queries.waiting_scans,
        "Photos: the total of inboxFiles(filter: {state: TO_REVIEW, kind: SCAN}).",
        nullable=False,
    )
    files: int = expr(
        queries.waiting_files,
        "PDFs: the total of inboxFiles(filter: {state: TO_REVIEW, kind: FILE}).",
        nullable=False,
    )


@extends("PendingWork")
class PendingInbox:
    inbox: InboxPending | None = part("Papers to review, by kind.", guard=VIEW)


@strawberry.enum(description="Order of a list of papers.")
class InboxFileOrder(Enum):
    RECEIVED_ASC = "RECEIVED_ASC"
    RECEIVED_DESC = "RECEIVED_DESC"


@strawberry.input(description="Which papers a list holds; conditions are joined by AND.")
class InboxFileFilter:
    state: InboxFileState | None = strawberry.field(default=None, description="Only in this state.")
    kind: InboxFileKind | None = strawberry.field(default=None, description="Only photos, or only PDFs.")
    search: str | None = strawberry.field(
        default=None, description="Part of file name or sender; accents and case are ignored."
    )


@strawberry.type
class Query:
    @connection(queries.FILES)
    def inbox_files(
        self,
        company_id: strawberry.ID | None = None,
        filter: InboxFileFilter | None = None,
        order_by: InboxFileOrder = InboxFileOrder.RECEIVED_DESC,
        first: int = 50,
        after: str | None = None,
    ) -> Connection[InboxFile] | None:
        """Papers of one company, or of all companies within reach. At most 200 a page."""

    @single(lambda row, values, ask: row.c.id == values["id"])
    def inbox_file(self, id: strawberry.ID) -> InboxFile | None:
        """One paper; null if there is none with this id within reach."""


@strawberry.input(description="A file that was uploaded for a company's inbox.")
class ReceiveInboxFileInput:
    company_id: strawberry.ID = strawberry.field(description="The company it is for.")
    upload_id: strawberry.ID = strawberry.field(description="The upload, made for the inbox of this company.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one paper."
    )


@strawberry.input(description="One line of a purchase, as read off the paper.")
class ConvertLineInput:
    description: str = strawberry.field(description="What was bought.")
    quantity: Money = strawberry.field(default=Decimal(1), description="How many; 1 unless said.")
    unit_price: Money = strawberry.field(description="Price of one before tax.")
    discount_percent: Money = strawberry.field(default=ZERO, description="Discount in per cent.")
    tax_rate: Money = strawberry.field(description="VAT rate in per cent, such as 21.")
    ledger_account_code: str | None = strawberry.field(
        default=None,
        description="Account of the cost, such as 629; chosen by the program where none is given.",
    )


@strawberry.input(description="What a person read off a paper.")
class ConvertInboxFileInput:
    id: strawberry.ID = strawberry.field(description="The paper.")
    type: Annotated["PurchaseDocumentType", strawberry.lazy("services.documents.schema")] = strawberry.field(
        description="Kind of purchase document."
    )
    supplier_id: strawberry.ID | None = strawberry.field(
        default=None, description="A contact of the company."
    )
    supplier_name: str | None = strawberry.field(
        default=None, description="Name of a supplier to be found or made."
    )
    supplier_tax_id: str | None = strawberry.field(
        default=None, description="Tax identifier of that supplier."
    )
    number: str = strawberry.field(description="The supplier's own number.")
    issued_on: Date = strawberry.field(description="Day of issue.")
    due_on: Date | None = strawberry.field(default=None, description="Day it is due.")
    currency: str = strawberry.field(default="EUR", description="ISO 4217 code.")
    withholding_rate: Money = strawberry.field(
        default=ZERO, description="Income tax withheld, in per cent of the base."
    )
    lines: list[ConvertLineInput] = strawberry.field(description="At least one.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one purchase."
    )


@payload
class InboxFilePayload:
    """The paper as it is now, or why nothing was done."""

    inbox_file: Touched[InboxFile] = touched()
    refusals: list[Refusal] = refusals()


@payload
class ConvertInboxFilePayload:
    """The purchase and the paper, or why nothing was made."""

    document: Touched[DocumentOut] = touched()
    inbox_file: Touched[InboxFile] = touched()
    refusals: list[Refusal] = refusals()


@strawberry.type
class Mutation:
    @mutation(guard=EDIT)
    async def receive_inbox_file(self, info: Info, input: ReceiveInboxFileInput) -> InboxFilePayload:
        """Puts an uploaded PDF, JPEG or PNG into the inbox; what it is is read from its content."""
        context = info.context
        async with context.write() as act:
            upload = await actions.upload_to_receive(
                act, company_id=input.company_id, upload_id=input.upload_id
            )
        paper = await papers.look_at(context.store, sha256=upload.sha256, filename=upload.filename)
        async with context.write() as act:
            made = await actions.receive_file(
                act, paper, company_id=upload.company_id, request_key=input.request_key
            )
        return InboxFilePayload(inbox_file=made)

    @mutation(guard=EDIT)
    async def convert_inbox_file(self, info: Info, input: ConvertInboxFileInput) -> ConvertInboxFilePayload:
        """Makes a draft purchase of a paper, with the file attached."""
        new = actions.NewPurchase(
            inbox_file_id=input.id,
            kind=input.type.value,
            supplier_id=input.supplier_id,
            supplier_name=input.supplier_name,
            supplier_tax_id=input.supplier_tax_id,
            number=input.number,
            issued_on=input.issued_on,
            due_on=input.due_on,
            currency=input.currency,
            withholding_rate=input.withholding_rate,
            lines=tuple(_line(line) for line in input.lines),
            request_key=input.request_key,
        )
        async with info.context.write() as act:
            file_id, document_id = await actions.convert_inbox_file(act, new)
        return ConvertInboxFilePayload(document=document_id, inbox_file=file_id)

    @mutation(guard=EDIT)
    async def discard_inbox_file(
        self, info: Info, id: strawberry.ID, reason: str, request_key: str
    ) -> InboxFilePayload:
        """Sets a paper aside that is no purchase; it can still be looked at."""
        async with info.context.write() as act:
            done = await actions.discard_inbox_file(act, id, reason=reason)
        return InboxFilePayload(inbox_file=done)


def _line(line: ConvertLineInput) -> NewLine:
    return NewLine(
        description=line.description,
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount_percent=line.discount_percent,
        tax_rate=line.tax_rate,
        ledger_account_code=line.ledger_account_code,
    )
