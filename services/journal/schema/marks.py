"""What people put beside an entry, in GraphQL: marks of review and comments."""

import strawberry

from services.access.guard import Guard, mutation
from services.access.interface import Info
from services.access.policy import Role, Scope
from services.journal.actions import marks as actions
from services.journal.schema.entries import EDIT
from services.journal.schema.entry_acts import EntriesPayload, EntryPayload, results_of

COMMENT = Guard(Scope.JOURNAL, roles=frozenset(Role) - {Role.PARTNER_APP})
"""Whoever reads the journal may say something about it; programs only read."""


@strawberry.type
class MarkMutation:
    @mutation(guard=EDIT)
    async def mark_reviewed(self, info: Info, id: strawberry.ID) -> EntryPayload:
        """Notes that the viewer found a posted entry right; the first mark stays."""
        async with info.context.write() as act:
            marked = await actions.mark_reviewed(act, id)
        return EntryPayload(entry=marked)

    @mutation(guard=EDIT)
    async def unmark_reviewed(self, info: Info, id: strawberry.ID) -> EntryPayload:
        """Takes the mark of review away."""
        async with info.context.write() as act:
            unmarked = await actions.unmark_reviewed(act, id)
        return EntryPayload(entry=unmarked)

    @mutation(guard=EDIT)
    async def mark_entries_reviewed(self, info: Info, ids: list[strawberry.ID]) -> EntriesPayload:
        """Notes that the viewer found posted entries right, at most 100, each by itself; first marks stay."""
        async with info.context.write() as act:
            outcomes = await actions.review_entries(act, ids, reviewed=True)
        return EntriesPayload(results=results_of(info, outcomes))

    @mutation(guard=EDIT)
    async def unmark_entries_reviewed(self, info: Info, ids: list[strawberry.ID]) -> EntriesPayload:
        """Takes the marks of review of entries away, at most 100, each by itself."""
        async with info.context.write() as act:
            outcomes = await actions.review_entries(act, ids, reviewed=False)
        return EntriesPayload(results=results_of(info, outcomes))

    @mutation(guard=COMMENT)
    async def add_entry_comment(
        self, info: Info, entry_id: strawberry.ID, text: str, request_key: str
    ) -> EntryPayload:
        """Says something about an entry, 1 to 2000 signs; the same request key says it once."""
        async with info.context.write() as act:
            commented = await actions.add_comment(act, entry_id, text, request_key=request_key)
        return EntryPayload(entry=commented)

    @mutation(guard=EDIT)
    async def detach_entry_paper(self, info: Info, id: strawberry.ID) -> EntryPayload:
        """Takes a paper away from its entry."""
        async with info.context.write() as act:
            detached = await actions.detach_paper(act, id)
        return EntryPayload(entry=detached)
