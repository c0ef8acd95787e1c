"""Papers of documents: what is put on them and taken off."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act, as_id
from services.access.policy import Action
from services.documents.actions.finding import found
from services.documents.actions.refusals import LastPaperStays, PapersTooMany
from services.documents.models import Attachment
from services.kit import clock
from services.kit.errors import NotFound
from services.kit.ids import new_id
from services.uploads.interface import take_upload

PAPERS_MAX = 50
"""Papers of one document; its page lists them all."""

_attachment: Any = Attachment.__table__  # type: ignore[attr-defined]


async def attach(
    act: Act, *, document_id: UUID | str, filename: str, media_type: str, size: int, sha256: str
) -> UUID:
    """This will put a stored file on a document and give the attachment's id; the same content is attached once.

    Needs EDIT of the document's side. Raises NotFound, PapersTooMany.
    """
    document = await found(act, document_id, Action.EDIT)
    known = select(_attachment.c.id).where(
        _attachment.c.document_id == document.id, _attachment.c.sha256 == sha256
    )
    first: UUID | None = await act.session.scalar(known)
    if first is not None:
        return first
    if await _paper_count(act, document.id) >= PAPERS_MAX:
        raise PapersTooMany(most=PAPERS_MAX)
    made = new_id()
    await act.session.execute(
        insert(_attachment).values(
            id=made,
            company_id=document.company_id,
            document_id=document.id,
            filename=filename,
            media_type=media_type,
            size=size,
            sha256=sha256,
            created_at=clock.now(),
        )
    )
    return made


async def attach_upload(act: Act, document_id: UUID | str, *, upload_id: UUID | str) -> UUID:
    """This will put an uploaded file on a document and give the document's id; the same content is attached once.

    The upload was made for the document's side, by the viewer and in the document's company. Needs EDIT of that side.
    Raises NotFound, PapersTooMany.
    """
    path = ("documentId",)
    document = await found(act, document_id, Action.EDIT, path=path)
    upload = await take_upload(act, upload_id, document.side)
    if upload.company_id != document.company_id:
        raise NotFound("upload", path=("uploadId",))
    await attach(
        act,
        document_id=document.id,
        filename=upload.filename,
        media_type=upload.media_type,
        size=upload.size,
        sha256=upload.sha256,
    )
    return document.id


async def detach(act: Act, attachment_id: UUID | str) -> UUID:
    """This will take a paper off its document and give the document's id. Needs EDIT of the document's side.

    An approved purchase keeps its last paper: VAT is deducted with the invoice at hand (LIVA art. 97). Raises
    NotFound, LastPaperStays.
    """
    wanted = as_id(attachment_id, "attachment", ("id",))
    belongs = await act.session.scalar(select(_attachment.c.document_id).where(_attachment.c.id == wanted))
    if belongs is None:
        raise NotFound("attachment", path=("id",))
    try:
        document = await found(act, belongs, Action.EDIT)
    except NotFound as unseen:
        raise NotFound("attachment", path=("id",)) from unseen
    is_evidence = document.side == "PURCHASES" and document.approved_at is not None
    if is_evidence and await _paper_count(act, document.id) == 1:
        raise LastPaperStays
    await act.session.execute(delete(_attachment).where(_attachment.c.id == wanted))
    return document.id


async def _paper_count(act: Act, document_id: UUID) -> int:
    counted = select(func.count()).select_from(_attachment).where(_attachment.c.document_id == document_id)
    return (await act.session.scalar(counted)) or 0
