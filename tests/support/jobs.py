"""A queue of a test's own, a worker for a block, and a handler that notes what it was called with."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from services.kit.db import Addresses
from services.kit.embedded import APP_ROLE
from services.kit.jobs import Job, enqueue, jobs_grants_sql, pgqueuer_schema_sql, run_worker
from services.kit.seals import Seals
from tests.support.database import TestServer

SEALS = Seals(b"inner", b"outer")
"""Of a queue without the rest of the database."""

PATIENCE_SECONDS = 20
"""How long a test waits for an event before it fails; the event itself comes within a second."""


@dataclass
class Queue:
    """A database with the jobs' tables only, and what is seen in it."""

    addresses: Addresses
    engine: AsyncEngine
    seals: Seals = SEALS

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self.engine, info={Seals: self.seals}) as session, session.begin():
            yield session

    async def rows(self, statement: str, *values: object) -> list[Any]:
        connection = await asyncpg.connect(self.addresses.app_url)
        try:
            return list(await connection.fetch(statement, *values))
        finally:
            await connection.close()

    async def statuses(self, name: str) -> list[str]:
        return [
            row["status"] for row in await self.rows("SELECT * FROM pgqueuer WHERE entrypoint = $1", name)
        ]


@dataclass
class Recorder:
    """A handler that notes its payloads and tells when it was called often enough."""

    payloads: list[dict[str, str]] = field(default_factory=list)
    called: asyncio.Queue[dict[str, str]] = field(default_factory=asyncio.Queue)
    fails: int = 0
    error: Exception = field(default_factory=lambda: OSError("the mail server is away"))

    async def __call__(self, payload: dict[str, str]) -> None:
        self.payloads.append(payload)
        self.called.put_nowait(payload)
        if len(self.payloads) <= self.fails:
            raise self.error

    async def next_call(self) -> dict[str, str]:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await self.called.get()


@asynccontextmanager
async def own_queue(postgres_server: TestServer) -> AsyncIterator[Queue]:
    """An empty queue in a database of its own: a worker takes every job it finds, also other tests'."""
    name = f"jobs_{uuid4().hex}"
    addresses = await postgres_server.create_database(name)
    owner = await asyncpg.connect(addresses.owner_url)
    for statement in (*pgqueuer_schema_sql(), *jobs_grants_sql(APP_ROLE)):
        await owner.execute(statement)
    await owner.close()
    engine = create_async_engine(addresses.app_url.replace("postgresql:", "postgresql+asyncpg:"))
    yield Queue(addresses, engine)
    await engine.dispose()
    await postgres_server.drop_database(name)


@asynccontextmanager
async def working(queue: Queue, *jobs: Job, **choices: Any) -> AsyncIterator[None]:
    """A worker for the block; at its end all that was begun is done and noted."""
    stop_event = asyncio.Event()
    worker = asyncio.create_task(
        run_worker(queue.addresses.app_url, jobs, stop_event, seals=queue.seals, **choices)
    )
    try:
        yield
    finally:
        stop_event.set()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await worker


async def drained(queue: Queue, *jobs: Job) -> None:
    """This will work until a job enqueued last, behind all others, has run."""
    last = Recorder()
    async with queue.transaction() as session:
        await enqueue(session, "last", {})
    async with working(queue, *jobs, Job("last", last)):
        await last.next_call()


async def came(event: asyncio.Event) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        await event.wait()
