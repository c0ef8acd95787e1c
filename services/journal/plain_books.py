"""The posted entries of one fiscal year as a text file, block by block."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.journal.formats.plain_text import (
    PlainAccount,
    PlainEntry,
    PlainForm,
    PlainLine,
    opened,
    written,
)
from services.journal.models import FiscalYear, JournalEntry, JournalLine, LedgerAccount

BLOCK_ROWS = 2_000

_entry: Any = JournalEntry.__table__  # type: ignore[attr-defined]
_line: Any = JournalLine.__table__  # type: ignore[attr-defined]
_account: Any = LedgerAccount.__table__  # type: ignore[attr-defined]
_year: Any = FiscalYear.__table__  # type: ignore[attr-defined]


async def plain_books(
    session: AsyncSession, company_id: UUID, year: int, form: PlainForm
) -> AsyncIterator[str]:
    """This will write a year's posted entries by day and number, their accounts first; nothing for a year unknown.

    The caller has checked JOURNAL VIEW; the session names a viewer that reaches the company.
    """
    first_day = await session.scalar(
        select(_year.c.starts_on).where(_year.c.company_id == company_id, _year.c.year == year)
    )
    if first_day is None:
        return
    used = _joined(select(_account.c.code, _account.c.name, _account.c.type), company_id, year).distinct()
    accounts = {row.code: PlainAccount(row.code, row.name, row.type) for row in await session.execute(used)}
    for text in opened(form, list(accounts.values()), first_day):
        yield text
    columns = (_entry.c.id, _entry.c.entry_on, _entry.c.number, _entry.c.text, _entry.c.source)
    statement = _joined(
        select(*columns, _line.c.debit, _line.c.credit, _account.c.code), company_id, year
    ).order_by(_entry.c.entry_on, _entry.c.number, _line.c.position)
    held: list[Any] = []
    async for row in await session.stream(statement, execution_options={"yield_per": BLOCK_ROWS}):
        if held and held[0].id != row.id:
            yield _text(form, held, accounts)
            held = []
        held.append(row)
    if held:
        yield _text(form, held, accounts)


def _joined(selected: Select[Any], company_id: UUID, year: int) -> Select[Any]:
    return (
        selected.select_from(_entry)
        .join(_line, _line.c.entry_id == _entry.c.id)
        .join(_account, _account.c.id == _line.c.ledger_account_id)
        .where(_entry.c.company_id == company_id, _entry.c.fiscal_year == year, _entry.c.state == "POSTED")
    )


def _text(form: PlainForm, rows: list[Any], accounts: dict[str, PlainAccount]) -> str:
    head = rows[0]
    lines = [PlainLine(accounts[row.code], row.debit - row.credit) for row in rows]
    return written(form, PlainEntry(head.entry_on, head.number, head.text, head.source, lines))
