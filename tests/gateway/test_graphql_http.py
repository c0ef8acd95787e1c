"""GraphQL over HTTP: media types, statuses, methods, and bodies that are none."""

from typing import Any

import httpx2
import pytest

from services.access.policy import Scope
from tests.gateway.asking import Caller, anonymous, codes, partner, session_of, signed_in, token_of
from tests.gateway.serving import MODERN, PATIENCE_SECONDS, Served
from tests.support.office import Office

PLAIN = "application/json"


@pytest.fixture
async def owner(http: httpx2.AsyncClient, server: Served, served_office: Office) -> Caller:
    return signed_in(http, server, await session_of(served_office, served_office.owner))


@pytest.fixture
async def app(http: httpx2.AsyncClient, server: Served, served_office: Office) -> Caller:
    company_id = await served_office.client()
    client_owner = await served_office.client_owner(company_id)
    token = await token_of(served_office, company_id, frozenset({Scope.CONTACTS}), client_owner)
    return partner(http, server, token)


class TestMediaType:
    @pytest.mark.parametrize(
        ("accept", "given"),
        [
            (MODERN, MODERN),
            (f"{MODERN}, {PLAIN}", MODERN),
            (f"{PLAIN}, {MODERN}", MODERN),
            (f"{MODERN}; charset=utf-8, */*;q=0.1", MODERN),
            (f"{PLAIN}, {MODERN};q=0.5", PLAIN),
            (f"{MODERN};q=0, */*", PLAIN),
            (PLAIN, PLAIN),
            ("*/*", PLAIN),
            ("text/html", PLAIN),
            ("nonsense;q=;;,", PLAIN),
        ],
    )
    async def test_is_what_the_caller_takes(self, owner: Caller, accept: str, given: str) -> None:
        answer = await owner.run("Who", accept=accept)

        assert answer.status_code == 200
        assert answer.headers["content-type"] == given

    async def test_of_an_answer_forbids_to_keep_it(self, owner: Caller) -> None:
        for answer in (await owner.run("Who"), await owner.text("{viewer{id}}"), await owner.send(5)):
            assert answer.headers["cache-control"] == "private, no-store"
            assert answer.headers["x-content-type-options"] == "nosniff"


class TestStatus:
    async def test_is_294_for_data_with_errors_and_200_in_plain_json(self, app: Caller) -> None:
        for accept, status in ((MODERN, 294), (PLAIN, 200)):
            answer = await app.send({"query": "{viewer{id} clients{nodes{name}}}"}, accept=accept)

            assert answer.status_code == status
            assert answer.json()["data"]["clients"] is None
            assert codes(answer) == ["ROLE"]

    @pytest.mark.parametrize(
        ("query", "status"),
        [("{viewer{", 400), ("{viewer{nothing}}", 422), ("{viewer{id}} {viewer{id}}", 422), ("", 400)],
    )
    async def test_tells_syntax_from_what_does_not_fit(self, app: Caller, query: str, status: int) -> None:
        modern, plain = [await app.send({"query": query}, accept=accept) for accept in (MODERN, PLAIN)]

        assert (modern.status_code, plain.status_code) == (status, 200)
        assert "data" not in modern.json()
        assert modern.json()["errors"]

    async def test_is_422_for_an_operation_name_that_the_document_lacks(self, owner: Caller) -> None:
        assert (await owner.run("Two", operationName="Third")).status_code == 422
        assert (await owner.run("Two")).status_code == 422

    async def test_is_200_for_the_operation_named(self, owner: Caller) -> None:
        answer = await owner.run("Two", operationName="Second")

        assert answer.json() == {"data": {"viewer": {"name": "Olga Sol"}}}

    async def test_of_a_wrong_variable_names_it(self, owner: Caller) -> None:
        answer = await owner.run("Contacts", {"companyId": "x", "first": "ten"})

        assert answer.status_code == 422
        assert "$first" in answer.json()["errors"][0]["extensions"]["detail"]

    @pytest.mark.parametrize("day", ["2026-02-30", "", "infinity", "9999-99-99"])
    async def test_of_a_value_that_is_none_of_its_type_says_so(self, app: Caller, day: str) -> None:
        written = await app.text(f'{{journalEntries(filter:{{from:"{day}"}}){{nodes{{id}}}}}}')
        given = await app.text(
            "query($from:Date){journalEntries(filter:{from:$from}){nodes{id}}}", variables={"from": day}
        )

        for answer in (written, given):
            assert answer.status_code == 422
            assert codes(answer) == ["BAD_REQUEST"]
            assert "YYYY-MM-DD" in answer.text

    @pytest.mark.parametrize(
        "cursor", ["", "garbage", "WzEsMl0=", "W251bGwsbnVsbF0=", "bnVsbA==", "eyJhIjoxfQ==", "WyJhIiwiYiJd"]
    )
    async def test_of_a_cursor_that_is_none_says_so(self, app: Caller, cursor: str) -> None:
        answer = await app.text(f'{{contacts(after:"{cursor}"){{nodes{{id}}}}}}')

        assert answer.status_code == 422
        assert codes(answer) == ["BAD_INPUT"]

    async def test_of_a_missing_variable_names_it_to_who_wrote_the_app(self, owner: Caller) -> None:
        answer = await owner.run("Contacts", {"first": 1})

        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert error["message"].startswith("A value in what was entered cannot be read")
        assert "$companyId" in error["extensions"]["detail"]


class TestMethod:
    @pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
    async def test_other_than_post_is_refused_with_what_is_allowed(
        self, http: httpx2.AsyncClient, method: str
    ) -> None:
        answer = await http.request(method, "/graphql", params={"query": "{viewer{id}}"})

        assert answer.status_code == 405
        assert answer.headers["allow"] == "POST"

    async def test_post_works_with_a_slash_at_the_end(self, owner: Caller, http: httpx2.AsyncClient) -> None:
        body = {"documentId": owner.served.hashes["Who"]}

        answer = await http.post("/graphql/", json=body, headers=owner.headers)

        assert answer.json()["data"]["viewer"]["role"] == "FIRM_OWNER"


class TestBody:
    @pytest.mark.parametrize(
        "content",
        [
            b"5",
            b"null",
            b'"text"',
            b"[]",
            b"[" * 90_000,
            b'{"query":' + b'{"a":' * 15_000 + b"1" + b"}" * 15_000 + b"}",
            b'{"query": "{viewer{id}}"',
            b"",
            b"\xff\xfe",
            b'{"query": 5}',
            b'{"query": null}',
            b'{"query": ["{viewer{id}}"]}',
            b"{}",
            b'{"query": "{viewer{id}}", "variables": "x"}',
            b'{"query": "{viewer{id}}", "variables": []}',
            b'{"query": "{viewer{id}}", "variables": 0}',
            b'{"query": "{viewer{id}}", "extensions": "x"}',
            b'{"query": "{viewer{id}}", "operationName": 1}',
            b'{"documentId": 7}',
            b'{"query": "{viewer{id}}", "variables": {"a": ["\\u0000"]}}',
            b'{"query": "{viewer{id}}", "variables": {"\\u0000": 1}}',
        ],
        ids=lambda content: content[:40].decode("latin-1"),
    )
    async def test_that_asks_nothing_is_a_bad_request(
        self, app: Caller, http: httpx2.AsyncClient, content: bytes
    ) -> None:
        answer = await http.post(
            "/graphql", content=content, headers={"content-type": "application/json", **app.headers}
        )

        assert answer.status_code == 400
        assert codes(answer) == ["BAD_REQUEST"]

    @pytest.mark.parametrize(
        "content_type",
        [
            "",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/xml",
        ],
    )
    async def test_of_another_type_is_refused(
        self, app: Caller, http: httpx2.AsyncClient, content_type: str
    ) -> None:
        answer = await http.post(
            "/graphql",
            content=b'{"query":"{viewer{id}}"}',
            headers={"content-type": content_type, **app.headers},
        )

        assert answer.status_code == 415
        assert codes(answer) == ["UNSUPPORTED_MEDIA_TYPE"]
        assert "application/json" in answer.json()["errors"][0]["message"]

    async def test_may_name_its_charset(self, owner: Caller, http: httpx2.AsyncClient) -> None:
        headers = {"content-type": "application/json; charset=utf-8", **owner.headers}
        content = f'{{"documentId":"{owner.served.hashes["Who"]}"}}'

        assert (await http.post("/graphql", content=content, headers=headers)).status_code == 200

    async def test_with_nul_in_a_text_of_the_operation_is_refused(self, app: Caller) -> None:
        for text in ("\\u0000", "\\u{0}"):
            answer = await app.text('{contacts(filter:{search:"' + text + '"}){nodes{name}}}')

            assert answer.status_code == 422


class TestLargeBody:
    def test_is_refused_when_it_is_announced(self, server: Served) -> None:
        """A hundred megabytes are not read: the answer comes before the first of them."""
        with server.connect() as connection:
            connection.sendall(
                b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                b"content-length: 100000000\r\n\r\n"
            )
            answer = connection.recv(4096)

        assert answer.startswith(b"HTTP/1.1 413")
        assert b"BODY_TOO_LARGE" in answer

    def test_is_refused_when_it_comes_in_chunks(self, server: Served) -> None:
        with server.connect() as connection:
            connection.sendall(
                b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                b"transfer-encoding: chunked\r\n\r\n"
            )
            piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
            connection.sendall(piece * 2)
            answer = connection.recv(4096)

        assert answer.startswith(b"HTTP/1.1 413")
        assert b"BODY_TOO_LARGE" in answer

    async def test_leaves_the_server_well(self, http: httpx2.AsyncClient, server: Served) -> None:
        async def hundred_megabytes() -> Any:
            for _ in range(100):
                yield b" " * 1_000_000

        answer = await http.post(
            "/graphql",
            content=hundred_megabytes(),
            headers={"content-type": "application/json"},
            timeout=PATIENCE_SECONDS,
        )

        assert answer.status_code == 413
        assert (await anonymous(http, server).run("Branding", {"slug": "nobody-here"})).status_code == 200
