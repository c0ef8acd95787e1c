"""Payments and collections of documents. Settlements alone change what is outstanding."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, bindparam, cast, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.access.interface import Act
from services.accounts.interface import company_table
from services.contacts.interface import contact_table, ibans_of
from services.documents.actions.refusals import DocumentNotOpen, GivenBackSince, SettledTooMuch
from services.documents.models import Document, Settlement
from services.documents.rules.states import (
    OPEN_STATUSES,
    DocumentStatus,
    SettledBeyondTotal,
    settled_status,
)
from services.journal.interface import journal_entry_table
from services.kit.errors import NotFound
from services.kit.ids import new_id
from services.kit.money import ZERO, to_cents

_document: Any = Document.__table__  # type: ignore[attr-defined]
_settlement: Any = Settlement.__table__  # type: ignore[attr-defined]
_entry: Any = journal_entry_table()

# Written once: every payment runs these, and building a statement costs more than running it.
_LOCKED = (
    select(Document)
    .where(_document.c.id == bindparam("of_document"))
    .with_for_update()
    .execution_options(populate_existing=True)
)
_SETTLED = select(
    func.coalesce(func.sum(_settlement.c.amount), ZERO).label("settled"),
    func.max(_settlement.c.settled_on).label("last_on"),
    func.coalesce(func.sum(_settlement.c.booked), ZERO).label("booked"),
).where(_settlement.c.document_id == bindparam("of_document"), _settlement.c.undone_at.is_(None))
_REVERSED_ON = (
    select(_entry.c.entry_on)
    .where(_entry.c.reverses_id == _settlement.c.entry_id)
    .correlate(_settlement)
    .scalar_subquery()
)
_PAID_BY_MONEY = select(func.sum(_settlement.c.amount)).where(
    _settlement.c.document_id == bindparam("of_document"),
    _settlement.c.undone_at.is_(None),
    _settlement.c.offset_id.is_(None),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDocument:
    """An approved document with something open, or paid. `side` is SALES or PURCHASES.

    `outstanding` has the sign of the total, so below zero for a credit note; of `paid_items` it is what was paid.
    `booked` is that in the currency of the books, to a cent.
    """

    document_id: UUID
    kind: str
    side: str
    number: str | None
    contact_id: UUID | None
    contact_name: str | None
    contact_tax_id: str | None
    contact_ibans: tuple[str, ...]
    issued_on: date
    due_on: date | None
    outstanding: Decimal
    currency: str
    booked: Decimal
    booked_currency: str


async def open_items(session: AsyncSession, company_id: UUID) -> list[OpenDocument]:
    """This will give what is open in a company, oldest due first.

    The session's viewer must reach the company; the caller has checked the scopes under which it shows them.
    """
    statement = _items(_document.c.outstanding).where(
        _document.c.company_id == company_id,
        _document.c.outstanding != 0,
        _document.c.entry_id.is_not(None),
        _document.c.status.in_([status.value for status in OPEN_STATUSES]),
    )
    return await _read(session, statement)


async def paid_items(session: AsyncSession, company_id: UUID, *, since: date) -> list[OpenDocument]:
    """This will give what money settled, the last time on a day or later: what a bank may give back.

    As with `open_items`, the caller has checked the scopes under which it shows them.
    """
    paid = (
        select(_settlement.c.document_id, func.sum(_settlement.c.amount).label("paid"))
        .where(
            _settlement.c.company_id == company_id,
            _settlement.c.undone_at.is_(None),
            _settlement.c.offset_id.is_(None),
        )
        .group_by(_settlement.c.document_id)
        .having(func.max(_settlement.c.settled_on) >= since)
        .subquery()
    )
    statement = (
        _items(paid.c.paid.label("outstanding"))
        .join(paid, paid.c.document_id == _document.c.id)
        .where(_document.c.company_id == company_id, paid.c.paid != 0)
    )
    return await _read(session, statement)


def _items(outstanding: Any) -> Any:
    contacts, company = contact_table(), company_table()
    return (
        select(
            *(
                _document.c[name]
                for name in ("id", "kind", "side", "number", "contact_id", "issued_on", "due_on", "currency")
            ),
            outstanding,
            func.coalesce(_document.c.exchange_rate, 1).label("rate"),
            company.c.currency.label("booked_currency"),
            contacts.c.name.label("contact_name"),
            contacts.c.tax_id.label("contact_tax_id"),
            ibans_of(contacts).label("contact_ibans"),
        )
        .select_from(_document)
        .join(company, company.c.id == _document.c.company_id)
        .outerjoin(contacts, contacts.c.id == _document.c.contact_id)
        .order_by(func.coalesce(_document.c.due_on, _document.c.issued_on), _document.c.id)
    )


async def _read(session: AsyncSession, statement: Any) -> list[OpenDocument]:
    return [
        OpenDocument(
            document_id=row.id,
            kind=row.kind,
            side=row.side,
            number=row.number,
            contact_id=row.contact_id,
            contact_name=row.contact_name,
            contact_tax_id=row.contact_tax_id,
            contact_ibans=tuple(row.contact_ibans),
            issued_on=row.issued_on,
            due_on=row.due_on,
            outstanding=row.outstanding,
            currency=row.currency,
            booked=to_cents(row.outstanding * row.rate),
            booked_currency=row.booked_currency,
        )
        for row in (await session.execute(statement)).all()
    ]


async def settle(act: Act, *, document_id: UUID, entry_id: UUID, amount: Decimal, on: date) -> UUID:
    """This will settle part of a document by a posted entry and give the settlement's id.

    `amount` is in the document's currency, has the sign of what is outstanding and is no more; `on` is the day of the
    money. The caller has checked its own scope and posted the entry. Raises NotFound, DocumentNotOpen,
    SettledTooMuch.
    """
    document = await _locked(act, document_id)
    if DocumentStatus(document.status) not in OPEN_STATUSES or document.entry_id is None:
        raise DocumentNotOpen(number=document.number or "", status=document.status)
    if (
        abs(amount) > abs(document.outstanding)
        or amount * document.outstanding <= 0
        or amount != to_cents(amount)
    ):
        raise SettledTooMuch(outstanding=document.outstanding)
    settlement = Settlement(
        id=new_id(),
        company_id=document.company_id,
        document_id=document.id,
        entry_id=entry_id,
        amount=amount,
        booked=await booked_share(act, document, amount),
        settled_on=on,
    )
    act.session.add(settlement)
    await act.session.flush()
    await _refresh(act, document)
    return settlement.id


async def give_back(act: Act, *, document_id: UUID, entry_id: UUID, amount: Decimal, on: date) -> UUID:
    """This will say that money which had settled a document went back: that much of it is open again (rule 16).

    `amount` has the sign of the document's total and is at most what money settled of it; the payments before stay as
    they were. The caller has checked its own scope and posted the entry. Raises NotFound, SettledTooMuch.
    """
    document = await _locked(act, document_id)
    paid = await paid_by_money(act, document.id)
    if amount * paid <= 0 or abs(amount) > abs(paid) or amount != to_cents(amount):
        raise SettledTooMuch(outstanding=paid)
    returned = Settlement(
        id=new_id(),
        company_id=document.company_id,
        document_id=document.id,
        entry_id=entry_id,
        amount=-amount,
        booked=await booked_share(act, document, -amount),
        settled_on=on,
    )
    act.session.add(returned)
    await act.session.flush()
    await _refresh(act, document)
    return returned.id


async def share_in_books(act: Act, *, document_id: UUID, amount: Decimal) -> Decimal:
    """This will give what settling so much would take of the third party's account; giving back has the other sign.

    In the currency of the books. The caller has locked the document and checked its own scope.
    """
    return await booked_share(act, await _locked(act, document_id), amount)


async def paid_by_money(act: Act, document_id: UUID) -> Decimal:
    """This will give what money settled of a document and did not go back, with the sign of its total."""
    paid = await act.session.scalar(_PAID_BY_MONEY, {"of_document": document_id})
    return Decimal(paid or ZERO)


async def settle_offset(
    act: Act, *, document: Document, offset_id: UUID, entry_id: UUID | None, amount: Decimal, on: date
) -> UUID:
    """This will settle part of a locked document by setting it off; the caller has checked amount and scope."""
    settlement = Settlement(
        id=new_id(),
        company_id=document.company_id,
        document_id=document.id,
        entry_id=entry_id,
        offset_id=offset_id,
        amount=amount,
        booked=await booked_share(act, document, amount),
        settled_on=on,
    )
    act.session.add(settlement)
    await act.session.flush()
    await _refresh(act, document)
    return settlement.id


async def booked_share(act: Act, document: Document, amount: Decimal) -> Decimal:
    """This will give what a settlement takes of the third party's account, in the currency of the books.

    The shares of a document add up to its `booked_total` whatever was rounded before.
    """
    if document.booked_total is None or document.booked_total == document.total:
        return amount
    row = (await act.session.execute(_SETTLED, {"of_document": document.id})).one()
    reached = to_cents(document.booked_total * (row.settled + amount) / document.total)
    return reached - Decimal(row.booked)


async def unsettle(act: Act, *, entry_id: UUID, at: datetime) -> list[UUID]:
    """This will undo every settlement of an entry and give the documents that are open again.

    The settlements stay as history with the instant `at` and the day of the reversal. The caller has checked its own
    scope and has reversed the entry. Raises GivenBackSince.
    """
    return await _unsettled(act, _settlement.c.entry_id == entry_id, at)


async def unsettle_offset(act: Act, *, offset_id: UUID, at: datetime) -> list[UUID]:
    """This will undo an offset and give the documents that are open again. The caller has checked its own scope."""
    return await _unsettled(act, _settlement.c.offset_id == offset_id, at)


def _undone_on(at: datetime) -> Any:
    """The day of the reversal, or of `at` in the company's calendar where no entry was reversed."""
    company = company_table()
    moment = literal(at, DateTime(timezone=True))
    today = (
        select(cast(func.timezone(company.c.time_zone, moment), Date))
        .where(company.c.id == _settlement.c.company_id)
        .correlate(_settlement)
        .scalar_subquery()
    )
    return func.coalesce(_REVERSED_ON, today)


async def _unsettled(act: Act, which: Any, at: datetime) -> list[UUID]:
    undone = await act.session.execute(
        update(_settlement)
        .where(which, _settlement.c.undone_at.is_(None))
        .values(undone_at=at, undone_on=_undone_on(at))
        .returning(_settlement.c.document_id)
    )
    document_ids = sorted(set(undone.scalars()))
    for document_id in document_ids:
        document = await _locked(act, document_id)
        try:
            await _refresh(act, document)
        except SettledBeyondTotal as error:
            raise GivenBackSince(number=document.number or "") from error
    return document_ids


async def _locked(act: Act, document_id: UUID) -> Document:
    document: Document | None = await act.session.scalar(_LOCKED, {"of_document": document_id})
    if document is None:
        raise NotFound("document")
    return document


async def _refresh(act: Act, document: Document) -> None:
    """Outstanding, status and the day of the last payment, from the settlements that hold."""
    row = (await act.session.execute(_SETTLED, {"of_document": document.id})).one()
    status = settled_status(document.total, row.settled)
    document.outstanding = document.total - row.settled
    document.status = status.value
    document.paid_on = row.last_on if status is DocumentStatus.PAID else None
    await act.session.flush()
