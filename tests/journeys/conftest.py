"""One running server with the demo firm, one browser, and a window a test."""

from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser

from services.kit.ids import new_id
from tests.gateway.serving import Process, running, write_manifest
from tests.support.browser import Window, browsing, chromium, missing_pages, window
from tests.support.database import TestServer
from tests.support.demo import DAY, DemoCopy, copy_demo

MOBILE = {
    "MobileHome": "query MobileHome{viewer{name companyName}clients(tab:MY_CLIENTS first:5){totalCount}}"
}
"""The operations of a mobile app, registered by a file beside the data."""


@pytest.fixture(scope="session")
def demo(postgres_server: TestServer, tmp_path_factory: pytest.TempPathFactory) -> DemoCopy:
    """A demo firm of this worker's own."""
    if missing := missing_pages():
        pytest.fail(f"{', '.join(missing)}: not built. `make test` and `make run` build the web apps.")
    return copy_demo(postgres_server, f"journeys_{new_id().hex}", tmp_path_factory.mktemp("journeys"))


@pytest.fixture(scope="session")
def process(demo: DemoCopy) -> Iterator[Process]:
    """The program itself, started as `make run` starts it."""
    write_manifest(demo.folder / "operations" / "mobile.json", MOBILE)
    environment = {
        "ATRIO_DATABASE_URL": demo.addresses.owner_url,
        "ATRIO_DATABASE_APP_URL": demo.addresses.app_url,
        "ATRIO_WORKER_IN_PROCESS": "true",
        "ATRIO_DEMO": "true",
        "ATRIO_DEMO_DAY": DAY.isoformat(),
    }
    with running(demo.folder, environment) as process:
        process.wait_until_ready()
        yield process


@pytest.fixture(scope="session")
def address(process: Process) -> str:
    """Where everything is served."""
    return process.served.address


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium, the machine's own. Without one these tests are skipped, which the summary says."""
    if chromium() is None:
        pytest.skip("no Chromium on this machine: install Debian's package `chromium` to run the journeys")
    async with browsing() as opened:
        yield opened


@pytest.fixture
async def desk(browser: Browser, address: str) -> AsyncIterator[Window]:
    """A window on a desk."""
    async with window(browser, address) as opened:
        yield opened
