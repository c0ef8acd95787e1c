"""The balance sheet and the profit and loss: balances of accounts, put on the lines of the law's models."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, Text, and_, case, cast, func, literal_column, or_, select, true
from sqlalchemy import column as sql_column
from sqlalchemy.dialects.postgresql import JSON, distinct_on

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
from services.reports.queries.periods import once, period_of
from services.reports.queries.rule_tables import rule_table
from services.reports.rules.prefixes import CREDIT, DEBIT
from services.reports.rules.statements import BALANCE_SHEET, PROFIT_AND_LOSS, StatementLine, mapping

PREFIX_MAX = 4
"""Digits of the longest beginning of codes that a line names."""

_STANDING: dict[str, tuple[str, Wanted]] = {
    "amount": ("balance", lambda kept, period: kept.standing(period.c.to_on)),
    "prior": ("balance", lambda kept, period: kept.standing(period.c.prior_to)),
}
_RESULT: dict[str, tuple[str, Wanted]] = {
    "amount": ("balance", lambda kept, period: kept.result(period.c.from_on, period.c.to_on)),
    "prior": ("balance", lambda kept, period: kept.result(period.c.prior_from, period.c.prior_to)),
}

_DAYS = ("company_id", "year", "from_on", "to_on", "prior_from", "prior_to")

_PLACED: dict[str, Any] = {"code": Text, "name": Text, "line": Text, "amount": MONEY, "prior": MONEY}


def balance_sheet(company: Row, ask: Ask) -> Any:
    """One row: the period, and every account with its balance and its line as JSON for the parts below."""
    return _statement(company, ask, _STANDING, BALANCE_SHEET)


def profit_and_loss(company: Row, ask: Ask) -> Any:
    """The same for what the period earned: groups 6 and 7."""
    return _statement(company, ask, _RESULT, PROFIT_AND_LOSS, only=("6", "7"))


def _statement(
    company: Row,
    ask: Ask,
    columns: dict[str, tuple[str, Wanted]],
    lines: Sequence[StatementLine],
    only: Sequence[str] = (),
) -> Any:
    period = once(with_turn(once(period_of(company, ask), "days")), "period")
    summed = once(select(period, kept_as_json(account_sums(period, columns)).label("kept")), "summed")
    account = read_back(summed.c.kept, columns, "account")
    placed = placed_on(account, tuple(columns), lines)
    wanted = or_(*(func.starts_with(placed.c.code, group) for group in only)) if only else true()
    amounts = {
        name: func.coalesce(func.sum(placed.c.amount).filter(placed.c.side == name), NOTHING)
        for name in columns
    }
    grouped = (
        select(
            placed.c.code,
            placed.c.name,
            placed.c.line,
            *(value.label(name) for name, value in amounts.items()),
        )
        .where(wanted)
        .group_by(placed.c.code, placed.c.name, placed.c.line)
        .correlate(summed)
        .subquery("grouped")
    )
    parts: list[Any] = []
    for name in _PLACED:
        parts += [literal_column(f"'{name}'"), grouped.c[name]]
    made = func.json_agg(func.json_build_object(*parts))
    kept = (
        select(func.coalesce(made, literal_column("'[]'::json", JSON))).select_from(grouped).scalar_subquery()
    )
    days = [summed.c[name] for name in _DAYS]
    return once(select(*days, kept.label("placed")), "statement").select()


def placed_on(account: Any, columns: Sequence[str], lines: Sequence[StatementLine]) -> Any:
    """Each account and column that is not nothing with its line: that of the longest beginning whose side fits.

    `side` is the name of the column, `amount` its value; `line` is null where the account belongs to none.
    """
    parts = [
        select(
            account.c.code,
            account.c.name,
            literal_column(f"'{name}'", Text).label("side"),
            account.c[name].label("amount"),
        )
        .where(account.c[name] != NOTHING)
        .select_from(account)
        for name in columns
    ]
    each = parts[0].union_all(*parts[1:]).subquery("each_amount")
    claimed = [(prefix.code, prefix.side, key) for prefix, key in mapping(tuple(lines)).items()]
    known = rule_table("mapping", "prefix side line", claimed)
    digits = (
        func.generate_series(1, PREFIX_MAX, type_=Integer)
        .table_valued("count", name="digits")
        .render_derived()
    )
    fits = or_(
        known.c.side == "",
        known.c.side
        == case(
            (each.c.amount > NOTHING, literal_column(f"'{DEBIT}'", Text)),
            else_=literal_column(f"'{CREDIT}'", Text),
        ),
    )
    found = (
        select(each.c.code, each.c.side, each.c.name, each.c.amount, known.c.line)
        .ext(distinct_on(each.c.code, each.c.side))
        .select_from(
            each.join(digits, digits.c.count <= func.length(each.c.code)).outerjoin(
                known, and_(known.c.prefix == func.left(each.c.code, digits.c.count), fits)
            )
        )
        .order_by(each.c.code, each.c.side, known.c.line.is_(None), digits.c.count.desc())
    )
    return found.subquery("placed")


def lines_of(lines: Sequence[StatementLine]) -> Any:
    """A select over a statement: every line of the model with its amounts and the accounts behind it."""
    shown = rule_table(
        "model",
        "place key number name level sign own",
        [
            (
                place,
                line.key,
                line.number,
                line.name,
                line.level,
                -1 if line.is_credit else 1,
                1 if line.codes else 0,
            )
            for place, line in enumerate(lines)
        ],
    )
    enters = rule_table(
        "enters",
        "key line",
        [(line.key, line.key) for line in lines]
        + [(parent, line.key) for line in lines for parent in line.parents],
    )

    def select_lines(report: Row, ask: Ask) -> Any:
        account = _placed(report)
        behind = func.json_agg(
            func.json_build_object(
                literal_column("'code'"),
                account.c.code,
                literal_column("'name'"),
                account.c.name,
                literal_column("'amount'"),
                account.c.amount * shown.c.sign,
                literal_column("'prior'"),
                account.c.prior * shown.c.sign,
            )
        ).filter(shown.c.own == 1, account.c.code.is_not(None))
        summed = {
            name: cast(func.coalesce(func.sum(account.c[name] * shown.c.sign), NOTHING), MONEY)
            for name in ("amount", "prior")
        }
        return (
            select(
                shown.c.key,
                shown.c.number,
                shown.c.name,
                shown.c.level,
                *(value.label(name) for name, value in summed.items()),
                func.coalesce(behind, literal_column("'[]'::json", JSON)).label("behind"),
            )
            .select_from(
                shown.join(enters, enters.c.key == shown.c.key).outerjoin(
                    account, account.c.line == enters.c.line
                )
            )
            .group_by(shown.c.place, shown.c.key, shown.c.number, shown.c.name, shown.c.level, shown.c.sign)
            .order_by(shown.c.place)
        )

    return select_lines


def _placed(report: Row) -> Any:
    listed: list[Any] = [sql_column(name, kind) for name, kind in _PLACED.items()]
    return (
        func.json_to_recordset(report.c.placed)
        .table_valued(*listed)
        .render_derived(name="account", with_types=True)
    )


balance_lines = lines_of(BALANCE_SHEET)
result_lines = lines_of(PROFIT_AND_LOSS)


def accounts_behind(line: Row, ask: Ask) -> Any:
    """The accounts of a line by code."""
    listed: list[Any] = [sql_column(name, kind) for name, kind in _PLACED.items() if name != "line"]
    account = (
        func.json_to_recordset(line.c.behind)
        .table_valued(*listed)
        .render_derived(name="behind", with_types=True)
    )
    return select(account).order_by(account.c.code.collate("C"))


def unmapped(report: Row, ask: Ask) -> Any:
    """Accounts with a balance that belong to no line."""
    account = _placed(report)
    return (
        select(account.c.code, account.c.name, account.c.amount, account.c.prior)
        .where(account.c.line.is_(None))
        .order_by(account.c.code.collate("C"))
    )


def difference(report: Row, ask: Ask) -> Any:
    """Assets less equity and liabilities, of the day and of the day compared with: nothing where all is mapped."""
    account = _placed(report)
    on_lines = account.c.line.is_not(None)
    return select(
        *(
            cast(func.coalesce(func.sum(account.c[name]).filter(on_lines), NOTHING), MONEY).label(name)
            for name in ("amount", "prior")
        )
    ).select_from(account)
