"""Documents for tests: a company that may issue invoices, and sales and purchases at any step of their way."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import update

from services.access.interface import Viewer
from services.accounts.interface import company_table
from services.documents.interface import (
    NewDocument,
    NewLine,
    approve_document,
    create_document,
    send_document,
)
from services.documents.models import Document
from tests.support.builders.journal import books, contact
from tests.support.office import Office

RULE_1 = (("700", "1000.00", "21"), ("700", "200.00", "10"), ("700", "100.00", "4"))
"""The sale of posting rule 1: account, base, VAT rate."""

CARD = {"tax_id": "B28015865", "address": "Calle Mayor 4", "postcode": "28013", "city": "Madrid"}


async def issuer(office: Office, name: str = "Fusteria Puig SL", **granted: Any) -> UUID:
    """A client with open books and all that the law wants of an issuer."""
    company_id = await books(office, name, **granted)
    async with office.act() as act:
        await act.session.execute(
            update(company_table())
            .where(company_table().c.id == company_id)
            .values(tax_id="B65410011", address="Carrer Gran 12", postcode="08201", city="Sabadell")
        )
    return company_id


async def customer(office: Office, company_id: UUID, name: str = "Cafés Brisa SL") -> UUID:
    """A contact with a full card."""
    return await contact(office, company_id, name, is_customer=True, is_supplier=True, **CARD)


def lines(*given: tuple[str | None, str, str]) -> tuple[NewLine, ...]:
    """Lines of one piece each: account (or None), price, VAT rate."""
    return tuple(
        NewLine(
            description=f"Oak board {position}",
            unit_price=Decimal(price),
            tax_rate=Decimal(rate),
            ledger_account_code=code,
        )
        for position, (code, price, rate) in enumerate(given, start=1)
    )


async def draft(
    office: Office, company_id: UUID, contact_id: UUID | None, *, viewer: Viewer | None = None, **fields: Any
) -> UUID:
    """A document that waits for review: a sales invoice of 100.00 plus 21 % unless fields say otherwise."""
    values: dict[str, Any] = {
        "kind": "SALES_INVOICE",
        "issued_on": date(2026, 3, 2),
        "lines": lines((None, "100.00", "21")),
        "status": "PENDING_REVIEW",
        **fields,
    }
    async with office.act(viewer) as act:
        return await create_document(act, NewDocument(company_id=company_id, contact_id=contact_id, **values))


async def approved(office: Office, company_id: UUID, contact_id: UUID | None, **fields: Any) -> UUID:
    """The same, approved."""
    document_id = await draft(office, company_id, contact_id, **fields)
    async with office.act() as act:
        return await approve_document(act, document_id)


async def sent(office: Office, company_id: UUID, contact_id: UUID | None, **fields: Any) -> UUID:
    """The same, approved and sent."""
    document_id = await approved(office, company_id, contact_id, **fields)
    async with office.act() as act:
        return await send_document(act, document_id)


async def row(office: Office, document_id: UUID) -> Document:
    """A document as the firm's owner sees it now."""
    async with office.act() as act:
        found = await act.session.get(Document, document_id)
        assert found is not None
        return found
