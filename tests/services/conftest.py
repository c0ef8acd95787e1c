"""A second firm, to see that nothing crosses between two."""

from pathlib import Path

import pytest

from services.kit.db import Database
from tests.support.office import Office


@pytest.fixture
async def other_office(database: Database, tmp_path: Path) -> Office:
    """A firm that has nothing to do with the first."""
    return await Office.open(database, tmp_path / "other", "Gestoría Luna SL")
