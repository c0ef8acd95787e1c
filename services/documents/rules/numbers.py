"""Series and numbers.

A number is given when the document is issued, is correlative inside its series and never used again (RD
1619/2012 art. 6.1 a). Dates follow the numbers of a series. Papers that are not invoices have series of
their own.
"""

from collections.abc import Mapping
from datetime import date
from re import compile as pattern

from services.documents.rules.kinds import DocumentKind
from services.kit.errors import Refused

SEQUENCE_DIGITS = 6

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


class SeriesRefused(Refused):
    """A series that cannot stand in a number."""

    code = "SERIES_REFUSED"
    sentence = "A series is one capital letter and up to seven capital letters or digits; {series} is not."


class IssuedBeforePrevious(Refused):
    """Dates must follow the numbers of a series."""

    code = "ISSUED_BEFORE_PREVIOUS"
    sentence = "The previous number of this series was issued on {previous_on}; {issued_on} is earlier."


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
        raise IssuedBeforePrevious(path=("issuedOn",), issued_on=issued_on, previous_on=previous_on)
