"""What of the books counts for returns: approved documents by the day their tax falls due, in the books' currency."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    Boolean,
    Date,
    Integer,
    Numeric,
    Text,
    and_,
    cast,
    column,
    extract,
    func,
    literal_column,
    or_,
)
from sqlalchemy.dialects.postgresql import JSONB

from services.documents.interface import TAX_CODES
from services.kit.reads import Expression, Row
from services.taxes.rules.taxed import TaxUse

MONEY = Numeric(18, 2)
NOTHING: Any = literal_column("0", MONEY)
DECLARED_KINDS = ("SALES_INVOICE", "PURCHASE_INVOICE", "EXPENSE")
APPROVED_STATES = ("APPROVED", "PARTLY_PAID", "PAID")
NOT_MOVEMENTS = ("TAX_SETTLEMENT", "REGULARISATION", "CLOSING", "OPENING")
"""Sources of entries that move balances from one place to another and are no operations."""

USES: Mapping[str, TaxUse] = {
    each.code: TaxUse(
        code=each.code,
        side=each.side.value,
        regime=each.regime.value,
        nature=each.nature.value,
        rate=each.rate,
        surcharge_rate=each.surcharge_rate,
        is_like_export=each.is_like_export,
    )
    for each in TAX_CODES.values()
    if not each.is_outlay
}
"""The tax code table as boxes see it; outlays are no operation, so no document has VAT rows of them."""


def constant(text: str, sql_type: Any = Text) -> Any:
    """This will write a word of ours into the statement, so that the planner of PostgreSQL can use an index on it."""
    return literal_column(f"'{text}'", sql_type)


def one_of(value: Any, words: Iterable[str]) -> Expression:
    """Whether a column holds one of our words."""
    return value.in_([constant(word) for word in words])  # type: ignore[no-any-return]


def written_table(name: str, rows: list[dict[str, Any]], columns: Mapping[str, Any]) -> Any:
    """This will write rows of ours into a statement as a table: one constant, whatever their number."""
    text = json.dumps(rows, sort_keys=True).replace("'", "''")
    return (
        func.jsonb_to_recordset(literal_column(f"'{text}'::jsonb"))
        .table_valued(*(column(key, sql_type) for key, sql_type in columns.items()), name=name)
        .render_derived(name=name, with_types=True)
    )


def by_code(**facts: Any) -> Any:
    """This will write facts about tax codes into a statement as one JSON value, to be looked up by code."""
    return literal_column("'" + json.dumps(facts, sort_keys=True, separators=(",", ":")) + "'::jsonb", JSONB)


_REGIMES = by_code(**{use.code: use.regime for use in USES.values()})
_INVESTMENTS = by_code(**{use.code: True for use in USES.values() if use.nature == "INVESTMENT"})
_SELF_ASSESSED = by_code(**{use.code: True for use in USES.values() if use.is_self_assessed})


def regime_of(code: Any) -> Expression:
    """The VAT regime of a tax code; null for a code that the table does not have."""
    return cast(_REGIMES.op("->>")(code), Text)


def is_investment(code: Any) -> Expression:
    """Whether a tax code is for investment goods."""
    return func.jsonb_exists(_INVESTMENTS, code, type_=Boolean)


def is_charged(code: Any) -> Expression:
    """Whether the VAT of a tax code is charged, and not assessed by the buyer."""
    return ~func.jsonb_exists(_SELF_ASSESSED, code, type_=Boolean)


def quarter_of(day: Expression) -> Expression:
    """1 to 4."""
    return cast(extract("quarter", day), Integer)


def is_booked(document: Row) -> Expression:
    """Whether a document stands in a VAT book: an invoice or expense that is approved."""
    return and_(one_of(document.c.kind, DECLARED_KINDS), one_of(document.c.status, APPROVED_STATES))


def is_declared(document: Row) -> Expression:
    """Whether a document has an effect on VAT.

    A full invoice in place of simplified ones has none: theirs was declared.
    """
    return and_(is_booked(document), document.c.is_substitute.is_(False))


def is_rectifying(document: Row) -> Expression:
    """Whether a document rectifies another, or is a credit note that names none."""
    return or_(document.c.rectifies_id.is_not(None), document.c.taxable_base < NOTHING)


def in_euro(amount: Any, document: Row) -> Expression:
    """An amount of a document in the currency of the books, in cents."""
    return cast(func.round(amount * func.coalesce(document.c.exchange_rate, 1), 2), MONEY)


def first_day(year: Any, month: Any) -> Expression:
    """The first of a month."""
    return cast(func.make_date(year, month, 1), Date)


def object_of(**values: Any) -> Any:
    """A JSON object; amounts become text so that no reader makes floats of them."""
    flat: list[Any] = []
    for key, value in values.items():
        flat += [constant(key), cast(value, Text) if isinstance(value.type, Numeric) else value]
    return func.json_build_object(*flat)


def list_of(value: Any) -> Any:
    """All rows as a JSON list; none give an empty one."""
    return func.coalesce(func.json_agg(value), literal_column("'[]'::json"))
