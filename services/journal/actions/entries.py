"""What people do with entries in the journal itself: keep drafts, post, reverse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.access.interface import Act, as_id
from services.access.policy import Action, Scope
from services.journal.actions.lines import EntryLineDraft
from services.journal.actions.posting import (
    draft_entry,
    post_draft,
    remove_draft,
    replace_draft,
)
from services.journal.actions.reversing import reverse_entry
from services.journal.models import JournalEntry
from services.kit.batches import Outcome, one_by_one
from services.kit.errors import BadInput

AT_ONCE_MAX = 100
TEXT_LENGTH_MAX = 500

_entry: Any = JournalEntry.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """A draft as entered. `request_key` makes sending twice harmless."""

    company_id: UUID | str
    entry_on: date
    text: str
    lines: tuple[EntryLineDraft, ...]
    request_key: str | None = None


async def create_draft(act: Act, new: NewEntry) -> UUID:
    """This will keep an entry as a draft. Needs JOURNAL EDIT. Raises BadInput and what draft_entry raises."""
    company_id = await act.may(new.company_id, Scope.JOURNAL, Action.EDIT, path=("companyId",))
    return await draft_entry(
        act,
        company_id=company_id,
        entry_on=new.entry_on,
        text=entry_text(new.text),
        lines=new.lines,
        source="MANUAL",
        request_key=new.request_key,
    )


async def edit_draft(
    act: Act,
    entry_id: UUID | str,
    *,
    entry_on: date,
    text: str,
    lines: Sequence[EntryLineDraft],
    version: int | None = None,
) -> UUID:
    """This will replace what a draft says. `version` is the one that was read. Needs JOURNAL EDIT.

    Raises EntryAlreadyPosted, EntryChanged and what draft_entry raises.
    """
    entry = await found(act, entry_id, Action.EDIT)
    await replace_draft(act, entry.id, entry_on=entry_on, text=entry_text(text), lines=lines, version=version)
    return entry.id


async def delete_draft(act: Act, entry_id: UUID | str, *, version: int | None = None) -> None:
    """This will remove a draft. Needs JOURNAL EDIT. Raises EntryAlreadyPosted, EntryChanged."""
    entry = await found(act, entry_id, Action.EDIT)
    await remove_draft(act, entry.id, version=version)
    act.session.expunge(entry)


async def post_entries(act: Act, entry_ids: Sequence[UUID | str]) -> list[Outcome]:
    """This will post drafts, each by itself, and say what became of each, in the order asked.

    Numbers follow the days of the entries. One that is posted already stays as it is and counts as done, so asking
    twice is harmless. Needs JOURNAL APPROVE in each company. Raises BadInput for none or more than AT_ONCE_MAX.
    """
    wanted = [as_id(given, "entry", ("ids",)) for given in entry_ids]
    if not 1 <= len(wanted) <= AT_ONCE_MAX:
        raise BadInput("ids", "name 1 to {most} entries", most=AT_ONCE_MAX)
    known = await act.session.execute(
        select(_entry.c.id)
        .where(_entry.c.id.in_(wanted))
        .order_by(_entry.c.company_id, _entry.c.entry_on, _entry.c.id)
    )
    ordered = list(known.scalars())
    missing = [entry_id for entry_id in dict.fromkeys(wanted) if entry_id not in ordered]

    async def post(entry_id: UUID) -> UUID:
        entry = await found(act, entry_id, Action.APPROVE)
        return await post_draft(act, entry.id)

    outcomes = await one_by_one(act.session, [*ordered, *missing], post)
    return [outcomes[entry_id] for entry_id in dict.fromkeys(wanted)]


async def reverse(
    act: Act, entry_id: UUID | str, *, on: date | None = None, text: str | None = None, request_key: str
) -> UUID:
    """This will reverse a posted entry and give the reversal's id. Needs JOURNAL APPROVE.

    Raises EntryNotPosted, EntryAlreadyReversed and what post_draft raises.
    """
    entry = await found(act, entry_id, Action.APPROVE)
    return await reverse_entry(
        act, entry.id, on=on, text=entry_text(text) if text else None, request_key=request_key
    )


async def found(act: Act, entry_id: UUID | str, action: Action) -> JournalEntry:
    """The entry if the viewer may act on it under JOURNAL. Raises NotFound, Denied."""
    return await act.find(
        JournalEntry, entry_id, Scope.JOURNAL, action, what="entry", path=("id",), lock=False
    )


def entry_text(text: str) -> str:
    """What an entry is about, without blanks around it. Raises BadInput for none or too much."""
    cleaned = text.strip()
    if not 1 <= len(cleaned) <= TEXT_LENGTH_MAX:
        raise BadInput("text", "say what the entry is about in 1 to {most} signs", most=TEXT_LENGTH_MAX)
    return cleaned
