"""Which open items add up to an amount exactly: one transfer that pays several invoices."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

from services.kit.money import ZERO, total

ITEM_COUNT_MAX = 12
"""At most 4,096 combinations are looked at. Above that, chance finds sums that nobody meant."""


def exact_subsets(amounts: Sequence[Decimal], wanted: Decimal, *, limit: int) -> list[tuple[int, ...]]:
    """This will give up to `limit` sets of two or more positions whose amounts add up to `wanted` exactly.

    Amounts are positive. With the oldest amount first, the sets come in the order that keeps the oldest: one
    with position 0 before any without, and so on. Raises ValueError above ITEM_COUNT_MAX amounts.
    """
    if len(amounts) > ITEM_COUNT_MAX:
        raise ValueError(f"{len(amounts)} amounts, at most {ITEM_COUNT_MAX} can be searched")
    rests = [total(amounts[position:]) for position in range(len(amounts) + 1)]

    def search(position: int, left: Decimal, chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if left == ZERO:
            if len(chosen) > 1:
                yield chosen
            return
        if position == len(amounts) or left > rests[position]:
            return
        if amounts[position] <= left:
            yield from search(position + 1, left - amounts[position], (*chosen, position))
        yield from search(position + 1, left, chosen)

    return list(islice(search(0, wanted, ()), limit))
