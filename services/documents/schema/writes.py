"""What people do with commercial documents, in GraphQL."""

from collections.abc import Sequence
from uuid import UUID

import strawberry

from services.access.guard import (
    Guard,
    Refusal,
    Touched,
    mutation,
    payload,
    refusal_of,
    refusals,
    touched,
)
from services.access.interface import Info, as_id
from services.access.policy import Action, Scope
from services.documents.actions import approving, creating, handing_out
from services.documents.rules.kinds import DocumentKind
from services.documents.schema.reads import (
    PurchaseDocument,
    PurchaseDocumentType,
    SalesDocument,
    SalesDocumentType,
)
from services.kit.batches import Outcome
from services.kit.money import ZERO
from services.kit.scalars import Date, Money

SALES_EDIT = Guard(Scope.SALES, Action.EDIT)
PURCHASES_EDIT = Guard(Scope.PURCHASES, Action.EDIT)
APPROVE = Guard(Scope.SALES, Action.APPROVE)
"""Roles that approve sales are those that approve purchases; each document's own side decides in the transaction."""


@strawberry.input(description="One line of a new document.")
class DocumentLineInput:
    description: str = strawberry.field(description="What is sold or bought, up to 2000 signs.")
    quantity: Money = strawberry.field(
        default=Money(creating.ONE), description="How many; negative for goods that come back."
    )
    unit_price: Money = strawberry.field(description="Price of one without VAT, up to four decimals.")
    discount_percent: Money = strawberry.field(default=Money(ZERO), description="From 0 to 100.")
    tax_rate: Money = strawberry.field(description="VAT rate in per cent: 21, 10, 4 or 0.")
    ledger_account_code: str | None = strawberry.field(
        default=None, description="Account of the income or cost; left out, the kind of line decides."
    )
    is_product: bool = strawberry.field(default=True, description="Whether it is a product, not a service.")


@strawberry.input(description="A new sales document; it gets its number when it is approved.")
class CreateSalesDocumentInput:
    company_id: strawberry.ID = strawberry.field(description="The company that issues it.")
    type: SalesDocumentType = strawberry.field(description="Kind of document.")
    contact_id: strawberry.ID | None = strawberry.field(default=None, description="The customer.")
    issued_on: Date = strawberry.field(description="Day of issue.")
    operation_on: Date | None = strawberry.field(
        default=None, description="Day of the operation, if another."
    )
    due_on: Date | None = strawberry.field(default=None, description="Last day to pay.")
    currency: str = strawberry.field(default="EUR", description="ISO 4217 code.")
    description: str | None = strawberry.field(default=None, description="Notes that print below the lines.")
    withholding_rate: Money = strawberry.field(
        default=Money(ZERO), description="What the customer withholds, in per cent."
    )
    lines: list[DocumentLineInput] = strawberry.field(description="1 to 500 lines.")
    for_review: bool = strawberry.field(default=False, description="Send it to review at once.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one document."
    )


@strawberry.input(description="A new purchase document.")
class CreatePurchaseDocumentInput:
    company_id: strawberry.ID = strawberry.field(description="The company that buys.")
    type: PurchaseDocumentType = strawberry.field(description="Kind of document.")
    contact_id: strawberry.ID | None = strawberry.field(default=None, description="The supplier.")
    number: str | None = strawberry.field(default=None, description="The supplier's own number.")
    issued_on: Date = strawberry.field(description="Day of issue.")
    operation_on: Date | None = strawberry.field(
        default=None, description="Day of the operation, if another."
    )
    due_on: Date | None = strawberry.field(default=None, description="Last day to pay.")
    currency: str = strawberry.field(default="EUR", description="ISO 4217 code.")
    description: str | None = strawberry.field(default=None, description="Notes.")
    withholding_rate: Money = strawberry.field(
        default=Money(ZERO), description="What is withheld from the supplier, in per cent."
    )
    lines: list[DocumentLineInput] = strawberry.field(description="1 to 500 lines.")
    for_review: bool = strawberry.field(default=False, description="Send it to review at once.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one document."
    )


@payload
class DocumentPayload:
    """The document as it is now, under the field of its side, or why nothing was done."""

    sales_document: Touched[SalesDocument] = touched("The document, if it is one of sales.")
    purchase_document: Touched[PurchaseDocument] = touched("The document, if it is one of purchases.")
    refusals: list[Refusal] = refusals()


@payload
class DocumentResult:
    """What became of one document of a batch, under the field of its side."""

    id: strawberry.ID = strawberry.field(description="The id that was asked for.")
    sales_document: Touched[SalesDocument] = touched("The document as it is now, if it is one of sales.")
    purchase_document: Touched[PurchaseDocument] = touched(
        "The document as it is now, if it is one of purchases."
    )
    refusals: list[Refusal] = refusals()


@payload
class DocumentsPayload:
    """One result for each document, in the order asked, or why the whole was refused."""

    results: list[DocumentResult] = strawberry.field(
        default_factory=list, description="What became of each document."
    )
    refusals: list[Refusal] = refusals()


@strawberry.type
class Mutation:
    @mutation(guard=SALES_EDIT)
    async def create_sales_document(self, info: Info, input: CreateSalesDocumentInput) -> DocumentPayload:
        """Keeps a sales document as a draft, or sends it to review."""
        async with info.context.write() as act:
            made = await creating.create_document(act, _new(input, number=None))
        return _payload(made)

    @mutation(guard=PURCHASES_EDIT)
    async def create_purchase_document(
        self, info: Info, input: CreatePurchaseDocumentInput
    ) -> DocumentPayload:
        """Keeps a purchase document as a draft, or sends it to review."""
        async with info.context.write() as act:
            made = await creating.create_document(act, _new(input, number=input.number))
        return _payload(made)

    @mutation(guard=SALES_EDIT)
    async def submit_document(self, info: Info, id: strawberry.ID) -> DocumentPayload:
        """Sends a draft of either side to review; needs EDIT of its side."""
        async with info.context.write() as act:
            return _payload(await creating.submit_document(act, id))

    @mutation(guard=APPROVE)
    async def approve_documents(
        self, info: Info, ids: list[strawberry.ID], request_key: str
    ) -> DocumentsPayload:
        """Approves documents of either side, at most 100, each by itself and in the order of their dates.

        Needs APPROVE of each document's side. What is approved already counts as done, so the same call twice gives
        the same result.
        """
        async with info.context.write() as act:
            outcomes = await approving.approve_documents(act, ids)
        return _results(info, outcomes)

    @mutation(guard=SALES_EDIT)
    async def send_document(self, info: Info, id: strawberry.ID) -> DocumentPayload:
        """Marks an approved document as sent: its contact sees it in the portal from now on."""
        async with info.context.write() as act:
            return _payload(await handing_out.send_document(act, id))

    @mutation(guard=SALES_EDIT)
    async def archive_document(self, info: Info, id: strawberry.ID) -> DocumentPayload:
        """Hides a document of either side from lists, counters and its contact; needs EDIT of its side."""
        async with info.context.write() as act:
            return _payload(await handing_out.archive_document(act, id))

    @mutation(guard=SALES_EDIT)
    async def restore_document(self, info: Info, id: strawberry.ID) -> DocumentPayload:
        """Shows an archived document again; needs EDIT of its side."""
        async with info.context.write() as act:
            return _payload(await handing_out.restore_document(act, id))

    @mutation(guard=SALES_EDIT)
    async def archive_documents(self, info: Info, ids: list[strawberry.ID]) -> DocumentsPayload:
        """Hides documents of either side, at most 100, each by itself; needs EDIT of each document's side."""
        async with info.context.write() as act:
            return _results(info, await handing_out.archive_documents(act, ids))

    @mutation(guard=SALES_EDIT)
    async def restore_documents(self, info: Info, ids: list[strawberry.ID]) -> DocumentsPayload:
        """Shows archived documents again, at most 100, each by itself; needs EDIT of each document's side."""
        async with info.context.write() as act:
            return _results(info, await handing_out.restore_documents(act, ids))


def _results(info: Info, outcomes: Sequence[Outcome]) -> DocumentsPayload:
    return DocumentsPayload(
        results=[
            DocumentResult(
                id=strawberry.ID(str(outcome.id)),
                sales_document=outcome.id,
                purchase_document=outcome.id,
                refusals=[refusal_of(info, outcome.refused)] if outcome.refused else [],
            )
            for outcome in outcomes
        ]
    )


def _payload(document_id: UUID) -> DocumentPayload:
    """Both fields get the id; the one of the other side finds no row."""
    return DocumentPayload(sales_document=document_id, purchase_document=document_id)


def _new(
    given: CreateSalesDocumentInput | CreatePurchaseDocumentInput, *, number: str | None
) -> creating.NewDocument:
    return creating.NewDocument(
        company_id=given.company_id,
        kind=DocumentKind(given.type.value),
        contact_id=as_id(given.contact_id, "contact", ("contactId",)) if given.contact_id else None,
        number=number,
        issued_on=given.issued_on,
        operation_on=given.operation_on,
        due_on=given.due_on,
        currency=given.currency,
        description=given.description,
        withholding_rate=given.withholding_rate,
        status="PENDING_REVIEW" if given.for_review else "DRAFT",
        request_key=given.request_key,
        lines=tuple(
            creating.NewLine(
                description=line.description,
                quantity=line.quantity,
                unit_price=line.unit_price,
                discount_percent=line.discount_percent,
                tax_rate=line.tax_rate,
                ledger_account_code=line.ledger_account_code,
                is_product=line.is_product,
            )
            for line in given.lines
        ),
    )
