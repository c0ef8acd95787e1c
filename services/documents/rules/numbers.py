"""Series, numbers and due dates.

A number is given when the document is issued, is correlative inside its series and never used again (RD
1619/2012 art. 6.1 a). Dates follow the numbers of a series. Papers that are not invoices have series of
their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from re import compile as pattern

from services.documents.rules.kinds import DocumentKind
from services.kit.dates import add_months, month_end
from services.kit.errors import Refused

SEQUENCE_DIGITS = 6
TERM_DAYS_MAX = 365
PAY_DAY_MAX = 31

DEFAULT_SERIES: Mapping[DocumentKind, str] = {
    DocumentKind.ESTIMATE: "PR",
    DocumentKind.PROFORMA: "PF",
    DocumentKind.SALES_ORDER: "PV",
    DocumentKind.DELIVERY_NOTE: "AL",
    DocumentKind.SALES_INVOICE: "FV",
    DocumentKind.PAYMENT_RECEIPT: "RC",
    DocumentKind.PURCHASE_ORDER: "PC",
}
"""Series by kind. Purchases and expenses keep the number that their supplier gave."""

RECTIFYING_SERIES = "FR"
"""Rectifying invoices must have a series of their own (RD 1619/2012 art. 6.1 a)."""

SIMPLIFIED_SERIES = "FS"
"""Simplified invoices stand in a series of their own where full ones are issued too (RD 1619/2012 art. 7.1 a)."""

_SERIES = pattern(r"[A-Z][A-Z0-9]{0,7}")


@dataclass(frozen=True, kw_only=True)
class PaymentTerms:
    """When to pay: `days` after issue, then to the month's end, then to the next `pay_day` (1 to 31)."""

    days: int = 30
    to_month_end: bool = False
    pay_day: int | None = None


class SeriesRefused(Refused):
    """A series that cannot stand in a number."""

    code = "SERIES_REFUSED"
    sentence = "A series is one capital letter and up to seven capital letters or digits; {series} is not."


class IssuedBeforePrevious(Refused):
    """Dates must follow the numbers of a series."""

    code = "ISSUED_BEFORE_PREVIOUS"
    sentence = "The previous number of this series was issued on {previous_on}; {issued_on} is earlier."


class TermsRefused(Refused):
    """Terms outside their limits."""

    code = "TERMS_REFUSED"
    sentence = "Payment terms are 0 to {days_max} days and a pay day from 1 to 31."


def check_series(series: str) -> None:
    """This will refuse a series that cannot stand in a number, raising SeriesRefused."""
    if not _SERIES.fullmatch(series):
        raise SeriesRefused(path=("series",), series=series)


def document_number(series: str, year: int, sequence: int) -> str:
    """This will write a number such as FV26-000123. Raises SeriesRefused; `sequence` counts from 1."""
    check_series(series)
    if sequence < 1:
        msg = "A sequence counts from 1."
        raise ValueError(msg)
    return f"{series}{year % 100:02d}-{sequence:0{SEQUENCE_DIGITS}d}"


def check_issue_order(issued_on: date, previous_on: date | None) -> None:
    """This will refuse a date before that of the previous number, raising IssuedBeforePrevious."""
    if previous_on is not None and issued_on < previous_on:
        raise IssuedBeforePrevious(issued_on=issued_on, previous_on=previous_on)


def due_on(issued_on: date, terms: PaymentTerms) -> date:
    """This will give the day to pay by. A pay day that a month lacks is its last day. Raises TermsRefused."""
    if not 0 <= terms.days <= TERM_DAYS_MAX or (
        terms.pay_day is not None and not 1 <= terms.pay_day <= PAY_DAY_MAX
    ):
        raise TermsRefused(days_max=TERM_DAYS_MAX)
    day = issued_on + timedelta(days=terms.days)
    if terms.to_month_end:
        day = month_end(day)
    return day if terms.pay_day is None else _next_pay_day(day, terms.pay_day)


def _next_pay_day(day: date, pay_day: int) -> date:
    this_month = _pay_day_in(day, pay_day)
    return this_month if this_month >= day else _pay_day_in(add_months(day.replace(day=1), 1), pay_day)


def _pay_day_in(month: date, pay_day: int) -> date:
    return month.replace(day=min(pay_day, month_end(month).day))
