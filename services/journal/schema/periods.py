"""Fiscal years and period locks in GraphQL: what is locked until when, who may pass, who changed it."""

from enum import Enum

import strawberry

from services.access.guard import (
    Guard,
    Refusal,
    Touched,
    column,
    expr,
    many,
    mutation,
    node,
    payload,
    python,
    refusals,
    rows,
    single,
    touched,
)
from services.access.interface import Info, RequestContext
from services.access.policy import Action, Scope
from services.journal.actions import locks as actions
from services.journal.formats.plain_text import PlainForm
from services.journal.queries import periods as queries
from services.journal.rules.periods import Daybook, LockKind
from services.journal.schema.entries import JournalEntry
from services.kit.scalars import Date, DateTime

VIEW = Guard(Scope.PERIOD_LOCKS)
EDIT = Guard(Scope.PERIOD_LOCKS, Action.EDIT)
APPROVE = Guard(Scope.PERIOD_LOCKS, Action.APPROVE)
JOURNAL = Guard(Scope.JOURNAL)

strawberry.enum(
    LockKind,
    name="PeriodLockKind",
    description=(
        "SOFT: managers pass. TAX: a return was filed; nobody passes without an exception. HARD: the year was"
        " closed; nobody passes, and it never moves back but by reopening the year."
    ),
)


strawberry.enum(
    Daybook,
    description=(
        "The journals that together are the books: SALES and PURCHASES hold the entries of documents, BANK payments and"
        " matched bank lines, GENERAL all others. A reversal is in that of what it reverses."
    ),
)


@strawberry.enum(description="What happened to a lock.")
class LockAct(Enum):
    MOVED = "MOVED"
    EXCEPTION_GRANTED = "EXCEPTION_GRANTED"
    EXCEPTION_ENDED = "EXCEPTION_ENDED"
    YEAR_CLOSED = "YEAR_CLOSED"
    YEAR_REOPENED = "YEAR_REOPENED"


def _beancount(context: RequestContext, company_id: str, year: int) -> str:
    return context.link(
        "plain-books", company=str(company_id), year=str(year), form=PlainForm.BEANCOUNT.value
    )


def _hledger(context: RequestContext, company_id: str, year: int) -> str:
    return context.link("plain-books", company=str(company_id), year=str(year), form=PlainForm.HLEDGER.value)


@node(queries.FISCAL_YEAR, JOURNAL)
class FiscalYear:
    """A fiscal year of one company."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company.")
    year: int = column("What it is called: the calendar year it starts in, or one later after a short year.")
    starts_on: Date = column("Its first day.")
    ends_on: Date = column("Its last day.")
    closed_at: DateTime | None = column("When it was closed; null while it is open.")
    beancount_url: str | None = python(
        ("company_id", "year"), _beancount, "Signed link to its posted entries as a file for beancount."
    )
    hledger_url: str | None = python(
        ("company_id", "year"), _hledger, "Signed link to its posted entries as a file for hledger."
    )
    closing_entries: list[JournalEntry] = many(
        queries.CLOSING_ENTRIES_OF,
        "What closed it and opened the next: regularisation, closing, opening; earlier ones are REVERSED.",
    )


@node(queries.PERIOD_LOCKS, VIEW)
class PeriodLocks:
    """The last locked day of each lock of a company, included; null where nothing is locked."""

    id: strawberry.ID = column("The company's id.")
    company_id: strawberry.ID = column("The company.")
    soft_until: Date | None = column("Managers pass it; others need an exception.")
    tax_until: Date | None = column("The end of the last filed period; everybody needs an exception.")
    hard_until: Date | None = column("The end of the last closed year; nobody passes.")
    changed_at: DateTime = column("When one of them was moved last.")


@node(queries.DAYBOOK_LOCK, VIEW)
class DaybookLock:
    """The soft lock of one daybook, beside that of all books."""

    company_id: strawberry.ID = column("The company.")
    daybook: Daybook = column("Which of its journals.")
    soft_until: Date | None = column("The last locked day, included; null where it was opened again.")
    changed_at: DateTime = column("When it was moved last.")


@node(queries.LOCK_EXCEPTION, VIEW)
class LockException:
    """Somebody may work behind a lock until an instant, for a reason."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company.")
    lock: LockKind = column("The lock that lets through.")
    daybook: Daybook | None = column("The one daybook whose lock it is; null is every one.")
    membership_id: strawberry.ID | None = column("Who is let through; null is everybody who may post.")
    for_name: str = column("Name of who is let through; empty for everybody.")
    reason: str = column("Why.")
    until_at: DateTime = column("When it expires by itself.")
    granted_by_name: str = column("Who granted it.")
    granted_at: DateTime = column("When it was granted.")
    ended_at: DateTime | None = column("When somebody ended it before its time.")
    is_live: bool = expr(queries.is_live, "Whether it lets through now.", nullable=False)


@node(queries.LOCK_CHANGE, VIEW)
class LockChange:
    """One line of the log of locks. The log is only ever added to, and the client sees it too."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company.")
    act: LockAct = column("What happened.")
    lock: LockKind = column("To which lock.")
    daybook: Daybook | None = column("Of which daybook; null is all books.")
    before_on: Date | None = column("The last locked day before.")
    after_on: Date | None = column("The last locked day after.")
    reason: str = column("Why; may be empty where a lock moved forwards.")
    exception_id: strawberry.ID | None = column("The exception that was granted or ended.")
    changed_by_name: str = column("Who did it.")
    changed_at: DateTime = column("When.")


@strawberry.type
class PeriodQuery:
    @rows(queries.FISCAL_YEARS, lambda row: (row.c.year.desc(),))
    def fiscal_years(self, company_id: strawberry.ID) -> list[FiscalYear] | None:
        """The fiscal years of one company, the newest first."""

    @single(lambda row, values, ask: row.c.company_id == values["companyId"])
    def period_locks(self, company_id: strawberry.ID) -> PeriodLocks | None:
        """The locks of one company; null where none was ever set."""

    @rows(queries.DAYBOOK_LOCKS, lambda row: (row.c.daybook,))
    def daybook_locks(self, company_id: strawberry.ID) -> list[DaybookLock] | None:
        """The soft locks of single daybooks of one company; those that were ever set."""

    @rows(queries.LOCK_EXCEPTIONS, lambda row: (row.c.granted_at.desc(), row.c.id))
    def lock_exceptions(
        self, company_id: strawberry.ID, *, live: bool | None = None
    ) -> list[LockException] | None:
        """Exceptions of one company, the newest 500; only those that let through now, or only the others."""

    @rows(queries.LOCK_CHANGES, lambda row: (row.c.changed_at.desc(), row.c.id.desc()))
    def lock_changes(self, company_id: strawberry.ID) -> list[LockChange] | None:
        """The log of one company's locks, the newest 500."""


@strawberry.input(description="Where a lock shall stand.")
class MovePeriodLockInput:
    company_id: strawberry.ID = strawberry.field(description="The company.")
    lock: LockKind = strawberry.field(description="Which lock.")
    daybook: Daybook | None = strawberry.field(
        default=None, description="The soft lock of this daybook alone; left out, of all books."
    )
    until: Date | None = strawberry.field(
        default=None, description="The last locked day, included; left out, the lock goes."
    )
    reason: str = strawberry.field(
        default="", description="Needed where the lock goes or moves back; at most 500 signs."
    )


@strawberry.input(description="Who may work behind a lock, until when and why.")
class GrantLockExceptionInput:
    company_id: strawberry.ID = strawberry.field(description="The company.")
    lock: LockKind = strawberry.field(description="SOFT or TAX.")
    daybook: Daybook | None = strawberry.field(
        default=None, description="Behind the soft lock of this daybook alone; left out, of all of them."
    )
    membership_id: strawberry.ID | None = strawberry.field(
        default=None, description="A colleague of the viewer; left out, everybody who may post."
    )
    until_at: DateTime = strawberry.field(description="When it expires, at most 31 days from now.")
    reason: str = strawberry.field(description="Why, 1 to 500 signs.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one exception."
    )


@payload
class MovePeriodLockPayload:
    """The line of the log, null where the lock stood there already, or why nothing was done."""

    change: Touched[LockChange] = touched()
    refusals: list[Refusal] = refusals()


@payload
class LockExceptionPayload:
    """The exception as it is now, or why nothing was done."""

    exception: Touched[LockException] = touched()
    refusals: list[Refusal] = refusals()


@strawberry.type
class PeriodMutation:
    @mutation(guard=EDIT)
    async def move_period_lock(self, info: Info, input: MovePeriodLockInput) -> MovePeriodLockPayload:
        """Moves one lock. The hard lock only ever moves forwards, and not over the end of an open year."""
        async with info.context.write() as act:
            made = await actions.move_lock(
                act, input.company_id, input.lock, input.until, reason=input.reason, daybook=input.daybook
            )
        return MovePeriodLockPayload(change=made)

    @mutation(guard=APPROVE)
    async def grant_lock_exception(self, info: Info, input: GrantLockExceptionInput) -> LockExceptionPayload:
        """Lets a colleague, or everybody who may post, behind the soft or the tax lock for a while."""
        async with info.context.write() as act:
            made = await actions.grant_exception(
                act,
                input.company_id,
                input.lock,
                membership_id=input.membership_id,
                until_at=input.until_at,
                reason=input.reason,
                request_key=input.request_key,
                daybook=input.daybook,
            )
        return LockExceptionPayload(exception=made)

    @mutation(guard=APPROVE)
    async def end_lock_exception(self, info: Info, id: strawberry.ID) -> LockExceptionPayload:
        """Ends an exception before its time."""
        async with info.context.write() as act:
            ended = await actions.end_exception(act, id)
        return LockExceptionPayload(exception=ended)
