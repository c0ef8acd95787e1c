"""Which day an entry may have: an open fiscal year, after every lock that holds for who posts.

Three locks: SOFT (managers pass), TAX (a return was filed), HARD (the year was closed; never moved back by hand).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.kit.errors import Refused


class LockKind(StrEnum):
    """SOFT holds for all but account managers, TAX comes from a filed return, HARD from closing a year."""

    SOFT = "SOFT"
    TAX = "TAX"
    HARD = "HARD"


@dataclass(frozen=True, kw_only=True)
class PeriodLocks:
    """The last locked day of each kind, included; None where nothing is locked."""

    soft_until: date | None = None
    tax_until: date | None = None
    hard_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class FiscalYear:
    """One year of the books, both days included. It may differ from the calendar year and may be short."""

    year: int
    first_day: date
    last_day: date


class PeriodLocked(Refused):
    """`kind` says which lock; `locked_until` is the last locked day, `first_open_on` the next one."""

    code = "PERIOD_LOCKED"
    sentence = "The books are locked until {locked_until}; the first open day is {first_open_on}."


class FiscalYearMissing(Refused):
    """The table of fiscal years has no year for the day."""

    code = "FISCAL_YEAR_MISSING"
    sentence = "No fiscal year of this company contains {day}."


def check_period(entry_on: date, locks: PeriodLocks, *, passes_soft_lock: bool = False) -> None:
    """This will refuse a date in a locked period: posting, reversing and unreconciling alike.

    The date of the entry decides, not today. `passes_soft_lock` is for those who may work behind the soft
    lock (account managers); tax and hard locks hold for everybody. Raises PeriodLocked with the lock that
    reaches furthest among those that hold, and the first open day.
    """
    holding = _holding(locks, passes_soft_lock=passes_soft_lock)
    if not holding:
        return
    locked_until, kind = max(holding)
    if entry_on <= locked_until:
        raise PeriodLocked(
            kind=kind, locked_until=locked_until, first_open_on=locked_until + timedelta(days=1)
        )


def first_open_day(wanted_on: date, locks: PeriodLocks, *, passes_soft_lock: bool = False) -> date:
    """This will give the wanted day, or the first open day after the locks: where a reversal goes."""
    holding = _holding(locks, passes_soft_lock=passes_soft_lock)
    return max([wanted_on, *(until + timedelta(days=1) for until, _ in holding)])


def _holding(locks: PeriodLocks, *, passes_soft_lock: bool) -> list[tuple[date, LockKind]]:
    ends = [(locks.tax_until, LockKind.TAX), (locks.hard_until, LockKind.HARD)]
    if not passes_soft_lock:
        ends.append((locks.soft_until, LockKind.SOFT))
    return [(until, kind) for until, kind in ends if until is not None]


def fiscal_year_of(day: date, years: Iterable[FiscalYear]) -> FiscalYear:
    """This will find the year that contains the day, from the company's table, or raise FiscalYearMissing."""
    for year in years:
        if year.first_day <= day <= year.last_day:
            return year
    raise FiscalYearMissing(day=day)
