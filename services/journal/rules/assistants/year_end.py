"""Entries of the year's end: posting rules 23, 24 and 28, and what a sole trader does instead of the last."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from services.journal.rules.assistants.parameters import credit, debit, without_zeros
from services.journal.rules.closing import Balance
from services.journal.rules.entries import EntryLine
from services.kit.errors import Refused
from services.kit.money import ZERO, to_cents, total

LEGAL_RESERVE_PART = Decimal("0.10")
"""Part of the profit that goes to the legal reserve (LSC art. 274.1),"""

LEGAL_RESERVE_OF_CAPITAL = Decimal("0.20")
"""until the reserve is this part of the share capital."""

STOCK_CHANGES = {"300": "610", "310": "611", "350": "712"}
"""Stock accounts and the account that takes their change over the year."""


class DistributedTooMuch(Refused):
    """The dividend is more than the profit less what the law keeps in the company."""

    code = "DISTRIBUTED_TOO_MUCH"
    sentence = "At most {most} of this profit can be paid out; {reserve} goes to the legal reserve."


class StockAccountUnknown(Refused):
    """Only goods, raw materials and finished products have an account for their change."""

    code = "STOCK_ACCOUNT_UNKNOWN"
    sentence = "The change of stock on {account_code} has no account. Choose 300, 310 or 350."


class ResultIsShared(Refused):
    """A company with share capital shares its result out; only a sole trader's goes to the owner."""

    code = "RESULT_IS_SHARED"
    sentence = "These books have share capital (100): share the result out instead."


def corporate_tax(tax: Decimal, withheld: Decimal) -> tuple[EntryLine, ...]:
    """Rule 24: the tax of the year, less what was withheld and paid on account; too much of that comes back (4709)."""
    left = tax - withheld
    owed = credit("4752", left) if left > 0 else debit("4709", -left)
    return without_zeros(debit("6300", tax), credit("473", withheld), owed)


def stock_change(account_code: str, opening: Decimal, closing: Decimal) -> tuple[EntryLine, ...]:
    """Rule 23: the stock of the year's begin goes out, that of its end comes in. Raises StockAccountUnknown."""
    change = STOCK_CHANGES.get(account_code)
    if change is None:
        raise StockAccountUnknown(account_code=account_code, path=("values", "account"))
    return without_zeros(
        debit(change, opening),
        credit(account_code, opening),
        debit(account_code, closing),
        credit(change, closing),
    )


def prepaid_expense(account_code: str, amount: Decimal) -> tuple[EntryLine, ...]:
    """Rule 23: the part of an expense that belongs to the next year."""
    return without_zeros(debit("480", amount), credit(account_code, amount))


def deferred_income(account_code: str, amount: Decimal) -> tuple[EntryLine, ...]:
    """Rule 23 for income: the part that was invoiced and belongs to the next year."""
    return without_zeros(debit(account_code, amount), credit("485", amount))


def reclassified_loan(amount: Decimal) -> tuple[EntryLine, ...]:
    """Rule 23: the part of a long-term bank loan that is due within the next year."""
    return without_zeros(debit("170", amount), credit("5200", amount))


def doubtful_customer(amount: Decimal, impairment: Decimal, contact_id: UUID) -> tuple[EntryLine, ...]:
    """Rule 23: a customer's debt becomes doubtful, and what is likely lost of it an expense (without its VAT)."""
    return without_zeros(
        debit("436", amount, contact_id),
        credit("430", amount, contact_id),
        debit("694", impairment),
        credit("490", impairment),
    )


def distribution(
    profit: Decimal, loss: Decimal, capital: Decimal, legal_reserve: Decimal, dividend: Decimal
) -> tuple[EntryLine, ...]:
    """Rule 28: legal reserve, dividend, the rest to voluntary reserves; a loss is carried to 121.

    A tenth of the profit goes to the legal reserve until that is a fifth of the capital. Raises DistributedTooMuch.
    """
    missing = max(ZERO, to_cents(capital * LEGAL_RESERVE_OF_CAPITAL) - legal_reserve)
    reserve = min(to_cents(profit * LEGAL_RESERVE_PART), missing)
    voluntary = profit - reserve - dividend
    if voluntary < 0:
        raise DistributedTooMuch(most=profit - reserve, reserve=reserve, path=("values", "dividend"))
    return without_zeros(
        debit("129", profit),
        credit("112", reserve),
        credit("113", voluntary),
        credit("526", dividend),
        debit("121", loss),
        credit("129", loss),
    )


def owner_capital(balances: Iterable[Balance]) -> tuple[EntryLine, ...]:
    """What a sole trader's year earned (129), drew and paid in (550) goes to the owner's capital (102).

    `balances` are those of 100, 129 and 550 once the year before is closed. Raises ResultIsShared.
    """
    held = [balance for balance in balances if balance.amount]
    if any(balance.account_code.startswith("100") for balance in held):
        raise ResultIsShared
    moved = [credit(balance.account_code, balance.amount) for balance in held]
    return without_zeros(*moved, debit("102", total(balance.amount for balance in held)))
