"""Whether the books are what was posted: recomputes the chain of hashes and every entry's balance."""

from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.journal.models import JournalEntry, JournalLine, LedgerAccount
from services.journal.rules.chain import GENESIS_HASH, ChainedEntry, PostedEntry, verify_chain
from services.journal.rules.entries import EntryLine, check_entry
from services.kit.errors import Refused
from services.kit.money import total

BLOCK_ROWS = 2_000
"""Lines fetched at once, so that a ledger of any size is verified in little memory."""

_entry: Any = JournalEntry.__table__  # type: ignore[attr-defined]
_line: Any = JournalLine.__table__  # type: ignore[attr-defined]
_account: Any = LedgerAccount.__table__  # type: ignore[attr-defined]


async def verify_ledger(session: AsyncSession, company_id: UUID) -> UUID | None:
    """This will give the first posted entry that no longer holds, in the order of posting; None if all do.

    Checked: the positions follow without a gap, every hash is that of the entry and its predecessor, debit equals
    credit and both are the stored total. The caller has named a viewer that reaches the company.
    """
    previous_hash = GENESIS_HASH
    position = 0
    async for rows in _entries(session, company_id):
        position += 1
        head = rows[0]
        chained = _chained(company_id, rows)
        if head.chain_position != position or head.total != total(line.debit for line in chained.entry.lines):
            return head.id  # type: ignore[no-any-return]
        try:
            check_entry(chained.entry.lines)
        except Refused:
            return head.id  # type: ignore[no-any-return]
        if verify_chain([chained], previous_hash=previous_hash) is not None:
            return head.id  # type: ignore[no-any-return]
        previous_hash = chained.hash
    return None


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
