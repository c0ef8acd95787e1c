"""The balance sheet and the profit and loss in GraphQL."""

from services.access.guard import column, derived, node
from services.kit.scalars import Date, Money
from services.reports.queries import statements as queries
from services.reports.schema.guards import VIEW


@node(None, VIEW)
class StatementAccount:
    """An account behind a figure."""

    code: str = column("Its code: what a ledger card takes as its account.")
    name: str = column("Its name in the chart.")
    amount: Money = column("Its amount, with the sign of the line it stands on.")
    prior: Money = column("The same of the period compared with.")


@node(None, VIEW)
class StatementLine:
    """A line of the model; a line without accounts of its own adds up others."""

    key: str = column("Stable name of the line, such as CUSTOMERS.")
    number: str = column("Its number in the law's model, such as B) or III.; empty for the outermost totals.")
    name: str = column("Its name in the law's model, in Spanish.")
    level: int = column("How deep it stands: 0 is the outermost.")
    amount: Money = column(
        "Assets and what is owed or earned are positive; contra balances and costs negative."
    )
    prior: Money = column("The same of the period compared with.")
    accounts: list[StatementAccount] = derived(
        queries.accounts_behind, "The accounts that stand on exactly this line."
    )


@node(None, VIEW)
class UnmappedAccount:
    """An account with a balance that belongs to no line of the model: the statement is wrong by it."""

    code: str = column("Its code.")
    name: str = column("Its name in the chart.")
    amount: Money = column("Debit less credit.")
    prior: Money = column("The same of the period compared with.")


@node(None, VIEW)
class BalanceDifference:
    """Assets less equity and liabilities: 0.00, or what the unmapped accounts hold."""

    amount: Money = column("On the day.")
    prior: Money = column("On the day compared with.")


@node(None, VIEW)
class BalanceSheet:
    """Balance abreviado (PGC PYMES) at the end of a day, with another day beside it."""

    from_on: Date = column("First day of the period that ends with it.")
    to_on: Date = column("The day.")
    year: int = column("The fiscal year that the day is in.")
    prior_to: Date = column("The day compared with.")
    lines: list[StatementLine] = derived(queries.balance_lines, "Assets, then equity and liabilities.")
    unmapped: list[UnmappedAccount] = derived(
        queries.unmapped, "Accounts that belong to no line; empty when all is well."
    )
    difference: BalanceDifference | None = derived(queries.difference, "Assets less equity and liabilities.")


@node(None, VIEW)
class ProfitAndLoss:
    """Cuenta de pérdidas y ganancias (PGC PYMES) of a period, with another beside it."""

    from_on: Date = column("First day of the period.")
    to_on: Date = column("Last day of the period.")
    year: int = column("The fiscal year that the last day is in.")
    prior_from: Date = column("First day of the period compared with.")
    prior_to: Date = column("Last day of the period compared with.")
    lines: list[StatementLine] = derived(queries.result_lines, "Lines 1 to 20 with the results A to D.")
    unmapped: list[UnmappedAccount] = derived(
        queries.unmapped, "Accounts of groups 6 and 7 that belong to no line."
    )
