"""One row per company, model, period and box, and the lines behind it: each document with what it put into the box."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Integer, Text, and_, cast, func, literal_column, select, union_all

from services.contacts.interface import contact_table
from services.kit.reads import Ask, Expression, Row, Source
from services.taxes.queries.box_lines import BORNE_BOXES, BRANCHES, RESULT_BOXES, in_order
from services.taxes.queries.box_typed import TYPED_INTO, flat_lines, typed_lines
from services.taxes.queries.declared import NOTHING, USES, written_table
from services.taxes.queries.drafts import of_return, spans
from services.taxes.rules.figures import feeds_of
from services.taxes.rules.models import TaxModel

LINES_MAX, LINES_IN_A_FILE = 1_000, 20_000
"""The most lines of a box that are shown, and that a file may ask for; amount and count are always those of all."""

_EVERY = {**BRANCHES, "typed": typed_lines, "flat": flat_lines}

_contact: Any = contact_table()


def opening_boxes() -> frozenset[tuple[str, str]]:
    """Model and number of every box that opens lines."""
    opened = {
        (model.value, feed.box)
        for model in TaxModel
        for feeds in feeds_of(model, USES).values()
        for feed in feeds
    }
    opened |= {(model, box) for model, box, _, _ in RESULT_BOXES} | set(BORNE_BOXES)
    return frozenset(opened | {(model, box) for model, box, _, _, _ in TYPED_INTO})


def _boxes() -> Any:
    span = spans()
    rows = [{"model": model, "box": box} for model, box in sorted(opening_boxes())]
    box = written_table("tax_box", rows, {"model": Text, "box": Text})
    return (
        select(
            span.c.company_id,
            span.c.model,
            span.c.year,
            span.c.period,
            span.c.starts_on,
            span.c.ends_before,
            span.c.currency,
            box.c.box.label("number"),
        )
        .select_from(span.join(box, box.c.model == span.c.model))
        .subquery("opened_box")
    )


BOX = Source(_boxes())


def lines_of_box(box: Row, ask: Ask) -> Any:
    """What is behind a box, by day and number, as many as asked for. Only those are looked up in the contact book."""
    asked = ask.argument("most")
    most: Any = literal_column(str(LINES_MAX), Integer)
    if asked is not None:
        most = func.least(func.greatest(func.coalesce(asked, LINES_MAX), 0), LINES_IN_A_FILE)
    first = [
        select(each := made(box).subquery(name)).order_by(*in_order(each)).limit(most)
        for name, made in _EVERY.items()
    ]
    every = union_all(
        *(select(each.subquery(f"first_{name}")) for name, each in zip(_EVERY, first, strict=True))
    )
    whole = every.subquery("every_line")
    line = select(whole).order_by(*in_order(whole)).limit(most).subquery("line")
    columns = [column for column in line.c if column.name not in {"contact_id", "text"}]
    return (
        select(
            *columns,
            func.coalesce(_contact.c.name, line.c.text).label("name"),
            cast(_contact.c.tax_id, Text).label("tax_id"),
        )
        .select_from(line.outerjoin(_contact, _contact.c.id == line.c.contact_id))
        .order_by(*in_order(line))
    )


def sum_of_box(box: Row, ask: Ask) -> Any:
    """The sum of all lines behind a box, and how many they are."""
    amounts = [select(made(box).subquery(f"summed_{name}").c.amount) for name, made in _EVERY.items()]
    every = union_all(*amounts).subquery("every_amount")
    return select(
        func.coalesce(func.sum(every.c.amount), NOTHING).label("amount"),
        cast(func.count(), Integer).label("line_count"),
    )


def of_number(row: Row, values: Mapping[str, Any], ask: Ask) -> Expression:
    """The row of one box of one return."""
    return and_(of_return(row, values, ask), row.c.number == values["number"])
