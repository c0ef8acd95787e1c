"""Mirror images of posted entries: the only way to take one back. The callers have checked their own scope."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.access.interface import Act
from services.journal.actions.books import Chain, lock_books
from services.journal.actions.lines import as_draft, lines_of
from services.journal.actions.periods import CLOSING_SOURCES, Origin, first_open_on
from services.journal.actions.posting import company_of, head_of, post_entry
from services.journal.actions.refusals import ClosingEntryStays, EntryAlreadyReversed, EntryNotPosted
from services.journal.models import JournalEntry
from services.journal.rules.entries import reversed_lines

_entry: Any = JournalEntry.__table__  # type: ignore[attr-defined]


async def reverse_entry(
    act: Act,
    entry_id: UUID,
    *,
    on: date | None = None,
    on_its_day: bool = False,
    text: str | None = None,
    request_key: str | None = None,
) -> UUID:
    """This will post the entry's mirror image and give its id: sides swapped, own number, `reversesId` set.

    It is dated `on`, or like the entry; a locked day gives way to the first open one, or is refused (PeriodLocked)
    where the reversal has to stand `on_its_day`. The caller has checked its scope. Raises EntryNotPosted,
    EntryAlreadyReversed, and what post_draft raises; the same request key gives the first reversal.
    """
    company_id = await company_of(act, entry_id)
    chain = await lock_books(act, company_id)
    entry = await head_of(act, entry_id)
    if entry.state != "POSTED":
        raise EntryNotPosted
    if entry.source in CLOSING_SOURCES and entry.source_id is not None:
        raise ClosingEntryStays
    earlier = (
        await act.session.execute(
            select(_entry.c.id, _entry.c.request_key).where(_entry.c.reverses_id == entry_id)
        )
    ).one_or_none()
    if earlier is not None:
        if request_key is not None and earlier.request_key == request_key:
            return earlier.id  # type: ignore[no-any-return]
        raise EntryAlreadyReversed(number=entry.number)
    wanted = on or entry.entry_on
    if not on_its_day:
        # It will be in the daybook of what it reverses.
        wanted = await first_open_on(act, wanted, Origin(company_id, entry.source, entry.source_id))
    return await mirror_entry(
        act,
        chain,
        entry_id,
        on=wanted,
        text=text or f"{entry.text} (reversal of {entry.number})",
        # A mirror of an opening that somebody entered is no movement of the year either.
        source=entry.source if entry.source in CLOSING_SOURCES else "REVERSAL",
        request_key=request_key,
    )


async def mirror_entry(
    act: Act,
    chain: Chain,
    entry_id: UUID,
    *,
    on: date,
    text: str,
    source: str,
    request_key: str | None = None,
) -> UUID:
    """This will post the entry's lines with their sides swapped on a day, naming the entry, and give the new id.

    The caller holds `chain`, the lock of the books, and knows that the entry is posted and not reversed.
    """
    mirrored = reversed_lines(await lines_of(act, entry_id))
    return await post_entry(
        act,
        company_id=await company_of(act, entry_id),
        entry_on=on,
        text=text,
        lines=[as_draft(line) for line in mirrored],
        source=source,
        source_id=entry_id,
        request_key=request_key,
        reverses_id=entry_id,
        chain=chain,
        as_they_stood=True,
    )
