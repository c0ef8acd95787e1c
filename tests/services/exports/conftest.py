"""An office whose files can be made and fetched."""

from pathlib import Path

import pytest

from tests.support.builders.exports import Exporting
from tests.support.office import Office


@pytest.fixture
def exporting(office: Office, tmp_path: Path) -> Exporting:
    """Exports of the test's own office."""
    return Exporting.at(office, tmp_path)
