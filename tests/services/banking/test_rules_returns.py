"""Credit notes taken off a payment, money that goes back, documents in another currency: what is proposed for them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.banking.rules.candidates import ReasonCode
from services.banking.rules.matching import candidates, is_auto_postable
from services.banking.rules.signals import Direction, OpenItem
from tests.services.banking.test_rules_matching import codes, invoice, line, of_garage


def credit_note(number: str = "AB26-0003", outstanding: str = "121.00") -> OpenItem:
    """A credit note to the carpenter: its money goes out."""
    return replace(invoice(number, outstanding), direction=Direction.OUT, is_credit=True)


class TestCreditNotes:
    def test_are_taken_off_what_a_customer_pays(self) -> None:
        items = [invoice(), invoice("FV26-0013", "500.00"), credit_note()]

        found = candidates(line("1089.00", "TRANSF CARPINTERIA MUÑOZ"), items)[0]

        assert found.document_ids == (invoice().document_id, credit_note().document_id)
        assert found.amounts == (Decimal("1210.00"), Decimal("121.00"))
        assert ReasonCode.CREDIT_TAKEN_OFF in codes(found)
        assert not is_auto_postable([found])

    def test_are_taken_off_several_invoices_together(self) -> None:
        items = [invoice("FV26-0014", "700.00"), invoice("FV26-0015", "500.00"), credit_note()]

        found = candidates(line("1079.00", "TRANSF CARPINTERIA MUÑOZ"), items)[0]

        assert found.amounts == (Decimal("700.00"), Decimal("500.00"), Decimal("121.00"))

    def test_alone_go_out(self) -> None:
        assert [
            one.document_ids for one in candidates(line("-121.00", "CARPINTERIA MUÑOZ"), [credit_note()])
        ] == [(credit_note().document_id,)]
        assert candidates(line("121.00", "CARPINTERIA MUÑOZ"), [credit_note()]) == []

    def test_of_others_and_purchases_are_not_taken_off(self) -> None:
        foreign = of_garage(credit_note())
        purchase = replace(credit_note(), is_credit=False)

        for other in (foreign, purchase):
            found = candidates(line("1089.00", "CARPINTERIA MUÑOZ"), [invoice(), other])
            assert all(ReasonCode.CREDIT_TAKEN_OFF not in codes(one) for one in found)


class TestReturns:
    PAID = replace(invoice("FV26-0020", "121.00"), direction=Direction.OUT)

    @pytest.mark.parametrize(
        ("text", "concept"),
        [("DEVOLUCION CARPINTERIA MUÑOZ", ""), ("CARPINTERIA MUÑOZ", "14"), ("IMPAGADO FV26-0020", "")],
    )
    def test_are_looked_for_among_what_was_paid(self, text: str, concept: str) -> None:
        found = candidates(line("-121.00", text, concept=concept), [], [self.PAID])

        assert [(one.document_ids, one.gives_back) for one in found] == [((self.PAID.document_id,), True)]
        assert ReasonCode.GIVEN_BACK in codes(found[0])
        assert not is_auto_postable(found)

    def test_take_a_fee_that_the_bank_added(self) -> None:
        [found] = candidates(line("-126.00", "DEVOL. FV26-0020"), [], [self.PAID])

        assert (found.amounts, found.gives_back) == ((Decimal("121.00"),), True)

    def test_are_not_looked_for_otherwise(self) -> None:
        assert candidates(line("-121.00", "TRANSF FV26-0020"), [], [self.PAID]) == []


class TestOtherCurrency:
    DOLLARS = replace(invoice("FV26-0030", "1000.00"), currency="USD")
    BOOKED = replace(
        DOLLARS, outstanding=Decimal("900.00"), currency="EUR", original=(Decimal("1000.00"), "USD")
    )

    def test_is_found_near_what_it_was_booked_at(self) -> None:
        [found] = candidates(line("930.10", "CARPINTERIA MUÑOZ FV26-0030"), [self.DOLLARS, self.BOOKED])

        assert (found.amounts, found.certainty) == ((Decimal("1000.00"),), 85)
        assert ReasonCode.EXCHANGED in codes(found)
        assert not is_auto_postable([found])

    @pytest.mark.parametrize(("amount", "is_found"), [("990.00", True), ("810.00", True), ("990.01", False)])
    def test_is_near_up_to_a_tenth(self, amount: str, *, is_found: bool) -> None:
        assert bool(candidates(line(amount, "FV26-0030"), [self.BOOKED])) is is_found

    def test_needs_more_than_the_amount(self) -> None:
        assert candidates(line("900.00", "INGRESO"), [self.BOOKED]) == []
