"""What makes a journal entry right: it balances, its period is open, and the chain of entries is unbroken.

An entry has at least two lines; each line stands on one side with an amount above zero; debit equals credit
to the cent. Posted entries are never edited, only reversed. The hash chain of a company makes a later
change in the database visible (LGT art. 201 bis asks for records that cannot be altered; Código de Comercio
art. 29).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from services.kit.errors import Refused
from services.kit.money import AMOUNT_MAX, ZERO, to_cents, total

LINES_MIN = 2
LINES_MAX = 1_000
"""Lines of one entry. A payroll or a closing entry of a small company stays well below."""

GENESIS_HASH = "0" * 64
"""What the first entry of a company names as its predecessor."""

CANONICAL_FORM = "atrio-entry-1"
"""Name of the canonical form; a changed form gets a new name, so old hashes stay verifiable."""


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """One line of an entry: one of `debit` and `credit` is above zero, the other is 0.00; never a sign."""

    ledger_account_code: str
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    contact_id: UUID | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class PostedEntry:
    """What the chain covers of one posted entry; `lines` in their order of position."""

    company_id: UUID
    fiscal_year: int
    number: int
    entry_on: date
    text: str
    lines: tuple[EntryLine, ...]


@dataclass(frozen=True, kw_only=True)
class ChainedEntry:
    """A posted entry with the hashes stored beside it; 64 lower-case hexadecimal digits each."""

    entry: PostedEntry
    previous_hash: str
    hash: str


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


class EntryTooShort(Refused):
    """One line cannot balance."""

    code = "ENTRY_TOO_SHORT"
    sentence = "An entry needs at least two lines; this one has {line_count}."


class EntryTooLong(Refused):
    """More lines than LINES_MAX."""

    code = "ENTRY_TOO_LONG"
    sentence = "An entry takes at most {line_count_max} lines; this one has {line_count}."


class EntryLineAmountWrong(Refused):
    """An amount that is negative, zero, too large, not a number, or has parts of a cent."""

    code = "ENTRY_LINE_AMOUNT_WRONG"
    sentence = "Line {position} needs an amount above zero with at most two decimals."


class EntryLineSideWrong(Refused):
    """Both sides are filled."""

    code = "ENTRY_LINE_SIDE_WRONG"
    sentence = "Line {position} stands on both sides; split it into a debit line and a credit line."


class EntryNotBalanced(Refused):
    """`difference` is debit less credit."""

    code = "ENTRY_NOT_BALANCED"
    sentence = "Debit {debit} and credit {credit} differ by {difference}."


class PeriodLocked(Refused):
    """`kind` says which lock; `locked_until` is the last locked day, `first_open_on` the next one."""

    code = "PERIOD_LOCKED"
    sentence = "The books are locked until {locked_until}; the first open day is {first_open_on}."


class FiscalYearMissing(Refused):
    """The table of fiscal years has no year for the day."""

    code = "FISCAL_YEAR_MISSING"
    sentence = "No fiscal year of this company contains {day}."


def check_entry(lines: Sequence[EntryLine]) -> None:
    """This will refuse an entry that may not be posted.

    Raises EntryTooShort, EntryTooLong, EntryLineAmountWrong and EntryLineSideWrong (position counts from 1)
    and EntryNotBalanced with `difference` = debit less credit.
    """
    if len(lines) < LINES_MIN:
        raise EntryTooShort(line_count=len(lines))
    if len(lines) > LINES_MAX:
        raise EntryTooLong(line_count=len(lines), line_count_max=LINES_MAX)
    for position, line in enumerate(lines, start=1):
        _check_line(position, line)
    debit = total(line.debit for line in lines)
    credit = total(line.credit for line in lines)
    if debit != credit:
        raise EntryNotBalanced(debit=debit, credit=credit, difference=debit - credit)


def _check_line(position: int, line: EntryLine) -> None:
    for amount in (line.debit, line.credit):
        if not amount.is_finite() or not ZERO <= amount <= AMOUNT_MAX or amount != to_cents(amount):
            raise EntryLineAmountWrong(position=position)
    if line.debit and line.credit:
        raise EntryLineSideWrong(position=position)
    if not line.debit and not line.credit:
        raise EntryLineAmountWrong(position=position)


def reversed_lines(lines: Iterable[EntryLine]) -> tuple[EntryLine, ...]:
    """This will swap the sides of every line: entry and reversal together leave every balance as it was."""
    return tuple(replace(line, debit=line.credit, credit=line.debit) for line in lines)


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


def canonical_entry(entry: PostedEntry) -> str:
    """This will write an entry as the one text that its hash is taken of.

    A JSON array without spaces, characters not escaped: name of the form, company id, fiscal year, number,
    date (YYYY-MM-DD), text, and an array of lines in order of position, each [account code, debit, credit,
    contact id, text]. Amounts are plain decimals with two places, an absent contact is the empty text, ids
    are lower case with hyphens. JSON keeps the borders between texts, so no two different entries share a
    form.
    """
    lines = [
        [
            line.ledger_account_code,
            f"{line.debit:.2f}",
            f"{line.credit:.2f}",
            str(line.contact_id) if line.contact_id else "",
            line.text,
        ]
        for line in entry.lines
    ]
    head = [str(entry.company_id), entry.fiscal_year, entry.number, entry.entry_on.isoformat(), entry.text]
    return json.dumps([CANONICAL_FORM, *head, lines], ensure_ascii=False, separators=(",", ":"))


def entry_hash(previous_hash: str, entry: PostedEntry) -> str:
    """This will give sha256(previous hash + canonical entry, in UTF-8) as 64 lower-case hex digits."""
    return sha256((previous_hash + canonical_entry(entry)).encode()).hexdigest()


def verify_chain(
    entries: Iterable[ChainedEntry], *, previous_hash: str = GENESIS_HASH
) -> ChainedEntry | None:
    """This will give the first entry that was changed or moved, or lacks its predecessor; None if all hold.

    `entries` are those of one company in the order of posting. Pass the hash before the first one to verify
    a part.
    """
    expected = previous_hash
    for chained in entries:
        if chained.previous_hash != expected or chained.hash != entry_hash(expected, chained.entry):
            return chained
        expected = chained.hash
    return None
