"""The journal book in GraphQL."""

import strawberry

from services.access.guard import column, derived, derived_by, node
from services.kit.pages import PageInfo
from services.kit.scalars import Date, Money
from services.reports.queries import journal_book as queries
from services.reports.schema.guards import VIEW


@node(None, VIEW)
class JournalBookLine:
    """One line of the journal book; `debit` or `credit` is above zero, the other is 0.00."""

    id: strawberry.ID = column("The journal line.")
    entry_id: strawberry.ID = column("Its entry.")
    entry_on: Date = column("The day of its entry.")
    number: int = column("Number of the entry inside its fiscal year.")
    code: str = column("The account it stands on.")
    name: str = column("Name of that account.")
    text: str = column("What it is about; the text of the entry where the line has none.")
    debit: Money = column("Amount on the debit side.")
    credit: Money = column("Amount on the credit side.")


@node(None, VIEW)
class JournalBookPage:
    """A page of the journal book: whole entries."""

    nodes: list[JournalBookLine] = derived(
        queries.lines, "Lines by day, number of the entry and place in it."
    )
    page_info: PageInfo = derived(queries.page_end, "Where the page ends.")
    total_count: int = column("Entries of the whole period.")


@node(None, VIEW)
class JournalBook:
    """Libro Diario: every posted entry of a period by day and number, those of a closing included."""

    from_on: Date = column("First day of the period.")
    to_on: Date = column("Last day of the period.")
    year: int = column("The fiscal year that the last day is in.")
    total: Money = column("Sum of the debits of the period; that of the credits is the same.")

    @derived_by(queries.page)
    def entries(self, first: int = 100, after: str | None = None) -> JournalBookPage | None:
        """Its entries with their lines, at most 500 entries a page."""
