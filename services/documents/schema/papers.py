"""Papers of documents, in GraphQL."""

import strawberry

from services.access.guard import mutation
from services.access.interface import Info
from services.documents.actions import filing
from services.documents.schema.payloads import SALES_EDIT, DocumentPayload, shown


@strawberry.type
class Papers:
    @mutation(guard=SALES_EDIT)
    async def attach_document_paper(
        self, info: Info, document_id: strawberry.ID, upload_id: strawberry.ID
    ) -> DocumentPayload:
        """Puts a file uploaded for SALES or PURCHASES on a document of that side; the same content once.

        Needs EDIT of the document's side. At most 50 a document.
        """
        async with info.context.write() as act:
            return shown(await filing.attach_upload(act, document_id, upload_id=upload_id))

    @mutation(guard=SALES_EDIT)
    async def detach_document_paper(self, info: Info, id: strawberry.ID) -> DocumentPayload:
        """Takes a paper off its document; an approved purchase keeps its last one. Needs EDIT of its side."""
        async with info.context.write() as act:
            return shown(await filing.detach(act, id))
