"""Mailing a document, in GraphQL."""

import strawberry

from services.access.guard import Guard, Refusal, Touched, mutation, payload, refusals, touched
from services.access.interface import Info
from services.access.policy import Action, Scope
from services.documents.actions import mailing
from services.documents.schema.payloads import DocumentsPayload, results
from services.documents.schema.reads import SalesDocument


@payload
class MailDocumentPayload:
    """The document as it is now, or why nothing was mailed."""

    sales_document: Touched[SalesDocument] = touched()
    refusals: list[Refusal] = refusals()


@strawberry.type
class Mutation:
    @mutation(guard=Guard(Scope.SALES, Action.EDIT))
    async def mail_document(
        self,
        info: Info,
        *,
        id: strawberry.ID,
        request_key: str,
        attach_pdf: bool = True,
        to: str | None = None,
        language: str | None = None,
        message: str | None = None,
    ) -> MailDocumentPayload:
        """Marks an approved sales document as sent and mails it; the same key mails once.

        To the contact's address and in its language unless others are named; the message, up to 2000 signs, stands
        above the usual text. With the PDF attached nobody learns whether it was read; without it the mail holds a
        link into the portal, where the first download sets readAt.
        """
        how = mailing.Mailing(attach_pdf=attach_pdf, to=to, language=language, message=message)
        async with info.context.write() as act:
            return MailDocumentPayload(
                sales_document=await mailing.mail_document(act, id, how, request_key=request_key)
            )

    @mutation(guard=Guard(Scope.SALES, Action.EDIT))
    async def mail_documents(
        self,
        info: Info,
        *,
        ids: list[strawberry.ID],
        request_key: str,
        attach_pdf: bool = True,
        message: str | None = None,
    ) -> DocumentsPayload:
        """Mails approved sales documents, at most 100, each to its contact's address and in its language.

        Each by itself: one without address, not approved or sent before is refused and the others go. It cannot be
        taken back; the same key mails once.
        """
        how = mailing.Mailing(attach_pdf=attach_pdf, message=message)
        async with info.context.write() as act:
            return results(info, await mailing.mail_documents(act, ids, how, request_key=request_key))
