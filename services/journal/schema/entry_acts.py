"""What people do with entries, in GraphQL."""

from collections.abc import Sequence

import strawberry

from services.access.guard import (
    Refusal,
    Touched,
    mutation,
    payload,
    refusal_of,
    refusals,
    touched,
)
from services.access.interface import Info, as_id
from services.journal.actions import entries as actions
from services.journal.actions.lines import EntryLineDraft
from services.journal.schema.entries import APPROVE, EDIT, JournalEntry
from services.kit.batches import Outcome
from services.kit.money import ZERO
from services.kit.scalars import Date, Money


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
    version: int | None = strawberry.field(
        default=None, description="The version that was read; another one is refused with ENTRY_CHANGED."
    )


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
class EntryResult:
    """What became of one entry of a batch."""

    id: strawberry.ID = strawberry.field(description="The id that was asked for.")
    entry: Touched[JournalEntry] = touched("The entry as it is now; null if there is none within reach.")
    refusals: list[Refusal] = refusals()


@payload
class EntriesPayload:
    """One result for each entry, in the order asked, or why the whole was refused."""

    results: list[EntryResult] = strawberry.field(
        default_factory=list, description="What became of each entry."
    )
    refusals: list[Refusal] = refusals()


@strawberry.type
class EntryMutation:
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
                    lines=lines_of(input.lines),
                    request_key=input.request_key,
                ),
            )
        return EntryPayload(entry=made)

    @mutation(guard=EDIT)
    async def edit_entry(self, info: Info, input: EditEntryInput) -> EntryPayload:
        """Replaces what a draft says; a posted entry is refused."""
        async with info.context.write() as act:
            edited = await actions.edit_draft(
                act,
                input.id,
                entry_on=input.entry_on,
                text=input.text,
                lines=lines_of(input.lines),
                version=input.version,
            )
        return EntryPayload(entry=edited)

    @mutation(guard=EDIT)
    async def delete_entry(
        self, info: Info, id: strawberry.ID, version: int | None = None
    ) -> DeleteEntryPayload:
        """Deletes a draft; a posted entry is refused, and one of another version where one is named."""
        async with info.context.write() as act:
            await actions.delete_draft(act, id, version=version)
        return DeleteEntryPayload(deleted_id=id)

    @mutation(guard=APPROVE)
    async def post_entries(self, info: Info, ids: list[strawberry.ID], request_key: str) -> EntriesPayload:
        """Posts drafts, at most 100, each by itself.

        An entry that is posted already counts as done, so the same call twice gives the same result.
        """
        async with info.context.write() as act:
            outcomes = await actions.post_entries(act, ids)
        return EntriesPayload(results=results_of(info, outcomes))

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


def results_of(info: Info, outcomes: Sequence[Outcome]) -> list[EntryResult]:
    """What became of each entry of a batch, as the viewer reads it."""
    return [
        EntryResult(
            id=strawberry.ID(str(outcome.id)),
            entry=outcome.id,
            refusals=[refusal_of(info, outcome.refused)] if outcome.refused else [],
        )
        for outcome in outcomes
    ]


def lines_of(given: list[EntryLineInput]) -> tuple[EntryLineDraft, ...]:
    """The lines of an input as the acts take them. Raises NotFound for a contact's id that is none."""
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
