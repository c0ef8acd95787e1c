"""Ratios with their inputs, from one pass over the lines of a company."""

from typing import Any

from sqlalchemy import Numeric, Text, and_, case, cast, func, literal_column, select
from sqlalchemy import column as sql_column

from services.documents.interface import document_table, document_tax_table
from services.journal.interface import journal_entry_table
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
from services.reports.queries.statements import placed_on
from services.reports.rules.ratios import INPUTS, RATIOS, Scale, Source
from services.reports.rules.statements import BALANCE_SHEET, PROFIT_AND_LOSS

VALUE = Numeric(18, 4)

_document: Any = document_table()
_tax: Any = document_tax_table()
_entry: Any = journal_entry_table()

_SUMS: dict[str, tuple[str, Wanted]] = {
    "opening": ("balance", lambda kept, period: kept.before(period.c.from_on)),
    "closing": ("balance", lambda kept, period: kept.standing(period.c.to_on)),
    "result": ("balance", lambda kept, period: kept.result(period.c.from_on, period.c.to_on)),
    "traded": ("balance", lambda kept, period: kept.traded(period.c.from_on, period.c.to_on)),
}

_OF_LINES = {Source.OPENING: "opening", Source.CLOSING: "closing", Source.RESULT: "result"}
_OF_CODES = {
    Source.OPENING_CODES: "opening",
    Source.CLOSING_CODES: "closing",
    Source.RESULT_CODES: "result",
    Source.VAT_CODES: "traded",
}

_INPUT: dict[str, Any] = {"key": Text, "amount": MONEY}


def ratios(company: Row, ask: Ask) -> Any:
    """One row: the period, its days, and every input as JSON for the parts below."""
    period = once(with_turn(once(period_of(company, ask), "days")), "period")
    summed = once(select(period, kept_as_json(account_sums(period, _SUMS)).label("kept")), "summed")
    inputs = _inputs(summed)
    listed: list[Any] = []
    for name in _INPUT:
        listed += [literal_column(f"'{name}'"), inputs.c[name]]
    made = select(func.json_agg(func.json_build_object(*listed))).select_from(inputs).scalar_subquery()
    year_later = cast(summed.c.from_on + literal_column("interval '1 year'"), summed.c.from_on.type)
    return once(
        select(
            summed.c.from_on,
            summed.c.to_on,
            summed.c.year,
            (summed.c.to_on - summed.c.from_on + 1).label("days"),
            (year_later - summed.c.from_on).label("year_days"),
            made.label("inputs"),
        ),
        "ratios",
    ).select()


def _inputs(summed: Row) -> Any:
    """Each input of the rules with its amount."""
    account = read_back(summed.c.kept, _SUMS, "account")
    on_lines = (
        placed_on(account, ("opening", "closing"), BALANCE_SHEET),
        placed_on(account, ("result",), PROFIT_AND_LOSS),
    )
    wanted = _line_table()
    parts = [
        select(wanted.c.input, (placed.c.amount * wanted.c.sign).label("amount")).select_from(
            placed.join(wanted, and_(wanted.c.line == placed.c.line, wanted.c.side == placed.c.side))
        )
        for placed in on_lines
    ]
    codes = _code_table()
    amount = case(*((codes.c.side == name, account.c[name]) for name in _SUMS), else_=NOTHING)
    parts.append(
        select(codes.c.input, (amount * codes.c.sign).label("amount")).select_from(
            account.join(codes, func.starts_with(account.c.code, codes.c.prefix))
        )
    )
    parts.append(_deducted(summed))
    each = parts[0].union_all(*parts[1:]).subquery("each_input")
    known = rule_table("known_inputs", "key", [(item.key,) for item in INPUTS])
    return (
        select(known.c.key, cast(func.coalesce(func.sum(each.c.amount), NOTHING), MONEY).label("amount"))
        .select_from(known.outerjoin(each, each.c.input == known.c.key))
        .group_by(known.c.key)
        .correlate(summed)
        .subquery("inputs")
    )


def _deducted(summed: Row) -> Any:
    """What documents of the period deduct under the tax codes that an input names, in the currency of the books."""
    wanted = rule_table(
        "wanted_taxes",
        "input code",
        [
            (item.key, code)
            for item in INPUTS
            if item.source is Source.DEDUCTED_CODES
            for code in item.of.split()
        ],
    )
    rate = func.coalesce(_document.c.exchange_rate, 1)
    return (
        select(wanted.c.input, func.round(_tax.c.deductible_quota * rate, 2).label("amount"))
        .select_from(
            _document.join(_entry, _entry.c.id == _document.c.entry_id)
            .join(_tax, _tax.c.document_id == _document.c.id)
            .join(wanted, wanted.c.code == _tax.c.tax_code)
        )
        .where(
            _document.c.company_id == summed.c.company_id,
            _document.c.side == "PURCHASES",
            _document.c.voided_at.is_(None),
            _entry.c.entry_on >= summed.c.from_on,
            _entry.c.entry_on <= summed.c.to_on,
        )
        .correlate(summed)
    )


def _line_table() -> Any:
    """The lines of the statements that each input adds up, with the sign that makes it positive."""
    rows = []
    for item in (item for item in INPUTS if item.source in _OF_LINES):
        statement = PROFIT_AND_LOSS if item.source is Source.RESULT else BALANCE_SHEET
        rows += [
            (item.key, _OF_LINES[item.source], line.key, item.sign * (-1 if line.is_credit else 1))
            for line in statement
            if line.codes and (line.key == item.of or item.of in line.parents)
        ]
    return rule_table("wanted_lines", "input side line sign", rows)


def _code_table() -> Any:
    """The beginnings of codes that each input adds up."""
    rows = [
        (item.key, _OF_CODES[item.source], prefix, item.sign)
        for item in INPUTS
        if item.source in _OF_CODES
        for prefix in item.of.split()
    ]
    return rule_table("wanted_codes", "input side prefix sign", rows)


def rows(report: Row, ask: Ask) -> Any:
    """Every ratio with its value and what it was made of."""
    shown = rule_table(
        "shown_ratios",
        "place key group unit scale",
        [
            (place, ratio.key, ratio.group, ratio.unit.value, ratio.scale.value)
            for place, ratio in enumerate(RATIOS)
        ],
    )
    terms = rule_table(
        "terms",
        "ratio part input weight",
        [
            (ratio.key, part, key, weight)
            for ratio in RATIOS
            for part, weights in (("NUMERATOR", ratio.numerator), ("DENOMINATOR", ratio.denominator or {}))
            for key, weight in weights.items()
        ],
    )
    listed: list[Any] = [sql_column(name, kind) for name, kind in _INPUT.items()]
    given = (
        func.json_to_recordset(report.c.inputs)
        .table_valued(*listed)
        .render_derived(name="given", with_types=True)
    )

    def summed(part: str) -> Any:
        return func.sum(given.c.amount * terms.c.weight).filter(terms.c.part == part)

    turnover = select(given.c.amount).where(given.c.key == "TURNOVER").correlate(report).scalar_subquery()
    scale = case(
        (shown.c.scale == Scale.DAYS.value, cast(report.c.days, Numeric)),
        (shown.c.scale == Scale.YEAR.value, cast(report.c.year_days, Numeric) / report.c.days),
        (shown.c.scale == Scale.TURNOVER.value, turnover),
        else_=literal_column("1", Numeric),
    )
    has_below = func.bool_or(terms.c.part == "DENOMINATOR")
    below = case((has_below, func.nullif(summed("DENOMINATOR"), NOTHING)), else_=literal_column("1", Numeric))
    behind = func.json_build_object(
        literal_column("'key'"),
        terms.c.input,
        literal_column("'part'"),
        terms.c.part,
        literal_column("'weight'"),
        terms.c.weight,
        literal_column("'amount'"),
        given.c.amount,
    )
    return (
        select(
            shown.c.key,
            shown.c.group,
            shown.c.unit,
            shown.c.scale,
            cast(func.round(summed("NUMERATOR") * scale / below, 4), VALUE).label("value"),
            func.json_agg(behind).label("behind"),
        )
        .select_from(
            shown.join(terms, terms.c.ratio == shown.c.key).join(given, given.c.key == terms.c.input)
        )
        .group_by(shown.c.place, shown.c.key, shown.c.group, shown.c.unit, shown.c.scale)
        .order_by(shown.c.place)
    )


def inputs_of(ratio: Row, ask: Ask) -> Any:
    """What a ratio was made of: first the numerator, then the denominator."""
    columns: dict[str, Any] = {"key": Text, "part": Text, "weight": Numeric, "amount": MONEY}
    listed: list[Any] = [sql_column(name, kind) for name, kind in columns.items()]
    given = (
        func.json_to_recordset(ratio.c.behind)
        .table_valued(*listed)
        .render_derived(name="input", with_types=True)
    )
    known = rule_table(
        "input_codes", "key source of", [(item.key, item.source.value, item.of) for item in INPUTS]
    )
    return (
        select(given.c.key, given.c.part, given.c.weight, given.c.amount, known.c.source, known.c.of)
        .select_from(given.join(known, known.c.key == given.c.key))
        .order_by(given.c.part.desc(), given.c.key)
    )
