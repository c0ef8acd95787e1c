"""The tests' PostgreSQL: one server per run, shared by all workers; one database per worker, copied from a template.

The server belongs to the pytest process that was started by hand (with xdist the one that hands out the tests),
so it outlives every worker and dies with the run. Nothing is durable: no test survives a power cut.
"""

import asyncio
import fcntl
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlsplit

import asyncpg

from infra.migrations.run import migrate
from services.kit.db import Addresses
from services.kit.embedded import APP_ROLE, DATABASE, OWNER_ROLE, SUPERUSER, EmbeddedPostgres

TEMPLATE_STEPS: tuple[Callable[[Addresses], Awaitable[None]], ...] = (migrate,)
"""What makes an empty database ours, in order, run once per run on the template."""

_NAME: Final = "DATABASE_NAME"


class TestServer:
    """A running server as tests see it: plain texts, so that it can be handed to another worker."""

    __test__ = False

    def __init__(self, folder: str, urls: dict[str, str]) -> None:
        """This will only remember: the folder for locks and, per role, an address with a gap for the database."""
        self.folder = folder
        self.urls = urls

    def addresses(self, database: str) -> Addresses:
        """This will give where both roles reach a database."""
        return Addresses(owner_url=self._url(OWNER_ROLE, database), app_url=self._url(APP_ROLE, database))

    async def create_database(self, name: str, *, template: str = "template0") -> Addresses:
        """This will make a database owned by the owner role, empty unless a template is named."""
        connection = await asyncpg.connect(self._url(SUPERUSER, "postgres"))
        try:
            await connection.execute(f'create database "{name}" owner {OWNER_ROLE} template "{template}"')
        finally:
            await connection.close()
        return self.addresses(name)

    async def create_external(self, name: str) -> tuple[Addresses, Addresses]:
        """This will make an empty database as an administrator is told to: its owner a plain member of the role.

        Given are its addresses with that login alone, and with a login of its own for requests.
        """
        app = f"{name}_app"
        connection = await asyncpg.connect(self._url(SUPERUSER, "postgres"))
        try:
            password = await connection.fetchval("select quote_literal($1)", self._password)
            for login in (name, app):
                await connection.execute(f'create role "{login}" login nobypassrls password {password}')
                await connection.execute(f'grant {APP_ROLE} to "{login}"')
            await connection.execute(f'create database "{name}" owner "{name}"')
        finally:
            await connection.close()
        owner_url, app_url = (
            self._url(OWNER_ROLE, name).replace(f"//{OWNER_ROLE}", f"//{login}") for login in (name, app)
        )
        return Addresses(owner_url, owner_url, APP_ROLE), Addresses(owner_url, app_url, APP_ROLE)

    async def drop_external(self, name: str) -> None:
        """This will remove what `create_external` made."""
        await self.drop_database(name)
        connection = await asyncpg.connect(self._url(SUPERUSER, "postgres"))
        try:
            await connection.execute(f'drop role "{name}", "{name}_app"')
        finally:
            await connection.close()

    async def drop_database(self, name: str) -> None:
        """This will remove a database and throw out whoever is still connected."""
        connection = await asyncpg.connect(self._url(SUPERUSER, "postgres"))
        try:
            await connection.execute(f'drop database "{name}" with (force)')
        finally:
            await connection.close()

    def worker_database(self, worker: str) -> Addresses:
        """This will give a worker its own copy of the template, which the first worker to come prepares."""
        mark = Path(self.folder) / "template.ready"
        with (Path(self.folder) / "template.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not mark.exists():
                asyncio.run(prepare_database(self.addresses(DATABASE)))
                mark.touch()
            return asyncio.run(self.create_database(f"worker_{worker}", template=DATABASE))

    @property
    def _password(self) -> str:
        return urlsplit(self.urls[SUPERUSER]).password or ""

    def _url(self, role: str, database: str) -> str:
        return self.urls[role].replace(_NAME, database)


class TestServerOwner:
    """Starts the server in a folder of its own and removes both at the end."""

    __test__ = False

    def __init__(self) -> None:
        """This will only remember; `with` starts the server."""
        self._folder = Path(tempfile.mkdtemp(prefix="atrio-tests-"))
        self._folder.chmod(0o711)  # As root the server has another user, who must pass through.
        self._postgres = EmbeddedPostgres(self._folder / "postgres", durable=False)

    def __enter__(self) -> Self:
        """This will start the server."""
        self._postgres.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """This will stop the server and remove its folder."""
        self._postgres.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def server(self) -> TestServer:
        """The running server, for this process or to hand on."""
        roles = (SUPERUSER, OWNER_ROLE, APP_ROLE)
        return TestServer(str(self._folder), {role: self._postgres.address(role, _NAME) for role in roles})


async def prepare_database(template: Addresses) -> None:
    """This will turn the empty template into what every worker's database starts from."""
    for step in TEMPLATE_STEPS:
        await step(template)
