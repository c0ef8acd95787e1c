"""Reads of access that are not planned: the person who asks, and the places a person may act from."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.access.models import Person, SavedView
from services.access.policy import Role
from services.kit.db import login_seal, name_person


@dataclass(frozen=True, slots=True)
class MemberPlace:
    """A place a person may act from: a membership with the names that tell it apart. `expires_on` is the last day.

    `slug` is the address of the portal that it is in, None elsewhere.
    """

    id: UUID
    role: Role
    company_id: UUID
    company_name: str
    contact_name: str | None
    state: str
    expires_on: date | None
    slug: str | None

    @property
    def is_active(self) -> bool:
        """Whether the place is neither invited, deactivated, locked nor revoked; its last day is another question."""
        return self.state == "ACTIVE"


_PLACES = text(
    "select m.*, b.slug from memberships_of(:person) with ordinality m"
    " left join branding b on b.company_id = m.company_id and m.role = 'PORTAL_CONTACT' order by m.ordinality"
)


async def person_of(session: AsyncSession, person_id: UUID) -> Person:
    """This will give a person within the viewer's reach: the viewer's own, or a colleague."""
    return (await session.execute(select(Person).where(col(Person.id) == person_id))).scalar_one()


async def login_of(session: AsyncSession, email: str) -> tuple[UUID, str] | None:
    """This will find a login by its address in lower case, for who gives it a place: its id and language."""
    row = (
        await session.execute(
            text("select id, locale from find_person(:email, :seal)"),
            {"email": email, "seal": login_seal(session, email)},
        )
    ).one_or_none()
    return None if row is None else (row.id, row.locale)


async def places_of(session: AsyncSession, person_id: UUID) -> list[MemberPlace]:
    """This will give every place of a person, whatever its state, the oldest first; the login is named by it.

    Asked of a definer function: the viewer reaches only one of these companies.
    """
    await name_person(session, person_id)
    rows = await session.execute(_PLACES, {"person": person_id})
    return [
        MemberPlace(
            id=row.id,
            role=Role(row.role),
            company_id=row.company_id,
            company_name=row.company_name,
            contact_name=row.contact_name,
            state=row.state,
            expires_on=row.expires_on,
            slug=row.slug,
        )
        for row in rows
    ]


async def views_of(session: AsyncSession, membership_id: UUID, list_name: str) -> list[SavedView]:
    """This will give the views that one member kept of one list, by name."""
    rows = await session.execute(
        select(SavedView)
        .where(col(SavedView.membership_id) == membership_id, col(SavedView.list_name) == list_name)
        .order_by(col(SavedView.name), col(SavedView.id))
    )
    return list(rows.scalars())
