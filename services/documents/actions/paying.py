"""Payments entered by hand, documents set off against each other, and both undone."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import bindparam, select

from services.access.interface import Act, as_id
from services.access.policy import Action, Scope
from services.documents.actions.announcing import tell_open_items_changed
from services.documents.actions.finding import found
from services.documents.actions.refusals import (
    DocumentNotOpen,
    OffsetRefused,
    PaidElsewhere,
    SettledTooMuch,
)
from services.documents.actions.settling import booked_share, settle, settle_offset, unsettle, unsettle_offset
from services.documents.models import Document, Settlement
from services.documents.rules.posting import PostingLine
from services.documents.rules.settlements import OFFSET, PAYMENT, Cleared, clearing_lines
from services.documents.rules.states import OPEN_STATUSES, DocumentStatus
from services.journal.interface import (
    EntryLineDraft,
    journal_entry_table,
    journal_line_table,
    ledger_account_table,
    post_entry,
    reverse_entry,
)
from services.kit import clock
from services.kit.errors import BadInput, NotFound
from services.kit.money import ZERO, to_cents

MONEY_ACCOUNTS = ("570", "571", "572", "573", "574")

_settlement: Any = Settlement.__table__  # type: ignore[attr-defined]
_entry, _entry_line, _account = journal_entry_table(), journal_line_table(), ledger_account_table()

_COUNTER = (
    select(_account.c.code, _entry_line.c.contact_id)
    .join(_account, _account.c.id == _entry_line.c.ledger_account_id)
    .where(
        _entry_line.c.entry_id == bindparam("of_entry"),
        _account.c.code.op("~")("^(430|400|410|523)"),
    )
    .order_by(_entry_line.c.position.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPayment:
    """Money that settles (part of) a document. `amount` in its currency, with the sign of what is open.

    `paid` is what moved on the money account in the currency of the books: for a document in another currency what the
    bank gave or took, else the amount itself (None). `account_code` is an account of group 57.
    """

    document_id: UUID | str
    amount: Decimal
    on: date
    account_code: str
    paid: Decimal | None = None
    request_key: str


async def record_payment(act: Act, new: NewPayment) -> UUID:
    """This will post a payment or collection entered by hand, settle the document with it, and give the document's id.

    Bank lines are matched in banking; this is for cash, and for money in another currency: what was paid more or less
    than booked goes to 668 or 768 (rule 29). A credit note is paid with a negative amount. The same request key pays
    once. Needs APPROVE of the document's side. Raises DocumentNotOpen, SettledTooMuch, BadInput, and what post_entry
    raises.
    """
    document = await found(act, new.document_id, Action.APPROVE, path=("documentId",))
    done = select(_entry.c.id).where(
        _entry.c.company_id == document.company_id,
        _entry.c.request_key == new.request_key,
        _entry.c.source == PAYMENT,
        _entry.c.source_id == document.id,
    )
    if await act.session.scalar(done) is not None:
        return document.id
    _check_open(document, new.amount)
    paid = new.amount if new.paid is None else new.paid
    if not new.account_code.startswith(MONEY_ACCOUNTS):
        raise BadInput("accountCode", "choose cash or a bank account, 570 to 574")
    if paid * new.amount <= 0 or paid != to_cents(paid):
        raise BadInput("paid", "give what moved on the account, in cents and with the sign of the amount")
    if document.exchange_rate == 1 and paid != new.amount:
        raise BadInput("paid", "in the currency of the books this is the amount itself")
    lines = clearing_lines(
        [await _cleared(act, document, new.amount)],
        is_sale=document.side == Scope.SALES.name,
        money=(new.account_code, paid),
        text=document.number or "",
    )
    entry_id = await _post(act, document, lines, on=new.on, source=PAYMENT, request_key=new.request_key)
    await settle(act, document_id=document.id, entry_id=entry_id, amount=new.amount, on=new.on)
    await tell_open_items_changed(act, document.company_id)
    return document.id


async def offset_documents(
    act: Act,
    credit_id: UUID | str,
    document_id: UUID | str,
    *,
    amount: Decimal | None = None,
    on: date,
    request_key: str,
) -> UUID:
    """This will set a credit note off against an invoice of the same contact and currency, and give the invoice's id.

    `amount`, above zero, is at most what is open on both; None takes as much as goes. An entry is made only where the
    two stand on different accounts or were booked at different rates. The same request key does it once. Needs APPROVE
    of the side. Raises OffsetRefused, DocumentNotOpen, SettledTooMuch, and what post_entry raises.
    """
    given = {
        "credit": as_id(credit_id, "document", ("creditId",)),
        "invoice": as_id(document_id, "document", ("documentId",)),
    }
    # Locked in the order of their ids, so that two acts never hold what the other needs.
    locked = {
        name: await found(act, one, Action.APPROVE, path=("documentId",))
        for name, one in sorted(given.items(), key=lambda pair: pair[1])
    }
    credit, invoice = locked["credit"], locked["invoice"]
    offset_id = uuid5(invoice.company_id, request_key)
    known = select(_settlement.c.id).where(_settlement.c.offset_id == offset_id).limit(1)
    if await act.session.scalar(known) is not None:
        return invoice.id
    same = ("company_id", "side", "contact_id", "currency")
    if any(getattr(credit, name) != getattr(invoice, name) for name in same):
        raise OffsetRefused(path=("creditId",), number=credit.number or "")
    if credit.outstanding >= 0 or invoice.outstanding <= 0:
        raise OffsetRefused(path=("creditId",), number=credit.number or "")
    taken = min(-credit.outstanding, invoice.outstanding) if amount is None else amount
    _check_open(invoice, taken)
    _check_open(credit, -taken)
    lines = clearing_lines(
        [await _cleared(act, invoice, taken), await _cleared(act, credit, -taken)],
        is_sale=invoice.side == Scope.SALES.name,
        text=f"{credit.number or ''} {invoice.number or ''}".strip(),
    )
    entry_id = (
        await _post(act, invoice, lines, on=on, source=OFFSET, request_key=request_key) if lines else None
    )
    for document, part in ((invoice, taken), (credit, -taken)):
        await settle_offset(
            act, document=document, offset_id=offset_id, entry_id=entry_id, amount=part, on=on
        )
    await tell_open_items_changed(act, invoice.company_id)
    return invoice.id


async def undo_settlement(act: Act, settlement_id: UUID | str) -> UUID:
    """This will undo a payment or an offset made here and give its document; an entry is reversed, on its day if open.

    Needs APPROVE of the side. Raises PaidElsewhere for what came from a bank line: it is undone there. NotFound for
    what is undone already.
    """
    path = ("id",)
    row = (
        await act.session.execute(
            select(_settlement).where(
                _settlement.c.id == as_id(settlement_id, "payment", path), _settlement.c.undone_at.is_(None)
            )
        )
    ).one_or_none()
    if row is None:
        raise NotFound("payment", path=path)
    document = await found(act, row.document_id, Action.APPROVE)
    now = clock.now()
    if row.entry_id is not None:
        source = await act.session.scalar(select(_entry.c.source).where(_entry.c.id == row.entry_id))
        if source not in {PAYMENT, OFFSET}:
            raise PaidElsewhere(path=path)
        await reverse_entry(act, row.entry_id)
    if row.offset_id is not None:
        await unsettle_offset(act, offset_id=row.offset_id, at=now)
    else:
        await unsettle(act, entry_id=row.entry_id, at=now)
    await tell_open_items_changed(act, document.company_id)
    return document.id


def _check_open(document: Document, amount: Decimal) -> None:
    if DocumentStatus(document.status) not in OPEN_STATUSES or document.entry_id is None:
        raise DocumentNotOpen(number=document.number or "", status=document.status)
    if amount * document.outstanding <= 0 or abs(amount) > abs(document.outstanding):
        raise SettledTooMuch(path=("amount",), outstanding=document.outstanding)
    if amount != to_cents(amount):
        raise SettledTooMuch(path=("amount",), outstanding=document.outstanding)


async def _cleared(act: Act, document: Document, amount: Decimal) -> Cleared:
    """What a settlement takes off the account that the document stands on."""
    row = (await act.session.execute(_COUNTER, {"of_entry": document.entry_id})).one()
    return Cleared(
        account_code=row.code,
        booked=await booked_share(act, document, amount),
        contact_id=row.contact_id,
    )


async def _post(
    act: Act,
    document: Document,
    lines: tuple[PostingLine, ...],
    *,
    on: date,
    source: str,
    request_key: str,
) -> UUID:
    assert all(line.debit >= ZERO and line.credit >= ZERO for line in lines)
    return await post_entry(
        act,
        company_id=document.company_id,
        entry_on=on,
        text=lines[0].text,
        lines=[
            EntryLineDraft(
                account_code=line.ledger_account_code,
                debit=line.debit,
                credit=line.credit,
                contact_id=line.contact_id,
                text=line.text,
            )
            for line in lines
        ],
        source=source,
        source_id=document.id,
        request_key=request_key,
    )
