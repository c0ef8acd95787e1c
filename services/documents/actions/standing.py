"""What is left of a document after what rectified it, and what another rectification may still say of it."""

from collections import defaultdict
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from services.access.interface import Act
from services.documents.actions.refusals import OutlayTakenBackTwice, RectifiedAlready, TakenBackTwice
from services.documents.models import Document, DocumentTax
from services.documents.restating import says_whole
from services.documents.rules.states import DocumentStatus
from services.kit.money import ZERO, total

_document: Any = Document.__table__  # type: ignore[attr-defined]
_tax: Any = DocumentTax.__table__  # type: ignore[attr-defined]

_first = (
    select(_document.c.id, _document.c.number, _document.c.approved_at, _document.c.outlay_total)
    .where(_document.c.id == bindparam("of_document"))
    .cte("standing", recursive=True)
)
_later = _document.alias("later")
# What rectifies a rectification counts too: it may have given back what that took.
_standing = _first.union_all(
    select(_later.c.id, _later.c.number, _later.c.approved_at, _later.c.outlay_total)
    .join(_first, _later.c.rectifies_id == _first.c.id)
    .where(_later.c.approved_at.is_not(None), _later.c.status != DocumentStatus.CANCELLED.value)
)
_STANDING = (
    select(_standing.c.id, _standing.c.number, _standing.c.outlay_total, _tax.c.rate, _tax.c.base)
    .outerjoin(_tax, _tax.c.document_id == _standing.c.id)
    .order_by(_standing.c.approved_at, _standing.c.id)
)
_RATES = select(_tax.c.rate, _tax.c.base).where(_tax.c.document_id == bindparam("of_document"))


async def check_whole(act: Act, first: Any) -> None:
    """Refuses to say a document anew that was rectified already: which of the papers holds would be left open.

    Raises RectifiedAlready.
    """
    rows = (await act.session.execute(_STANDING, {"of_document": first.id})).all()
    earlier = _numbers(rows, first.id)
    if earlier:
        raise RectifiedAlready(path=("rectification", "method"), number=first.number or "", earlier=earlier)


async def check_standing(act: Act, document: Document) -> None:
    """Refuses what takes back twice, by rate and of outlays. The books are locked: nothing is approved meanwhile.

    A first rectification that goes beyond its document is only warned of: a discount over several invoices names one of
    them. Raises RectifiedAlready, TakenBackTwice and OutlayTakenBackTwice.
    """
    if document.rectifies_id is None:
        return
    rows = (await act.session.execute(_STANDING, {"of_document": document.rectifies_id})).all()
    earlier = _numbers(rows, document.rectifies_id)
    if not earlier:
        return
    number = next(row.number or "" for row in rows if row.id == document.rectifies_id)
    if says_whole(document):
        raise RectifiedAlready(path=("rectification", "method"), number=number, earlier=earlier)
    was = total(row.base for row in rows if row.id == document.rectifies_id and row.base is not None)
    left: defaultdict[Decimal, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.base is not None:
            left[row.rate] += row.base
    taken: defaultdict[Decimal, Decimal] = defaultdict(Decimal)
    for row in await act.session.execute(_RATES, {"of_document": document.id}):
        taken[row.rate] += row.base
    for rate, base in taken.items():
        if base * was < ZERO and (left[rate] + base) * was < ZERO:
            raise TakenBackTwice(
                path=("lines",), number=number, earlier=earlier, rate=rate, left=left[rate], taken=-base
            )
    laid_out = {row.id: row.outlay_total for row in rows}
    outlays, of_first = total(laid_out.values()), laid_out[document.rectifies_id]
    back = document.outlay_total
    if back * of_first < ZERO and (outlays + back) * of_first < ZERO:
        raise OutlayTakenBackTwice(path=("lines",), number=number, earlier=earlier, left=outlays, taken=-back)


def _numbers(rows: Any, first_id: UUID) -> str:
    """The numbers of those that rectify it, in the order of their approval; empty if none does."""
    return ", ".join(dict.fromkeys(row.number or "-" for row in rows if row.id != first_id))
