"""Beginnings of account codes in the short form in which the law's tables are read.

`2403-4` is 2403 and 2404, `250-255` every code between, `53x3` every digit at the x; `D:551` counts only with a debit
balance, `C:551` only with a credit balance.
"""

from collections.abc import Iterator
from dataclasses import dataclass

ANY, DEBIT, CREDIT = "", "D", "C"

_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of codes, and on which side their balance must stand; `ANY` for both."""

    code: str
    side: str = ANY


def prefixes(text: str) -> tuple[Prefix, ...]:
    """This will read codes in the short form, separated by blanks."""
    return tuple(found for word in text.split() for found in _word(word))


def _word(word: str) -> Iterator[Prefix]:
    side, _, codes = word.rpartition(":")
    first, _, last = codes.partition("-")
    if "x" in first:
        for digit in _DIGITS:
            yield Prefix(first.replace("x", digit), side)
        return
    end = first[: len(first) - len(last)] + last if last else first
    for number in range(int(first), int(end) + 1):
        yield Prefix(str(number), side)
