"""The server is killed while twenty people post: what was acknowledged is there, nothing is there by half."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from shutil import rmtree
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import text

from services.journal.interface import draft_entry, verify_ledger
from services.kit.db import Database
from services.kit.embedded import running_database
from tests.gateway.asking import Caller, session_of
from tests.gateway.operations import REGISTERED
from tests.gateway.serving import PATIENCE_SECONDS, Process, Served, cookies, running, write_manifest
from tests.support.builders.journal import books, rent
from tests.support.office import Office

POSTERS = 20
ENTRIES_EACH = 50
KILLED_AFTER = 300
"""Acknowledged entries; then the process is killed with requests of all posters under way."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that the database's own user can pass through."""
    made = Path(tempfile.mkdtemp(prefix="atrio-killed-"))
    made.chmod(0o711)
    yield made
    rmtree(made, ignore_errors=True)


@asynccontextmanager
async def database_of(process: Process) -> AsyncIterator[Database]:
    """The embedded database of a running process, from outside."""
    with running_database(process.served.settings, attach=True) as addresses:
        database = Database(addresses)
        await database.open()
        try:
            yield database
        finally:
            await database.close()


@dataclass
class Posting:
    """What the posters were told."""

    acknowledged: dict[UUID, int] = field(default_factory=dict)
    enough: asyncio.Event = field(default_factory=asyncio.Event)

    async def post(self, served: Served, secret: str, hashed: str, ids: list[UUID]) -> None:
        """This will post entries one by one until all are or the server is gone."""
        caller_served = Served(served.port, served.settings, {"Post": hashed})
        async with httpx2.AsyncClient(base_url=served.address, timeout=PATIENCE_SECONDS) as http:
            caller = Caller(http, caller_served, cookies(secret, secure=False))
            for entry_id in ids:
                try:
                    answer = await caller.run("Post", {"ids": [str(entry_id)], "key": str(entry_id)})
                except httpx2.TransportError:
                    return
                assert answer.status_code == 200, answer.text
                [result] = answer.json()["data"]["postEntries"]["results"]
                assert result["refusals"] == []
                self.acknowledged[entry_id] = result["entry"]["number"]
                if len(self.acknowledged) >= KILLED_AFTER:
                    self.enough.set()


async def drafts(office: Office, company_id: UUID) -> list[list[UUID]]:
    """Drafts to post, a pile for each poster."""
    async with office.act() as act:
        return [
            [
                await draft_entry(
                    act,
                    company_id=company_id,
                    entry_on=date(2026, 3, 2),
                    text=f"Rent {poster}/{number}",
                    lines=rent(),
                    source="MANUAL",
                    source_id=None,
                )
                for number in range(ENTRIES_EACH)
            ]
            for poster in range(POSTERS)
        ]


async def posted(office: Office, company_id: UUID) -> dict[UUID, int]:
    """The numbers of posted entries, after the ledger has been verified from its first entry on."""
    async with office.act() as act:
        assert (await verify_ledger(act.session, company_id)).broken is None
        rows = await act.session.execute(
            text("select id, number from journal_entry where company_id = :c and state = 'POSTED'"),
            {"c": company_id},
        )
        halves = await act.session.scalar(
            text(
                "select count(*) from journal_entry e where company_id = :c and"
                " ((state = 'POSTED') <> (number is not null)"
                " or (select count(*) from journal_line l where l.entry_id = e.id) <> 2)"
            ),
            {"c": company_id},
        )
        assert halves == 0
        return {row.id: row.number for row in rows}


async def test_loses_nothing_acknowledged_and_leaves_no_half_entry(folder: Path) -> None:
    hashed = write_manifest(folder / "operations" / "app.json", {"Post": REGISTERED["Post"]})["Post"]
    told = Posting()
    with running(folder) as process:
        process.wait_until_ready()
        async with database_of(process) as database:
            office = await Office.open(database, folder / "files")
            company_id = await books(office)
            piles = await drafts(office, company_id)
            secret = await session_of(office, office.owner)
        posters = [asyncio.create_task(told.post(process.served, secret, hashed, pile)) for pile in piles]
        async with asyncio.timeout(3 * PATIENCE_SECONDS):
            await told.enough.wait()
        process.kill()
        await asyncio.gather(*posters)
    killed_at = len(told.acknowledged)
    assert killed_at < POSTERS * ENTRIES_EACH

    with running(folder) as process:
        process.wait_until_ready()
        async with database_of(process) as database:
            office.database = database
            kept = await posted(office, company_id)
            assert told.acknowledged.items() <= kept.items()
            # Committed, but killed before the answer: one at most for each poster.
            assert len(kept) <= killed_at + POSTERS
            assert sorted(kept.values()) == list(range(1, len(kept) + 1))

            # The same calls again, as a client does that got no answer: posted entries stay, the rest follows.
            again = Posting()
            await asyncio.gather(*(again.post(process.served, secret, hashed, pile) for pile in piles))
            final = await posted(office, company_id)
    assert kept.items() <= final.items()
    assert again.acknowledged == final
    assert sorted(final.values()) == list(range(1, POSTERS * ENTRIES_EACH + 1))
