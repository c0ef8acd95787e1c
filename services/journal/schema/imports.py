"""Bringing a journal along, and papers for entries, in GraphQL: both come as uploads for JOURNAL."""

import strawberry

from services.access.guard import Refusal, mutation, payload, refusal_of, refusals
from services.access.interface import Info
from services.journal.actions import importing as actions
from services.journal.actions.marks import attach_paper
from services.journal.schema.entries import EDIT
from services.journal.schema.entry_acts import EntryPayload


@payload
class RefusedRow:
    """A row of the table, or the entry that begins there, and why it was refused."""

    row: int = strawberry.field(description="Number of the row as a person sees it, the headings being 1.")
    refusal: Refusal = strawberry.field(description="Why.")


@payload
class JournalImportPayload:
    """What a table gave, or would give, or why nothing was done."""

    made: int = strawberry.field(default=0, description="Entries that were made, or would be.")
    known: int = strawberry.field(
        default=0, description="Entries that are there already and stay as they are."
    )
    lines: int = strawberry.field(default=0, description="Lines of the entries made.")
    refused: list[RefusedRow] = strawberry.field(
        default_factory=list, description="The first 100 refused rows."
    )
    refusals: list[Refusal] = refusals()


@strawberry.type
class ImportMutation:
    @mutation(guard=EDIT)
    async def preview_journal_import(
        self, info: Info, company_id: strawberry.ID, upload_id: strawberry.ID
    ) -> JournalImportPayload:
        """Says what importing an uploaded CSV or Excel table would do, row by row, and does nothing."""
        async with info.context.write() as act:
            found = await actions.preview_import(
                act, info.context.store, company_id=company_id, upload_id=upload_id
            )
        return _told(info, found)

    @mutation(guard=EDIT)
    async def import_journal(
        self, info: Info, company_id: strawberry.ID, upload_id: strawberry.ID, *, post: bool = False
    ) -> JournalImportPayload:
        """Makes the entries of a table, all or none, as drafts or posted. The same table again adds nothing."""
        async with info.context.write() as act:
            found = await actions.import_journal(
                act, info.context.store, company_id=company_id, upload_id=upload_id, post=post
            )
        return _told(info, found)

    @mutation(guard=EDIT)
    async def attach_entry_paper(
        self, info: Info, entry_id: strawberry.ID, upload_id: strawberry.ID
    ) -> EntryPayload:
        """Puts an uploaded file beside an entry; the same content is attached once."""
        async with info.context.write() as act:
            attached = await attach_paper(act, entry_id, upload_id=upload_id)
        return EntryPayload(entry=attached)


def _told(info: Info, found: actions.ImportResult) -> JournalImportPayload:
    return JournalImportPayload(
        made=len(found.made),
        known=found.known,
        lines=found.lines,
        refused=[RefusedRow(row=row, refusal=refusal_of(info, reason)) for row, reason in found.refused],
    )
