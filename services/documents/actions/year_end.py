"""What documents say before a year is closed."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.access.policy import Scope
from services.documents.models import Document
from services.documents.queries import is_unposted
from services.journal.interface import ClosingCheck, YearAsked, closing_check

_document: Any = Document.__table__  # type: ignore[attr-defined]


@closing_check(Scope.SALES, Scope.PURCHASES)
async def unposted_documents(session: AsyncSession, asked: YearAsked) -> ClosingCheck:
    """Invoices and expenses of the year that nobody has approved: their entries would be missing in it."""
    found = await session.scalar(
        select(func.count())
        .select_from(_document)
        .where(
            _document.c.company_id == asked.company_id,
            is_unposted(_document),
            func.coalesce(_document.c.received_on, _document.c.issued_on).between(
                asked.starts_on, asked.ends_on
            ),
            _document.c.archived_at.is_(None),
        )
    )
    return ClosingCheck(code="UNPOSTED_DOCUMENTS", count=found or 0)
