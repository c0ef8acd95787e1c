"""What a new document rectifies, and what it may add up to."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from services.access.interface import Act
from services.documents.actions.entered import NewDocument
from services.documents.actions.finding import scope_of
from services.documents.actions.refusals import (
    CauseRefused,
    RectificationReasonMissing,
    RectifiedMissing,
    RectifiedWrong,
    TotalNegative,
)
from services.documents.actions.standing import check_whole
from services.documents.models import Document
from services.documents.rules.amounts import DocumentTotals
from services.documents.rules.kinds import POSTED_KINDS, SALES_KINDS, DocumentKind, RectificationCause
from services.documents.rules.states import DocumentStatus
from services.documents.rules.unpaid import check_unpaid, check_wait
from services.kit.errors import NotFound

_document: Any = Document.__table__  # type: ignore[attr-defined]

# Written once: building a statement costs more than running it.
_RECTIFIED = select(
    *(
        _document.c[name]
        for name in (
            "id",
            "side",
            "kind",
            "status",
            "contact_id",
            "currency",
            "number",
            "issued_on",
            "operation_on",
            "tax_on",
            "due_on",
            "total",
            "tax_total",
            "surcharge_total",
            "outstanding",
            "is_simplified",
            "approved_at",
            "rectifies_id",
        )
    )
).where(_document.c.id == bindparam("of_document"), _document.c.company_id == bindparam("of_company"))


async def rectified_by(act: Act, company_id: UUID, new: NewDocument, kind: DocumentKind) -> Any:
    """The document that a new one rectifies, or None. Raises NotFound, RectifiedWrong and others.

    RectificationReasonMissing, and RectifiedAlready where it says the whole anew of what was rectified.
    """
    if new.rectifies_id is None:
        return None
    path = ("rectification", "rectifiesId")
    asked = {"of_document": new.rectifies_id, "of_company": company_id}
    found = (await act.session.execute(_RECTIFIED, asked)).one_or_none()
    if found is None or found.side != scope_of(kind).name:
        raise NotFound("document", path=path)
    if (
        kind not in POSTED_KINDS
        or found.kind not in POSTED_KINDS
        or found.approved_at is None
        or found.status == DocumentStatus.CANCELLED
        or found.contact_id != new.contact_id
        or found.currency != new.currency
    ):
        raise RectifiedWrong(path=path, number=found.number or "")
    if not (new.rectification_reason or "").strip():
        raise RectificationReasonMissing(path=("rectification", "reason"))
    if new.rectification_method == "S":
        await check_whole(act, found)
    return found


def vat_alone(new: NewDocument, totals: DocumentTotals, kind: DocumentKind, rectified: Any) -> DocumentTotals:
    """What a rectification for VAT alone adds up to: the customer owes its VAT less, and the base as before.

    Raises CauseRefused, DebtTooYoung, DebtTooOld, VatWasPaid.
    """
    vat = totals.tax_total + totals.surcharge
    if kind not in SALES_KINDS or rectified.is_simplified or vat >= 0:
        raise CauseRefused(path=("rectification", "cause"))
    number = rectified.number or ""
    check_wait(
        new.rectification_cause or RectificationCause.CORRECTION,
        number=number,
        tax_on=rectified.tax_on,
        due_on=rectified.due_on,
        on=new.issued_on,
    )
    check_unpaid(
        number=number,
        vat=rectified.tax_total + rectified.surcharge_total,
        total=rectified.total,
        outstanding=rectified.outstanding,
        taken=-vat,
    )
    return replace(totals, total=vat)


def check_sign(totals: DocumentTotals, kind: DocumentKind, rectified: Any) -> None:
    """Less than nothing is owed on credit notes alone; on sales they are rectifying invoices."""
    if totals.total >= 0:
        return
    if kind not in POSTED_KINDS:
        raise TotalNegative(path=("lines",), total=totals.total)
    if kind in SALES_KINDS and rectified is None:
        raise RectifiedMissing(path=("rectification",), total=totals.total)
