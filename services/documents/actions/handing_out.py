"""Sending a document to its contact, and putting it out of sight."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from services.access.interface import Act, as_id
from services.access.policy import Action
from services.documents.actions.finding import found
from services.documents.actions.refusals import NotApproved
from services.kit import clock
from services.kit.batches import Outcome, one_by_one
from services.kit.errors import BadInput

AT_ONCE_MAX = 100


async def send_document(act: Act, document_id: UUID | str) -> UUID:
    """This will mark an approved document as sent: from now on its contact sees it in the portal. The first day stays.

    Needs EDIT of its side. Raises NotApproved.
    """
    document = await found(act, document_id, Action.EDIT)
    if document.approved_at is None:
        raise NotApproved
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
    return await _each(act, document_ids, archive_document)


async def restore_documents(act: Act, document_ids: Sequence[UUID | str]) -> list[Outcome]:
    """This will restore documents, each by itself, and say what became of each, in the order asked."""
    return await _each(act, document_ids, restore_document)


async def _each(
    act: Act, document_ids: Sequence[UUID | str], what: Callable[[Act, UUID], Awaitable[UUID]]
) -> list[Outcome]:
    """Raises BadInput for none or more than AT_ONCE_MAX. One order of locks: batches never wait in a ring."""
    wanted = list(dict.fromkeys(as_id(given, "document", ("ids",)) for given in document_ids))
    if not 1 <= len(wanted) <= AT_ONCE_MAX:
        raise BadInput("ids", "name 1 to {most} documents", most=AT_ONCE_MAX)

    async def one(document_id: UUID) -> None:
        await what(act, document_id)

    outcomes = await one_by_one(act.session, sorted(wanted), one)
    return [outcomes[document_id] for document_id in wanted]
