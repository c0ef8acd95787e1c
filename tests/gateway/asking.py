"""Questions over HTTP as somebody, the way their app sends them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx2

from services.access import actions as access
from services.access.interface import Viewer
from services.access.policy import Scope
from services.access.sign_in import open_session
from services.kit import clock
from tests.gateway.serving import MODERN, Served, bearer, cookies
from tests.support.office import Office


async def session_of(office: Office, viewer: Viewer, surface: str = "firm") -> str:
    """The secret of a new session of a viewer, as its cookie holds it."""
    async with office.database.write(person_id=viewer.person_id) as session:
        opened = await open_session(session, viewer.person_id, viewer.id, surface, clock.now())
    return opened.secret


async def token_of(office: Office, company_id: UUID, scopes: frozenset[Scope], consenting: Viewer) -> str:
    """The token of a new partner app for one company, for 30 days."""
    async with office.act(consenting) as act:
        return await access.issue_api_token(
            act,
            company_id=company_id,
            app_name="Cash Radar",
            view=scopes,
            expires_at=clock.now() + timedelta(days=30),
        )


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody with a way to show who they are."""

    http: httpx2.AsyncClient
    served: Served
    headers: dict[str, str]

    async def run(
        self, name: str, variables: dict[str, Any] | None = None, *, accept: str = MODERN, **body: Any
    ) -> httpx2.Response:
        """This will ask a registered operation by its id."""
        return await self.send(
            {"documentId": f"sha256:{self.served.hashes[name]}", "variables": variables, **body},
            accept=accept,
        )

    async def send(self, body: Any, *, accept: str = MODERN) -> httpx2.Response:
        """This will send a body as it is."""
        return await self.http.post("/graphql", json=body, headers={"accept": accept, **self.headers})

    async def text(self, query: str, **body: Any) -> httpx2.Response:
        """This will send an operation as text."""
        return await self.send({"query": query, **body})


def codes(response: httpx2.Response) -> list[str]:
    """The codes of the errors in an answer."""
    return [error["extensions"]["code"] for error in response.json().get("errors", [])]


def anonymous(http: httpx2.AsyncClient, served: Served) -> Caller:
    return Caller(http, served, {})


def signed_in(http: httpx2.AsyncClient, served: Served, secret: str, surface: str = "firm") -> Caller:
    return Caller(http, served, cookies(secret, surface))


def partner(http: httpx2.AsyncClient, served: Served, token: str) -> Caller:
    return Caller(http, served, bearer(token))
