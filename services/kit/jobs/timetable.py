"""Jobs by the clock. Several workers read the same timetable; each slot makes one job."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import asyncpg
from croniter import croniter  # type: ignore[import-untyped]

from services.kit import clock
from services.kit.jobs.queue import ENQUEUE_SQL, enqueue_parameters
from services.kit.seals import Seals

LOOK_AGAIN_AFTER = timedelta(minutes=1)
"""The timetable is read at least this often, so that a computer that slept or a moved clock is noticed."""

_LAST_SLOT_SQL = "SELECT max(once_key) FROM job_once WHERE name = $1"
_CLAIM_SQL = "INSERT INTO job_once (name, once_key) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING name"


@dataclass(frozen=True, slots=True)
class Cron:
    """When the job `name` is made: `expression` is five cron fields, read in the IANA zone `zone`.

    The handler gets the slot as `{"slot": "2026-03-02T05:00:00+00:00"}`, always in UTC.
    """

    name: str
    expression: str
    zone: str = "Europe/Madrid"

    def __post_init__(self) -> None:
        """This will refuse an expression that never fires and a zone that does not exist."""
        ZoneInfo(self.zone)
        if not croniter.is_valid(self.expression):
            message = f"not a cron expression: {self.expression}"
            raise ValueError(message)

    def latest_slot(self, now: datetime) -> datetime:
        """This will give the last slot at or before `now`, in UTC."""
        # croniter looks strictly before its start; slots are whole minutes, so a second more includes `now`.
        local = (now + timedelta(seconds=1)).astimezone(ZoneInfo(self.zone))
        slot: datetime = croniter(self.expression, local).get_prev(datetime)
        return slot.astimezone(UTC)

    def next_slot(self, now: datetime) -> datetime:
        """This will give the first slot after `now`, in UTC."""
        slot: datetime = croniter(self.expression, now.astimezone(ZoneInfo(self.zone))).get_next(datetime)
        return slot.astimezone(UTC)


async def keep_timetable(
    connect: Callable[[], AbstractAsyncContextManager["asyncpg.Connection[asyncpg.Record]"]],
    crons: Iterable[Cron],
    seals: Seals,
    stop_event: asyncio.Event,
) -> None:
    """This will make the jobs of each slot as it comes, until `stop_event` is set."""
    crons = tuple(crons)
    while not stop_event.is_set():
        now = clock.now()
        async with connect() as connection:
            await make_due(connection, crons, now, seals)
        wait = min((cron.next_slot(now) - clock.now() for cron in crons), default=LOOK_AGAIN_AFTER)
        seconds = min(max(wait, timedelta()), LOOK_AGAIN_AFTER).total_seconds()
        with suppress(TimeoutError):
            await asyncio.wait_for(stop_event.wait(), seconds)


async def make_due(
    connection: "asyncpg.Connection[asyncpg.Record]", crons: Iterable[Cron], now: datetime, seals: Seals
) -> list[str]:
    """This will make one job for each cron whose latest slot has none yet, and name the jobs made.

    Slots missed while no worker ran are made up by a single job, for the latest one. The first time a cron is
    seen its past slot is only noted: a new installation does not send yesterday's reminders.
    """
    made = []
    for cron in crons:
        slot = cron.latest_slot(now).isoformat()
        claim = f"cron:{cron.name}"
        async with connection.transaction():
            last_slot = await connection.fetchval(_LAST_SLOT_SQL, claim)
            # The text of an instant in UTC sorts as time does. A slot before the last is one of an expression
            # that was changed since.
            if last_slot is not None and slot <= last_slot:
                continue
            claimed = await connection.fetchval(_CLAIM_SQL, claim, slot)
            if claimed is not None and last_slot is not None:
                await connection.fetch(
                    ENQUEUE_SQL, *enqueue_parameters(cron.name, {"slot": slot}, timedelta(), seals)
                )
                made.append(cron.name)
    return made
