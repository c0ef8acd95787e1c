"""One client of the demo firm, lived through until the demo's day: contacts, papers, statements, payments."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from infra.seeds.identifiers import SpanishAccount, company_tax_id, person_tax_id, spanish_account
from infra.seeds.people import BANKS, CUSTOMER_COMPANIES, CUSTOMER_PEOPLE, STREETS, TOWNS
from infra.seeds.returns import file_quarter, filed_on
from infra.seeds.sundry import SUNDRY_CLIENTS, write_sundry
from infra.seeds.trades import Trade
from infra.seeds.year import CENT, Calendar, PlannedDocument, plan_books
from services.access.interface import Act
from services.banking.actions import (
    AskedTarget,
    NewBankAccount,
    import_statement,
    open_bank_account,
    reconcile,
)
from services.banking.formats.norma43_writer import AccountToWrite, MovementToWrite, write_norma43
from services.banking.models import BankLine
from services.contacts.interface import NewContact, create_contact
from services.documents.interface import (
    NewDocument,
    NewLine,
    approve_document,
    create_document,
    document_table,
    send_document,
)
from services.journal.actions.entries import NewEntry, create_draft
from services.journal.interface import EntryLineDraft, open_books, post_entry
from services.kit import clock
from services.kit.search import search_text

CAPITAL = Decimal("24000.00")
BANK_ACCOUNT_CODE = "57200001"
"""Ledger account of the first bank account a company opens."""

TEXT_LINE_LENGTH = 76
PAYABLE_KINDS = ("SALES_INVOICE", "PURCHASE_INVOICE")
NEW_CONTACT_COUNT = 2
DRAFTED_BEFORE = timedelta(days=4)

_document: Any = document_table()
_line: Any = BankLine.__table__  # type: ignore[attr-defined]


@dataclass(slots=True)
class Payable:
    """An approved document that is going to be paid, in whole or in part."""

    document_id: UUID
    party_name: str
    share: Decimal
    paid_on: date
    money_in: bool
    number: str = ""
    amount: Decimal = Decimal(0)


@dataclass(slots=True)
class ClientBooks:
    """Writes one client within one act. `place` tells clients apart in every made-up number."""

    act: Act
    company_id: UUID
    trade: Trade
    place: int
    chance: random.Random
    calendar: Calendar
    customers: list[UUID] = field(default_factory=list)
    suppliers: list[UUID] = field(default_factory=list)
    names: dict[UUID, str] = field(default_factory=dict)
    balance: Decimal = CAPITAL
    payables: dict[date, list[Payable]] = field(default_factory=lambda: defaultdict(list))

    @property
    def account(self) -> SpanishAccount:
        """The client's bank account."""
        bank, branch = BANKS[self.place % len(BANKS)]
        return spanish_account(bank, branch, 200_000_000 + self.place * 7_919)

    async def write(self) -> None:
        """This will write the books, month by month, each act at its own time."""
        today = self.calendar.today
        with clock.moved_to(_at(self.calendar.first + timedelta(days=1))):
            await self._open()
        planned = plan_books(self.trade, len(self.customers), self.chance, self.calendar)
        for month in self.calendar.months:
            day = filed_on(month)
            if day is not None and self.calendar.first < month and day < today:
                with clock.moved_to(_at(day)):
                    await file_quarter(self.act, self.company_id, day, self.place)
            for document in planned:
                if document.issued_on.replace(day=1) == month:
                    with clock.moved_to(_at(document.issued_on)):
                        await self._document(document)
            last_day = self.calendar.end_of(month)
            with clock.moved_to(_at(last_day)):
                await self._statement(month, last_day)
        with clock.moved_to(_at(today - DRAFTED_BEFORE)):
            await self._drafts(today - DRAFTED_BEFORE)
        if self.trade.slug in SUNDRY_CLIENTS:
            with clock.moved_to(_at(today)):
                await write_sundry(self.act, self.company_id, self.trade, self.customers, today)

    # ------------------------------------------------------------ the start

    async def _open(self) -> None:
        await open_books(self.act, company_id=self.company_id, years=self.calendar.years)
        await open_bank_account(
            self.act,
            NewBankAccount(company_id=self.company_id, name="Cuenta corriente", iban=self.account.iban),
        )
        await post_entry(
            self.act,
            company_id=self.company_id,
            entry_on=self.calendar.first,
            text="Asiento de apertura",
            lines=[
                EntryLineDraft(account_code=BANK_ACCOUNT_CODE, debit=CAPITAL, text="Saldo inicial"),
                EntryLineDraft(account_code="100", credit=CAPITAL, text="Capital"),
            ],
            source="OPENING",
            source_id=None,
        )
        pools = {
            "companies": CUSTOMER_COMPANIES,
            "people": CUSTOMER_PEOPLE,
            "both": (*CUSTOMER_COMPANIES[::2], *CUSTOMER_PEOPLE[::2]),
        }
        pool = pools[self.trade.customers]
        chosen = self.chance.sample(pool, self.chance.randint(14, len(pool)))
        for number, name in enumerate(chosen):
            is_new = number >= len(chosen) - NEW_CONTACT_COUNT
            newest, oldest = self.calendar.today, self.calendar.first + timedelta(days=1)
            made_on = newest - timedelta(days=number % 9) if is_new else oldest
            with clock.moved_to(_at(made_on)):
                contact_id = await self._contact(
                    name, number, is_person=name in CUSTOMER_PEOPLE, is_customer=True
                )
            if not is_new:
                self.customers.append(contact_id)
        for number, supply in enumerate(self.trade.buys):
            contact_id = await self._contact(
                supply.supplier, 500 + number, is_person=False, is_customer=False
            )
            self.suppliers.append(contact_id)

    async def _contact(self, name: str, number: int, *, is_person: bool, is_customer: bool) -> UUID:
        # The same business has the same tax id in every book, as in life.
        seed = sum(name.encode()) * 4_099 + len(name) * 13
        town, postcode, province = TOWNS[seed % len(TOWNS)]
        host = (
            "correu"
            if is_person
            else "".join(sign for sign in search_text(name) if sign.isascii() and sign.isalnum())
        )
        user = search_text(name).split()[0] if is_person else "administracio"
        contact_id = await create_contact(
            self.act,
            NewContact(
                company_id=self.company_id,
                name=name,
                tax_id=person_tax_id(seed) if is_person else company_tax_id(seed),
                email=f"{''.join(sign for sign in user if sign.isascii() and sign.isalnum())}@{host[:40]}.example",
                address=f"{STREETS[seed % len(STREETS)]}, {1 + seed % 90}",
                postcode=postcode,
                city=town,
                province=province,
                phone=f"972 {100 + number:03} {seed % 1000:03}",
                is_customer=is_customer,
                is_supplier=not is_customer,
            ),
        )
        self.names[contact_id] = name
        return contact_id

    # ------------------------------------------------------------ papers

    async def _document(self, planned: PlannedDocument) -> None:
        money_in = planned.kind != "PURCHASE_INVOICE"
        parties = self.customers if money_in else self.suppliers
        contact_id = parties[planned.party % len(parties)]
        document_id = await create_document(
            self.act,
            NewDocument(
                company_id=self.company_id,
                kind=planned.kind,
                contact_id=contact_id,
                issued_on=planned.issued_on,
                due_on=planned.due_on,
                description=planned.lines[0].item.description,
                withholding_rate=planned.withholding_rate,
                number=planned.number,
                status="DRAFT" if planned.status == "DRAFT" else "PENDING_REVIEW",
                lines=tuple(
                    NewLine(
                        description=line.item.description,
                        quantity=line.quantity,
                        unit_price=line.unit_price,
                        discount_percent=line.discount_percent,
                        tax_rate=line.item.tax_rate,
                        ledger_account_code=line.item.account,
                        is_product=line.item.is_product,
                    )
                    for line in planned.lines
                ),
            ),
        )
        if planned.status != "APPROVED":
            return
        await approve_document(self.act, document_id)
        if money_in and planned.is_sent:
            await send_document(self.act, document_id)
        if planned.kind in PAYABLE_KINDS and planned.paid_on is not None:
            paid_on = max(planned.paid_on, planned.issued_on)
            self.payables[paid_on.replace(day=1)].append(
                Payable(document_id, self.names[contact_id], planned.paid_share, paid_on, money_in)
            )

    # ------------------------------------------------------------ the bank

    async def _statement(self, month: date, last_day: date) -> None:
        """The bank's file of a month, imported as it comes, and most of its lines reconciled."""
        due = await self._due(month)
        written: list[tuple[MovementToWrite, Payable | None]] = [(self._movement(one), one) for one in due]
        if month in self.calendar.months[-2:]:
            written += [(movement, None) for movement in self._unexplained(month, last_day)]
        written.sort(key=lambda pair: pair[0].operation_on)
        if not written:
            return
        account = self.account
        content = write_norma43(
            [
                AccountToWrite(
                    bank=account.bank,
                    branch=account.branch,
                    account=account.account,
                    first_on=month,
                    last_on=last_day,
                    opening_balance=self.balance,
                    holder=search_text(self.trade.name).upper()[:26],
                    movements=[movement for movement, _ in written],
                )
            ]
        )
        self.balance += sum((movement.amount for movement, _ in written), Decimal(0))
        imported = await import_statement(
            self.act, company_id=self.company_id, filename=f"N43-{month:%Y-%m}.txt", content=content
        )
        lines = (
            await self.act.session.scalars(
                select(_line.c.id)
                .where(_line.c.statement_id.in_(imported.statement_ids))
                .order_by(_line.c.id)
            )
        ).all()
        for line_id, (movement, payable) in zip(lines, written, strict=True):
            waits = movement.operation_on >= self.calendar.left_open_from and self.chance.random() < 0.6  # noqa: PLR2004
            if payable is None or waits:
                continue
            targets = [AskedTarget(document_id=payable.document_id, amount=payable.amount)]
            await reconcile(self.act, line_id, targets, request_key=f"demo {line_id}")

    async def _due(self, month: date) -> list[Payable]:
        """What is paid in a month up to the demo's day, with numbers and amounts as they were issued."""
        today = self.calendar.today
        due = {one.document_id: one for one in self.payables.pop(month, []) if one.paid_on <= today}
        rows = await self.act.session.execute(
            select(_document.c.id, _document.c.number, _document.c.total).where(_document.c.id.in_(due))
        )
        for row in rows:
            payable = due[row.id]
            payable.number = row.number
            payable.amount = (row.total * payable.share).quantize(CENT)
        return sorted(
            (one for one in due.values() if one.amount > 0), key=lambda one: (one.paid_on, one.number)
        )

    def _movement(self, payable: Payable) -> MovementToWrite:
        verb = "TRANSFERENCIA DE" if payable.money_in else "PAGO A"
        text = f"{verb} {payable.party_name.upper()}"[:TEXT_LINE_LENGTH]
        # One in five forgets to say what it pays, so some proposals are unsure.
        says = self.chance.random() < 0.8  # noqa: PLR2004
        lines = (text, f"FACTURA {payable.number}") if says else (text,)
        return MovementToWrite(
            operation_on=payable.paid_on,
            amount=payable.amount if payable.money_in else -payable.amount,
            common_concept="04" if payable.money_in else "03",
            document_number=str(self.chance.randint(1, 9_999_999)),
            text_lines=tuple(_printable(line) for line in lines),
        )

    def _unexplained(self, month: date, last_day: date) -> list[MovementToWrite]:
        """What no paper explains: fees, cards, a payment of somebody unknown."""
        last = last_day.day if month == self.calendar.months[-1] else 28
        kinds = (
            ("COMISION MANTENIMIENTO", "-18.00", "17"), ("COMPRA TARJETA FERRETERIA", "-43.15", "12"),
            ("SEGURIDAD SOCIAL", "-612.40", "03"), ("INGRESO EN EFECTIVO", "150.00", "02"),
        )  # fmt: skip
        return [
            MovementToWrite(
                operation_on=month.replace(day=self.chance.randint(min(2, last), last)),
                amount=Decimal(amount),
                common_concept=concept,
                document_number=str(self.chance.randint(1, 9_999_999)),
                text_lines=(text,),
            )
            for text, amount, concept in self.chance.sample(kinds, 3)
        ]

    # ------------------------------------------------------------ what waits

    async def _drafts(self, entry_on: date) -> None:
        """Entries that somebody has prepared and nobody has posted."""
        for text, debit, credit, amount in (
            ("Amortización del mobiliario, octubre", "681", "2816", "85.00"),
            ("Amortización de equipos informáticos, octubre", "681", "2817", "62.50"),
            ("Seguros sociales de noviembre", "642", "476", "1043.00"),
        )[: 1 + self.place % 3]:
            lines = (
                EntryLineDraft(account_code=debit, debit=Decimal(amount), text=text),
                EntryLineDraft(account_code=credit, credit=Decimal(amount), text=text),
            )
            entry = NewEntry(company_id=self.company_id, entry_on=entry_on, text=text, lines=lines)
            await create_draft(self.act, entry)


def _at(day: date) -> datetime:
    """Ten in the morning in Spain, near enough."""
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)


def _printable(text: str) -> str:
    """What a bank's terminal prints: code page 850 has no Catalan middle dot between two L."""
    return text.replace("·", ".")[:TEXT_LINE_LENGTH]
