"""Withholdings and payments on account: 111 and 115 with their yearly lists 190 and 180, and the instalment 130.

A withholding is known by its rate, dated (RIRPF art. 95, 100): 15 and 7 % of professionals, 2 and 1 % of farmers and
modules, 19 % of rents. Wages are no documents: their boxes are typed until payroll feeds them. The day of the invoice
decides the period.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.kit.money import ZERO, to_cents, total
from services.taxes.rules.taxed import Feed, Feeds, Part, TaxedSum

PROFESSIONAL_RATES = ("15.00", "7.00")
BUSINESS_RATES = ("2.00", "1.00")
RENT_RATES = ("19.00",)

FEEDS_111: Feeds = {
    f"W{rate}": (
        Feed("08", Part.BASE),
        Feed("09", Part.QUOTA),
        Feed("28", Part.QUOTA),
        Feed("30", Part.QUOTA),
    )
    for rate in (*PROFESSIONAL_RATES, *BUSINESS_RATES)
}
FEEDS_115: Feeds = {
    f"W{rate}": (Feed("02", Part.BASE), Feed("03", Part.QUOTA), Feed("05", Part.QUOTA)) for rate in RENT_RATES
}
KNOWN_WITHHOLDINGS = frozenset({*FEEDS_111, *FEEDS_115})

KEYS_190: Mapping[str, str] = {"W15.00": "G-01", "W7.00": "G-03", "W2.00": "H", "W1.00": "H"}
"""Key of the 190, with its subkey where the rate tells it: 03 are professionals in their first years (RIRPF art. 95.1).

Which activity a rate of H is for, and so its subkey, no document says.
"""

_WITHHELD = ("03", "06", "09", "12", "15", "18", "21", "24", "27")
TYPED_111 = frozenset({f"{number:02}" for number in range(1, 28)} - {"07", "08", "09"} | {"29"})
TYPED_WITHHELD_111 = tuple(box for box in _WITHHELD if box in TYPED_111)
TYPED_115 = frozenset({"04"})
TYPED_130 = frozenset({"08", "09", "10", "13", "16", "18"})

INSTALMENT_RATE = Decimal("0.20")
HARD_TO_JUSTIFY_RATE = Decimal("0.05")
HARD_TO_JUSTIFY_MAX = Decimal("2000.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """What was withheld from one person under one code: `paid` before and `withheld`, in euro."""

    code: str
    tax_id: str | None
    name: str
    paid: Decimal
    withheld: Decimal
    quarter: int = 1
    contact_id: str | None = None


def boxes_111(
    lines: Iterable[TaxedSum], recipients: Iterable[Recipient], typed: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    """This will fill the 111: 07 people, 08 paid, 09 withheld; 28 all withheld, 30 = 28 - 29."""
    boxes = _of(FEEDS_111, lines, typed, TYPED_111, people="07", recipients=recipients)
    boxes["28"] = total(boxes.get(number, ZERO) for number in _WITHHELD)
    boxes["30"] = boxes["28"] - boxes.get("29", ZERO)
    return boxes


def boxes_115(
    lines: Iterable[TaxedSum], recipients: Iterable[Recipient], typed: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    """This will fill the 115: 01 people, 02 base, 03 withheld, 05 = 03 - 04."""
    boxes = _of(FEEDS_115, lines, typed, TYPED_115, people="01", recipients=recipients)
    boxes["05"] = boxes.get("03", ZERO) - boxes.get("04", ZERO)
    return boxes


def _of(
    feeds: Feeds,
    lines: Iterable[TaxedSum],
    typed: Mapping[str, Decimal],
    allowed: frozenset[str],
    *,
    people: str,
    recipients: Iterable[Recipient],
) -> dict[str, Decimal]:
    boxes: dict[str, Decimal] = {}
    for line in lines:
        for feed in feeds.get(line.code, ()):
            boxes[feed.box] = boxes.get(feed.box, ZERO) + line.part(feed.part)
    boxes |= {box: amount for box, amount in typed.items() if box in allowed}
    boxes[people] = Decimal(
        len({who.tax_id or who.contact_id or who.name for who in recipients if who.code in feeds})
    )
    return boxes


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSoFar:
    """Income and expenses of a sole trader from 1 January to the end of a quarter, and what customers withheld."""

    income: Decimal
    expenses: Decimal
    withheld: Decimal


def hard_to_justify(income: Decimal, expenses: Decimal) -> Decimal:
    """This will give the flat share of expenses that are hard to prove: 5 % of the difference, 2000 a year at most.

    RIRPF art. 30.2: only under simplified direct estimation, never below zero.
    """
    return min(to_cents(max(income - expenses, ZERO) * HARD_TO_JUSTIFY_RATE), HARD_TO_JUSTIFY_MAX)


def boxes_130(
    quarters: Sequence[YearSoFar],
    *,
    simplified: bool,
    typed: Sequence[Mapping[str, Decimal]] = (),
) -> list[dict[str, Decimal]]:
    """This will fill the 130 of each quarter so far; each looks back on those before it.

    `quarters` are cumulative. 05 = the positive 07 of earlier quarters less their 16; 15 = earlier negative results as
    far as this one bears them.
    """
    made: list[dict[str, Decimal]] = []
    for place, year in enumerate(quarters):
        given = typed[place] if place < len(typed) else {}
        boxes = {box: amount for box, amount in given.items() if box in TYPED_130}
        flat = hard_to_justify(year.income, year.expenses) if simplified else ZERO
        boxes["01"] = year.income
        boxes["02"] = year.expenses + flat
        boxes["03"] = boxes["01"] - boxes["02"]
        boxes["04"] = to_cents(max(boxes["03"], ZERO) * INSTALMENT_RATE)
        boxes["05"] = total(max(one["07"], ZERO) - one.get("16", ZERO) for one in made)
        boxes["06"] = year.withheld
        boxes["07"] = boxes["04"] - boxes["05"] - boxes["06"]
        boxes["11"] = boxes.get("09", ZERO) - boxes.get("10", ZERO)
        boxes["12"] = max(boxes["07"], ZERO) + max(boxes["11"], ZERO)
        boxes["14"] = boxes["12"] - boxes.get("13", ZERO)
        owed = total(max(-one["14"], ZERO) for one in made) - total(one["15"] for one in made)
        boxes["15"] = min(owed, max(boxes["14"], ZERO))
        boxes["17"] = boxes["14"] - boxes["15"] - boxes.get("16", ZERO)
        boxes["19"] = boxes["17"] - boxes.get("18", ZERO)
        made.append(boxes)
    return made
