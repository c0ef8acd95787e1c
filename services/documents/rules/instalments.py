"""When a document is to be paid: in one sum or in instalments, whose sum is what is to be paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.kit.errors import Refused
from services.kit.money import to_cents, total

INSTALMENTS_MAX = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """A part of the total, with its sign, and the day it is due."""

    due_on: date
    amount: Decimal


class InstalmentsDisagree(Refused):
    """The parts are not the whole."""

    code = "INSTALMENTS_DISAGREE"
    sentence = "The instalments add up to {sum}, but {total} is to be paid."


class InstalmentRefused(Refused):
    """A part of nothing, with the other sign, with parts of a cent, or due before the document is issued."""

    code = "INSTALMENT_REFUSED"
    sentence = (
        "Instalment {position} needs an amount with the sign of the total, due on the day of issue or later."
    )


class TooManyInstalments(Refused):
    """More than INSTALMENTS_MAX."""

    code = "TOO_MANY_INSTALMENTS"
    sentence = "A document has at most {most} instalments."


def check_instalments(
    instalments: Sequence[Instalment], *, document_total: Decimal, issued_on: date
) -> tuple[Instalment, ...]:
    """This will give instalments in the order they are due, or refuse them.

    Raises TooManyInstalments, InstalmentRefused (position from 1) and InstalmentsDisagree.
    """
    if len(instalments) > INSTALMENTS_MAX:
        raise TooManyInstalments(path=("instalments",), most=INSTALMENTS_MAX)
    for position, one in enumerate(instalments, start=1):
        is_whole = one.amount == to_cents(one.amount)
        if one.amount * document_total <= 0 or not is_whole or one.due_on < issued_on:
            raise InstalmentRefused(path=("instalments", str(position - 1)), position=position)
    summed = total(one.amount for one in instalments)
    if summed != document_total:
        raise InstalmentsDisagree(path=("instalments",), sum=summed, total=document_total)
    return tuple(sorted(instalments, key=lambda one: one.due_on))
