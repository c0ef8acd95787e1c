"""The quarterly (or monthly) VAT return, model 303: totals, the result, and what waits from earlier periods.

27 = all output quotas, 45 = all deductible ones, 46 = 27 - 45, 64 = 46 + 58 + 76, 66 = 64 x 65 %, 69 = 66 + 77 - 78 +
68 + 108, 71 = 69 - 70 + 109. 110 is what waits from earlier periods, 78 what of it is used now (never below zero), 87
what is left. Of a rectifying return 70 is what was paid before, 109 what was refunded, and 111 what of a negative
result was paid unduly: it is given back, the rest is compensated or refunded as any other.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

from services.kit.money import ZERO, to_cents, total
from services.taxes.rules.taxed import Feeds, TaxedSum, TaxUse, filled, with_totals
from services.taxes.rules.vat_boxes import BOXES_303, vat_feeds

_OUTPUT = ("152", "167", "03", "155", "06", "09", "11", "13", "15", "158", "170", "18", "21", "24", "26")
_INPUT = ("29", "31", "33", "35", "37", "39", "41")
TYPED_INPUT_303 = ("42", "43", "44")

TOTALS_303: Mapping[str, Mapping[str, int]] = {
    "27": dict.fromkeys(_OUTPUT, 1),
    "45": dict.fromkeys(_INPUT, 1),
    "46": {"27": 1, "45": -1},
}

TYPED_303 = frozenset(
    {"42", "43", "44", "62", "63", "65", "68", "70", "74", "75", "76", "77", "108", "109", "110"}
)
"""Boxes that no document says and a person may type."""

RATES_303: Mapping[str, str] = {
    "151": "0.00",
    "166": "2.00",
    "02": "4.00",
    "154": "5.00",
    "05": "10.00",
    "08": "21.00",
    "157": "1.75",
    "169": "0.26",
    "17": "0.50",
    "20": "1.40",
    "23": "5.20",
}
"""The rates that are printed between base and quota."""


class ResultType(StrEnum):
    """What happens with the result, by the letter of the form."""

    TO_PAY = "TO_PAY"
    DIRECT_DEBIT = "DIRECT_DEBIT"
    COMPENSATE = "COMPENSATE"
    REFUND = "REFUND"
    NOTHING = "NOTHING"


def feeds_303(uses: Iterable[TaxUse]) -> Feeds:
    """This will give the boxes of every tax code, totals included."""
    return with_totals(vat_feeds(BOXES_303, uses), TOTALS_303)


def boxes_303(
    feeds: Feeds, lines: Iterable[TaxedSum], *, typed: Mapping[str, Decimal], pending: Decimal = ZERO
) -> dict[str, Decimal]:
    """This will fill the return. `pending` (>= 0) waits from earlier periods unless box 110 is typed."""
    boxes = {box: amount for box, amount in filled(feeds, lines).items() if box not in TOTALS_303}
    boxes |= {box: amount for box, amount in typed.items() if box in TYPED_303}

    def of(*numbers: str) -> Decimal:
        return total(boxes.get(number, ZERO) for number in numbers)

    boxes["27"] = of(*_OUTPUT)
    boxes["45"] = of(*_INPUT, *TYPED_INPUT_303)
    boxes["46"] = boxes["27"] - boxes["45"]
    boxes["64"] = of("46", "76")
    boxes["65"] = typed.get("65", Decimal("100.00"))
    boxes["66"] = to_cents(boxes["64"] * boxes["65"] / 100)
    boxes["110"] = typed.get("110", pending)
    before = of("66", "77", "68", "108")
    boxes["78"] = min(boxes["110"], max(before, ZERO))
    boxes["87"] = boxes["110"] - boxes["78"]
    boxes["69"] = before - boxes["78"]
    boxes["71"] = boxes["69"] - of("70") + of("109")
    undue = min(max(of("70") - of("109"), ZERO), max(-boxes["71"], ZERO))
    if undue:
        boxes["111"] = undue
    return boxes


def usual_result(boxes: Mapping[str, Decimal]) -> ResultType:
    """This will give what the result leads to unless a person chooses a refund or a debit."""
    if boxes["71"] > ZERO:
        return ResultType.TO_PAY
    if boxes["71"] < ZERO and left_over(boxes) == ZERO:
        return ResultType.REFUND
    return ResultType.COMPENSATE if boxes["71"] < ZERO else ResultType.NOTHING


def pending_after(boxes: Mapping[str, Decimal], result: ResultType) -> Decimal:
    """This will give what waits for the next period: what was left, and a negative result that is to be compensated."""
    left = boxes.get("87", ZERO)
    return left + left_over(boxes) if result is ResultType.COMPENSATE else left


def come_to(boxes: Mapping[str, Decimal]) -> Decimal:
    """This will give what a period comes to after all its returns: the last result with what was paid before (69)."""
    return boxes.get("71", ZERO) + boxes.get("70", ZERO) - boxes.get("109", ZERO)


def left_over(boxes: Mapping[str, Decimal]) -> Decimal:
    """This will give what of a negative result is compensated or refunded; what was paid unduly (111) is not of it."""
    return max(-boxes.get("71", ZERO), ZERO) - boxes.get("111", ZERO)
