"""What people do with commercial documents, in GraphQL: editing, converting, correcting and taking back."""

import strawberry

from services.access.guard import mutation
from services.access.interface import Info
from services.documents.actions import (
    converting,
    deciding,
    editing,
    rectifying,
    substituting,
    unapproving,
    voiding,
)
from services.documents.rules.kinds import RectificationCause
from services.documents.schema.inputs import (
    ConvertDocumentsInput,
    RectifyDocumentInput,
    SubstituteInvoicesInput,
    UpdatePurchaseDocumentInput,
    UpdateSalesDocumentInput,
    changed_document,
    new_lines,
)
from services.documents.schema.payloads import (
    APPROVE,
    PURCHASES_EDIT,
    SALES_EDIT,
    DeletedDocumentPayload,
    DocumentPayload,
    DocumentsPayload,
    results,
    shown,
)
from services.kit.scalars import Date


@strawberry.type
class Changes:
    @mutation(guard=SALES_EDIT)
    async def update_sales_document(self, info: Info, input: UpdateSalesDocumentInput) -> DocumentPayload:
        """Gives a sales document that is not approved yet another content."""
        async with info.context.write() as act:
            return shown(await editing.update_document(act, input.id, input.version, changed_document(input)))

    @mutation(guard=PURCHASES_EDIT)
    async def update_purchase_document(
        self, info: Info, input: UpdatePurchaseDocumentInput
    ) -> DocumentPayload:
        """Gives a purchase document that is not approved another content."""
        async with info.context.write() as act:
            return shown(await editing.update_document(act, input.id, input.version, changed_document(input)))

    @mutation(guard=SALES_EDIT)
    async def delete_document(self, info: Info, id: strawberry.ID) -> DeletedDocumentPayload:
        """Deletes a draft of either side; needs EDIT of its side."""
        async with info.context.write() as act:
            gone = await editing.delete_document(act, id)
        return DeletedDocumentPayload(deleted_id=strawberry.ID(str(gone)))

    @mutation(guard=SALES_EDIT)
    async def duplicate_document(
        self, info: Info, id: strawberry.ID, issued_on: Date, request_key: str
    ) -> DocumentPayload:
        """Makes a draft that says the same as a document of either side, issued on another day."""
        async with info.context.write() as act:
            return shown(
                await editing.duplicate_document(act, id, issued_on=issued_on, request_key=request_key)
            )

    @mutation(guard=SALES_EDIT)
    async def convert_documents(self, info: Info, input: ConvertDocumentsInput) -> DocumentPayload:
        """Makes one document of the next kind out of one or several, whole or in part; needs EDIT of their side."""
        async with info.context.write() as act:
            made = await converting.convert_documents(
                act,
                [
                    converting.ConversionSource(
                        document_id=source.id,
                        quantities={line.line_id: line.quantity for line in source.lines},
                    )
                    for source in input.sources
                ],
                input.into.value,
                issued_on=input.issued_on,
                due_on=input.due_on,
                number=input.number,
                status="PENDING_REVIEW" if input.for_review else "DRAFT",
                request_key=input.request_key,
            )
        return shown(made)

    @mutation(guard=SALES_EDIT)
    async def rectify_document(self, info: Info, input: RectifyDocumentInput) -> DocumentPayload:
        """Makes the document that corrects an approved one of either side; needs EDIT of its side."""
        async with info.context.write() as act:
            made = await rectifying.rectify_document(
                act,
                input.id,
                method=input.method.value,
                reason=input.reason,
                cause=RectificationCause(input.cause.value),
                issued_on=input.issued_on,
                lines=new_lines(input.lines),
                number=input.number,
                status="PENDING_REVIEW" if input.for_review else "DRAFT",
                request_key=input.request_key,
            )
        return shown(made)

    @mutation(guard=SALES_EDIT)
    async def substitute_invoices(self, info: Info, input: SubstituteInvoicesInput) -> DocumentPayload:
        """Makes the full invoice that takes the place of issued simplified ones; they stay as they are."""
        async with info.context.write() as act:
            made = await substituting.substitute_invoices(
                act,
                input.ids,
                contact_id=input.contact_id,
                issued_on=input.issued_on,
                status="PENDING_REVIEW" if input.for_review else "DRAFT",
                request_key=input.request_key,
            )
        return shown(made)

    @mutation(guard=SALES_EDIT)
    async def decide_estimate(
        self, info: Info, *, id: strawberry.ID, accepted: bool, name: str, reason: str | None = None
    ) -> DocumentPayload:
        """Notes that the customer accepted or rejected an estimate: who said so, and why. Once."""
        async with info.context.write() as act:
            return shown(await deciding.decide_estimate(act, id, accepted=accepted, name=name, reason=reason))

    @mutation(guard=SALES_EDIT)
    async def cancel_document(self, info: Info, id: strawberry.ID) -> DocumentPayload:
        """Cancels a draft, or an approved document that is not posted; needs APPROVE of its side for the latter."""
        async with info.context.write() as act:
            return shown(await deciding.cancel_document(act, id))

    @mutation(guard=APPROVE)
    async def void_document(
        self, info: Info, *, id: strawberry.ID, reason: str, request_key: str
    ) -> DocumentPayload:
        """Voids an issued sales invoice that should not exist and that nobody was given; its number stays used.

        Reverses its entry on its day and puts the cancellation on record. Needs APPROVE of SALES.
        """
        async with info.context.write() as act:
            return shown(await voiding.void_document(act, id, reason=reason, request_key=request_key))

    @mutation(guard=APPROVE)
    async def unapprove_documents(self, info: Info, ids: list[strawberry.ID]) -> DocumentsPayload:
        """Takes purchases and expenses that are not paid back to review, at most 100, each by itself.

        Their entries are reversed. Needs APPROVE of each document's side.
        """
        async with info.context.write() as act:
            return results(info, await unapproving.unapprove_documents(act, ids))
