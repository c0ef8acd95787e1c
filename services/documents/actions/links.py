"""What of a line went into later documents."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act
from services.documents.models import Document, DocumentLine, DocumentLink
from services.documents.rules.conversions import check_left
from services.documents.rules.states import DocumentStatus
from services.kit import clock
from services.kit.ids import new_id
from services.kit.money import ZERO

CONVERSION, ADVANCE, SUBSTITUTION = "CONVERSION", "ADVANCE", "SUBSTITUTION"
"""Why a line went on: a step of its way, an advance that the final invoice takes off, or a full invoice in its place.
An advance is counted in amounts (its base), everything else in units of its line."""

_document: Any = Document.__table__  # type: ignore[attr-defined]
_line: Any = DocumentLine.__table__  # type: ignore[attr-defined]
_link: Any = DocumentLink.__table__  # type: ignore[attr-defined]

_TAKEN = (
    select(_link.c.from_line_id, func.sum(_link.c.quantity).label("taken"))
    .join(_document, _document.c.id == _link.c.to_id)
    .where(
        _link.c.from_line_id.in_(bindparam("of_lines", expanding=True)),
        _link.c.purpose == bindparam("of_purpose"),
        _document.c.status != DocumentStatus.CANCELLED.value,
    )
    .group_by(_link.c.from_line_id)
)
_OF_TARGET = (
    select(
        _link.c.id,
        _link.c.to_line_id,
        _link.c.from_line_id,
        _link.c.purpose,
        _link.c.quantity,
        _line.c.position,
        _line.c.quantity.label("from_quantity"),
        _line.c.base.label("from_base"),
        _document.c.number,
    )
    .join(_line, _line.c.id == _link.c.from_line_id)
    .join(_document, _document.c.id == _link.c.from_id)
    .where(_link.c.to_id == bindparam("of_document"))
    .order_by(_link.c.from_id)
    .with_for_update()
)


async def taken_of(act: Act, line_ids: Collection[UUID], purpose: str) -> dict[UUID, Decimal]:
    """This will give what of each line went into documents that are not cancelled. The caller has locked theirs."""
    rows = await act.session.execute(_TAKEN, {"of_lines": list(line_ids), "of_purpose": purpose})
    return {row.from_line_id: row.taken for row in rows}


async def link(
    act: Act,
    company_id: UUID,
    *,
    source: tuple[UUID, UUID],
    target: tuple[UUID, UUID],
    quantity: Decimal,
    purpose: str,
) -> None:
    """This will note that so much of a line (document, line) went into another one."""
    await act.session.execute(
        insert(_link).values(
            id=new_id(),
            company_id=company_id,
            from_id=source[0],
            from_line_id=source[1],
            to_id=target[0],
            to_line_id=target[1],
            quantity=quantity,
            purpose=purpose,
            created_at=clock.now(),
        )
    )


async def carry_links(act: Act, document_id: UUID, kept: dict[UUID, tuple[Decimal, Decimal]]) -> None:
    """This will bring the links into an edited document up to its lines: `kept` gives (quantity, base) by line id.

    A line that is gone gives back what it took; one that grew takes more, as far as there is any. Raises MoreThanLeft.
    """
    for row in (await act.session.execute(_OF_TARGET, {"of_document": document_id})).all():
        if row.to_line_id not in kept:
            await act.session.execute(delete(_link).where(_link.c.id == row.id))
            continue
        quantity, base = kept[row.to_line_id]
        wanted = -base if row.purpose == ADVANCE else quantity
        if wanted == row.quantity:
            continue
        taken = (await taken_of(act, [row.from_line_id], row.purpose)).get(row.from_line_id, ZERO)
        whole = row.from_base if row.purpose == ADVANCE else row.from_quantity
        check_left(wanted, whole - taken + row.quantity, position=row.position, number=row.number or "")
        await act.session.execute(update(_link).where(_link.c.id == row.id).values(quantity=wanted))


async def went_on(act: Act, document_id: UUID) -> bool:
    """Whether anything of a document went into one that is not cancelled."""
    statement = (
        select(_link.c.id)
        .join(_document, _document.c.id == _link.c.to_id)
        .where(_link.c.from_id == document_id, _document.c.status != DocumentStatus.CANCELLED.value)
        .limit(1)
    )
    return await act.session.scalar(statement) is not None
