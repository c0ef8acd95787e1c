"""Where the fields of invoice records come from."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.reads import Ask, Expression, Join, Row, Source
from services.verifactu.models import InvoiceRecord

_record: Any = InvoiceRecord.__table__  # type: ignore[attr-defined]

# Reached only through its document, whose visibility it shares.
ISSUE_RECORD = Source(_record, company=None, where=lambda row: row.c.kind == "ALTA")
RECORD_OF = Join(lambda document, record: record.c.document_id == document.c.id)


def cancelled_at(record: Row, ask: Ask) -> Expression:
    """When the same invoice was put on record as void; null while it stands."""
    other = _record.alias()
    return (
        select(other.c.recorded_at)
        .where(and_(other.c.document_id == record.c.document_id, other.c.kind == "ANULACION"))
        .scalar_subquery()
    )


async def record_of(session: AsyncSession, document_id: UUID) -> tuple[str, str] | None:
    """This will give type and QR address of an invoice's issue record; None where it has none."""
    row = (
        await session.execute(
            select(_record.c.type, _record.c.qr_url).where(
                _record.c.document_id == document_id, _record.c.kind == "ALTA"
            )
        )
    ).one_or_none()
    return None if row is None else (row.type, row.qr_url)
