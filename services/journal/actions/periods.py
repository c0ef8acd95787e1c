"""Which fiscal year a day is in, and whether the books are open on it for this viewer."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, bindparam, select

from services.access.interface import Act
from services.access.policy import Role
from services.journal.actions.refusals import FiscalYearClosed
from services.journal.models import FiscalYear, PeriodLock
from services.journal.rules.periods import FiscalYearMissing, PeriodLocks, check_period

PASS_SOFT_LOCK = frozenset({Role.FIRM_OWNER, Role.FIRM_ADMIN, Role.ACCOUNT_MANAGER})
"""Who may work behind the soft lock. Tax and hard locks hold for everybody, in the database too."""

_year: Any = FiscalYear.__table__  # type: ignore[attr-defined]
_lock: Any = PeriodLock.__table__  # type: ignore[attr-defined]

# Written once: every posting runs it, and building a statement costs more than running it.
_PERIOD = (
    select(_year.c.year, _year.c.closed_at, _lock.c.soft_until, _lock.c.tax_until, _lock.c.hard_until)
    .outerjoin(_lock, _lock.c.company_id == _year.c.company_id)
    .where(
        _year.c.company_id == bindparam("of_company"),
        bindparam("day", type_=Date).between(_year.c.starts_on, _year.c.ends_on),
    )
)


@dataclass(frozen=True, slots=True)
class Period:
    """The fiscal year of a day and the company's locks."""

    year: int
    is_closed: bool
    locks: PeriodLocks


async def period_of(act: Act, company_id: UUID, day: date) -> Period:
    """This will find the fiscal year of a day, with the company's locks. Raises FiscalYearMissing."""
    row = (await act.session.execute(_PERIOD, {"of_company": company_id, "day": day})).one_or_none()
    if row is None:
        raise FiscalYearMissing(day=day)
    locks = PeriodLocks(soft_until=row.soft_until, tax_until=row.tax_until, hard_until=row.hard_until)
    return Period(row.year, row.closed_at is not None, locks)


async def locks_of(act: Act, company_id: UUID) -> PeriodLocks:
    """This will give the company's locks; none are set until somebody sets one."""
    statement = select(_lock.c.soft_until, _lock.c.tax_until, _lock.c.hard_until).where(
        _lock.c.company_id == company_id
    )
    row = (await act.session.execute(statement)).one_or_none()
    if row is None:
        return PeriodLocks()
    return PeriodLocks(soft_until=row.soft_until, tax_until=row.tax_until, hard_until=row.hard_until)


def check_open(act: Act, day: date, period: Period) -> None:
    """This will refuse a day on which the viewer may not post. Raises FiscalYearClosed, PeriodLocked."""
    if period.is_closed:
        raise FiscalYearClosed(year=period.year)
    check_period(day, period.locks, passes_soft_lock=passes_soft_lock(act))


def passes_soft_lock(act: Act) -> bool:
    """Whether the soft lock leaves the viewer through."""
    return act.viewer.role in PASS_SOFT_LOCK
