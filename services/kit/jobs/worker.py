"""The worker: runs inside the web process by default, and as its own process in production."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from hmac import compare_digest

import asyncpg
import structlog
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import FailingListenerError, RetryRequested
from pgqueuer.domain.models import Job as QueuedJob
from sqlalchemy.engine import make_url

from services.kit.jobs.job import Job, JobRefused
from services.kit.jobs.queue import SEAL, seal_of
from services.kit.jobs.tables import SETTINGS
from services.kit.jobs.timetable import Cron, keep_timetable
from services.kit.seals import Seals

HEARTBEAT_SECONDS_MAX = 30
"""A job whose worker gave no sign of life for so long is taken over by another one."""

LOOK_AGAIN_SECONDS = 30
"""Notifications wake the worker at once; it looks by itself this often in case one was lost."""

RECONNECT_SECONDS_MIN = 0.25
RECONNECT_SECONDS_MAX = 30.0

HISTORY_KEPT = timedelta(days=30)
DEAD_JOBS_KEPT = timedelta(days=180)
ONCE_KEYS_KEPT = timedelta(days=400)
"""Longer than a year, so that a yearly cron still finds its last slot."""

FORGET_HISTORY = Cron("forget_job_history", "17 3 * * *")

_log = structlog.get_logger(__name__)


async def run_worker(
    dsn: str,
    handlers: Iterable[Job],
    stop_event: asyncio.Event,
    *,
    seals: Seals,
    crons: Iterable[Cron] = (),
    app_role: str | None = None,
    at_once: int = 8,
    drain_for: timedelta = timedelta(seconds=20),
) -> None:
    """This will run jobs until `stop_event` is set, then finish what runs and return.

    A job without the seal of `seals`, which `enqueue` gives it, is refused and logged.
    `dsn` is a PostgreSQL URL, SQLAlchemy's or plain, of a role with the grants of `jobs_grants_sql`;
    `app_role` is set on the connection if the login is another. At most `at_once` jobs (2 or more) run side
    by side, all over one connection; handlers use the application's own. A lost database is waited for.
    When asked to stop, no new job is begun; one that still runs after `drain_for` is interrupted and goes
    back into the queue, as do all running ones when this coroutine is cancelled.

    Raises RuntimeError or asyncpg.PostgresError if the jobs' tables are missing, and ValueError if two jobs
    share a name or the timetable names a job that is not there.
    """
    jobs, crons = tuple(handlers), tuple(crons)
    names = [job.name for job in jobs]
    if len(set(names)) < len(names) or {cron.name for cron in crons} - set(names):
        message = f"each job needs one handler; handlers {sorted(names)}, timetable {crons}"
        raise ValueError(message)
    database = _Address(dsn, app_role)
    pause = RECONNECT_SECONDS_MIN
    while not stop_event.is_set():
        try:
            async with database.connection() as connection:
                pause = RECONNECT_SECONDS_MIN
                await _Worker(database, connection, jobs, crons, at_once, seals=seals).run(
                    stop_event, drain_for
                )
        except (
            OSError,
            asyncpg.PostgresConnectionError,
            asyncpg.InterfaceError,
            asyncpg.InternalClientError,  # Asked between the server's farewell and the end of the connection.
            FailingListenerError,
        ) as error:
            _log.warning("worker_lost_database", error=type(error).__name__, next_try_seconds=pause)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop_event.wait(), pause)
            pause = min(pause * 2, RECONNECT_SECONDS_MAX)


class _Address:
    """Where the jobs are, and how a worker connects."""

    def __init__(self, dsn: str, app_role: str | None) -> None:
        self._url = make_url(dsn).set(drivername="postgresql").render_as_string(hide_password=False)
        self._settings = {"application_name": "atrio-worker", "timezone": "UTC"}
        if app_role is not None:
            self._settings["role"] = app_role

    @asynccontextmanager
    async def connection(self) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        """This will connect for the block."""
        connection = await asyncpg.connect(self._url, server_settings=self._settings)
        try:
            yield connection
        finally:
            await connection.close()


class _Worker:
    """One connected worker, from its first look at the queue until it is told to stop or loses the database."""

    def __init__(
        self,
        database: _Address,
        connection: "asyncpg.Connection[asyncpg.Record]",
        jobs: Iterable[Job],
        crons: Iterable[Cron],
        at_once: int,
        *,
        seals: Seals,
    ) -> None:
        queries = Queries(
            AsyncpgDriver(connection),
            qbe=QueryBuilderEnvironment(SETTINGS),
            qbq=QueryQueueBuilder(SETTINGS),
            qbs=QuerySchedulerBuilder(SETTINGS),
        )
        self._database = database
        self._seals = seals
        self._manager = QueueManager(queries, channel=SETTINGS.channel)
        self._at_once = at_once
        self._crons = (*crons, FORGET_HISTORY)
        self._interrupt = asyncio.Event()
        self._lost = asyncio.Event()
        # Without this a worker that only listens would notice after LOOK_AGAIN_SECONDS.
        connection.add_termination_listener(lambda _: self._lost.set())
        for job in (*jobs, Job(FORGET_HISTORY.name, self._forget_history)):
            self._manager.entrypoint(job.name, accepts_context=False, on_failure="hold")(self._tries_of(job))

    async def run(self, stop_event: asyncio.Event, drain_for: timedelta) -> None:
        """This will work until asked to stop. Raises what ended the work otherwise."""
        working = asyncio.create_task(
            self._manager.run(
                dequeue_timeout=timedelta(seconds=LOOK_AGAIN_SECONDS),
                batch_size=self._at_once // 2,
                max_concurrent_tasks=self._at_once,
                shutdown_on_listener_failure=True,
                heartbeat_timeout=timedelta(seconds=HEARTBEAT_SECONDS_MAX),
            )
        )
        timetable = asyncio.create_task(
            keep_timetable(
                self._database.connection, self._crons, seals=self._seals, stop_event=self._manager.shutdown
            )
        )
        signals = [asyncio.create_task(event.wait()) for event in (stop_event, self._lost)]
        try:
            await asyncio.wait({working, timetable, *signals}, return_when=asyncio.FIRST_COMPLETED)
            self._manager.shutdown.set()
            await asyncio.wait({working}, timeout=drain_for.total_seconds())
        finally:
            self._manager.shutdown.set()
            self._interrupt.set()
            for signal in signals:
                signal.cancel()
            outcomes = await asyncio.gather(working, timetable, return_exceptions=True)
        for outcome in outcomes:
            if outcome is not None:
                raise outcome
        if self._lost.is_set():
            message = "the database closed the connection"
            raise ConnectionResetError(message)

    def _tries_of(self, job: Job) -> Callable[[QueuedJob], Awaitable[None]]:
        async def one_try(queued: QueuedJob) -> None:
            tries = queued.attempts + 1
            handler = asyncio.create_task(_handled(job, queued, self._seals))
            interrupted = asyncio.create_task(self._interrupt.wait())
            await asyncio.wait({handler, interrupted}, return_when=asyncio.FIRST_COMPLETED)
            if not handler.done():
                handler.cancel()
                await asyncio.wait({handler})
            interrupted.cancel()
            # pgqueuer deletes a job whose task was cancelled; asked for a retry, it puts it back instead.
            if handler.cancelled() and self._interrupt.is_set():
                raise RetryRequested(reason="the worker stopped")
            error = (
                RuntimeError("the handler cancelled itself") if handler.cancelled() else handler.exception()
            )
            if error is None:
                return
            if isinstance(error, JobRefused) or tries >= job.tries_max:
                raise error
            pause = job.pause_after(tries)
            raise RetryRequested(delay=pause, reason=f"{type(error).__name__}: {error}") from error

        return one_try

    async def _forget_history(self, _: dict[str, str]) -> None:
        """Once a day: what happened long ago is forgotten, so that no table grows without end."""
        for statement, kept in (
            ("DELETE FROM pgqueuer_log WHERE created < now() - $1::interval", HISTORY_KEPT),
            ("DELETE FROM pgqueuer_statistics WHERE created < now() - $1::interval", HISTORY_KEPT),
            ("DELETE FROM job_once WHERE made_at < now() - $1::interval", ONCE_KEYS_KEPT),
            (
                "DELETE FROM pgqueuer WHERE status = 'failed' AND updated < now() - $1::interval",
                DEAD_JOBS_KEPT,
            ),
        ):
            async with self._database.connection() as connection:
                await connection.execute(statement, kept)


async def _handled(job: Job, queued: QueuedJob, seals: Seals) -> None:
    content = queued.payload or b"{}"
    seal = (queued.headers or {}).get(SEAL)
    if not isinstance(seal, str) or not compare_digest(seal, seal_of(seals, job.name, content)):
        _log.warning("job_without_seal", name=job.name, id=queued.id)
        raise JobRefused("the program did not write this job")
    payload: dict[str, str] = json.loads(content)
    async with asyncio.timeout(job.seconds_max):
        await job.handler(payload)
