"""The yearly summary of VAT, model 390. Its box numbers differ from those of the 303; its sums must not.

47 is the sum of the year's four 27, 64 that of the four 45: both add up the same lines and the same typed boxes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.kit.money import ZERO, total
from services.taxes.rules.taxed import Feeds, TaxedSum, TaxUse, filled, with_totals
from services.taxes.rules.vat_303 import ResultType, come_to
from services.taxes.rules.vat_boxes import BOXES_390, vat_feeds

_OUTPUT_BASES = (
    "700",
    "667",
    "01",
    "702",
    "669",
    "03",
    "05",
    "21",
    "23",
    "25",
    "545",
    "547",
    "551",
    "27",
    "29",
)
_OUTPUT = ("701", "668", "02", "703", "670", "04", "06", "22", "24", "26", "546", "548", "552", "28", "30")
_SURCHARGE = ("36", "42", "44", "600", "602", "664", "672", "705")
_INPUT = ("49", "51", "53", "55", "57", "59", "598", "62")
TYPED_INPUT_390 = {"42": "61", "43": "63", "44": "522"}
TYPED_TURNOVER_390 = {"227": 1, "228": 1, "106": -1, "107": -1}
_TURNOVER = ("99", "103", "104", "105", "110", "125")

TOTALS_390: Mapping[str, Mapping[str, int]] = {
    "33": dict.fromkeys(_OUTPUT_BASES, 1),
    "34": dict.fromkeys(_OUTPUT, 1),
    "47": {**dict.fromkeys(_SURCHARGE, 1), "34": 1},
    "64": dict.fromkeys(_INPUT, 1),
    "65": {"47": 1, "64": -1},
    "108": dict.fromkeys(_TURNOVER, 1),
}

TYPED_390 = frozenset({"85", "662", "106", "107", "227", "228"})


@dataclass(frozen=True, slots=True)
class Kept303:
    """What a kept 303 of the year says: its boxes and what became of its result."""

    period: str
    boxes: Mapping[str, Decimal]
    result: ResultType


def feeds_390(uses: Iterable[TaxUse]) -> Feeds:
    """This will give the boxes of every tax code, totals included."""
    return with_totals(vat_feeds(BOXES_390, uses), TOTALS_390)


def boxes_390(
    feeds: Feeds,
    lines: Iterable[TaxedSum],
    *,
    typed: Mapping[str, Decimal],
    typed_303: Iterable[tuple[str, Decimal]] = (),
    kept: Sequence[Kept303] = (),
) -> dict[str, Decimal]:
    """This will fill the summary. `typed_303` are the boxes typed in the year's 303, `kept` how those were filed."""
    boxes = {box: amount for box, amount in filled(feeds, lines).items() if box not in TOTALS_390}
    boxes |= {box: amount for box, amount in typed.items() if box in TYPED_390}
    for number, amount in typed_303:
        if number in TYPED_INPUT_390:
            here = TYPED_INPUT_390[number]
            boxes[here] = boxes.get(here, ZERO) + amount

    def of(*numbers: str) -> Decimal:
        return total(boxes.get(number, ZERO) for number in numbers)

    boxes["33"] = of(*_OUTPUT_BASES)
    boxes["34"] = of(*_OUTPUT)
    boxes["47"] = of("34", *_SURCHARGE)
    boxes["64"] = of(*_INPUT, *TYPED_INPUT_390.values())
    boxes["65"] = boxes["47"] - boxes["64"]
    boxes["84"] = boxes["65"]
    first = min(kept, key=lambda one: one.period, default=None)
    boxes["85"] = typed.get("85", first.boxes.get("110", ZERO) if first else ZERO)
    boxes["86"] = boxes["84"] - boxes["85"]
    boxes["95"] = total(max(come_to(one.boxes), ZERO) for one in kept)
    last = max(kept, key=lambda one: one.period, default=None)
    owed = max(-come_to(last.boxes), ZERO) if last else ZERO
    boxes["97"] = owed if last and last.result is ResultType.COMPENSATE else ZERO
    boxes["98"] = owed if last and last.result is ResultType.REFUND else ZERO
    boxes["108"] = of(*_TURNOVER) + total(
        sign * boxes.get(box, ZERO) for box, sign in TYPED_TURNOVER_390.items()
    )
    return boxes
