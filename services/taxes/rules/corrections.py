"""What corrects a return that was filed, and what the correction takes over from it.

303: the rectifying return (LGT art. 120.3, RD 1624/1992 art. 74 bis, Orden HAC/819/2024) says the whole period anew,
takes off what was paid (box 70) or adds what was refunded (109); 111 is what of a negative result was paid unduly. 111,
115 and 130: a complementary return says the whole anew too, takes off what was declared before, and only ever adds;
what was declared too high is claimed at the tax agency. Declarations that inform are made anew and take the place of
the first.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.kit.money import ZERO
from services.taxes.rules.models import TaxModel, TaxPeriod
from services.taxes.rules.vat_303 import ResultType, left_over

RECTIFYING_SINCE = date(2024, 9, 30)
"""The first periods that are corrected by a rectifying 303 end here: September and the third quarter of 2024."""

_EARLIER: Mapping[TaxModel, tuple[str, str]] = {
    TaxModel.M111: ("29", "30"),
    TaxModel.M115: ("04", "05"),
    TaxModel.M130: ("18", "19"),
}
"""Box of what was declared before, and box of the result, of models that only add."""


class ReturnKind(StrEnum):
    """The first return of a period, or what corrects it."""

    ORIGINAL = "ORIGINAL"
    RECTIFYING = "RECTIFYING"
    COMPLEMENTARY = "COMPLEMENTARY"
    SUBSTITUTIVE = "SUBSTITUTIVE"


def correction_of(model: TaxModel) -> ReturnKind:
    """This will name what corrects a return of the model."""
    if model is TaxModel.M303:
        return ReturnKind.RECTIFYING
    return ReturnKind.COMPLEMENTARY if model in _EARLIER else ReturnKind.SUBSTITUTIVE


def can_be_corrected(model: TaxModel, period: TaxPeriod) -> bool:
    """Whether the way of correcting that is computed here was in force for the period."""
    return model is not TaxModel.M303 or period.ends_on >= RECTIFYING_SINCE


def taken_over(
    model: TaxModel, boxes: Mapping[str, Decimal], result: ResultType | None
) -> dict[str, Decimal]:
    """This will give the boxes that tell the correction what came of the filed return. `boxes` are those of the filed.

    One that corrects a correction goes on from what that one took over.
    """

    def of(number: str) -> Decimal:
        return boxes.get(number, ZERO)

    if model is TaxModel.M303:
        paid = max(of("71"), ZERO) if result in (ResultType.TO_PAY, ResultType.DIRECT_DEBIT) else ZERO
        refunded = left_over(boxes) if result is ResultType.REFUND else ZERO
        return {"70": of("70") + paid, "109": of("109") + of("111") + refunded}
    if model in _EARLIER:
        before, declared = _EARLIER[model]
        return {before: of(before) + max(of(declared), ZERO)}
    return {}


def carries(model: TaxModel) -> tuple[str, ...]:
    """This will name the boxes that a correction takes over from what was filed."""
    return ("70", "109") if model is TaxModel.M303 else _EARLIER.get(model, ("",))[:1]


def only_adds(model: TaxModel) -> bool:
    """Whether a correction of the model has to come to more than was declared."""
    return model in _EARLIER
