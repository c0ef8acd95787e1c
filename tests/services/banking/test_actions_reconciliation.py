"""Reconciling and undoing: one balanced entry, exactly those documents, once, and back to what it was."""

import asyncio
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from services.access.actions import grant_to_firm
from services.access.policy import Scope
from services.banking.actions import AskedTarget, Reconciled, reconcile
from services.banking.actions.chosen import DocumentNotOpen
from services.banking.actions.reconciliation import RequestKeyUsed
from services.banking.models import BankLine, Reconciliation
from services.banking.rules.targets import (
    AmountAboveOutstanding,
    AmountsAboveLine,
    DirectionDiffers,
    LineMatched,
    TargetRefused,
)
from services.documents.interface import NewDocument, NewLine, create_document
from services.journal.rules.periods import PeriodLocked
from services.kit.db import table_of
from services.kit.errors import Denied, NotFound, Refused
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
)
from tests.support.office import BOOKS, Office

_line = table_of(BankLine)
_reconciliation = table_of(Reconciliation)


class TestReconciling:
    @pytest.mark.posting_rule(13)
    async def test_collects_an_invoice_with_one_balanced_entry(self, office: Office) -> None:
        bank, invoice, line = await sale_and_line(office)

        done = await match(bank, line, (invoice, "1210.00"))

        amount, nothing = Decimal("1210.00"), Decimal("0.00")
        assert await entry_lines(bank, done.entry_id) == [("572", amount, nothing), ("430", nothing, amount)]
        document = await document_of(bank, invoice)
        assert (document["status"], document["outstanding"], document["paid_on"]) == (
            "PAID",
            nothing,
            date(2026, 11, 3),
        )
        [line] = await lines_of(bank)
        assert (line.state, line.settled_amount, line.proposed_document_id) == ("MATCHED", amount, None)
        assert await books_hold(bank)

    @pytest.mark.posting_rule(13)
    async def test_pays_a_purchase_the_other_way_round(self, office: Office) -> None:
        bank = await open_bank(office)
        bill = await bank.purchase("Telefonia Exemple SA", "T-2026-118", "84.70")
        await bank.receive(movement("-84.70", day=10, text="RECIBO TELEFONIA"))

        done = await match(bank, (await lines_of(bank))[0], (bill, "84.70"))

        amount, nothing = Decimal("84.70"), Decimal("0.00")
        assert await entry_lines(bank, done.entry_id) == [("410", amount, nothing), ("572", nothing, amount)]
        assert (await document_of(bank, bill))["status"] == "PAID"

    async def test_settles_several_documents_of_one_line(self, office: Office) -> None:
        bank = await open_bank(office)
        invoices = [await bank.sale("Forn Vidal SL", amount) for amount in ("100.00", "200.00", "300.00")]
        await bank.receive(movement("600.00", text="FORN VIDAL"))

        done = await match(
            bank, (await lines_of(bank))[0], *zip(invoices, ("100.00", "200.00", "300.00"), strict=True)
        )

        assert len(await entry_lines(bank, done.entry_id)) == 4
        assert [(await document_of(bank, one))["status"] for one in invoices] == ["PAID"] * 3

    async def test_leaves_line_and_document_partly_open(self, office: Office) -> None:
        bank, invoice, line = await sale_and_line(office)

        await match(bank, line, (invoice, "1000.00"))

        [line] = await lines_of(bank)
        assert (line.state, line.settled_amount) == ("PARTLY", Decimal("1000.00"))
        document = await document_of(bank, invoice)
        assert (document["status"], document["outstanding"]) == ("PARTLY_PAID", Decimal("210.00"))

    async def test_gives_one_result_for_one_request_key(self, office: Office) -> None:
        bank, invoice, line = await sale_and_line(office)

        first = await match(bank, line, (invoice, "1210.00"), key="one click")

        assert await match(bank, line, (invoice, "1210.00"), key="one click") == first
        async with office.act() as act:
            found = await act.session.scalars(
                select(_reconciliation.c.id).where(_reconciliation.c.company_id == bank.company_id)
            )
            assert len(list(found)) == 1

    async def test_refuses_a_request_key_of_another_line(self, office: Office) -> None:
        bank = await open_bank(office)
        invoice = await bank.sale("Forn Vidal SL", "100.00")
        await bank.receive(movement("60.00", text="A"), movement("40.00", text="B"))
        first, second = await lines_of(bank)
        await match(bank, first, (invoice, "60.00"), key="one click")

        with pytest.raises(RequestKeyUsed):
            await match(bank, second, (invoice, "40.00"), key="one click")

    @pytest.mark.parametrize(
        ("amounts", "refusal"),
        [(("1210.01",), AmountAboveOutstanding), (("0.00",), TargetRefused), ((), TargetRefused)],
    )
    async def test_refuses_wrong_amounts_and_changes_nothing(
        self, office: Office, amounts: Sequence[str], refusal: type[Refused]
    ) -> None:
        bank, invoice, line = await sale_and_line(office)

        with pytest.raises(refusal):
            await match(bank, line, *((invoice, amount) for amount in amounts))

        assert (await document_of(bank, invoice))["outstanding"] == Decimal("1210.00")
        assert [one.settled_amount for one in await lines_of(bank)] == [Decimal("0.00")]

    async def test_refuses_more_than_the_line_has(self, office: Office) -> None:
        bank = await open_bank(office)
        invoice = await bank.sale("Forn Vidal SL", "100.00")
        await bank.receive(movement("60.00", text="FORN VIDAL"))

        with pytest.raises(AmountsAboveLine):
            await match(bank, (await lines_of(bank))[0], (invoice, "100.00"))

    async def test_refuses_money_of_the_wrong_way(self, office: Office) -> None:
        bank = await open_bank(office)
        invoice = await bank.sale("Forn Vidal SL", "100.00")
        await bank.receive(movement("-100.00", text="FORN VIDAL"))

        with pytest.raises(DirectionDiffers):
            await match(bank, (await lines_of(bank))[0], (invoice, "100.00"))

    async def test_refuses_a_draft(self, office: Office) -> None:
        bank, invoice, line = await sale_and_line(office)
        contact_id = (await document_of(bank, invoice))["contact_id"]
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
            await match(bank, line, (draft, "1210.00"))

    async def test_refuses_a_document_of_another_company(self, office: Office) -> None:
        bank, _, line = await sale_and_line(office)
        other = await open_bank(office, "Bar Núñez SL")
        foreign = await other.sale("Forn Vidal SL", "1210.00")

        with pytest.raises(NotFound):
            await match(bank, line, (foreign, "1210.00"))

    async def test_refuses_a_locked_day(self, office: Office) -> None:
        bank, invoice, line = await sale_and_line(office)
        await lock_until(bank, date(2026, 11, 30))

        with pytest.raises(PeriodLocked):
            await match(bank, line, (invoice, "1210.00"))

        assert [one.state for one in await lines_of(bank)] == ["PROPOSED"]

    async def test_is_hidden_from_strangers_and_closed_without_the_grant(
        self, office: Office, other_office: Office
    ) -> None:
        bank, invoice, line = await sale_and_line(office)
        reader = await office.employee(bank.company_id, view=frozenset({Scope.BANKING, Scope.SALES}))
        asked = [AskedTarget(document_id=invoice, amount=Decimal("1210.00"))]
        for viewer, home, refusal in ((other_office.owner, other_office, NotFound), (reader, office, Denied)):
            with pytest.raises(refusal):
                async with home.act(viewer) as act:
                    await reconcile(act, line.id, asked, request_key="x")

    async def test_needs_a_look_at_the_side_of_the_documents(self, office: Office) -> None:
        bank, invoice, line = await sale_and_line(office)
        async with office.act() as act:
            seen = BOOKS - {Scope.SALES}
            await grant_to_firm(
                act.session, company_id=bank.company_id, firm_id=office.firm_id, view=seen, edit=seen
            )

        with pytest.raises(Denied) as caught:
            await match(bank, line, (invoice, "1210.00"))

        assert caught.value.values["scope"] == "SALES"

    async def test_says_nothing_of_a_document_whose_side_is_closed(self, office: Office) -> None:
        """Money out looks for purchases; a sale named instead is refused without its number and state."""
        bank = await open_bank(office)
        invoice = await bank.sale("Forn Vidal SL", "100.00")
        await bank.receive(movement("-100.00", text="FORN VIDAL"))
        async with office.act() as act:
            seen = BOOKS - {Scope.SALES}
            await grant_to_firm(
                act.session, company_id=bank.company_id, firm_id=office.firm_id, view=seen, edit=seen
            )

        with pytest.raises(Denied) as caught:
            await match(bank, (await lines_of(bank))[0], (invoice, "100.00"))

        assert caught.value.values["scope"] == "SALES"


class TestTwoAtTheSameTime:
    async def test_lets_one_win_on_one_line(self, office: Office) -> None:
        bank, invoice, line = await sale_and_line(office)

        results = await asyncio.gather(
            *(match(bank, line, (invoice, "1210.00")) for _ in range(4)), return_exceptions=True
        )

        assert sum(isinstance(one, Reconciled) for one in results) == 1
        assert {type(one) for one in results if not isinstance(one, Reconciled)} == {LineMatched}
        assert (await document_of(bank, invoice))["outstanding"] == Decimal("0.00")
        assert await books_hold(bank)

    async def test_lets_one_win_on_one_document(self, office: Office) -> None:
        bank = await open_bank(office)
        invoice = await bank.sale("Forn Vidal SL", "100.00")
        await bank.receive(*(movement("100.00", text=f"INGRESO {number}") for number in range(3)))
        lines = await lines_of(bank)

        results = await asyncio.gather(
            *(match(bank, line, (invoice, "100.00")) for line in lines), return_exceptions=True
        )

        assert sum(isinstance(one, Reconciled) for one in results) == 1
        refused = [one for one in results if not isinstance(one, Reconciled)]
        assert {type(one) for one in refused} <= {DocumentNotOpen, AmountAboveOutstanding}
        assert sorted(one.state for one in await lines_of(bank)) == ["MATCHED", "NEW", "NEW"]

    async def test_does_all_that_do_not_touch_each_other(self, office: Office) -> None:
        bank = await open_bank(office)
        amounts = [f"{number}0.00" for number in range(1, 9)]
        invoices = [await bank.sale(f"Client {amount}", amount) for amount in amounts]
        await bank.receive(*(movement(amount, text=f"INGRESO {amount}") for amount in amounts))
        lines = await lines_of(bank)

        await asyncio.gather(
            *(
                match(bank, line, (invoice, amount))
                for line, invoice, amount in zip(lines, invoices, amounts, strict=True)
            )
        )

        assert {one.state for one in await lines_of(bank)} == {"MATCHED"}
        assert await books_hold(bank)
