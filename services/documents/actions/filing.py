"""Attachments of documents."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act
from services.access.policy import Action
from services.documents.actions.finding import found
from services.documents.models import Attachment
from services.kit import clock
from services.kit.ids import new_id

_attachment: Any = Attachment.__table__  # type: ignore[attr-defined]


async def attach(
    act: Act, *, document_id: UUID, filename: str, media_type: str, size: int, sha256: str
) -> UUID:
    """This will put a stored file on a document and give the attachment's id; the same content is attached once.

    Needs EDIT of the document's side.
    """
    document = await found(act, document_id, Action.EDIT)
    made: UUID | None = await act.session.scalar(
        insert(_attachment)
        .values(
            id=new_id(),
            company_id=document.company_id,
            document_id=document.id,
            filename=filename,
            media_type=media_type,
            size=size,
            sha256=sha256,
            created_at=clock.now(),
        )
        .on_conflict_do_nothing(constraint="attachment_once")
        .returning(_attachment.c.id)
    )
    if made is not None:
        return made
    known = select(_attachment.c.id).where(
        _attachment.c.document_id == document.id, _attachment.c.sha256 == sha256
    )
    first: UUID = (await act.session.execute(known)).scalar_one()
    return first
