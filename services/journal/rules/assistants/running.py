"""Entries of the running year: posting rules 15, 18, 20, 21 and 22."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.journal.rules.assistants.parameters import credit, debit, without_zeros
from services.journal.rules.closing import Balance
from services.journal.rules.entries import EntryLine
from services.kit.dates import month_end
from services.kit.money import ZERO, to_cents, total

MONTHS = 12


def payroll(
    gross: Decimal, employee_ss: Decimal, income_tax: Decimal, employer_ss: Decimal, contact_id: UUID
) -> tuple[EntryLine, ...]:
    """Rule 18: wages and the employer's social security; what is owed to the office, the treasury and the employee."""
    return without_zeros(
        debit("640", gross),
        debit("642", employer_ss),
        credit("476", employee_ss + employer_ss),
        credit("4751", income_tax),
        credit("465", gross - employee_ss - income_tax, contact_id),
    )


def paying_wages(amount: Decimal, bank: str, contact_id: UUID) -> tuple[EntryLine, ...]:
    """Rule 18: what is owed to an employee leaves the bank."""
    return without_zeros(debit("465", amount, contact_id), credit(bank, amount))


def paying_social_security(amount: Decimal, bank: str) -> tuple[EntryLine, ...]:
    """Rule 18: what is owed to social security leaves the bank, at the end of the next month."""
    return without_zeros(debit("476", amount), credit(bank, amount))


def depreciation(amount: Decimal, expense: str, accumulated: str) -> tuple[EntryLine, ...]:
    """Rule 20: the depreciation of one month; see `depreciation_of_month`."""
    return without_zeros(debit(expense, amount), credit(accumulated, amount))


def depreciation_of_month(cost: Decimal, percent: Decimal, in_service_on: date, month_of: date) -> Decimal:
    """This will give a month's part of a straight-line depreciation, in euro.

    A twelfth of cost x percent a year; the first month by its days in service, the last takes what is left. Each month
    is the difference of two rounded sums, so the months add up to the cost exactly.
    """
    months = (month_of.year - in_service_on.year) * MONTHS + month_of.month - in_service_on.month
    if months < 0:
        return ZERO
    first_end = month_end(in_service_on)
    first_days = (first_end - in_service_on).days + 1

    def written_off(whole_months: int) -> Decimal:
        # Divided once, at the end: a third of a month has no exact decimal, and half a cent would fall either way.
        days = first_days + whole_months * first_end.day
        return min(cost, to_cents(cost * percent * days / (100 * MONTHS * first_end.day)))

    return written_off(months) - written_off(months - 1) if months else written_off(0)


def bank_fee(amount: Decimal, bank: str) -> tuple[EntryLine, ...]:
    """Rule 15: a fee of the bank; financial services are exempt, so there is no VAT in it."""
    return without_zeros(debit("626", amount), credit(bank, amount))


def bank_interest(gross: Decimal, withheld: Decimal, bank: str) -> tuple[EntryLine, ...]:
    """Rule 15: interest received less what the bank withheld for the tax of the year."""
    return without_zeros(debit(bank, gross - withheld), debit("473", withheld), credit("769", gross))


def vat_settlement(balances: Iterable[Balance]) -> tuple[EntryLine, ...]:
    """Rule 21: output and input VAT of the period against each other, an earlier credit used as far as it goes.

    `balances` are those of 472, 477 and 4700 at the end of the period. Owed: 4750; a credit that is left: 4700.
    """
    held = [balance for balance in balances if balance.amount]
    taxes = [balance for balance in held if balance.account_code.startswith(("472", "477"))]
    carried = total(balance.amount for balance in held if balance.account_code.startswith("4700"))
    owed = -total(balance.amount for balance in taxes)
    used = min(carried, owed) if owed > 0 and carried > 0 else ZERO
    lines = [
        EntryLine(ledger_account_code=balance.account_code, debit=-balance.amount)
        if balance.amount < 0
        else EntryLine(ledger_account_code=balance.account_code, credit=balance.amount)
        for balance in sorted(taxes, key=lambda one: (one.account_code[:3] != "477", one.account_code))
    ]
    rest = owed - used
    settled = credit("4750", rest) if rest > 0 else debit("4700", -rest)
    return without_zeros(*lines, credit("4700", used), settled)


def paying_model(model: str, amount: Decimal, bank: str) -> tuple[EntryLine, ...]:
    """Rule 22: what a return says is owed leaves the bank: 303 from 4750, 111 and 115 from 4751, 200 from 4752.

    What a sole trader pays with 130 is on account of the income tax of the year: 473.
    """
    return without_zeros(debit(MODEL_ACCOUNTS[model], amount), credit(bank, amount))


MODEL_ACCOUNTS = {"303": "4750", "111": "4751", "115": "4751", "130": "473", "200": "4752"}
"""Return -> the account of what it owes, or pays on account."""
