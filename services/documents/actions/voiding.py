"""Voiding an issued invoice that should not exist: the number stays used, everything else is taken back."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, select

from services.access.interface import Act
from services.access.policy import Action
from services.documents.actions.announcing import tell_open_items_changed
from services.documents.actions.finding import found
from services.documents.actions.links import went_on
from services.documents.actions.refusals import (
    NotVoidable,
    RectifiedStays,
    SentStays,
    SettledStays,
    WentOn,
)
from services.documents.models import Document, Settlement
from services.documents.rules.kinds import DocumentKind
from services.documents.rules.states import DocumentStatus
from services.journal.interface import check_tax_day, reverse_entry
from services.kit import clock
from services.kit.errors import BadInput
from services.kit.money import ZERO
from services.kit.request_keys import checked_request_key
from services.verifactu.interface import record_cancellation

REASON_LENGTH_MAX = 500

_document: Any = Document.__table__  # type: ignore[attr-defined]
_settlement: Any = Settlement.__table__  # type: ignore[attr-defined]

_SETTLED = select(
    exists().where(
        _settlement.c.document_id == bindparam("of_document"),
        _settlement.c.undone_at.is_(None),
    )
)
_RECTIFIED = select(
    exists().where(
        _document.c.rectifies_id == bindparam("of_document"),
        _document.c.status != DocumentStatus.CANCELLED.value,
    )
)


async def void_document(act: Act, document_id: UUID | str, *, reason: str, request_key: str) -> UUID:
    """This will void a sales invoice that was issued by mistake and give its id; one that is void stays as it is.

    Its entry is reversed on its own day, so that VAT books and returns of that period leave it out; its number is never
    used again; the cancellation goes on record in the same transaction (RD 1007/2023 art. 11). Only before it was
    delivered: what the customer has is corrected by a rectifying invoice (RD 1619/2012 art. 15). What it took of
    earlier documents is left again. Needs APPROVE of SALES. Raises BadInput without a reason, NotVoidable, SentStays,
    SettledStays, RectifiedStays, WentOn, PeriodLocked or TaxPeriodFiled where a return of its period was
    filed or the books are closed.
    """
    document = await found(act, document_id, Action.APPROVE)
    said = reason.strip()
    if not 1 <= len(said) <= REASON_LENGTH_MAX:
        raise BadInput("reason", "give a reason of 1 to {most} signs", most=REASON_LENGTH_MAX)
    checked_request_key(request_key)
    if document.voided_at is not None:
        return document.id
    await _check_voidable(act, document)
    assert document.tax_on is not None
    if document.tax_on != document.issued_on:
        await check_tax_day(act, document.company_id, document.tax_on)
    if document.entry_id is not None:
        await reverse_entry(act, document.entry_id, on_its_day=True, request_key=request_key)
    await record_cancellation(act, document.id)
    document.status = DocumentStatus.CANCELLED.value
    document.outstanding = ZERO
    document.voided_at = clock.now()
    document.voided_by = act.viewer.id
    document.void_reason = said
    document.pdf_sha256 = None
    document.version += 1
    await act.session.flush()
    await tell_open_items_changed(act, document.company_id)
    return document.id


async def _check_voidable(act: Act, document: Document) -> None:
    number = document.number or ""
    if document.kind != DocumentKind.SALES_INVOICE or document.approved_at is None:
        raise NotVoidable
    asked = {"of_document": document.id}
    if await act.session.scalar(_SETTLED, asked):
        raise SettledStays(number=number)
    if await act.session.scalar(_RECTIFIED, asked):
        raise RectifiedStays(number=number)
    if await went_on(act, document.id):
        raise WentOn(number=number)
    if document.sent_at is not None:
        raise SentStays(number=number, day=document.sent_at.date())
