"""One server for the tests of the gateway, an office whose files it serves, and a client."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import pytest

from gateway.app import make_app
from services.kit.db import Addresses, Database
from services.kit.settings import Settings
from tests.gateway.operations import REGISTERED
from tests.gateway.serving import Served, serving, settings_in, write_manifest
from tests.support.office import Office
from tests.support.world import World


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two web apps as a build leaves them, in a folder beside a file that is nobody's business."""
    folder = tmp_path_factory.mktemp("builds")
    (folder / "secret.txt").write_text("not to be served")
    made = {name: folder / name for name in ("firm", "portal")}
    for name, build in made.items():
        (build / "assets").mkdir(parents=True)
        (build / "index.html").write_text(f"<!doctype html><title>{name}</title>")
        (build / "assets" / "app-1a2b.js").write_text("export {}")
        (build / "mark.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (made["firm"] / "explorer.html").write_text("<!doctype html><title>explorer</title>")
    return made


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """What the server runs with."""
    return settings_in(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="session")
def server(postgres: Addresses, settings: Settings, builds: dict[str, Path]) -> Iterator[Served]:
    """The server, with two manifests as of two app versions."""
    apps = settings.data_dir / "apps.json"
    mobile = settings.data_dir / "mobile.json"
    hashes = write_manifest(apps, REGISTERED) | write_manifest(mobile, {"Old": "query Old{viewer{id}}"})
    app = make_app(settings, postgres, manifests=(apps, mobile), work_here=False, builds=builds)
    with serving(app, settings, hashes) as served:
        yield served


@pytest.fixture
async def http(server: Served) -> AsyncIterator[httpx2.AsyncClient]:
    """A client that keeps no cookies: a test sends those it means."""
    async with httpx2.AsyncClient(base_url=server.address, timeout=60) as client:
        yield client


@pytest.fixture
async def served_office(database: Database, server: Served) -> Office:
    """A firm of the test's own whose files lie where the server looks."""
    return await Office.open(database, server.files)


@pytest.fixture
async def served_world(served_office: Office) -> World:
    """A client of it with something in every table."""
    return await World.open(served_office)
