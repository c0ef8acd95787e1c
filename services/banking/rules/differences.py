"""What closes a document that a bank line pays not quite: cents written off, the bank's fee, a discount taken."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from services.banking.rules.signals import Direction
from services.banking.rules.targets import LineToReconcile, Part, Target, TargetRefused
from services.kit.money import ZERO, total

WRITE_OFF_MAX = Decimal("0.05")
"""The largest difference that may be written off, in the currency of the line; more has a reason that has a name."""

FEE = "626"
WRITTEN_OFF_LOSS, WRITTEN_OFF_GAIN = "659", "759"
DISCOUNT_GIVEN, DISCOUNT_TAKEN = "706", "606"


class Difference(StrEnum):
    """Why a line and the documents it pays differ."""

    WRITE_OFF = "WRITE_OFF"
    FEE = "FEE"
    DISCOUNT = "DISCOUNT"


class NoDifference(TargetRefused):
    """Line and documents are the same amount, or there is no document to compare with."""

    code: ClassVar[str] = "NO_DIFFERENCE"
    sentence: ClassVar[str] = "The line and the chosen documents do not differ."


class DifferenceLeavesOpen(TargetRefused):
    """A difference closes documents; one that is paid in part stays open without it."""

    code = "DIFFERENCE_LEAVES_OPEN"
    sentence = "Take document {number} with all that is open on it, {outstanding}; the difference closes it."


class DifferenceAboveLimit(TargetRefused):
    """Only cents may be written off."""

    code = "DIFFERENCE_ABOVE_LIMIT"
    sentence = "The difference is {difference}; at most {limit} may be written off."


class DifferenceWrongWay(TargetRefused):
    """A fee never pays us, and a discount never makes a document dearer."""

    code = "DIFFERENCE_WRONG_WAY"
    sentence = "The line differs from the documents by {difference}: that is neither a fee nor a discount."


def closing_part(
    kind: Difference, line: LineToReconcile, targets: Sequence[Target], parts: Sequence[Part] = ()
) -> Part:
    """This will give the part that closes line and documents together.

    Cents go to 659 or 759, a fee to 626, a discount for prompt payment to 706 or 606 (PGC 2007, groups 6 and 7).
    Raises NoDifference, DifferenceLeavesOpen, DifferenceAboveLimit, DifferenceWrongWay.
    """
    for target in targets:
        if target.amount != target.outstanding:
            raise DifferenceLeavesOpen(number=target.number, outstanding=str(target.outstanding))
    left = line.left if line.amount > ZERO else -line.left
    differs = left - total(target.money for target in targets) - total(part.amount for part in parts)
    if not targets or not differs:
        raise NoDifference
    return Part(account_code=_account(kind, differs, targets), amount=differs)


def _account(kind: Difference, differs: Decimal, targets: Sequence[Target]) -> str:
    if kind is Difference.WRITE_OFF:
        if abs(differs) > WRITE_OFF_MAX:
            raise DifferenceAboveLimit(difference=str(abs(differs)), limit=str(WRITE_OFF_MAX))
        return WRITTEN_OFF_LOSS if differs < ZERO else WRITTEN_OFF_GAIN
    if kind is Difference.FEE:
        if differs < ZERO:
            return FEE
    elif differs < ZERO and all(target.direction is Direction.IN for target in targets):
        return DISCOUNT_GIVEN
    elif differs > ZERO and all(target.direction is Direction.OUT for target in targets):
        return DISCOUNT_TAKEN
    raise DifferenceWrongWay(difference=str(differs))
