"""Banks of a client: accounts, statement files, invoices to settle."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import update

from services.access.interface import Viewer
from services.accounts.interface import company_table
from services.banking.actions import ImportedFile, NewBankAccount, import_statement, open_bank_account
from services.banking.formats.norma43_writer import AccountToWrite, MovementToWrite, write_norma43
from services.contacts.actions import NewContact, create_contact
from services.documents.interface import NewDocument, NewLine, approve_document, create_document
from services.journal.interface import open_books
from tests.support.builders.norma43 import worked_example
from tests.support.office import Office

IBAN = "ES9121000418450200051332"
SECOND_IBAN = "ES7521000418400200063214"
"""The accounts of the sample files: 2100 0418 0200051332 and 2100 0418 0200063214."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """A client with open books and one bank account."""

    office: Office
    company_id: UUID
    account_id: UUID

    async def receive(
        self,
        *movements: MovementToWrite,
        opening: str = "10000.00",
        by: Viewer | None = None,
        month: int = 11,
    ) -> ImportedFile:
        """This will import a statement of a month of 2026 with these movements."""
        content = statement_file(movements, opening=opening, month=month)
        async with self.office.act(by or self.office.manager) as act:
            return await import_statement(
                act, company_id=self.company_id, filename=f"2026-{month}.n43", content=content
            )

    async def sale(self, customer: str, total: str, *, issued_on: date = date(2026, 10, 20)) -> UUID:
        """This will issue an invoice without VAT, due in a month."""
        return await self._document("SALES_INVOICE", customer, total, issued_on)

    async def purchase(
        self, supplier: str, number: str, total: str, *, issued_on: date = date(2026, 10, 20)
    ) -> UUID:
        """This will approve a supplier's invoice without VAT."""
        return await self._document("PURCHASE_INVOICE", supplier, total, issued_on, number=number)

    async def _document(
        self, kind: str, contact: str, total: str, issued_on: date, *, number: str | None = None
    ) -> UUID:
        async with self.office.act() as act:
            contact_id = await create_contact(
                act,
                NewContact(
                    company_id=self.company_id,
                    name=contact,
                    tax_id="B28015865",
                    address="Carrer Major 1",
                    is_customer=True,
                    is_supplier=True,
                ),
            )
            document_id = await create_document(
                act,
                NewDocument(
                    company_id=self.company_id,
                    kind=kind,
                    contact_id=contact_id,
                    number=number,
                    issued_on=issued_on,
                    due_on=issued_on.replace(month=issued_on.month + 1),
                    status="PENDING_REVIEW",
                    lines=(
                        NewLine(
                            description="Trabajos",
                            quantity=Decimal(1),
                            unit_price=Decimal(total),
                            tax_rate=Decimal(0),
                            is_product=False,
                        ),
                    ),
                ),
            )
            return await approve_document(act, document_id)


async def open_bank(office: Office, name: str = "Tallers Exemple SL", *, iban: str = IBAN) -> Bank:
    """This will take on a client with the books of 2025 and 2026 and one account at a bank."""
    company_id = await office.client(name)
    async with office.act() as act:
        # Without them no invoice may be issued.
        known = update(company_table()).where(company_table().c.id == company_id)
        await act.session.execute(known.values(tax_id="A58818501", address="Carrer de la Indústria 20"))
        await open_books(act, company_id=company_id, years=(2025, 2026))
        account_id = await open_bank_account(
            act, NewBankAccount(company_id=company_id, name="Caixa, compte corrent", iban=iban)
        )
    return Bank(office=office, company_id=company_id, account_id=account_id)


def statement_file(
    movements: Sequence[MovementToWrite], *, opening: str = "10000.00", month: int = 11
) -> bytes:
    """This will write a Norma 43 file of the first account, one month of 2026."""
    return write_norma43([statement(movements, opening=opening, month=month)])


def statement(
    movements: Sequence[MovementToWrite], *, opening: str = "10000.00", month: int = 11
) -> AccountToWrite:
    """This will make one month of the first account."""
    return replace(
        worked_example(),
        first_on=date(2026, month, 1),
        last_on=date(2026, month, 28),
        opening_balance=Decimal(opening),
        movements=tuple(movements),
    )
