"""The period of a report: days inside a fiscal year of the company's own table, and the period it is compared with."""

from typing import Any

from sqlalchemy import Boolean, Date, Integer, Interval, Text, and_, case, cast, func, literal_column, select

from services.journal.interface import fiscal_year_table
from services.kit.reads import Ask, Expression, Row

PREVIOUS_YEAR, PREVIOUS_PERIOD = "PREVIOUS_YEAR", "PREVIOUS_PERIOD"

ONE = literal_column("1", Integer)

_year: Any = fiscal_year_table()


def once(statement: Any, name: str) -> Any:
    """The one row of a select as a subquery that PostgreSQL computes once, however often its columns are read.

    A limit keeps the planner from pulling the select into the statement around it.
    """
    return statement.limit(ONE).subquery(name)


def fiscal_years(company: Row, ask: Ask) -> Any:
    """The fiscal years of a company, the newest first."""
    return (
        select(_year.c.year, _year.c.starts_on, _year.c.ends_on, _year.c.closed_at)
        .where(_year.c.company_id == company.c.id)
        .order_by(_year.c.starts_on.desc())
        .limit(literal_column("100", Integer))
    )


def period_of(company: Row, ask: Ask) -> Any:
    """One row: the days `from_on` to `to_on`, the fiscal year that holds the last, and the period compared with.

    Without days it is the whole fiscal year that the viewer's day is in, or the one nearest to it. No row where the
    period ends before it begins, or where the company keeps no books.
    """
    asked_from, asked_to = _day(ask, "from"), _day(ask, "to")
    wanted = func.coalesce(*(day for day in (asked_to, asked_from, ask.today) if day is not None))
    year = (
        select(_year.c.company_id, _year.c.year, _year.c.starts_on, _year.c.ends_on)
        .where(_year.c.company_id == company.c.id)
        .order_by((_year.c.starts_on <= wanted).desc(), func.abs(_year.c.starts_on - wanted))
        .correlate(company)
    )
    held = once(year, "held_year")
    from_on = held.c.starts_on if asked_from is None else asked_from
    to_on = held.c.ends_on if asked_to is None else asked_to
    chosen = once(
        select(
            held.c.company_id,
            held.c.year,
            held.c.starts_on.label("year_from"),
            held.c.ends_on.label("year_to"),
            from_on.label("from_on"),
            to_on.label("to_on"),
        ).where(from_on <= to_on),
        "chosen_days",
    )
    return _compared(chosen, ask)


def _day(ask: Ask, name: str) -> Any:
    """An argument that is a day; None where the caller gave none."""
    given = ask.argument(name)
    return None if given is None else cast(given, Date)


def _compared(chosen: Any, ask: Ask) -> Any:
    """The chosen days, and those of the same period a year before or of the period right before."""
    before = (
        select(_year.c.starts_on, _year.c.ends_on)
        .where(_year.c.company_id == chosen.c.company_id, _year.c.ends_on < chosen.c.from_on)
        .order_by(_year.c.ends_on.desc())
        .limit(ONE)
        .correlate(chosen)
        .lateral("year_before")
    )
    whole_year = and_(chosen.c.from_on == chosen.c.year_from, chosen.c.to_on == chosen.c.year_to)
    after_a_year = and_(whole_year, before.c.starts_on.is_not(None))
    a_year = _interval("1 year")
    days = {
        PREVIOUS_YEAR: (
            case((after_a_year, before.c.starts_on), else_=cast(chosen.c.from_on - a_year, Date)),
            case((after_a_year, before.c.ends_on), else_=_like_month(chosen.c.to_on, a_year)),
        ),
        PREVIOUS_PERIOD: (
            case(
                (after_a_year, before.c.starts_on),
                (_whole_months(chosen), cast(chosen.c.from_on - _months(chosen), Date)),
                else_=chosen.c.from_on - (chosen.c.to_on - chosen.c.from_on + 1),
            ),
            chosen.c.from_on - 1,
        ),
    }
    compare = ask.argument("compare")
    kind = literal_column(f"'{PREVIOUS_YEAR}'", Text) if compare is None else cast(compare, Text)
    closings = ask.argument("includeClosings")
    as_it_stands = literal_column("false", Boolean) if closings is None else cast(closings, Boolean)
    prior_from, prior_to = (
        case((kind == PREVIOUS_PERIOD, days[PREVIOUS_PERIOD][end]), else_=days[PREVIOUS_YEAR][end])
        for end in (0, 1)
    )
    return select(
        chosen,
        prior_from.label("prior_from"),
        prior_to.label("prior_to"),
        as_it_stands.label("closings"),
    ).select_from(chosen.outerjoin(before, literal_column("true", Boolean)))


def _interval(text: str) -> Any:
    return literal_column(f"interval '{text}'", Interval)


def _month_end(day: Any) -> Any:
    return cast(func.date_trunc("month", day) + _interval("1 month - 1 day"), Date)


def _like_month(day: Any, back: Any) -> Expression:
    """A day moved back; the last day of a month stays the last one (28 February 2025 -> 29 February 2024)."""
    moved = cast(day - back, Date)
    return case((day == _month_end(day), _month_end(moved)), else_=moved)


def _whole_months(chosen: Any) -> Expression:
    return and_(
        chosen.c.from_on == cast(func.date_trunc("month", chosen.c.from_on), Date),
        chosen.c.to_on == _month_end(chosen.c.to_on),
    )


def _months(chosen: Any) -> Any:
    """How long a period of whole months is, as an interval."""
    length = func.age(chosen.c.to_on + 1, chosen.c.from_on)
    return cast(length, Interval)
