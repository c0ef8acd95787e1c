"""Taking files in: who may send one for what, and who may take it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from sqlalchemy import func, select

from services.access.interface import Act, as_id
from services.access.policy import Action, Scope
from services.kit import clock
from services.kit.db import table_of
from services.kit.errors import BadInput, NotFound, Refused
from services.kit.ids import new_id
from services.kit.storage import Store
from services.uploads.models import Upload

UPLOAD_SCOPES = {
    "INBOX": Scope.INBOX,
    "STATEMENT": Scope.BANKING,
    "CONTACTS": Scope.CONTACTS,
    "JOURNAL": Scope.JOURNAL,
    "LOGO": Scope.PORTAL_PUBLICATION,
    "SALES": Scope.SALES,
    "PURCHASES": Scope.PURCHASES,
}
"""What an upload may be for, and the scope that needs EDIT for it."""

_upload = table_of(Upload)


_ONE_BY_ONE = 4_711_003
"""The lock's own number space (infra/migrations/sql/access.sql has the one before)."""

QUOTA_WINDOW = timedelta(hours=24)


class UploadQuotaReached(Refused):
    """The company has taken in what it may within 24 hours: `files_max` files or `bytes_max` bytes together."""

    code: ClassVar[str] = "UPLOAD_QUOTA_REACHED"
    sentence: ClassVar[str] = (
        "This company has taken in its {files_max} files or {bytes_max} bytes of the last 24 hours."
        " Please go on later."
    )


@dataclass(frozen=True, slots=True)
class Quota:
    """What one company may take in within `QUOTA_WINDOW`: files, and bytes together."""

    files_max: int
    bytes_max: int


QUOTA = Quota(files_max=2_000, bytes_max=2_000_000_000)
"""Ten times the busiest day of a large client: a year of its papers at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRecord:
    """A file that reached the store. `size` in bytes, `media_type` as its bytes say."""

    company_id: UUID
    filename: str
    media_type: str
    size: int
    sha256: str


async def check_upload(
    act: Act, *, company_id: UUID, purpose: str, quota: Quota = QUOTA, size: int = 0
) -> None:
    """This will refuse an upload that the viewer may not make, before its content is read.

    Needs EDIT of the scope that belongs to the purpose. `size` in bytes, 0 while it is not known. Raises NotFound,
    Denied, BadInput for another purpose; UploadQuotaReached only to those who may upload there at all.
    """
    scope = UPLOAD_SCOPES.get(purpose)
    if scope is None:
        raise BadInput("purpose", "say what the file is for: {known}", known=", ".join(UPLOAD_SCOPES))
    await act.may(company_id, scope, Action.EDIT, path=("companyId",))
    recent = select(func.count(), func.coalesce(func.sum(_upload.c.size), 0)).where(
        _upload.c.company_id == company_id, _upload.c.created_at > clock.now() - QUOTA_WINDOW
    )
    files, total = (await act.session.execute(recent)).one()
    if files >= quota.files_max or total + max(size, 1) > quota.bytes_max:
        raise UploadQuotaReached(files_max=quota.files_max, bytes_max=quota.bytes_max)


async def record_upload(
    act: Act,
    store: Store,
    *,
    company_id: UUID,
    purpose: str,
    filename: str,
    media_type: str,
    content: bytes,
    quota: Quota = QUOTA,
) -> UUID:
    """This will keep a file and note what it waits for, one of `UPLOAD_SCOPES`.

    Whether the viewer may is decided before anything is stored; uploads of one company take turns, so that many at
    once cannot pass the quota together. Raises what `check_upload` and the store raise.
    """
    one_by_one = func.pg_advisory_xact_lock(func.hashtextextended(str(company_id), _ONE_BY_ONE))
    await act.session.execute(select(one_by_one))
    await check_upload(act, company_id=company_id, purpose=purpose, quota=quota, size=len(content))
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
