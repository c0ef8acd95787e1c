"""Advances: an invoice on 438 (407 from a supplier) with its VAT, that the final invoice takes off (rule 17)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.access.interface import Act
from services.access.policy import Action
from services.documents.actions.editing import lines_of, new_like, update_document
from services.documents.actions.entered import NewLine
from services.documents.actions.finding import found
from services.documents.actions.links import ADVANCE, link, taken_of
from services.documents.actions.refusals import AdvanceMissing, AdvanceRefused
from services.documents.models import Document, DocumentLine
from services.documents.rules.kinds import POSTED_KINDS
from services.kit.errors import BadInput
from services.kit.ids import new_id
from services.kit.money import ZERO, to_cents

ADVANCE_ACCOUNTS = {"SALES": "438", "PURCHASES": "407"}

_line: Any = DocumentLine.__table__  # type: ignore[attr-defined]


async def deduct_advance(
    act: Act,
    document_id: UUID | str,
    advance_id: UUID | str,
    *,
    version: int,
    amount: Decimal | None = None,
    text: str,
) -> UUID:
    """This will put an advance on a draft as negative lines, so that only the rest is invoiced, and give its id.

    `amount` is of the base, at most what is left of the advance; None takes all that is left. Each line bears the tax
    code that the advance bore, so its VAT comes off too. `text` describes the lines on the paper. Needs EDIT of the
    side. Raises AdvanceMissing, AdvanceRefused, BadInput, and what update_document raises.
    """
    document = await found(act, document_id, Action.EDIT)
    advance = await found(act, advance_id, Action.EDIT, path=("advanceId",))
    same = ("company_id", "side", "contact_id", "currency")
    if any(getattr(advance, name) != getattr(document, name) for name in same) or advance.approved_at is None:
        raise AdvanceMissing(path=("advanceId",), number=advance.number or "")
    if document.kind not in POSTED_KINDS or document.prices_include_tax:
        raise AdvanceRefused
    parts = await _parts(act, advance, amount)
    kept = await lines_of(act, document.id, with_ids=True)
    added = [
        NewLine(
            id=new_id(),
            description=text,
            quantity=Decimal(-1),
            unit_price=base,
            tax_code=row.tax_code,
            ledger_account_code=row.ledger_account_code,
            is_product=row.is_product,
        )
        for row, base in parts
    ]
    content = replace(
        new_like(document, [*kept, *added], issued_on=document.issued_on),
        operation_on=document.operation_on,
        number=document.number,
        series=document.series,
        is_simplified=document.is_simplified,
    )
    await update_document(act, document.id, version, content, added={line.id for line in added if line.id})
    for (row, base), line in zip(parts, added, strict=True):
        assert line.id is not None
        await link(
            act,
            document.company_id,
            source=(advance.id, row.id),
            target=(document.id, line.id),
            quantity=base,
            purpose=ADVANCE,
        )
    return document.id


async def _parts(act: Act, advance: Document, amount: Decimal | None) -> list[tuple[Any, Decimal]]:
    """Lines of the advance and how much of the base of each is taken, in their order."""
    rows = (
        await act.session.execute(
            select(_line)
            .where(
                _line.c.document_id == advance.id,
                _line.c.ledger_account_code.like(f"{ADVANCE_ACCOUNTS[advance.side]}%"),
                _line.c.base > 0,
            )
            .order_by(_line.c.position)
        )
    ).all()
    taken = await taken_of(act, [row.id for row in rows], ADVANCE)
    left = {row.id: row.base - taken.get(row.id, ZERO) for row in rows}
    whole = sum(left.values(), ZERO)
    wanted = whole if amount is None else amount
    if whole <= 0:
        raise AdvanceMissing(path=("advanceId",), number=advance.number or "")
    if not ZERO < wanted <= whole or wanted != to_cents(wanted):
        raise BadInput(
            "amount", "give more than zero and at most {most}, which is left of the advance", most=whole
        )
    parts: list[tuple[Any, Decimal]] = []
    for row in rows:
        part = min(left[row.id], wanted)
        if part > 0:
            parts.append((row, part))
            wanted -= part
    return parts
