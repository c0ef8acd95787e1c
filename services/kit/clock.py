"""The one clock. Code that needs the time asks here, so that tests and demos can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_shift: ContextVar[timedelta | None] = ContextVar("clock_shift", default=None)
_process_shift = timedelta()

HOME_ZONE = "Europe/Madrid"
"""The zone of whoever has not signed in."""


def now() -> datetime:
    """This will give the present instant, in UTC."""
    moved = _shift.get()
    return datetime.now(UTC) + (_process_shift if moved is None else moved)


def today(zone: str = HOME_ZONE) -> date:
    """This will give the calendar day it is now in an IANA time zone."""
    return now().astimezone(ZoneInfo(zone)).date()


def begin_on(day: date) -> None:
    """This will let the clock of this process run on from a day, at the hour it is: for demos, once, at the start."""
    global _process_shift  # noqa: PLW0603 -- one clock a process
    _process_shift = timedelta(days=(day - datetime.now(ZoneInfo(HOME_ZONE)).date()).days)


@contextmanager
def moved_to(instant: datetime) -> Iterator[None]:
    """This will let the clock run on from `instant` (aware) inside the block; other tasks are not touched."""
    token = _shift.set(instant - datetime.now(UTC))
    try:
        yield
    finally:
        _shift.reset(token)
