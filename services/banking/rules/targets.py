"""May this bank line be reconciled with these documents? One class for each refusal; nothing is adjusted to fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from services.banking.rules.signals import Direction
from services.kit.errors import Refused
from services.kit.money import ZERO, to_cents, total

TARGET_COUNT_MAX = 100
"""Documents that one line may settle at once."""


class LineState(StrEnum):
    """How far a bank line is reconciled. PARTLY: part of its amount is settled, the rest is open."""

    NEW = "NEW"
    PROPOSED = "PROPOSED"
    PARTLY = "PARTLY"
    MATCHED = "MATCHED"
    IGNORED = "IGNORED"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineToReconcile:
    """A bank line. `amount` is signed: positive = money in; `settled` is the part already reconciled, no sign."""

    amount: Decimal
    settled: Decimal
    currency: str
    state: LineState

    @property
    def left(self) -> Decimal:
        """What is left to reconcile, without sign."""
        return abs(self.amount) - self.settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A document and the amount of it (positive) that the line shall settle; `outstanding` is what is open now."""

    document_id: UUID
    number: str
    amount: Decimal
    outstanding: Decimal
    direction: Direction
    currency: str


class TargetRefused(Refused):
    """The line may not be reconciled with these targets."""

    code: ClassVar[str] = "TARGET_REFUSED"
    sentence: ClassVar[str] = "This line cannot be reconciled like this."


class LineMatched(TargetRefused):
    """The whole line is reconciled already."""

    code = "LINE_MATCHED"
    sentence = "This line is already reconciled. Undo that first."


class LineIgnored(TargetRefused):
    """Somebody decided that the line needs no document."""

    code = "LINE_IGNORED"
    sentence = "This line is set aside. Take it back first."


class NoTarget(TargetRefused):
    """No document was chosen."""

    code = "NO_TARGET"
    sentence = "Choose at least one document."


class TooManyTargets(TargetRefused):
    """More documents than one line may settle at once."""

    code = "TOO_MANY_TARGETS"
    sentence = "{found} documents are chosen, at most {limit} are possible."


class DocumentTwice(TargetRefused):
    """One document is named more than once."""

    code = "DOCUMENT_TWICE"
    sentence = "Document {number} is chosen twice."


class CurrencyDiffers(TargetRefused):
    """The document is in another currency than the line."""

    code = "CURRENCY_DIFFERS"
    sentence = "Document {number} is in {document_currency}, the line is in {line_currency}."


class DirectionDiffers(TargetRefused):
    """Money in cannot pay a purchase, money out cannot pay a sale; a line of zero can pay neither."""

    code = "DIRECTION_DIFFERS"
    sentence = (
        "Document {number} waits for money {document_direction}, the amount of the line is {line_amount}."
    )
    words = frozenset({"document_direction"})


class AmountNotPositive(TargetRefused):
    """The amount for a document is zero, negative, or has a part of a cent."""

    code = "AMOUNT_NOT_POSITIVE"
    sentence = "The amount for document {number} is {amount}: it must be at least one cent, in whole cents."


class AmountAboveOutstanding(TargetRefused):
    """The amount for a document is more than what is open on it."""

    code = "AMOUNT_ABOVE_OUTSTANDING"
    sentence = "The amount for document {number} is {amount}, only {outstanding} is outstanding."


class AmountsAboveLine(TargetRefused):
    """The amounts add up to more than what is left of the line."""

    code = "AMOUNTS_ABOVE_LINE"
    sentence = "The amounts add up to {total}, only {left} is left of the line."


def validate_targets(line: LineToReconcile, targets: Sequence[Target]) -> None:
    """This will return if the line may be reconciled with all of these targets as given, and raise otherwise.

    Raises LineMatched, LineIgnored, NoTarget, TooManyTargets, DocumentTwice, CurrencyDiffers,
    DirectionDiffers, AmountNotPositive, AmountAboveOutstanding or AmountsAboveLine: the first that applies,
    in this order and in the order of the targets. Line and documents may both stay partly open.
    """
    if line.state is LineState.MATCHED:
        raise LineMatched
    if line.state is LineState.IGNORED:
        raise LineIgnored
    if not targets:
        raise NoTarget
    if len(targets) > TARGET_COUNT_MAX:
        raise TooManyTargets(found=str(len(targets)), limit=str(TARGET_COUNT_MAX))
    seen: set[UUID] = set()
    for target in targets:
        if target.document_id in seen:
            raise DocumentTwice(number=target.number)
        seen.add(target.document_id)
        _validate_target(line, target)
    asked = total(target.amount for target in targets)
    if asked > line.left:
        raise AmountsAboveLine(total=str(asked), left=str(line.left))


def _validate_target(line: LineToReconcile, target: Target) -> None:
    if target.currency != line.currency:
        raise CurrencyDiffers(
            number=target.number, document_currency=target.currency, line_currency=line.currency
        )
    is_right_way = line.amount > ZERO if target.direction is Direction.IN else line.amount < ZERO
    if not is_right_way:
        raise DirectionDiffers(
            number=target.number, document_direction=target.direction.value, line_amount=str(line.amount)
        )
    if target.amount <= ZERO or target.amount != to_cents(target.amount):
        raise AmountNotPositive(number=target.number, amount=str(target.amount))
    if target.amount > target.outstanding:
        raise AmountAboveOutstanding(
            number=target.number, amount=str(target.amount), outstanding=str(target.outstanding)
        )
