"""The trial balance in GraphQL."""

from services.access.guard import column, derived, node
from services.kit.scalars import Date, Money
from services.reports.queries import trial_balance as queries
from services.reports.schema.guards import VIEW


@node(None, VIEW)
class TrialBalanceTotals:
    """The sums of all leaves; the two of each pair are equal."""

    opening_debit: Money = column("Debit balances that the period begins with.")
    opening_credit: Money = column("Credit balances that the period begins with.")
    debit: Money = column("Debit movements of the period.")
    credit: Money = column("Credit movements of the period.")
    year_debit: Money = column(
        "Debit movements from the first day of the fiscal year to the last of the period."
    )
    year_credit: Money = column("Credit movements of the same days.")
    closing_debit: Money = column("Debit balances at the end of the period.")
    closing_credit: Money = column("Credit balances at the end of the period.")


@node(None, VIEW)
class TrialBalanceRow:
    """An account, or a heading of one to four digits with the sums of the accounts below it."""

    code: str = column("Code, or its beginning: what a ledger card takes as its account.")
    name: str = column("Name of the account or of the heading, as the chart has it.")
    level: int = column("1 to 4: digits of a heading; 5: a whole account of five digits or more.")
    is_leaf: bool = column("Whether entries stand on exactly this code.")
    opening_debit: Money = column("Debit balance at the beginning; of a heading the sum of its accounts'.")
    opening_credit: Money = column("Credit balance at the beginning.")
    debit: Money = column("Debit movements of the period.")
    credit: Money = column("Credit movements of the period.")
    year_debit: Money = column("Debit movements of the fiscal year up to the end of the period.")
    year_credit: Money = column("Credit movements of the same days.")
    closing_debit: Money = column("Debit balance at the end.")
    closing_credit: Money = column("Credit balance at the end.")


@node(None, VIEW)
class TrialBalance:
    """Sumas y saldos of one period."""

    from_on: Date = column("First day of the period.")
    to_on: Date = column("Last day of the period.")
    year: int = column("The fiscal year that the last day is in.")
    totals: TrialBalanceTotals | None = derived(queries.totals, "The sums of all accounts.")
    summary: list[TrialBalanceRow] = derived(
        queries.summary, "Rows of exactly the level asked for: they add up to the totals."
    )
    rows: list[TrialBalanceRow] = derived(
        queries.rows, f"Headings and accounts by code, the first {queries.ROWS_MAX}."
    )
