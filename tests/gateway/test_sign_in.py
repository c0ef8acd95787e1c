"""Signing in over HTTP: cookies, cross-site requests, wrong passwords, switching and signing out."""

import statistics
import time
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from services.access import actions as access
from services.access.interface import Viewer
from services.access.policy import Role
from services.access.sign_in import ATTEMPTS_PER_LOGIN_MAX
from services.contacts.actions import NewContact, create_contact
from services.kit.ids import new_id
from tests.gateway.asking import Caller, codes, session_of, signed_in
from tests.gateway.serving import Served, cookies
from tests.support.office import Office

PASSWORD = "correct horse battery"
FIRM = {"x-atrio-surface": "firm", "sec-fetch-site": "same-origin"}
PORTAL = {**FIRM, "x-atrio-surface": "portal"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a password: the login, and the first place."""

    email: str
    viewer: Viewer


async def with_password(office: Office, viewer: Viewer) -> Person:
    async with office.database.write(person_id=viewer.person_id) as session:
        await access.set_password(session, viewer.person_id, PASSWORD)
        email = await session.scalar(text("select email from person where id = :p"), {"p": viewer.person_id})
    return Person(str(email), viewer)


@pytest.fixture
async def manager(served_office: Office) -> Person:
    return await with_password(served_office, served_office.manager)


@pytest.fixture
async def contact(served_office: Office) -> Person:
    company_id = await served_office.client()
    async with served_office.act() as act:
        contact_id = await create_contact(act, NewContact(company_id=company_id, name="Clara Vidal"))
    return await with_password(served_office, await served_office.portal_contact(company_id, contact_id))


async def sign_in(
    http: httpx2.AsyncClient,
    login: str,
    password: str = PASSWORD,
    headers: dict[str, str] = FIRM,
    **body: Any,
) -> httpx2.Response:
    return await http.post("/sign-in", json={"login": login, "password": password, **body}, headers=headers)


def secret_in(answer: httpx2.Response) -> str:
    """The secret of a session that an answer sets as a cookie."""
    return answer.headers["set-cookie"].split(";")[0].partition("=")[2]


class TestCookie:
    @pytest.mark.parametrize("surface", ["firm", "portal"])
    async def test_is_locked_to_the_host_and_hidden_from_scripts(
        self, http: httpx2.AsyncClient, manager: Person, contact: Person, surface: str
    ) -> None:
        person, headers = (manager, FIRM) if surface == "firm" else (contact, PORTAL)

        answer = await sign_in(http, person.email, headers=headers)

        assert answer.status_code == 200
        assert answer.json() == {"membershipId": str(person.viewer.id)}
        name, *attributes = answer.headers["set-cookie"].split("; ")
        assert name.startswith(f"__Host-atrio_{surface}=")
        assert {item.lower() for item in attributes} == {"secure", "httponly", "samesite=lax", "path=/"}
        assert answer.headers["cache-control"] == "private, no-store"

    async def test_opens_its_own_app_only(
        self, http: httpx2.AsyncClient, server: Served, manager: Person, contact: Person
    ) -> None:
        for person, headers, surface, other in (
            (manager, FIRM, "firm", "portal"),
            (contact, PORTAL, "portal", "firm"),
        ):
            secret = secret_in(await sign_in(http, person.email, headers=headers))

            assert (await signed_in(http, server, secret, surface).run("Who")).status_code == 200
            # Under its own name from the other app, and under the other name.
            moved = {**cookies(secret, surface), "x-atrio-surface": other}
            assert (await Caller(http, server, moved).run("Who")).status_code == 401
            assert (await signed_in(http, server, secret, other).run("Who")).status_code == 401

    async def test_is_not_given_to_people_of_the_other_app(
        self, http: httpx2.AsyncClient, manager: Person, contact: Person
    ) -> None:
        for person, headers in ((manager, PORTAL), (contact, FIRM)):
            assert (await sign_in(http, person.email, headers=headers)).status_code == 401


class TestCrossSite:
    @pytest.mark.parametrize(
        "headers",
        [
            {"sec-fetch-site": "same-origin"},
            {"x-atrio-surface": "elsewhere", "sec-fetch-site": "same-origin"},
            {"x-atrio-surface": "firm"},
            {"x-atrio-surface": "firm", "sec-fetch-site": "cross-site"},
            {"x-atrio-surface": "firm", "sec-fetch-site": "same-site"},
            {"x-atrio-surface": "firm", "sec-fetch-site": "none"},
            {"x-atrio-surface": "firm", "sec-fetch-site": ""},
            {"x-atrio-surface": "firm", "origin": "https://evil.example"},
            {"x-atrio-surface": "firm", "origin": "null"},
            {"x-atrio-surface": "firm", "origin": "http://{host}.evil.example"},
            {"x-atrio-surface": "firm", "sec-fetch-site": "cross-site", "origin": "http://{host}"},
        ],
        ids=str,
    )
    async def test_requests_are_refused_everywhere(
        self, http: httpx2.AsyncClient, server: Served, manager: Person, headers: dict[str, str]
    ) -> None:
        host = server.address.removeprefix("http://")
        sent = {name: value.format(host=host) for name, value in headers.items()}
        secret = secret_in(await sign_in(http, manager.email))
        cookie = {"cookie": cookies(secret)["cookie"]}

        assert (await sign_in(http, manager.email, headers=sent)).status_code == 403
        assert (await http.post("/sign-out", headers={**sent, **cookie})).status_code == 403
        asked = await Caller(http, server, {**sent, **cookie}).run("Who")
        written = await http.post("/uploads", content=b"x", headers={**sent, **cookie})
        switched = await http.post("/sign-in/switch", json={}, headers={**sent, **cookie})

        # Without the name of an app there is no cookie to look for: nobody has asked.
        known = sent.get("x-atrio-surface") == "firm"
        assert {answer.status_code for answer in (asked, written, switched)} == {403 if known else 401}
        assert (await signed_in(http, server, secret).run("Who")).status_code == 200

    async def test_is_no_worry_with_the_own_origin(
        self, http: httpx2.AsyncClient, server: Served, manager: Person
    ) -> None:
        headers = {"x-atrio-surface": "firm", "origin": server.address}

        assert (await sign_in(http, manager.email, headers=headers)).status_code == 200

    @pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "text/plain", ""])
    async def test_forms_are_refused(
        self, http: httpx2.AsyncClient, manager: Person, content_type: str
    ) -> None:
        body = f'{{"login":"{manager.email}","password":"{PASSWORD}"}}'

        answer = await http.post("/sign-in", content=body, headers={**FIRM, "content-type": content_type})

        assert answer.status_code == 415
        assert "set-cookie" not in answer.headers


class TestWrongPassword:
    async def test_many_times_is_401_then_429(self, http: httpx2.AsyncClient, manager: Person) -> None:
        statuses = [
            (await sign_in(http, manager.email, "wrong password")).status_code
            for _ in range(ATTEMPTS_PER_LOGIN_MAX)
        ]
        stopped = await sign_in(http, manager.email)

        assert set(statuses) == {401}
        assert stopped.status_code == 429
        assert stopped.json()["code"] == "TOO_MANY_ATTEMPTS"
        assert int(stopped.headers["retry-after"]) > 0
        assert "set-cookie" not in stopped.headers

    async def test_is_answered_like_every_other_failure(
        self, http: httpx2.AsyncClient, served_office: Office
    ) -> None:
        changes = {
            "locked": "update credential set locked_at = now() where person_id = $1",
            "expired": "update membership set expires_on = '2020-01-01' where person_id = $1",
            "revoked": "update membership set state = 'REVOKED' where person_id = $1",
            "deactivated": "update membership set state = 'DEACTIVATED' where person_id = $1",
        }
        answers = {"unknown": await sign_in(http, f"nobody.{new_id()}@example.test")}
        person = await with_password(served_office, served_office.bookkeeper)
        answers["wrong"] = await sign_in(http, person.email, "wrong password")
        for why, change in changes.items():
            colleague = await served_office.colleague(Role.BOOKKEEPER, "Marta Gil")
            person = await with_password(served_office, colleague)
            await served_office.by_hand(change, colleague.person_id)
            answers[why] = await sign_in(http, person.email)

        seen = {
            (
                answer.status_code,
                answer.content.replace(answer.headers["x-request-id"].encode(), b"*"),
                tuple(sorted(set(answer.headers) - {"date", "x-request-id"})),
            )
            for answer in answers.values()
        }
        assert len(seen) == 1, answers
        assert next(iter(seen))[0] == 401

    async def test_takes_as_long_as_an_unknown_login(self, http: httpx2.AsyncClient, manager: Person) -> None:
        """Loosely: without the password's hash an unknown login would be ten times as fast."""
        taken: dict[str, list[float]] = {"known": [], "unknown": []}
        for _ in range(7):
            for which, login in (("known", manager.email), ("unknown", f"nobody.{new_id()}@example.test")):
                started = time.perf_counter()
                await sign_in(http, login, "wrong password")
                taken[which].append(time.perf_counter() - started)

        known, unknown = (statistics.median(taken[which]) for which in ("known", "unknown"))
        assert 1 / 4 < known / unknown < 4

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"login": "", "password": ""},
            {"login": 5, "password": "x"},
            {"login": "x"},
            {"login": "x\x00y", "password": "x"},
            {"login": "x", "password": ["x"]},
            {"login": "x", "password": "x", "surface": "portal"},
        ],
        ids=str,
    )
    async def test_is_told_from_a_body_that_is_none(
        self, http: httpx2.AsyncClient, body: dict[str, Any]
    ) -> None:
        assert (await http.post("/sign-in", json=body, headers=FIRM)).status_code == 400

    async def test_may_be_longer_than_any(self, http: httpx2.AsyncClient, manager: Person) -> None:
        assert (await sign_in(http, manager.email, "x" * 50_000)).status_code == 401
        assert (await sign_in(http, "x" * 50_000, "x")).status_code == 401


class TestSignOut:
    async def test_ends_the_session_and_takes_the_cookie_back(
        self, http: httpx2.AsyncClient, server: Served, manager: Person
    ) -> None:
        secret = secret_in(await sign_in(http, manager.email))
        caller = signed_in(http, server, secret)
        assert (await caller.run("Who")).status_code == 200

        answer = await http.post("/sign-out", headers=cookies(secret))

        assert answer.status_code == 204
        assert answer.headers["set-cookie"].startswith('__Host-atrio_firm=""')
        assert "max-age=0" in answer.headers["set-cookie"].lower()
        assert "secure" in answer.headers["set-cookie"].lower()
        assert (await caller.run("Who")).status_code == 401

    async def test_closes_every_other_door_too(
        self, http: httpx2.AsyncClient, server: Served, served_office: Office, manager: Person
    ) -> None:
        """A session that a moment ago was remembered opens no upload and no other place."""
        company_id = await served_office.client()
        secret = secret_in(await sign_in(http, manager.email))
        await signed_in(http, server, secret).run("Who")
        await http.post("/sign-out", headers=cookies(secret))

        sent = await http.post(
            f"/uploads?companyId={company_id}&purpose=inbox&filename=a.pdf",
            content=b"%PDF-1.4",
            headers=cookies(secret),
        )
        switched = await http.post(
            "/sign-in/switch", json={"membershipId": str(manager.viewer.id)}, headers=cookies(secret)
        )
        written = await signed_in(http, server, secret).run("Prefer", {"input": {"theme": "dark"}})

        assert [answer.status_code for answer in (sent, switched, written)] == [401, 401, 401]

    async def test_without_a_session_is_fine(self, http: httpx2.AsyncClient) -> None:
        assert (await http.post("/sign-out", headers=FIRM)).status_code == 204


class TestSwitch:
    async def test_acts_from_the_other_place_and_ends_the_first_session(
        self, http: httpx2.AsyncClient, server: Served, served_office: Office
    ) -> None:
        company_id = await served_office.client()
        owner = served_office.owner
        async with served_office.act() as act:
            second = await access.add_membership(
                act.session, person_id=owner.person_id, company_id=company_id, role=Role.CLIENT_OWNER
            )
        first = await session_of(served_office, owner)

        answer = await http.post(
            "/sign-in/switch", json={"membershipId": str(second)}, headers=cookies(first)
        )

        assert answer.status_code == 200
        now = await signed_in(http, server, secret_in(answer)).run("Who")
        assert now.json()["data"]["viewer"]["role"] == "CLIENT_OWNER"
        assert (await signed_in(http, server, first).run("Who")).status_code == 401

    async def test_to_somebody_elses_place_or_none_finds_nothing(
        self, http: httpx2.AsyncClient, server: Served, served_office: Office, contact: Person
    ) -> None:
        secret = await session_of(served_office, served_office.owner)

        for wanted in (served_office.manager.id, contact.viewer.id, new_id(), "nonsense"):
            answer = await http.post(
                "/sign-in/switch", json={"membershipId": str(wanted)}, headers=cookies(secret)
            )
            assert answer.status_code == 404
        assert (await signed_in(http, server, secret).run("Who")).status_code == 200


class TestSession:
    @pytest.mark.parametrize(
        "change",
        [
            "update sign_in_session set revoked_at = now() where person_id = $1",
            "update sign_in_session set idle_until = now() - interval '1 second' where person_id = $1",
            "update sign_in_session set ends_at = now() - interval '1 second' where person_id = $1",
            "update membership set state = 'REVOKED' where person_id = $1",
            "update membership set expires_on = '2020-01-01' where person_id = $1",
        ],
    )
    @pytest.mark.parametrize("operation", ["Who", "Journal", "Prefer"])
    async def test_that_ended_is_unauthenticated_at_the_very_next_request(
        self, http: httpx2.AsyncClient, server: Served, served_office: Office, change: str, operation: str
    ) -> None:
        manager = served_office.manager
        caller = signed_in(http, server, await session_of(served_office, manager))
        given: dict[str, dict[str, Any]] = {
            "Who": {},
            "Journal": {"companyId": str(await served_office.client())},
            "Prefer": {"input": {"theme": "dark"}},
        }
        variables = given[operation]
        assert (await caller.run(operation, variables)).status_code == 200
        await served_office.by_hand(change, manager.person_id)

        answer = await caller.run(operation, variables)

        assert answer.status_code == 401
        assert codes(answer) == ["UNAUTHENTICATED"]

    async def test_of_another_role_acts_as_that_role_at_the_very_next_request(
        self, http: httpx2.AsyncClient, server: Served, served_office: Office
    ) -> None:
        manager = served_office.manager
        caller = signed_in(http, server, await session_of(served_office, manager))
        assert (await caller.run("Who")).json()["data"]["viewer"]["role"] == "ACCOUNT_MANAGER"
        await served_office.by_hand("update membership set role = 'BOOKKEEPER' where id = $1", manager.id)

        assert (await caller.run("Who")).json()["data"]["viewer"]["role"] == "BOOKKEEPER"
