"""One field of a Norma 43 record to a value, and the check digits of the format."""

from datetime import date
from decimal import Decimal

import pycountry
from stdnum.es import ccc

from services.kit.money import CENT

DEBIT, CREDIT = "1", "2"
"""Sign codes of the booklet: 1 = against the holder, money out; 2 = in the holder's favour, money in."""

_REFERENCE_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4)
_CENTURY_TURN = 80
"""Years have two digits. The first booklet is of 1982, so 80 to 99 are of the last century."""


class FieldUnreadable(ValueError):
    """A field does not hold what the booklet says. `field` names it in English, `found` is the text as sent."""

    def __init__(self, field: str, found: str) -> None:
        self.field, self.found = field, found
        super().__init__(f"{field}: {found!r}")


def digits(text: str, field: str) -> str:
    """This will give the text back if it is digits only. Raises FieldUnreadable."""
    if not (text.isascii() and text.isdigit()):
        raise FieldUnreadable(field, text)
    return text


def day(text: str, field: str) -> date:
    """This will read YYMMDD. Raises FieldUnreadable, also for days that no calendar has."""
    digits(text, field)
    year = int(text[:2])
    try:
        return date(year + (1900 if year >= _CENTURY_TURN else 2000), int(text[2:4]), int(text[4:6]))
    except ValueError as error:
        raise FieldUnreadable(field, text) from error


def unsigned_amount(text: str, field: str) -> Decimal:
    """This will read 14 digits, the last two of them cents. Raises FieldUnreadable."""
    return int(digits(text, field)) * CENT


def count(text: str, field: str) -> int:
    """This will read a number of records. Raises FieldUnreadable."""
    return int(digits(text, field))


def given(text: str) -> str:
    """This will strip a code or reference; blanks or zeros alone mean that there is none and give ""."""
    stripped = text.strip()
    return stripped if stripped.strip("0") else ""


def currency_code(numeric: str, field: str) -> str:
    """This will give the ISO 4217 letters for its three digits: 978 -> EUR. Raises FieldUnreadable."""
    currency = pycountry.currencies.get(numeric=numeric)
    if currency is None:
        raise FieldUnreadable(field, numeric)
    return str(currency.alpha_3)


def currency_number(letters: str) -> str:
    """This will give the ISO 4217 digits for its three letters: EUR -> 978. Raises FieldUnreadable."""
    currency = pycountry.currencies.get(alpha_3=letters)
    if currency is None:
        raise FieldUnreadable("currency", letters)
    return str(currency.numeric)


def spanish_iban(bank: str, branch: str, account: str) -> str:
    """This will build the IBAN of bank (4 digits), branch (4) and account (10), with both pairs of check digits.

    2100, 0418, 0200051332 -> ES9121000418450200051332. Norma 43 carries neither pair.
    """
    check = ccc.calc_check_digits(f"{bank}{branch}00{account}")
    return str(ccc.to_iban(f"{bank}{branch}{check}{account}"))


def reference_check_digit(reference: str) -> str:
    """This will compute the twelfth digit of reference 1 from its first eleven: 82546789013 -> 8.

    Booklet 43 (June 2012): weights 2 to 9, then 2, 3, 4 from the right, the sum modulo 11, a remainder of 10
    gives 0.
    """
    remainder = (
        sum(
            int(digit) * weight for digit, weight in zip(reversed(reference), _REFERENCE_WEIGHTS, strict=True)
        )
        % 11
    )
    return str(remainder)[-1]
