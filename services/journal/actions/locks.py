"""Moving locks, and letting somebody behind one for a while; every move is written into the company's log."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act, as_id, colleague_table
from services.access.policy import Action, Role, Scope
from services.journal.actions.books import lock_books
from services.journal.actions.refusals import LockExceptionOver
from services.journal.models import DaybookLock, FiscalYear, LockChange, LockException, PeriodLock
from services.journal.rules import periods as rules
from services.journal.rules.periods import Daybook, LockKind
from services.kit import clock
from services.kit.errors import BadInput, NotFound
from services.kit.ids import new_id

REASON_LENGTH_MAX = 500
EXCEPTION_DAYS_MAX = 31
"""An exception is for mending something, not for working behind the lock."""

YEARS_AHEAD_MAX = 10
"""Books that are locked for longer were locked by a slip of the keys."""

_lock: Any = PeriodLock.__table__  # type: ignore[attr-defined]
_of_daybook: Any = DaybookLock.__table__  # type: ignore[attr-defined]
_change: Any = LockChange.__table__  # type: ignore[attr-defined]
_exception: Any = LockException.__table__  # type: ignore[attr-defined]
_year: Any = FiscalYear.__table__  # type: ignore[attr-defined]

_COLUMNS = {LockKind.SOFT: "soft_until", LockKind.TAX: "tax_until", LockKind.HARD: "hard_until"}


async def move_lock(
    act: Act,
    company_id: UUID | str,
    lock: LockKind,
    until: date | None,
    *,
    reason: str,
    daybook: Daybook | None = None,
) -> UUID | None:
    """This will set the last locked day of one lock (None: no lock) and give the line of the log it wrote.

    With a daybook it is the soft lock of that one alone. Gives None where the lock stands there already. Needs
    PERIOD_LOCKS EDIT. A lock that goes or moves back needs a reason. Raises BadInput, HardLockStays,
    HardLockNeedsClosing.
    """
    company = await act.may(company_id, Scope.PERIOD_LOCKS, Action.EDIT, path=("companyId",))
    _check_daybook(lock, daybook)
    if until is not None and until.year > clock.now().year + YEARS_AHEAD_MAX:
        raise BadInput("until", "give a day within {most} years", most=YEARS_AHEAD_MAX)
    await lock_books(act, company)
    current = await lock_day(act, company, lock, daybook)
    if until == current:
        return None
    if lock is LockKind.HARD:
        rules.check_hard_lock(until, current, await _open_years(act, company))
    moves_back = current is not None and (until is None or until < current)
    said = _reason(reason, needed=moves_back)
    return await write_lock(act, company, lock, current, until, done="MOVED", reason=said, daybook=daybook)


async def lock_filed_period(act: Act, company_id: UUID, until: date, *, reason: str) -> UUID | None:
    """This will move the tax lock forwards to the end of a period whose return was filed; never back.

    Gives the line of the log, or None where the lock reaches that far already. The caller has checked its own scope.
    """
    await lock_books(act, company_id)
    current = await lock_day(act, company_id, LockKind.TAX)
    if current is not None and current >= until:
        return None
    return await write_lock(
        act, company_id, LockKind.TAX, current, until, done="MOVED", reason=_reason(reason)
    )


async def lock_day(act: Act, company_id: UUID, lock: LockKind, daybook: Daybook | None = None) -> date | None:
    """The last locked day of one lock; None where there is none."""
    wanted = select(_lock.c[_COLUMNS[lock]]).where(_lock.c.company_id == company_id)
    if daybook is not None:
        wanted = select(_of_daybook.c.soft_until).where(
            _of_daybook.c.company_id == company_id, _of_daybook.c.daybook == daybook.value
        )
    found: date | None = await act.session.scalar(wanted)
    return found


async def write_lock(
    act: Act,
    company_id: UUID,
    lock: LockKind,
    before_on: date | None,
    after_on: date | None,
    *,
    done: str,
    reason: str,
    daybook: Daybook | None = None,
) -> UUID:
    """This will write a lock and its line of the log, the log first: the database asks it about hard locks.

    The caller holds the lock of the books and has decided that the move is right.
    """
    at = clock.now()
    change_id = await _log(
        act,
        company_id,
        done,
        lock,
        daybook=daybook,
        before_on=before_on,
        after_on=after_on,
        reason=reason,
        at=at,
    )
    written = {_COLUMNS[lock]: after_on, "changed_by": act.viewer.id, "changed_at": at}
    table, key = (_lock, {}) if daybook is None else (_of_daybook, {"daybook": daybook.value})
    await act.session.execute(
        insert(table)
        .values(company_id=company_id, **key, **written)
        .on_conflict_do_update(index_elements=["company_id", *key], set_=written)
    )
    return change_id


async def grant_exception(
    act: Act,
    company_id: UUID | str,
    lock: LockKind,
    *,
    membership_id: UUID | str | None,
    until_at: datetime,
    reason: str,
    request_key: str,
    daybook: Daybook | None = None,
) -> UUID:
    """This will let a colleague (None: everybody who may post) behind the soft or tax lock until an instant.

    With a daybook: behind the soft lock of that one alone; without, behind those of all. Needs PERIOD_LOCKS APPROVE. It
    expires by itself. Raises BadInput for the hard lock, for an instant that is over or more than EXCEPTION_DAYS_MAX
    days away and for a missing reason, NotFound for a stranger.
    """
    company = await act.may(company_id, Scope.PERIOD_LOCKS, Action.APPROVE, path=("companyId",))
    if lock is LockKind.HARD:
        raise BadInput("lock", "nothing lets anybody behind the hard lock; choose the soft or the tax lock")
    _check_daybook(lock, daybook)
    at = clock.now()
    if not at < until_at <= at + timedelta(days=EXCEPTION_DAYS_MAX):
        raise BadInput("untilAt", "choose an end within the next {most} days", most=EXCEPTION_DAYS_MAX)
    said = required_reason(reason)
    member, name = await _colleague(act, membership_id)
    row = {
        "id": new_id(),
        "company_id": company,
        "lock": lock.value,
        "daybook": daybook and daybook.value,
        "membership_id": member,
        "for_name": name,
        "reason": said,
        "until_at": until_at,
        "granted_by": act.viewer.id,
        "granted_by_name": act.viewer.name,
        "granted_at": at,
        "request_key": request_key,
    }
    made: UUID | None = await act.session.scalar(
        insert(_exception)
        .values(row)
        .on_conflict_do_nothing(constraint="lock_exception_once_per_request")
        .returning(_exception.c.id)
    )
    if made is None:
        known = select(_exception.c.id).where(
            _exception.c.company_id == company, _exception.c.request_key == request_key
        )
        return (await act.session.execute(known)).scalar_one()  # type: ignore[no-any-return]
    await _log(
        act, company, "EXCEPTION_GRANTED", lock, daybook=daybook, reason=said, exception_id=made, at=at
    )
    return made


async def end_exception(act: Act, exception_id: UUID | str) -> UUID:
    """This will end an exception now. Needs PERIOD_LOCKS APPROVE. Raises LockExceptionOver, NotFound."""
    found = await act.find(
        LockException,
        exception_id,
        Scope.PERIOD_LOCKS,
        Action.APPROVE,
        what="exception",
        path=("id",),
    )
    at = clock.now()
    if found.ended_at is not None or found.until_at <= at:
        raise LockExceptionOver
    found.ended_at = at
    await act.session.flush()
    await _log(
        act,
        found.company_id,
        "EXCEPTION_ENDED",
        LockKind(found.lock),
        daybook=Daybook(found.daybook) if found.daybook else None,
        exception_id=found.id,
        at=at,
    )
    return found.id


async def _log(
    act: Act,
    company_id: UUID,
    done: str,
    lock: LockKind,
    *,
    at: datetime,
    daybook: Daybook | None = None,
    before_on: date | None = None,
    after_on: date | None = None,
    reason: str = "",
    exception_id: UUID | None = None,
) -> UUID:
    change_id = new_id()
    await act.session.execute(
        insert(_change).values(
            id=change_id,
            company_id=company_id,
            act=done,
            lock=lock.value,
            daybook=daybook and daybook.value,
            before_on=before_on,
            after_on=after_on,
            reason=reason,
            exception_id=exception_id,
            changed_by=act.viewer.id,
            changed_by_name=act.viewer.name,
            changed_at=at,
        )
    )
    return change_id


def _check_daybook(lock: LockKind, daybook: Daybook | None) -> None:
    if daybook is not None and lock is not LockKind.SOFT:
        raise BadInput("daybook", "a filed return and a closed year hold for all daybooks; name none")


async def _colleague(act: Act, membership_id: UUID | str | None) -> tuple[UUID | None, str]:
    if membership_id is None:
        return None, ""
    path = ("membershipId",)
    wanted = as_id(membership_id, "person", path)
    colleague = colleague_table()
    row = (
        await act.session.execute(
            select(colleague.c.id, colleague.c.name).where(
                colleague.c.id == wanted,
                colleague.c.company_id == act.viewer.company_id,
                colleague.c.role != Role.PORTAL_CONTACT.value,
            )
        )
    ).one_or_none()
    if row is None:
        raise NotFound("person", path=path)
    return row.id, row.name


async def _open_years(act: Act, company_id: UUID) -> list[rules.FiscalYear]:
    rows = await act.session.execute(
        select(_year.c.year, _year.c.starts_on, _year.c.ends_on)
        .where(_year.c.company_id == company_id, _year.c.closed_at.is_(None))
        .order_by(_year.c.year)
    )
    return [rules.FiscalYear(year=row.year, first_day=row.starts_on, last_day=row.ends_on) for row in rows]


def required_reason(reason: str) -> str:
    """This will give the reason without blanks around it. Raises BadInput for none or a long one."""
    return _reason(reason, needed=True)


def _reason(reason: str, *, needed: bool = False) -> str:
    said = reason.strip()
    if (needed and not said) or len(said) > REASON_LENGTH_MAX:
        raise BadInput("reason", "give a reason of 1 to {most} signs", most=REASON_LENGTH_MAX)
    return said
