"""May this bank line be reconciled with these documents? One class for each refusal; nothing is adjusted to fit."""

from collections.abc import Collection, Sequence
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

PART_COUNT_MAX = 20
"""Parts of one line that may go to accounts at once."""


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
    """A document and the amount of it (positive, in its currency) that the line shall settle.

    `direction` is the way its money goes: IN for a sale, OUT for what is given back of one and for its credit note.
    `outstanding` is what is open now, or with `gives_back` what was paid, without sign. `paid` is what the line gives
    for it, in the line's currency; needed where the document is in another one.
    """

    document_id: UUID
    number: str
    amount: Decimal
    outstanding: Decimal
    direction: Direction
    currency: str
    contact_id: UUID | None = None
    gives_back: bool = False
    paid: Decimal | None = None

    @property
    def money(self) -> Decimal:
        """What it takes of the line, in the line's currency; negative where its money goes out."""
        size = self.amount if self.paid is None else self.paid
        return size if self.direction is Direction.IN else -size


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What of a line goes to an account instead of a document; positive where it stands for money in."""

    account_code: str
    amount: Decimal
    contact_id: UUID | None = None


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
    """Neither a document nor an account was chosen."""

    code = "NO_TARGET"
    sentence = "Choose at least one document or one account."


class TooManyTargets(TargetRefused):
    """More documents than one line may settle at once."""

    code = "TOO_MANY_TARGETS"
    sentence = "{found} documents are chosen, at most {limit} are possible."


class DocumentTwice(TargetRefused):
    """One document is named more than once."""

    code = "DOCUMENT_TWICE"
    sentence = "Document {number} is chosen twice."


class CurrencyDiffers(TargetRefused):
    """The document is in another currency than the line, and nobody said what was paid in that of the line."""

    code = "CURRENCY_DIFFERS"
    sentence = (
        "Document {number} is in {document_currency}, the line is in {line_currency}: say what of it is paid."
    )


class PaidDiffers(TargetRefused):
    """What was paid is no amount, or differs from the amount although both are in one currency."""

    code = "PAID_DIFFERS"
    sentence = "For document {number} {paid} of the line cannot stand for {amount}: in one currency both are the same."


class DirectionDiffers(TargetRefused):
    """Money in cannot pay a purchase, money out cannot pay a sale; a line of zero can pay neither.

    Only beside other documents of the same contact may one go against the line, as a credit note does that the
    customer took off.
    """

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


class AmountsAgainstLine(TargetRefused):
    """What goes against the line is as much as what goes with it, or more."""

    code = "AMOUNTS_AGAINST_LINE"
    sentence = (
        "Taken together the amounts leave nothing for the bank to have moved. Set the documents off instead."
    )


class PartAmountWrong(TargetRefused):
    """The amount for an account is zero or has a part of a cent."""

    code = "PART_AMOUNT_WRONG"
    sentence = (
        "The amount for account {account_code} is {amount}: it must be at least one cent, in whole cents."
    )


def validate_targets(line: LineToReconcile, targets: Sequence[Target], parts: Sequence[Part] = ()) -> Decimal:
    """This will give how much of the line (without sign) all of these settle, and raise if they may not.

    Raises LineMatched, LineIgnored, NoTarget, TooManyTargets, DocumentTwice, CurrencyDiffers, PaidDiffers,
    DirectionDiffers, AmountNotPositive, AmountAboveOutstanding, PartAmountWrong, AmountsAboveLine or
    AmountsAgainstLine: the first that applies, in this order and in the order of the targets. Line and documents may
    both stay partly open.
    """
    _validate_counts(line, targets, parts)
    sign = 1 if line.amount > ZERO else -1
    with_line = {one.contact_id for one in targets if sign * one.money > ZERO} if line.amount else set()
    seen: set[UUID] = set()
    for target in targets:
        if target.document_id in seen:
            raise DocumentTwice(number=target.number)
        seen.add(target.document_id)
        _validate_target(line, target, with_line - {None})
    for part in parts:
        if not part.amount or part.amount != to_cents(part.amount):
            raise PartAmountWrong(account_code=part.account_code, amount=str(part.amount))
    asked = sign * (total(target.money for target in targets) + total(part.amount for part in parts))
    if asked > line.left:
        raise AmountsAboveLine(total=str(asked), left=str(line.left))
    if asked <= ZERO:
        raise AmountsAgainstLine
    return asked


def _validate_counts(line: LineToReconcile, targets: Sequence[Target], parts: Sequence[Part]) -> None:
    if line.state is LineState.MATCHED:
        raise LineMatched
    if line.state is LineState.IGNORED:
        raise LineIgnored
    if not targets and not parts:
        raise NoTarget
    for found, limit in ((len(targets), TARGET_COUNT_MAX), (len(parts), PART_COUNT_MAX)):
        if found > limit:
            raise TooManyTargets(found=str(found), limit=str(limit))


def _validate_target(line: LineToReconcile, target: Target, with_line: Collection[UUID | None]) -> None:
    if target.currency != line.currency and target.paid is None:
        raise CurrencyDiffers(
            number=target.number, document_currency=target.currency, line_currency=line.currency
        )
    is_right_way = line.amount > ZERO if target.direction is Direction.IN else line.amount < ZERO
    if not is_right_way and (not line.amount or target.contact_id not in with_line):
        raise DirectionDiffers(
            number=target.number, document_direction=target.direction.value, line_amount=str(line.amount)
        )
    if target.amount <= ZERO or target.amount != to_cents(target.amount):
        raise AmountNotPositive(number=target.number, amount=str(target.amount))
    if target.paid is not None and (
        target.paid <= ZERO
        or target.paid != to_cents(target.paid)
        or (target.currency == line.currency and target.paid != target.amount)
    ):
        raise PaidDiffers(number=target.number, paid=str(target.paid), amount=str(target.amount))
    if target.amount > target.outstanding:
        raise AmountAboveOutstanding(
            number=target.number, amount=str(target.amount), outstanding=str(target.outstanding)
        )
