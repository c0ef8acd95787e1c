"""Which SQL a request sends: what the driver was given, told apart into the frame of a transaction and its data."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from asyncpg import Connection

FRAME = (
    "begin",
    "commit",
    "rollback",
    "select set_config",
    "select * from find_viewer",
    "set ",
    "reset",
    "select pg_",
)


@dataclass
class Statements:
    """All SQL that was sent while recording."""

    sent: list[str] = field(default_factory=list)

    @property
    def data(self) -> list[str]:
        """The statements that read or write rows: without transactions and without saying who asks."""
        return [sql for sql in self.sent if not sql.strip().lower().startswith(FRAME)]


@contextmanager
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Statements]:
    """This will record every statement that any connection of the driver sends inside the block."""
    statements = Statements()
    plain, prepared = Connection.execute, Connection._execute

    async def execute(self: Any, query: str, *args: Any, **more: Any) -> Any:
        if not args:
            statements.sent.append(query)
        return await plain(self, query, *args, **more)

    async def _execute(self: Any, query: str, *args: Any, **more: Any) -> Any:
        statements.sent.append(query)
        return await prepared(self, query, *args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Connection, "execute", execute)
        patched.setattr(Connection, "_execute", _execute)
        yield statements
