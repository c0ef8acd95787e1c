"""The trial balance (sumas y saldos): per account and per beginning of codes, opening, movements and closing."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Integer, Text, and_, case, cast, func, literal_column, or_, select

from services.kit.reads import Ask, Row
from services.reports.queries.balances import (
    MONEY,
    NOTHING,
    Wanted,
    account_sums,
    kept_as_json,
    read_back,
    with_turn,
)
from services.reports.queries.headings import heading_name
from services.reports.queries.periods import once, period_of

ROWS_MAX = 10_000
"""Rows of one answer; beyond it ask for fewer levels, or for the rows below one code."""

LEAVES = 5
"""The level of whole accounts; 1 to 4 are the digits that a heading has."""

SUMS: dict[str, tuple[str, Wanted]] = {
    "opening": ("balance", lambda kept, period: kept.opening()),
    "debit": ("debit", lambda kept, period: kept.movement(period.c.from_on, period.c.to_on)),
    "credit": ("credit", lambda kept, period: kept.movement(period.c.from_on, period.c.to_on)),
    "year_debit": ("debit", lambda kept, period: kept.movement(period.c.year_from, period.c.to_on)),
    "year_credit": ("credit", lambda kept, period: kept.movement(period.c.year_from, period.c.to_on)),
}

PAIRS = (
    "opening_debit",
    "opening_credit",
    "debit",
    "credit",
    "year_debit",
    "year_credit",
    "closing_debit",
    "closing_credit",
)
"""The columns of a row. A balance stands on the side it is on; a sub-total adds up both sides of its leaves."""


def trial_balance(company: Row, ask: Ask) -> Any:
    """One row: the period, and the sums of every account as JSON for the parts below."""
    period = once(with_turn(once(period_of(company, ask), "days")), "period")
    level, under = ask.argument("level"), ask.argument("under")
    kept = kept_as_json(account_sums(period, SUMS))
    return once(
        select(
            period,
            kept.label("kept"),
            (literal_column(str(LEAVES), Integer) if level is None else cast(level, Integer)).label("level"),
            (literal_column("''", Text) if under is None else cast(under, Text)).label("under"),
        ),
        "trial_balance",
    ).select()


def _amounts(leaf: Any) -> dict[str, Any]:
    """The columns of one leaf."""
    closing = leaf.c.opening + leaf.c.debit - leaf.c.credit
    return {
        "opening_debit": func.greatest(leaf.c.opening, NOTHING),
        "opening_credit": func.greatest(-leaf.c.opening, NOTHING),
        "debit": leaf.c.debit,
        "credit": leaf.c.credit,
        "year_debit": leaf.c.year_debit,
        "year_credit": leaf.c.year_credit,
        "closing_debit": func.greatest(closing, NOTHING),
        "closing_credit": func.greatest(-closing, NOTHING),
    }


def totals(report: Row, ask: Ask) -> Any:
    """The sums of all leaves, whatever rows were asked for."""
    leaf = read_back(report.c.kept, SUMS, "leaf")
    return select(
        *(
            cast(func.coalesce(func.sum(amount), NOTHING), MONEY).label(name)
            for name, amount in _amounts(leaf).items()
        )
    ).select_from(leaf)


def rows(report: Row, ask: Ask) -> Any:
    """Headings of 1 to 4 digits and leaves by code, down to the level that was asked for."""
    return _rows(report, lambda level, length: level <= report.c.level)


def summary(report: Row, ask: Ask) -> Any:
    """One row per code of exactly the level that was asked for, or of a shorter account: together they are all."""
    return _rows(report, lambda level, length: level == func.least(report.c.level, length, LEAVES))


def _rows(report: Row, shown: Callable[[Any, Any], Any]) -> Any:
    """Rows at the levels for which `shown` holds, given the level and the length of an account's code."""
    leaf = read_back(report.c.kept, SUMS, "leaf")
    level = (
        func.generate_series(1, LEAVES, type_=Integer).table_valued("level", name="levels").render_derived()
    )
    length = func.length(leaf.c.code)
    is_heading = and_(level.c.level < LEAVES, level.c.level <= length)
    is_long = and_(level.c.level == LEAVES, length >= LEAVES)
    spread = (
        select(
            case((is_heading, func.left(leaf.c.code, level.c.level)), else_=leaf.c.code).label("key"),
            leaf.c.code,
            leaf.c.name,
            level.c.level,
            report.c.company_id,
            *(amount.label(name) for name, amount in _amounts(leaf).items()),
        )
        .select_from(leaf.join(level, or_(is_heading, is_long)))
        .where(shown(level.c.level, length), func.starts_with(leaf.c.code, report.c.under))
        .correlate(report)
        .subquery("spread")
    )
    own_name = func.min(spread.c.name).filter(spread.c.code == spread.c.key)
    return (
        select(
            spread.c.key.label("code"),
            func.coalesce(
                own_name, heading_name(spread.c.company_id, spread.c.key, spread), spread.c.key
            ).label("name"),
            func.min(spread.c.level).label("level"),
            func.bool_or(spread.c.code == spread.c.key).label("is_leaf"),
            *(cast(func.sum(spread.c[name]), MONEY).label(name) for name in PAIRS),
        )
        .where(func.length(spread.c.key) >= func.length(report.c.under))
        .group_by(spread.c.key, spread.c.company_id)
        .order_by(spread.c.key.collate("C"))
        .limit(literal_column(str(ROWS_MAX), Integer))
    )
