"""Where the fields of the change log come from."""

from typing import Any

from sqlalchemy import Date, DateTime, cast, func

from services.audit.models import AuditEvent
from services.kit.reads import Ask, Expression, Filter, Listing, Row, Sort, Source

_event: Any = AuditEvent.__table__  # type: ignore[attr-defined]


def is_own(row: Row, ask: Ask) -> Expression:
    """Whether the viewer did it: all that employees, bookkeepers and portal contacts see."""
    return row.c.actor_id == ask.viewer


EVENT = Source(_event, portal=is_own, own=is_own, subject="scope")


def _midnight(day: Any, ask: Ask, days: int) -> Expression:
    """The instant at which a day, or one `days` later, begins for the viewer."""
    return func.timezone(ask.zone, cast(cast(day, Date) + days, DateTime()), type_=DateTime(timezone=True))


EVENTS = Listing(
    filters={
        "companyId": Filter(lambda row, value, ask: row.c.company_id == value, reads=("companyId",)),
        "filter.about": Filter(lambda row, value, ask: row.c.about == value, reads=("about",), flag=True),
        "filter.actorId": Filter(lambda row, value, ask: row.c.actor_id == value, reads=("actorId",)),
        "filter.subjectId": Filter(lambda row, value, ask: row.c.subject_id == value, reads=("subjectId",)),
        "filter.from": Filter(lambda row, value, ask: row.c.at >= _midnight(value, ask, 0), reads=("at",)),
        "filter.to": Filter(lambda row, value, ask: row.c.at < _midnight(value, ask, 1), reads=("at",)),
    },
    sorts={
        "AT_DESC": Sort(lambda row: row.c.at, reads="at", descending=True),
        "AT_ASC": Sort(lambda row: row.c.at, reads="at"),
    },
)
