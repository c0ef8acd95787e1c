"""Jobs enter the queue with the transaction that wrote them, as the application's role, which owns nothing."""

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.jobs import (
    Job,
    PayloadTooLarge,
    enqueue,
)
from services.kit.jobs.queue import ONCE_KEY_LENGTH_MAX, PAYLOAD_BYTES_MAX
from services.kit.seals import Seals
from tests.support.jobs import PATIENCE_SECONDS, SEALS, Queue, Recorder, drained, working


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
        async with AsyncSession(queue.engine, info={Seals: SEALS}) as session:
            await enqueue(session, "greet", {"name": "nobody"}, once_key=None)
            await session.rollback()
        async with AsyncSession(queue.engine, info={Seals: SEALS}) as session:
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
        async with AsyncSession(queue.engine, info={Seals: SEALS}) as session:
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
