"""On which days a fiscal year may begin and end."""

from datetime import date, timedelta

from services.kit.dates import add_months
from services.kit.errors import Refused

MONTHS_MAX = 12
_DAY = timedelta(days=1)


class YearDaysRefused(Refused):
    """The last day is not after the first."""

    code = "YEAR_DAYS_REFUSED"
    sentence = "A fiscal year ends after it begins: give a last day after {starts_on}."


class YearTooLong(Refused):
    """More than twelve months (LIS art. 27)."""

    code = "YEAR_TOO_LONG"
    sentence = (
        "A fiscal year has twelve months at most: one that begins on {starts_on} ends on {last_on} or before."
    )


class YearsDoNotJoin(Refused):
    """A gap or an overlap with the year before or after; `wanted_on` is the day that joins them."""

    code = "YEARS_DO_NOT_JOIN"
    sentence = "Fiscal years follow each other day by day: give {wanted_on} here."


def days_of(year: int, start_month: int) -> tuple[date, date]:
    """This will give the days of a whole year that begins with a month of the calendar year."""
    starts_on = date(year, start_month, 1)
    return starts_on, add_months(starts_on, MONTHS_MAX) - _DAY


def days_after(ended_on: date, start_month: int) -> tuple[date, date]:
    """This will give the days of the year that follows: until the month before the company's first comes to its end."""
    starts_on = ended_on + _DAY
    following = date(starts_on.year, start_month, 1)
    if following <= starts_on:
        following = date(starts_on.year + 1, start_month, 1)
    return starts_on, following - _DAY


def days_before(begins_on: date, start_month: int) -> tuple[date, date]:
    """This will give the days of the year before one that begins on a day."""
    ends_on = begins_on - _DAY
    starts_on = date(ends_on.year, start_month, 1)
    return (starts_on if starts_on <= ends_on else date(ends_on.year - 1, start_month, 1)), ends_on


def check_days(
    starts_on: date, ends_on: date, *, ended_before: date | None, begins_after: date | None
) -> None:
    """This will refuse days that no fiscal year has beside its neighbours.

    `ended_before` is the last day of the year before, `begins_after` the first of the next, None where there is none.
    """
    if ends_on <= starts_on:
        raise YearDaysRefused(path=("endsOn",), starts_on=starts_on)
    last_on = add_months(starts_on, MONTHS_MAX) - _DAY
    if ends_on > last_on:
        raise YearTooLong(path=("endsOn",), starts_on=starts_on, last_on=last_on)
    if ended_before is not None and starts_on != ended_before + _DAY:
        raise YearsDoNotJoin(path=("startsOn",), wanted_on=ended_before + _DAY)
    if begins_after is not None and ends_on != begins_after - _DAY:
        raise YearsDoNotJoin(path=("endsOn",), wanted_on=begins_after - _DAY)
