"""Where the fields of fiscal years and locks come from."""

from typing import Any

from sqlalchemy import and_, select

from services.journal.models import DaybookLock, FiscalYear, LockChange, LockException, PeriodLock
from services.journal.rules.periods import Daybook
from services.kit.reads import Ask, Expression, Filter, Join, Listing, Row, Source

YEARS_MAX = 200
LOG_MAX = 500

_lock: Any = PeriodLock.__table__  # type: ignore[attr-defined]

FISCAL_YEAR = Source(FiscalYear.__table__)  # type: ignore[attr-defined]
PERIOD_LOCKS = Source(
    select(
        _lock.c.company_id.label("id"),
        _lock.c.company_id,
        _lock.c.soft_until,
        _lock.c.tax_until,
        _lock.c.hard_until,
        _lock.c.changed_at,
    ).subquery("period_locks")
)
DAYBOOK_LOCK = Source(DaybookLock.__table__)  # type: ignore[attr-defined]
LOCK_EXCEPTION = Source(LockException.__table__)  # type: ignore[attr-defined]
LOCK_CHANGE = Source(LockChange.__table__)  # type: ignore[attr-defined]


def is_live(row: Row, ask: Ask) -> Expression:
    """Whether an exception still lets somebody through."""
    return and_(row.c.ended_at.is_(None), row.c.until_at > ask.now)


_OF_COMPANY = Filter(lambda row, value, ask: row.c.company_id == value, reads=("companyId",))

CLOSING_ENTRIES_OF = Join(
    lambda year, entry: and_(
        entry.c.source_id == year.c.id, entry.c.source.in_(["REGULARISATION", "CLOSING", "OPENING"])
    ),
    order=lambda entry: (entry.c.posted_at, entry.c.id),
    cap=100,
    expected=3,
)

FISCAL_YEARS = Listing(filters={"companyId": _OF_COMPANY}, first_max=YEARS_MAX)

LOCK_EXCEPTIONS = Listing(
    filters={
        "companyId": _OF_COMPANY,
        "live": Filter(
            lambda row, value, ask: is_live(row, ask) if value else ~is_live(row, ask),
            reads=("isLive",),
            flag=True,
        ),
    },
    first_max=LOG_MAX,
)

DAYBOOK_LOCKS = Listing(filters={"companyId": _OF_COMPANY}, first_max=len(Daybook))

LOCK_CHANGES = Listing(filters={"companyId": _OF_COMPANY}, first_max=LOG_MAX)
