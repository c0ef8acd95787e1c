"""Aged debtors and creditors: payments count by their day, instalments by their own due dates."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.documents.actions.unapproving import unapprove_document
from services.documents.interface import (
    NewDocument,
    NewLine,
    approve_document,
    create_document,
    settle,
    unsettle,
)
from services.documents.models import Document, DocumentInstalment
from services.journal.actions.locks import move_lock
from services.journal.interface import post_entry, reverse_entry
from services.journal.rules.periods import LockKind
from services.kit import clock
from tests.support.builders.journal import books, contact, line
from tests.support.builders.reports import told
from tests.support.office import Office

BUCKETS = "notDue days30 days60 days90 older total"
DOCUMENT = "documentId number kind issuedOn dueOn days amount"


async def aged(office: Office, company_id: UUID, to: str, side: str = "RECEIVABLE") -> Any:
    rows = f"contacts {{ contactId name {BUCKETS} documents {{ {DOCUMENT} }} }}"
    wanted = (
        f'ageing(side: {side}, from: "{to[:4]}-01-01", to: "{to}") {{ toOn totals {{ {BUCKETS} }} {rows} }}'
    )
    return (await told(office, company_id, wanted))["ageing"]


async def bill(
    office: Office, company_id: UUID, supplier: UUID, number: str, due: str, *, year: int = 2026
) -> UUID:
    """A supplier's invoice of 3 February over 121.00."""
    async with office.act() as act:
        made = await create_document(
            act,
            NewDocument(
                company_id=company_id,
                kind="PURCHASE_INVOICE",
                contact_id=supplier,
                issued_on=date(year, 2, 3),
                due_on=date.fromisoformat(due),
                number=number,
                status="PENDING_REVIEW",
                lines=(NewLine(description="Fusta", unit_price=Decimal(100), tax_rate=Decimal(21)),),
            ),
        )
        return await approve_document(act, made)


async def pay(office: Office, company_id: UUID, document_id: UUID, on: str, amount: str) -> UUID:
    """The entry of part of a supplier's invoice, paid from the bank."""
    async with office.act() as act:
        document = await act.session.get(Document, document_id)
        assert document is not None
        entry_id = await post_entry(
            act,
            company_id=company_id,
            entry_on=date.fromisoformat(on),
            text="Payment",
            lines=[line("400", debit=amount, contact_id=document.contact_id), line("572", credit=amount)],
            source="RECONCILIATION",
        )
        await settle(
            act, document_id=document_id, entry_id=entry_id, amount=Decimal(amount), on=date.fromisoformat(on)
        )
    return entry_id


class TestAgeing:
    async def test_sorts_what_is_open_by_the_days_it_has_been_due(self, office: Office) -> None:
        company_id = await books(office)
        supplier = await contact(office, company_id, "Fustes Garriga SL", is_supplier=True)
        for number, due in (
            ("A", "2026-06-30"),
            ("B", "2026-06-29"),
            ("C", "2026-05-31"),
            ("D", "2026-05-30"),
            ("E", "2026-04-01"),
            ("F", "2026-03-31"),
        ):
            await bill(office, company_id, supplier, number, due)

        found = await aged(office, company_id, "2026-06-30", "PAYABLE")

        assert found["totals"] == {
            "notDue": "121.00",
            "days30": "242.00",
            "days60": "121.00",
            "days90": "121.00",
            "older": "121.00",
            "total": "726.00",
        }
        (row,) = found["contacts"]
        assert row["name"] == "Fustes Garriga SL"
        assert [(item["number"], item["days"]) for item in row["documents"]] == [
            ("F", 91),
            ("E", 90),
            ("D", 31),
            ("C", 30),
            ("B", 1),
            ("A", 0),
        ]

    async def test_counts_a_payment_from_its_day_on(self, office: Office) -> None:
        company_id = await books(office)
        supplier = await contact(office, company_id, "Fustes Garriga SL", is_supplier=True)
        made = await bill(office, company_id, supplier, "A", "2026-03-05")
        await pay(office, company_id, made, "2026-04-10", "50.00")
        await pay(office, company_id, made, "2026-05-10", "71.00")

        totals = [
            (await aged(office, company_id, day, "PAYABLE"))["totals"]["total"]
            for day in ("2026-02-02", "2026-04-09", "2026-04-10", "2026-05-10")
        ]

        assert totals == ["0.00", "121.00", "71.00", "0.00"]

    async def test_counts_a_payment_until_the_day_it_was_taken_back(self, office: Office) -> None:
        company_id = await books(office)
        supplier = await contact(office, company_id, "Fustes Garriga SL", is_supplier=True)
        made = await bill(office, company_id, supplier, "A", "2026-03-05")
        entry_id = await pay(office, company_id, made, "2026-04-10", "121.00")
        async with office.act() as act:
            await reverse_entry(act, entry_id, on=date(2026, 5, 4))
            await unsettle(act, entry_id=entry_id, at=clock.now())
        await pay(office, company_id, made, "2026-06-01", "121.00")

        totals = [
            (await aged(office, company_id, day, "PAYABLE"))["totals"]["total"]
            for day in ("2026-04-09", "2026-04-10", "2026-05-03", "2026-05-04", "2026-05-31", "2026-06-01")
        ]

        assert totals == ["121.00", "0.00", "0.00", "121.00", "121.00", "0.00"]

    async def test_counts_a_purchase_until_the_day_its_approval_was_taken_back(self, office: Office) -> None:
        """Its period was locked meanwhile, so the books have the reversal on the first open day."""
        company_id = await books(office)
        supplier = await contact(office, company_id, "Fustes Garriga SL", is_supplier=True)
        made = await bill(office, company_id, supplier, "A", "2025-03-05", year=2025)
        async with office.act() as act:
            await move_lock(act, company_id, LockKind.HARD, date(2025, 3, 31), reason="Audited")
            await unapprove_document(act, made)

        before = await aged(office, company_id, "2025-03-31", "PAYABLE")
        after = await aged(office, company_id, "2025-04-01", "PAYABLE")

        (row,) = before["contacts"]
        assert (row["name"], row["days30"], before["totals"]["total"]) == (
            "Fustes Garriga SL",
            "121.00",
            "121.00",
        )
        assert [(one["documentId"], one["number"]) for one in row["documents"]] == [(str(made), "A")]
        assert after["contacts"] == []
        assert (await aged(office, company_id, "2025-03-31"))["contacts"] == []

    async def test_spreads_a_payment_over_instalments_the_earliest_first(self, office: Office) -> None:
        company_id = await books(office)
        supplier = await contact(office, company_id, "Fustes Garriga SL", is_supplier=True)
        made = await bill(office, company_id, supplier, "A", "2026-03-05")
        async with office.act() as act:
            for position, (due, amount) in enumerate((("03-05", 40), ("04-05", 40), ("05-05", 41)), start=1):
                act.session.add(
                    DocumentInstalment(
                        company_id=company_id,
                        document_id=made,
                        position=position,
                        due_on=date.fromisoformat(f"2026-{due}"),
                        amount=Decimal(amount),
                    )
                )
        await pay(office, company_id, made, "2026-03-20", "55.00")

        (row,) = (await aged(office, company_id, "2026-04-30", "PAYABLE"))["contacts"]

        assert [(item["dueOn"], item["amount"]) for item in row["documents"]] == [
            ("2026-04-05", "25.00"),
            ("2026-05-05", "41.00"),
        ]
        assert (row["days30"], row["notDue"]) == ("25.00", "41.00")

    async def test_keeps_customers_and_suppliers_apart(self, office: Office) -> None:
        company_id = await books(office)
        supplier = await contact(office, company_id, "Fustes Garriga SL", is_supplier=True)
        await bill(office, company_id, supplier, "A", "2026-03-05")

        assert (await aged(office, company_id, "2026-04-30"))["contacts"] == []
