"""What makes a journal entry right: two lines or more, one side each, debit equal to credit to the cent.

Código de Comercio art. 28 and 29: entries balance, and what is wrong is corrected by another entry, never by a change.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from services.kit.errors import Refused
from services.kit.money import AMOUNT_MAX, ZERO, to_cents, total

LINES_MIN = 2
LINES_MAX = 1_000
"""Lines of one entry. A payroll or a closing entry of a small company stays well below."""


CLOSING_LINES_MAX = 100_000
"""Lines of an entry that closes or opens a year: one for each account and contact with a balance."""


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """One line of an entry: one of `debit` and `credit` is above zero, the other is 0.00; never a sign."""

    ledger_account_code: str
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    contact_id: UUID | None = None
    text: str = ""


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


def check_entry(lines: Sequence[EntryLine], *, lines_max: int = LINES_MAX) -> None:
    """This will refuse an entry that may not be posted.

    Raises EntryTooShort, EntryTooLong, EntryLineAmountWrong and EntryLineSideWrong (position counts from 1)
    and EntryNotBalanced with `difference` = debit less credit.
    """
    if len(lines) < LINES_MIN:
        raise EntryTooShort(path=("lines",), line_count=len(lines))
    if len(lines) > lines_max:
        raise EntryTooLong(path=("lines",), line_count=len(lines), line_count_max=lines_max)
    for position, line in enumerate(lines, start=1):
        _check_line(position, line)
    debit = total(line.debit for line in lines)
    credit = total(line.credit for line in lines)
    if debit != credit:
        raise EntryNotBalanced(path=("lines",), debit=debit, credit=credit, difference=debit - credit)


def _check_line(position: int, line: EntryLine) -> None:
    for amount in (line.debit, line.credit):
        if not amount.is_finite() or not ZERO <= amount <= AMOUNT_MAX or amount != to_cents(amount):
            raise EntryLineAmountWrong(path=("lines", str(position - 1)), position=position)
    if line.debit and line.credit:
        raise EntryLineSideWrong(path=("lines", str(position - 1)), position=position)
    if not line.debit and not line.credit:
        raise EntryLineAmountWrong(path=("lines", str(position - 1)), position=position)


def reversed_lines(lines: Iterable[EntryLine]) -> tuple[EntryLine, ...]:
    """This will swap the sides of every line: entry and reversal together leave every balance as it was."""
    return tuple(replace(line, debit=line.credit, credit=line.debit) for line in lines)
