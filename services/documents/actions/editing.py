"""Changing what a document says before it is approved: edit, delete, duplicate."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from services.access.interface import Act
from services.access.policy import Action
from services.contacts.interface import PaymentMethod
from services.documents.actions.contents import add_parts, contents_of, searched
from services.documents.actions.creating import create_document
from services.documents.actions.entered import SUPPLIER_NUMBERED, NewDocument, NewLine
from services.documents.actions.finding import found
from services.documents.actions.links import carry_links
from services.documents.actions.refusals import DocumentInUse, NotEditable, VersionOutdated
from services.documents.models import (
    Attachment,
    Document,
    DocumentInstalment,
    DocumentLine,
    DocumentTax,
)
from services.documents.rules.kinds import DocumentKind, VatRegime
from services.documents.rules.states import DocumentStatus
from services.kit import clock
from services.kit.db import table_of
from services.kit.errors import BadInput

_document: Any = Document.__table__  # type: ignore[attr-defined]
_line: Any = DocumentLine.__table__  # type: ignore[attr-defined]
_attachment: Any = Attachment.__table__  # type: ignore[attr-defined]
_PARTS = tuple(table_of(model) for model in (DocumentLine, DocumentTax, DocumentInstalment))

_EDITABLE = frozenset({DocumentStatus.DRAFT, DocumentStatus.PENDING_REVIEW})


async def update_document(
    act: Act, document_id: UUID | str, version: int, new: NewDocument, *, added: Collection[UUID] = ()
) -> UUID:
    """This will give a draft, or what waits for review, another content; kind, company and state stay.

    `new` is the whole content; lines that name the id of one they follow keep it, and with it what they were converted
    from. What a contact has read of it counts as unread again; the history of that stays. `added` are ids of new lines
    that the caller chose. `version` is the one that the editor saw. Needs EDIT of its side. Raises NotEditable,
    VersionOutdated, MoreThanLeft, and what create_document raises.
    """
    document = await found(act, document_id, Action.EDIT)
    if DocumentStatus(document.status) not in _EDITABLE:
        raise NotEditable(status=document.status)
    if document.version != version:
        raise VersionOutdated(path=("version",))
    known = set(await act.session.scalars(select(_line.c.id).where(_line.c.document_id == document.id)))
    ids = [line.id for line in new.lines if line.id is not None]
    if len(set(ids)) < len(ids) or not set(ids) <= known | set(added):
        raise BadInput("lines", "a line's id is one of this document, once")
    as_known = replace(
        new,
        company_id=document.company_id,
        kind=document.kind,
        status=document.status,
        is_substitute=document.is_substitute,
        request_key=document.request_key,
    )
    contents = await contents_of(act, document.company_id, as_known)
    if document.number is not None and DocumentKind(document.kind) not in SUPPLIER_NUMBERED:
        contents = replace(contents, row={**contents.row, **_kept_number(document, contents.row)})
    for parts in _PARTS:
        await act.session.execute(delete(parts).where(parts.c.document_id == document.id))
    await act.session.execute(
        update(_document)
        .where(_document.c.id == document.id)
        .values(
            **contents.row,
            version=document.version + 1,
            pdf_sha256=None,
            opened_at=None,
            read_at=None,
            content_changed_at=clock.now(),
            content_changed_by=list(dict.fromkeys([*document.content_changed_by, act.viewer.id])),
        )
    )
    line_ids = await add_parts(act, document.company_id, document.id, contents)
    await carry_links(
        act,
        document.id,
        {
            line_id: (line.quantity, base)
            for line_id, (line, _, base) in zip(line_ids, contents.lines, strict=True)
        },
    )
    await act.session.refresh(document)
    return document.id


def _kept_number(document: Document, row: Mapping[str, Any]) -> dict[str, Any]:
    """A number of ours that was given once stays, with its series and its day: numbers follow days."""
    if row["issued_on"] != document.issued_on:
        raise BadInput("issuedOn", "a document that has its number keeps its day of issue")
    return {
        "number": document.number,
        "series": document.series,
        "search_text": searched(document.number, row["search_text"], ()),
    }


async def delete_document(act: Act, document_id: UUID | str) -> UUID:
    """This will delete a draft that never had a number of ours; what it took of earlier documents is left again.

    Needs EDIT of its side. Raises NotEditable, and DocumentInUse where a paper or a comment hangs on it.
    """
    document = await found(act, document_id, Action.EDIT)
    if document.status != DocumentStatus.DRAFT:
        raise NotEditable(status=document.status)
    try:
        async with act.session.begin_nested():
            await act.session.execute(delete(_attachment).where(_attachment.c.document_id == document.id))
            await act.session.execute(delete(_document).where(_document.c.id == document.id))
    except IntegrityError as error:
        raise DocumentInUse from error
    return document.id


async def duplicate_document(act: Act, document_id: UUID | str, *, issued_on: date, request_key: str) -> UUID:
    """This will make a draft that says the same, issued on another day and due as many days later.

    Numbers, links, payments and rectifications stay with the first. Needs EDIT of its side. Raises what
    create_document raises, such as a tax code that is no longer in force.
    """
    document = await found(act, document_id, Action.EDIT)
    lines = await lines_of(act, document.id)
    new = new_like(document, lines, issued_on=issued_on)
    return await create_document(act, replace(new, request_key=request_key))


def new_like(
    document: Document, lines: Sequence[NewLine], *, issued_on: date, kind: str | None = None
) -> NewDocument:
    """This will give what a document says, to be made again on another day, in the same or another kind."""
    late = document.due_on - document.issued_on if document.due_on else None
    return NewDocument(
        company_id=document.company_id,
        kind=kind or document.kind,
        contact_id=document.contact_id,
        issued_on=issued_on,
        due_on=issued_on + max(late, timedelta()) if late is not None else None,
        payment_method=PaymentMethod(document.payment_method) if document.payment_method else None,
        currency=document.currency,
        exchange_rate=document.exchange_rate,
        prices_include_tax=document.prices_include_tax,
        regime=VatRegime(document.regime),
        description=document.description,
        withholding_rate=document.withholding_rate,
        lines=tuple(lines),
    )


async def lines_of(
    act: Act, document_id: UUID, *, sign: Decimal = Decimal(1), with_ids: bool = False
) -> list[NewLine]:
    """This will give the lines of a document as they were entered; `sign` -1 takes them back."""
    rows = await act.session.execute(
        select(_line).where(_line.c.document_id == document_id).order_by(_line.c.position)
    )
    return [
        NewLine(
            id=row.id if with_ids else None,
            description=row.description,
            quantity=sign * row.quantity,
            unit_price=row.unit_price,
            discount_percent=row.discount_percent,
            tax_code=row.tax_code,
            deductible_percent=row.deductible_percent,
            ledger_account_code=row.ledger_account_code,
            is_product=row.is_product,
        )
        for row in rows
    ]
