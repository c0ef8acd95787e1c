"""Taxed lines: what one tax code did on one document, and sums of many of them.

Everything later works on sums: boxes are linear in the lines, so the sum of a box's lines is the box.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from services.kit.money import ZERO


class Part(StrEnum):
    """Which amount of a taxed line counts."""

    BASE = "BASE"
    QUOTA = "QUOTA"
    SURCHARGE = "SURCHARGE"
    DEDUCTIBLE = "DEDUCTIBLE"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxUse:
    """A tax code as boxes see it: whose VAT, under which regime, for what, at which rates in per cent.

    `side` SALES or PURCHASES; `regime` and `nature` by the names of the tax code table. `is_like_export`: exempt with
    the right to deduct, told beside exports.
    """

    code: str
    side: str
    regime: str
    nature: str
    rate: Decimal
    surcharge_rate: Decimal = ZERO
    is_like_export: bool = False

    @property
    def is_self_assessed(self) -> bool:
        """Whether the buyer owes the VAT and so declares both sides of it (LIVA art. 84, 85)."""
        return self.side == "PURCHASES" and self.regime in {"INTRA_EU", "REVERSE_CHARGE", "FOREIGN_SERVICE"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxedSum:
    """Amounts of one tax code in euro, signed as on the documents: a credit note is negative.

    `rectifying` separates rectifying documents, `deducts` lines that let the buyer deduct something. For withholdings
    (codes W.. and V..) `base` is what was withheld from and `quota` what was withheld; for results (J6, J7) `base` is
    the expense or income. `quarter` 1 to 4 is that of the day the tax falls due.
    """

    code: str
    base: Decimal
    quota: Decimal = ZERO
    surcharge: Decimal = ZERO
    deductible: Decimal = ZERO
    rectifying: bool = False
    deducts: bool = False
    quarter: int = 1

    def part(self, part: Part) -> Decimal:
        """The amount that counts."""
        return {
            Part.BASE: self.base,
            Part.QUOTA: self.quota,
            Part.SURCHARGE: self.surcharge,
            Part.DEDUCTIBLE: self.deductible,
        }[part]


@dataclass(frozen=True, slots=True)
class Feed:
    """One box takes one part of the lines of a code. `rectifying` and `deducts` narrow which; None takes both."""

    box: str
    part: Part
    rectifying: bool | None = None
    deducts: bool | None = None
    sign: int = 1

    def takes(self, line: TaxedSum) -> bool:
        """Whether the line goes into the box."""
        return self.rectifying in (None, line.rectifying) and self.deducts in (None, line.deducts)


Feeds = Mapping[str, tuple[Feed, ...]]
"""The boxes of a model that each tax code goes into."""


def filled(feeds: Feeds, lines: Iterable[TaxedSum]) -> dict[str, Decimal]:
    """This will add lines up into the boxes they go into; a box that nothing went into is missing."""
    boxes: dict[str, Decimal] = {}
    for line in lines:
        for feed in feeds.get(line.code, ()):
            if feed.takes(line):
                boxes[feed.box] = boxes.get(feed.box, ZERO) + feed.sign * line.part(feed.part)
    return boxes


def strays(feeds: Feeds, lines: Iterable[TaxedSum], known: frozenset[str]) -> tuple[str, ...]:
    """This will name the codes with amounts that go into no box although they are none of `known` (boxless by law)."""
    return tuple(sorted({line.code for line in lines if line.code not in feeds and line.code not in known}))


def with_totals(feeds: Feeds, totals: Mapping[str, Mapping[str, int]]) -> Feeds:
    """This will let total boxes take the lines of the boxes they add up: `totals` gives sign by box, total by total.

    So that a total opens its lines too. Totals stand in an order in which each names only boxes before it.
    """
    made = {code: list(taken) for code, taken in feeds.items()}
    for total, signs in totals.items():
        for taken in made.values():
            taken += [
                Feed(total, feed.part, feed.rectifying, feed.deducts, feed.sign * signs[feed.box])
                for feed in list(taken)
                if feed.box in signs
            ]
    return {code: tuple(taken) for code, taken in made.items()}
