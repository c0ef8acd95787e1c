"""Sending a document to its contact, and putting it out of sight."""

from collections.abc import Sequence
from uuid import UUID

from services.access.interface import Act
from services.access.policy import Action
from services.documents.actions.each import each_of
from services.documents.actions.finding import found
from services.documents.actions.refusals import DocumentVoid, NotApproved
from services.kit import clock
from services.kit.batches import Outcome


async def send_document(act: Act, document_id: UUID | str) -> UUID:
    """This will mark an approved document as sent: from now on its contact sees it in the portal. The first day stays.

    Needs EDIT of its side. Raises NotApproved, DocumentVoid.
    """
    document = await found(act, document_id, Action.EDIT)
    if document.approved_at is None:
        raise NotApproved
    if document.voided_at is not None:
        raise DocumentVoid(number=document.number or "", day=document.voided_at.date())
    if document.sent_at is None:
        document.sent_at = clock.now()
        await act.session.flush()
    return document.id


async def archive_document(act: Act, document_id: UUID | str) -> UUID:
    """This will hide a document from lists, counters and its contact; nothing else changes. Needs EDIT of its side."""
    document = await found(act, document_id, Action.EDIT)
    if document.archived_at is None:
        document.archived_at = clock.now()
        await act.session.flush()
    return document.id


async def restore_document(act: Act, document_id: UUID | str) -> UUID:
    """This will show an archived document again. Needs EDIT of its side."""
    document = await found(act, document_id, Action.EDIT)
    document.archived_at = None
    await act.session.flush()
    return document.id


async def archive_documents(act: Act, document_ids: Sequence[UUID | str]) -> list[Outcome]:
    """This will archive documents, each by itself, and say what became of each, in the order asked."""
    return await each_of(act, document_ids, archive_document)


async def restore_documents(act: Act, document_ids: Sequence[UUID | str]) -> list[Outcome]:
    """This will restore documents, each by itself, and say what became of each, in the order asked."""
    return await each_of(act, document_ids, restore_document)
