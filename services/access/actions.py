"""Writes of access: people and their places, grants, tokens. Signing in stands in `sign_in.py`."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.access.act import Act
from services.access.models import (
    ApiToken,
    Credential,
    FamiliarNetwork,
    Grant,
    Membership,
    PasswordLink,
    Person,
)
from services.access.passwords import hash_password
from services.access.policy import Action, Role, Scope, mask_of
from services.kit import clock
from services.kit.db import name_person
from services.kit.errors import BadInput, NotFound
from services.kit.ids import new_id

TOKEN_PREFIX = "atrio_"  # noqa: S105 -- marks what kind of secret a leaked text is
TOKEN_BYTES = 32


def secret_hash(secret: str) -> str:
    """The SHA-256 under which a session cookie or API token is kept: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def add_person(session: AsyncSession, *, name: str, email: str | None, locale: str = "es") -> UUID:
    """This will make a login without any place yet, and name it. The e-mail is kept in lower case."""
    person = Person(id=new_id(), name=name, email=email.strip().lower() if email else None, locale=locale)
    await name_person(session, person.id)
    session.add(person)
    await session.flush()
    return person.id


async def set_password(session: AsyncSession, person_id: UUID, password: str) -> None:
    """This will set the password of a person and clear its failed attempts. Runs argon2id off the event loop.

    Links that would let somebody choose another one end with it. Raises BadInput for a length that is not taken.
    """
    hashed = await hash_password(password)
    await name_person(session, person_id)
    await session.execute(
        update(PasswordLink)
        .where(col(PasswordLink.person_id) == person_id, col(PasswordLink.ended_at).is_(None))
        .values(ended_at=clock.now())
    )
    credential = await session.scalar(select(Credential).where(col(Credential.person_id) == person_id))
    if credential is None:
        session.add(Credential(person_id=person_id, secret_hash=hashed))
        return
    credential.secret_hash = hashed
    credential.failed_attempts = 0
    credential.locked_at = None
    credential.changed_at = clock.now()
    await session.execute(delete(FamiliarNetwork).where(col(FamiliarNetwork.credential_id) == credential.id))


async def add_membership(
    session: AsyncSession,
    *,
    person_id: UUID,
    company_id: UUID,
    role: Role,
    contact_id: UUID | None = None,
    user_code: str | None = None,
    view: frozenset[Scope] = frozenset(),
    edit: frozenset[Scope] = frozenset(),
) -> UUID:
    """This will give a person a place. Scopes matter for employees and portal contacts only."""
    membership = Membership(
        id=new_id(),
        person_id=person_id,
        company_id=company_id,
        role=role.value,
        contact_id=contact_id,
        user_code=user_code,
        can_view=mask_of(view),
        can_edit=mask_of(edit),
    )
    session.add(membership)
    await session.flush()
    return membership.id


async def issue_api_token(
    act: Act, *, company_id: UUID, app_name: str, view: frozenset[Scope], expires_at: datetime
) -> str:
    """This will make a partner app's token for one company and give it once; only its hash is kept.

    A company's own people consent, so a firm never hands on a client's books: company owners theirs, firms their own.
    The token's reach is cut to that of whoever consented, now and later. Needs API EDIT. Raises NotFound for any other
    company, BadInput for an end in the past.
    """
    await act.may(company_id, Scope.API, Action.EDIT)
    if company_id != act.viewer.company_id:
        raise NotFound("company", path=("companyId",))
    if expires_at <= clock.now():
        raise BadInput("expiresAt", "give an instant in the future")
    secret = TOKEN_PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    act.session.add(
        ApiToken(
            token_hash=secret_hash(secret),
            app_name=app_name,
            company_id=company_id,
            consented_by=act.viewer.id,
            can_view=mask_of(view),
            expires_at=expires_at,
        )
    )
    await act.session.flush()
    return secret


async def revoke_api_token(act: Act, token_id: UUID) -> None:
    """This will end a token; its next request is unauthenticated. Needs API EDIT in its company."""
    token = await act.session.get(ApiToken, token_id, with_for_update=True)
    if token is None:
        raise NotFound("token")
    await act.may(token.company_id, Scope.API, Action.EDIT, what="token")
    token.revoked_at = clock.now()


async def grant_to_firm(
    session: AsyncSession,
    *,
    company_id: UUID,
    firm_id: UUID,
    view: frozenset[Scope],
    edit: frozenset[Scope] = frozenset(),
    approve: frozenset[Scope] = frozenset(),
    share: frozenset[Scope] = frozenset(),
    valid_until: datetime | None = None,
    granted_by: UUID | None = None,
) -> UUID:
    """This will let a firm into modules of a company, replacing what it had. The caller has checked who may."""
    grant = await session.scalar(
        select(Grant)
        .where(col(Grant.company_id) == company_id, col(Grant.firm_id) == firm_id)
        .with_for_update()
    )
    if grant is None:
        grant = Grant(id=new_id(), company_id=company_id, firm_id=firm_id)
        session.add(grant)
    grant.can_view = mask_of(view | edit | approve | share)
    grant.can_edit = mask_of(edit)
    grant.can_approve = mask_of(approve)
    grant.can_share = mask_of(share)
    grant.state = "ACTIVE"
    grant.valid_until = valid_until
    grant.granted_by = granted_by
    grant.changed_at = clock.now()
    await session.flush()
    return grant.id


async def revoke_from_firm(act: Act, *, company_id: UUID, firm_id: UUID) -> UUID:
    """This will end a firm's access to a company's modules. Needs GRANTS EDIT in the company."""
    await act.may(company_id, Scope.GRANTS, Action.EDIT, path=("companyId",))
    grant = await act.session.scalar(
        select(Grant)
        .where(col(Grant.company_id) == company_id, col(Grant.firm_id) == firm_id)
        .with_for_update()
    )
    if grant is None:
        raise NotFound("grant", path=("firmId",))
    grant.state = "REVOKED"
    grant.changed_at = clock.now()
    await act.session.flush()
    return grant.id


async def role_of_colleague(act: Act, membership_id: UUID) -> Role:
    """The role of somebody in the viewer's own firm or company. Raises NotFound for anybody else."""
    membership = await act.session.get(Membership, membership_id)
    if membership is None or membership.company_id != act.viewer.company_id:
        raise NotFound("person")
    return Role(membership.role)


ROWS_PER_LIST = range(10, 201)
_CHOICES = {
    "locale": ("es", "en", "ca", "sv"),
    "density": ("tight", "normal", "relaxed"),
    "theme": ("system", "light", "dark"),
}


async def set_preferences(
    act: Act, *, locale: str | None, density: str | None, theme: str | None, rows_per_list: int | None
) -> None:
    """This will keep what the viewer's person prefers; None leaves a value as it is.

    Raises BadInput for a value that is not offered.
    """
    await name_person(act.session, act.viewer.person_id)
    person = await act.session.get(Person, act.viewer.person_id)
    if person is None or act.viewer.role is Role.PARTNER_APP:
        raise NotFound("person")
    for name, value in {"locale": locale, "density": density, "theme": theme}.items():
        if value is None:
            continue
        if value not in _CHOICES[name]:
            raise BadInput(f"input.{name}", "choose one of {choices}", choices=", ".join(_CHOICES[name]))
        setattr(person, name, value)
    if rows_per_list is not None:
        if rows_per_list not in ROWS_PER_LIST:
            raise BadInput("input.rowsPerList", "choose 10 to 200 rows")
        person.rows_per_list = rows_per_list
