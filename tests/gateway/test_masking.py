"""What nobody expected: answered without its text, logged once under the same number, without anybody's data."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx2
import pytest

from services.kit import clock, links
from services.kit.db import Addresses, Database
from services.kit.embedded import DATABASE
from tests.gateway.asking import Caller, codes, session_of
from tests.gateway.operations import REGISTERED
from tests.gateway.serving import SECRET, Process, Served, cookies, running, write_manifest
from tests.support.database import TestServer
from tests.support.office import Office

PRIVATE = ("Vidal", "clara.vidal", "12.345,67", "a-secret-password", "ES9121000418450200051332")
"""What stands in requests, rows and file names of these tests, and must stand in no line of the log."""


@dataclass
class Broken:
    """A program of its own with a database of its own, which a test breaks on purpose."""

    process: Process
    addresses: Addresses
    office: Office
    company_id: UUID
    http: httpx2.AsyncClient
    headers: dict[str, str]

    @property
    def owner(self) -> Caller:
        return Caller(self.http, self.process.served, self.headers)

    async def execute(self, statement: str) -> None:
        """This will change the database behind the program's back."""
        connection = await asyncpg.connect(self.addresses.owner_url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def about(self, answer: httpx2.Response) -> list[dict[str, Any]]:
        """The lines of the log that belong to an answer."""
        number = answer.headers["x-request-id"]
        return [line for line in self.process.logged() if line.get("request_id") == number]

    def errors(self) -> list[dict[str, Any]]:
        return [line for line in self.process.logged() if line["level"] in {"error", "critical"}]


@pytest.fixture
async def broken(postgres_server: TestServer, postgres: Addresses, tmp_path: Path) -> AsyncIterator[Broken]:
    assert postgres.app_url, "the template is prepared for the first database that tests share"
    name = f"broken_{uuid4().hex}"
    addresses = await postgres_server.create_database(name, template=DATABASE)
    hashes = write_manifest(tmp_path / "operations" / "app.json", REGISTERED)
    environment = {"ATRIO_DATABASE_URL": addresses.owner_url, "ATRIO_DATABASE_APP_URL": addresses.app_url}
    with running(tmp_path, environment) as process:
        process.wait_until_ready()
        process.served = Served(process.served.port, process.served.settings, hashes)
        database = Database(addresses)
        await database.open()
        office = await Office.open(database, process.served.files)
        company_id = await office.client("Clara Vidal SL")
        headers = cookies(await session_of(office, office.owner), secure=False)
        async with httpx2.AsyncClient(base_url=process.served.address, timeout=60) as http:
            yield Broken(process, addresses, office, company_id, http, headers)
        await database.close()
    await postgres_server.drop_database(name)


def check_masked(broken: Broken, answer: httpx2.Response) -> None:
    """This will check that an answer tells its number and nothing else, and that the log tells the rest once."""
    number = answer.headers["x-request-id"]
    [entry] = answer.json()["errors"]
    assert entry["extensions"] == {"code": "INTERNAL", "requestId": number}
    assert "contact" not in entry["message"]
    for leaked in ("relation", "asyncpg", "Traceback", "select", "sha256", "OBJECT"):
        assert leaked not in answer.text
    broken.process.kill()
    [failed] = [line for line in broken.about(answer) if line["level"] == "error"]
    assert "Traceback" in failed["exception"]
    assert broken.errors() == [failed]
    said = "".join(broken.process.said)
    assert not [text for text in PRIVATE if text in said]


async def test_a_read_that_breaks_is_masked(broken: Broken) -> None:
    await broken.execute("alter table contact rename to gone")

    answer = await broken.owner.run(
        "Contacts",
        {"companyId": str(broken.company_id), "first": 5, "filter": {"search": "Clara Vidal"}},
    )

    assert answer.status_code == 500
    check_masked(broken, answer)


async def test_a_mutation_that_breaks_is_masked(broken: Broken) -> None:
    await broken.execute("alter table contact add constraint never check (name = 'nobody') not valid")

    answer = await broken.owner.run(
        "Add",
        {
            "input": {
                "companyId": str(broken.company_id),
                "name": "Clara Vidal",
                "email": "clara.vidal@example.test",
                "requestKey": "k",
            }
        },
    )

    assert codes(answer) == ["INTERNAL"]
    check_masked(broken, answer)


async def test_a_file_that_is_lost_is_masked(broken: Broken) -> None:
    claims = {
        "kind": "object",
        "viewer": str(broken.office.owner.id),
        "company": str(broken.company_id),
        "scope": "INBOX",
        "sha256": "0" * 64,
        "filename": "Nómina Vidal 12.345,67.pdf",
    }
    token = links.sign(SECRET, "file", claims, clock.now() + timedelta(minutes=5))

    answer = await broken.http.get(f"/files/{token}")

    assert answer.status_code == 500
    check_masked(broken, answer)
    assert token not in "".join(broken.process.said)


async def test_the_log_has_one_line_for_each_request_and_no_data(broken: Broken) -> None:
    surface = {"x-atrio-surface": "firm", "sec-fetch-site": "same-origin"}
    body = {"login": "clara.vidal@example.test", "password": "a-secret-password"}
    answers = [
        await broken.http.post("/sign-in", json=body, headers=surface),
        await broken.http.get("/firm/clients", params={"search": "Clara Vidal"}),
        await broken.owner.run(
            "Contacts",
            {
                "companyId": str(broken.company_id),
                "first": 5,
                "filter": {"search": "ES9121000418450200051332"},
            },
        ),
        await broken.owner.run("Contacts", {"companyId": "Clara Vidal", "first": "12.345,67"}),
        await broken.owner.send({"documentId": "Vidal", "query": "{viewer{name}} # Vidal"}),
        await broken.http.post(
            "/uploads",
            params={"companyId": str(broken.company_id), "purpose": "inbox", "filename": "Vidal.pdf"},
            content=b"%PDF-1.4 Vidal",
            headers=broken.headers,
        ),
    ]
    broken.process.kill()

    for answer in answers:
        [line] = broken.about(answer)
        assert line["event"] == "request"
        assert line["status"] == answer.status_code
    assert broken.errors() == []
    said = "".join(broken.process.said)
    assert not [text for text in PRIVATE if text in said]
    assert not [
        value for value in broken.headers.values() if len(value) > 20 and value.split("=")[-1] in said
    ]
