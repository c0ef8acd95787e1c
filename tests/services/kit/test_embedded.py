"""The embedded server: it starts fast, answers its two roles only as allowed, and survives every kind of death."""

import multiprocessing
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg
import psutil
import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from services.kit.db import Addresses
from services.kit.embedded import (
    AlreadyRunning,
    EmbeddedPostgres,
    NotStarted,
    addresses_for,
    running_database,
)
from services.kit.settings import Settings

OWNER_PROGRAM = """
import sys
from pathlib import Path
from services.kit.embedded import EmbeddedPostgres
from services.kit.logs import set_up_logs
set_up_logs()
server = EmbeddedPostgres(Path(sys.argv[1]), durable=False)
print(server.start().app_url, flush=True)
sys.stdin.read()
server.stop()
"""
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cluster made once; the tests of this file start and kill it in turn."""
    return tmp_path_factory.mktemp("embedded") / "postgres"


@pytest.fixture
def addresses(folder: Path) -> Iterator[Addresses]:
    """The running server."""
    with EmbeddedPostgres(folder, durable=False) as addresses:
        yield addresses


def start_owner(folder: Path) -> tuple["subprocess.Popen[str]", str]:
    """This will start a process that owns a server until it is killed or its input ends."""
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER_PROGRAM, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert owner.stdout is not None
    return owner, owner.stdout.readline().strip()


def servers_in(folder: Path) -> list[psutil.Process]:
    """This will list the PostgreSQL processes that work in a folder."""
    return [
        process
        for process in psutil.process_iter(["name", "cwd"])
        if process.info["name"] == "postgres" and str(folder) in (process.info["cwd"] or "")
    ]


def socket_folder(url: str) -> Path:
    """This will read the folder of the socket out of an address."""
    return Path(parse_qs(urlsplit(url).query)["host"][0])


class TestStart:
    async def test_answers_asyncpg_and_sqlalchemy_as_either_role(self, addresses: Addresses) -> None:
        for url, role in ((addresses.owner_url, "atrio_owner"), (addresses.app_url, "atrio_app")):
            connection = await asyncpg.connect(url)
            engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))
            async with engine.connect() as session:
                by_sqlalchemy = await session.scalar(text("select current_user"))
            await engine.dispose()
            by_asyncpg = await connection.fetchval("select current_user")
            await connection.close()

            assert (by_asyncpg, by_sqlalchemy) == (role, role)

    async def test_gives_neither_role_a_way_around_row_security(self, addresses: Addresses) -> None:
        connection = await asyncpg.connect(addresses.app_url)
        rows = await connection.fetch(
            "select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles"
            " where rolname like 'atrio%' order by 1"
        )
        owner = await connection.fetchval(
            "select r.rolname from pg_database d join pg_roles r on r.oid = d.datdba where d.datname = 'atrio'"
        )
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("create table public.intruder ()")
        await connection.close()

        assert [tuple(row) for row in rows] == [
            ("atrio_app", False, False, False, False),
            ("atrio_owner", False, False, False, False),
        ]
        assert owner == "atrio_owner"

    async def test_listens_on_a_socket_only_its_user_can_reach(self, addresses: Addresses) -> None:
        connection = await asyncpg.connect(addresses.app_url)
        listens = await connection.fetchval("show listen_addresses")
        await connection.close()
        sockets = socket_folder(addresses.app_url)

        assert listens == ""
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700

    async def test_keeps_time_in_utc_and_data_safe_unless_told_otherwise(self, tmp_path: Path) -> None:
        with EmbeddedPostgres(tmp_path / "postgres") as addresses:
            connection = await asyncpg.connect(addresses.app_url)
            shown = [await connection.fetchval(f"show {name}") for name in ("timezone", "fsync", "jit")]
            await connection.close()

        assert shown == ["UTC", "on", "off"]

    async def test_takes_a_password_where_no_socket_can_be_made(self, folder: Path) -> None:
        with EmbeddedPostgres(folder, durable=False, use_socket=False) as addresses:
            connection = await asyncpg.connect(addresses.app_url)
            await connection.close()
            with pytest.raises(asyncpg.InvalidPasswordError):
                await asyncpg.connect(addresses.app_url, password="guess")

        assert "@127.0.0.1:" in addresses.app_url
        assert stat.S_IMODE((folder / "password").stat().st_mode) == 0o600

    def test_says_what_the_server_said_when_it_cannot_start(self, tmp_path: Path) -> None:
        folder = tmp_path / "postgres"
        with EmbeddedPostgres(folder, durable=False):
            pass
        (folder / "data" / "PG_VERSION").write_text("9.6\n")

        with pytest.raises(NotStarted, match="database files are incompatible"):
            EmbeddedPostgres(folder, durable=False).start()


class TestStartTwice:
    def test_is_refused_with_owner_and_address(self, folder: Path) -> None:
        owner, url = start_owner(folder)
        try:
            with pytest.raises(AlreadyRunning) as refusal:
                EmbeddedPostgres(folder, durable=False).start()
        finally:
            owner.communicate("")

        assert refusal.value.owner_pid == owner.pid
        assert refusal.value.addresses is not None
        assert refusal.value.addresses.app_url == url
        assert str(owner.pid) in str(refusal.value)

    def test_is_refused_within_one_process(self, folder: Path, addresses: Addresses) -> None:
        with pytest.raises(AlreadyRunning) as refusal:
            EmbeddedPostgres(folder, durable=False).start()

        assert refusal.value.addresses == addresses

    async def test_attaches_when_asked_to_and_leaves_the_server_running(self, tmp_path: Path) -> None:
        settings = Settings(data_dir=tmp_path)
        with running_database(settings) as owned:
            with running_database(settings, attach=True) as attached:
                pass
            connection = await asyncpg.connect(owned.app_url)
            await connection.close()

        assert attached == owned


class TestDeathOfTheOwner:
    def test_takes_the_server_along_in_order(self, folder: Path) -> None:
        owner, url = start_owner(folder)
        server = servers_in(folder)
        watch = [child for child in psutil.Process(owner.pid).children() if child.name() == "sh"]

        owner.kill()
        owner.communicate()
        gone, alive = psutil.wait_procs([*server, *watch], timeout=20)

        assert len(gone) == len(server) + 1
        assert not alive
        assert not socket_folder(url).exists()
        assert "database system is shut down" in (folder / "server.log").read_text()

    async def test_leaves_a_folder_that_starts_again_beside_an_orphan(self, folder: Path) -> None:
        owner, url = start_owner(folder)
        connection = await asyncpg.connect(url.replace("atrio_app", "atrio_owner"))
        await connection.execute("create table kept (); commit")
        [watch] = [child for child in psutil.Process(owner.pid).children() if child.name() == "sh"]
        watch.kill()
        owner.kill()
        owner.communicate()
        assert servers_in(folder)

        with EmbeddedPostgres(folder, durable=False) as addresses:
            again = await asyncpg.connect(addresses.owner_url)
            kept = await again.fetchval("select to_regclass('kept') is not null")
            await again.execute("drop table kept")
            await again.close()

        connection.terminate()
        assert kept

    async def test_leaves_a_folder_that_starts_again_after_everything_was_killed(self, folder: Path) -> None:
        owner, _ = start_owner(folder)
        [watch] = [child for child in psutil.Process(owner.pid).children() if child.name() == "sh"]
        for process in (watch, *servers_in(folder)):
            process.kill()
        owner.kill()
        owner.communicate()
        pid_file = folder / "data" / "postmaster.pid"
        assert pid_file.exists()
        reused = [str(os.getpid()), *pid_file.read_text().splitlines()[1:]]
        pid_file.write_text("\n".join(reused) + "\n")

        with EmbeddedPostgres(folder, durable=False) as addresses:
            connection = await asyncpg.connect(addresses.app_url)
            await connection.close()

    def test_is_not_hidden_by_its_forked_children(self, folder: Path) -> None:
        server = EmbeddedPostgres(folder, durable=False)
        server.start()
        go_on = multiprocessing.get_context("fork").Event()
        child = multiprocessing.get_context("fork").Process(target=go_on.wait)
        child.start()
        server.stop()

        with EmbeddedPostgres(folder, durable=False):
            pass

        go_on.set()
        child.join()

    def test_while_the_cluster_is_made_leaves_no_half_cluster(self, tmp_path: Path) -> None:
        folder = tmp_path / "postgres"
        (folder / "data.new" / "base").mkdir(parents=True)

        with EmbeddedPostgres(folder, durable=False):
            pass

        assert not (folder / "data.new").exists()


class TestStop:
    def test_frees_the_folder_and_leaves_no_process_or_socket(self, folder: Path) -> None:
        server = EmbeddedPostgres(folder, durable=False)
        sockets = socket_folder(server.start().app_url)

        server.stop()
        server.stop()

        assert not servers_in(folder)
        assert not sockets.exists()

    def test_reaches_the_server_in_order_when_the_terminal_interrupts(self, folder: Path) -> None:
        owner, _ = start_owner(folder)
        server = servers_in(folder)

        os.killpg(owner.pid, signal.SIGINT)
        owner.communicate()
        alive = psutil.wait_procs(server, timeout=20)[1]

        assert server
        assert not alive
        assert "aborting any active transactions" in (folder / "server.log").read_text()


class TestAddressesFor:
    def test_gives_requests_the_application_role_on_a_foreign_server(self) -> None:
        settings = Settings(database_url=SecretStr("postgresql://ana:pw@db.example/books?sslmode=require"))

        found = addresses_for(settings)

        assert found.owner_url == "postgresql://ana:pw@db.example/books?sslmode=require"
        assert found.app_url == found.owner_url
        assert found.app_role == "atrio_app"

    async def test_gives_an_address_under_which_requests_are_not_the_owner(self, folder: Path) -> None:
        server = EmbeddedPostgres(folder, durable=False)
        server.start()
        try:
            admin = await asyncpg.connect(server.address("postgres", "atrio"))
            await admin.execute("grant atrio_app to atrio_owner")
            foreign = addresses_for(Settings(database_url=SecretStr(server.address("atrio_owner", "atrio"))))
            connection = await asyncpg.connect(foreign.app_url, server_settings={"role": foreign.app_role})
            before = await connection.fetchval("select current_user")
            await connection.reset()
            after = await connection.fetchval("select current_user")
            await connection.close()
            await admin.execute("revoke atrio_app from atrio_owner")
            await admin.close()
        finally:
            server.stop()

        assert (before, after) == ("atrio_app", "atrio_app")

    def test_refuses_when_no_server_is_named(self) -> None:
        with pytest.raises(ValueError, match="ATRIO_DATABASE_URL"):
            addresses_for(Settings())


class TestFixture:
    async def test_gives_every_worker_a_database_of_its_own(self, postgres: Addresses) -> None:
        connection = await asyncpg.connect(postgres.owner_url)
        name, user = await connection.fetchrow("select current_database(), current_user")
        await connection.close()

        assert name == f"worker_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
        assert user == "atrio_owner"
