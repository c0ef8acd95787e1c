"""The web apps, the explorer, the contract, and the two questions of whoever runs the servers."""

import re
from html.parser import HTMLParser
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx2
import pytest

from gateway.app import make_app
from infra.migrations.run import head, migrate
from services.kit.db import Addresses
from services.kit.mail import Mail, OutboxSender
from tests.gateway.serving import Served, serving, settings_in
from tests.support.database import TestServer

ASKED_RAW = [
    "/firm/../secret.txt",
    "/firm/../../etc/passwd",
    "/firm/%2e%2e/secret.txt",
    "/firm/%2e%2e%2fsecret.txt",
    "/firm/..%2fsecret.txt",
    "/firm/..%5csecret.txt",
    "/firm/assets/../../secret.txt",
    "/firm/assets/..%2f..%2fsecret.txt",
    "/firm//etc/passwd",
    "/firm/%2fetc%2fpasswd",
    "/portal/../firm/../secret.txt",
    "/portal/%2e%2e/secret.txt",
    "/firm/%00",
    "/firm/mark.svg%00.html",
    "/firm/" + "a" * 5_000,
    "/firm/" + "../" * 50 + "etc/passwd",
]


def raw(server: Served, path: str) -> tuple[int, bytes]:
    """This will ask for a path exactly as it is written; a client library would tidy it up first."""
    with server.connect() as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".encode())
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return int(answer.split(b" ", 2)[1]), answer


class TestApp:
    @pytest.mark.parametrize("name", ["firm", "portal"])
    async def test_answers_every_address_of_its_own_with_its_page(
        self, http: httpx2.AsyncClient, name: str
    ) -> None:
        for path in ("", "index.html", "clients/1/sales", "sign-in?next=/firm/x"):
            answer = await http.get(f"/{name}/{path}")

            assert answer.status_code == 200
            assert f"<title>{name}</title>" in answer.text
            assert answer.headers["cache-control"] == "no-cache"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cross-origin-opener-policy"] == "same-origin"
            assert answer.headers["referrer-policy"] == "same-origin"
            assert "microphone=()" in answer.headers["permissions-policy"]

    async def test_lets_nothing_in_from_outside(self, http: httpx2.AsyncClient) -> None:
        for path in ("/firm/", "/portal/x", "/explorer"):
            policy = dict(
                part.strip().split(" ", 1)
                for part in (await http.get(path)).headers["content-security-policy"].split(";")
            )

            assert policy["default-src"] == "'none'"
            assert policy["script-src"] == "'self'"
            assert policy["connect-src"] == "'self'"
            assert policy["frame-ancestors"] == "'none'"
            assert policy["base-uri"] == "'none'"
            assert not re.search(r"https?:|\*", " ".join(policy.values()))

    async def test_keeps_hashed_files_and_misses_old_ones(self, http: httpx2.AsyncClient) -> None:
        kept, other, missing = [
            await http.get(path)
            for path in ("/firm/assets/app-1a2b.js", "/firm/mark.svg", "/firm/assets/app-0000.js")
        ]

        assert "immutable" in kept.headers["cache-control"]
        assert kept.headers["content-type"].startswith("text/javascript")
        assert other.headers["cache-control"] == "no-cache"
        assert missing.status_code == 404

    @pytest.mark.parametrize("path", ASKED_RAW, ids=lambda path: path[:40])
    def test_serves_nothing_outside_its_folder(self, server: Served, path: str) -> None:
        status, answer = raw(server, path)

        assert status in {200, 404}
        assert b"not to be served" not in answer
        assert b"root:" not in answer
        if status == 200:
            assert b"<title>" in answer

    async def test_is_reached_without_the_slash_and_from_the_root(self, http: httpx2.AsyncClient) -> None:
        for path, target in (("/", "/firm/"), ("/firm", "/firm/"), ("/portal", "/portal/")):
            answer = await http.get(path)

            assert answer.status_code == 307
            assert answer.headers["location"] == target

    async def test_sends_nobody_to_the_host_that_a_caller_names(self, http: httpx2.AsyncClient) -> None:
        for path in ("/explorer/", "/schema.graphql/", "/livez/", "/sign-in/"):
            answer = await http.get(path, headers={"host": "elsewhere.example"})

            assert answer.status_code == 404
            assert "elsewhere.example" not in answer.text + str(answer.headers)

    async def test_that_was_not_built_says_how(self, postgres: Addresses, tmp_path: Path) -> None:
        settings = settings_in(tmp_path)
        builds = {"firm": tmp_path / "none", "portal": tmp_path / "none"}
        app = make_app(settings, postgres, manifests=(), work_here=False, builds=builds)
        with serving(app, settings, {}) as served:
            answer = httpx2.get(f"{served.address}/firm/")

        assert answer.status_code == 503
        assert "make run" in answer.text


class TestContract:
    async def test_is_read_by_anybody(self, http: httpx2.AsyncClient) -> None:
        answer = await http.get("/schema.graphql")

        assert answer.headers["content-type"].startswith("text/plain")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "type Query {" in answer.text
        assert "@access(scope: SALES, action: VIEW)" in answer.text

    async def test_has_an_explorer(self, http: httpx2.AsyncClient) -> None:
        assert "<title>explorer</title>" in (await http.get("/explorer")).text


class TestHealth:
    async def test_lives_and_is_ready(self, http: httpx2.AsyncClient) -> None:
        assert (await http.get("/livez")).json() == {"alive": True}
        assert (await http.get("/readyz")).json() == {"ready": True, "version": head()}

    async def test_is_not_ready_while_migrations_are_behind(
        self, postgres_server: TestServer, tmp_path: Path
    ) -> None:
        name = f"behind_{uuid4().hex}"
        addresses = await postgres_server.create_database(name)
        settings = settings_in(tmp_path)
        app = make_app(settings, addresses, manifests=(), work_here=False)
        with serving(app, settings, {}) as served:
            async with httpx2.AsyncClient(base_url=served.address) as http:
                empty = await http.get("/readyz")
                await migrate(addresses)
                ready = await http.get("/readyz")
                owner = await asyncpg.connect(addresses.owner_url)
                await owner.execute("update alembic_version set version_num = '0001'")
                await owner.close()
                behind = await http.get("/readyz")
                await postgres_server.drop_database(name)
                gone = await http.get("/readyz")
                alive = await http.get("/livez")

        assert [answer.status_code for answer in (empty, ready, behind, gone)] == [503, 200, 503, 503]
        assert head() in behind.json()["reason"]
        assert "0001" in behind.json()["reason"]
        assert alive.status_code == 200


class _Links(HTMLParser):
    """The links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if (tag, name) == ("a", "href") and value]


class TestOutbox:
    async def test_shows_mails_without_running_them(self, http: httpx2.AsyncClient, server: Served) -> None:
        mail = Mail(to="clara@example.test", subject="Hola <b>Clara</b>", text="<script>1</script> adéu")
        sender = OutboxSender(server.settings.data_dir / "outbox", "Atrio <no-reply@example.com>")
        await sender.send(mail, key=f"test {uuid4()}", contents={})

        page = await http.get("/outbox")
        links = _Links()
        links.feed(page.text)
        shown = await http.get(links.found[0])

        for answer in (page, shown):
            assert answer.status_code == 200
            assert answer.headers["content-security-policy"] == "default-src 'none'"
            assert "Hola &lt;b&gt;Clara&lt;/b&gt;" in answer.text
        assert "clara@example.test" in page.text
        assert "&lt;script&gt;" in shown.text

    @pytest.mark.parametrize("name", ["nothing", "..", "%2e%2e", "..%5csecret", "%00", "x" * 3_000])
    def test_has_no_other_files(self, server: Served, name: str) -> None:
        assert raw(server, f"/outbox/{name}")[0] == 404

    async def test_is_there_in_the_demo_only(self, postgres: Addresses, tmp_path: Path) -> None:
        settings = settings_in(tmp_path, demo=False)
        app = make_app(settings, postgres, manifests=(), work_here=False)
        with serving(app, settings, {}) as served:
            answer = httpx2.get(f"{served.address}/outbox")

        assert answer.status_code == 404


class TestUnknown:
    async def test_address_is_not_found_with_a_number(self, http: httpx2.AsyncClient) -> None:
        answer = await http.get("/nothing/here")

        assert answer.status_code == 404
        assert answer.json()["requestId"] == answer.headers["x-request-id"]
