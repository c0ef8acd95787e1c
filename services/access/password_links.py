"""Choosing a password by a link that was mailed: for a first one, a forgotten one, and out of a lock.

A link works once, until it expires or another password is set. What is kept of it holds nothing that opens anything:
the mail's link is signed when it is sent. Asking for one is answered alike, and does the same work, whether or not
there is such a login; everything that differs is done by the worker.
"""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.access.actions import set_password
from services.access.mails import forgotten_mail
from services.access.models import PasswordLink, Person, SignInAttempt
from services.access.passwords import check_length
from services.access.queries import places_of
from services.access.sign_in import (
    ATTEMPTS_WINDOW,
    LOGIN_LENGTH_MAX,
    TooManyAttempts,
    end_sessions_of,
    may_act,
)
from services.kit import clock, links
from services.kit.db import Database, login_seal, name_person
from services.kit.errors import Refused
from services.kit.ids import new_id
from services.kit.jobs import enqueue
from services.kit.mail import LaterLink, queue_mail

PURPOSE = "password"
FIRST_LASTS = timedelta(days=7)
FORGOTTEN_LASTS = timedelta(hours=1)

ASKED_PER_LOGIN_MAX = 3
ASKED_PER_NETWORK_MAX = 30
"""Links asked for within ATTEMPTS_WINDOW: nobody fills another's mailbox."""

MAIL_PASSWORD_LINK = "mail_password_link"  # noqa: S105 -- the name of a job


class PasswordLinkUsed(Refused):
    """The link is genuine, but a password was chosen since, with it or otherwise."""

    code: ClassVar[str] = "PASSWORD_LINK_USED"
    sentence: ClassVar[str] = (
        "A password has been chosen since this link was sent. Sign in with it, or ask for a new link there."
    )


async def make_password_link(
    session: AsyncSession, person_id: UUID, *, address: str, lasts: timedelta
) -> LaterLink:
    """This will note a link for a person and give it for the mail. `address` is the page where passwords are chosen.

    The caller has decided that the person may have one, and that the mail goes to its own address.
    """
    await name_person(session, person_id)
    link = PasswordLink(id=new_id(), person_id=person_id, expires_at=clock.now() + lasts)
    session.add(link)
    await session.flush()
    return LaterLink.to(
        f"{address}#", PURPOSE, {"link": str(link.id), "person": str(person_id)}, link.expires_at
    )


async def choose_password(database: Database, *, secret: str, token: str, password: str) -> None:
    """This will set the password of whoever holds a mailed link, end its sessions and every lock.

    `secret` is the installation's. Raises LinkForged, LinkExpired, PasswordLinkUsed, and BadInput for a password that
    is too short or too long, which leaves the link as it is.
    """
    claims = links.verify(secret, PURPOSE, token, clock.now())
    if "person" not in claims:  # A link mailed by an older version; the page offers a new one.
        raise PasswordLinkUsed
    link_id, person_id = UUID(claims["link"]), UUID(claims["person"])
    check_length(password)
    async with database.write(person_id=person_id) as session:
        ended = await session.scalar(
            update(PasswordLink)
            .where(col(PasswordLink.id) == link_id, col(PasswordLink.ended_at).is_(None))
            .values(ended_at=clock.now())
            .returning(col(PasswordLink.id))
        )
        if ended is None:
            raise PasswordLinkUsed
        await set_password(session, person_id, password)
        await end_sessions_of(session, person_id)


async def ask_for_password(
    database: Database, *, surface: str, login: str, network: str, slug: str | None = None
) -> None:
    """This will have a link mailed to whoever a login is, if it is anybody; the caller cannot tell.

    Raises TooManyAttempts for known and unknown logins alike.
    """
    now = clock.now()
    login = login.strip()[:LOGIN_LENGTH_MAX]
    most = {
        f"forgotten:{login.lower()}": ASKED_PER_LOGIN_MAX,
        f"forgotten from:{network}": ASKED_PER_NETWORK_MAX,
    }
    key, at = col(SignInAttempt.key), col(SignInAttempt.at)
    async with database.write(for_itself=True) as session:
        recent = select(key, func.count()).where(key.in_(most), at > now - ATTEMPTS_WINDOW).group_by(key)
        counted = {row[0]: row[1] for row in await session.execute(recent)}
        if any(counted.get(name, 0) >= allowed for name, allowed in most.items()):
            raise TooManyAttempts(minutes=int(ATTEMPTS_WINDOW.total_seconds() // 60))
        session.add_all([SignInAttempt(key=name, at=now) for name in most])
        payload = {"login": login, "surface": surface, "slug": slug or ""}
        await enqueue(session, MAIL_PASSWORD_LINK, payload)


async def mail_password_link(
    session: AsyncSession, *, address: str, surface: str, login: str, slug: str | None
) -> bool:
    """This will queue the mail that was asked for; False where the login is nobody who could sign in on the surface.

    `address` is the installation's, without a final slash.
    """
    now = clock.now()
    person_id = await session.scalar(
        text("select person_id from find_login(:login, :slug, '', :seal)"),
        {"login": login, "slug": slug, "seal": login_seal(session, login)},
    )
    if person_id is None:
        return False
    await name_person(session, person_id)
    person = await session.get(Person, person_id)
    if person is None or person.email is None:
        return False
    companies = [
        place.company_id for place in await places_of(session, person.id) if may_act(place, surface, now)
    ]
    page = await _page(session, companies, surface, slug)
    if page is None:
        return False
    link = await make_password_link(session, person.id, address=address + page, lasts=FORGOTTEN_LASTS)
    mail = forgotten_mail(to=person.email, locale=person.locale, name=person.name, link=link.mark)
    return await queue_mail(session, mail, once_key=f"password {link.claims['link']}", link=link)


async def _page(session: AsyncSession, companies: list[UUID], surface: str, slug: str | None) -> str | None:
    """Where passwords are chosen: in the firm's app, or in the portal of a publisher of the person."""
    if not companies or surface == "firm":
        return "/firm/password" if companies else None
    found = await session.scalar(
        text("select slug from branding where company_id = any(:ids) order by slug <> :slug, slug limit 1"),
        {"ids": companies, "slug": slug or ""},
    )
    return f"/portal/{found}/password" if found else None


async def forget_sign_ins(session: AsyncSession, before: datetime) -> None:
    """This will delete what limits no longer look at: attempts of before an instant."""
    await session.execute(text("delete from sign_in_attempt where at < :before"), {"before": before})
