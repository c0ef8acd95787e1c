"""When a document is to be paid: in one sum or in instalments, whose sum is what is to be paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.documents.rules.amounts import shares_of
from services.documents.rules.numbers import PaymentTerms, due_on
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


def instalments_by_terms(
    document_total: Decimal, issued_on: date, terms: Sequence[PaymentTerms]
) -> tuple[Instalment, ...]:
    """This will split a total evenly over terms such as 30, 60 and 90 days; the cents go where the sum needs them.

    Raises TermsRefused and TooManyInstalments.
    """
    if len(terms) > INSTALMENTS_MAX:
        raise TooManyInstalments(path=("paymentTerms",), most=INSTALMENTS_MAX)
    days = sorted(due_on(issued_on, one) for one in terms)
    amounts = shares_of(document_total, [Decimal(1)] * len(days))
    return tuple(Instalment(due_on=day, amount=amount) for day, amount in zip(days, amounts, strict=True))


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


def open_parts(instalments: Sequence[Instalment], settled: Decimal) -> tuple[Instalment, ...]:
    """This will give what is still open of each instalment: what was settled pays the oldest first.

    `settled` has the sign of the instalments. Those that are paid are left out.
    """
    left = settled
    parts: list[Instalment] = []
    for one in sorted(instalments, key=lambda each: each.due_on):
        paid = min(one.amount, left, key=abs)
        left -= paid
        if one.amount != paid:
            parts.append(Instalment(due_on=one.due_on, amount=one.amount - paid))
    return tuple(parts)
