"""One database for the module's tests; every test opens an office and a publisher of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.kit.db import Addresses, Database
from tests.support.builders.portal import Publisher
from tests.support.office import Office


@pytest.fixture(scope="session")
async def database(postgres: Addresses) -> AsyncIterator[Database]:
    opened = Database(postgres)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def office(database: Database, tmp_path: Path) -> Office:
    return await Office.open(database, tmp_path)


@pytest.fixture
async def publisher(office: Office) -> Publisher:
    return await Publisher.open(office)
