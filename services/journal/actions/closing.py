"""Ending a year: checks, regularisation, closing, opening, hard lock; and reopening the last closed one.

All of it happens in the caller's transaction or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.journal.actions.books import lock_books
from services.journal.actions.closing_checks import YearAsked, closing_checks, closing_checks_shown
from services.journal.actions.lines import as_draft
from services.journal.actions.locks import lock_day, required_reason, write_lock
from services.journal.actions.periods import CLOSING_SOURCES
from services.journal.actions.posting import post_entry
from services.journal.actions.refusals import FiscalYearClosed
from services.journal.actions.reversing import mirror_entry
from services.journal.actions.years import open_year_beside
from services.journal.models import FiscalYear, JournalEntry, JournalLine, LedgerAccount, LockChange
from services.journal.rules import closing as rules
from services.journal.rules.closing import Balance, ClosingCheck, ClosingStep
from services.journal.rules.entries import EntryLine, reversed_lines
from services.journal.rules.periods import HardLockStays, LockKind
from services.kit import clock
from services.kit.errors import Denied, NotFound, RequestKeyUsed

_entry: Any = JournalEntry.__table__  # type: ignore[attr-defined]
_line: Any = JournalLine.__table__  # type: ignore[attr-defined]
_account: Any = LedgerAccount.__table__  # type: ignore[attr-defined]
_year: Any = FiscalYear.__table__  # type: ignore[attr-defined]
_change: Any = LockChange.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class _Year:
    id: UUID
    asked: YearAsked
    is_closed: bool


async def checks_of(act: Act, company_id: UUID | str, year: int) -> list[ClosingCheck] | None:
    """This will run the checks of a year without locking anything; None where the viewer sees no such year."""
    try:
        company = await act.may(company_id, Scope.JOURNAL, Action.VIEW)
    except (NotFound, Denied):
        return None
    row = (
        await act.session.execute(
            select(_year.c.starts_on, _year.c.ends_on).where(
                _year.c.company_id == company, _year.c.year == year
            )
        )
    ).one_or_none()
    if row is None:
        return None
    return await closing_checks_shown(act, YearAsked(company, year, row.starts_on, row.ends_on))


async def close_year(act: Act, company_id: UUID | str, year: int, *, request_key: str) -> UUID:
    """This will close a fiscal year and open the next, and give the year's id. The same key gives the first closing.

    Needs PERIOD_LOCKS EDIT and JOURNAL APPROVE. Raises YearNotReady, YearEmpty,
    FiscalYearClosed.
    """
    company = await act.may(company_id, Scope.PERIOD_LOCKS, Action.EDIT, path=("companyId",))
    await act.may(company, Scope.JOURNAL, Action.APPROVE, path=("companyId",))
    await lock_books(act, company)
    found = await _found(act, company, year)
    made = await _made_by(act, company, request_key)
    if found.is_closed and not made:
        raise FiscalYearClosed(year=year, path=("year",))
    if made and not (found.is_closed and made == {found.id}):
        raise RequestKeyUsed(path=("requestKey",))
    if made:
        return found.id
    if any(check.is_blocking and check.count for check in await closing_checks(act.session, found.asked)):
        raise rules.YearNotReady(year=year, path=("year",))
    balances = await balances_of_year(act, company, year)
    if not balances:
        raise rules.YearEmpty(year=year, path=("year",))
    await open_year_beside(act, company, year + 1)
    ends_on = found.asked.ends_on
    result = rules.regularisation_lines(balances)
    left = rules.after(balances, result)
    closing = rules.closing_lines(left)
    for step, on, lines in (
        (ClosingStep.REGULARISATION, ends_on, result),
        (ClosingStep.CLOSING, ends_on, closing),
        (ClosingStep.OPENING, ends_on + timedelta(days=1), reversed_lines(closing)),
    ):
        await _post(act, found, step, on, lines, request_key=request_key)
    locked = await lock_day(act, company, LockKind.HARD)
    await write_lock(act, company, LockKind.HARD, locked, ends_on, done="YEAR_CLOSED", reason=str(year))
    await act.session.execute(update(_year).where(_year.c.id == found.id).values(closed_at=clock.now()))
    return found.id


async def reopen_year(act: Act, company_id: UUID | str, year: int, *, reason: str) -> UUID:
    """This will open the last closed year again: its closing entries are reversed, the hard lock goes back.

    Needs PERIOD_LOCKS EDIT and JOURNAL APPROVE, and a reason. Raises YearNotLastClosed, and HardLockStays where
    somebody has locked days after the year for good.
    """
    company = await act.may(company_id, Scope.PERIOD_LOCKS, Action.EDIT, path=("companyId",))
    await act.may(company, Scope.JOURNAL, Action.APPROVE, path=("companyId",))
    said = required_reason(reason)
    await lock_books(act, company)
    found = await _found(act, company, year)
    last = await act.session.scalar(
        select(func.max(_year.c.year)).where(_year.c.company_id == company, _year.c.closed_at.is_not(None))
    )
    if last != year:
        raise rules.YearNotLastClosed(year=year, path=("year",))
    ends_on = found.asked.ends_on
    locked = await lock_day(act, company, LockKind.HARD)
    if locked is not None and locked > ends_on:
        raise HardLockStays(locked_until=locked, path=("year",))
    before = await _hard_lock_before(act, company, ends_on)
    await write_lock(act, company, LockKind.HARD, locked, before, done="YEAR_REOPENED", reason=said)
    await act.session.execute(update(_year).where(_year.c.id == found.id).values(closed_at=None))
    for entry in await _closing_entries(act, found):
        await mirror_entry(
            act,
            await lock_books(act, company),
            entry.id,
            on=entry.entry_on,
            text=f"{entry.text} (reversal of {entry.number})",
            source=entry.source,
        )
    return found.id


async def balances_of_year(act: Act, company_id: UUID, year: int) -> list[Balance]:
    """This will give what each account holds of each third party in a year, its opening included; no zeros."""
    summed = func.sum(_line.c.debit - _line.c.credit)
    rows = await act.session.execute(
        select(_account.c.code, _line.c.contact_id, summed.label("amount"))
        .select_from(
            _entry.join(_line, _line.c.entry_id == _entry.c.id).join(
                _account, _account.c.id == _line.c.ledger_account_id
            )
        )
        .where(_entry.c.company_id == company_id, _entry.c.fiscal_year == year, _entry.c.state == "POSTED")
        .group_by(_account.c.code, _line.c.contact_id)
        .having(summed != 0)
        .order_by(_account.c.code.collate("C"), _line.c.contact_id)
    )
    return [Balance(account_code=row.code, contact_id=row.contact_id, amount=row.amount) for row in rows]


async def _post(
    act: Act, year: _Year, step: ClosingStep, on: date, lines: Sequence[EntryLine], *, request_key: str
) -> None:
    if not lines:
        return
    await post_entry(
        act,
        company_id=year.asked.company_id,
        entry_on=on,
        text=_TEXTS[step].format(
            year=year.asked.year if step is not ClosingStep.OPENING else year.asked.year + 1
        ),
        lines=[as_draft(line) for line in lines],
        source=step.value,
        source_id=year.id,
        request_key=f"{request_key}:{step.value}",
        as_they_stood=True,
    )


_TEXTS = {
    ClosingStep.REGULARISATION: "Regularización {year}",
    ClosingStep.CLOSING: "Cierre {year}",
    ClosingStep.OPENING: "Apertura {year}",
}
"""What the entries say in the Libro Diario, which is kept in a language of Spain."""


async def _found(act: Act, company_id: UUID, year: int) -> _Year:
    row = (
        await act.session.execute(
            select(_year.c.id, _year.c.starts_on, _year.c.ends_on, _year.c.closed_at)
            .where(_year.c.company_id == company_id, _year.c.year == year)
            .with_for_update()
        )
    ).one_or_none()
    if row is None:
        raise NotFound("fiscal year", path=("year",))
    return _Year(row.id, YearAsked(company_id, year, row.starts_on, row.ends_on), row.closed_at is not None)


async def _made_by(act: Act, company_id: UUID, request_key: str) -> set[UUID]:
    """The years that a request has closed, reopened since or not."""
    of_request = [f"{request_key}:{step.value}" for step in ClosingStep]
    found = await act.session.execute(
        select(_entry.c.source_id).where(
            _entry.c.company_id == company_id, _entry.c.request_key.in_(of_request)
        )
    )
    return set(found.scalars())


async def _closing_entries(act: Act, year: _Year) -> Sequence[Any]:
    """The entries of the year's closing that stand, the last one first."""
    mirror = _entry.alias("mirror")
    rows = await act.session.execute(
        select(*(_entry.c[name] for name in ("id", "entry_on", "text", "number", "source")))
        .where(
            _entry.c.company_id == year.asked.company_id,
            _entry.c.source_id == year.id,
            _entry.c.source.in_(CLOSING_SOURCES),
            _entry.c.state == "POSTED",
            ~select(mirror.c.id).where(mirror.c.reverses_id == _entry.c.id).exists(),
        )
        .order_by(_entry.c.chain_position.desc())
    )
    return rows.all()


async def _hard_lock_before(act: Act, company_id: UUID, ends_on: date) -> date | None:
    """Where the hard lock stood when the year that ends so was closed last."""
    before: date | None = await act.session.scalar(
        select(_change.c.before_on)
        .where(
            _change.c.company_id == company_id, _change.c.act == "YEAR_CLOSED", _change.c.after_on == ends_on
        )
        .order_by(_change.c.changed_at.desc(), _change.c.id.desc())
        .limit(1)
    )
    return before
