"""Jobs, on a real PostgreSQL, enqueued and worked as the application's role, which owns nothing."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from services.kit import clock
from services.kit.db import Addresses
from services.kit.embedded import APP_ROLE
from services.kit.jobs import (
    Cron,
    Job,
    JobNotDead,
    JobRefused,
    PayloadTooLarge,
    dead_jobs,
    enqueue,
    job,
    jobs_grants_sql,
    pgqueuer_schema_sql,
    revive_job,
    run_worker,
)
from services.kit.jobs.queue import ONCE_KEY_LENGTH_MAX, PAYLOAD_BYTES_MAX
from services.kit.jobs.timetable import make_due
from services.kit.jobs.worker import FORGET_HISTORY
from tests.support.database import TestServer

PATIENCE_SECONDS = 20
"""How long a test waits for an event before it fails; the event itself comes within a second."""

AT_ONCE = timedelta()


@dataclass
class Queue:
    """A database with the jobs' tables only, and what is seen in it."""

    addresses: Addresses
    engine: AsyncEngine

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self.engine) as session, session.begin():
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


@pytest.fixture
async def queue(postgres_server: TestServer) -> AsyncIterator[Queue]:
    """An empty queue of its own: a worker takes every job it finds, also those of other tests."""
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
    worker = asyncio.create_task(run_worker(queue.addresses.app_url, jobs, stop_event, **choices))
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


class TestEnqueue:
    async def test_runs_the_job_once_after_the_commit(self, queue: Queue) -> None:
        greet = Recorder()

        async with working(queue, Job("greet", greet)):
            async with queue.transaction() as session:
                await enqueue(session, "greet", {"name": "Peña"})
            await greet.next_call()

        assert greet.payloads == [{"name": "Peña"}]
        assert await queue.statuses("greet") == []

    async def test_leaves_nothing_when_the_transaction_rolls_back(self, queue: Queue) -> None:
        greet = Recorder()

        # The job comes first on purpose: before any statement SQLAlchemy has not begun the transaction yet.
        async with AsyncSession(queue.engine) as session:
            await enqueue(session, "greet", {"name": "nobody"}, once_key=None)
            await session.rollback()
        async with AsyncSession(queue.engine) as session:
            await enqueue(session, "greet", {"name": "nobody"}, once_key="greeting")
            await session.rollback()
        await drained(queue, Job("greet", greet))

        assert greet.payloads == []
        assert await queue.rows("SELECT FROM job_once WHERE name = 'greet'") == []

    async def test_makes_one_job_for_one_once_key_even_after_the_first_is_done(self, queue: Queue) -> None:
        greet = Recorder()

        async with working(queue, Job("greet", greet)):
            async with queue.transaction() as session:
                assert await enqueue(session, "greet", {"call": "1"}, once_key="greeting")
                assert not await enqueue(session, "greet", {"call": "2"}, once_key="greeting")
            await greet.next_call()
        async with queue.transaction() as session:
            assert not await enqueue(session, "greet", {"call": "3"}, once_key="greeting")
            assert await enqueue(session, "greet", {"call": "4"}, once_key="another greeting")
        await drained(queue, Job("greet", greet))

        assert greet.payloads == [{"call": "1"}, {"call": "4"}]

    async def test_makes_one_job_when_two_transactions_use_the_same_key_at_once(self, queue: Queue) -> None:
        async with queue.transaction() as first, queue.transaction() as second:
            assert await enqueue(first, "greet", {}, once_key="greeting")
            waiting = asyncio.create_task(enqueue(second, "greet", {}, once_key="greeting"))
            await first.commit()
            async with asyncio.timeout(PATIENCE_SECONDS):
                assert not await waiting

        assert await queue.statuses("greet") == ["queued"]

    async def test_lets_a_key_be_used_again_after_a_rollback(self, queue: Queue) -> None:
        async with AsyncSession(queue.engine) as session:
            await enqueue(session, "greet", {}, once_key="greeting")
            await session.rollback()

        async with queue.transaction() as session:
            assert await enqueue(session, "greet", {}, once_key="greeting")

    async def test_keeps_a_delayed_job_back(self, queue: Queue) -> None:
        greet = Recorder()
        async with queue.transaction() as session:
            await enqueue(session, "greet", {}, delay=timedelta(hours=1))

        await drained(queue, Job("greet", greet))

        assert greet.payloads == []
        assert await queue.statuses("greet") == ["queued"]

    async def test_refuses_a_payload_one_byte_too_large(self, queue: Queue) -> None:
        envelope = len(json.dumps({"text": ""}, separators=(",", ":")))

        async with queue.transaction() as session:
            await enqueue(session, "greet", {"text": "x" * (PAYLOAD_BYTES_MAX - envelope)})
            with pytest.raises(PayloadTooLarge):
                await enqueue(session, "greet", {"text": "x" * (PAYLOAD_BYTES_MAX - envelope + 1)})

    @pytest.mark.parametrize("once_key", ["", "x" * (ONCE_KEY_LENGTH_MAX + 1)])
    async def test_refuses_a_key_that_is_empty_or_too_long(self, queue: Queue, once_key: str) -> None:
        async with queue.transaction() as session:
            with pytest.raises(ValueError, match="once key"):
                await enqueue(session, "greet", {}, once_key=once_key)


class TestRunWorker:
    async def test_tries_again_after_a_failure(self, queue: Queue) -> None:
        greet = Recorder(fails=2)
        async with queue.transaction() as session:
            await enqueue(session, "greet", {"id": "7"})

        async with working(queue, Job("greet", greet, retry_after=AT_ONCE)):
            for _ in range(3):
                await greet.next_call()

        assert greet.payloads == [{"id": "7"}] * 3
        assert await queue.statuses("greet") == []

    async def test_keeps_a_job_as_dead_after_its_last_try(self, queue: Queue) -> None:
        greet = Recorder(fails=3)
        async with queue.transaction() as session:
            await enqueue(session, "greet", {"id": "7"})

        async with working(queue, Job("greet", greet, tries_max=3, retry_after=AT_ONCE)):
            for _ in range(3):
                await greet.next_call()
        async with queue.transaction() as session:
            [dead] = await dead_jobs(session)

        assert (dead.name, dead.payload, dead.tries) == ("greet", {"id": "7"}, 3)
        assert dead.error == "OSError: the mail server is away"

    async def test_gives_up_at_once_when_the_handler_refuses(self, queue: Queue) -> None:
        greet = Recorder(fails=1, error=JobRefused("no such address"))
        async with queue.transaction() as session:
            await enqueue(session, "greet", {})

        await drained(queue, Job("greet", greet, retry_after=AT_ONCE))

        assert len(greet.payloads) == 1
        assert await queue.statuses("greet") == ["failed"]

    async def test_counts_a_try_that_takes_too_long_as_failed(self, queue: Queue) -> None:
        async def hang(_: dict[str, str]) -> None:
            await asyncio.Event().wait()

        async with queue.transaction() as session:
            await enqueue(session, "hang", {})

        await drained(queue, Job("hang", hang, tries_max=1, seconds_max=0.01))

        async with queue.transaction() as session:
            [dead] = await dead_jobs(session)
        assert dead.error.startswith("TimeoutError")

    async def test_finishes_what_runs_before_it_stops(self, queue: Queue) -> None:
        begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def slow(_: dict[str, str]) -> None:
            begun.set()
            await may_end.wait()
            ended.set()

        async with queue.transaction() as session:
            await enqueue(session, "slow", {})
        async with working(queue, Job("slow", slow)):
            await _came(begun)
            asyncio.get_running_loop().call_later(0.05, may_end.set)

        assert ended.is_set()
        assert await queue.statuses("slow") == []

    async def test_puts_a_job_back_that_does_not_end_in_time(self, queue: Queue) -> None:
        begun = asyncio.Event()

        async def endless(_: dict[str, str]) -> None:
            begun.set()
            await asyncio.Event().wait()

        async with queue.transaction() as session:
            await enqueue(session, "endless", {})
        async with working(queue, Job("endless", endless, tries_max=1), drain_for=AT_ONCE):
            await _came(begun)

        assert await queue.statuses("endless") == ["queued"]

    async def test_puts_running_jobs_back_when_it_is_cancelled(self, queue: Queue) -> None:
        begun = asyncio.Event()

        async def endless(_: dict[str, str]) -> None:
            begun.set()
            await asyncio.Event().wait()

        async with queue.transaction() as session:
            await enqueue(session, "endless", {})
        worker = asyncio.create_task(
            run_worker(queue.addresses.app_url, [Job("endless", endless)], asyncio.Event())
        )
        await _came(begun)
        worker.cancel()
        with pytest.raises(asyncio.CancelledError):
            await worker

        assert await queue.statuses("endless") == ["queued"]

    async def test_goes_on_after_the_database_threw_it_out(self, queue: Queue) -> None:
        greet = Recorder()

        async with working(queue, Job("greet", greet)):
            for call in ("before", "after"):
                async with queue.transaction() as session:
                    await enqueue(session, "greet", {"call": call})
                await greet.next_call()
                await queue.rows(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE application_name = 'atrio-worker' AND datname = current_database()"
                )

        assert [payload["call"] for payload in greet.payloads][:2] == ["before", "after"]

    async def test_runs_a_job_once_with_two_workers(self, queue: Queue) -> None:
        greet = Recorder()
        async with queue.transaction() as session:
            for number in range(40):
                await enqueue(session, "greet", {"number": str(number)})

        async with working(queue, Job("greet", greet)), working(queue, Job("greet", greet)):
            for _ in range(40):
                await greet.next_call()

        assert sorted(int(payload["number"]) for payload in greet.payloads) == list(range(40))

    async def test_refuses_two_handlers_of_one_name(self, queue: Queue) -> None:
        handlers = [Job("greet", Recorder()), Job("greet", Recorder())]

        with pytest.raises(ValueError, match="one handler"):
            await run_worker(queue.addresses.app_url, handlers, asyncio.Event())

    async def test_refuses_a_timetable_without_handler(self, queue: Queue) -> None:
        with pytest.raises(ValueError, match="one handler"):
            await run_worker(queue.addresses.app_url, [], asyncio.Event(), crons=[Cron("greet", "0 6 * * *")])

    async def test_refuses_a_database_without_the_tables(self, postgres_server: TestServer) -> None:
        name = f"jobs_{uuid4().hex}"
        addresses = await postgres_server.create_database(name)

        with pytest.raises((RuntimeError, asyncpg.PostgresError)):
            await run_worker(addresses.app_url, [], asyncio.Event())
        await postgres_server.drop_database(name)


class TestReviveJob:
    async def test_gives_a_dead_job_its_tries_again(self, queue: Queue) -> None:
        greet = Recorder(fails=1)
        greet_job = Job("greet", greet, tries_max=1)
        async with queue.transaction() as session:
            await enqueue(session, "greet", {})
        await drained(queue, greet_job)

        async with queue.transaction() as session:
            [dead] = await dead_jobs(session)
            await revive_job(session, dead.id)
        await drained(queue, greet_job)

        assert len(greet.payloads) == 2
        async with queue.transaction() as session:
            assert await dead_jobs(session) == []

    async def test_refuses_a_job_that_is_not_dead(self, queue: Queue) -> None:
        async with queue.transaction() as session:
            await enqueue(session, "greet", {})
            [waiting] = await queue.rows("SELECT 1 AS id")

            with pytest.raises(JobNotDead):
                await revive_job(session, waiting["id"])


class TestTimetable:
    MORNING = Cron("remind", "0 6 * * *", zone="Europe/Madrid")

    async def test_makes_one_job_per_slot_however_many_workers_look(self, queue: Queue) -> None:
        monday, tuesday = datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 3, 3, 5, tzinfo=UTC)
        async with asyncpg.create_pool(queue.addresses.app_url, min_size=1, max_size=4) as pool:
            await _look(pool, self.MORNING, monday)

            made = [await _look(pool, self.MORNING, tuesday + timedelta(minutes=m)) for m in (0, 0, 1, 600)]
            at_once = await asyncio.gather(
                *(_look(pool, self.MORNING, tuesday + timedelta(days=1)) for _ in range(4))
            )

        assert made == [["remind"], [], [], []]
        assert sorted(at_once) == [[], [], [], ["remind"]]
        payloads = [
            json.loads(row["payload"]) for row in await queue.rows("SELECT * FROM pgqueuer ORDER BY id")
        ]
        assert payloads == [
            {"slot": "2026-03-03T05:00:00+00:00"},
            {"slot": "2026-03-04T05:00:00+00:00"},
        ]

    async def test_makes_nothing_up_for_the_time_before_it_was_installed(self, queue: Queue) -> None:
        async with asyncpg.create_pool(queue.addresses.app_url, min_size=1, max_size=2) as pool:
            assert await _look(pool, self.MORNING, datetime(2026, 3, 2, 12, tzinfo=UTC)) == []

    async def test_makes_up_for_missed_slots_with_one_job(self, queue: Queue) -> None:
        async with asyncpg.create_pool(queue.addresses.app_url, min_size=1, max_size=2) as pool:
            await _look(pool, self.MORNING, datetime(2026, 3, 2, 12, tzinfo=UTC))

            assert await _look(pool, self.MORNING, datetime(2026, 3, 9, 12, tzinfo=UTC)) == ["remind"]

        assert await queue.statuses("remind") == ["queued"]

    async def test_makes_no_job_for_an_earlier_slot_of_a_changed_expression(self, queue: Queue) -> None:
        noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
        async with asyncpg.create_pool(queue.addresses.app_url, min_size=1, max_size=2) as pool:
            await _look(pool, Cron("remind", "0 9 * * *"), noon)

            assert await _look(pool, Cron("remind", "0 4 * * *"), noon) == []

    @pytest.mark.parametrize(
        ("now", "latest", "following"),
        [
            # 29 March 2026: the clock jumps from 02:00 to 03:00 in Madrid. 25 October: 03:00 goes back to 02:00.
            ("2026-03-28T12:00", "2026-03-28T05:00", "2026-03-29T04:00"),
            ("2026-03-29T04:00", "2026-03-29T04:00", "2026-03-30T04:00"),
            ("2026-10-24T12:00", "2026-10-24T04:00", "2026-10-25T05:00"),
            ("2026-10-25T04:59", "2026-10-24T04:00", "2026-10-25T05:00"),
        ],
    )
    def test_keeps_to_the_local_hour_through_summer_time(self, now: str, latest: str, following: str) -> None:
        instant = datetime.fromisoformat(now + "+00:00")

        assert self.MORNING.latest_slot(instant).isoformat() == latest + ":00+00:00"
        assert self.MORNING.next_slot(instant).isoformat() == following + ":00+00:00"

    def test_refuses_what_is_no_time(self) -> None:
        with pytest.raises(ValueError, match="cron"):
            Cron("remind", "at six")
        with pytest.raises(Exception, match="Madrit"):
            Cron("remind", "0 6 * * *", zone="Europe/Madrit")

    async def test_is_kept_by_the_worker(self, queue: Queue) -> None:
        remind = Recorder()
        async with asyncpg.create_pool(queue.addresses.app_url, min_size=1, max_size=2) as pool:
            await _look(pool, self.MORNING, datetime(2026, 3, 2, 12, tzinfo=UTC))

        with clock.moved_to(datetime(2026, 3, 3, 5, tzinfo=UTC)):
            async with working(queue, Job("remind", remind), crons=[self.MORNING]):
                assert await remind.next_call() == {"slot": "2026-03-03T05:00:00+00:00"}


class TestForgetHistory:
    async def test_removes_only_what_is_old(self, queue: Queue) -> None:
        await queue.rows(
            "INSERT INTO job_once VALUES ('a', 'old', now() - interval '401 days'), ('a', 'new', now())"
        )
        await queue.rows(
            "INSERT INTO pgqueuer_log (job_id, status, priority, entrypoint, created)"
            " VALUES (1, 'successful', 0, 'old', now() - interval '31 days'), (2, 'successful', 0, 'new', now())"
        )
        await queue.rows(
            "INSERT INTO pgqueuer (priority, status, entrypoint, updated)"
            " VALUES (0, 'failed', 'old', now() - interval '181 days'), (0, 'failed', 'new', now()),"
            " (0, 'queued', 'waiting', now() - interval '181 days')"
        )
        async with queue.transaction() as session:
            await enqueue(session, FORGET_HISTORY.name, {})

        await drained(queue)

        assert [r["once_key"] for r in await queue.rows("SELECT * FROM job_once WHERE name = 'a'")] == ["new"]
        assert await queue.rows("SELECT FROM pgqueuer_log WHERE entrypoint = 'old'") == []
        assert await queue.rows("SELECT FROM pgqueuer_log WHERE entrypoint = 'new'") != []
        left = {row["entrypoint"] for row in await queue.rows("SELECT entrypoint FROM pgqueuer")}
        assert left == {"new", "waiting"}


class TestJob:
    def test_doubles_its_pause_up_to_an_hour(self) -> None:
        async def nothing(_: dict[str, str]) -> None: ...

        patient = job("patient", retry_after=timedelta(minutes=10))(nothing)

        assert [patient.pause_after(tries) / timedelta(minutes=1) for tries in (1, 2, 3, 4, 500)] == [
            10,
            20,
            40,
            60,
            60,
        ]

    def test_takes_its_name_from_the_decorator(self) -> None:
        @job("send_letter", tries_max=2)
        async def send_letter(_: dict[str, str]) -> None: ...

        assert (send_letter.name, send_letter.tries_max) == ("send_letter", 2)


class TestSchemaSql:
    def test_refuses_a_role_that_is_no_plain_name(self) -> None:
        with pytest.raises(ValueError, match="role"):
            jobs_grants_sql("atrio_app; drop table pgqueuer")


async def _came(event: asyncio.Event) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        await event.wait()


async def _look(pool: Any, cron: Cron, now: datetime) -> list[str]:
    async with pool.acquire() as connection:
        return await make_due(connection, [cron], now)
