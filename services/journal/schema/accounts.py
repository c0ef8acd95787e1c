"""Changes of a company's chart, and the balances its books begin with, in GraphQL."""

import strawberry

from services.access.guard import Refusal, Touched, mutation, payload, refusals, touched
from services.access.interface import Info
from services.journal.actions import accounts as actions
from services.journal.schema.entries import EDIT, LedgerAccount
from services.journal.schema.entry_acts import EntryLineInput, EntryPayload, lines_of


@payload
class LedgerAccountPayload:
    """The account as it is now, or why nothing was done."""

    account: Touched[LedgerAccount] = touched()
    refusals: list[Refusal] = refusals()


@strawberry.input(description="The balances with which books begin.")
class OpeningBalancesInput:
    company_id: strawberry.ID = strawberry.field(description="The company.")
    year: int = strawberry.field(description="The first fiscal year of the books.")
    lines: list[EntryLineInput] = strawberry.field(description="Two lines or more; debit equals credit.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one draft."
    )


@strawberry.type
class AccountMutation:
    @mutation(guard=EDIT)
    async def add_ledger_account(
        self, info: Info, company_id: strawberry.ID, code: str, name: str
    ) -> LedgerAccountPayload:
        """Adds an account of 4 to 12 digits below one of the general chart, which then takes no entries itself."""
        async with info.context.write() as act:
            made = await actions.add_account(act, company_id, code, name)
        return LedgerAccountPayload(account=made)

    @mutation(guard=EDIT)
    async def rename_ledger_account(self, info: Info, id: strawberry.ID, name: str) -> LedgerAccountPayload:
        """Gives an account another name; its code stays."""
        async with info.context.write() as act:
            renamed = await actions.rename_account(act, id, name)
        return LedgerAccountPayload(account=renamed)

    @mutation(guard=EDIT)
    async def archive_ledger_account(
        self, info: Info, id: strawberry.ID, *, archived: bool = True
    ) -> LedgerAccountPayload:
        """Puts an account without balance and drafts away, or takes it out again. Accounts are never deleted."""
        async with info.context.write() as act:
            changed = await actions.archive_account(act, id, archived=archived)
        return LedgerAccountPayload(account=changed)

    @mutation(guard=EDIT)
    async def draft_opening_balances(self, info: Info, input: OpeningBalancesInput) -> EntryPayload:
        """Drafts the entry with which the books begin, on the first day of their first year."""
        async with info.context.write() as act:
            made = await actions.draft_opening(
                act, input.company_id, input.year, lines_of(input.lines), request_key=input.request_key
            )
        return EntryPayload(entry=made)
