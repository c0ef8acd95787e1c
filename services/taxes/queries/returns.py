"""Kept returns, and the obligations of a year."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Text, and_, cast, column, func, select

from services.accounts.interface import company_table
from services.kit.db import table_of
from services.kit.reads import Ask, Expression, Filter, Listing, Row, Sort, Source
from services.taxes.models import TaxReturn
from services.taxes.queries.declared import MONEY, constant
from services.taxes.queries.drafts import every_year, kept_returns, profile_of
from services.taxes.queries.sums import supplied_sums, traded_months

_return: Any = table_of(TaxReturn)
_company: Any = company_table()

RETURN = Source(_return)


def kept_boxes(row: Row, ask: Ask) -> Any:
    """The boxes of a kept return, by number."""
    pairs = (
        func.jsonb_each_text(row.c.boxes)
        .table_valued(column("key", Text), column("value", Text), name="kept_box")
        .render_derived(name="kept_box")
    )
    return (
        select(pairs.c.key.label("number"), cast(pairs.c.value, MONEY).label("amount"))
        .select_from(pairs)
        .order_by(pairs.c.key)
    )


RETURNS = Listing(
    filters={
        "companyId": Filter(lambda row, value, ask: row.c.company_id == value, reads=("companyId",)),
        "filter.year": Filter(lambda row, value, ask: row.c.year == value, reads=("year",)),
        "filter.model": Filter(
            lambda row, value, ask: row.c.model == constant(value), reads=("model",), flag=True
        ),
        "filter.state": Filter(
            lambda row, value, ask: row.c.state == constant(value), reads=("state",), flag=True
        ),
    },
    sorts={
        "DUE_ASC": Sort(lambda row: row.c.due_on, reads="dueOn"),
        "DUE_DESC": Sort(lambda row: row.c.due_on, reads="dueOn", descending=True),
    },
)


def _years() -> Any:
    """Every company and year with its profile and what was kept of it."""
    year = every_year()
    own = (_return.c.company_id == _company.c.id) & (_return.c.year == year.c.year)
    listed = kept_returns(own, _company, year)
    return (
        select(
            _company.c.id.label("company_id"),
            _company.c.currency,
            year.c.year,
            profile_of(_company.c.id, _company).label("profile"),
            listed.label("kept"),
            supplied_sums(_company.c.id, year.c.year, _company, year).label("supplied"),
            traded_months(_company.c.id, year.c.year, _company, year).label("traded"),
        )
        .select_from(_company.join(year, _company.c.id.is_not(None)))
        .subquery("tax_calendar_year")
    )


CALENDAR = Source(_years())


def of_year(row: Row, values: Mapping[str, Any], ask: Ask) -> Expression:
    """The row of one company and year."""
    return and_(row.c.company_id == values["companyId"], row.c.year == values["year"])
