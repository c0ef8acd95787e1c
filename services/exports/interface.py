"""What the gateway may use of exports: its jobs, and the check behind a download link."""

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.access.interface import Viewer
from services.access.policy import Role
from services.documents.interface import document_table, shown_to_contact
from services.exports.jobs import FORGET_EXPORTS, forget_exports_job, make_export_job
from services.exports.making import Workshop
from services.exports.models import Export
from services.exports.queries import still_granted
from services.exports.rules import MEDIA_TYPES
from services.kit import clock
from services.kit.db import table_of
from services.kit.errors import NotFound

__all__ = [
    "FORGET_EXPORTS",
    "FinishedFile",
    "Workshop",
    "finished_file",
    "forget_exports_job",
    "make_export_job",
]

_export = table_of(Export)


@dataclass(frozen=True, slots=True)
class FinishedFile:
    """A file to hand out. `documents` are those of an archive: who fetches it has fetched them."""

    filename: str
    media_type: str
    sha256: str
    documents: tuple[UUID, ...] = ()


async def finished_file(session: AsyncSession, viewer: Viewer, export_id: UUID) -> FinishedFile:
    """This will give a file to who had it made, in the same role, while all that is in it is still granted.

    An archive of a contact holds only what is still shown to it. Raises NotFound in every other case: for somebody
    else's, an expired and a revoked one alike.
    """
    now = clock.now()
    row = (
        await session.execute(
            select(_export.c.filename, _export.c.format, _export.c.sha256, _export.c.packed_ids).where(
                _export.c.id == export_id,
                _export.c.viewer_id == viewer.id,
                _export.c.role == viewer.role.value,
                _export.c.state == "DONE",
                _export.c.expires_at > now,
                still_granted(_export, now),
            )
        )
    ).one_or_none()
    if row is None:
        raise NotFound("file")
    documents = tuple(UUID(item) for item in json.loads(row.packed_ids or "[]"))
    if viewer.role is Role.PORTAL_CONTACT and documents:
        document = document_table()
        shown = select(func.count()).where(document.c.id.in_(documents), shown_to_contact(document))
        if await session.scalar(shown) != len(set(documents)):
            raise NotFound("file")
    return FinishedFile(row.filename, MEDIA_TYPES[row.format], row.sha256, documents)
