"""Each slot of the timetable makes one job."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from services.kit import clock
from services.kit.jobs import (
    Cron,
    Job,
)
from services.kit.jobs.timetable import make_due
from tests.support.jobs import SEALS, Queue, Recorder, working


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


async def _look(pool: Any, cron: Cron, now: datetime) -> list[str]:
    async with pool.acquire() as connection:
        return await make_due(connection, [cron], now, SEALS)
