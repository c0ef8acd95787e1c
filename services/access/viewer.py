"""Who asks: one membership of a signed-in person, or one API token."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from services.access.policy import Role
from services.kit import clock
from services.kit.db import Database


@dataclass(frozen=True, slots=True)
class Viewer:
    """The asking side of a request. `id` is the membership or token; `surface` is firm, portal or partner."""

    id: UUID
    role: Role
    person_id: UUID
    company_id: UUID
    contact_id: UUID | None
    surface: str
    name: str
    locale: str
    time_zone: str


async def active_viewer(database: Database, viewer_id: UUID, *, surface: str = "job") -> Viewer | None:
    """This will load a viewer anew, for work that goes on after the request; None for one who is no longer active.

    Nobody asks here, so the name is left empty. One statement.
    """
    async with database.read(viewer_id) as session:
        row = (
            await session.execute(
                text("select * from viewer_is_active(:viewer, :at)"), {"viewer": viewer_id, "at": clock.now()}
            )
        ).one_or_none()
    if row is None:
        return None
    return Viewer(
        id=viewer_id,
        role=Role(row.role),
        person_id=row.person_id,
        company_id=row.company_id,
        contact_id=row.contact_id,
        surface=surface,
        name="",
        locale=row.locale,
        time_zone=row.time_zone,
    )
