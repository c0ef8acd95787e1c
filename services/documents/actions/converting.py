"""Documents that go on: estimates become orders, orders delivery notes, notes invoices; whole, in part, or several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.access.interface import Act, as_id
from services.access.policy import Action
from services.documents.actions.creating import make_document
from services.documents.actions.editing import lines_of, new_like
from services.documents.actions.entered import NewLine
from services.documents.actions.finding import found
from services.documents.actions.links import CONVERSION, link, taken_of
from services.documents.models import Document, DocumentLine
from services.documents.rules.conversions import (
    ConversionMixed,
    NothingLeft,
    check_conversion,
    check_left,
)
from services.documents.rules.kinds import DocumentKind
from services.documents.rules.states import DocumentStatus
from services.kit.errors import BadInput, NotFound
from services.kit.money import ZERO

SOURCES_MAX = 50

_line: Any = DocumentLine.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionSource:
    """A document to go on, or some of it: `quantities` by the id of a line; none takes all that is left."""

    document_id: UUID | str
    quantities: Mapping[Any, Decimal]


@dataclass(frozen=True, slots=True)
class _Part:
    """So much of a line of a source."""

    document_id: UUID
    line_id: UUID
    line: NewLine


async def convert_documents(
    act: Act,
    sources: Sequence[ConversionSource],
    into: DocumentKind | str,
    *,
    issued_on: date,
    due_on: date | None = None,
    number: str | None = None,
    status: str = "DRAFT",
    request_key: str,
) -> UUID:
    """This will make one document of the next kind out of one or several, and give its id.

    All are of one contact, currency, regime and withholding. Of a line never more goes on than is left of it; a draft
    that is deleted or a document that is cancelled gives back what it took. `number` is the supplier's; when and how
    it is paid, the contact's card says where nothing else does. Needs EDIT of
    the side. Raises ConversionRefused, ConversionMixed, MoreThanLeft, NothingLeft, BadInput, NotFound, and what
    create_document raises; the same request key gives the first document.
    """
    wanted = DocumentKind(into)
    ids = [as_id(source.document_id, "document", ("sources",)) for source in sources]
    if not 1 <= len(ids) <= SOURCES_MAX or len(set(ids)) < len(ids):
        raise BadInput("sources", "name 1 to {most} documents, each once", most=SOURCES_MAX)
    documents = {one: await found(act, one, Action.EDIT, path=("sources",)) for one in sorted(ids)}
    first = documents[ids[0]]
    done = await _done(act, first.company_id, request_key)
    if done is not None:
        # Asked again: what the first call took is not missed now.
        return done
    parts: list[_Part] = []
    for source, one in zip(sources, ids, strict=True):
        document = documents[one]
        _check_source(document, first, wanted)
        parts += await _parts_of(act, document, source.quantities)
    new = new_like(first, [part.line for part in parts], issued_on=issued_on, kind=wanted.value)
    made, line_ids = await make_document(
        act,
        replace(
            new,
            due_on=due_on,
            asks_terms=True,
            asks_method=True,
            number=number,
            status=status,
            request_key=request_key,
        ),
    )
    for part, line_id in zip(parts, line_ids, strict=True):
        await link(
            act,
            first.company_id,
            source=(part.document_id, part.line_id),
            target=(made, line_id),
            quantity=part.line.quantity,
            purpose=CONVERSION,
        )
    return made


async def _done(act: Act, company_id: UUID, request_key: str) -> UUID | None:
    table: Any = Document.__table__  # type: ignore[attr-defined]
    known: UUID | None = await act.session.scalar(
        select(table.c.id).where(table.c.company_id == company_id, table.c.request_key == request_key)
    )
    return known


def _check_source(document: Document, first: Document, wanted: DocumentKind) -> None:
    number = document.number or ""
    check_conversion(DocumentKind(document.kind), DocumentStatus(document.status), wanted, number=number)
    same = ("company_id", "contact_id", "currency", "regime", "prices_include_tax", "withholding_rate")
    if any(getattr(document, name) != getattr(first, name) for name in same):
        raise ConversionMixed(path=("sources",), number=number)


async def _parts_of(act: Act, document: Document, quantities: Mapping[Any, Decimal]) -> list[_Part]:
    asked = {as_id(line_id, "line", ("sources",)): wanted for line_id, wanted in quantities.items()}
    line_ids = list(
        await act.session.scalars(
            select(_line.c.id).where(_line.c.document_id == document.id).order_by(_line.c.position)
        )
    )
    if not set(asked) <= set(line_ids):
        raise NotFound("line", path=("sources",))
    taken = await taken_of(act, line_ids, CONVERSION)
    parts: list[_Part] = []
    for position, (line_id, line) in enumerate(
        zip(line_ids, await lines_of(act, document.id), strict=True), start=1
    ):
        left = line.quantity - taken.get(line_id, ZERO)
        wanted = asked.get(line_id, left if not asked else ZERO)
        if line_id in asked:
            check_left(wanted, left, position=position, number=document.number or "")
        if wanted:
            parts.append(_Part(document.id, line_id, replace(line, quantity=wanted)))
    if not parts:
        raise NothingLeft(path=("sources",), number=document.number or "")
    return parts
