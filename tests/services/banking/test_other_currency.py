"""Documents in another currency than the bank or the books: paid, given back, proposed, and what that leaves."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from services.banking.actions.chosen import DocumentNotOpen
from services.banking.actions.reconciliation import CurrencyNotBooked, RateNotNeeded
from services.banking.models import BankAccount, BankLine
from services.banking.rules.targets import (
    AmountsAboveLine,
    CurrencyDiffers,
    PaidDiffers,
)
from services.documents.actions.settings import set_exchange_rate
from services.kit.db import table_of
from services.kit.errors import Refused
from tests.support.builders.banking import Bank, open_bank
from tests.support.builders.documents import balances, customer
from tests.support.builders.reconciliation import (
    books_hold,
    document_of,
    invoice,
    lines_of,
    received,
    settle_line,
    state,
    take_back,
    target,
    told,
)
from tests.support.office import Office


class TestOtherCurrency:
    async def dollars(self, bank: Bank, total: str = "1000", **fields: Any) -> UUID:
        """An invoice in dollars booked at 0.90."""
        contact_id = await customer(bank.office, bank.company_id, "Brooklyn Roasters Inc")
        return await invoice(bank, contact_id, total, currency="USD", exchange_rate=Decimal("0.90"), **fields)

    @pytest.mark.posting_rule(29)
    @pytest.mark.parametrize(("given", "difference"), [("920.00", "C 768 20.00"), ("880.00", "D 668 20.00")])
    async def test_paid_in_euros_leaves_the_exchange_difference(
        self, office: Office, given: str, difference: str
    ) -> None:
        bank = await open_bank(office)
        sold = await self.dollars(bank)
        line = await received(bank, given, "TRANSF BROOKLYN ROASTERS")
        before = await state(bank, [sold])

        done = await settle_line(bank, line, target(sold, "1000.00", paid=Decimal(given)))

        assert await told(bank, done.entry_id) == [f"D 572 {given}", "C 430 900.00", difference]
        assert (await document_of(bank, sold))["status"] == "PAID"
        await take_back(bank, done.reconciliation_id)
        assert await state(bank, [sold]) == before

    async def test_is_proposed_by_what_it_was_booked_at(self, office: Office) -> None:
        bank = await open_bank(office)
        sold = await self.dollars(bank)

        near = await received(bank, "918.40", "TRANSF BROOKLYN ROASTERS")
        far = await received(bank, "600.00", "TRANSF BROOKLYN ROASTERS", day=9)

        assert near.proposed_document_id == sold
        assert [reason["code"] for reason in near.proposed_reasons] == ["NAME_SIMILAR", "EXCHANGED"]
        assert far.proposed_document_id is None

    @pytest.mark.posting_rule(29)
    async def test_of_an_account_in_dollars_is_posted_at_a_rate(self, office: Office) -> None:
        bank = await open_bank(office)
        sold = await self.dollars(bank)
        line = await received(bank, "1000.00", "TRANSF BROOKLYN ROASTERS")
        await self.in_dollars(bank)
        [line] = await lines_of(bank)
        with pytest.raises(CurrencyNotBooked):
            await settle_line(bank, line, target(sold, "1000.00"))

        done = await settle_line(bank, line, target(sold, "1000.00"), rate="0.92")
        assert await told(bank, done.entry_id) == ["D 572 920.00", "C 430 900.00", "C 768 20.00"]
        await take_back(bank, done.reconciliation_id)

        async with office.act() as act:
            await set_exchange_rate(act, bank.company_id, "USD", date(2026, 11, 1), Decimal("0.89"))
        again = await settle_line(bank, line, target(sold, "1000.00"))
        assert await told(bank, again.entry_id) == ["D 572 890.00", "C 430 900.00", "D 668 10.00"]
        assert await books_hold(bank)

    async def test_given_back_takes_its_share_off_the_books_again(self, office: Office) -> None:
        bank = await open_bank(office)
        sold = await self.dollars(bank, "999.99")
        first = await received(bank, "310.00", "TRANSF BROOKLYN ROASTERS")
        await settle_line(bank, first, target(sold, "333.33", paid=Decimal("310.00")))
        line = await received(bank, "-305.00", "DEVOLUCION BROOKLYN", day=20)

        done = await settle_line(bank, line, target(sold, "333.33", paid=Decimal("305.00"), gives_back=True))

        assert await told(bank, done.entry_id) == ["D 430 300.00", "D 668 5.00", "C 572 305.00"]
        known = await balances(office, bank.company_id)
        assert known["43000001"] == Decimal("899.99")

    async def in_dollars(self, bank: Bank) -> None:
        """The account and its line, in dollars."""
        async with bank.office.act() as act:
            for table in (table_of(BankAccount), table_of(BankLine)):
                await act.session.execute(
                    update(table).where(table.c.company_id == bank.company_id).values(currency="USD")
                )

    @pytest.mark.parametrize(
        ("more", "rate", "refusal"),
        [
            ({}, None, CurrencyDiffers),
            ({"paid": Decimal("0.00")}, None, PaidDiffers),
            ({"paid": Decimal("900.005")}, None, PaidDiffers),
            ({"paid": Decimal("930.00")}, None, AmountsAboveLine),
            ({"paid": Decimal("920.00")}, "0.9", RateNotNeeded),
        ],
    )
    async def test_refuses_what_does_not_say_how_much(
        self, office: Office, more: dict[str, Any], rate: str | None, refusal: type[Refused]
    ) -> None:
        bank = await open_bank(office)
        sold = await self.dollars(bank)
        line = await received(bank, "920.00", "TRANSF BROOKLYN ROASTERS")
        before = await state(bank, [sold])

        with pytest.raises(refusal):
            await settle_line(bank, line, target(sold, "1000.00", **more), rate=rate)

        assert await state(bank, [sold]) == before

    async def test_refuses_two_amounts_in_one_currency(self, office: Office) -> None:
        bank = await open_bank(office)
        sold = await bank.sale("Forn Vidal SL", "100.00")
        line = await received(bank, "100.00", "FORN VIDAL")

        with pytest.raises(PaidDiffers):
            await settle_line(bank, line, target(sold, "100.00", paid=Decimal("99.00")))

    async def test_refuses_what_is_paid_already(self, office: Office) -> None:
        bank = await open_bank(office)
        sold = await bank.sale("Forn Vidal SL", "100.00")
        await settle_line(bank, await received(bank, "100.00", "FORN VIDAL"), target(sold, "100.00"))
        line = await received(bank, "100.00", "FORN VIDAL", day=9)

        with pytest.raises(DocumentNotOpen):
            await settle_line(bank, line, target(sold, "100.00"))
