"""Correcting what was issued: by another document that names it, says why, and takes back what was wrong."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.access.interface import Act
from services.access.policy import Action
from services.documents.actions.creating import create_document
from services.documents.actions.editing import lines_of, new_like
from services.documents.actions.entered import NewLine, PrintedQuota
from services.documents.actions.finding import found
from services.documents.models import DocumentTax
from services.documents.rules.kinds import RectificationCause

BACK = Decimal(-1)

_tax: Any = DocumentTax.__table__  # type: ignore[attr-defined]


async def rectify_document(
    act: Act,
    document_id: UUID | str,
    *,
    method: str,
    reason: str,
    cause: RectificationCause = RectificationCause.CORRECTION,
    issued_on: date,
    lines: Sequence[NewLine] = (),
    number: str | None = None,
    status: str = "DRAFT",
    request_key: str,
) -> UUID:
    """This will draft the document that corrects an approved one, and give its id. Either side.

    I (differences): `lines` are the differences, negative for what comes back; none takes back the whole.
    S (the whole anew): `lines` say the whole as it should have been; the draft takes back every line of the first and
    puts them beside it. Either way the totals are the difference that the document makes, so books and returns add it
    up like any other. Where the `cause` takes back the VAT alone, the total is that VAT. `number` is the supplier's.
    Needs EDIT of the side. Raises RectifiedWrong, RectifiedAlready (S), RectificationReasonMissing,
    CauseRefused, and what create_document raises.
    """
    document = await found(act, document_id, Action.EDIT)
    back = await lines_of(act, document.id, sign=BACK)
    printed: tuple[PrintedQuota, ...] = ()
    if method == "S":
        said = [*back, *lines]
    elif lines:
        said = list(lines)
    else:
        said, printed = back, await _printed_back(act, document.id)
    return await create_document(
        act,
        replace(
            new_like(document, said, issued_on=issued_on),
            due_on=None,
            number=number,
            rectifies_id=document.id,
            rectification_method=method,
            rectification_reason=reason,
            rectification_cause=cause,
            printed_quotas=printed,
            status=status,
            request_key=request_key,
        ),
    )


async def _printed_back(act: Act, document_id: UUID) -> tuple[PrintedQuota, ...]:
    """The VAT as the first one had it: what a supplier rounded otherwise comes back the same."""
    rows = await act.session.execute(
        select(_tax.c.tax_code, _tax.c.quota).where(_tax.c.document_id == document_id)
    )
    return tuple(PrintedQuota(tax_code=row.tax_code, quota=-row.quota) for row in rows)
