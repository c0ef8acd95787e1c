"""Accounts, entries and lines in GraphQL: types and lists."""

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from services.access.guard import (
    Guard,
    column,
    connection,
    expr,
    extends,
    many,
    node,
    one,
    python,
    rows,
    single,
)
from services.access.interface import RequestContext
from services.access.policy import Action, Scope
from services.journal.queries import entries as queries
from services.kit.pages import Connection
from services.kit.scalars import Date, DateTime, Money

if TYPE_CHECKING:
    from services.contacts.schema import Contact

VIEW = Guard(Scope.JOURNAL)
EDIT = Guard(Scope.JOURNAL, Action.EDIT)
APPROVE = Guard(Scope.JOURNAL, Action.APPROVE)
OVERVIEW = Guard(Scope.ACCOUNTS)

ContactOut = Annotated["Contact", strawberry.lazy("services.contacts.schema")]


@strawberry.enum(description="Where an entry stands. REVERSED: posted, and reversed by another entry.")
class EntryState(Enum):
    DRAFT = "DRAFT"
    POSTED = "POSTED"
    REVERSED = "REVERSED"


@node(queries.LEDGER_ACCOUNT, VIEW)
class LedgerAccount:
    """An account of one company's chart; only leaves take entries."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company whose chart this is.")
    code: str = column("Code of the general chart, such as 43000012. Text; sorts as text.")
    name: str = column("Name; of a third party's account the contact's name.")
    type: str = column(
        "EQUITY, NON_CURRENT_LIABILITY, CURRENT_LIABILITY, NON_CURRENT_ASSET, CURRENT_ASSET, INCOME, EXPENSE or"
        " BY_BALANCE."
    )
    is_leaf: bool = column("Whether entries may use it: accounts with sub-accounts take none.")
    contact: ContactOut | None = one(queries.CONTACT_OF_ACCOUNT, "Whose account it is.")
    archived_at: DateTime | None = column("When it was put away; it takes no entries until it is taken out.")
    balance: Money | None = expr(queries.balance_of, "Debit less credit of all its posted lines.")


@node(queries.JOURNAL_LINE, VIEW)
class JournalLine:
    """One side of an entry: `debit` or `credit` is above zero, the other is 0.00."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company whose journal this is.")
    entry_on: Date = column("The day of its entry.")
    position: int = column("Place inside the entry, from 1.")
    ledger_account: LedgerAccount = one(queries.ACCOUNT_OF, "The account it stands on.", nullable=False)
    contact: ContactOut | None = one(queries.CONTACT_OF, "The third party, on accounts that have one.")
    text: str = column("What the line is about; may be empty.")
    debit: Money = column("Amount on the debit side.")
    credit: Money = column("Amount on the credit side.")
    entry: Annotated["JournalEntry", strawberry.lazy("services.journal.schema.entries")] = one(
        queries.ENTRY_OF, "The entry it belongs to.", nullable=False
    )


@node(queries.ENTRY_COMMENT, VIEW)
class EntryComment:
    """What somebody said about an entry; whoever may see the journal reads it."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company whose journal this is.")
    text: str = column("What was said.")
    author_name: str = column("Who said it.")
    created_at: DateTime = column("When.")


def _paper_link(context: RequestContext, company_id: str, sha256: str, filename: str, media_type: str) -> str:
    return context.link(
        "object",
        company=str(company_id),
        scope=Scope.JOURNAL.name,
        sha256=sha256,
        filename=filename,
        media_type=media_type,
    )


@node(queries.ENTRY_ATTACHMENT, VIEW)
class EntryAttachment:
    """A paper behind an entry."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company whose journal this is.")
    filename: str = column("Name of the file.")
    media_type: str = column("What its bytes say it is, such as application/pdf.")
    size: int = column("Bytes.")
    attached_by_name: str = column("Who attached it.")
    created_at: DateTime = column("When it was attached.")
    url: str | None = python(
        ("company_id", "sha256", "filename", "media_type"),
        _paper_link,
        "Signed link to the content; it works for a short time and for this viewer only.",
    )


@node(queries.JOURNAL_ENTRY, VIEW)
class JournalEntry:
    """An entry of the journal. Drafts have no number; posted ones never change and are corrected by a reversal."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company whose journal this is.")
    number: int | None = column("Number inside the fiscal year, from 1 without gaps; null on a draft.")
    fiscal_year: int = column("The fiscal year its day is in, by the calendar year that starts it.")
    entry_on: Date = column("The day it counts for.")
    state: EntryState = expr(queries.state_of, "Where it stands.", nullable=False)
    text: str = column("What it is about.")
    source: str = column(
        "What made it: MANUAL, IMPORT, DOCUMENT, RECONCILIATION, REVERSAL, REGULARISATION, CLOSING or OPENING."
    )
    source_id: strawberry.ID | None = column("The document, reconciliation or entry that made it.")
    total: Money = column("Sum of one side.")
    reverses_id: strawberry.ID | None = column("The entry that this one reverses.")
    reversed_by_id: strawberry.ID | None = expr(queries.reversed_by, "The entry that reverses this one.")
    reviewed_at: DateTime | None = expr(queries.reviewed_at, "When it was marked as reviewed.")
    reviewed_by_name: str | None = expr(queries.reviewed_by, "Who marked it as reviewed.")
    posted_at: DateTime | None = column("When it was posted.")
    version: int = column(
        "Goes up by one with each edit of a draft; editEntry can name the one that was read."
    )
    comments: list[EntryComment] = many(queries.COMMENTS_OF, "What was said about it, oldest first.")
    attachments: list[EntryAttachment] = many(queries.ATTACHMENTS_OF, "The papers behind it.")
    lines: list[JournalLine] = many(queries.LINES_OF, "Its lines in order.")


@extends("PendingWork")
class PendingEntries:
    entries_to_post: int | None = expr(
        queries.pending_entries,
        "Drafts to post: the total of journalEntries(filter: {state: DRAFT}).",
        guard=VIEW,
    )


@extends("Overview")
class OverviewFigures:
    bank_balance: Money | None = expr(
        queries.bank_balance, "In banks and tills (57), all posted entries.", guard=OVERVIEW
    )
    income: Money | None = expr(
        queries.income, "Income (7) of the current fiscal year, positive.", guard=OVERVIEW
    )
    expense: Money | None = expr(
        queries.expense, "Expense (6) of the current fiscal year, positive.", guard=OVERVIEW
    )
    result: Money | None = expr(
        queries.result, "Income less expense of the current fiscal year.", guard=OVERVIEW
    )
    receivable: Money | None = expr(
        queries.receivable, "Owed by customers (430, 431), all posted entries.", guard=OVERVIEW
    )
    payable: Money | None = expr(
        queries.payable, "Owed to suppliers and creditors (400, 410), positive.", guard=OVERVIEW
    )


@strawberry.enum(description="Order of a list of entries. NUMBER goes by year and number, drafts last.")
class EntryOrder(Enum):
    DATE_ASC = "DATE_ASC"
    DATE_DESC = "DATE_DESC"
    NUMBER_ASC = "NUMBER_ASC"
    NUMBER_DESC = "NUMBER_DESC"


@strawberry.enum(description="Order of a list of journal lines.")
class JournalLineOrder(Enum):
    DATE_ASC = "DATE_ASC"
    DATE_DESC = "DATE_DESC"


@strawberry.input(description="Which entries a list holds; conditions are joined by AND.")
class EntryFilter:
    state: EntryState | None = strawberry.field(default=None, description="Only entries in this state.")
    ledger_account_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only entries with a line on this account."
    )
    reviewed: bool | None = strawberry.field(
        default=None, description="Only entries marked as reviewed, or only posted ones that are not."
    )
    search: str | None = strawberry.field(default=None, description="Part of the text, or of the number.")
    from_: Date | None = strawberry.field(default=None, name="from", description="First day, included.")
    to: Date | None = strawberry.field(default=None, description="Last day, included.")


@strawberry.type
class EntryQuery:
    @connection(queries.JOURNAL_ENTRIES)
    def journal_entries(
        self,
        company_id: strawberry.ID | None = None,
        filter: EntryFilter | None = None,
        order_by: EntryOrder = EntryOrder.DATE_DESC,
        first: int = 50,
        after: str | None = None,
    ) -> Connection[JournalEntry] | None:
        """Entries of one company, or of all companies within reach. At most 200 a page."""

    @single(lambda row, values, ask: row.c.id == values["id"])
    def journal_entry(self, id: strawberry.ID) -> JournalEntry | None:
        """One entry; null if there is none with this id within reach."""

    @connection(queries.JOURNAL_LINES)
    def journal_lines(
        self,
        company_id: strawberry.ID | None = None,
        filter: EntryFilter | None = None,
        order_by: JournalLineOrder = JournalLineOrder.DATE_ASC,
        first: int = 200,
        after: str | None = None,
    ) -> Connection[JournalLine] | None:
        """Lines of entries by day: a ledger card when filtered by account. At most 1000 a page."""

    @rows(queries.LEDGER_ACCOUNTS, lambda row: (row.c.code.collate("C"), row.c.id))
    def ledger_accounts(
        self,
        company_id: strawberry.ID,
        search: str | None = None,
        type: str | None = None,
        *,
        leaf: bool | None = None,
        archived: bool | None = None,
    ) -> list[LedgerAccount] | None:
        """Accounts of one company's chart by code, the first 1000; `search` finds part of code or name.

        `leaf`: only those that take entries, or only the others. `archived`: only those put away, or only the others.
        """
