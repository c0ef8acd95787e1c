"""What people do with commercial documents, in GraphQL: making, approving and handing out."""

import strawberry

from services.access.guard import mutation
from services.access.interface import Info
from services.documents.actions import approving, creating, handing_out
from services.documents.schema.changes import Changes
from services.documents.schema.inputs import (
    CreatePurchaseDocumentInput,
    CreateSalesDocumentInput,
    new_document,
)
from services.documents.schema.issuer import CompanyCardMutation
from services.documents.schema.papers import Papers
from services.documents.schema.payloads import (
    APPROVE,
    PURCHASES_EDIT,
    SALES_EDIT,
    DocumentPayload,
    DocumentsPayload,
    results,
    shown,
)
from services.documents.schema.payments import Payments
from services.documents.schema.settings import Settings


@strawberry.type
class Mutation(Changes, CompanyCardMutation, Papers, Payments, Settings):
    @mutation(guard=SALES_EDIT)
    async def create_sales_document(self, info: Info, input: CreateSalesDocumentInput) -> DocumentPayload:
        """Keeps a sales document as a draft, or sends it to review."""
        async with info.context.write() as act:
            made = await creating.create_document(act, new_document(input))
        return shown(made)

    @mutation(guard=PURCHASES_EDIT)
    async def create_purchase_document(
        self, info: Info, input: CreatePurchaseDocumentInput
    ) -> DocumentPayload:
        """Keeps a purchase document as a draft, or sends it to review."""
        async with info.context.write() as act:
            made = await creating.create_document(act, new_document(input))
        return shown(made)

    @mutation(guard=SALES_EDIT)
    async def submit_document(self, info: Info, id: strawberry.ID) -> DocumentPayload:
        """Sends a draft of either side to review; needs EDIT of its side."""
        async with info.context.write() as act:
            return shown(await creating.submit_document(act, id))

    @mutation(guard=SALES_EDIT)
    async def submit_documents(self, info: Info, ids: list[strawberry.ID]) -> DocumentsPayload:
        """Sends drafts of either side to review, at most 100, each by itself; needs EDIT of each document's side."""
        async with info.context.write() as act:
            return results(info, await creating.submit_documents(act, ids))

    @mutation(guard=APPROVE)
    async def approve_documents(
        self, info: Info, *, ids: list[strawberry.ID], request_key: str, leave_out_warned: bool = False
    ) -> DocumentsPayload:
        """Approves documents of either side, at most 100, each by itself and in the order of their dates.

        With leaveOutWarned those that have a warning stay as they are and say LEFT_OUT. Needs APPROVE of each
        document's side. What is approved already counts as done, so the same call twice gives the same result.
        """
        async with info.context.write() as act:
            outcomes = await approving.approve_documents(act, ids, leave_out_warned=leave_out_warned)
        return results(info, outcomes)

    @mutation(guard=SALES_EDIT)
    async def send_document(self, info: Info, id: strawberry.ID) -> DocumentPayload:
        """Marks an approved document as sent: its contact sees it in the portal from now on."""
        async with info.context.write() as act:
            return shown(await handing_out.send_document(act, id))

    @mutation(guard=SALES_EDIT)
    async def archive_document(self, info: Info, id: strawberry.ID) -> DocumentPayload:
        """Hides a document of either side from lists, counters and its contact; needs EDIT of its side."""
        async with info.context.write() as act:
            return shown(await handing_out.archive_document(act, id))

    @mutation(guard=SALES_EDIT)
    async def restore_document(self, info: Info, id: strawberry.ID) -> DocumentPayload:
        """Shows an archived document again; needs EDIT of its side."""
        async with info.context.write() as act:
            return shown(await handing_out.restore_document(act, id))

    @mutation(guard=SALES_EDIT)
    async def archive_documents(self, info: Info, ids: list[strawberry.ID]) -> DocumentsPayload:
        """Hides documents of either side, at most 100, each by itself; needs EDIT of each document's side."""
        async with info.context.write() as act:
            return results(info, await handing_out.archive_documents(act, ids))

    @mutation(guard=SALES_EDIT)
    async def restore_documents(self, info: Info, ids: list[strawberry.ID]) -> DocumentsPayload:
        """Shows archived documents again, at most 100, each by itself; needs EDIT of each document's side."""
        async with info.context.write() as act:
            return results(info, await handing_out.restore_documents(act, ids))
