"""The year's end in GraphQL: checks, closing, reopening."""

import strawberry

from services.access.guard import (
    Guard,
    Refusal,
    Touched,
    mutation,
    node,
    payload,
    refusals,
    resolved,
    touched,
)
from services.access.interface import Act, Info
from services.access.policy import Action, Scope
from services.journal.actions import closing as actions
from services.journal.actions.years import open_next_year, set_year_days
from services.journal.schema.periods import FiscalYear
from services.kit.scalars import Date, Money

VIEW = Guard(Scope.JOURNAL)
APPROVE = Guard(Scope.JOURNAL, Action.APPROVE)
CLOSE = Guard(Scope.PERIOD_LOCKS, Action.EDIT)
CHECKS_MAX = 50


@node(None, VIEW)
class ClosingCheck:
    """One thing to look at before a year is closed; fine when `count` is 0."""

    code: str = strawberry.field(
        description=(
            "DRAFTS, SUSPENSE (555 is not zero), MISSING_NUMBERS, UNMAPPED_ACCOUNTS, EARLIER_YEARS_OPEN,"
            " UNPOSTED_DOCUMENTS; more may come."
        )
    )
    count: int | None = strawberry.field(
        description="How many of its kind are not done; null for who may not see what is counted."
    )
    is_blocking: bool = strawberry.field(description="Whether the year cannot be closed while there are any.")
    amount: Money | None = strawberry.field(description="What they add up to, where that says something.")


@strawberry.type
class ClosingQuery:
    @resolved(guard=VIEW, cap=CHECKS_MAX)
    async def closing_checks(
        self, info: Info, company_id: strawberry.ID, year: int
    ) -> list[ClosingCheck] | None:
        """What a fiscal year still needs before it is closed; null for a year outside reach."""
        async with info.context.database.read(info.context.viewer.id) as session:
            found = await actions.checks_of(Act(session, info.context.viewer), company_id, year)
        if found is None:
            return None
        return [
            ClosingCheck(
                code=check.code,
                count=check.count,
                is_blocking=check.is_blocking,
                amount=None if check.amount is None else Money(check.amount),
            )
            for check in found
        ]


@strawberry.input(description="The fiscal year that shall be closed.")
class CloseFiscalYearInput:
    company_id: strawberry.ID = strawberry.field(description="The company.")
    year: int = strawberry.field(description="The fiscal year, by its name.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice closes once. A reopened year needs a new one."
    )


@strawberry.input(description="The last closed fiscal year, and why it shall be open again.")
class ReopenFiscalYearInput:
    company_id: strawberry.ID = strawberry.field(description="The company.")
    year: int = strawberry.field(description="The fiscal year, by its name.")
    reason: str = strawberry.field(description="Why, 1 to 500 signs; the client reads it in the log.")


@strawberry.input(description="When an open fiscal year begins and ends.")
class FiscalYearDaysInput:
    company_id: strawberry.ID = strawberry.field(description="The company.")
    year: int = strawberry.field(description="The fiscal year.")
    starts_on: Date = strawberry.field(description="Its first day.")
    ends_on: Date = strawberry.field(description="Its last day, at most twelve months later.")


@payload
class FiscalYearPayload:
    """The fiscal year as it is now, or why nothing was done."""

    fiscal_year: Touched[FiscalYear] = touched()
    refusals: list[Refusal] = refusals()


@strawberry.type
class ClosingMutation:
    @mutation(guard=APPROVE)
    async def open_fiscal_year(self, info: Info, company_id: strawberry.ID, year: int) -> FiscalYearPayload:
        """Opens the fiscal year after the last one, or before the first; one that is there stays as it is."""
        async with info.context.write() as act:
            opened = await open_next_year(act, company_id, year)
        return FiscalYearPayload(fiscal_year=opened)

    @mutation(guard=APPROVE)
    async def set_fiscal_year_days(self, info: Info, input: FiscalYearDaysInput) -> FiscalYearPayload:
        """Says when an open year begins and ends: a short one where a company began, ended or changed its year's end.

        Years follow each other day by day and have twelve months at most; a following year without entries follows.
        """
        async with info.context.write() as act:
            changed = await set_year_days(act, input.company_id, input.year, input.starts_on, input.ends_on)
        return FiscalYearPayload(fiscal_year=changed)

    @mutation(guard=CLOSE)
    async def close_fiscal_year(self, info: Info, input: CloseFiscalYearInput) -> FiscalYearPayload:
        """Posts regularisation, closing and opening, locks the year for good, all at once or not at all."""
        async with info.context.write() as act:
            closed = await actions.close_year(
                act, input.company_id, input.year, request_key=input.request_key
            )
        return FiscalYearPayload(fiscal_year=closed)

    @mutation(guard=CLOSE)
    async def reopen_fiscal_year(self, info: Info, input: ReopenFiscalYearInput) -> FiscalYearPayload:
        """Reverses what closed the last closed year and moves the hard lock back to where it was before."""
        async with info.context.write() as act:
            opened = await actions.reopen_year(act, input.company_id, input.year, reason=input.reason)
        return FiscalYearPayload(fiscal_year=opened)
