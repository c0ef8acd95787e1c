"""Matching and taking back as a test does it, and what then stands in line, document and books."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from services.banking.actions import AskedTarget, Reconciled, reconcile, undo
from services.banking.models import BankLine, Reconciliation
from services.documents.interface import document_table
from services.journal.interface import journal_line_table, ledger_account_table, verify_ledger
from services.journal.models import PeriodLock
from services.kit.db import table_of
from tests.support.builders.banking import Bank, open_bank
from tests.support.builders.norma43 import movement
from tests.support.office import Office

_line = table_of(BankLine)
_reconciliation = table_of(Reconciliation)


async def lines_of(bank: Bank) -> list[BankLine]:
    async with bank.office.act() as act:
        found = await act.session.scalars(
            select(BankLine).where(_line.c.company_id == bank.company_id).order_by(_line.c.id)
        )
        return list(found)


async def document_of(bank: Bank, document_id: UUID) -> dict[str, Any]:
    async with bank.office.act() as act:
        table = document_table()
        row = (await act.session.execute(select(table).where(table.c.id == document_id))).one()
        return dict(row._mapping)


async def match(bank: Bank, line: BankLine, *targets: tuple[UUID, str], key: str | None = None) -> Reconciled:
    async with bank.office.act(bank.office.manager) as act:
        asked = [AskedTarget(document_id=document, amount=Decimal(amount)) for document, amount in targets]
        return await reconcile(act, line.id, asked, request_key=key or str(uuid4()))


async def take_back(bank: Bank, token: UUID) -> None:
    async with bank.office.act(bank.office.manager) as act:
        await undo(act, token)


async def entry_lines(bank: Bank, entry_id: UUID) -> list[tuple[str, Decimal, Decimal]]:
    """Code (its heading for contacts' accounts), debit, credit of each line."""
    async with bank.office.act() as act:
        lines, ledger = journal_line_table(), ledger_account_table()
        rows = await act.session.execute(
            select(ledger.c.code, lines.c.debit, lines.c.credit)
            .join(ledger, ledger.c.id == lines.c.ledger_account_id)
            .where(lines.c.entry_id == entry_id)
            .order_by(lines.c.position)
        )
        return [(code[:3], debit, credit) for code, debit, credit in rows]


async def books_hold(bank: Bank) -> bool:
    async with bank.office.act() as act:
        return await verify_ledger(act.session, bank.company_id) is None


async def lock_until(bank: Bank, day: date) -> None:
    async with bank.office.act() as act:
        await act.session.execute(insert(PeriodLock).values(company_id=bank.company_id, tax_until=day))


async def sale_and_line(office: Office, amount: str = "1210.00") -> tuple[Bank, UUID, BankLine]:
    bank = await open_bank(office)
    invoice = await bank.sale("Carpintería Muñoz SL", amount)
    await bank.receive(movement(amount, text="TRANSF CARPINTERIA MUNOZ"))
    return bank, invoice, (await lines_of(bank))[0]
