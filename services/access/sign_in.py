"""Signing in and out.

One answer and one amount of work for a wrong password, an unknown login, a locked or an expired account: nobody learns
which logins exist. More ways to sign in become more functions that end in `open_session`.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import case, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.access.actions import secret_hash
from services.access.models import Credential, FamiliarNetwork, Membership, SignInAttempt, SignInSession
from services.access.passwords import passwords_waiting, verify_password
from services.access.policy import Role
from services.access.queries import MemberPlace, places_of
from services.kit import clock
from services.kit.db import Database, login_seal, name_person
from services.kit.errors import NotFound, Refused
from services.kit.ids import new_id

FAMILIAR = timedelta(days=90)
"""How long a network counts as the person's own after a sign-in from there."""

SESSION_BYTES = 32
SESSION_IDLE = timedelta(minutes=45)
SESSION_LENGTH = timedelta(hours=12)
ATTEMPTS_WINDOW = timedelta(minutes=15)
ATTEMPTS_PER_LOGIN_MAX = 20
ATTEMPTS_PER_NETWORK_MAX = 200
LOGIN_LENGTH_MAX = 200
WAITING_MAX = 64
"""Sign-ins that may wait for their password to be compared, a second of work; more are told to come back."""

SURFACE_ROLES: dict[str, frozenset[Role]] = {
    "firm": frozenset(
        {
            Role.FIRM_OWNER,
            Role.FIRM_ADMIN,
            Role.ACCOUNT_MANAGER,
            Role.BOOKKEEPER,
            Role.CLIENT_OWNER,
            Role.CLIENT_EMPLOYEE,
        }
    ),
    "portal": frozenset({Role.PORTAL_CONTACT}),
}


class SignInFailed(Refused):
    """The one answer to everything that is not a sign-in."""

    code: ClassVar[str] = "SIGN_IN_FAILED"
    sentence: ClassVar[str] = (
        "That did not work. Check login and password; after several tries an account is locked."
    )


class TooManyAttempts(Refused):
    """Too many failures from here or for this login, known or not. `minutes` is how long to wait."""

    code: ClassVar[str] = "TOO_MANY_ATTEMPTS"
    sentence: ClassVar[str] = "Too many tries. Please wait {minutes} minutes."


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session: the secret for the cookie, and the place it acts from."""

    secret: str
    membership_id: UUID
    ends_at: datetime


async def sign_in(
    database: Database, *, surface: str, login: str, password: str, network: str, slug: str | None = None
) -> Opened:
    """This will open a session for a login on a surface (firm or portal). `network` is the caller's address prefix.

    `slug` names the publisher at whose door somebody stands: it tells user codes apart, and only its portal opens.
    Raises SignInFailed or TooManyAttempts; the failure is recorded either way.
    """
    now = clock.now()
    login = login.strip()[:LOGIN_LENGTH_MAX]
    keys = (f"login:{login.lower()}", f"network:{network}")
    async with database.read(for_itself=True) as session:
        is_guessed_at = await _check_attempts(session, keys, now)
        seal = login_seal(session, login)
        found = (
            await session.execute(
                text("select * from find_login(:login, :slug, :network, :seal)"),
                {"login": login, "slug": slug, "network": network, "seal": seal},
            )
        ).one_or_none()
    if passwords_waiting() >= WAITING_MAX:
        raise TooManyAttempts(minutes=1)
    right = await verify_password(found.secret_hash if found else None, password)
    is_familiar = found is not None and _is_familiar(found, now)
    place = None
    if found is not None and right and _is_open(found, now) and (is_familiar or not is_guessed_at):
        async with database.read() as session:
            place = await _place(session, found.person_id, surface, now, slug)
    async with database.write(person_id=found.person_id if found else None, for_itself=True) as session:
        if (
            place is not None
            and found is not None
            and await _still_open(session, found.credential_id, network, is_familiar=is_familiar)
        ):
            return await open_session(session, found.person_id, place, surface, now)
        await _record_failure(session, keys, found, network, right=right)
    if is_guessed_at:
        raise _wait()
    raise SignInFailed


def _is_familiar(found: Any, now: datetime) -> bool:
    return found.familiar_since is not None and found.familiar_since > now - FAMILIAR


def _is_open(found: Any, now: datetime) -> bool:
    """Whether a right password opens: guessing from elsewhere locks everywhere but where the person is known."""
    if _is_familiar(found, now):
        return found.network_locked_at is None
    return found.locked_at is None


async def _still_open(session: AsyncSession, credential_id: UUID, network: str, *, is_familiar: bool) -> bool:
    """Clears the failures of a credential, unless others who were guessing at the same time have locked it.

    From a familiar network its own lock decides; one of the whole credential then stays for everybody else.
    """
    cleared = await session.execute(
        update(Credential)
        .where(col(Credential.id) == credential_id, col(Credential.locked_at).is_(None))
        .values(failed_attempts=0)
        .returning(col(Credential.id))
    )
    if cleared.scalar_one_or_none() is None and not is_familiar:
        return False
    known = insert(FamiliarNetwork).values(
        credential_id=credential_id, network=network, signed_in_at=clock.now(), failed_attempts=0
    )
    own = col(FamiliarNetwork.locked_at)
    noted = await session.execute(
        known.on_conflict_do_update(
            index_elements=["credential_id", "network"],
            set_={"signed_in_at": known.excluded.signed_in_at, "failed_attempts": 0, "locked_at": None},
            where=own.is_(None) if is_familiar else None,
        ).returning(col(FamiliarNetwork.network))
    )
    return noted.scalar_one_or_none() is not None


def _wait() -> TooManyAttempts:
    return TooManyAttempts(minutes=int(ATTEMPTS_WINDOW.total_seconds() // 60))


async def _check_attempts(session: AsyncSession, keys: tuple[str, str], now: datetime) -> bool:
    """Whether so many failed with this login that only its familiar networks may go on; known or not.

    Raises TooManyAttempts for a network that failed too often with any.
    """
    key, at = col(SignInAttempt.key), col(SignInAttempt.at)
    recent = select(key, func.count()).where(key.in_(keys), at > now - ATTEMPTS_WINDOW).group_by(key)
    counted = {row[0]: row[1] for row in await session.execute(recent)}
    per_login, per_network = (counted.get(key, 0) for key in keys)
    if per_network >= ATTEMPTS_PER_NETWORK_MAX:
        raise _wait()
    return per_login >= ATTEMPTS_PER_LOGIN_MAX


async def _record_failure(
    session: AsyncSession, keys: tuple[str, str], found: Any, network: str, *, right: bool
) -> None:
    """The same statements whether or not the login exists; a right password on a closed account counts nothing."""
    now = clock.now()
    session.add_all([SignInAttempt(key=key, at=now) for key in keys])
    credential_id = found.credential_id if found is not None and not right else None
    attempts_max = found.attempts_max if credential_id is not None else 1
    own = col(FamiliarNetwork.failed_attempts) + 1
    await session.execute(
        update(FamiliarNetwork)
        .where(col(FamiliarNetwork.credential_id) == credential_id, col(FamiliarNetwork.network) == network)
        .values(
            failed_attempts=own,
            locked_at=func.coalesce(FamiliarNetwork.locked_at, case((own >= attempts_max, now))),
        )
    )
    await session.execute(
        update(Credential)
        .where(col(Credential.id) == credential_id)
        .values(
            failed_attempts=Credential.failed_attempts + 1,
            locked_at=func.coalesce(
                Credential.locked_at,
                text(
                    "case when failed_attempts + 1 >= attempts_max then cast(:now as timestamptz) end"
                ).bindparams(now=now),
            ),
        )
    )


async def _place(
    session: AsyncSession, person_id: UUID, surface: str, now: datetime, slug: str | None
) -> UUID | None:
    """Where the person acts from first on this surface: the oldest place that is active and not past its last day.

    The door of a portal opens that portal: under another publisher's name nobody reads what this one published.
    """
    places = [place for place in await places_of(session, person_id) if may_act(place, surface, now)]
    here = (place.id for place in places if surface == "firm" or slug is None or place.slug == slug)
    return next(here, None)


def may_act(place: MemberPlace, surface: str, now: datetime) -> bool:
    """Whether a place opens on a surface: of a role that does, active, and not past its last day."""
    lasts = place.expires_on is None or place.expires_on >= now.date()
    return place.role in SURFACE_ROLES[surface] and place.is_active and lasts


async def open_session(
    session: AsyncSession, person_id: UUID, membership_id: UUID, surface: str, now: datetime
) -> Opened:
    """This will make a session for a proven person and give its secret once; only the hash is kept."""
    secret = secrets.token_urlsafe(SESSION_BYTES)
    ends_at = now + SESSION_LENGTH
    session.add(
        SignInSession(
            id=new_id(),
            token_hash=secret_hash(secret),
            person_id=person_id,
            membership_id=membership_id,
            surface=surface,
            idle_until=now + SESSION_IDLE,
            ends_at=ends_at,
        )
    )
    await session.execute(
        update(Membership).where(col(Membership.id) == membership_id).values(last_sign_in_at=now)
    )
    return Opened(secret, membership_id, ends_at)


async def sign_out(database: Database, secret: str) -> None:
    """This will end the session of a secret; one that has ended already stays so."""
    hashed = secret_hash(secret)
    async with database.write() as session:
        await session.execute(text("select set_config('app.secret', :secret, true)"), {"secret": hashed})
        await session.execute(
            update(SignInSession)
            .where(col(SignInSession.token_hash) == hashed, col(SignInSession.revoked_at).is_(None))
            .values(revoked_at=clock.now())
        )


async def switch_place(
    database: Database, *, secret: str, person_id: UUID, membership_id: UUID, surface: str
) -> Opened:
    """This will end a session and open one that acts from another place of the same person and surface.

    Raises NotFound for a place that is not theirs, not on this surface, not active or past its last day.
    """
    now = clock.now()
    async with database.read() as session:
        places = await places_of(session, person_id)
    allowed = {place.id for place in places if may_act(place, surface, now)}
    if membership_id not in allowed:
        raise NotFound("place", path=("membershipId",))
    async with database.write(person_id=person_id) as session:
        await session.execute(
            update(SignInSession)
            .where(col(SignInSession.token_hash) == secret_hash(secret))
            .values(revoked_at=now)
        )
        return await open_session(session, person_id, membership_id, surface, now)


async def end_sessions_of(
    session: AsyncSession, person_id: UUID, *, membership_id: UUID | None = None
) -> None:
    """This will end every session of a person, or only those that act from one place; the login is named by it."""
    await name_person(session, person_id)
    statement = update(SignInSession).where(
        col(SignInSession.person_id) == person_id, col(SignInSession.revoked_at).is_(None)
    )
    if membership_id is not None:
        statement = statement.where(col(SignInSession.membership_id) == membership_id)
    await session.execute(statement.values(revoked_at=clock.now()))
