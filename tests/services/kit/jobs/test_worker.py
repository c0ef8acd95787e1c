"""The worker tries, tries again, gives up, stops and comes back."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest

from services.kit.jobs import (
    Cron,
    Job,
    JobRefused,
    dead_jobs,
    enqueue,
    run_worker,
)
from services.kit.jobs.worker import FORGET_HISTORY
from tests.support.database import TestServer
from tests.support.jobs import SEALS, Queue, Recorder, came, drained, working

AT_ONCE = timedelta()


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

    @pytest.mark.parametrize(
        "forged",
        [
            "headers = null",
            """headers = '{"seal": ""}'""",
            """payload = convert_to('{"viewer": "8"}', 'UTF8')""",
        ],
    )
    async def test_starts_nothing_that_the_program_did_not_write(self, queue: Queue, forged: str) -> None:
        greet = Recorder()
        async with queue.transaction() as session:
            await enqueue(session, "greet", {"viewer": "7"})
        await queue.rows(f"UPDATE pgqueuer SET {forged}")  # noqa: S608 -- a text of this test

        await drained(queue, Job("greet", greet))

        assert greet.payloads == []
        assert await queue.statuses("greet") == ["failed"]

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
            await came(begun)
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
            await came(begun)

        assert await queue.statuses("endless") == ["queued"]

    async def test_puts_running_jobs_back_when_it_is_cancelled(self, queue: Queue) -> None:
        begun = asyncio.Event()

        async def endless(_: dict[str, str]) -> None:
            begun.set()
            await asyncio.Event().wait()

        async with queue.transaction() as session:
            await enqueue(session, "endless", {})
        worker = asyncio.create_task(
            run_worker(queue.addresses.app_url, [Job("endless", endless)], asyncio.Event(), seals=SEALS)
        )
        await came(begun)
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
            await run_worker(queue.addresses.app_url, handlers, asyncio.Event(), seals=SEALS)

    async def test_refuses_a_timetable_without_handler(self, queue: Queue) -> None:
        with pytest.raises(ValueError, match="one handler"):
            await run_worker(
                queue.addresses.app_url, [], asyncio.Event(), seals=SEALS, crons=[Cron("greet", "0 6 * * *")]
            )

    async def test_refuses_a_database_without_the_tables(self, postgres_server: TestServer) -> None:
        name = f"jobs_{uuid4().hex}"
        addresses = await postgres_server.create_database(name)

        with pytest.raises((RuntimeError, asyncpg.PostgresError)):
            await run_worker(addresses.app_url, [], asyncio.Event(), seals=SEALS)
        await postgres_server.drop_database(name)


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
