"""How a year ends and the next begins: income and expense to the result, everything to zero, everything back.

Código de Comercio art. 34 and 35 and the chart's own fifth part (RD 1514/2007): accounts 6 and 7 go against 129; then
every account is closed; the first day of the next year opens with the exact mirror of that, third parties included.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.journal.rules.entries import EntryLine
from services.kit.errors import Refused
from services.kit.money import ZERO, total

RESULT = "129"
"""Profit or loss for the year."""


@dataclass(frozen=True, kw_only=True)
class Balance:
    """What one account holds of one third party (or of none): debit less credit of its posted lines in a year."""

    account_code: str
    amount: Decimal
    contact_id: UUID | None = None


class ClosingStep(StrEnum):
    """The entries of a closing, in their order; each is also the `source` of its entry."""

    REGULARISATION = "REGULARISATION"
    CLOSING = "CLOSING"
    OPENING = "OPENING"


@dataclass(frozen=True, kw_only=True)
class ClosingCheck:
    """One thing to look at before a year is closed. It is fine when `count` is 0; what `is_blocking` must be.

    `count` is None for who may not see what is counted.
    """

    code: str
    count: int | None
    is_blocking: bool = True
    amount: Decimal | None = None


class YearNotReady(Refused):
    """Blocking checks found something; `closingChecks` says what."""

    code = "YEAR_NOT_READY"
    sentence = "The fiscal year {year} cannot be closed yet. Finish what its checks list first."


class YearNotLastClosed(Refused):
    """Years are reopened from the last one backwards."""

    code = "YEAR_NOT_LAST_CLOSED"
    sentence = "Only the last closed fiscal year can be reopened; {year} is not."


class YearEmpty(Refused):
    """Nothing was posted in the year, so there is nothing to close."""

    code = "YEAR_EMPTY"
    sentence = "Nothing is posted in the fiscal year {year}, so there is nothing to close."


class FiscalYearNotNext(Refused):
    """Years follow each other without a hole."""

    code = "FISCAL_YEAR_NOT_NEXT"
    sentence = "Only the fiscal year before the first or after the last one can be opened."


def regularisation_lines(balances: Iterable[Balance]) -> tuple[EntryLine, ...]:
    """This will take every account of groups 6 and 7 to zero against 129 (rule 25); none where there is nothing.

    The line on 129 stands last: on the credit side in a year of profit.
    """
    moved = [balance for balance in balances if balance.account_code[0] in "67" and balance.amount]
    result = total(balance.amount for balance in moved)
    lines = [_against(balance) for balance in moved]
    if result:
        lines.append(_side(RESULT, result, None))
    return tuple(lines)


def closing_lines(balances: Iterable[Balance]) -> tuple[EntryLine, ...]:
    """This will reverse every balance that is left (rule 26): afterwards all of them are zero.

    `balances` are those after the regularisation.
    """
    return tuple(_against(balance) for balance in balances if balance.amount)


def after(balances: Iterable[Balance], lines: Iterable[EntryLine]) -> list[Balance]:
    """This will give the balances as they are once an entry is posted, by account and third party."""
    held: dict[tuple[str, UUID | None], Decimal] = {}
    for balance in balances:
        key = balance.account_code, balance.contact_id
        held[key] = held.get(key, ZERO) + balance.amount
    for line in lines:
        key = line.ledger_account_code, line.contact_id
        held[key] = held.get(key, ZERO) + line.debit - line.credit
    return [
        Balance(account_code=code, contact_id=contact_id, amount=amount)
        for (code, contact_id), amount in sorted(held.items(), key=lambda item: (item[0][0], str(item[0][1])))
        if amount
    ]


def _against(balance: Balance) -> EntryLine:
    return _side(balance.account_code, -balance.amount, balance.contact_id)


def _side(code: str, amount: Decimal, contact_id: UUID | None) -> EntryLine:
    """A line that adds a signed amount: above zero on the debit side."""
    if amount > 0:
        return EntryLine(ledger_account_code=code, debit=amount, contact_id=contact_id)
    return EntryLine(ledger_account_code=code, credit=-amount, contact_id=contact_id)
