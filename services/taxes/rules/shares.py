"""What a computed box is made of when no lines add up to it: other boxes, of this return or of earlier ones.

The shares of a box add up to it. Boxes of lines and sums of such boxes have none here: they open their lines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.kit.money import ZERO
from services.taxes.rules.vat_303 import come_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one box puts into another; `of` is the period of an earlier return (4T 2025), None for this one."""

    box: str
    amount: Decimal
    of: str | None = None


Boxes = Mapping[str, Decimal]
Shares = Mapping[str, tuple[Share, ...]]

_SUMS_303: Mapping[str, Mapping[str, int]] = {
    "64": {"46": 1, "76": 1},
    "69": {"66": 1, "77": 1, "78": -1, "68": 1, "108": 1},
    "71": {"69": 1, "70": -1, "109": 1},
    "87": {"110": 1, "78": -1},
}
_SUMS_390: Mapping[str, Mapping[str, int]] = {"84": {"65": 1}, "86": {"84": 1, "85": -1}}
_SUMS_130: Mapping[str, Mapping[str, int]] = {
    "07": {"04": 1, "05": -1, "06": -1},
    "11": {"09": 1, "10": -1},
    "14": {"12": 1, "13": -1},
    "17": {"14": 1, "15": -1, "16": -1},
    "19": {"17": 1, "18": -1},
}


def shares_303(boxes: Boxes, *, before: tuple[str, Boxes] | None, typed: Boxes) -> Shares:
    """This will say what the result of a 303 is made of. `before` is the kept return that box 110 waits from."""
    found = _sums(_SUMS_303, boxes)
    # The share of the state in the result, and what is used of what waits, are one box cut down.
    found["66"] = (Share(box="64", amount=boxes["66"]),)
    found["78"] = (Share(box="110", amount=boxes["78"]),)
    found["111"] = (Share(box="71", amount=boxes.get("111", ZERO)),)
    if before is not None and "110" not in typed:
        period, kept = before
        left = kept.get("87", ZERO)
        found["110"] = (
            Share(box="87", amount=left, of=period),
            Share(box="71", amount=boxes["110"] - left, of=period),
        )
    return _told(found)


def shares_390(boxes: Boxes, kept: Sequence[tuple[str, Boxes]], typed: Boxes) -> Shares:
    """This will say what the results of a year are made of; `kept` are its 303 in their order."""
    found = _sums(_SUMS_390, boxes)
    found["95"] = tuple(Share(box="69", amount=max(come_to(one), ZERO), of=period) for period, one in kept)
    if kept:
        first, last = kept[0][0], kept[-1][0]
        found |= {box: (Share(box="69", amount=boxes[box], of=last),) for box in ("97", "98")}
        if "85" not in typed:
            found["85"] = (Share(box="110", amount=boxes["85"], of=first),)
    return _told(found)


def shares_130(quarters: Sequence[tuple[str, Boxes]]) -> Shares:
    """This will say what the last of the quarters is made of, the others before it in their order."""
    boxes, earlier = quarters[-1][1], quarters[:-1]
    found = _sums(_SUMS_130, boxes)
    found["04"] = (Share(box="03", amount=boxes["04"]),)
    found["05"] = tuple(
        share
        for period, one in earlier
        for share in (
            Share(box="07", amount=max(one["07"], ZERO), of=period),
            Share(box="16", amount=-one.get("16", ZERO), of=period),
        )
    )
    found["12"] = tuple(Share(box=box, amount=max(boxes[box], ZERO)) for box in ("07", "11"))
    owed = next((period for period, one in earlier if one["14"] < ZERO), None)
    found["15"] = (Share(box="14", amount=boxes["15"], of=owed),)
    return _told(found)


def _sums(sums: Mapping[str, Mapping[str, int]], boxes: Boxes) -> dict[str, tuple[Share, ...]]:
    return {
        total: tuple(Share(box=box, amount=sign * boxes.get(box, ZERO)) for box, sign in signs.items())
        for total, signs in sums.items()
    }


def _told(found: Shares) -> Shares:
    """Only what is something."""
    told = {box: tuple(one for one in shares if one.amount != ZERO) for box, shares in found.items()}
    return {box: shares for box, shares in told.items() if shares}
