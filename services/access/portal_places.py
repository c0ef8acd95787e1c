"""A contact's place in a publisher's portal: who it is, and the states it goes through (product.md 2.4).

    NONE -> INVITED -> ACTIVE       granted, then first signed in
    ACTIVE <-> DEACTIVATED          keeps user code and password
    any -> REVOKED                  the password is destroyed; the next grant makes a new one

LOCKED (too many tries) and EXPIRED (its date) are read from the credential and the date, never written. Revoked beats
expired beats deactivated beats locked. Every change ends the sessions of the place at once.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, case, column, func, literal, select, table, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.access.actions import add_membership, add_person, set_password
from services.access.models import Membership, Person
from services.access.password_links import FIRST_LASTS, make_password_link
from services.access.policy import Action as PolicyAction
from services.access.policy import Role, Scope, mask_of, role_allows
from services.access.queries import login_of, places_of
from services.access.sign_in import end_sessions_of
from services.kit.db import table_of
from services.kit.errors import BadInput, Refused
from services.kit.mail import LaterLink

USER_CODE_LENGTH = 8
_CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without signs that are mistaken for each other on paper (I, O, 0, 1)."""

NOBODYS_PASSWORD_BYTES = 12

_membership: Any = table_of(Membership)
_STANDING_FIRST = (
    _membership.c.state == "REVOKED",
    _membership.c.created_at.desc(),
    _membership.c.id.desc(),
)
"""The one place of a contact that was not revoked, else the newest: a merge may add a later one that was."""

_locked = table("my_locked_places", column("id", Uuid))
"""Places within reach whose login is locked: a view, since credentials stand behind a wall of their own."""


class HasAccessAlready(Refused):
    """The contact has a place that was not revoked."""

    code: ClassVar[str] = "HAS_ACCESS_ALREADY"
    sentence: ClassVar[str] = "This contact has access already; revoke it first to send new credentials."


class NoAccess(Refused):
    """The contact has no place in the state that the change starts from. `state` is what it has."""

    code: ClassVar[str] = "NO_SUCH_ACCESS"
    sentence: ClassVar[str] = "This contact's access is {state}, so this cannot be done."
    words: ClassVar[frozenset[str]] = frozenset({"state"})


@dataclass(frozen=True, slots=True)
class GrantedPlace:
    """What the contact has to be told. `link` is None where the person has a password from another place."""

    membership_id: UUID
    user_code: str
    link: LaterLink | None
    locale: str


def portal_state(contact_id: ColumnElement[Any], today: ColumnElement[Any]) -> ColumnElement[Any]:
    """The state of a contact's standing place as an SQL expression: NONE, INVITED, ACTIVE and so on."""
    state = case(
        (_membership.c.state == "REVOKED", literal("REVOKED")),
        (_membership.c.expires_on < today, literal("EXPIRED")),
        (_membership.c.state == "DEACTIVATED", literal("DEACTIVATED")),
        (
            select(_locked.c.id).where(_locked.c.id == _membership.c.id).exists(),
            literal("LOCKED"),
        ),
        (_membership.c.last_sign_in_at.is_(None), literal("INVITED")),
        else_=literal("ACTIVE"),
    )
    standing = (
        select(state)
        .where(_membership.c.contact_id == contact_id, _membership.c.role == Role.PORTAL_CONTACT.value)
        .order_by(*_STANDING_FIRST)
        .limit(1)
    )
    return func.coalesce(standing.scalar_subquery(), "NONE")


def grantable_to_contacts(scopes: Iterable[Scope]) -> frozenset[Scope]:
    """This will check that portal contacts may ever look at these scopes. Raises BadInput naming one they may not."""
    wanted = frozenset(scopes)
    for scope in wanted:
        if not role_allows(Role.PORTAL_CONTACT, scope, PolicyAction.VIEW):
            raise BadInput("scopes", "{scope} is never open to portal contacts", scope=scope.name)
    return wanted


async def grant_portal_place(
    session: AsyncSession,
    *,
    company_id: UUID,
    contact_id: UUID,
    name: str,
    email: str,
    locale: str,
    view: frozenset[Scope],
    address: str,
) -> GrantedPlace:
    """This will give a contact its place, with the person found by e-mail or made, a user code and a mailed link.

    By the link it chooses its first password; `address` is the portal's page for that.
    A person who signs in elsewhere keeps the password it has: no publisher may replace what opens another's door.
    The caller has checked who may, and holds the contact's row. Raises HasAccessAlready.
    """
    membership = await _place_of(session, contact_id)
    if membership is not None and membership.state != "REVOKED":
        raise HasAccessAlready
    login = email.strip().lower()
    person = await login_of(session, login)
    if person is None:
        person_id = await add_person(session, name=name, email=login, locale=locale)
    else:
        person_id, locale = person
    link = None
    if not await _has_other_place(session, person_id):
        # An old one ends here; until the person has chosen a new one nobody signs in.
        await set_password(session, person_id, secrets.token_urlsafe(NOBODYS_PASSWORD_BYTES))
        link = await make_password_link(session, person_id, address=address, lasts=FIRST_LASTS)
    edit = frozenset(scope for scope in view if role_allows(Role.PORTAL_CONTACT, scope, PolicyAction.EDIT))
    if membership is not None and membership.person_id == person_id and membership.user_code is not None:
        membership.state = "ACTIVE"
        membership.last_sign_in_at = None
        membership.can_view, membership.can_edit = mask_of(view), mask_of(edit)
        await session.flush()
        return GrantedPlace(membership.id, membership.user_code, link, locale)
    code = await _free_code(session, company_id)
    membership_id = await add_membership(
        session,
        person_id=person_id,
        company_id=company_id,
        role=Role.PORTAL_CONTACT,
        contact_id=contact_id,
        user_code=code,
        view=view,
        edit=edit,
    )
    return GrantedPlace(membership_id, code, link, locale)


async def revoke_portal_place(session: AsyncSession, contact_id: UUID) -> None:
    """This will take a contact's place away and destroy its password unless it opens another place. Raises NoAccess."""
    membership = await _in_state(
        session, contact_id, frozenset({"ACTIVE", "DEACTIVATED", "INVITED", "LOCKED"})
    )
    await _change(session, membership, "REVOKED")
    if not await _has_other_place(session, membership.person_id):
        # A password nobody knows, not none: signing in must take as long as with a wrong one.
        await set_password(session, membership.person_id, secrets.token_urlsafe(NOBODYS_PASSWORD_BYTES))


async def deactivate_portal_place(session: AsyncSession, contact_id: UUID) -> None:
    """This will close a place, keeping user code and password. Raises NoAccess."""
    await _change(session, await _in_state(session, contact_id, frozenset({"ACTIVE"})), "DEACTIVATED")


async def reactivate_portal_place(session: AsyncSession, contact_id: UUID) -> None:
    """This will open a deactivated place again, with the credentials it had. Raises NoAccess."""
    await _change(session, await _in_state(session, contact_id, frozenset({"DEACTIVATED"})), "ACTIVE")


async def has_portal_place(session: AsyncSession, contact_id: UUID) -> bool:
    """Whether a contact has a place that was not revoked, open or closed."""
    membership = await _place_of(session, contact_id)
    return membership is not None and membership.state != "REVOKED"


async def move_portal_places(session: AsyncSession, contact_id: UUID, to: UUID) -> list[UUID]:
    """This will let another contact of the same company hold a contact's places, and give their ids.

    Who signs in there keeps code and password, and reaches the other contact from the next request on. The caller
    has checked that the other one has no place that was not revoked.
    """
    moved = await session.scalars(
        update(Membership)
        .where(_membership.c.contact_id == contact_id, _membership.c.role == Role.PORTAL_CONTACT.value)
        .values(contact_id=to)
        .returning(_membership.c.id)
    )
    return sorted(moved.all())


async def return_portal_places(
    session: AsyncSession, membership_ids: Sequence[UUID], *, held_by: UUID, to: UUID
) -> None:
    """This will undo `move_portal_places` for the places that the other contact still holds."""
    await session.execute(
        update(Membership)
        .where(_membership.c.id.in_(membership_ids), _membership.c.contact_id == held_by)
        .values(contact_id=to)
    )


async def portal_address_of(
    session: AsyncSession, contact_id: UUID, *, sees: frozenset[Scope], today: date
) -> tuple[str, str] | None:
    """E-mail and locale of the person who acts as a contact now; None where nobody does, or without these scopes."""
    membership = await _place_of(session, contact_id)
    if membership is None or membership.state != "ACTIVE" or mask_of(sees) & ~membership.can_view:
        return None
    if membership.expires_on is not None and membership.expires_on < today:
        return None
    person = await session.get(Person, membership.person_id)
    return (person.email, person.locale) if person is not None and person.email else None


async def _place_of(session: AsyncSession, contact_id: UUID) -> Membership | None:
    found: Membership | None = await session.scalar(
        select(Membership)
        .where(
            Membership.contact_id == contact_id,  # type: ignore[arg-type]
            Membership.role == Role.PORTAL_CONTACT.value,  # type: ignore[arg-type]
        )
        .order_by(*_STANDING_FIRST)
        .limit(1)
    )
    return found


async def _in_state(session: AsyncSession, contact_id: UUID, states: frozenset[str]) -> Membership:
    membership = await _place_of(session, contact_id)
    if membership is None or membership.state not in states:
        raise NoAccess(state=membership.state if membership else "NONE")
    return membership


async def _change(session: AsyncSession, membership: Membership, state: str) -> None:
    membership.state = state
    await session.flush()
    await end_sessions_of(session, membership.person_id, membership_id=membership.id)


async def _has_other_place(session: AsyncSession, person_id: UUID) -> bool:
    """Whether the person may sign in anywhere now, other companies included."""
    return any(place.state not in ("REVOKED", "INVITED") for place in await places_of(session, person_id))


async def _free_code(session: AsyncSession, company_id: UUID) -> str:
    while True:
        code = "".join(secrets.choice(_CODE_SIGNS) for _ in range(USER_CODE_LENGTH))
        taken = await session.scalar(
            select(_membership.c.id).where(
                _membership.c.company_id == company_id, _membership.c.user_code == code
            )
        )
        if taken is None:
            return code
