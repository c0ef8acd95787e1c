"""The ledger card in GraphQL."""

import strawberry

from services.access.guard import column, derived, derived_by, node
from services.kit.pages import PageInfo
from services.kit.scalars import Date, Money
from services.reports.queries import ledger_card as queries
from services.reports.schema.guards import VIEW


@node(None, VIEW)
class LedgerCardLine:
    """One line of a ledger card; `debit` or `credit` is above zero, the other is 0.00."""

    id: strawberry.ID = column("The journal line.")
    entry_id: strawberry.ID = column("Its entry, which needs JOURNAL to be opened.")
    entry_on: Date = column("The day of its entry.")
    number: int = column("Number of the entry inside its fiscal year.")
    code: str = column("The account it stands on.")
    name: str = column("Name of that account.")
    counter_account: str | None = column("The account on the other side; null where there are several.")
    document_id: strawberry.ID | None = column(
        "The document that it posted or paid; opening it needs its own scope."
    )
    document_number: str | None = column("Number of that document.")
    document_side: str | None = column("SALES or PURCHASES.")
    text: str = column("What it is about; the text of the entry where the line has none.")
    debit: Money = column("Amount on the debit side.")
    credit: Money = column("Amount on the credit side.")
    balance: Money = column("Debit less credit of the account after this line.")
    reconciled: bool = column(
        "Whether a bank line is matched with its entry, or its document is paid in full."
    )


@node(None, VIEW)
class LedgerCardPage:
    """A page of a ledger card."""

    nodes: list[LedgerCardLine] = derived(
        queries.lines, "The lines by day, number of the entry and place in it."
    )
    page_info: PageInfo = derived(queries.page_end, "Where the page ends.")
    total_count: int = column("Lines of the whole period.")


@node(None, VIEW)
class LedgerCard:
    """Ficha de mayor: what an account began with, its lines, and where they end."""

    account: str = column("The code or beginning of codes that was asked for.")
    name: str | None = column("Name of the account or of its heading; null where the chart has none.")
    from_on: Date = column("First day of the period.")
    to_on: Date = column("Last day of the period.")
    year: int = column("The fiscal year that the last day is in.")
    opening: Money = column("Balance carried forward: debit less credit before the period.")
    debit: Money = column("Debit movements of the period.")
    credit: Money = column("Credit movements of the period.")
    closing: Money = column("Balance at the end: that of the trial balance.")

    @derived_by(queries.page)
    def lines(self, first: int = 100, after: str | None = None) -> LedgerCardPage | None:
        """Its lines, at most 500 a page."""
