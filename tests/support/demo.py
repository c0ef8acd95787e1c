"""The demo firm for tests: written once per run into a template database, copied for whoever wants one of their own."""

import asyncio
import fcntl
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import asyncpg

from gateway.executor import Executor
from gateway.schema import composed
from gateway.viewers import Viewers
from infra.migrations.run import migrate
from infra.seeds.demo import PASSWORD, seed_demo
from services.access.interface import sign_in
from services.kit import clock
from services.kit.db import Addresses, Database
from services.kit.storage import open_store
from tests.support.database import TestServer
from tests.support.office import Office

TEMPLATE: Final = "atrio_demo"

DAY: Final = date(2026, 11, 21)
"""The day that the demo of the tests stands on, whenever they run."""


def day_shift() -> timedelta:
    """From today to the demo's day."""
    return timedelta(days=(DAY - clock.today()).days)


@contextmanager
def on_its_day() -> Iterator[None]:
    """The clock inside the block is that of a program started for the demo's day."""
    with clock.moved_to(clock.now() + day_shift()):
        yield


@dataclass(frozen=True, slots=True)
class DemoCopy:
    """A demo firm that belongs to one caller: its database, its data folder, the token of its partner app.

    Everybody of it reads English, whatever they speak in the demo, so that tests can name what stands on a screen.
    """

    addresses: Addresses
    folder: Path
    token: str


def copy_demo(server: TestServer, name: str, folder: Path) -> DemoCopy:
    """This will give a database of this name with the demo firm in it, and its files in `folder`.

    The first caller of a run writes the demo, which takes the better part of a minute; the others wait for it. Not
    to be called where an event loop runs.
    """
    shared = Path(server.folder)
    files, token = shared / "demo-files", shared / "demo-token"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not token.exists():
            made = asyncio.run(_write_template(server, files))
            token.write_text(made, encoding="utf-8")
        addresses = asyncio.run(server.create_database(name, template=TEMPLATE))
    shutil.copytree(files, folder / "files")
    return DemoCopy(addresses, folder, token.read_text(encoding="utf-8"))


@asynccontextmanager
async def demo_office(copied: DemoCopy) -> AsyncIterator[Office]:
    """The demo firm as an office, open: everybody the office names is its owner."""
    database = Database(copied.addresses)
    await database.open()
    viewers = Viewers(database)
    opened = await sign_in(
        database, surface="firm", login="marta@puig.example", password=PASSWORD, network="203.0.113.0/24"
    )
    known = await viewers.find(opened.secret)
    assert known is not None
    owner = known.viewer
    try:
        yield Office(
            database=database,
            store=open_store(copied.folder / "files"),
            firm_id=owner.company_id,
            owner=owner,
            admin=owner,
            manager=owner,
            bookkeeper=owner,
            executor=Executor(composed(), viewers),
            viewers=viewers,
        )
    finally:
        await database.close()


async def _write_template(server: TestServer, files: Path) -> str:
    addresses = await server.create_database(TEMPLATE)
    await migrate(addresses)
    database = Database(addresses)
    await database.open()
    try:
        with on_its_day():
            made = await seed_demo(database, open_store(files))
    finally:
        await database.close()
    connection = await asyncpg.connect(addresses.owner_url)
    try:
        await connection.execute("update person set locale = 'en'")
    finally:
        await connection.close()
    return made.partner_token
