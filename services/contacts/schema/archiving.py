"""Mutations that archive or restore many cards at once."""

from collections.abc import Sequence

import strawberry

from services.access.guard import Guard, Refusal, Touched, mutation, payload, refusal_of, refusals, touched
from services.access.interface import Info
from services.access.policy import Action, Scope
from services.contacts.actions.archiving import archive_contacts
from services.contacts.schema.reads import Contact
from services.kit.batches import Outcome

EDIT = Guard(Scope.CONTACTS, Action.EDIT)


@payload
class ContactResult:
    """What became of one contact of a batch."""

    id: strawberry.ID = strawberry.field(description="The id that was asked for.")
    contact: Touched[Contact] = touched("The contact as it is now; null if there is none within reach.")
    refusals: list[Refusal] = refusals()


@payload
class ContactsPayload:
    """One result for each contact, in the order asked, or why the whole was refused."""

    results: list[ContactResult] = strawberry.field(
        default_factory=list, description="What became of each contact."
    )
    refusals: list[Refusal] = refusals()


@strawberry.type
class ArchivingMutation:
    @mutation(guard=EDIT)
    async def archive_contacts(self, info: Info, ids: list[strawberry.ID]) -> ContactsPayload:
        """Takes cards out of lists and choices, at most 100, each by itself; documents and entries stay."""
        async with info.context.write() as act:
            outcomes = await archive_contacts(act, ids, archived=True)
        return ContactsPayload(results=_results(info, outcomes))

    @mutation(guard=EDIT)
    async def restore_contacts(self, info: Info, ids: list[strawberry.ID]) -> ContactsPayload:
        """Brings archived cards back, at most 100, each by itself."""
        async with info.context.write() as act:
            outcomes = await archive_contacts(act, ids, archived=False)
        return ContactsPayload(results=_results(info, outcomes))


def _results(info: Info, outcomes: Sequence[Outcome]) -> list[ContactResult]:
    return [
        ContactResult(
            id=strawberry.ID(str(outcome.id)),
            contact=outcome.id,
            refusals=[refusal_of(info, outcome.refused)] if outcome.refused else [],
        )
        for outcome in outcomes
    ]
