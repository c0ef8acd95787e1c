"""Fiscal years: opening the next one, and the days of one that is short.

Years follow each other without gap or overlap and last twelve months at most (LIS art. 27). One is short where the
company began in its middle, ended, or changed the end of its year.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select, update

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.accounts.interface import company_table
from services.journal.actions.books import add_year, lock_books, open_books
from services.journal.actions.locks import lock_day
from services.journal.actions.refusals import FiscalYearClosed, FiscalYearHoldsEntries
from services.journal.models import FiscalYear, JournalEntry
from services.journal.rules import years as rules
from services.journal.rules.closing import FiscalYearNotNext
from services.journal.rules.periods import HardLockStays, LockKind
from services.kit.errors import BadInput, NotFound

_entry: Any = JournalEntry.__table__  # type: ignore[attr-defined]
_year: Any = FiscalYear.__table__  # type: ignore[attr-defined]


async def open_next_year(act: Act, company_id: UUID | str, year: int) -> UUID:
    """This will open the fiscal year before the first or after the last one, or give one that is there already.

    Needs JOURNAL APPROVE. Raises FiscalYearNotNext.
    """
    company = await act.may(company_id, Scope.JOURNAL, Action.APPROVE, path=("companyId",))
    await lock_books(act, company)
    known = [found.year for found in await _years(act, company)]
    if known and not min(known) - 1 <= year <= max(known) + 1:
        raise FiscalYearNotNext(path=("year",))
    if known:
        await open_year_beside(act, company, year)
    else:
        await open_books(act, company_id=company, years=[year])
    return UUID(str((await _found(act, company, year)).id))


async def open_year_beside(act: Act, company_id: UUID, year: int) -> None:
    """This will open a year that joins those there, by the company's first month; one that is there stays as it is."""
    known = {found.year: found for found in await _years(act, company_id)}
    start_month = await _start_month(act, company_id)
    before, after = known.get(year - 1), known.get(year + 1)
    if year in known:
        return
    if before is not None:
        days = rules.days_after(before.ends_on, start_month)
    elif after is not None:
        days = rules.days_before(after.starts_on, start_month)
    else:
        days = rules.days_of(year, start_month)
    await add_year(act, company_id, year, *days)


async def set_year_days(act: Act, company_id: UUID | str, year: int, starts_on: date, ends_on: date) -> UUID:
    """This will say on which days an open fiscal year begins and ends, and give its id. Needs JOURNAL APPROVE.

    A following year without entries follows: it begins the day after, and ends by the company's first month. Raises
    FiscalYearClosed, YearDaysRefused, YearTooLong, YearsDoNotJoin, FiscalYearHoldsEntries, HardLockStays where the last
    day is locked for good already, since such a year could never be closed, and BadInput for days of another time.
    """
    company = await act.may(company_id, Scope.JOURNAL, Action.APPROVE, path=("companyId",))
    await lock_books(act, company)
    found = await _found(act, company, year)
    if found.closed_at is not None:
        raise FiscalYearClosed(year=year, path=("year",))
    known = {one.year: one for one in await _years(act, company)}
    before, after = known.get(year - 1), known.get(year + 1)
    is_joined = before is not None and starts_on == before.ends_on + timedelta(days=1)
    if not is_joined and abs(starts_on.year - year) > 1:
        raise BadInput("startsOn", "give a day of {year}, or of the year before or after it", year=str(year))
    locked = await lock_day(act, company, LockKind.HARD)
    if locked is not None and ends_on <= locked:
        raise HardLockStays(locked_until=locked, path=("endsOn",))
    follows = after is not None and after.ends_on != ends_on and await _is_empty(act, company, after.year)
    rules.check_days(
        starts_on,
        ends_on,
        ended_before=before and before.ends_on,
        begins_after=None if after is None or follows else after.starts_on,
    )
    outside = await act.session.scalar(
        select(func.count()).where(
            _entry.c.company_id == company,
            _entry.c.fiscal_year == year,
            or_(_entry.c.entry_on < starts_on, _entry.c.entry_on > ends_on),
        )
    )
    if outside:
        raise FiscalYearHoldsEntries(path=("startsOn",), count=outside, starts_on=starts_on, ends_on=ends_on)
    if after is not None and follows:
        if year + 2 in known:
            rules.check_days(starts_on, ends_on, ended_before=None, begins_after=after.starts_on)
        first, last = rules.days_after(ends_on, await _start_month(act, company))
        await _set(act, after.id, first, last)
    await _set(act, found.id, starts_on, ends_on)
    return UUID(str(found.id))


async def _set(act: Act, year_id: UUID, starts_on: date, ends_on: date) -> None:
    await act.session.execute(
        update(_year).where(_year.c.id == year_id).values(starts_on=starts_on, ends_on=ends_on)
    )


async def _is_empty(act: Act, company_id: UUID, year: int) -> bool:
    found = await act.session.scalar(
        select(_entry.c.id).where(_entry.c.company_id == company_id, _entry.c.fiscal_year == year).limit(1)
    )
    return found is None


async def _years(act: Act, company_id: UUID) -> list[Any]:
    rows = await act.session.execute(
        select(_year.c.id, _year.c.year, _year.c.starts_on, _year.c.ends_on).where(
            _year.c.company_id == company_id
        )
    )
    return list(rows.all())


async def _found(act: Act, company_id: UUID, year: int) -> Any:
    row = (
        await act.session.execute(
            select(_year.c.id, _year.c.closed_at)
            .where(_year.c.company_id == company_id, _year.c.year == year)
            .with_for_update()
        )
    ).one_or_none()
    if row is None:
        raise NotFound("fiscal year", path=("year",))
    return row


async def _start_month(act: Act, company_id: UUID) -> int:
    companies = company_table()
    month = await act.session.scalar(
        select(companies.c.fiscal_year_start_month).where(companies.c.id == company_id)
    )
    return int(month or 1)
