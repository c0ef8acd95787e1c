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
from services.access.interface import Info
from services.access.policy import Action, Scope
from services.documents.actions import approving, creating, handing_out
from services.documents.schema.inputs import (
    CreatePurchaseDocumentInput,
    CreateSalesDocumentInput,
    new_document,
)
from services.documents.schema.reads import PurchaseDocument, SalesDocument
from services.kit.batches import Outcome

SALES_EDIT = Guard(Scope.SALES, Action.EDIT)
PURCHASES_EDIT = Guard(Scope.PURCHASES, Action.EDIT)
APPROVE = Guard(Scope.SALES, Action.APPROVE)
"""Roles that approve sales are those that approve purchases; each document's own side decides in the transaction."""


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
            made = await creating.create_document(act, new_document(input))
        return _payload(made)

    @mutation(guard=PURCHASES_EDIT)
    async def create_purchase_document(
        self, info: Info, input: CreatePurchaseDocumentInput
    ) -> DocumentPayload:
        """Keeps a purchase document as a draft, or sends it to review."""
        async with info.context.write() as act:
            made = await creating.create_document(act, new_document(input))
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
