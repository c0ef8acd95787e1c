"""Proposals: for each open line the document that could settle it best, kept beside the line."""

import asyncio
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Integer, Text, Uuid, bindparam, case, cast, func, select, true, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from services.access.interface import Act
from services.banking.actions.order import take_turn
from services.banking.actions.traces import Traces
from services.banking.models import BankLine
from services.banking.rules.candidates import Candidate
from services.banking.rules.matching import candidates, match_many
from services.banking.rules.signals import Direction, LineToMatch, OpenItem
from services.documents.interface import OpenDocument, open_items, paid_items
from services.kit.db import table_of

_line = table_of(BankLine)

_PROPOSAL = (
    "proposed_document_id",
    "proposed_with",
    "proposed_certainty",
    "proposed_reasons",
    "proposed_gives_back",
    "proposed_difference",
)
_Proposal = tuple[UUID | None, list[UUID], int | None, list[dict[str, Any]], bool, str | None]
"""What a line keeps of its best candidate, in the order of the columns above."""

PAID_SINCE = timedelta(days=400)
"""How far back a payment may lie that a bank takes back: a direct debit without a mandate, 13 months (SEPA)."""


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
                *(_line.c[name] for name in _PROPOSAL),
            )
            .where(_line.c.company_id == company_id, _line.c.state.in_(("NEW", "PROPOSED")))
            .where(true() if traces is None else traces.concern(_line))
            .order_by(_line.c.id)
        )
    ).all()
    if not lines:
        return 0
    to_match = [_to_match(line) for line in lines]
    items = await _items(act.session, company_id)
    paid = await _paid_items(act.session, company_id, [line for line in to_match if line.is_return])
    # Fifty thousand lines take seconds to match; other requests go on meanwhile.
    matched = await asyncio.to_thread(match_many, to_match, items, paid)
    changed = []
    for line, found in zip(lines, matched, strict=True):
        proposed = _proposed(found)
        if proposed != tuple(getattr(line, name) for name in _PROPOSAL):
            changed.append((line.id, *proposed))
    if changed:
        await _write(act.session, changed)
    return len(changed)


@dataclass(frozen=True, slots=True)
class Documents:
    """What a line may be about: open documents, and paid ones whose money it may give back, by id."""

    open: Mapping[UUID, OpenDocument]
    paid: Mapping[UUID, OpenDocument]


async def candidates_for(
    session: AsyncSession, line: BankLine, sides: Collection[str], *, with_paid: bool
) -> tuple[list[Candidate], Documents]:
    """This will give the candidates of one line among the documents of some sides, the most certain first.

    Paid documents are looked at where the bank calls the line a return, or a person searches (`with_paid`).
    """
    to_match = _to_match(line)
    found = [one for one in await open_items(session, line.company_id) if one.side in sides]
    paid: list[OpenDocument] = []
    if with_paid or to_match.is_return:
        since = line.operation_on - PAID_SINCE
        paid = [one for one in await paid_items(session, line.company_id, since=since) if one.side in sides]
    proposed = candidates(to_match, _open(found), _paid(paid))
    return proposed, Documents(
        {one.document_id: one for one in found}, {one.document_id: one for one in paid}
    )


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
    return _open(await open_items(session, company_id))


async def _paid_items(
    session: AsyncSession, company_id: UUID, returns: Sequence[LineToMatch]
) -> list[OpenItem]:
    if not returns:
        return []
    since = min(line.operation_on for line in returns) - PAID_SINCE
    return _paid(await paid_items(session, company_id, since=since))


def _open(documents: Iterable[OpenDocument]) -> list[OpenItem]:
    """What is open as items; what is in another currency than the books also as what it was booked at."""
    items = []
    for document in documents:
        item = _item(document, direction_of(document))
        items.append(item)
        if document.booked_currency != document.currency and document.booked:
            original = (item.outstanding, item.currency)
            items.append(
                replace(
                    item,
                    outstanding=abs(document.booked),
                    currency=document.booked_currency,
                    original=original,
                )
            )
    return items


def _paid(documents: Iterable[OpenDocument]) -> list[OpenItem]:
    """What was paid, as items of the direction in which that money would go back."""
    return [_item(document, direction_of(document, gives_back=True)) for document in documents]


def direction_of(document: OpenDocument, *, gives_back: bool = False) -> Direction:
    """The way its money goes: a customer's credit note goes out, and so does what is given back of a sale."""
    comes_in = (document.side == "SALES") == (document.outstanding > 0)
    return Direction.IN if comes_in != gives_back else Direction.OUT


def _item(document: OpenDocument, direction: Direction) -> OpenItem:
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
        outstanding=abs(document.outstanding),
        direction=direction,
        currency=document.currency,
        is_credit=document.outstanding < 0,
    )


def forget_proposal(line: BankLine) -> None:
    """This will leave a line without a proposal; its state is the caller's to say."""
    for name, value in zip(_PROPOSAL, _proposed(()), strict=True):
        setattr(line, name, value)


def _proposed(found: Sequence[Candidate]) -> _Proposal:
    """The best candidate as it is stored: the oldest of its documents, and those that go with it."""
    if not found:
        return None, [], None, [], False, None
    best = found[0]
    first, *others = best.document_ids
    difference = None if best.difference is None else best.difference.value
    return first, others, best.certainty, stored_reasons(best), best.gives_back, difference


def stored_reasons(candidate: Candidate) -> list[dict[str, Any]]:
    """This will give the reasons of a candidate as they are stored: code and values, no sentences."""
    return [{"code": reason.code.value, "values": dict(reason.values)} for reason in candidate.reasons]


async def _write(session: AsyncSession, changed: Sequence[tuple[UUID, *_Proposal]]) -> None:
    ids, documents, others, certainties, reasons, gives_back, differences = zip(*changed, strict=True)
    given = (
        func.unnest(
            bindparam("ids", list(ids), type_=ARRAY(Uuid)),
            bindparam("documents", list(documents), type_=ARRAY(Uuid)),
            bindparam("others", [f"{{{','.join(map(str, some))}}}" for some in others], type_=ARRAY(Text)),
            bindparam("certainties", list(certainties), type_=ARRAY(Integer)),
            bindparam("reasons", [json.dumps(one) for one in reasons], type_=ARRAY(Text)),
            bindparam("gives_back", list(gives_back), type_=ARRAY(Boolean)),
            bindparam("differences", list(differences), type_=ARRAY(Text)),
        )
        .table_valued("id", "document_id", "others", "certainty", "reasons", "gives_back", "difference")
        .render_derived("given")
    )
    await session.execute(
        update(_line)
        .where(_line.c.id == given.c.id)
        .values(
            proposed_document_id=given.c.document_id,
            proposed_with=cast(given.c.others, ARRAY(Uuid)),
            proposed_certainty=given.c.certainty,
            proposed_reasons=cast(given.c.reasons, JSONB),
            proposed_gives_back=given.c.gives_back,
            proposed_difference=given.c.difference,
            state=case((given.c.document_id.is_(None), "NEW"), else_="PROPOSED"),
        )
    )
