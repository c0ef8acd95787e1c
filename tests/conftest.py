"""The fixtures every test may use. Builders of rows live in `tests/support/builders`, one file per module."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from services.kit.db import Addresses, Database
from tests.support.database import TestServer, TestServerOwner
from tests.support.office import Office
from tests.support.world import World

os.environ.setdefault("ATRIO_MAKER_TAX_ID", "B28015865")
"""Invoice records name who supplies the program; an installation that issues has to say so too."""

_owner = pytest.StashKey[TestServerOwner]()


def _own_server(config: pytest.Config) -> TestServer:
    if _owner not in config.stash:
        owner = TestServerOwner()
        config.stash[_owner] = owner
        config.add_cleanup(lambda: owner.__exit__(None, None, None))
        owner.__enter__()
    return config.stash[_owner].server


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """This will tell each xdist worker where the server of the run is; it runs in the process that owns them."""
    node.workerinput["postgres"] = vars(_own_server(node.config))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """This will mark the tests that need the database, so that the quick checks can leave them out."""
    for item in items:
        if "postgres_server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.database)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """This will repeat, near the last line, what `make test` found wrong before the tests began."""
    if failed := os.environ.get("ATRIO_FAILED_BEFORE"):
        terminalreporter.write_sep("=", f"FAILED before the tests, see above: {failed}", red=True)


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> TestServer:
    """The server of this run, for tests that need a database of their own (migrations, empty database)."""
    given: dict[str, Any] | None = getattr(request.config, "workerinput", None)
    return TestServer(**given["postgres"]) if given else _own_server(request.config)


@pytest.fixture(scope="session")
def postgres(postgres_server: TestServer) -> Addresses:
    """This worker's database, prepared like every other (`tests/support/database.py`)."""
    return postgres_server.worker_database(os.environ.get("PYTEST_XDIST_WORKER", "alone"))


@pytest.fixture(scope="session")
async def database(postgres: Addresses) -> AsyncIterator[Database]:
    """This worker's database, open as the application role."""
    opened = Database(postgres)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def office(database: Database, tmp_path: Path) -> Office:
    """A firm of the test's own, with an owner, an admin, an account manager and a bookkeeper."""
    return await Office.open(database, tmp_path / "files")


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> World:
    """A client company of another firm than the test's, with something in every table."""
    return await World.open(await Office.open(database, tmp_path / "world", "Gestoría Mar SL"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--write-snapshots` writes committed outputs anew instead of comparing them."""
    parser.addoption("--write-snapshots", action="store_true", help="write tests/snapshots anew")
