"""Which fiscal year a day is in, and whether the books are open on it for this viewer."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Uuid, bindparam, exists, func, or_, select

from services.access.interface import Act
from services.access.policy import Role
from services.journal.actions.refusals import FiscalYearClosed
from services.journal.models import DaybookLock, FiscalYear, LockException, PeriodLock
from services.journal.rules.periods import (
    DaybookLocked,
    FiscalYearMissing,
    LockKind,
    PeriodLocks,
    check_not_filed,
    check_period,
    first_open_day,
)
from services.kit import clock

PASS_SOFT_LOCK = frozenset({Role.FIRM_OWNER, Role.FIRM_ADMIN, Role.ACCOUNT_MANAGER})
"""Who may work behind the soft lock without an exception; the database knows the same three."""

CLOSING_SOURCES = frozenset({"REGULARISATION", "CLOSING", "OPENING"})
"""Entries that end and begin a year. They change no tax figure, so only the hard lock stops them."""

CLOSING_PASSES = frozenset({LockKind.SOFT, LockKind.TAX})

_year: Any = FiscalYear.__table__  # type: ignore[attr-defined]
_exception: Any = LockException.__table__  # type: ignore[attr-defined]
_lock: Any = PeriodLock.__table__  # type: ignore[attr-defined]
_daybook: Any = DaybookLock.__table__  # type: ignore[attr-defined]


def _excepted(kind: LockKind) -> ColumnElement[bool]:
    """Whether somebody let this viewer behind a lock, at this instant."""
    return exists(
        select(_exception.c.id).where(
            _exception.c.company_id == bindparam("of_company"),
            _exception.c.lock == kind.value,
            _exception.c.daybook.is_(None),
            _exception.c.ended_at.is_(None),
            _exception.c.until_at > bindparam("at"),
            or_(_exception.c.membership_id.is_(None), _exception.c.membership_id == bindparam("of_viewer")),
        )
    ).label(f"passes_{kind.value.lower()}")


# Written once: every posting runs it, and building a statement costs more than running it.
_LOCKS = (_lock.c.soft_until, _lock.c.tax_until, _lock.c.hard_until)
_PASSES = (_excepted(LockKind.SOFT), _excepted(LockKind.TAX))
_DAYBOOK_LOCK = select(_daybook.c.daybook, _daybook.c.soft_until).where(
    _daybook.c.company_id == bindparam("of_company"),
    _daybook.c.soft_until >= bindparam("day", type_=Date),
    _daybook.c.daybook == func.entry_daybook(bindparam("of_source"), bindparam("of_origin", type_=Uuid)),
    ~exists(
        select(_exception.c.id).where(
            _exception.c.company_id == _daybook.c.company_id,
            _exception.c.lock == LockKind.SOFT.value,
            _exception.c.daybook == _daybook.c.daybook,
            _exception.c.ended_at.is_(None),
            _exception.c.until_at > bindparam("at"),
            or_(
                _exception.c.membership_id.is_(None),
                _exception.c.membership_id == bindparam("of_viewer"),
            ),
        )
    ),
)
_PERIOD = (
    select(_year.c.year, _year.c.closed_at, *_LOCKS, *_PASSES)
    .outerjoin(_lock, _lock.c.company_id == _year.c.company_id)
    .where(
        _year.c.company_id == bindparam("of_company"),
        bindparam("day", type_=Date).between(_year.c.starts_on, _year.c.ends_on),
    )
)
# One row whether or not a lock of all books was ever set: a daybook may be locked alone.
_asked_for = select(bindparam("of_company", type_=Uuid).label("id")).subquery()
_LOCKS_OF = (
    select(*_LOCKS, *_PASSES).select_from(_asked_for).outerjoin(_lock, _lock.c.company_id == _asked_for.c.id)
)


@dataclass(frozen=True, slots=True)
class HeldLocks:
    """A company's locks, and those of them that do not hold for the viewer."""

    locks: PeriodLocks
    passes: frozenset[LockKind]


@dataclass(frozen=True, slots=True)
class Period:
    """The fiscal year of a day and the company's locks."""

    year: int
    is_closed: bool
    held: HeldLocks


async def period_of(act: Act, company_id: UUID, day: date) -> Period:
    """This will find the fiscal year of a day, with the company's locks. Raises FiscalYearMissing."""
    row = (await act.session.execute(_PERIOD, _asked(act, company_id) | {"day": day})).one_or_none()
    if row is None:
        raise FiscalYearMissing(path=("entryOn",), day=day)
    return Period(row.year, row.closed_at is not None, _held(act, row))


async def locks_of(act: Act, company_id: UUID) -> HeldLocks:
    """This will give the company's locks; none are set until somebody sets one."""
    return _held(act, (await act.session.execute(_LOCKS_OF, _asked(act, company_id))).one())


async def check_tax_day(act: Act, company_id: UUID, tax_on: date) -> None:
    """This will refuse a change to what a filed return declares, unless the viewer passes the tax lock.

    Asked by the day that decides the VAT, which may be another than that of the entry. Raises TaxPeriodFiled.
    """
    held = await locks_of(act, company_id)
    check_not_filed(tax_on, held.locks, passes=held.passes)


@dataclass(frozen=True, slots=True)
class Origin:
    """What made an entry, which says its daybook."""

    company_id: UUID
    source: str
    source_id: UUID | None


async def check_open(act: Act, day: date, period: Period, origin: Origin) -> None:
    """This will refuse a day on which the viewer may not post. Raises FiscalYearClosed, PeriodLocked, DaybookLocked."""
    if period.is_closed:
        raise FiscalYearClosed(path=("entryOn",), year=period.year)
    closes = origin.source in CLOSING_SOURCES
    check_period(day, period.held.locks, passes=CLOSING_PASSES if closes else period.held.passes)
    if not closes:
        await _check_daybook(act, day, period.held, origin)


async def first_open_on(act: Act, wanted_on: date, origin: Origin) -> date:
    """This will give the wanted day, or the first one on which the viewer may post what has this origin."""
    held = await locks_of(act, origin.company_id)
    day = first_open_day(wanted_on, held.locks, passes=held.passes)
    locked = await _daybook_locked(act, day, held, origin)
    return day if locked is None else locked.soft_until + timedelta(days=1)


async def _check_daybook(act: Act, day: date, held: HeldLocks, origin: Origin) -> None:
    locked = await _daybook_locked(act, day, held, origin)
    if locked is not None:
        raise DaybookLocked(
            path=("entryOn",),
            daybook=f"DAYBOOK_{locked.daybook}",
            locked_until=locked.soft_until,
            first_open_on=locked.soft_until + timedelta(days=1),
        )


async def _daybook_locked(act: Act, day: date, held: HeldLocks, origin: Origin) -> Any:
    """The lock of the entry's daybook that holds for the viewer. Who passes the soft lock passes all of them."""
    if LockKind.SOFT in held.passes:
        return None
    asked = _asked(act, origin.company_id) | {
        "day": day,
        "of_source": origin.source,
        "of_origin": origin.source_id,
    }
    return (await act.session.execute(_DAYBOOK_LOCK, asked)).one_or_none()


def _asked(act: Act, company_id: UUID) -> dict[str, Any]:
    return {"of_company": company_id, "of_viewer": act.viewer.id, "at": clock.now()}


def _held(act: Act, row: Any) -> HeldLocks:
    passes = set()
    if row.passes_soft or act.viewer.role in PASS_SOFT_LOCK:
        passes.add(LockKind.SOFT)
    if row.passes_tax:
        passes.add(LockKind.TAX)
    locks = PeriodLocks(soft_until=row.soft_until, tax_until=row.tax_until, hard_until=row.hard_until)
    return HeldLocks(locks, frozenset(passes))
