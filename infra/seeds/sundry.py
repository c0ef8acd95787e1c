"""What some clients have beside their usual papers, so that every screen has something to show.

Recurring templates, one at work and one paused; a rectifying invoice with its cause; simplified invoices that a full
one may take the place of; a supplier's invoice in another currency.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from infra.seeds.items import VAT, Item
from infra.seeds.trades import Trade
from infra.seeds.year import LEFT_OPEN
from services.access.interface import Act
from services.contacts.interface import NewContact, create_contact
from services.documents.actions.rectifying import rectify_document
from services.documents.interface import (
    NewDocument,
    NewLine,
    VatRegime,
    approve_document,
    create_document,
    document_line_table,
    document_table,
)
from services.documents.rules.kinds import RectificationCause
from services.recurring.actions import NewRecurring, create_recurring, pause_recurring
from services.recurring.rules import FollowUp, Frequency, Schedule

SUNDRY_CLIENTS = frozenset({"fusteria-puigdevall", "el-raco"})
"""Slugs of the clients that have them: one of each account manager."""

RECTIFIED_BEFORE = timedelta(days=6)
TICKETS_BEFORE = (timedelta(days=5), timedelta(days=2))
FOREIGN_BEFORE = timedelta(days=12)
EURO_PER_DOLLAR = Decimal("0.8642")

_document: Any = document_table()
_line: Any = document_line_table()


async def write_sundry(act: Act, company_id: UUID, trade: Trade, customers: list[UUID], today: date) -> None:
    """This will write them all, once the usual papers stand: what is rectified is one of those."""
    next_month = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
    await _templates(act, company_id, trade, customers, starts_on=next_month)
    await _rectifying(act, company_id, today)
    await _tickets(act, company_id, trade, today)
    await _foreign(act, company_id, today - FOREIGN_BEFORE)


async def _templates(
    act: Act, company_id: UUID, trade: Trade, customers: list[UUID], *, starts_on: date
) -> None:
    """A monthly one that makes drafts, and a quarterly one that somebody has paused."""
    active = NewRecurring(
        contact_id=customers[0],
        name="Cuota mensual de mantenimiento",
        schedule=Schedule(starts_on=starts_on, frequency=Frequency.MONTHLY),
        lines=(_usual(trade.sells[-1]),),
        follow_up=FollowUp.DRAFT,
        due_days=30,
    )
    paused = NewRecurring(
        contact_id=customers[1],
        name="Servicio trimestral",
        schedule=Schedule(starts_on=starts_on, frequency=Frequency.QUARTERLY, count_max=8),
        lines=(_usual(trade.sells[0]), _usual(trade.sells[1])),
        follow_up=FollowUp.APPROVE,
        due_days=15,
    )
    await create_recurring(act, company_id, active, request_key="demo monthly")
    waiting = await create_recurring(act, company_id, paused, request_key="demo quarterly")
    await pause_recurring(act, waiting)


async def _rectifying(act: Act, company_id: UUID, today: date) -> None:
    """One piece of an invoice of some weeks ago comes back; the difference is approved."""
    row = (
        await act.session.execute(
            select(_document.c.id, _line)
            .join(_line, _line.c.document_id == _document.c.id)
            .where(
                _document.c.company_id == company_id,
                _document.c.kind == "SALES_INVOICE",
                _document.c.approved_at.is_not(None),
                _document.c.issued_on < today - LEFT_OPEN,
            )
            .order_by(_document.c.number.desc(), _line.c.position)
            .limit(1)
        )
    ).one()
    back = NewLine(
        description=row.description,
        quantity=Decimal(-1),
        unit_price=row.unit_price,
        discount_percent=row.discount_percent,
        tax_code=row.tax_code,
        ledger_account_code=row.ledger_account_code,
        is_product=row.is_product,
    )
    made = await rectify_document(
        act,
        row.document_id,
        method="I",
        reason="Devolución de una unidad",
        cause=RectificationCause.CORRECTION,
        issued_on=today - RECTIFIED_BEFORE,
        lines=(back,),
        status="PENDING_REVIEW",
        request_key="demo rectifying",
    )
    await approve_document(act, made)


async def _tickets(act: Act, company_id: UUID, trade: Trade, today: date) -> None:
    """Two small sales to somebody who gave no name."""
    nobody = await create_contact(
        act, NewContact(company_id=company_id, name="Clientes de mostrador", is_customer=True)
    )
    item = min(trade.sells, key=lambda one: Decimal(one.price))
    for before in TICKETS_BEFORE:
        ticket = NewDocument(
            company_id=company_id,
            kind="SALES_INVOICE",
            contact_id=nobody,
            issued_on=today - before,
            description=item.description,
            is_simplified=True,
            status="PENDING_REVIEW",
            lines=(_usual(item),),
        )
        await approve_document(act, await create_document(act, ticket))


async def _foreign(act: Act, company_id: UUID, issued_on: date) -> None:
    """A year of software from the United States in dollars, whose VAT the buyer declares (LIVA art. 84.1.2)."""
    supplier = await create_contact(
        act,
        NewContact(
            company_id=company_id,
            name="Brightdesk Software Inc.",
            country="US",
            address="120 Harbor Street",
            postcode="02110",
            city="Boston",
            is_supplier=True,
        ),
    )
    invoice = NewDocument(
        company_id=company_id,
        kind="PURCHASE_INVOICE",
        contact_id=supplier,
        issued_on=issued_on,
        due_on=issued_on + timedelta(days=30),
        currency="USD",
        exchange_rate=EURO_PER_DOLLAR,
        regime=VatRegime.FOREIGN_SERVICE,
        description="Licencia anual de software",
        number="BD-1187",
        status="PENDING_REVIEW",
        lines=(
            NewLine(
                description="Licencia anual de software",
                unit_price=Decimal(480),
                tax_rate=VAT,
                ledger_account_code="629",
                is_product=False,
            ),
        ),
    )
    await approve_document(act, await create_document(act, invoice))


def _usual(item: Item) -> NewLine:
    """One piece at its usual price."""
    return NewLine(
        description=item.description,
        unit_price=Decimal(item.price),
        tax_rate=item.tax_rate,
        ledger_account_code=item.account,
        is_product=item.is_product,
    )
