"""What reports say before a year is closed."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.journal.interface import (
    ClosingCheck,
    YearAsked,
    closing_check,
    journal_entry_table,
    journal_line_table,
    ledger_account_table,
)
from services.kit.money import ZERO
from services.reports.rules.statements import is_placed

_account: Any = ledger_account_table()
_entry: Any = journal_entry_table()
_line: Any = journal_line_table()


@closing_check()
async def unmapped_accounts(session: AsyncSession, asked: YearAsked) -> ClosingCheck:
    """Accounts with a balance at the end of the year that stand on no line of balance sheet or profit and loss."""
    balance = func.sum(_line.c.debit - _line.c.credit)
    held = (
        select(_account.c.code, balance.label("balance"))
        .select_from(
            _line.join(_entry, _entry.c.id == _line.c.entry_id).join(
                _account, _account.c.id == _line.c.ledger_account_id
            )
        )
        .where(
            _line.c.company_id == asked.company_id,
            _line.c.entry_on <= asked.ends_on,
            _entry.c.state == "POSTED",
        )
        .group_by(_account.c.code)
        .having(balance != ZERO)
    )
    rows = (await session.execute(held)).all()
    return ClosingCheck(
        code="UNMAPPED_ACCOUNTS", count=sum(not is_placed(row.code, row.balance) for row in rows)
    )
