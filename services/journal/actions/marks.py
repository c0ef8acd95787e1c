"""What stands beside an entry and never in it: marks of review, comments, papers. Posted rows stay as they are."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act, as_id
from services.access.policy import Action, Scope
from services.journal.actions.entries import AT_ONCE_MAX, found
from services.journal.actions.refusals import EntryNotPosted
from services.journal.models import EntryAttachment, EntryComment, EntryReview
from services.kit import clock
from services.kit.batches import Outcome, one_by_one
from services.kit.errors import BadInput, NotFound, RequestKeyUsed
from services.kit.ids import new_id
from services.uploads.interface import take_upload

COMMENT_LENGTH_MAX = 2_000

_review: Any = EntryReview.__table__  # type: ignore[attr-defined]
_comment: Any = EntryComment.__table__  # type: ignore[attr-defined]
_attachment: Any = EntryAttachment.__table__  # type: ignore[attr-defined]


async def mark_reviewed(act: Act, entry_id: UUID | str) -> UUID:
    """This will note that the viewer found a posted entry right; the first mark stays. Needs JOURNAL EDIT.

    Raises EntryNotPosted for a draft.
    """
    entry = await found(act, entry_id, Action.EDIT)
    if entry.state != "POSTED":
        raise EntryNotPosted
    await act.session.execute(
        insert(_review)
        .values(
            entry_id=entry.id,
            company_id=entry.company_id,
            reviewed_by=act.viewer.id,
            reviewed_by_name=act.viewer.name,
            reviewed_at=clock.now(),
        )
        .on_conflict_do_nothing()
    )
    return entry.id


async def unmark_reviewed(act: Act, entry_id: UUID | str) -> UUID:
    """This will take the mark of review away; an entry without one stays so. Needs JOURNAL EDIT."""
    entry = await found(act, entry_id, Action.EDIT)
    await act.session.execute(delete(_review).where(_review.c.entry_id == entry.id))
    return entry.id


async def review_entries(act: Act, entry_ids: Sequence[UUID | str], *, reviewed: bool) -> list[Outcome]:
    """This will mark entries as reviewed, or take their marks away, each by itself; outcomes in the order asked.

    Asking twice is harmless. Needs JOURNAL EDIT in each company. Raises BadInput for none or more than AT_ONCE_MAX.
    """
    wanted = list(dict.fromkeys(as_id(given, "entry", ("ids",)) for given in entry_ids))
    if not 1 <= len(wanted) <= AT_ONCE_MAX:
        raise BadInput("ids", "name 1 to {most} entries", most=AT_ONCE_MAX)
    do = mark_reviewed if reviewed else unmark_reviewed
    outcomes = await one_by_one(act.session, wanted, lambda entry_id: do(act, entry_id))
    return [outcomes[entry_id] for entry_id in wanted]


async def add_comment(act: Act, entry_id: UUID | str, text: str, *, request_key: str) -> UUID:
    """This will say something about an entry and give the entry's id. Needs JOURNAL VIEW: clients comment too.

    The same request key says it once. Raises BadInput, and RequestKeyUsed for a key of another entry.
    """
    entry = await found(act, entry_id, Action.VIEW)
    said = text.strip()
    if not 1 <= len(said) <= COMMENT_LENGTH_MAX:
        raise BadInput("text", "write a comment of 1 to {most} signs", most=COMMENT_LENGTH_MAX)
    made = await act.session.scalar(
        insert(_comment)
        .values(
            id=new_id(),
            company_id=entry.company_id,
            entry_id=entry.id,
            text=said,
            author_id=act.viewer.id,
            author_name=act.viewer.name,
            request_key=request_key,
            created_at=clock.now(),
        )
        .on_conflict_do_nothing(constraint="entry_comment_once_per_request")
        .returning(_comment.c.id)
    )
    if made is None:
        known = select(_comment.c.entry_id).where(
            _comment.c.company_id == entry.company_id, _comment.c.request_key == request_key
        )
        if (await act.session.execute(known)).scalar_one() != entry.id:
            raise RequestKeyUsed(path=("requestKey",))
    return entry.id


async def attach_paper(act: Act, entry_id: UUID | str, *, upload_id: UUID | str) -> UUID:
    """This will put an uploaded file beside an entry and give the entry's id; the same content is attached once.

    The upload was made for JOURNAL, by the viewer and in the entry's company. Needs JOURNAL EDIT. Raises NotFound.
    """
    entry = await found(act, entry_id, Action.EDIT)
    upload = await take_upload(act, upload_id, "JOURNAL")
    if upload.company_id != entry.company_id:
        raise NotFound("upload", path=("uploadId",))
    await act.session.execute(
        insert(_attachment)
        .values(
            id=new_id(),
            company_id=entry.company_id,
            entry_id=entry.id,
            filename=upload.filename,
            media_type=upload.media_type,
            size=upload.size,
            sha256=upload.sha256,
            attached_by_name=act.viewer.name,
            created_at=clock.now(),
        )
        .on_conflict_do_nothing(constraint="entry_attachment_once")
    )
    return entry.id


async def detach_paper(act: Act, attachment_id: UUID | str) -> UUID:
    """This will take a paper away from its entry and give the entry's id. Needs JOURNAL EDIT. Raises NotFound."""
    paper = await act.find(
        EntryAttachment, attachment_id, Scope.JOURNAL, Action.EDIT, what="attachment", path=("id",)
    )
    entry_id = paper.entry_id
    await act.session.execute(delete(_attachment).where(_attachment.c.id == paper.id))
    act.session.expunge(paper)
    return entry_id
