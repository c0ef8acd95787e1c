"""A firm of its own for one test: people in every role, clients with grants, and questions asked as any of them.

    office = await Office.open(database)
    joinery = await office.client("Fusteria Puig SL")
    answer = await office.ask(office.manager, "{ contacts { nodes { name } } }")

Every question goes the product's own way: a real session, the executor, the plan (or graphql-core when asked).
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import asyncpg
import orjson

from gateway import limits
from gateway.errors import refusal_entry
from gateway.executor import Executor, OperationInvalid
from gateway.exporting import Lists
from gateway.planner.plan import Plan
from gateway.schema import composed
from gateway.viewers import Known, Viewers
from services.access import actions as access
from services.access.interface import Act, RequestContext, Viewer, acting
from services.access.policy import FIRM_ROLES, Role, Scope, SubscriptionPlan
from services.access.sign_in import open_session
from services.accounts import actions as accounts
from services.kit import clock
from services.kit.db import Database
from services.kit.errors import Refused, Unauthenticated
from services.kit.ids import new_id
from services.kit.storage import Store, open_store
from services.kit.words import translator

BOOKS = frozenset(scope for scope in Scope if scope.value >= Scope.ACCOUNTS.value)
"""Every scope that a client grants."""


@cache
def _executing(database: Database) -> tuple[Executor, Viewers]:
    """One for all offices in a database, as a process has: a document is validated and compiled once, not per test."""
    viewers = Viewers(database)
    return Executor(composed(), viewers), viewers


@dataclass(frozen=True, slots=True)
class Answered:
    """What a caller gets: the data, the errors, and the bytes they came in."""

    data: Any
    errors: list[dict[str, Any]]
    body: bytes = b""

    @property
    def codes(self) -> list[str]:
        return [error["extensions"]["code"] for error in self.errors]


@dataclass(slots=True)
class Office:
    """One firm with its people. Nothing here is shared with another test."""

    database: Database
    store: Store
    firm_id: UUID
    owner: Viewer
    admin: Viewer
    manager: Viewer
    bookkeeper: Viewer
    executor: Executor
    viewers: Viewers
    _known: dict[UUID, Known] = field(default_factory=dict)

    @classmethod
    async def open(cls, database: Database, folder: Path, name: str = "Gestoría Sol SL") -> Self:
        """This will found a firm with an owner, an admin, an account manager and a bookkeeper."""
        executor, viewers = _executing(database)
        async with database.write() as session:
            firm_id = await accounts.found_company(session, accounts.NewCompany(kind="FIRM", name=name))
            owner = await _member(session, firm_id, Role.FIRM_OWNER, "Olga Sol")
        office = cls(
            database=database,
            store=open_store(folder),
            firm_id=firm_id,
            owner=owner,
            admin=owner,
            manager=owner,
            bookkeeper=owner,
            executor=executor,
            viewers=viewers,
        )
        office.admin = await office.colleague(Role.FIRM_ADMIN, "Adrià Mas")
        office.manager = await office.colleague(Role.ACCOUNT_MANAGER, "Aina Roca")
        office.bookkeeper = await office.colleague(Role.BOOKKEEPER, "Biel Font")
        return office

    @asynccontextmanager
    async def act(self, viewer: Viewer | None = None) -> AsyncIterator[Act]:
        """One transaction as somebody; the owner if nobody is named."""
        async with acting(self.database, viewer or self.owner) as act:
            yield act

    async def enter(self, connection: "asyncpg.Connection[Any]", viewer: Viewer) -> None:
        """This will name a viewer to the walls in a transaction on a bare connection."""
        seals = await self.database.seals()
        await connection.execute("select set_config('app.viewer', $1, true)", seals.viewer_pass(viewer.id))

    async def by_hand(self, statement: str, *values: Any) -> None:
        """This will do as the owner of the database what no part of the program may."""
        connection = await asyncpg.connect(self.database._addresses.owner_url)
        try:
            await connection.execute(statement, *values)
        finally:
            await connection.close()

    async def colleague(self, role: Role, name: str) -> Viewer:
        """Somebody more in the firm."""
        async with self.act() as act:
            return await _member(act.session, self.firm_id, role, name)

    async def client(
        self,
        name: str = "Fusteria Puig SL",
        *,
        view: frozenset[Scope] = BOOKS,
        edit: frozenset[Scope] | None = None,
        plan: SubscriptionPlan = SubscriptionPlan.FULL,
        assigned: bool = True,
    ) -> UUID:
        """A client company with what it granted; the manager and the bookkeeper are assigned unless said otherwise."""
        change = view if edit is None else edit
        async with self.act() as act:
            granted = accounts.GrantedScopes(view=view, edit=change, approve=change, share=change)
            company_id = await accounts.open_client_account(
                act, accounts.NewCompany(kind="CLIENT", name=name, plan=plan), granted
            )
            if assigned:
                await accounts.assign_account_managers(act, company_id, [self.manager.id])
                await accounts.assign_bookkeeper(act, company_id, self.bookkeeper.id)
        return company_id

    async def client_owner(self, company_id: UUID, name: str = "Núria Puig") -> Viewer:
        """The client's own owner."""
        async with self.act() as act:
            return await _member(act.session, company_id, Role.CLIENT_OWNER, name)

    async def employee(
        self, company_id: UUID, *, view: frozenset[Scope], edit: frozenset[Scope] = frozenset()
    ) -> Viewer:
        """Somebody employed by the client, with scopes of their own."""
        async with self.act() as act:
            return await _member(
                act.session, company_id, Role.CLIENT_EMPLOYEE, "Pau Serra", view=view, edit=edit
            )

    async def portal_contact(
        self, company_id: UUID, contact_id: UUID, *, view: frozenset[Scope] | None = None
    ) -> Viewer:
        """A contact of a company with access to its portal."""
        scopes = view if view is not None else frozenset({Scope.SALES, Scope.CONTACTS, Scope.MESSAGES})
        async with self.act() as act:
            return await _member(
                act.session,
                company_id,
                Role.PORTAL_CONTACT,
                "Clara Vidal",
                contact_id=contact_id,
                view=scopes,
                edit=frozenset({Scope.MESSAGES}),
            )

    async def partner(self, company_id: UUID, scopes: frozenset[Scope], consenting: Viewer) -> Known:
        """A partner app with a token for one company."""
        async with self.act(consenting) as act:
            secret = await access.issue_api_token(
                act,
                company_id=company_id,
                app_name="Cash Radar",
                view=scopes,
                expires_at=clock.now() + timedelta(days=30),
            )
        known = await self.viewers.find(secret)
        assert known is not None
        return known

    async def known(self, viewer: Viewer) -> Known:
        """The viewer's signed-in session, opened at the first question."""
        if viewer.id not in self._known:
            surface = "portal" if viewer.role is Role.PORTAL_CONTACT else "firm"
            async with self.database.write(person_id=viewer.person_id) as session:
                opened = await open_session(session, viewer.person_id, viewer.id, surface, clock.now())
            found = await self.viewers.find(opened.secret)
            assert found is not None
            self._known[viewer.id] = found
        return self._known[viewer.id]

    async def ask(
        self,
        asking: Viewer | Known,
        document: str,
        variables: dict[str, Any] | None = None,
        *,
        planned: bool = True,
    ) -> Answered:
        """This will ask as somebody and give data and errors, whichever way a refusal comes."""
        known = asking if isinstance(asking, Known) else await self.known(asking)
        context = self.context(known)
        context.raw_variables = variables or {}
        try:
            prepared = self.executor.prepare(document, limits.OWN_APPS)
            operation = prepared.operation(None)
            coerced = self.executor.variables(operation, variables or {})
            answer = await self.executor.run(
                prepared, operation, coerced, context, known, bounds=limits.OWN_APPS, planned=planned
            )
        except OperationInvalid as invalid:
            return Answered(
                None, [{"message": e.message, "extensions": {"code": "INVALID"}} for e in invalid.errors]
            )
        except Unauthenticated as refused:
            return Answered(None, [{"message": "", "extensions": {"code": refused.code}}])
        except Refused as refused:
            return Answered(None, [refusal_entry(refused, context.translate, "test")])
        parsed = orjson.loads(answer.body)
        return Answered(parsed["data"], parsed.get("errors", []), answer.body)

    def context(self, known: Known) -> RequestContext:
        """The context a request of this viewer has."""
        return RequestContext(
            database=self.database,
            store=self.store,
            viewer_or_none=known.viewer,
            locale="en",
            request_id="test",
            link=lambda kind, **_claims: f"/files/{kind}",
            translate=translator("en"),
            lists=Lists(composed(), self.database),
        )

    def plan(self, role: Role, document: str, variables: dict[str, Any] | None = None) -> Plan | None:
        """The plan of a document for a role, or None where graphql-core runs it."""
        prepared = self.executor.prepare(document, limits.OWN_APPS)
        operation = prepared.operation(None)
        return self.executor._plan(
            prepared, operation, self.executor.variables(operation, variables or {}), role, rows=False
        )


async def _member(session: Any, company_id: UUID, role: Role, name: str, **scopes: Any) -> Viewer:
    slug = re.sub(r"[^a-z]+", ".", name.lower())
    person_id = await access.add_person(
        session, name=name, email=f"{slug}.{new_id().hex[-12:]}@example.test", locale="en"
    )
    membership_id = await access.add_membership(
        session, person_id=person_id, company_id=company_id, role=role, **scopes
    )
    return Viewer(
        id=membership_id,
        role=role,
        person_id=person_id,
        company_id=company_id,
        contact_id=scopes.get("contact_id"),
        surface="portal" if role is Role.PORTAL_CONTACT else "firm",
        name=name,
        locale="en",
        time_zone="Europe/Madrid",
    )


FIRM_STAFF = tuple(role for role in Role if role in FIRM_ROLES)
