"""Proposals: for each open line the document that could settle it best, kept beside the line."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Integer, Text, Uuid, bindparam, case, cast, func, select, true, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from services.access.interface import Act
from services.banking.actions.order import take_turn
from services.banking.actions.traces import Traces
from services.banking.models import BankLine
from services.banking.rules.matching import Candidate, candidates, match_many
from services.banking.rules.signals import Direction, LineToMatch, OpenItem
from services.documents.interface import OpenDocument, open_items
from services.kit.db import table_of

_line = table_of(BankLine)


async def refresh_proposals(act: Act, company_id: UUID) -> int:
    """This will take the company's turn and look again at all its open lines, see `look_again`.

    The caller has checked that the viewer may act here.
    """
    await take_turn(act, company_id)
    return await look_again(act, company_id)


async def look_again(act: Act, company_id: UUID, traces: Traces | None = None) -> int:
    """This will look again at every line of a company that nothing has settled yet, and give how many changed.

    With `traces` only at the lines that they concern. Two reads and at most one write, of the changed lines only. A
    line that is partly settled, matched or set aside has no proposal. The caller has taken the company's turn.
    """
    lines = (
        await act.session.execute(
            select(
                *_MATCHED_ON,
                _line.c.proposed_document_id,
                _line.c.proposed_certainty,
                _line.c.proposed_reasons,
            )
            .where(_line.c.company_id == company_id, _line.c.state.in_(("NEW", "PROPOSED")))
            .where(true() if traces is None else traces.concern(_line))
            .order_by(_line.c.id)
        )
    ).all()
    if not lines:
        return 0
    items = await _items(act.session, company_id)
    # Fifty thousand lines take seconds to match; other requests go on meanwhile.
    matched = await asyncio.to_thread(match_many, [_to_match(line) for line in lines], items)
    changed = []
    for line, found in zip(lines, matched, strict=True):
        proposed = _proposed(found)
        if proposed != (line.proposed_document_id, line.proposed_certainty, line.proposed_reasons):
            changed.append((line.id, *proposed))
    if changed:
        await _write(act.session, changed)
    return len(changed)


async def candidates_for(
    session: AsyncSession, line: BankLine
) -> tuple[list[Candidate], dict[UUID, OpenDocument]]:
    """This will give the candidates of one line, the most certain first, and the open documents of its direction."""
    documents = {
        document.document_id: document
        for document in await open_items(session, line.company_id, line.currency)
        if _direction(document) is (Direction.IN if line.amount > 0 else Direction.OUT)
    }
    return candidates(_to_match(line), map(_item, documents.values())), documents


_MATCHED_ON = (
    _line.c.id,
    _line.c.amount,
    _line.c.settled_amount,
    _line.c.currency,
    _line.c.operation_on,
    _line.c.text,
    _line.c.reference,
    _line.c.concept,
)


def _to_match(line: Any) -> LineToMatch:
    """A line as matching sees it: only what is left of it."""
    left = line.amount - line.settled_amount if line.amount > 0 else line.amount + line.settled_amount
    return LineToMatch(
        amount=left,
        currency=line.currency,
        operation_on=line.operation_on,
        text=line.text,
        references=(line.reference,) if line.reference else (),
        concept=line.concept or "",
    )


async def _items(session: AsyncSession, company_id: UUID) -> list[OpenItem]:
    return [_item(document) for document in await open_items(session, company_id)]


def _direction(document: OpenDocument) -> Direction:
    return Direction.IN if document.side == "SALES" else Direction.OUT


def _item(document: OpenDocument) -> OpenItem:
    """What documents say is open, in the words of matching. A document without a contact stands for itself."""
    return OpenItem(
        document_id=document.document_id,
        number=document.number or "",
        contact_id=document.contact_id or document.document_id,
        contact_name=document.contact_name or "",
        contact_tax_id=document.contact_tax_id or "",
        contact_ibans=document.contact_ibans,
        issued_on=document.issued_on,
        due_on=document.due_on,
        outstanding=document.outstanding,
        direction=_direction(document),
        currency=document.currency,
    )


def _proposed(found: Sequence[Candidate]) -> tuple[UUID | None, int | None, list[dict[str, Any]]]:
    """The best candidate as it is stored; of several documents together the oldest stands for all."""
    if not found:
        return None, None, []
    best = found[0]
    return best.document_ids[0], best.certainty, stored_reasons(best)


def stored_reasons(candidate: Candidate) -> list[dict[str, Any]]:
    """This will give the reasons of a candidate as they are stored: code and values, no sentences."""
    return [{"code": reason.code.value, "values": dict(reason.values)} for reason in candidate.reasons]


async def _write(
    session: AsyncSession, changed: Sequence[tuple[UUID, UUID | None, int | None, list[Any]]]
) -> None:
    ids, documents, certainties, reasons = zip(*changed, strict=True)
    given = (
        func.unnest(
            bindparam("ids", list(ids), type_=ARRAY(Uuid)),
            bindparam("documents", list(documents), type_=ARRAY(Uuid)),
            bindparam("certainties", list(certainties), type_=ARRAY(Integer)),
            bindparam("reasons", [json.dumps(one) for one in reasons], type_=ARRAY(Text)),
        )
        .table_valued("id", "document_id", "certainty", "reasons")
        .render_derived("given")
    )
    await session.execute(
        update(_line)
        .where(_line.c.id == given.c.id)
        .values(
            proposed_document_id=given.c.document_id,
            proposed_certainty=given.c.certainty,
            proposed_reasons=cast(given.c.reasons, JSONB),
            state=case((given.c.document_id.is_(None), "NEW"), else_="PROPOSED"),
        )
    )
