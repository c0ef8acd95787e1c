"""Taking an approval back: the entry is reversed and the document waits for review again."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from services.access.interface import Act
from services.access.policy import Action
from services.documents.actions.announcing import tell_open_items_changed
from services.documents.actions.each import each_of
from services.documents.actions.finding import found
from services.documents.actions.refusals import ConvertedStays, IssuedStays, RectifiedStays, SettledStays
from services.documents.models import Document, DocumentLink, Settlement
from services.documents.rules.kinds import DocumentKind
from services.documents.rules.states import DocumentStatus, check_transition
from services.journal.interface import check_tax_day, reverse_entry
from services.kit.batches import Outcome
from services.kit.money import ZERO

_document: Any = Document.__table__  # type: ignore[attr-defined]
_link: Any = DocumentLink.__table__  # type: ignore[attr-defined]
_settlement: Any = Settlement.__table__  # type: ignore[attr-defined]


async def unapprove_document(act: Act, document_id: UUID | str) -> UUID:
    """This will take an approved document back to review and reverse its entry, on its day or the first open one.

    Only while nothing of it is paid, nothing rectifies it and no later document was made of it. A sales invoice was
    issued: it is corrected by a rectifying one (RD 1619/2012 art. 15). Needs APPROVE of its side. Raises IssuedStays,
    SettledStays, RectifiedStays, ConvertedStays, TransitionRefused, TaxPeriodFiled where a filed return has its VAT,
    and what reverse_entry raises (a closed year).
    """
    document = await found(act, document_id, Action.APPROVE)
    kind = DocumentKind(document.kind)
    if document.status == DocumentStatus.PENDING_REVIEW:
        return document.id
    if kind is DocumentKind.SALES_INVOICE:
        raise IssuedStays(number=document.number or "")
    if await _count(
        act, _settlement, _settlement.c.document_id == document.id, _settlement.c.undone_at.is_(None)
    ):
        raise SettledStays(number=document.number or "")
    if await _count(act, _document, _document.c.rectifies_id == document.id):
        raise RectifiedStays(number=document.number or "")
    if await _count(act, _link, _link.c.from_id == document.id):
        raise ConvertedStays(number=document.number or "")
    check_transition(kind, DocumentStatus(document.status), DocumentStatus.PENDING_REVIEW)
    assert document.tax_on is not None
    await check_tax_day(act, document.company_id, document.tax_on)
    if document.entry_id is not None:
        await reverse_entry(act, document.entry_id)
    document.status = DocumentStatus.PENDING_REVIEW.value
    document.entry_id = None
    document.booked_total = None
    document.outstanding = ZERO
    document.approved_at = None
    document.approved_by = None
    document.pdf_sha256 = None
    document.version += 1
    await act.session.flush()
    await tell_open_items_changed(act, document.company_id)
    return document.id


async def unapprove_documents(act: Act, document_ids: Sequence[UUID | str]) -> list[Outcome]:
    """This will take approvals back, each by itself, and say what became of each, in the order asked."""
    return await each_of(act, document_ids, unapprove_document)


async def _count(act: Act, table: Any, *where: Any) -> int:
    counted: int | None = await act.session.scalar(select(func.count()).select_from(table).where(*where))
    return counted or 0
