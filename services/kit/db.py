"""The database: one PostgreSQL, a pool of bare connections for planned reads, sessions for everything else.

Every transaction names its viewer in a transaction-local setting, `app.viewer`, before the first statement; row-level
security reads it. A transaction without a viewer sees no company-owned row. What names a viewer, a login or the program
itself is sealed (`services/kit/seals.py`), so that no SQL can name another.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import DateTime, MetaData, Table, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlmodel import Field, SQLModel

from services.kit import clock
from services.kit.ids import new_id
from services.kit.seals import Seals

POOL_MAX = 10
STATEMENT_CACHE_MAX = 1000
"""Prepared statements kept per connection; a planned read costs 4-20 ms to prepare again."""

_DEADLINES = {"statement_timeout": "30s", "idle_in_transaction_session_timeout": "60s"}
"""No question holds a connection longer, whatever it asks; and no transaction that lost its caller keeps its locks."""

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "%(table_name)s_by_%(column_0_N_name)s",
        "uq": "%(table_name)s_once_%(column_0_N_name)s",
        "ck": "%(table_name)s_%(constraint_name)s",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
).naming_convention


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model, for statements that name its columns."""
    found: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel's types do not tell of it.
    return found


def row_id() -> Any:
    """A primary key column: a UUIDv7 made before the insert."""
    return Field(default_factory=new_id, primary_key=True)


def Instant(**field: Any) -> Any:  # noqa: N802 -- reads as a column type in the models
    """A column of an instant in UTC; now unless a default is named."""
    if "default" not in field:
        field["default_factory"] = clock.now
    return Field(sa_type=DateTime(timezone=True), **field)


def Amount(digits: int = 14, places: int = 2, **field: Any) -> Any:  # noqa: N802 -- reads as a column type
    """A column of an exact decimal, numeric(14,2) unless said otherwise."""
    return Field(max_digits=digits, decimal_places=places, **field)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the database is: for migrations (owner) and for serving (the role that row-level security binds)."""

    owner_url: str
    app_url: str
    app_role: str | None = None


class _PlainConnection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg leaves it untyped.
    """A pooled connection that is not reset when it is given back.

    Every use is one transaction and every setting is local to it, so there is nothing to reset; the round trip that
    would do so costs as much as a small read.
    """

    def get_reset_query(self) -> str:
        """Nothing."""
        return ""


_NAMING = text(
    "select set_config('app.viewer', :viewer, true), set_config('app.person', :person, true),"
    " set_config('app.program', :program, true), set_config('app.now', :now, true)"
)
"""Bind parameters only: nothing is built from text."""


class Database:
    """The two ways in. Open once per process, inside the running event loop."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None
        self._engine: AsyncEngine | None = None
        self._seals: Seals | None = None

    async def open(self) -> None:
        """This will connect both pools. Raises OSError or asyncpg errors if the server is not there."""
        settings = {"timezone": "UTC", "application_name": "atrio", "jit": "off", **_DEADLINES}
        if self._addresses.app_role is not None:
            settings["role"] = self._addresses.app_role
        self._pool = await asyncpg.create_pool(
            self._addresses.app_url,
            min_size=1,
            max_size=POOL_MAX,
            statement_cache_size=STATEMENT_CACHE_MAX,
            connection_class=_PlainConnection,
            # A planned read is prepared per shape of its variables, so one plan serves all values; planning it anew
            # for each (as PostgreSQL would, for the row-level security in it) costs three times its execution.
            server_settings={**settings, "plan_cache_mode": "force_generic_plan"},
        )
        # asyncpg reads the address itself: SQLAlchemy would not understand libpq's own parameters such as sslmode.
        self._engine = create_async_engine(
            "postgresql+asyncpg://",
            async_creator=partial(asyncpg.connect, self._addresses.app_url, server_settings=settings),
            pool_size=POOL_MAX,
            max_overflow=0,
        )

    async def close(self) -> None:
        """This will close both pools, letting statements under way finish."""
        if self._pool is not None:
            await self._pool.close()
        if self._engine is not None:
            await self._engine.dispose()

    @property
    def pool(self) -> "asyncpg.Pool[asyncpg.Record]":
        """Bare connections, for planned reads and sign-in."""
        assert self._pool is not None, "the database is not open"
        return self._pool

    @property
    def engine(self) -> AsyncEngine:
        """The SQLAlchemy engine behind `read` and `write`."""
        assert self._engine is not None, "the database is not open"
        return self._engine

    async def seals(self) -> Seals:
        """What proves to the walls who acts; read once, at the first use, so that a database may be migrated later."""
        if self._seals is None:
            self._seals = await Seals.read(self._addresses.owner_url)
        return self._seals

    @asynccontextmanager
    async def write(
        self, viewer_id: UUID | None = None, *, person_id: UUID | None = None, for_itself: bool = False
    ) -> AsyncIterator[AsyncSession]:
        """The one transaction of a mutation: committed at the end of the block, rolled back by any exception.

        `viewer_id` is who acts; `person_id` names the login whose own rows it touches; with `for_itself` it is the
        program that works, on behalf of nobody.
        """
        async with self._session(viewer_id, person_id, for_itself=for_itself, autoflush=True) as session:
            yield session

    @asynccontextmanager
    async def read(
        self, viewer_id: UUID | None = None, *, person_id: UUID | None = None, for_itself: bool = False
    ) -> AsyncIterator[AsyncSession]:
        """A short read-only transaction, for what is not a planned read. Named as in `write`."""
        async with self._session(viewer_id, person_id, for_itself=for_itself, autoflush=False) as session:
            await session.execute(text("set transaction read only"))
            yield session

    @asynccontextmanager
    async def _session(
        self, viewer_id: UUID | None, person_id: UUID | None, *, for_itself: bool, autoflush: bool
    ) -> AsyncIterator[AsyncSession]:
        seals = await self.seals()
        sessions = async_sessionmaker(self.engine, expire_on_commit=False, autoflush=autoflush)
        async with sessions() as session, session.begin():
            session.info[Seals] = seals
            await session.execute(
                _NAMING,
                {
                    "viewer": seals.viewer_pass(viewer_id) if viewer_id else "",
                    "person": seals.sealed("person", str(person_id)) if person_id else "",
                    "program": seals.sealed("program", "atrio") if for_itself else "",
                    "now": clock.now().isoformat(),
                },
            )
            yield session

    @asynccontextmanager
    async def planned(
        self, viewer_id: UUID | None, at: datetime, *, snapshot: bool = False
    ) -> "AsyncIterator[asyncpg.Connection[Any]]":
        """A read-only transaction on a bare connection, as one viewer at one instant: for planned reads.

        With `snapshot` all its statements see the database as the first one found it: a list read page by page.
        """
        seals = await self.seals()
        isolation = "repeatable_read" if snapshot else None
        async with (
            self.pool.acquire() as connection,
            connection.transaction(readonly=True, isolation=isolation),
        ):
            await connection.execute(
                "select set_config('app.viewer', $1, true), set_config('app.now', $2, true)",
                seals.viewer_pass(viewer_id) if viewer_id else "",
                at.isoformat(),
            )
            yield connection


def login_seal(session: AsyncSession, login: str) -> bytes:
    """What a transaction shows to look a login up by its address or code."""
    seals: Seals = session.info[Seals]
    return seals.of(f"login:{login}")


async def name_person(session: AsyncSession, person_id: UUID) -> None:
    """This will let the rest of the transaction touch a login: its person, password, links and sessions.

    The caller has decided that it may. It takes the place of the login that was named before.
    """
    seals: Seals = session.info[Seals]
    await session.execute(
        text("select set_config('app.person', :person, true)"),
        {"person": seals.sealed("person", str(person_id))},
    )
