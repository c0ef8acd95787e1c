"""Partners: free operations with a token, within a budget, for one company and its scopes."""

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx2
import pytest
from graphql import get_introspection_query
from sqlalchemy import text

from services.access.interface import Viewer
from services.access.policy import Scope
from services.kit.ids import new_id
from tests.gateway.asking import Caller, codes, partner, session_of, token_of
from tests.gateway.serving import Served, cookies
from tests.gateway.test_limits import doubling
from tests.support.office import BOOKS, Office
from tests.support.world import World

SALES = frozenset({Scope.SALES})


@dataclass(frozen=True, slots=True)
class Consent:
    """A client company, its owner who consented, and the app that may read its books."""

    office: Office
    company_id: UUID
    client_owner: Viewer
    app: Caller


@pytest.fixture
async def consent(http: httpx2.AsyncClient, server: Served, served_office: Office) -> Consent:
    company_id = await served_office.client()
    client_owner = await served_office.client_owner(company_id)
    token = await token_of(served_office, company_id, BOOKS, client_owner)
    return Consent(served_office, company_id, client_owner, partner(http, server, token))


@pytest.fixture
def app(consent: Consent) -> Caller:
    return consent.app


class TestQuery:
    async def test_is_free(self, app: Caller) -> None:
        answer = await app.text("{salesDocuments(first:5){totalCount nodes{number contact{name}}}}")

        assert answer.status_code == 200
        assert answer.json() == {"data": {"salesDocuments": {"totalCount": 0, "nodes": []}}}

    async def test_outside_the_scopes_is_null_with_the_reason(
        self, http: httpx2.AsyncClient, server: Served, served_world: World
    ) -> None:
        token = await token_of(served_world.office, served_world.company_id, SALES, served_world.client_owner)

        answer = await partner(http, server, token).text("{salesDocuments{nodes{number contact{name}}}}")

        assert answer.status_code == 294
        assert answer.json()["data"]["salesDocuments"]["nodes"][0]["contact"] is None
        [error] = answer.json()["errors"]
        assert error["path"] == ["salesDocuments", "nodes", "contact"]
        assert error["extensions"]["code"] == "SCOPE"
        assert error["extensions"]["scope"] == "CONTACTS"
        assert error["extensions"]["grantors"]
        assert error["message"]

    @pytest.mark.parametrize("planned", [True, False])
    async def test_by_id_outside_the_scopes_says_so_whatever_the_id_is(
        self, served_world: World, *, planned: bool
    ) -> None:
        office, owner = served_world.office, served_world.client_owner
        contacts = frozenset({Scope.CONTACTS})
        known = await office.viewers.find(await token_of(office, served_world.company_id, contacts, owner))
        assert known is not None
        document = "query($id:ID!){one:salesDocument(id:$id){id number} contact(id:$id){name}}"
        asked = [
            await office.ask(known, document, {"id": str(wanted)}, planned=planned)
            for wanted in (served_world.ids["sale"], new_id(), "no id at all")
        ]

        told = [
            [
                (error["path"], error["extensions"]["code"], error["extensions"]["scope"])
                for error in answer.errors
            ]
            for answer in asked
        ]
        assert told == [[(["one"], "SCOPE", "SALES")]] * 3
        assert [answer.data for answer in asked] == [{"one": None, "contact": None}] * 3
        assert len({answer.errors[0]["message"] for answer in asked}) == 1

    async def test_by_id_within_the_scopes_is_missing_without_a_word(
        self, served_world: World, served_office: Office
    ) -> None:
        document = "query($id:ID!){salesDocument(id:$id){id}}"
        sale, owner = served_world.ids["sale"], served_world.client_owner
        stranger = await served_office.client_owner(await served_office.client())
        for viewer, wanted in ((stranger, sale), (stranger, new_id()), (owner, new_id())):
            answer = await served_office.ask(viewer, document, {"id": str(wanted)})
            assert (answer.data, answer.errors) == ({"salesDocument": None}, [])

    async def test_of_another_company_finds_nothing(self, app: Caller, served_office: Office) -> None:
        elsewhere = await served_office.client("Una altra SL")

        answer = await app.text(f'{{salesDocuments(companyId:"{elsewhere}"){{nodes{{number}}}}}}')

        assert answer.json()["data"]["salesDocuments"]["nodes"] == []

    async def test_changes_nothing(self, consent: Consent) -> None:
        answer = await consent.app.text(
            f'mutation{{createContact(input:{{companyId:"{consent.company_id}",name:"X",requestKey:"k"}})'
            "{contact{id}}}"
        )

        assert answer.status_code in {403, 422}
        assert "data" not in answer.json()

    async def test_of_the_explorer_about_the_schema_is_answered(self, app: Caller) -> None:
        answer = await app.text(
            get_introspection_query(
                specified_by_url=True,
                directive_is_repeatable=True,
                schema_description=True,
                input_value_deprecation=True,
            )
        )

        assert answer.status_code == 200
        assert any(item["name"] == "SalesDocument" for item in answer.json()["data"]["__schema"]["types"])

    async def test_of_what_the_schema_lacks_gets_no_hints(self, app: Caller) -> None:
        answer = await app.text("{salesDocument(idd:1){numbr}}")

        assert answer.status_code == 422
        assert "Did you mean" not in answer.text

    async def test_subscriptions_are_not_offered(self, app: Caller) -> None:
        assert (await app.text("subscription{viewer{id}}")).status_code in {400, 422}


class TestBudget:
    @pytest.mark.parametrize(
        ("query", "code"),
        [
            ("{contacts{nodes" + "{id" * 12 + "}" * 12 + "}}", "OPERATION_TOO_LARGE"),
            ("{" + " ".join(f"a{n}:viewer{{id}}" for n in range(21)) + "}", "OPERATION_TOO_LARGE"),
            ("{contacts{nodes{" + "id " * 501 + "}}}", "OPERATION_TOO_LARGE"),
            ("{contacts{nodes{" + " ".join(f"a{n}:id" for n in range(31)) + "}}}", "OPERATION_TOO_LARGE"),
            (
                "{"
                + " ".join(
                    f"a{n}:salesDocuments(first:200){{nodes{{lines{{description}} taxes{{rate}}}}}}"
                    for n in range(15)
                )
                + "}",
                "OPERATION_TOO_LARGE",
            ),
            ("{contacts{" + "nodes{id} " * 240 + "}}", "BAD_REQUEST"),
            ("{viewer" * 300, "BAD_REQUEST"),
            ("{viewer{id}}#" + "x" * 30_000, "BAD_REQUEST"),
            ("{" + "viewer{id}," * 1 + "a(" + "b:1 " * 5_000 + ")}", "BAD_REQUEST"),
        ],
        ids=["deep", "roots", "fields", "aliases", "costly", "comparisons", "nested", "long", "tokens"],
    )
    async def test_refuses(self, app: Caller, query: str, code: str) -> None:
        answer = await app.text(query)

        assert 400 <= answer.status_code < 500
        assert codes(answer) == [code]
        assert "data" not in answer.json()

    async def test_refuses_doubling_fragments_in_no_time(self, app: Caller) -> None:
        await app.text("{viewer{id}}")
        started = time.perf_counter()

        answer = await app.text(doubling(150))

        assert codes(answer) == ["OPERATION_TOO_LARGE"]
        assert time.perf_counter() - started < 1


class TestToken:
    async def test_that_is_wrong_is_unauthenticated(self, http: httpx2.AsyncClient, server: Served) -> None:
        for token in ("atrio_wrong", "x" * 5_000):
            answer = await partner(http, server, token).text("{viewer{id}}")

            assert answer.status_code == 401
            assert codes(answer) == ["UNAUTHENTICATED"]

    @pytest.mark.parametrize(
        "change",
        [
            "update api_token set revoked_at = now() where company_id = :c",
            "update api_token set expires_at = now() - interval '1 second' where company_id = :c",
            "update membership set state = 'REVOKED' where id = :m",
        ],
        ids=["revoked", "expired", "consent ended"],
    )
    @pytest.mark.parametrize(
        "question", ["{salesDocuments{nodes{id}}}", "{viewer{id}}", "{__schema{queryType{name}}}"]
    )
    async def test_that_ended_is_unauthenticated_at_the_very_next_request(
        self, consent: Consent, change: str, question: str
    ) -> None:
        assert (await consent.app.text(question)).status_code == 200
        async with consent.office.act(consent.client_owner) as act:
            values: dict[str, UUID] = {"c": consent.company_id, "m": consent.client_owner.id}
            await act.session.execute(
                text(change), {name: values[name] for name in values if f":{name}" in change}
            )

        assert (await consent.app.text(question)).status_code == 401

    async def test_beside_a_cookie_is_the_only_thing_looked_at(
        self, http: httpx2.AsyncClient, server: Served, consent: Consent
    ) -> None:
        office = consent.office
        cookie = cookies(await session_of(office, office.owner))

        both = Caller(http, server, {**cookie, **consent.app.headers})
        wrong = Caller(http, server, {**cookie, "authorization": "Bearer wrong"})
        empty = Caller(http, server, {**cookie, "authorization": "Bearer"})

        assert (await both.run("Who")).json()["data"]["viewer"]["role"] == "PARTNER_APP"
        assert (await wrong.run("Who")).status_code == 401
        assert (await empty.run("Who")).status_code == 401

    async def test_never_becomes_the_session_of_whoever_consented(
        self, http: httpx2.AsyncClient, consent: Consent
    ) -> None:
        body: dict[str, Any] = {"membershipId": str(consent.client_owner.id)}

        answer = await http.post(
            "/sign-in/switch", json=body, headers={**cookies("no session at all"), **consent.app.headers}
        )

        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers

    async def test_in_a_cookie_is_no_session(
        self, http: httpx2.AsyncClient, server: Served, app: Caller
    ) -> None:
        token = app.headers["authorization"].removeprefix("Bearer ")

        for surface in ("firm", "portal"):
            assert (await Caller(http, server, cookies(token, surface)).run("Who")).status_code == 401
