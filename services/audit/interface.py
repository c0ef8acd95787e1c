"""What other modules may use of the change log."""

from typing import Any

from sqlalchemy import BigInteger, literal_column, select

from services.audit.models import AuditEvent
from services.kit.reads import Ask, Expression

_event: Any = AuditEvent.__table__  # type: ignore[attr-defined]


def last_line_at(company_id: Expression, ask: Ask) -> Expression:
    """When something happened last in a company, of what the viewer's modules there let it see; null for never."""
    bit = literal_column("1", BigInteger).op("<<", return_type=BigInteger)(_event.c.scope)
    return (
        select(_event.c.at)
        .where(
            _event.c.company_id == company_id,
            ask.reach.view.op("&", return_type=BigInteger)(bit) != literal_column("0", BigInteger),
        )
        .order_by(_event.c.at.desc(), _event.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
