"""Reconciling and undoing: one balanced entry, exactly those documents, once, and back to what it was."""

import asyncio
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select

from services.access.actions import grant_to_firm
from services.access.policy import Scope
from services.banking.actions import AskedTarget, Reconciled, reconcile, undo
from services.banking.actions.reconciliation import (
    DocumentNotOpen,
    ReconciliationUndone,
    RequestKeyUsed,
    UndoInLockedPeriod,
)
from services.banking.models import BankLine, Reconciliation
from services.banking.rules.targets import (
    AmountAboveOutstanding,
    AmountsAboveLine,
    DirectionDiffers,
    LineMatched,
    TargetRefused,
)
from services.documents.interface import NewDocument, NewLine, create_document, document_table
from services.journal.interface import journal_line_table, ledger_account_table, verify_ledger
from services.journal.models import PeriodLock
from services.journal.rules import PeriodLocked
from services.kit.db import table_of
from services.kit.errors import Denied, NotFound, Refused
from tests.support.builders.banking import Bank, open_bank
from tests.support.builders.norma43 import movement
from tests.support.office import BOOKS, Office

_line = table_of(BankLine)
_reconciliation = table_of(Reconciliation)


async def _lines(bank: Bank) -> list[BankLine]:
    async with bank.office.act() as act:
        found = await act.session.scalars(
            select(BankLine).where(_line.c.company_id == bank.company_id).order_by(_line.c.id)
        )
        return list(found)


async def _document(bank: Bank, document_id: UUID) -> dict[str, Any]:
    async with bank.office.act() as act:
        table = document_table()
        row = (await act.session.execute(select(table).where(table.c.id == document_id))).one()
        return dict(row._mapping)


async def _match(
    bank: Bank, line: BankLine, *targets: tuple[UUID, str], key: str | None = None
) -> Reconciled:
    async with bank.office.act(bank.office.manager) as act:
        asked = [AskedTarget(document_id=document, amount=Decimal(amount)) for document, amount in targets]
        return await reconcile(act, line.id, asked, request_key=key or str(uuid4()))


async def _undo(bank: Bank, token: UUID) -> None:
    async with bank.office.act(bank.office.manager) as act:
        await undo(act, token)


async def _entry(bank: Bank, entry_id: UUID) -> list[tuple[str, Decimal, Decimal]]:
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


async def _books_hold(bank: Bank) -> bool:
    async with bank.office.act() as act:
        return await verify_ledger(act.session, bank.company_id) is None


async def _lock_until(bank: Bank, day: date) -> None:
    async with bank.office.act() as act:
        await act.session.execute(insert(PeriodLock).values(company_id=bank.company_id, tax_until=day))


async def _sale_and_line(office: Office, amount: str = "1210.00") -> tuple[Bank, UUID, BankLine]:
    bank = await open_bank(office)
    invoice = await bank.sale("Carpintería Muñoz SL", amount)
    await bank.receive(movement(amount, text="TRANSF CARPINTERIA MUNOZ"))
    return bank, invoice, (await _lines(bank))[0]


class TestReconciling:
    async def test_collects_an_invoice_with_one_balanced_entry(self, office: Office) -> None:
        bank, invoice, line = await _sale_and_line(office)

        done = await _match(bank, line, (invoice, "1210.00"))

        amount, nothing = Decimal("1210.00"), Decimal("0.00")
        assert await _entry(bank, done.entry_id) == [("572", amount, nothing), ("430", nothing, amount)]
        document = await _document(bank, invoice)
        assert (document["status"], document["outstanding"], document["paid_on"]) == (
            "PAID",
            nothing,
            date(2026, 11, 3),
        )
        [line] = await _lines(bank)
        assert (line.state, line.settled_amount, line.proposed_document_id) == ("MATCHED", amount, None)
        assert await _books_hold(bank)

    async def test_pays_a_purchase_the_other_way_round(self, office: Office) -> None:
        bank = await open_bank(office)
        bill = await bank.purchase("Telefonia Exemple SA", "T-2026-118", "84.70")
        await bank.receive(movement("-84.70", day=10, text="RECIBO TELEFONIA"))

        done = await _match(bank, (await _lines(bank))[0], (bill, "84.70"))

        amount, nothing = Decimal("84.70"), Decimal("0.00")
        assert await _entry(bank, done.entry_id) == [("410", amount, nothing), ("572", nothing, amount)]
        assert (await _document(bank, bill))["status"] == "PAID"

    async def test_settles_several_documents_of_one_line(self, office: Office) -> None:
        bank = await open_bank(office)
        invoices = [await bank.sale("Forn Vidal SL", amount) for amount in ("100.00", "200.00", "300.00")]
        await bank.receive(movement("600.00", text="FORN VIDAL"))

        done = await _match(
            bank, (await _lines(bank))[0], *zip(invoices, ("100.00", "200.00", "300.00"), strict=True)
        )

        assert len(await _entry(bank, done.entry_id)) == 4
        assert [(await _document(bank, one))["status"] for one in invoices] == ["PAID"] * 3

    async def test_leaves_line_and_document_partly_open(self, office: Office) -> None:
        bank, invoice, line = await _sale_and_line(office)

        await _match(bank, line, (invoice, "1000.00"))

        [line] = await _lines(bank)
        assert (line.state, line.settled_amount) == ("PARTLY", Decimal("1000.00"))
        document = await _document(bank, invoice)
        assert (document["status"], document["outstanding"]) == ("PARTLY_PAID", Decimal("210.00"))

    async def test_gives_one_result_for_one_request_key(self, office: Office) -> None:
        bank, invoice, line = await _sale_and_line(office)

        first = await _match(bank, line, (invoice, "1210.00"), key="one click")

        assert await _match(bank, line, (invoice, "1210.00"), key="one click") == first
        async with office.act() as act:
            found = await act.session.scalars(
                select(_reconciliation.c.id).where(_reconciliation.c.company_id == bank.company_id)
            )
            assert len(list(found)) == 1

    async def test_refuses_a_request_key_of_another_line(self, office: Office) -> None:
        bank = await open_bank(office)
        invoice = await bank.sale("Forn Vidal SL", "100.00")
        await bank.receive(movement("60.00", text="A"), movement("40.00", text="B"))
        first, second = await _lines(bank)
        await _match(bank, first, (invoice, "60.00"), key="one click")

        with pytest.raises(RequestKeyUsed):
            await _match(bank, second, (invoice, "40.00"), key="one click")

    @pytest.mark.parametrize(
        ("amounts", "refusal"),
        [(("1210.01",), AmountAboveOutstanding), (("0.00",), TargetRefused), ((), TargetRefused)],
    )
    async def test_refuses_wrong_amounts_and_changes_nothing(
        self, office: Office, amounts: Sequence[str], refusal: type[Refused]
    ) -> None:
        bank, invoice, line = await _sale_and_line(office)

        with pytest.raises(refusal):
            await _match(bank, line, *((invoice, amount) for amount in amounts))

        assert (await _document(bank, invoice))["outstanding"] == Decimal("1210.00")
        assert [one.settled_amount for one in await _lines(bank)] == [Decimal("0.00")]

    async def test_refuses_more_than_the_line_has(self, office: Office) -> None:
        bank = await open_bank(office)
        invoice = await bank.sale("Forn Vidal SL", "100.00")
        await bank.receive(movement("60.00", text="FORN VIDAL"))

        with pytest.raises(AmountsAboveLine):
            await _match(bank, (await _lines(bank))[0], (invoice, "100.00"))

    async def test_refuses_money_of_the_wrong_way(self, office: Office) -> None:
        bank = await open_bank(office)
        invoice = await bank.sale("Forn Vidal SL", "100.00")
        await bank.receive(movement("-100.00", text="FORN VIDAL"))

        with pytest.raises(DirectionDiffers):
            await _match(bank, (await _lines(bank))[0], (invoice, "100.00"))

    async def test_refuses_a_draft(self, office: Office) -> None:
        bank, invoice, line = await _sale_and_line(office)
        contact_id = (await _document(bank, invoice))["contact_id"]
        priced = NewLine(
            description="Puerta", quantity=Decimal(1), unit_price=Decimal("1210.00"), tax_rate=Decimal(0)
        )
        async with office.act() as act:
            draft = await create_document(
                act,
                NewDocument(
                    company_id=bank.company_id,
                    kind="SALES_INVOICE",
                    contact_id=contact_id,
                    issued_on=date(2026, 10, 20),
                    status="DRAFT",
                    lines=(priced,),
                ),
            )

        with pytest.raises(DocumentNotOpen):
            await _match(bank, line, (draft, "1210.00"))

    async def test_refuses_a_document_of_another_company(self, office: Office) -> None:
        bank, _, line = await _sale_and_line(office)
        other = await open_bank(office, "Bar Núñez SL")
        foreign = await other.sale("Forn Vidal SL", "1210.00")

        with pytest.raises(NotFound):
            await _match(bank, line, (foreign, "1210.00"))

    async def test_refuses_a_locked_day(self, office: Office) -> None:
        bank, invoice, line = await _sale_and_line(office)
        await _lock_until(bank, date(2026, 11, 30))

        with pytest.raises(PeriodLocked):
            await _match(bank, line, (invoice, "1210.00"))

        assert [one.state for one in await _lines(bank)] == ["PROPOSED"]

    async def test_is_hidden_from_strangers_and_closed_without_the_grant(
        self, office: Office, other_office: Office
    ) -> None:
        bank, invoice, line = await _sale_and_line(office)
        reader = await office.employee(bank.company_id, view=frozenset({Scope.BANKING, Scope.SALES}))
        asked = [AskedTarget(document_id=invoice, amount=Decimal("1210.00"))]
        for viewer, home, refusal in ((other_office.owner, other_office, NotFound), (reader, office, Denied)):
            with pytest.raises(refusal):
                async with home.act(viewer) as act:
                    await reconcile(act, line.id, asked, request_key="x")

    async def test_needs_a_look_at_the_side_of_the_documents(self, office: Office) -> None:
        bank, invoice, line = await _sale_and_line(office)
        async with office.act() as act:
            seen = BOOKS - {Scope.SALES}
            await grant_to_firm(
                act.session, company_id=bank.company_id, firm_id=office.firm_id, view=seen, edit=seen
            )

        with pytest.raises(Denied) as caught:
            await _match(bank, line, (invoice, "1210.00"))

        assert caught.value.values["scope"] == "SALES"


class TestTwoAtTheSameTime:
    async def test_lets_one_win_on_one_line(self, office: Office) -> None:
        bank, invoice, line = await _sale_and_line(office)

        results = await asyncio.gather(
            *(_match(bank, line, (invoice, "1210.00")) for _ in range(4)), return_exceptions=True
        )

        assert sum(isinstance(one, Reconciled) for one in results) == 1
        assert {type(one) for one in results if not isinstance(one, Reconciled)} == {LineMatched}
        assert (await _document(bank, invoice))["outstanding"] == Decimal("0.00")
        assert await _books_hold(bank)

    async def test_lets_one_win_on_one_document(self, office: Office) -> None:
        bank = await open_bank(office)
        invoice = await bank.sale("Forn Vidal SL", "100.00")
        await bank.receive(*(movement("100.00", text=f"INGRESO {number}") for number in range(3)))
        lines = await _lines(bank)

        results = await asyncio.gather(
            *(_match(bank, line, (invoice, "100.00")) for line in lines), return_exceptions=True
        )

        assert sum(isinstance(one, Reconciled) for one in results) == 1
        refused = [one for one in results if not isinstance(one, Reconciled)]
        assert {type(one) for one in refused} <= {DocumentNotOpen, AmountAboveOutstanding}
        assert sorted(one.state for one in await _lines(bank)) == ["MATCHED", "NEW", "NEW"]

    async def test_does_all_that_do_not_touch_each_other(self, office: Office) -> None:
        bank = await open_bank(office)
        amounts = [f"{number}0.00" for number in range(1, 9)]
        invoices = [await bank.sale(f"Client {amount}", amount) for amount in amounts]
        await bank.receive(*(movement(amount, text=f"INGRESO {amount}") for amount in amounts))
        lines = await _lines(bank)

        await asyncio.gather(
            *(
                _match(bank, line, (invoice, amount))
                for line, invoice, amount in zip(lines, invoices, amounts, strict=True)
            )
        )

        assert {one.state for one in await _lines(bank)} == {"MATCHED"}
        assert await _books_hold(bank)


class TestUndoing:
    async def test_restores_exactly(self, office: Office) -> None:
        bank, invoice, line = await _sale_and_line(office)
        line_before, document_before = (await _lines(bank))[0].model_dump(), await _document(bank, invoice)
        done = await _match(bank, line, (invoice, "1210.00"))

        await _undo(bank, done.reconciliation_id)

        assert (await _lines(bank))[0].model_dump() == line_before
        assert await _document(bank, invoice) == document_before
        async with office.act() as act:
            standing = await act.session.get(Reconciliation, done.reconciliation_id)
            assert standing is not None
            assert standing.undone_at is not None
            assert standing.reversal_entry_id is not None
            reversal = standing.reversal_entry_id
        amount, nothing = Decimal("1210.00"), Decimal("0.00")
        assert sorted(await _entry(bank, reversal)) == [("430", amount, nothing), ("572", nothing, amount)]
        assert await _books_hold(bank)

    async def test_takes_back_one_reconciliation_and_no_other(self, office: Office) -> None:
        bank = await open_bank(office)
        first = await bank.sale("Forn Vidal SL", "100.00")
        second = await bank.sale("Llibreria Roca SL", "50.00")
        await bank.receive(movement("150.00", text="INGRESO"))
        line = (await _lines(bank))[0]
        await _match(bank, line, (first, "60.00"))
        after_first = await _document(bank, first)
        done = await _match(bank, line, (first, "40.00"), (second, "50.00"))

        await _undo(bank, done.reconciliation_id)

        [line] = await _lines(bank)
        assert (line.state, line.settled_amount) == ("PARTLY", Decimal("60.00"))
        assert await _document(bank, first) == after_first
        assert (await _document(bank, second))["outstanding"] == Decimal("50.00")

    async def test_refuses_a_second_time(self, office: Office) -> None:
        bank, invoice, line = await _sale_and_line(office)
        done = await _match(bank, line, (invoice, "1210.00"))
        await _undo(bank, done.reconciliation_id)

        with pytest.raises(ReconciliationUndone):
            await _undo(bank, done.reconciliation_id)

    async def test_refuses_a_day_that_was_locked_since(self, office: Office) -> None:
        bank, invoice, line = await _sale_and_line(office)
        done = await _match(bank, line, (invoice, "1210.00"))
        await _lock_until(bank, date(2026, 11, 30))

        with pytest.raises(UndoInLockedPeriod):
            await _undo(bank, done.reconciliation_id)

        assert (await _document(bank, invoice))["status"] == "PAID"

    async def test_can_be_matched_again(self, office: Office) -> None:
        bank, invoice, line = await _sale_and_line(office)
        done = await _match(bank, line, (invoice, "1210.00"))
        await _undo(bank, done.reconciliation_id)

        await _match(bank, line, (invoice, "1210.00"))

        assert [one.state for one in await _lines(bank)] == ["MATCHED"]

    async def test_is_hidden_from_strangers(self, office: Office, other_office: Office) -> None:
        bank, invoice, line = await _sale_and_line(office)
        done = await _match(bank, line, (invoice, "1210.00"))

        with pytest.raises(NotFound):
            async with other_office.act() as act:
                await undo(act, done.reconciliation_id)


class TestProposals:
    async def test_follow_imports_matches_and_undoing(self, office: Office) -> None:
        bank, invoice, line = await _sale_and_line(office)
        await bank.receive(movement("1210.00", day=20, text="OTRO INGRESO"), opening="11210.00", month=12)
        assert [one.state for one in await _lines(bank)] == ["PROPOSED", "PROPOSED"]

        done = await _match(bank, line, (invoice, "1210.00"))
        assert [one.state for one in await _lines(bank)] == ["MATCHED", "NEW"]

        await _undo(bank, done.reconciliation_id)
        assert [one.proposed_document_id for one in await _lines(bank)] == [invoice, invoice]
