"""Ratios of a company: each a quotient of sums of inputs, with its inputs named so that anybody can recompute it.

`OPEN_x` is an input at the end of the day before the period, with the opening that a company came with on its first
day, so (OPEN_x + x) / 2 is an average. A ratio whose denominator is nothing has no value: never infinity, never
nothing.

Days of collection and payment compare debts, which bear VAT, with sales and purchases made to bear it too:

OUTPUT_VAT   what the sub-accounts of VAT and surcharge charged (47700, 47701) moved by, credit notes taken off
INPUT_VAT    what those of VAT borne (47200) moved by, credit notes taken off
ASSET_VAT    the part of it that documents deduct under codes of investment goods, which are neither 60 nor 62

None of them has the quotas that a buyer assesses itself (no supplier is owed those), or what settles VAT.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from services.documents.interface import TAX_CODES
from services.kit.money import ZERO


class Source(StrEnum):
    """Where an input comes from: the balance sheet at the end or the beginning, the result, or sums of accounts.

    VAT_CODES: what accounts moved by, settling left out. DEDUCTED_CODES: what documents deduct under tax codes.
    """

    CLOSING = "CLOSING"
    OPENING = "OPENING"
    RESULT = "RESULT"
    CLOSING_CODES = "CLOSING_CODES"
    OPENING_CODES = "OPENING_CODES"
    RESULT_CODES = "RESULT_CODES"
    VAT_CODES = "VAT_CODES"
    DEDUCTED_CODES = "DEDUCTED_CODES"


class Unit(StrEnum):
    """What a value is: a quotient, a share of one to be shown in per cent, days, or an amount of money."""

    RATIO = "RATIO"
    SHARE = "SHARE"
    DAYS = "DAYS"
    AMOUNT = "AMOUNT"


class Scale(StrEnum):
    """What a quotient is multiplied by. YEAR: days of a year over days of the period, for part years."""

    ONE = "ONE"
    DAYS = "DAYS"
    YEAR = "YEAR"
    TURNOVER = "TURNOVER"


@dataclass(frozen=True, slots=True)
class Input:
    """An amount that ratios are made of. `of` names a line of a statement, beginnings of accounts, or tax codes."""

    key: str
    source: Source
    of: str
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Ratio:
    """`numerator` and `denominator` are weights of inputs; without a denominator the numerator is the value."""

    key: str
    group: str
    unit: Unit
    numerator: Mapping[str, Decimal]
    denominator: Mapping[str, Decimal] | None = None
    scale: Scale = Scale.ONE


_ONE, _HALF = Decimal(1), Decimal("0.5")
_TRADE_DEBTORS, _TRADE_CREDITORS = "430 431 436", "400 401 410 411"
_OF_ASSETS = " ".join(
    sorted(
        code.code
        for code in TAX_CODES.values()
        if code.nature.value == "INVESTMENT" and not code.is_self_assessed
    )
)

INPUTS: tuple[Input, ...] = (
    *(
        Input(key, Source.CLOSING, key)
        for key in ("ASSETS", "CURRENT_ASSETS", "STOCKS", "CASH", "FINANCIAL_INVESTMENTS_SHORT", "EQUITY")
    ),
    Input("NON_CURRENT_LIABILITIES", Source.CLOSING, "NON_CURRENT_LIABILITIES"),
    Input("CURRENT_LIABILITIES", Source.CLOSING, "CURRENT_LIABILITIES"),
    Input("OPEN_ASSETS", Source.OPENING, "ASSETS"),
    Input("OPEN_EQUITY", Source.OPENING, "EQUITY"),
    *(
        Input(key, Source.RESULT, key)
        for key in (
            "TURNOVER",
            "STOCK_CHANGES",
            "PURCHASES",
            "STAFF",
            "OTHER_COSTS",
            "DEPRECIATION",
            "IMPAIRMENT",
            "OPERATING_RESULT",
            "FINANCIAL_COST",
            "YEAR_RESULT",
        )
    ),
    Input("TRADE_DEBTORS", Source.CLOSING_CODES, _TRADE_DEBTORS),
    Input("OPEN_TRADE_DEBTORS", Source.OPENING_CODES, _TRADE_DEBTORS),
    Input("TRADE_CREDITORS", Source.CLOSING_CODES, _TRADE_CREDITORS, -1),
    Input("OPEN_TRADE_CREDITORS", Source.OPENING_CODES, _TRADE_CREDITORS, -1),
    Input("PURCHASED", Source.RESULT_CODES, "60 62"),
    Input("INPUT_VAT", Source.VAT_CODES, "47200"),
    Input("ASSET_VAT", Source.DEDUCTED_CODES, _OF_ASSETS),
    Input("OUTPUT_VAT", Source.VAT_CODES, "47700 47701", -1),
)


def _sum(text: str, weight: Decimal = _ONE) -> dict[str, Decimal]:
    """Inputs to add up; one with a minus before it is taken off."""
    return {word.lstrip("-"): -weight if word.startswith("-") else weight for word in text.split()}


RATIOS: tuple[Ratio, ...] = (
    Ratio("CURRENT_RATIO", "LIQUIDITY", Unit.RATIO, _sum("CURRENT_ASSETS"), _sum("CURRENT_LIABILITIES")),
    Ratio("ACID_TEST", "LIQUIDITY", Unit.RATIO, _sum("CURRENT_ASSETS -STOCKS"), _sum("CURRENT_LIABILITIES")),
    Ratio(
        "CASH_RATIO",
        "LIQUIDITY",
        Unit.RATIO,
        _sum("CASH FINANCIAL_INVESTMENTS_SHORT"),
        _sum("CURRENT_LIABILITIES"),
    ),
    Ratio("WORKING_CAPITAL", "LIQUIDITY", Unit.AMOUNT, _sum("CURRENT_ASSETS -CURRENT_LIABILITIES")),
    Ratio(
        "DEBT", "STRUCTURE", Unit.RATIO, _sum("NON_CURRENT_LIABILITIES CURRENT_LIABILITIES"), _sum("EQUITY")
    ),
    Ratio("AUTONOMY", "STRUCTURE", Unit.RATIO, _sum("EQUITY"), _sum("ASSETS")),
    Ratio(
        "SOLVENCY",
        "STRUCTURE",
        Unit.RATIO,
        _sum("ASSETS"),
        _sum("NON_CURRENT_LIABILITIES CURRENT_LIABILITIES"),
    ),
    Ratio(
        "DEBT_QUALITY",
        "STRUCTURE",
        Unit.SHARE,
        _sum("CURRENT_LIABILITIES"),
        _sum("NON_CURRENT_LIABILITIES CURRENT_LIABILITIES"),
    ),
    Ratio(
        "ROA", "RETURN", Unit.SHARE, _sum("OPERATING_RESULT"), _sum("OPEN_ASSETS ASSETS", _HALF), Scale.YEAR
    ),
    Ratio("ROE", "RETURN", Unit.SHARE, _sum("YEAR_RESULT"), _sum("OPEN_EQUITY EQUITY", _HALF), Scale.YEAR),
    Ratio("MARGIN", "RETURN", Unit.SHARE, _sum("YEAR_RESULT"), _sum("TURNOVER")),
    Ratio("GROSS_MARGIN", "RETURN", Unit.SHARE, _sum("TURNOVER STOCK_CHANGES PURCHASES"), _sum("TURNOVER")),
    Ratio(
        "ASSET_TURNOVER",
        "RETURN",
        Unit.RATIO,
        _sum("TURNOVER"),
        _sum("OPEN_ASSETS ASSETS", _HALF),
        Scale.YEAR,
    ),
    Ratio(
        "COLLECTION_DAYS",
        "CYCLE",
        Unit.DAYS,
        _sum("OPEN_TRADE_DEBTORS TRADE_DEBTORS", _HALF),
        _sum("TURNOVER OUTPUT_VAT"),
        Scale.DAYS,
    ),
    Ratio(
        "PAYMENT_DAYS",
        "CYCLE",
        Unit.DAYS,
        _sum("OPEN_TRADE_CREDITORS TRADE_CREDITORS", _HALF),
        _sum("PURCHASED INPUT_VAT -ASSET_VAT"),
        Scale.DAYS,
    ),
    Ratio("INTEREST_COVER", "COVER", Unit.RATIO, _sum("OPERATING_RESULT"), _sum("-FINANCIAL_COST")),
    Ratio("EBITDA", "COVER", Unit.AMOUNT, _sum("OPERATING_RESULT -DEPRECIATION -IMPAIRMENT")),
    Ratio(
        "BREAK_EVEN",
        "COVER",
        Unit.AMOUNT,
        _sum("-STAFF -OTHER_COSTS -DEPRECIATION"),
        _sum("TURNOVER STOCK_CHANGES PURCHASES"),
        Scale.TURNOVER,
    ),
)
"""Domain rules 2.3: liquidity, structure, return, cycle and cover, in this order."""


def value_of(ratio: Ratio, inputs: Mapping[str, Decimal], *, days: int, year_days: int) -> Decimal | None:
    """The value of a ratio from its inputs; None where its denominator is nothing."""
    top = sum((weight * inputs[key] for key, weight in ratio.numerator.items()), ZERO)
    scale = {
        Scale.ONE: _ONE,
        Scale.DAYS: Decimal(days),
        Scale.YEAR: Decimal(year_days) / days,
        Scale.TURNOVER: inputs["TURNOVER"],
    }[ratio.scale]
    if ratio.denominator is None:
        return top * scale
    below = sum((weight * inputs[key] for key, weight in ratio.denominator.items()), ZERO)
    return None if below == ZERO else top * scale / below
