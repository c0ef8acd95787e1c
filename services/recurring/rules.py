"""When a template is due, without a database or a clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from services.kit.dates import add_months
from services.kit.errors import BadInput, Refused

EVERY_MAX = 52
COUNT_MAX = 1_000
PREVIEW_MAX = 24
DAYS_OF_WEEK = 7
YEARS_AHEAD_MAX = 10
"""A template may start so far from now; beyond it somebody mistyped a year."""


class Frequency(StrEnum):
    """How often; WEEKLY takes `every` n weeks, the others come once in their period."""

    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"
    YEARLY = "YEARLY"

    @property
    def months(self) -> int:
        """Months from one date to the next; 0 for weeks."""
        return {"WEEKLY": 0, "MONTHLY": 1, "QUARTERLY": 3, "YEARLY": 12}[self.value]


class FollowUp(StrEnum):
    """What becomes of an invoice that was made: it stays a DRAFT, is approved, or is approved and mailed."""

    DRAFT = "DRAFT"
    APPROVE = "APPROVE"
    SEND = "SEND"


class ScheduleRefused(Refused):
    """A timetable that makes no sense."""

    code: ClassVar[str] = "SCHEDULE_REFUSED"
    sentence: ClassVar[str] = (
        "Say every 1 to {every_max} weeks, an end on or after the first date, and 1 to {count_max} invoices."
    )


class NoDateLeft(Refused):
    """The end was reached or passed before anything could be made."""

    code: ClassVar[str] = "NO_DATE_LEFT"
    sentence: ClassVar[str] = "No date is left on which this template would make an invoice; change its end."


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A timetable. `ends_on` is the last possible date, `count_max` the most invoices; None for neither."""

    starts_on: date
    frequency: Frequency
    every: int = 1
    ends_on: date | None = None
    count_max: int | None = None

    def date_at(self, index: int) -> date:
        """This will give the date with a number, from 0; a day that a month lacks becomes its last."""
        if self.frequency is Frequency.WEEKLY:
            return self.starts_on + timedelta(days=DAYS_OF_WEEK * self.every * index)
        return add_months(self.starts_on, self.frequency.months * index)

    def next_date(self, index: int, made_count: int) -> date | None:
        """This will give the date with a number if the timetable reaches it; None after its end."""
        if self.count_max is not None and made_count >= self.count_max:
            return None
        day = self.date_at(index)
        return None if self.ends_on is not None and day > self.ends_on else day

    def first_index_from(self, day: date) -> int:
        """This will give the number of the first date on or after a day."""
        if day <= self.starts_on:
            return 0
        if self.frequency is Frequency.WEEKLY:
            step = DAYS_OF_WEEK * self.every
            return -(-(day - self.starts_on).days // step)
        months = (day.year - self.starts_on.year) * 12 + day.month - self.starts_on.month
        index = months // self.frequency.months
        return index if self.date_at(index) >= day else index + 1

    def upcoming(self, index: int, made_count: int, limit: int) -> list[date]:
        """This will list the next dates from a number on, at most `limit`."""
        return list(self._upcoming(index, made_count, limit))

    def _upcoming(self, index: int, made_count: int, limit: int) -> Iterator[date]:
        for ahead in range(limit):
            day = self.next_date(index + ahead, made_count + ahead)
            if day is None:
                return
            yield day


def check_schedule(schedule: Schedule, today: date) -> None:
    """This will refuse a timetable that makes no sense, raising ScheduleRefused or BadInput with the input at fault."""
    if schedule.starts_on.year > today.year + YEARS_AHEAD_MAX:
        raise BadInput("startsOn", "give a first date within {most} years", most=YEARS_AHEAD_MAX)
    path = None
    is_weekly = schedule.frequency is Frequency.WEEKLY
    if not 1 <= schedule.every <= EVERY_MAX or (schedule.every != 1 and not is_weekly):
        path = "every"
    elif schedule.ends_on is not None and schedule.ends_on < schedule.starts_on:
        path = "endsOn"
    elif schedule.count_max is not None and not 1 <= schedule.count_max <= COUNT_MAX:
        path = "countMax"
    if path is not None:
        raise ScheduleRefused(path=(path,), every_max=EVERY_MAX, count_max=COUNT_MAX)
