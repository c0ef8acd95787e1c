"""Statements of account in GraphQL: what a contact owes or is owed, and how old it is."""

from enum import Enum
from typing import Annotated

import strawberry

from services.access.guard import OPEN, Guard, column, derived, derived_by, extends, node
from services.access.policy import Scope
from services.documents import statements
from services.documents.rules.kinds import POSTED_KINDS
from services.kit.scalars import Date, Money

From = Annotated[
    Date | None,
    strawberry.argument(name="from", description="First day; that of the calendar year where left out."),
]
To = Annotated[Date | None, strawberry.argument(name="to", description="Last day; today where left out.")]


@strawberry.enum(description="What moves the balance of a statement.")
class AccountStatementLineKind(Enum):
    SALES_INVOICE = "SALES_INVOICE"
    PURCHASE_INVOICE = "PURCHASE_INVOICE"
    EXPENSE = "EXPENSE"
    PAYMENT = "PAYMENT"


assert {item.value for item in AccountStatementLineKind} == {*POSTED_KINDS, "PAYMENT"}


@node(None, OPEN)
class AccountStatementLine:
    """A document or a payment of one."""

    id: strawberry.ID = column("Of the document or of the payment.")
    document_id: strawberry.ID = column("The document.")
    moved_on: Date = column("Day of issue, or of the money.")
    due_on: Date | None = column("Last day to pay; of documents only.")
    number: str | None = column("Number of the document.")
    kind: AccountStatementLineKind = column("What moved the balance.")
    currency: str = column("ISO 4217 code of the amounts here.")
    charge: Money = column("What the document adds; below zero for credit notes.")
    payment: Money = column("What was paid of it.")
    balance: Money = column("What is open in this currency after the line.")


@node(None, OPEN)
class AccountStatementBalance:
    """The period in one currency: opening and charged less paid gives closing."""

    currency: str = column("ISO 4217 code of the amounts here.")
    opening: Money = column("Open before the first day.")
    charged: Money = column("Documents of the period.")
    paid: Money = column("Payments of the period.")
    closing: Money = column("Open at the end of the last day.")


@node(None, OPEN)
class AccountStatementAgeing:
    """What is open on the last day in one currency, by the days it is overdue then."""

    currency: str = column("ISO 4217 code of the amounts here.")
    not_due: Money = column("Due on the last day or later.")
    days30: Money = column("Overdue 1 to 30 days.", name="days_30")
    days60: Money = column("Overdue 31 to 60 days.", name="days_60")
    days90: Money = column("Overdue 61 to 90 days.", name="days_90")
    older: Money = column("Overdue more than 90 days.")
    total: Money = column("All of it: the closing balance.")


@node(None, OPEN)
class AccountStatement:
    """What stands open between a company and a contact, from a first to a last day."""

    from_on: Date = column("First day.")
    to_on: Date = column("Last day.")
    balances: list[AccountStatementBalance] = derived(statements.balances, "Per currency.")
    lines: list[AccountStatementLine] = derived(
        statements.lines, f"Documents and payments in their order, the first {statements.LINES_MAX}."
    )
    ageing: list[AccountStatementAgeing] = derived(statements.ageing, "Per currency.")


@extends("Contact")
class ContactStatements:
    @derived_by(statements.statement_of("SALES"), guard=Guard(Scope.SALES))
    def customer_statement(self, from_: From = None, to: To = None) -> AccountStatement | None:
        """What the contact owes; null where the period ends before it begins."""

    @derived_by(statements.statement_of("PURCHASES"), guard=Guard(Scope.PURCHASES))
    def supplier_statement(self, from_: From = None, to: To = None) -> AccountStatement | None:
        """What is owed to the contact; null where the period ends before it begins."""
