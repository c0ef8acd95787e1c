"""What other modules may use of the change log."""

from sqlalchemy import select

from services.audit.queries import EVENT
from services.kit.reads import Ask, Expression


def last_line_at(company_id: Expression, ask: Ask) -> Expression:
    """The instant of the newest line that the viewer finds in the log of the company in hand; null for none."""
    event = EVENT.table
    return (
        select(event.c.at)
        .where(event.c.company_id == company_id, ask.sees(EVENT, event, ask))
        .order_by(event.c.at.desc(), event.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
