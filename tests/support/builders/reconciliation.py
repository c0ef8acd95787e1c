"""Matching and taking back as a test does it, and what then stands in line, document and books."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from services.banking.actions import AskedPart, AskedTarget, Reconciled, reconcile, undo
from services.banking.models import BankLine, Reconciliation
from services.banking.rules.differences import Difference
from services.documents.interface import document_table
from services.journal.interface import journal_line_table, ledger_account_table, verify_ledger
from services.journal.models import PeriodLock
from services.kit.db import table_of
from tests.support.builders.banking import Bank, open_bank
from tests.support.builders.documents import approved, balances, piece, rectify
from tests.support.builders.norma43 import movement
from tests.support.office import Office

OCTOBER = date(2026, 10, 20)
"""When documents are issued that November's statements settle."""

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


async def settle_line(
    bank: Bank,
    line: BankLine,
    *targets: AskedTarget,
    parts: Sequence[AskedPart] = (),
    difference: Difference | None = None,
    rate: str | None = None,
    key: str | None = None,
) -> Reconciled:
    """This will match a line with documents and accounts as they are asked for."""
    async with bank.office.act(bank.office.manager) as act:
        return await reconcile(
            act,
            line.id,
            targets,
            parts,
            difference=difference,
            exchange_rate=None if rate is None else Decimal(rate),
            request_key=key or str(uuid4()),
        )


def target(document_id: UUID, amount: str, **more: Any) -> AskedTarget:
    """A document and how much of it."""
    return AskedTarget(document_id=document_id, amount=Decimal(amount), **more)


def part(account_code: str, amount: str, **more: Any) -> AskedPart:
    """An account and what of the line goes there, positive for money in."""
    return AskedPart(account_code=account_code, amount=Decimal(amount), **more)


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


async def told(bank: Bank, entry_id: UUID) -> list[str]:
    """The lines of an entry in their order, each as "D 572 1058.00"; accounts by their heading."""
    return [
        f"{'D' if debit else 'C'} {code} {debit or credit}"
        for code, debit, credit in await entry_lines(bank, entry_id)
    ]


async def books_hold(bank: Bank) -> bool:
    async with bank.office.act() as act:
        return (await verify_ledger(act.session, bank.company_id)).broken is None


async def lock_until(bank: Bank, day: date) -> None:
    async with bank.office.act() as act:
        await act.session.execute(insert(PeriodLock).values(company_id=bank.company_id, tax_until=day))


async def sale_and_line(office: Office, amount: str = "1210.00") -> tuple[Bank, UUID, BankLine]:
    bank = await open_bank(office)
    invoice = await bank.sale("Carpintería Muñoz SL", amount)
    await bank.receive(movement(amount, text="TRANSF CARPINTERIA MUNOZ"))
    return bank, invoice, (await lines_of(bank))[0]


async def received(bank: Bank, amount: str, text: str, **more: Any) -> BankLine:
    """A line of a statement of its own."""
    known = {line.id for line in await lines_of(bank)}
    await bank.receive(movement(amount, text=text, **more))
    [line] = [line for line in await lines_of(bank) if line.id not in known]
    return line


async def invoice(bank: Bank, contact_id: UUID, total: str, **fields: Any) -> UUID:
    """An approved sale without VAT."""
    return await approved(
        bank.office,
        bank.company_id,
        contact_id,
        issued_on=OCTOBER,
        **{"lines": (piece(total, tax_rate=Decimal(0)),), **fields},
    )


async def invoice_with_vat(bank: Bank, contact_id: UUID, base: str, **fields: Any) -> UUID:
    """An approved sale with 21 % VAT."""
    return await invoice(bank, contact_id, base, lines=(piece(base),), **fields)


async def credit_note(bank: Bank, document_id: UUID, **fields: Any) -> UUID:
    """What takes the whole document back."""
    return await rectify(bank.office, document_id, issued_on=OCTOBER, **fields)


async def state(bank: Bank, documents: Sequence[UUID]) -> Any:
    """Everything that reconciling changes: lines, documents, balances."""
    return (
        [line.model_dump() for line in await lines_of(bank)],
        [await document_of(bank, one) for one in documents],
        await balances(bank.office, bank.company_id),
    )
