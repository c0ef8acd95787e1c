"""Whether the books are what was posted: recomputes the chain of hashes and every entry's balance."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.journal.actions.books import CHAIN_SERIES, CHAIN_YEAR
from services.journal.models import EntryCounter, JournalEntry, JournalLine, LedgerAccount
from services.journal.rules.chain import GENESIS_HASH, ChainedEntry, PostedEntry, verify_chain
from services.journal.rules.entries import EntryLine, check_entry
from services.kit.errors import Refused
from services.kit.money import total

BLOCK_ROWS = 2_000
"""Lines fetched at once, so that a ledger of any size is verified in little memory."""

_entry: Any = JournalEntry.__table__  # type: ignore[attr-defined]
_line: Any = JournalLine.__table__  # type: ignore[attr-defined]
_account: Any = LedgerAccount.__table__  # type: ignore[attr-defined]
_counter: Any = EntryCounter.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenEntry:
    """The first posted entry that no longer holds; where the last one is gone, nothing but the reason is known.

    `reason` is POSITION (one before it is missing), AMOUNTS (it does not balance, or not to its total), LINK (it names
    another predecessor), HASH (it says something else than was posted) or END (the last entry is missing).
    """

    reason: str
    entry_id: UUID | None = None
    number: int | None = None
    fiscal_year: int | None = None
    entry_on: date | None = None


@dataclass(frozen=True, slots=True)
class VerifiedLedger:
    """How many posted entries were looked at, and the first of them that does not hold."""

    entry_count: int
    broken: BrokenEntry | None


async def verify_ledger(session: AsyncSession, company_id: UUID) -> VerifiedLedger:
    """This will recompute a company's books in the order of posting, up to the first entry that does not hold.

    Checked: the positions follow without a gap, every hash is that of the entry and its predecessor, debit equals
    credit and both are the stored total, and the chain ends where the books say. Hashing is done beside the event loop.
    The caller has named a viewer that reaches the company.
    """
    # Read before the entries: what is posted meanwhile stands behind it.
    end = (
        await session.execute(
            select(_counter.c.last_number, _counter.c.last_hash).where(
                _counter.c.company_id == company_id,
                _counter.c.year == CHAIN_YEAR,
                _counter.c.series == CHAIN_SERIES,
            )
        )
    ).one_or_none()
    counted, previous, last_hash = 0, GENESIS_HASH, GENESIS_HASH
    async for block in _blocks(session, company_id):
        checked = await asyncio.to_thread(_check, company_id, block, counted, previous)
        if isinstance(checked, BrokenEntry):
            return VerifiedLedger(counted + len(block), checked)
        if end is not None and counted < end.last_number <= counted + len(block):
            last_hash = block[end.last_number - counted - 1][0].hash
        counted, previous = counted + len(block), checked
    if end is not None and (counted < end.last_number or last_hash != end.last_hash):
        return VerifiedLedger(counted, BrokenEntry(reason="END"))
    return VerifiedLedger(counted, None)


def _check(
    company_id: UUID, block: Sequence[Sequence[Any]], position: int, previous: str
) -> BrokenEntry | str:
    """The hash of the block's last entry, or the first entry that does not hold."""
    for place, rows in enumerate(block, start=position + 1):
        reason = _broken(company_id, rows, place, previous)
        if reason is not None:
            head = rows[0]
            return BrokenEntry(
                reason=reason,
                entry_id=head.id,
                number=head.number,
                fiscal_year=head.fiscal_year,
                entry_on=head.entry_on,
            )
        previous = rows[0].hash
    return previous


def _broken(company_id: UUID, rows: Sequence[Any], position: int, previous: str) -> str | None:
    head, chained = rows[0], _chained(company_id, rows)
    if head.chain_position != position:
        return "POSITION"
    if verify_chain([chained], previous_hash=previous) is not None:
        return "HASH" if chained.previous_hash == previous else "LINK"
    try:
        check_entry(chained.entry.lines)
    except Refused:
        return "AMOUNTS"
    return "AMOUNTS" if head.total != total(line.debit for line in chained.entry.lines) else None


async def _blocks(session: AsyncSession, company_id: UUID) -> AsyncIterator[Sequence[Sequence[Any]]]:
    """Entries with their lines, so many at once as BLOCK_ROWS lines make."""
    block: list[Sequence[Any]] = []
    held = 0
    async for rows in _entries(session, company_id):
        block.append(rows)
        held += len(rows)
        if held >= BLOCK_ROWS:
            yield block
            block, held = [], 0
    if block:
        yield block


async def _entries(session: AsyncSession, company_id: UUID) -> AsyncIterator[Sequence[Any]]:
    """The rows of one posted entry after the other: its head beside each of its lines."""
    statement = (
        select(
            *(
                _entry.c[name]
                for name in ("id", "fiscal_year", "number", "entry_on", "total", "chain_position")
            ),
            *(_entry.c[name] for name in ("hash", "previous_hash")),
            _entry.c.text.label("entry_text"),
            *(_line.c[name] for name in ("debit", "credit", "contact_id", "text")),
            _account.c.code,
        )
        .outerjoin(_line, _line.c.entry_id == _entry.c.id)
        .outerjoin(_account, _account.c.id == _line.c.ledger_account_id)
        .where(_entry.c.company_id == company_id, _entry.c.state == "POSTED")
        .order_by(_entry.c.chain_position, _entry.c.id, _line.c.position)
    )
    result = await session.stream(statement, execution_options={"yield_per": BLOCK_ROWS})
    held: list[Any] = []
    async for row in result:
        if held and held[0].id != row.id:
            yield held
            held = []
        held.append(row)
    if held:
        yield held


def _chained(company_id: UUID, rows: Sequence[Any]) -> ChainedEntry:
    head = rows[0]
    lines = tuple(
        EntryLine(
            ledger_account_code=row.code,
            debit=row.debit,
            credit=row.credit,
            contact_id=row.contact_id,
            text=row.text,
        )
        for row in rows
        if row.code is not None
    )
    entry = PostedEntry(
        company_id=company_id,
        fiscal_year=head.fiscal_year,
        number=head.number,
        entry_on=head.entry_on,
        text=head.entry_text,
        lines=lines,
    )
    return ChainedEntry(entry=entry, previous_hash=head.previous_hash or "", hash=head.hash or "")
