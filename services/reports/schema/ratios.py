"""Ratios in GraphQL."""

import strawberry

from services.access.guard import column, derived, node
from services.kit.scalars import Date, Money
from services.reports.queries import ratios as queries
from services.reports.rules.ratios import Scale, Source, Unit
from services.reports.schema.guards import VIEW

strawberry.enum(
    Unit, name="RatioUnit", description="RATIO: a quotient; SHARE: of one; DAYS; AMOUNT: money of the books."
)
strawberry.enum(
    Scale,
    name="RatioScale",
    description="What the quotient is multiplied by: nothing, the days of the period, days of a year over those of the"
    " period, or turnover.",
)
strawberry.enum(
    Source,
    name="RatioSource",
    description="Where an input comes from: a line of the balance sheet at the end (CLOSING) or beginning (OPENING) of"
    " the period, a line of its result, accounts (their balances or result, or what VAT moved them by), or what"
    " documents deduct under tax codes.",
)


@node(None, VIEW)
class RatioInput:
    """An amount that a ratio is made of."""

    key: str = column("Stable name, such as CURRENT_ASSETS; OPEN_ stands before amounts at the beginning.")
    part: str = column("NUMERATOR or DENOMINATOR.")
    weight: Money = column("What it is multiplied by: 1, -1, or 0.5 in an average.")
    amount: Money = column("Its amount.")
    source: Source = column("Where it comes from.")
    of: str = column("The line of the statement, or beginnings of accounts or tax codes separated by blanks.")


@node(None, VIEW)
class Ratio:
    """A ratio of the period: weighted inputs over weighted inputs, times a scale."""

    key: str = column("Stable name, such as CURRENT_RATIO.")
    group: str = column("LIQUIDITY, STRUCTURE, RETURN, CYCLE or COVER.")
    unit: Unit = column("What the value is.")
    scale: Scale = column("What the quotient is multiplied by.")
    value: Money | None = column("With four decimals; null where the denominator is nothing.")
    inputs: list[RatioInput] = derived(queries.inputs_of, "What it was made of.")


@node(None, VIEW)
class Ratios:
    """The ratios of a period."""

    from_on: Date = column("First day of the period.")
    to_on: Date = column("Last day of the period.")
    year: int = column("The fiscal year that the last day is in.")
    days: int = column("Days of the period.")
    year_days: int = column("Days of the year that begins with it.")
    rows: list[Ratio] = derived(queries.rows, "Every ratio, group by group.")
