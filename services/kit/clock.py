"""The one clock. Code that needs the time asks here, so that tests and demos can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta())


HOME_ZONE = "Europe/Madrid"
"""The zone of whoever has not signed in."""


def now() -> datetime:
    """This will give the present instant, in UTC."""
    return datetime.now(UTC) + _shift.get()


def today(zone: str = HOME_ZONE) -> date:
    """This will give the calendar day it is now in an IANA time zone."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def moved_to(instant: datetime) -> Iterator[None]:
    """This will let the clock run on from `instant` (aware) inside the block; other tasks are not touched."""
    token = _shift.set(instant - datetime.now(UTC))
    try:
        yield
    finally:
        _shift.reset(token)
