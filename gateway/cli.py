"""The program's commands: run, worker, migrate, seed, schema."""

import argparse
import asyncio
import contextlib
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import asyncpg
import structlog
import uvicorn
import uvloop

from gateway.app import make_app, open_exported, open_objects
from gateway.schema import composed
from gateway.worker import work
from infra.migrations.run import migrate
from infra.seeds.demo import seed_demo
from services.kit import clock
from services.kit.db import Addresses, Database
from services.kit.embedded import AlreadyRunning, running_database
from services.kit.logs import set_up_logs
from services.kit.settings import Settings, get_settings

_log = structlog.get_logger("gateway")
SCHEMA_FILE = Path(__file__).parent.parent / "schema.graphql"
GRACE_SECONDS = 20


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


async def _is_empty(addresses: Addresses) -> bool:
    """Whether nobody has a login yet: only then may the demo firm be written. Only the owner sees all of them."""
    connection = await asyncpg.connect(addresses.owner_url)
    try:
        return not await connection.fetchval("select exists (select 1 from person)")
    finally:
        await connection.close()


async def _prepare(settings: Settings, addresses: Addresses) -> str | None:
    """This will migrate, and write the demo firm if asked for and nobody is there; gives the logins it printed."""
    await migrate(addresses)
    logins = settings.data_dir / "demo-logins.txt"
    if not settings.demo:
        return None
    database = Database(addresses)
    await database.open()
    try:
        if await _is_empty(addresses):
            _say("Writing the demo firm ...")
            made = await seed_demo(database, open_objects(settings))
            logins.touch(mode=0o600)
            logins.write_text(made.text(settings.address), encoding="utf-8")
    finally:
        await database.close()
    return logins.read_text(encoding="utf-8") if logins.exists() else None


def _run(settings: Settings) -> int:
    if not settings.maker_tax_id:
        _log.warning(
            "maker_tax_id_missing", consequence="invoice records do not meet the tax agency's schema"
        )
    with running_database(settings) as addresses:
        logins = uvloop.run(_prepare(settings, addresses))
        _say(f"\nAtrio is served at {settings.address}/")
        for name, path in (
            ("firm app", "/firm/"),
            ("client portal", "/portal/"),
            ("GraphQL explorer", "/explorer"),
            ("outbox", "/outbox" if settings.demo else None),
        ):
            if path:
                _say(f"  {name:17} {settings.address}{path}")
        if logins:
            _say("\n" + logins)
        uvicorn.run(
            make_app(settings, addresses, warm=True),
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
            server_header=False,
            proxy_headers=False,  # Whom to believe is a setting of ours (gateway/callers.py).
        )
    return 0


def _worker(settings: Settings) -> int:
    async def run(addresses: Addresses) -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):
                loop.add_signal_handler(number, stop.set)
        await work(settings, addresses, open_objects(settings), open_exported(settings), stop)

    with running_database(settings, attach=True) as addresses:
        uvloop.run(run(addresses))
    return 0


def _migrate(settings: Settings) -> int:
    with running_database(settings, attach=True) as addresses:
        uvloop.run(migrate(addresses))
    return 0


def _seed(settings: Settings) -> int:
    with running_database(settings, attach=True) as addresses:
        text = uvloop.run(_prepare(settings.model_copy(update={"demo": True}), addresses))
    _say(text or "There are logins already; the demo firm is written to an empty database only.")
    return 0


def _schema(_settings: Settings) -> int:
    SCHEMA_FILE.write_text(composed().sdl(), encoding="utf-8")
    return 0


COMMANDS = {"run": _run, "worker": _worker, "migrate": _migrate, "seed": _seed, "schema": _schema}


def main(arguments: Sequence[str] | None = None) -> int:
    """This will run one command and give its exit code."""
    parser = argparse.ArgumentParser(prog="atrio", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    chosen = parser.parse_args(arguments)
    settings = get_settings()
    set_up_logs(settings.log_level)
    if settings.demo_day is not None:
        clock.begin_on(settings.demo_day)
    try:
        return COMMANDS[chosen.command](settings)
    except AlreadyRunning as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
