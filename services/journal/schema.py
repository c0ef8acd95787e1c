"""The journal in GraphQL."""

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from services.access.guard import (
    Guard,
    Refusal,
    Touched,
    column,
    connection,
    expr,
    extends,
    many,
    mutation,
    node,
    one,
    payload,
    refusal_of,
    refusals,
    rows,
    single,
    touched,
)
from services.access.interface import Info, as_id
from services.access.policy import Action, Scope
from services.journal import queries
from services.journal.actions import entries as actions
from services.journal.actions.lines import EntryLineDraft
from services.kit.money import ZERO
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
    entry: Annotated["JournalEntry", strawberry.lazy("services.journal.schema")] = one(
        queries.ENTRY_OF, "The entry it belongs to.", nullable=False
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
    source: str = column("What made it: MANUAL, DOCUMENT, RECONCILIATION, REVERSAL or OPENING.")
    source_id: strawberry.ID | None = column("The document, reconciliation or entry that made it.")
    total: Money = column("Sum of one side.")
    reverses_id: strawberry.ID | None = column("The entry that this one reverses.")
    reversed_by_id: strawberry.ID | None = expr(queries.reversed_by, "The entry that reverses this one.")
    reviewed_at: DateTime | None = expr(queries.reviewed_at, "When it was marked as reviewed.")
    posted_at: DateTime | None = column("When it was posted.")
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
    search: str | None = strawberry.field(default=None, description="Part of the text, or of the number.")
    from_: Date | None = strawberry.field(default=None, name="from", description="First day, included.")
    to: Date | None = strawberry.field(default=None, description="Last day, included.")


@strawberry.type
class Query:
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
        self, company_id: strawberry.ID, search: str | None = None
    ) -> list[LedgerAccount] | None:
        """Accounts of one company's chart by code, the first 1000; `search` finds part of code or name."""


@strawberry.input(description="One line of an entry: debit or credit above zero, the other left out or 0.00.")
class EntryLineInput:
    ledger_account_code: str = strawberry.field(
        description="A leaf of the chart, or a third-party heading such as 430 together with contactId."
    )
    debit: Money = strawberry.field(default=Money(ZERO), description="Amount on the debit side.")
    credit: Money = strawberry.field(default=Money(ZERO), description="Amount on the credit side.")
    contact_id: strawberry.ID | None = strawberry.field(default=None, description="The third party.")
    text: str = strawberry.field(default="", description="What the line is about.")


@strawberry.input(description="A new draft.")
class CreateEntryInput:
    company_id: strawberry.ID = strawberry.field(description="The company whose journal it enters.")
    entry_on: Date = strawberry.field(description="The day it counts for.")
    text: str = strawberry.field(description="What it is about, 1 to 500 signs.")
    lines: list[EntryLineInput] = strawberry.field(description="Two lines or more; debit equals credit.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one draft."
    )


@strawberry.input(description="A draft as it shall be.")
class EditEntryInput:
    id: strawberry.ID = strawberry.field(description="The draft.")
    entry_on: Date = strawberry.field(description="The day it counts for.")
    text: str = strawberry.field(description="What it is about, 1 to 500 signs.")
    lines: list[EntryLineInput] = strawberry.field(description="All its lines; they replace the old ones.")


@payload
class EntryPayload:
    """The entry as it is now, or why nothing was done."""

    entry: Touched[JournalEntry] = touched()
    refusals: list[Refusal] = refusals()


@payload
class DeleteEntryPayload:
    """The id of the draft that is gone, or why it is not."""

    deleted_id: strawberry.ID | None = strawberry.field(
        default=None, description="The draft that was deleted."
    )
    refusals: list[Refusal] = refusals()


@payload
class PostEntryResult:
    """What became of one entry of a batch."""

    id: strawberry.ID = strawberry.field(description="The id that was asked for.")
    entry: Touched[JournalEntry] = touched("The entry as it is now; null if there is none within reach.")
    refusals: list[Refusal] = refusals()


@payload
class PostEntriesPayload:
    """One result for each entry, in the order asked, or why the whole was refused."""

    results: list[PostEntryResult] = strawberry.field(
        default_factory=list, description="What became of each entry."
    )
    refusals: list[Refusal] = refusals()


@strawberry.type
class Mutation:
    @mutation(guard=EDIT)
    async def create_entry(self, info: Info, input: CreateEntryInput) -> EntryPayload:
        """Keeps an entry as a draft: balanced, on existing accounts, without a number."""
        async with info.context.write() as act:
            made = await actions.create_draft(
                act,
                actions.NewEntry(
                    company_id=input.company_id,
                    entry_on=input.entry_on,
                    text=input.text,
                    lines=_lines(input.lines),
                    request_key=input.request_key,
                ),
            )
        return EntryPayload(entry=made)

    @mutation(guard=EDIT)
    async def edit_entry(self, info: Info, input: EditEntryInput) -> EntryPayload:
        """Replaces what a draft says; a posted entry is refused."""
        async with info.context.write() as act:
            edited = await actions.edit_draft(
                act, input.id, entry_on=input.entry_on, text=input.text, lines=_lines(input.lines)
            )
        return EntryPayload(entry=edited)

    @mutation(guard=EDIT)
    async def delete_entry(self, info: Info, id: strawberry.ID) -> DeleteEntryPayload:
        """Deletes a draft; a posted entry is refused."""
        async with info.context.write() as act:
            await actions.delete_draft(act, id)
        return DeleteEntryPayload(deleted_id=id)

    @mutation(guard=APPROVE)
    async def post_entries(
        self, info: Info, ids: list[strawberry.ID], request_key: str
    ) -> PostEntriesPayload:
        """Posts drafts, at most 100, each by itself.

        An entry that is posted already counts as done, so the same call twice gives the same result.
        """
        async with info.context.write() as act:
            outcomes = await actions.post_entries(act, ids)
        return PostEntriesPayload(
            results=[
                PostEntryResult(
                    id=strawberry.ID(str(outcome.id)),
                    entry=outcome.id,
                    refusals=[refusal_of(info, outcome.refused)] if outcome.refused else [],
                )
                for outcome in outcomes
            ]
        )

    @mutation(guard=APPROVE)
    async def reverse_entry(
        self,
        info: Info,
        id: strawberry.ID,
        request_key: str,
        on: Date | None = None,
        text: str | None = None,
    ) -> EntryPayload:
        """Posts the mirror image of an entry and gives it: on `on` or the entry's own day, or the first open day."""
        async with info.context.write() as act:
            made = await actions.reverse(act, id, on=on, text=text, request_key=request_key)
        return EntryPayload(entry=made)

    @mutation(guard=EDIT)
    async def mark_reviewed(self, info: Info, id: strawberry.ID) -> EntryPayload:
        """Notes that the viewer found a posted entry right; the first mark stays."""
        async with info.context.write() as act:
            marked = await actions.mark_reviewed(act, id)
        return EntryPayload(entry=marked)


def _lines(given: list[EntryLineInput]) -> tuple[EntryLineDraft, ...]:
    return tuple(
        EntryLineDraft(
            account_code=line.ledger_account_code,
            debit=line.debit,
            credit=line.credit,
            contact_id=as_id(line.contact_id, "contact", ("lines", str(place), "contactId"))
            if line.contact_id
            else None,
            text=line.text,
        )
        for place, line in enumerate(given)
    )
