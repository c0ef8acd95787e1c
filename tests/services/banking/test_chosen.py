"""Lines that are more than one invoice paid: credit notes, money given back, fees, unknown money."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.access.actions import grant_to_firm
from services.access.policy import Scope
from services.banking.actions.chosen import NothingToGiveBack, PartNeedsContact
from services.banking.rules.targets import (
    AmountAboveOutstanding,
    AmountsAboveLine,
    AmountsAgainstLine,
    DirectionDiffers,
    PartAmountWrong,
)
from services.documents.actions.refusals import GivenBackSince
from services.journal.rules.periods import PeriodLocked
from services.kit.errors import Denied, Refused
from tests.support.builders.banking import open_bank
from tests.support.builders.documents import approved, balances, customer, piece
from tests.support.builders.reconciliation import (
    OCTOBER,
    books_hold,
    credit_note,
    document_of,
    invoice,
    invoice_with_vat,
    lines_of,
    lock_until,
    part,
    received,
    settle_line,
    state,
    take_back,
    target,
    told,
)
from tests.support.office import BOOKS, Office


class TestCreditNote:
    @pytest.mark.posting_rule(11)
    async def test_is_paid_back_to_the_customer(self, office: Office) -> None:
        bank = await open_bank(office)
        brisa = await customer(office, bank.company_id)
        sold = await invoice_with_vat(bank, brisa, "100.00")
        credit = await credit_note(bank, sold)
        line = await received(bank, "-121.00", "TRANSF A CAFES BRISA")
        before = await state(bank, [sold, credit])

        done = await settle_line(bank, line, target(credit, "121.00"))

        assert await told(bank, done.entry_id) == ["D 430 121.00", "C 572 121.00"]
        note = await document_of(bank, credit)
        assert (note["status"], note["outstanding"]) == ("PAID", Decimal("0.00"))
        await take_back(bank, done.reconciliation_id)
        assert await state(bank, [sold, credit]) == before
        assert await books_hold(bank)

    @pytest.mark.posting_rule(12)
    async def test_of_a_supplier_comes_in(self, office: Office) -> None:
        bank = await open_bank(office)
        mill = await customer(office, bank.company_id, "Molino Alto SA")
        bought = await approved(
            office,
            bank.company_id,
            mill,
            kind="PURCHASE_INVOICE",
            number="M-1",
            issued_on=OCTOBER,
            lines=(piece("100.00", ledger_account_code="600"),),
        )
        credit = await credit_note(bank, bought, number="M-2")
        line = await received(bank, "121.00", "ABONO MOLINO ALTO")

        done = await settle_line(bank, line, target(credit, "121.00"))

        assert await told(bank, done.entry_id) == ["D 572 121.00", "C 400 121.00"]

    async def test_is_proposed_for_money_out(self, office: Office) -> None:
        bank = await open_bank(office)
        brisa = await customer(office, bank.company_id)
        credit = await credit_note(bank, await invoice_with_vat(bank, brisa, "100.00"))

        line = await received(bank, "-121.00", "TRANSF A CAFES BRISA")

        assert (line.state, line.proposed_document_id) == ("PROPOSED", credit)

    async def test_is_taken_off_a_payment_in_one_entry(self, office: Office) -> None:
        """The customer pays 1,089.00: an invoice of 1,210.00 less a credit note of 121.00."""
        bank = await open_bank(office)
        brisa = await customer(office, bank.company_id)
        first, large = (
            await invoice_with_vat(bank, brisa, "100.00"),
            await invoice_with_vat(bank, brisa, "1000.00"),
        )
        credit = await credit_note(bank, first)
        line = await received(bank, "1089.00", "TRANSF CAFES BRISA")
        before = await state(bank, [first, large, credit])

        done = await settle_line(bank, line, target(large, "1210.00"), target(credit, "121.00"))

        assert await told(bank, done.entry_id) == ["D 572 1089.00", "C 430 1210.00", "D 430 121.00"]
        assert [(await document_of(bank, one))["status"] for one in (large, credit)] == ["PAID", "PAID"]
        assert (await lines_of(bank))[0].state == "MATCHED"
        await take_back(bank, done.reconciliation_id)
        assert await state(bank, [first, large, credit]) == before

    async def test_of_another_contact_is_not_taken_off(self, office: Office) -> None:
        bank = await open_bank(office)
        brisa = await customer(office, bank.company_id)
        mill = await customer(office, bank.company_id, "Molino Alto SA")
        large = await invoice(bank, brisa, "1210.00")
        credit = await credit_note(bank, await invoice(bank, mill, "121.00"))
        line = await received(bank, "1089.00", "TRANSF CAFES BRISA")

        with pytest.raises(DirectionDiffers):
            await settle_line(bank, line, target(large, "1210.00"), target(credit, "121.00"))

    async def test_and_invoice_alone_are_set_off_not_reconciled(self, office: Office) -> None:
        bank = await open_bank(office)
        brisa = await customer(office, bank.company_id)
        sold = await invoice(bank, brisa, "121.00")
        credit = await credit_note(bank, sold)
        line = await received(bank, "50.00", "TRANSF CAFES BRISA")

        with pytest.raises(AmountsAgainstLine):
            await settle_line(bank, line, target(sold, "121.00"), target(credit, "121.00"))


class TestManyToMany:
    async def test_goes_through_one_contact_and_back(self, office: Office) -> None:
        """Three invoices and a credit note of one customer, two transfers that fit none of them."""
        bank = await open_bank(office)
        brisa = await customer(office, bank.company_id)
        sold = [await invoice(bank, brisa, amount) for amount in ("300.00", "500.00", "700.00")]
        credit = await credit_note(bank, await invoice(bank, brisa, "100.00"))
        first = await received(bank, "600.00", "TRANSF CAFES BRISA A CUENTA")
        second = await received(bank, "800.00", "TRANSF CAFES BRISA RESTO", day=9)
        documents = [*sold, credit]
        before = await state(bank, documents)

        one = await settle_line(bank, first, target(sold[0], "300.00"), target(sold[1], "300.00"))
        between = await state(bank, documents)
        two = await settle_line(
            bank,
            second,
            target(sold[1], "200.00"),
            target(sold[2], "700.00"),
            target(credit, "100.00"),
        )

        assert [(await document_of(bank, each))["status"] for each in documents] == ["PAID"] * 4
        assert {line.state for line in await lines_of(bank)} == {"MATCHED"}
        await take_back(bank, two.reconciliation_id)
        assert await state(bank, documents) == between
        await take_back(bank, one.reconciliation_id)
        assert await state(bank, documents) == before
        assert await books_hold(bank)


class TestMoneyGivenBack:
    @pytest.mark.posting_rule(13)
    @pytest.mark.posting_rule(16)
    async def test_revives_the_invoice_and_books_the_fee(self, office: Office) -> None:
        """Rule 16: a returned direct debit of 121.00, fee 5.00."""
        bank = await open_bank(office)
        brisa = await customer(office, bank.company_id)
        sold = await invoice_with_vat(bank, brisa, "100.00")
        paid = await settle_line(
            bank, await received(bank, "121.00", "REMESA RECIBOS"), target(sold, "121.00")
        )
        assert await told(bank, paid.entry_id) == ["D 572 121.00", "C 430 121.00"]
        line = await received(bank, "-126.00", "DEVOLUCION RECIBO CAFES BRISA", day=20)
        before = await state(bank, [sold])

        done = await settle_line(
            bank, line, target(sold, "121.00", gives_back=True), parts=[part("626", "-5.00")]
        )

        assert await told(bank, done.entry_id) == ["D 430 121.00", "D 626 5.00", "C 572 126.00"]
        document = await document_of(bank, sold)
        assert (document["status"], document["outstanding"], document["paid_on"]) == (
            "APPROVED",
            Decimal("121.00"),
            None,
        )
        await take_back(bank, done.reconciliation_id)
        assert await state(bank, [sold]) == before
        assert await books_hold(bank)

    async def test_is_proposed_where_the_bank_calls_it_a_return(self, office: Office) -> None:
        bank = await open_bank(office)
        brisa = await customer(office, bank.company_id)
        sold = await invoice_with_vat(bank, brisa, "100.00")
        await settle_line(bank, await received(bank, "121.00", "REMESA RECIBOS"), target(sold, "121.00"))

        line = await received(bank, "-121.00", "DEVOLUCION CAFES BRISA", day=20)
        other = await received(bank, "-121.00", "TRANSF CAFES BRISA", day=21)

        assert (line.proposed_document_id, line.proposed_gives_back) == (sold, True)
        assert other.proposed_document_id is None

    async def test_of_a_supplier_comes_in_again(self, office: Office) -> None:
        bank = await open_bank(office)
        bought = await bank.purchase("Molino Alto SA", "M-1", "300.00")
        await settle_line(bank, await received(bank, "-300.00", "RECIBO MOLINO"), target(bought, "300.00"))
        line = await received(bank, "100.00", "DEVOLUCION RECIBO MOLINO", day=20)

        done = await settle_line(bank, line, target(bought, "100.00", gives_back=True))

        assert await told(bank, done.entry_id) == ["D 572 100.00", "C 410 100.00"]
        document = await document_of(bank, bought)
        assert (document["status"], document["outstanding"]) == ("PARTLY_PAID", Decimal("100.00"))

    async def test_is_no_more_than_was_paid(self, office: Office) -> None:
        bank = await open_bank(office)
        sold = await bank.sale("Forn Vidal SL", "121.00")
        never = await bank.sale("Llibreria Roca SL", "121.00")
        await settle_line(bank, await received(bank, "100.00", "INGRESO"), target(sold, "100.00"))
        line = await received(bank, "-121.00", "DEVOLUCION", day=20)
        before = await state(bank, [sold, never])

        with pytest.raises(AmountAboveOutstanding):
            await settle_line(bank, line, target(sold, "121.00", gives_back=True))
        with pytest.raises(NothingToGiveBack):
            await settle_line(bank, line, target(never, "121.00", gives_back=True))

        assert await state(bank, [sold, never]) == before

    async def test_stands_before_the_payment_can_be_taken_back(self, office: Office) -> None:
        bank = await open_bank(office)
        sold = await bank.sale("Forn Vidal SL", "121.00")
        paid = await settle_line(bank, await received(bank, "121.00", "INGRESO"), target(sold, "121.00"))
        line = await received(bank, "-121.00", "DEVOLUCION", day=20)
        back = await settle_line(bank, line, target(sold, "121.00", gives_back=True))
        before = await state(bank, [sold])

        with pytest.raises(GivenBackSince):
            await take_back(bank, paid.reconciliation_id)
        assert await state(bank, [sold]) == before

        await take_back(bank, back.reconciliation_id)
        await take_back(bank, paid.reconciliation_id)
        assert (await document_of(bank, sold))["outstanding"] == Decimal("121.00")


class TestParts:
    @pytest.mark.posting_rule(14)
    async def test_take_the_fee_of_a_collection(self, office: Office) -> None:
        bank = await open_bank(office)
        sold = await bank.sale("Forn Vidal SL", "1060.00")
        line = await received(bank, "1058.00", "TPV LIQUIDACION")

        done = await settle_line(bank, line, target(sold, "1060.00"), parts=[part("626", "-2.00")])

        assert await told(bank, done.entry_id) == ["D 572 1058.00", "C 430 1060.00", "D 626 2.00"]
        assert (await document_of(bank, sold))["status"] == "PAID"
        assert (await lines_of(bank))[0].state == "MATCHED"

    @pytest.mark.posting_rule(15)
    async def test_take_a_fee_and_interest_without_any_document(self, office: Office) -> None:
        bank = await open_bank(office)
        fee = await received(bank, "-12.50", "COMISION MANTENIMIENTO")
        interest = await received(bank, "81.00", "ABONO INTERESES", day=9)

        first = await settle_line(bank, fee, parts=[part("626", "-12.50")])
        second = await settle_line(bank, interest, parts=[part("769", "100.00"), part("473", "-19.00")])

        assert await told(bank, first.entry_id) == ["D 626 12.50", "C 572 12.50"]
        assert await told(bank, second.entry_id) == ["D 572 81.00", "C 769 100.00", "D 473 19.00"]

    @pytest.mark.posting_rule(30)
    async def test_keep_unknown_money_in_suspense_until_it_is_known(self, office: Office) -> None:
        bank = await open_bank(office)
        line = await received(bank, "333.00", "INGRESO EFECTIVO")
        unknown = await settle_line(bank, line, parts=[part("555", "333.00")])
        assert await told(bank, unknown.entry_id) == ["D 572 333.00", "C 555 333.00"]
        sold = await bank.sale("Forn Vidal SL", "333.00")

        await take_back(bank, unknown.reconciliation_id)
        known = await settle_line(bank, line, target(sold, "333.00"))

        assert await told(bank, known.entry_id) == ["D 572 333.00", "C 430 333.00"]
        assert "555" not in await balances(office, bank.company_id)

    @pytest.mark.parametrize(
        ("asked", "refusal"),
        [
            (part("626", "-0.00"), PartAmountWrong),
            (part("626", "-0.005"), PartAmountWrong),
            (part("430", "-5.00"), PartNeedsContact),
            (part("4300", "-5.00"), Refused),
            (part("99999", "-5.00"), Refused),
            (part("626", "5.00"), AmountsAgainstLine),
            (part("626", "-12.51"), AmountsAboveLine),
        ],
    )
    async def test_are_refused_and_change_nothing(
        self, office: Office, asked: Any, refusal: type[Refused]
    ) -> None:
        bank = await open_bank(office)
        line = await received(bank, "-12.50", "COMISION")
        before = await state(bank, [])

        with pytest.raises(refusal):
            await settle_line(bank, line, parts=[asked])

        assert await state(bank, []) == before

    async def test_need_the_journal(self, office: Office) -> None:
        bank = await open_bank(office)
        line = await received(bank, "-12.50", "COMISION")
        async with office.act() as act:
            seen = BOOKS - {Scope.JOURNAL}
            await grant_to_firm(
                act.session, company_id=bank.company_id, firm_id=office.firm_id, view=seen, edit=seen
            )

        with pytest.raises(Denied) as caught:
            await settle_line(bank, line, parts=[part("626", "-12.50")])

        assert caught.value.values["scope"] == "JOURNAL"

    async def test_are_refused_on_a_locked_day(self, office: Office) -> None:
        bank = await open_bank(office)
        line = await received(bank, "-12.50", "COMISION")
        await lock_until(bank, date(2026, 11, 30))

        with pytest.raises(PeriodLocked):
            await settle_line(bank, line, parts=[part("626", "-12.50")])
