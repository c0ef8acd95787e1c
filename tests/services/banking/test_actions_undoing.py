"""Undoing takes back one reconciliation and no other; proposals follow every change."""

from datetime import date
from decimal import Decimal

import pytest

from services.banking.actions import refresh_proposals, undo
from services.banking.actions.reconciliation import (
    ReconciliationUndone,
    UndoInLockedPeriod,
)
from services.banking.models import BankLine, Reconciliation
from services.kit.db import table_of
from services.kit.errors import NotFound
from tests.support.builders.banking import open_bank
from tests.support.builders.norma43 import movement
from tests.support.builders.reconciliation import (
    books_hold,
    document_of,
    entry_lines,
    lines_of,
    lock_until,
    match,
    sale_and_line,
    take_back,
)
from tests.support.office import Office

_line = table_of(BankLine)
_reconciliation = table_of(Reconciliation)


class TestUndoing:
    async def test_restores_exactly(self, office: Office) -> None:
        bank, invoice, line = await sale_and_line(office)
        line_before, document_before = (
            (await lines_of(bank))[0].model_dump(),
            await document_of(bank, invoice),
        )
        done = await match(bank, line, (invoice, "1210.00"))

        await take_back(bank, done.reconciliation_id)

        assert (await lines_of(bank))[0].model_dump() == line_before
        assert await document_of(bank, invoice) == document_before
        async with office.act() as act:
            standing = await act.session.get(Reconciliation, done.reconciliation_id)
            assert standing is not None
            assert standing.undone_at is not None
            assert standing.reversal_entry_id is not None
            reversal = standing.reversal_entry_id
        amount, nothing = Decimal("1210.00"), Decimal("0.00")
        assert sorted(await entry_lines(bank, reversal)) == [
            ("430", amount, nothing),
            ("572", nothing, amount),
        ]
        assert await books_hold(bank)

    async def test_takes_back_one_reconciliation_and_no_other(self, office: Office) -> None:
        bank = await open_bank(office)
        first = await bank.sale("Forn Vidal SL", "100.00")
        second = await bank.sale("Llibreria Roca SL", "50.00")
        await bank.receive(movement("150.00", text="INGRESO"))
        line = (await lines_of(bank))[0]
        await match(bank, line, (first, "60.00"))
        after_first = await document_of(bank, first)
        done = await match(bank, line, (first, "40.00"), (second, "50.00"))

        await take_back(bank, done.reconciliation_id)

        [line] = await lines_of(bank)
        assert (line.state, line.settled_amount) == ("PARTLY", Decimal("60.00"))
        assert await document_of(bank, first) == after_first
        assert (await document_of(bank, second))["outstanding"] == Decimal("50.00")

    async def test_refuses_a_second_time(self, office: Office) -> None:
        bank, invoice, line = await sale_and_line(office)
        done = await match(bank, line, (invoice, "1210.00"))
        await take_back(bank, done.reconciliation_id)

        with pytest.raises(ReconciliationUndone):
            await take_back(bank, done.reconciliation_id)

    async def test_refuses_a_day_that_was_locked_since(self, office: Office) -> None:
        bank, invoice, line = await sale_and_line(office)
        done = await match(bank, line, (invoice, "1210.00"))
        await lock_until(bank, date(2026, 11, 30))

        with pytest.raises(UndoInLockedPeriod):
            await take_back(bank, done.reconciliation_id)

        assert (await document_of(bank, invoice))["status"] == "PAID"

    async def test_can_be_matched_again(self, office: Office) -> None:
        bank, invoice, line = await sale_and_line(office)
        done = await match(bank, line, (invoice, "1210.00"))
        await take_back(bank, done.reconciliation_id)

        await match(bank, line, (invoice, "1210.00"))

        assert [one.state for one in await lines_of(bank)] == ["MATCHED"]

    async def test_is_hidden_from_strangers(self, office: Office, other_office: Office) -> None:
        bank, invoice, line = await sale_and_line(office)
        done = await match(bank, line, (invoice, "1210.00"))

        with pytest.raises(NotFound):
            async with other_office.act() as act:
                await undo(act, done.reconciliation_id)


class TestProposals:
    async def test_follow_imports_matches_and_undoing(self, office: Office) -> None:
        bank, invoice, line = await sale_and_line(office)
        await bank.receive(movement("1210.00", day=20, text="OTRO INGRESO"), opening="11210.00", month=12)
        assert [one.state for one in await lines_of(bank)] == ["PROPOSED", "PROPOSED"]

        done = await match(bank, line, (invoice, "1210.00"))
        assert [one.state for one in await lines_of(bank)] == ["MATCHED", "NEW"]

        await take_back(bank, done.reconciliation_id)
        assert [one.proposed_document_id for one in await lines_of(bank)] == [invoice, invoice]

    async def test_of_the_lines_concerned_are_all_that_change(self, office: Office) -> None:
        bank = await open_bank(office)
        names = ("Carpintería Muñoz SL", "Forn Vidal SL", "Telefonia Exemple SA")
        invoices = [
            await bank.sale(name, amount)
            for name in names
            for amount in ("100.00", "100.00", "250.00", "350.00")
        ]
        texts = ("CARPINTERIA MUNOZ", "FORN VIDAL PAGO", "INGRESO", "FACTURA 0002", "B28015865")
        amounts = ("100.00", "250.00", "600.00", "800.00", "40.00")
        await bank.receive(
            *(movement(amount, day=20, text=text) for text in texts for amount in amounts), month=11
        )
        paying = next(
            one for one in await lines_of(bank) if one.text == "INGRESO" and str(one.amount) == "600.00"
        )

        async def refreshed_whole() -> int:
            async with office.act(office.manager) as act:
                return await refresh_proposals(act, bank.company_id)

        assert await refreshed_whole() == 0
        for chosen in ((invoices[0], "60.00"), (invoices[1], "100.00"), (invoices[6], "250.00")):
            done = await match(bank, paying, chosen)
            assert await refreshed_whole() == 0
            await take_back(bank, done.reconciliation_id)
            assert await refreshed_whole() == 0
            await match(bank, paying, chosen)
