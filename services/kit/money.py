"""Exact amounts. A `Decimal` never becomes a float, neither here nor in the database nor in GraphQL."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

CENT = Decimal("0.01")
ZERO = Decimal("0.00")

AMOUNT_MAX = Decimal("999999999999.99")
"""Largest amount a column of numeric(14,2) holds; anything above is refused before it reaches the database."""

TEXT_LENGTH_MAX = 24
PLACES_MAX = 8
"""As an exchange rate has; what takes fewer says so itself."""


class AmountNotUnderstood(ValueError):
    """The text is not a plain decimal number such as 1210.00 or -97.20."""


def to_cents(amount: Decimal) -> Decimal:
    """This will round to two places, half cents away from zero (Ley 46/1998 art. 11): -2.675 -> -2.68."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def parse_amount(text: str) -> Decimal:
    """This will read a decimal with a point, at most eight places, no grouping, no exponent.

    Raises AmountNotUnderstood; a comma is refused rather than guessed.
    """
    if not text or len(text) > TEXT_LENGTH_MAX or not set(text) <= set("+-.0123456789"):
        raise AmountNotUnderstood(text[:TEXT_LENGTH_MAX])
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise AmountNotUnderstood(text) from error
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -PLACES_MAX or abs(amount) > AMOUNT_MAX:
        raise AmountNotUnderstood(text)
    return amount


def total(amounts: Iterable[Decimal]) -> Decimal:
    """This will add amounts exactly; nothing gives 0.00."""
    return sum(amounts, ZERO)
