"""Jobs given up are revived by a person."""

import pytest

from services.kit.jobs import (
    Job,
    JobNotDead,
    dead_jobs,
    enqueue,
    revive_job,
)
from tests.support.jobs import Queue, Recorder, drained


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
