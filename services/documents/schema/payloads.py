"""Guards and payloads that the mutations of documents share."""

from collections.abc import Sequence
from uuid import UUID

import strawberry

from services.access.guard import Guard, Refusal, Touched, payload, refusal_of, refusals, touched
from services.access.interface import Info
from services.access.policy import Action, Scope
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


@payload
class DeletedDocumentPayload:
    """The draft that is no more, or why it stays."""

    deleted_id: strawberry.ID | None = strawberry.field(default=None, description="Its id.")
    refusals: list[Refusal] = refusals()


def results(info: Info, outcomes: Sequence[Outcome]) -> DocumentsPayload:
    """This will say what became of each document of a batch."""
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


def shown(document_id: UUID) -> DocumentPayload:
    """Both fields get the id; the one of the other side finds no row."""
    return DocumentPayload(sales_document=document_id, purchase_document=document_id)
