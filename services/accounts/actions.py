"""Writes of client accounts: founding companies, collaborations, assignments, grants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.access.interface import Act, as_id, grant_to_firm, revoke_from_firm, role_of_colleague
from services.access.policy import PLAN_SCOPES, Action, Role, Scope, SubscriptionPlan
from services.accounts.models import ClientAssignment, Collaboration, Company
from services.kit.errors import BadInput, NotFound, Refused
from services.kit.ids import new_id
from services.kit.search import search_text, sort_name

ASSIGNED_AT_ONCE_MAX = 20


class NotAnAccountManager(Refused):
    """The person lacks the role that H1-04 asks for."""

    code: ClassVar[str] = "ROLE"
    sentence: ClassVar[str] = "Only account managers can be put on a client; give the person that role first."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCompany:
    """What is known of a company when its account is made."""

    kind: str
    name: str
    tax_id: str | None = None
    trade: str | None = None
    address: str | None = None
    postcode: str | None = None
    city: str | None = None
    province: str | None = None
    email: str | None = None
    phone: str | None = None
    iban: str | None = None
    plan: SubscriptionPlan = SubscriptionPlan.FULL
    locale: str = "es"


async def found_company(session: AsyncSession, new: NewCompany, *, at: datetime | None = None) -> UUID:
    """This will make a company that nobody reaches yet; its first membership or collaboration follows."""
    company = Company(
        id=new_id(),
        kind=new.kind,
        name=new.name,
        search_text=search_text(new.name, new.tax_id),
        sort_name=sort_name(new.name),
        tax_id=new.tax_id,
        trade=new.trade,
        address=new.address,
        postcode=new.postcode,
        city=new.city,
        province=new.province,
        email=new.email,
        phone=new.phone,
        iban=new.iban,
        locale=new.locale,
        subscription_plan=new.plan.value,
        plan_mask=PLAN_SCOPES[new.plan],
    )
    if at is not None:
        company.created_at = at
    session.add(company)
    await session.flush()
    return company.id


@dataclass(frozen=True, slots=True)
class GrantedScopes:
    """What a client lets its firm do: scopes per action."""

    view: frozenset[Scope]
    edit: frozenset[Scope] = frozenset()
    approve: frozenset[Scope] = frozenset()
    share: frozenset[Scope] = frozenset()


async def open_client_account(
    act: Act, new: NewCompany, granted: GrantedScopes, *, at: datetime | None = None
) -> UUID:
    """This will make a client company for the viewer's firm, with the grant it starts from and an active collaboration.

    Needs PRACTICE EDIT in the firm. The client's owner, once there is one, changes the grant.
    """
    firm_id = await act.may(act.viewer.company_id, Scope.PRACTICE, Action.EDIT, what="firm")
    company_id = await found_company(act.session, new, at=at)
    await grant_to_firm(
        act.session,
        company_id=company_id,
        firm_id=firm_id,
        view=granted.view,
        edit=granted.edit,
        approve=granted.approve,
        share=granted.share,
        granted_by=act.viewer.id,
    )
    act.session.add(Collaboration(firm_id=firm_id, company_id=company_id, state="ACTIVE"))
    await act.session.flush()
    return company_id


async def assign_account_managers(
    act: Act, client_id: UUID | str, membership_ids: Sequence[UUID | str]
) -> UUID:
    """This will put account managers on a client and give the client's id. Assigned ones stay as they are.

    Needs TEAM EDIT. Raises NotFound for a client or person out of reach, NotAnAccountManager for another role.
    """
    company_id = await act.may(client_id, Scope.TEAM, Action.EDIT, what="client", path=("clientId",))
    if not 1 <= len(membership_ids) <= ASSIGNED_AT_ONCE_MAX:
        raise BadInput("membershipIds", "name 1 to {most} people", most=ASSIGNED_AT_ONCE_MAX)
    for given in membership_ids:
        path = ("membershipIds",)
        membership_id = as_id(given, "person", path)
        if await role_of_colleague(act, membership_id) is not Role.ACCOUNT_MANAGER:
            raise NotAnAccountManager(path=path)
        await _assign(act, company_id, membership_id, "MANAGER")
    return company_id


async def assign_bookkeeper(act: Act, client_id: UUID | str, membership_id: UUID | str) -> UUID:
    """This will put a bookkeeper on a client. Needs TEAM EDIT. Raises NotFound for anybody but one of the firm's."""
    company_id = await act.may(client_id, Scope.TEAM, Action.EDIT, what="client", path=("clientId",))
    path = ("membershipId",)
    person = as_id(membership_id, "person", path)
    if await role_of_colleague(act, person) is not Role.BOOKKEEPER:
        raise NotFound("person", path=path)
    await _assign(act, company_id, person, "BOOKKEEPER")
    return company_id


async def _assign(act: Act, company_id: UUID, membership_id: UUID, kind: str) -> None:
    row = ClientAssignment(
        company_id=company_id, membership_id=membership_id, kind=kind, assigned_by=act.viewer.id
    )
    statement = insert(ClientAssignment).values(**row.model_dump())
    await act.session.execute(statement.on_conflict_do_nothing())


async def remove_account_manager(act: Act, client_id: UUID | str, membership_id: UUID | str) -> UUID:
    """This will take a person off a client and give the client's id. Needs TEAM EDIT; nobody there is NotFound."""
    company_id = await act.may(client_id, Scope.TEAM, Action.EDIT, what="client", path=("clientId",))
    found = await act.session.scalar(
        select(col(ClientAssignment.id)).where(
            col(ClientAssignment.company_id) == company_id,
            col(ClientAssignment.membership_id) == as_id(membership_id, "person", ("membershipId",)),
        )
    )
    if found is None:
        raise NotFound("person", path=("membershipId",))
    await act.session.execute(delete(ClientAssignment).where(col(ClientAssignment.id) == found))
    return company_id


async def grant_firm_access(
    act: Act,
    *,
    company_id: UUID | str,
    firm_id: UUID | str,
    granted: GrantedScopes,
    valid_until: datetime | None = None,
) -> UUID:
    """This will let a firm into modules of a company, replacing what it had there, and give the grant's id.

    Needs GRANTS EDIT in the company: its owner's act (H1-02). Raises NotFound for a company out of reach or a firm
    that does not work for it.
    """
    path = ("companyId",)
    company = await act.may(company_id, Scope.GRANTS, Action.EDIT, what="company", path=path)
    firm = as_id(firm_id, "firm", ("firmId",))
    works_here = await act.session.scalar(
        select(col(Collaboration.id)).where(
            col(Collaboration.company_id) == company, col(Collaboration.firm_id) == firm
        )
    )
    if works_here is None:
        raise NotFound("firm", path=("firmId",))
    return await grant_to_firm(
        act.session,
        company_id=company,
        firm_id=firm,
        view=granted.view,
        edit=granted.edit,
        approve=granted.approve,
        share=granted.share,
        valid_until=valid_until,
        granted_by=act.viewer.id,
    )


async def revoke_firm_access(act: Act, *, company_id: UUID | str, firm_id: UUID | str) -> UUID:
    """This will end what a company granted to a firm; the firm's next request feels it. Needs GRANTS EDIT."""
    company = as_id(company_id, "company", ("companyId",))
    return await revoke_from_firm(act, company_id=company, firm_id=as_id(firm_id, "firm", ("firmId",)))
