"""Which day an entry may have: an open fiscal year, after every lock that holds for who posts.

Three locks: SOFT (managers pass), TAX (a return was filed), HARD (the year was closed; never moved back by hand).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.kit.errors import Refused


class LockKind(StrEnum):
    """SOFT holds for all but account managers, TAX comes from a filed return, HARD from closing a year."""

    SOFT = "SOFT"
    TAX = "TAX"
    HARD = "HARD"


class Daybook(StrEnum):
    """The journals that together are the books (CCom art. 28): an entry is in the one that its origin says.

    SALES and PURCHASES hold the entries of documents, BANK payments and matched bank lines, GENERAL all others. A
    reversal is in that of what it reverses.
    """

    SALES = "SALES"
    PURCHASES = "PURCHASES"
    BANK = "BANK"
    GENERAL = "GENERAL"


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


class DaybookLocked(Refused):
    """The soft lock of one daybook; `locked_until` is the last locked day, `first_open_on` the next one."""

    code = "DAYBOOK_LOCKED"
    sentence = "The {daybook} is locked until {locked_until}; its first open day is {first_open_on}."
    words = frozenset({"daybook"})


class TaxPeriodFiled(Refused):
    """What would change a filed return; `filed_until` is the last day of those, `first_open_on` the next one."""

    code = "TAX_PERIOD_FILED"
    sentence = (
        "This counts for VAT on {day}, and returns are filed until {filed_until}. Give it a day from {first_open_on}"
        " on; or let it in by an exception of the tax lock and correct the filed return."
    )


class FiscalYearMissing(Refused):
    """The table of fiscal years has no year for the day."""

    code = "FISCAL_YEAR_MISSING"
    sentence = "No fiscal year of this company contains {day}."


class HardLockStays(Refused):
    """Only reopening the last closed year moves the hard lock back."""

    code = "HARD_LOCK_STAYS"
    sentence = "The hard lock stands at {locked_until} and does not move back."


class HardLockNeedsClosing(Refused):
    """A hard lock over the end of an open year would keep it from ever being closed."""

    code = "HARD_LOCK_NEEDS_CLOSING"
    sentence = "The fiscal year {year} is not closed. Close it instead, then it is locked for good."


def check_period(entry_on: date, locks: PeriodLocks, *, passes: Collection[LockKind] = ()) -> None:
    """This will refuse a date in a locked period: posting, reversing and unreconciling alike.

    The date of the entry decides, not today. `passes` are the locks that do not hold for who posts: SOFT for
    account managers, SOFT or TAX under an exception; HARD holds whoever passes it. Raises PeriodLocked with the
    lock that reaches furthest among those that hold, and the first open day.
    """
    holding = _holding(locks, passes)
    if not holding:
        return
    locked_until, kind = max(holding)
    if entry_on <= locked_until:
        raise PeriodLocked(
            path=("entryOn",),
            kind=kind,
            locked_until=locked_until,
            first_open_on=locked_until + timedelta(days=1),
        )


def check_not_filed(tax_on: date, locks: PeriodLocks, *, passes: Collection[LockKind] = ()) -> None:
    """This will refuse a day of VAT whose return was filed, whatever day the entry has. Raises TaxPeriodFiled."""
    filed_until = locks.tax_until
    if filed_until is not None and tax_on <= filed_until and LockKind.TAX not in passes:
        raise TaxPeriodFiled(
            day=tax_on, filed_until=filed_until, first_open_on=filed_until + timedelta(days=1)
        )


def first_open_day(wanted_on: date, locks: PeriodLocks, *, passes: Collection[LockKind] = ()) -> date:
    """This will give the wanted day, or the first open day after the locks: where a reversal goes."""
    return max([wanted_on, *(until + timedelta(days=1) for until, _ in _holding(locks, passes))])


def _holding(locks: PeriodLocks, passes: Collection[LockKind]) -> list[tuple[date, LockKind]]:
    ends = [
        (locks.soft_until, LockKind.SOFT),
        (locks.tax_until, LockKind.TAX),
        (locks.hard_until, LockKind.HARD),
    ]
    return [
        (until, kind)
        for until, kind in ends
        if until is not None and (kind is LockKind.HARD or kind not in passes)
    ]


def check_hard_lock(until: date | None, current: date | None, open_years: Iterable[FiscalYear]) -> None:
    """This will refuse a hard lock that somebody sets by hand where it must not stand.

    Raises HardLockStays when it would move back or go, and HardLockNeedsClosing when it would cover the last day
    of a year that is not closed: such a year could never be closed any more.
    """
    if current is not None and (until is None or until < current):
        raise HardLockStays(locked_until=current)
    for year in open_years:
        if until is not None and until >= year.last_day:
            raise HardLockNeedsClosing(year=year.year)


def fiscal_year_of(day: date, years: Iterable[FiscalYear]) -> FiscalYear:
    """This will find the year that contains the day, from the company's table, or raise FiscalYearMissing."""
    for year in years:
        if year.first_day <= day <= year.last_day:
            return year
    raise FiscalYearMissing(day=day)
