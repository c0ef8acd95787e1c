"""Files: attachments of documents, and uploads that wait for the act that uses them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act, as_id
from services.access.policy import Action, Scope
from services.documents.actions.finding import found
from services.documents.models import Attachment, Upload
from services.kit import clock
from services.kit.errors import BadInput, NotFound
from services.kit.ids import new_id
from services.kit.storage import Store

UPLOAD_SCOPES = {
    "INBOX": Scope.INBOX,
    "STATEMENT": Scope.BANKING,
    "LOGO": Scope.PORTAL_PUBLICATION,
}
"""What an upload may be for, and the scope that needs EDIT for it."""

_attachment: Any = Attachment.__table__  # type: ignore[attr-defined]
_upload: Any = Upload.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRecord:
    """A file that reached the store. `size` in bytes, `media_type` as its bytes say."""

    company_id: UUID
    filename: str
    media_type: str
    size: int
    sha256: str


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


async def check_upload(act: Act, *, company_id: UUID, purpose: str) -> None:
    """This will refuse an upload that the viewer may not make, before its content is read.

    Needs EDIT of the purpose's scope. Raises NotFound, Denied, BadInput for another purpose.
    """
    scope = UPLOAD_SCOPES.get(purpose)
    if scope is None:
        raise BadInput("purpose", "say what the file is for: INBOX, STATEMENT or LOGO")
    await act.may(company_id, scope, Action.EDIT, path=("companyId",))


async def record_upload(
    act: Act, store: Store, *, company_id: UUID, purpose: str, filename: str, media_type: str, content: bytes
) -> UUID:
    """This will keep a file and note what it waits for: INBOX, STATEMENT or LOGO.

    Whether the viewer may is decided before anything is stored. Raises what `check_upload` and the store raise.
    """
    await check_upload(act, company_id=company_id, purpose=purpose)
    stored = await store.put(content, media_type)
    upload = Upload(
        id=new_id(),
        company_id=company_id,
        purpose=purpose,
        filename=filename,
        media_type=media_type,
        size=stored.size,
        sha256=stored.sha256,
        uploaded_by=act.viewer.id,
    )
    act.session.add(upload)
    await act.session.flush()
    return upload.id


async def take_upload(act: Act, upload_id: UUID | str, purpose: str) -> UploadRecord:
    """This will give the viewer's own upload for a purpose. The caller checks its scope in the upload's company.

    It can be taken again: the act that uses it has a request key. Raises NotFound for anybody else's.
    """
    path = ("uploadId",)
    row = (
        await act.session.execute(
            select(
                _upload.c.company_id,
                _upload.c.filename,
                _upload.c.media_type,
                _upload.c.size,
                _upload.c.sha256,
            ).where(
                _upload.c.id == as_id(upload_id, "upload", path),
                _upload.c.purpose == purpose,
                _upload.c.uploaded_by == act.viewer.id,
            )
        )
    ).one_or_none()
    if row is None:
        raise NotFound("upload", path=path)
    return UploadRecord(
        company_id=row.company_id,
        filename=row.filename,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
    )
