"""Payments and collections: what is open, partly paid, paid, and open again."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.documents.actions.refusals import DocumentNotOpen, SettledTooMuch
from services.documents.interface import open_items, settle, unsettle
from services.documents.rules.states import DocumentStatus, settled_status
from services.kit import clock
from tests.support.builders.documents import approved, customer, draft, issuer, piece, rectify, row
from tests.support.builders.journal import post
from tests.support.office import Office

PAID_ON = date(2026, 3, 20)


async def pay(office: Office, document_id: UUID, entry_id: UUID, amount: str, on: date = PAID_ON) -> UUID:
    async with office.act() as act:
        return await settle(act, document_id=document_id, entry_id=entry_id, amount=Decimal(amount), on=on)


class TestSettling:
    async def test_goes_from_approved_to_partly_paid_to_paid(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await approved(office, company_id, await customer(office, company_id))
        first, second = await post(office, company_id), await post(office, company_id)

        await pay(office, document_id, first, "21.00", date(2026, 3, 19))
        partly = await row(office, document_id)
        await pay(office, document_id, second, "100.00")
        paid = await row(office, document_id)

        assert (partly.status, partly.outstanding, partly.paid_on) == ("PARTLY_PAID", Decimal("100.00"), None)
        assert (paid.status, paid.outstanding, paid.paid_on) == ("PAID", Decimal("0.00"), PAID_ON)

    async def test_undone_restores_exactly_what_was_open(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        one, two = [await approved(office, company_id, contact_id) for _ in range(2)]
        early, late = await post(office, company_id), await post(office, company_id)
        await pay(office, one, early, "21.00")
        await pay(office, one, late, "100.00")
        await pay(office, two, late, "121.00")

        async with office.act() as act:
            opened = await unsettle(act, entry_id=late, at=clock.now())
            again = await unsettle(act, entry_id=late, at=clock.now())

        assert sorted(opened) == sorted([one, two])
        assert again == []
        assert [
            (found.status, found.outstanding) for found in (await row(office, one), await row(office, two))
        ] == [
            ("PARTLY_PAID", Decimal("100.00")),
            ("APPROVED", Decimal("121.00")),
        ]

    @pytest.mark.parametrize("amount", ["121.01", "0.00", "-1.00", "0.001"])
    async def test_refuses_more_than_is_open_and_less_than_a_cent(self, office: Office, amount: str) -> None:
        company_id = await issuer(office)
        document_id = await approved(office, company_id, await customer(office, company_id))

        with pytest.raises(SettledTooMuch):
            await pay(office, document_id, await post(office, company_id), amount)

    async def test_refuses_what_is_not_approved_and_what_is_paid(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        entry_id = await post(office, company_id)
        waiting = await draft(office, company_id, contact_id)
        estimate = await approved(office, company_id, contact_id, kind="ESTIMATE")
        paid = await approved(office, company_id, contact_id)
        await pay(office, paid, entry_id, "121.00")

        for document_id in (waiting, estimate, paid):
            with pytest.raises(DocumentNotOpen):
                await pay(office, document_id, entry_id, "1.00")

    @settings(max_examples=60)
    @given(st.lists(st.integers(min_value=1, max_value=20_000), min_size=1, max_size=8))
    def test_residual_stays_between_nothing_and_the_total(self, cents: list[int]) -> None:
        document_total = Decimal(sum(cents)) / 100
        settled = Decimal(0)

        for part in cents:
            settled += Decimal(part) / 100
            status = settled_status(document_total, settled)
            assert 0 <= document_total - settled <= document_total
            assert (status is DocumentStatus.PAID) == (settled == document_total)


class TestOpenItems:
    async def test_are_what_is_owed_the_oldest_due_first(self, office: Office) -> None:
        company_id, other = await issuer(office), await issuer(office, "Tallers Mistral SL")
        contact_id = await customer(office, company_id)
        sale = await approved(office, company_id, contact_id, due_on=date(2026, 5, 1))
        bill = await approved(
            office, company_id, contact_id, kind="PURCHASE_INVOICE", number="A-1", due_on=date(2026, 4, 1)
        )
        paid = await approved(office, company_id, contact_id)
        await pay(office, paid, await post(office, company_id), "121.00")
        await draft(office, company_id, contact_id)
        await approved(office, company_id, contact_id, kind="ESTIMATE")
        await approved(office, other, await customer(office, other))

        async with office.act() as act:
            found = await open_items(act.session, company_id)

        assert [(item.document_id, item.side) for item in found] == [(bill, "PURCHASES"), (sale, "SALES")]
        assert (found[1].contact_name, found[1].contact_tax_id) == ("Cafés Brisa SL", "B28015865")
        assert [(item.booked, item.booked_currency) for item in found] == [(Decimal("121.00"), "EUR")] * 2

    async def test_keep_the_sign_of_a_credit_note_and_say_what_was_booked(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        sold = await approved(
            office,
            company_id,
            contact_id,
            currency="USD",
            exchange_rate=Decimal("0.90"),
            lines=(piece("1000", tax_rate=Decimal(0)),),
        )
        credit = await rectify(office, sold)

        async with office.act() as act:
            found = {item.document_id: item for item in await open_items(act.session, company_id)}

        assert (found[sold].outstanding, found[sold].booked) == (Decimal("1000.00"), Decimal("900.00"))
        assert (found[credit].outstanding, found[credit].currency) == (Decimal("-1000.00"), "USD")
