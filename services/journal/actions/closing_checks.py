"""What must be right before a year is closed. Modules above the journal add theirs with `closing_check`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.journal.models import FiscalYear, JournalEntry, JournalLine, LedgerAccount
from services.journal.rules.closing import ClosingCheck
from services.kit.errors import Denied

SUSPENSE = "555"
"""Items pending allocation: each is identified before the year ends (rule 30)."""

_entry: Any = JournalEntry.__table__  # type: ignore[attr-defined]
_line: Any = JournalLine.__table__  # type: ignore[attr-defined]
_account: Any = LedgerAccount.__table__  # type: ignore[attr-defined]
_year: Any = FiscalYear.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class YearAsked:
    """The fiscal year that is looked at; both days belong to it."""

    company_id: UUID
    year: int
    starts_on: date
    ends_on: date


Check: TypeAlias = Callable[[AsyncSession, YearAsked], Awaitable[ClosingCheck]]

_checks: list[tuple[Check, tuple[Scope, ...]]] = []


def closing_check(*reads: Scope) -> Callable[[Check], Check]:
    """This will make a function part of every closing: it says how many things of its kind are not done.

    Named are the scopes, beside that of the journal, that somebody needs to be told the number.
    """

    def keep(check: Check) -> Check:
        _checks.append((check, reads))
        return check

    return keep


async def closing_checks(session: AsyncSession, asked: YearAsked) -> list[ClosingCheck]:
    """This will run every check, those of the journal first. The session's viewer reaches the company."""
    return [await check(session, asked) for check, _ in _checks]


async def closing_checks_shown(act: Act, asked: YearAsked) -> list[ClosingCheck]:
    """The same for somebody who looks: without the number where it counts what the viewer may not see."""
    return [
        found if await _sees(act, asked, reads) else replace(found, count=None, amount=None)
        for found, (_, reads) in zip(await closing_checks(act.session, asked), _checks, strict=True)
    ]


async def _sees(act: Act, asked: YearAsked, reads: tuple[Scope, ...]) -> bool:
    try:
        for scope in reads:
            await act.may(asked.company_id, scope, Action.VIEW)
    except Denied:
        return False
    return True


@closing_check()
async def _drafts(session: AsyncSession, asked: YearAsked) -> ClosingCheck:
    found = await session.scalar(
        select(func.count()).select_from(_entry).where(*_of_year(asked), _entry.c.state == "DRAFT")
    )
    return ClosingCheck(code="DRAFTS", count=found or 0)


@closing_check()
async def _suspense(session: AsyncSession, asked: YearAsked) -> ClosingCheck:
    held = (
        select(_account.c.code, func.sum(_line.c.debit - _line.c.credit).label("balance"))
        .select_from(_joined())
        .where(*_of_year(asked), _entry.c.state == "POSTED", _account.c.code.like(f"{SUSPENSE}%"))
        .group_by(_account.c.code)
    )
    balances = [row.balance for row in (await session.execute(held)).all() if row.balance]
    return ClosingCheck(code="SUSPENSE", count=len(balances), amount=sum(balances) if balances else None)


@closing_check()
async def _missing_numbers(session: AsyncSession, asked: YearAsked) -> ClosingCheck:
    row = (
        await session.execute(
            select(
                func.coalesce(func.max(_entry.c.number), 0).label("last"), func.count().label("posted")
            ).where(*_of_year(asked), _entry.c.state == "POSTED")
        )
    ).one()
    return ClosingCheck(code="MISSING_NUMBERS", count=row.last - row.posted)


@closing_check()
async def _earlier_years(session: AsyncSession, asked: YearAsked) -> ClosingCheck:
    """Years before this one with entries that are not closed: their balances would be missing in the opening."""
    posted = select(_entry.c.id).where(
        _entry.c.company_id == asked.company_id,
        _entry.c.fiscal_year == _year.c.year,
        _entry.c.state == "POSTED",
    )
    found = await session.scalar(
        select(func.count())
        .select_from(_year)
        .where(
            _year.c.company_id == asked.company_id,
            _year.c.year < asked.year,
            _year.c.closed_at.is_(None),
            posted.exists(),
        )
    )
    return ClosingCheck(code="EARLIER_YEARS_OPEN", count=found or 0)


def _of_year(asked: YearAsked) -> tuple[Any, ...]:
    return (_entry.c.company_id == asked.company_id, _entry.c.fiscal_year == asked.year)


def _joined() -> Any:
    of_entry = and_(_line.c.company_id == _entry.c.company_id, _line.c.entry_id == _entry.c.id)
    return _entry.join(_line, of_entry).join(_account, _account.c.id == _line.c.ledger_account_id)
