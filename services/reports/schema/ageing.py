"""Aged debtors and creditors in GraphQL."""

from enum import Enum

import strawberry

from services.access.guard import column, derived, node
from services.kit.scalars import Date, Money
from services.reports.queries import ageing as queries
from services.reports.schema.guards import CONTACT, VIEW


@strawberry.enum(description="Whose debts: what customers owe, or what is owed to suppliers and creditors.")
class AgeingSide(Enum):
    RECEIVABLE = "RECEIVABLE"
    PAYABLE = "PAYABLE"


@node(None, VIEW)
class AgedDocument:
    """An open document, or the open part of one that is paid in instalments."""

    document_id: strawberry.ID = column("The document; opening it needs SALES or PURCHASES.")
    number: str | None = column("Its number.")
    kind: str = column("SALES_INVOICE, PURCHASE_INVOICE or EXPENSE.")
    issued_on: Date = column("The day of issue.")
    due_on: Date = column("The day of payment; that of issue where none was agreed.")
    days: int = column("Days since the day of payment, 0 while it is not due.")
    amount: Money = column("What was open at the end of the day; of a credit note negative.")


@node(None, VIEW)
class AgedTotals:
    """Open amounts by how long they had been due."""

    not_due: Money = column("Not due yet.")
    days_30: Money = column("Due for 1 to 30 days.")
    days_60: Money = column("Due for 31 to 60 days.")
    days_90: Money = column("Due for 61 to 90 days.")
    older: Money = column("Due for more than 90 days.")
    total: Money = column("All of it.")


@node(None, VIEW)
class AgedContact:
    """What one third party has open."""

    contact_id: strawberry.ID | None = column("The third party; null for documents made out to nobody.")
    name: str | None = column("Its name; needs CONTACTS.", guard=CONTACT)
    not_due: Money = column("Not due yet.")
    days_30: Money = column("Due for 1 to 30 days.")
    days_60: Money = column("Due for 31 to 60 days.")
    days_90: Money = column("Due for 61 to 90 days.")
    older: Money = column("Due for more than 90 days.")
    total: Money = column("All of it.")
    documents: list[AgedDocument] = derived(
        queries.documents, f"Its open documents by the day of payment, the first {queries.DOCUMENTS_MAX}."
    )


@node(None, VIEW)
class Ageing:
    """Open documents at the end of a day; payments count by their day, so an earlier day can be asked for."""

    to_on: Date = column("The day.")
    from_on: Date = column("First day of the period that ends with it.")
    totals: AgedTotals | None = derived(queries.totals, "All third parties together.")
    contacts: list[AgedContact] = derived(
        queries.contacts, f"Each third party, the most open first; at most {queries.CONTACTS_MAX}."
    )
