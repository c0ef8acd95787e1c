"""When the VAT of an invoice that was not paid may be taken back (LIVA art. 80.3 and 80.4, since Ley 31/2022).

A bad debt: six months or a year after the VAT fell due, as its holder chooses; only the year above a turnover of
6 010 121.04. The rectifying invoice is issued within six months after that wait. Where payment was put off by more than
a year, the wait begins with the day of payment. An insolvency: within three months of its publication in the BOE (the
month in which debts are told to the administrator, and two more); that day is not known here. Either way only the VAT
of what is open comes back, each payment being taken for its share of base and VAT.
"""

from datetime import date
from decimal import Decimal

from services.documents.rules.kinds import RectificationCause
from services.kit.dates import add_months
from services.kit.errors import Refused
from services.kit.money import CENT, ZERO, to_cents

WAIT_MONTHS_MIN, WAIT_MONTHS_MAX = 6, 12
THEN_WITHIN_MONTHS = 6
PUT_OFF_MONTHS = 12


class DebtTooYoung(Refused):
    """LIVA art. 80.4.A.1."""

    code = "DEBT_TOO_YOUNG"
    sentence = (
        "Invoice {number} is no bad debt yet: its VAT is taken back from {first_on} at the earliest,"
        " six months after it fell due (LIVA art. 80.4)."
    )


class DebtTooOld(Refused):
    """LIVA art. 80.4.B."""

    code = "DEBT_TOO_OLD"
    sentence = (
        "It is too late for the VAT of invoice {number}: a bad debt is rectified until {last_on},"
        " six months after a wait of a year at most (LIVA art. 80.4)."
    )


class VatWasPaid(Refused):
    """LIVA art. 80.3, 80.4 and 80.10."""

    code = "VAT_WAS_PAID"
    sentence = "Of the VAT of invoice {number} {most} is not paid; no more of it can be taken back."


def wait_begins(tax_on: date, due_on: date | None) -> date:
    """This will give the day from which the wait for a bad debt counts."""
    put_off = due_on is not None and due_on > add_months(tax_on, PUT_OFF_MONTHS)
    return due_on if due_on is not None and put_off else tax_on


def check_wait(
    cause: RectificationCause, *, number: str, tax_on: date, due_on: date | None, on: date
) -> None:
    """This will refuse to take the VAT of a bad debt back too early or too late. Raises DebtTooYoung, DebtTooOld."""
    if cause is not RectificationCause.UNCOLLECTABLE:
        return
    begins = wait_begins(tax_on, due_on)
    first = add_months(begins, WAIT_MONTHS_MIN)
    if on < first:
        raise DebtTooYoung(path=("issuedOn",), number=number, first_on=first)
    last = add_months(begins, WAIT_MONTHS_MAX + THEN_WITHIN_MONTHS)
    if on > last:
        raise DebtTooOld(path=("issuedOn",), number=number, last_on=last)


def check_unpaid(*, number: str, vat: Decimal, total: Decimal, outstanding: Decimal, taken: Decimal) -> None:
    """This will refuse to take back VAT that was paid: `vat` and `total` of the invoice, `taken` above zero.

    Raises VatWasPaid.
    """
    most = to_cents(vat * outstanding / total) if total else ZERO
    if taken > most + CENT:
        raise VatWasPaid(path=("lines",), number=number, most=most)
