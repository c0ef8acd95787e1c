"""Bringing a database to the newest version, as its owner."""

from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.util import await_only

from services.kit.db import Addresses

_HERE = Path(__file__).parent
_LOCK_KEY = 4_711_001
"""Two processes that start at once must not migrate at once."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    return config


def head() -> str:
    """The newest version this program knows."""
    found = ScriptDirectory.from_config(_config()).get_current_head()
    assert found is not None
    return found


async def migrate(addresses: Addresses) -> None:
    """This will run every migration that the database lacks, in one transaction: all or none."""
    engine = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=partial(asyncpg.connect, addresses.owner_url),
        poolclass=NullPool,
    )
    async with engine.begin() as connection:
        await connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
        await connection.run_sync(_upgrade)
    await engine.dispose()


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def sql_file(name: str) -> str:
    """The text of a file in `sql/`, for a migration to execute."""
    return (_HERE / "sql" / name).read_text(encoding="utf-8")


def execute_script(connection: Any, script: str) -> None:
    """This will run several statements at once; asyncpg prepares one at a time otherwise."""
    raw = connection.connection.driver_connection
    await_only(raw.execute(script))
