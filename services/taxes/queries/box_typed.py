"""Lines of boxes that stand on no document: what a person typed, and the flat expenses of the simplified method."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Date, Integer, Text, Uuid, and_, case, cast, func, or_, select

from services.kit.db import table_of
from services.kit.reads import Row
from services.taxes.models import TaxBoxEntry, TaxProfile
from services.taxes.queries.box_lines import entry_lines
from services.taxes.queries.declared import MONEY, NOTHING, constant, written_table
from services.taxes.rules.figures import TYPED_BOXES, typed_into
from services.taxes.rules.models import TaxModel
from services.taxes.rules.profile import IncomeMethod
from services.taxes.rules.withholdings import HARD_TO_JUSTIFY_MAX, HARD_TO_JUSTIFY_RATE

_typed: Any = table_of(TaxBoxEntry)
_profile: Any = table_of(TaxProfile)

FLAT_BOXES = {"02": 1, "03": -1}
"""Boxes of the instalment that hold the flat expenses, with their sign."""


def _into() -> Iterator[tuple[str, str, str, str, int]]:
    """Model and box that a typed box goes into, itself first: model, box, the model it was typed in, its box, sign."""
    for model in TaxModel:
        for box in sorted(TYPED_BOXES.get(model, ())):
            yield (model.value, box, model.value, box, 1)
        for total, typed_in, box, sign in typed_into(model):
            yield (model.value, total, typed_in.value, box, sign)


TYPED_INTO = tuple(_into())


def typed_lines(box: Row) -> Any:
    """What a person typed into the box, or into one that it adds up."""
    names = ("model", "box", "typed_in", "typed_box", "sign")
    into = written_table(
        "typed_into",
        [dict(zip(names, row, strict=True)) for row in TYPED_INTO],
        {name: Integer if name == "sign" else Text for name in names},
    )
    return (
        select(
            cast(None, Uuid).label("document_id"),
            cast(None, Uuid).label("entry_id"),
            constant("TYPED").label("side"),
            cast(_typed.c.box, Text).label("number"),
            cast(_typed.c.typed_at, Date).label("day"),
            cast(None, Uuid).label("contact_id"),
            cast(_typed.c.reason, Text).label("text"),
            cast(_typed.c.period, Text).label("code"),
            cast(_typed.c.amount, MONEY).label("base"),
            NOTHING.label("quota"),
            NOTHING.label("surcharge"),
            cast(_typed.c.amount * into.c.sign, MONEY).label("amount"),
        )
        .select_from(
            _typed.join(into, and_(into.c.typed_in == _typed.c.model, into.c.typed_box == _typed.c.box))
        )
        .where(
            into.c.model == box.c.model,
            into.c.box == box.c.number,
            _typed.c.company_id == box.c.company_id,
            _typed.c.year == box.c.year,
            or_(_typed.c.model != box.c.model, _typed.c.period == box.c.period),
            _typed.c.amount != NOTHING,
        )
        .correlate(box)
    )


def flat_lines(box: Row) -> Any:
    """The 5 % of expenses that are hard to justify, of a sole trader under simplified direct estimation."""
    result = entry_lines(box, of_box=constant("03")).subquery("flat_result")
    yielded = select(func.coalesce(func.sum(result.c.amount), NOTHING)).select_from(result).scalar_subquery()
    rate, most = (constant(str(value), MONEY) for value in (HARD_TO_JUSTIFY_RATE, HARD_TO_JUSTIFY_MAX))
    share = func.least(func.round(func.greatest(yielded, NOTHING) * cast(rate, MONEY), 2), cast(most, MONEY))
    signs = [(box.c.number == constant(number), sign) for number, sign in FLAT_BOXES.items()]
    other = constant(IncomeMethod.DIRECT_SIMPLIFIED.value)
    normal = (
        select(_profile.c.company_id)
        .where(_profile.c.company_id == box.c.company_id, _profile.c.income_method != other)
        .correlate(box)
    )
    flat = (
        select(cast(share, MONEY).label("share"), cast(case(*signs), Integer).label("sign"))
        .where(
            box.c.model == constant(TaxModel.M130.value),
            box.c.number.in_([constant(number) for number in FLAT_BOXES]),
            ~normal.exists(),
        )
        .correlate(box)
        .subquery("flat_share")
    )
    return (
        select(
            cast(None, Uuid).label("document_id"),
            cast(None, Uuid).label("entry_id"),
            constant("FLAT").label("side"),
            cast(None, Text).label("number"),
            (box.c.ends_before - 1).label("day"),
            cast(None, Uuid).label("contact_id"),
            cast(None, Text).label("text"),
            constant("5 %").label("code"),
            flat.c.share.label("base"),
            NOTHING.label("quota"),
            NOTHING.label("surcharge"),
            cast(flat.c.share * flat.c.sign, MONEY).label("amount"),
        )
        .where(flat.c.share != NOTHING)
        .correlate(box)
    )
