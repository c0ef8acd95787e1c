"""The full invoice that takes the place of simplified ones which were issued and declared before.

It says again what those said, to a named customer who may deduct it (RD 1619/2012 art. 15.6). The VAT was declared and
the sale booked with the simplified ones, so it has no entry, is in no return, and nothing is owed on it; they stay as
they are.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from services.access.interface import Act, as_id
from services.access.policy import Action
from services.documents.actions.creating import make_document
from services.documents.actions.editing import lines_of, new_like
from services.documents.actions.finding import found
from services.documents.actions.links import SUBSTITUTION, link, taken_of
from services.documents.actions.refusals import NotSubstitutable, SubstitutionDisagrees, SubstitutionMixed
from services.documents.models import Document, DocumentLine, DocumentLink, DocumentTax
from services.documents.rules.states import DocumentStatus
from services.kit.errors import BadInput
from services.kit.money import CENT, ZERO

SUBSTITUTED_MAX = 50

_document: Any = Document.__table__  # type: ignore[attr-defined]
_line: Any = DocumentLine.__table__  # type: ignore[attr-defined]
_link: Any = DocumentLink.__table__  # type: ignore[attr-defined]
_tax: Any = DocumentTax.__table__  # type: ignore[attr-defined]

_LINE_IDS = (
    select(_line.c.id).where(_line.c.document_id == bindparam("of_document")).order_by(_line.c.position)
)
_RECTIFIED = (
    select(_document.c.id)
    .where(
        _document.c.rectifies_id == bindparam("of_document"),
        _document.c.status != DocumentStatus.CANCELLED.value,
    )
    .limit(1)
)


async def substitute_invoices(
    act: Act,
    document_ids: Sequence[UUID | str],
    *,
    contact_id: UUID | str,
    issued_on: date,
    status: str = "DRAFT",
    request_key: str,
) -> UUID:
    """This will draft the full invoice that takes the place of simplified ones, and give its id.

    All are of one company, currency and regime, none was voided, rectified or substituted before. Needs EDIT of SALES.
    Raises BadInput, NotFound, NotSubstitutable, SubstitutionMixed, and what create_document raises; the same request
    key gives the first invoice.
    """
    path = ("input", "ids")
    ids = [as_id(given, "document", path) for given in document_ids]
    if not 1 <= len(ids) <= SUBSTITUTED_MAX or len(set(ids)) < len(ids):
        raise BadInput("input.ids", "name 1 to {most} documents, each once", most=SUBSTITUTED_MAX)
    documents = {one: await found(act, one, Action.EDIT, path=path) for one in sorted(ids)}
    first = documents[ids[0]]
    done = await act.session.scalar(
        select(_document.c.id).where(
            _document.c.company_id == first.company_id, _document.c.request_key == request_key
        )
    )
    if done is not None:
        return UUID(str(done))
    sources: list[tuple[UUID, UUID]] = []
    lines = []
    for one in ids:
        line_ids = await _line_ids_of(act, documents[one], first)
        sources += [(one, line_id) for line_id in line_ids]
        lines += await lines_of(act, one)
    operated_on = max(each.operation_on or each.issued_on for each in documents.values())
    made, made_lines = await make_document(
        act,
        replace(
            new_like(first, lines, issued_on=issued_on),
            contact_id=as_id(contact_id, "contact", ("input", "contactId")),
            due_on=None,
            payment_method=None,
            operation_on=operated_on if operated_on != issued_on else None,
            is_substitute=True,
            status=status,
            request_key=request_key,
        ),
    )
    for source, line_id, line in zip(sources, made_lines, lines, strict=True):
        await link(
            act,
            first.company_id,
            source=source,
            target=(made, line_id),
            quantity=line.quantity,
            purpose=SUBSTITUTION,
        )
    return made


async def check_substitution(act: Act, document: Document) -> None:
    """This will refuse a substitute that says something else than what it takes the place of.

    Outlays, and bases and VAT per code, to a cent for each line: those of several invoices were rounded one by one.
    Raises SubstitutionDisagrees.
    """
    said = select(_tax.c.tax_code, _tax.c.base, _tax.c.quota, _tax.c.surcharge)
    own = said.where(_tax.c.document_id == document.id)
    linked = select(_link.c.from_id).where(_link.c.to_id == document.id, _link.c.purpose == SUBSTITUTION)
    theirs = said.where(_tax.c.document_id.in_(linked))
    differences: dict[tuple[str, str], Decimal] = {}
    for sign, statement in ((1, own), (-1, theirs)):
        for row in await act.session.execute(statement):
            for name in ("base", "quota", "surcharge"):
                key = (row.tax_code, name)
                differences[key] = differences.get(key, ZERO) + sign * getattr(row, name)
    outlays = select(func.sum(_document.c.outlay_total)).where(_document.c.id.in_(linked))
    differences["", "outlays"] = document.outlay_total - (await act.session.scalar(outlays) or ZERO)
    line_count = await act.session.scalar(
        select(func.count()).select_from(_line).where(_line.c.document_id == document.id)
    )
    if any(abs(difference) > CENT * (line_count or 0) for difference in differences.values()):
        raise SubstitutionDisagrees(path=("lines",))


async def _line_ids_of(act: Act, document: Document, first: Document) -> list[UUID]:
    """The lines of a simplified invoice that may be substituted."""
    number = document.number or ""
    path = ("input", "ids")
    is_standing = document.approved_at is not None and document.status != DocumentStatus.CANCELLED
    is_plain = document.is_simplified and document.rectifies_id is None and document.total > ZERO
    asked = {"of_document": document.id}
    line_ids = list(await act.session.scalars(_LINE_IDS, asked))
    if (
        not is_standing
        or not is_plain
        or await act.session.scalar(_RECTIFIED, asked) is not None
        or await taken_of(act, line_ids, SUBSTITUTION)
    ):
        raise NotSubstitutable(path=path, number=number)
    same = ("company_id", "currency", "exchange_rate", "regime", "prices_include_tax", "withholding_rate")
    if any(getattr(document, name) != getattr(first, name) for name in same):
        raise SubstitutionMixed(path=path, number=number)
    return line_ids
