"""Documents for tests: a company that may issue invoices, and sales and purchases at any step of their way."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text, update

from services.access.interface import Viewer
from services.accounts.interface import company_table
from services.documents.actions.converting import ConversionSource, convert_documents
from services.documents.actions.rectifying import rectify_document
from services.documents.interface import (
    NewDocument,
    NewLine,
    approve_document,
    create_document,
    send_document,
)
from services.documents.models import Document
from services.kit.ids import new_id
from tests.support.builders.journal import books, contact
from tests.support.office import Office

RULE_1 = (("700", "1000.00", "21"), ("700", "200.00", "10"), ("700", "100.00", "4"))
"""The sale of posting rule 1: account, base, VAT rate."""

LATER = date(2026, 3, 9)
"""When what follows a document is issued."""

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


def piece(price: str, quantity: str = "1", **fields: Any) -> NewLine:
    """A line of so many boards at a price with 21 % VAT, unless fields say otherwise."""
    values: dict[str, Any] = {"description": "Oak board", "tax_rate": Decimal(21), **fields}
    if "tax_code" in fields:
        del values["tax_rate"]
    return NewLine(quantity=Decimal(quantity), unit_price=Decimal(price), **values)


async def booked(office: Office, document_id: UUID) -> list[str]:
    """The entry of a document, sorted: side, account, amount, a star where the line names the contact."""
    async with office.act() as act:
        rows = await act.session.execute(
            text(
                "select a.code, l.debit, l.credit, l.contact_id from journal_line l"
                " join ledger_account a on a.id = l.ledger_account_id"
                " join document d on d.entry_id = l.entry_id where d.id = :document"
            ),
            {"document": document_id},
        )
        return sorted(
            f"{'D' if found.debit else 'C'} {found.code} {found.debit or found.credit}"
            f"{'*' if found.contact_id else ''}"
            for found in rows
        )


async def balances(office: Office, company_id: UUID) -> dict[str, Decimal]:
    """Debit less credit of every account of a company that is not zero, posted entries only."""
    async with office.act() as act:
        rows = await act.session.execute(
            text(
                "select a.code, sum(l.debit - l.credit) as balance from journal_line l"
                " join journal_entry e on e.id = l.entry_id and e.state = 'POSTED'"
                " join ledger_account a on a.id = l.ledger_account_id where l.company_id = :c"
                " group by a.code having sum(l.debit - l.credit) <> 0 order by a.code"
            ),
            {"c": company_id},
        )
        return {found.code: found.balance for found in rows}


async def line_ids(office: Office, document_id: UUID) -> list[UUID]:
    """The ids of a document's lines, in order."""
    async with office.act() as act:
        found = await act.session.scalars(
            text("select id from document_line where document_id = :d order by position"), {"d": document_id}
        )
        return list(found)


async def convert(
    office: Office, source: UUID, into: str, taken: dict[UUID, str] | None = None, **fields: Any
) -> UUID:
    """What a document becomes next: a document of another kind that waits for review. `taken` by line, else all."""
    quantities = {line_id: Decimal(quantity) for line_id, quantity in (taken or {}).items()}
    async with office.act() as act:
        return await convert_documents(
            act,
            [ConversionSource(document_id=source, quantities=quantities)],
            into,
            issued_on=LATER,
            **{"request_key": str(new_id()), "status": "PENDING_REVIEW", **fields},
        )


async def rectify(office: Office, document_id: UUID, **fields: Any) -> UUID:
    """The approved document that takes another one back, or corrects it as the fields say."""
    async with office.act() as act:
        made = await rectify_document(
            act,
            document_id,
            **{
                "method": "I",
                "reason": "Goods came back",
                "issued_on": LATER,
                "status": "PENDING_REVIEW",
                "request_key": "back",
                **fields,
            },
        )
        return await approve_document(act, made)
