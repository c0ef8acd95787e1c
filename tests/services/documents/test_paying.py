"""Payments by hand, offsets, exchange differences, and all of it undone."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.documents.actions.paying import (
    NewPayment,
    offset_documents,
    record_payment,
    undo_settlement,
)
from services.documents.actions.refusals import (
    DocumentNotOpen,
    OffsetRefused,
    PaidElsewhere,
    SettledTooMuch,
)
from services.documents.interface import settle
from services.kit.errors import BadInput, Denied, NotFound
from tests.support.builders.documents import (
    approved,
    balances,
    customer,
    draft,
    issuer,
    piece,
    rectify,
    row,
)
from tests.support.builders.journal import post
from tests.support.office import Office

PAID_ON = date(2026, 3, 20)


async def pay(office: Office, document_id: UUID, amount: str, **fields: Any) -> UUID:
    async with office.act(fields.pop("viewer", None)) as act:
        return await record_payment(
            act,
            NewPayment(
                document_id=document_id,
                amount=Decimal(amount),
                on=PAID_ON,
                **{"account_code": "570", "request_key": amount, **fields},
            ),
        )


async def offset(office: Office, credit: UUID, invoice: UUID, amount: str | None = None) -> UUID:
    async with office.act() as act:
        return await offset_documents(
            act,
            credit,
            invoice,
            amount=Decimal(amount) if amount else None,
            on=PAID_ON,
            request_key=f"{credit} {amount}",
        )


async def settlement_of(office: Office, document_id: UUID) -> UUID:
    async with office.act() as act:
        found: UUID = (
            await act.session.execute(
                text("select id from settlement where document_id = :d and undone_at is null"),
                {"d": document_id},
            )
        ).scalar_one()
        return found


class TestPayment:
    async def test_is_posted_once_and_settles(self, office: Office) -> None:
        company_id = await issuer(office)
        sale = await approved(office, company_id, await customer(office, company_id))

        for _ in range(2):
            await pay(office, sale, "100.00")

        kept = await row(office, sale)
        assert (kept.status, kept.outstanding) == ("PARTLY_PAID", Decimal("21.00"))
        known = await balances(office, company_id)
        assert (known["570"], known["43000001"]) == (Decimal("100.00"), Decimal("21.00"))

    async def test_undone_leaves_everything_as_before(self, office: Office) -> None:
        company_id = await issuer(office)
        sale = await approved(office, company_id, await customer(office, company_id))
        before = await balances(office, company_id)
        await pay(office, sale, "121.00")

        async with office.act() as act:
            settlement_id = await act.session.scalar(
                text("select id from settlement where document_id = :d"), {"d": sale}
            )
            await undo_settlement(act, settlement_id)

        kept = await row(office, sale)
        assert (kept.status, kept.outstanding, kept.paid_on) == ("APPROVED", Decimal("121.00"), None)
        assert await balances(office, company_id) == before
        with pytest.raises(NotFound):
            async with office.act() as act:
                await undo_settlement(act, settlement_id)

    async def test_of_a_bank_line_is_undone_in_banking(self, office: Office) -> None:
        company_id = await issuer(office)
        sale = await approved(office, company_id, await customer(office, company_id))
        entry_id = await post(office, company_id)
        async with office.act() as act:
            await settle(act, document_id=sale, entry_id=entry_id, amount=Decimal("1.00"), on=PAID_ON)

        with pytest.raises(PaidElsewhere):
            async with office.act() as act:
                await undo_settlement(act, await settlement_of(office, sale))
        await pay(office, sale, "2.00")
        asked = """query ($id: ID!) { salesDocument(id: $id) { settlements { amount isByHand } } }"""
        found = await office.ask(office.manager, asked, {"id": str(sale)})
        by_amount = {one["amount"]: one["isByHand"] for one in found.data["salesDocument"]["settlements"]}
        assert by_amount == {"1.00": False, "2.00": True}

    async def test_pays_a_credit_note_back(self, office: Office) -> None:
        company_id = await issuer(office)
        credit = await rectify(office, await approved(office, company_id, await customer(office, company_id)))

        await pay(office, credit, "-121.00")

        assert ((await row(office, credit)).status, (await balances(office, company_id))["570"]) == (
            "PAID",
            Decimal("-121.00"),
        )

    @pytest.mark.parametrize(
        ("amount", "fields", "refusal"),
        [
            ("121.01", {}, SettledTooMuch),
            ("-1.00", {}, SettledTooMuch),
            ("0.00", {}, SettledTooMuch),
            ("1.005", {}, SettledTooMuch),
            ("1.00", {"account_code": "700"}, BadInput),
            ("1.00", {"paid": Decimal("1.01")}, BadInput),
        ],
    )
    async def test_refuses_what_cannot_be_a_payment(
        self, office: Office, amount: str, fields: dict[str, Any], refusal: type[Exception]
    ) -> None:
        company_id = await issuer(office)
        sale = await approved(office, company_id, await customer(office, company_id))

        with pytest.raises(refusal):
            await pay(office, sale, amount, **fields)
        assert (await row(office, sale)).outstanding == Decimal("121.00")

    async def test_is_not_for_drafts_nor_for_those_who_do_not_approve(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)

        with pytest.raises(DocumentNotOpen):
            await pay(office, await draft(office, company_id, contact_id), "1.00")
        with pytest.raises(Denied):
            await pay(
                office, await approved(office, company_id, contact_id), "1.00", viewer=office.bookkeeper
            )


class TestExchangeDifference:
    @pytest.mark.parametrize(
        ("kind", "paid", "account", "difference"),
        [
            ("SALES_INVOICE", "900.00", "668", "13.70"),
            ("SALES_INVOICE", "920.00", "768", "-6.30"),
            ("PURCHASE_INVOICE", "900.00", "768", "-13.70"),
            ("PURCHASE_INVOICE", "920.00", "668", "6.30"),
        ],
    )
    async def test_goes_to_668_or_768(
        self, office: Office, kind: str, paid: str, account: str, difference: str
    ) -> None:
        company_id = await issuer(office)
        document_id = await approved(
            office,
            company_id,
            await customer(office, company_id),
            kind=kind,
            number=None if kind == "SALES_INVOICE" else "A-1",
            currency="USD",
            exchange_rate=Decimal("0.9137"),
            lines=(piece("1000", tax_rate=Decimal(0)),),
        )

        await pay(office, document_id, "1000.00", paid=Decimal(paid))

        known = await balances(office, company_id)
        third_party = "43000001" if kind == "SALES_INVOICE" else "40000001"
        assert third_party not in known
        assert known[account] == Decimal(difference)

    async def test_of_parts_leaves_no_cent_on_the_account(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await approved(
            office,
            company_id,
            await customer(office, company_id),
            currency="USD",
            exchange_rate=Decimal("0.333333"),
            lines=(piece("1000", tax_rate=Decimal(0)),),
        )

        for amount in ("333.33", "333.34", "333.33"):
            await pay(
                office,
                document_id,
                amount,
                paid=Decimal("111.11"),
                request_key=f"{amount} {(await row(office, document_id)).outstanding}",
            )

        assert "43000001" not in await balances(office, company_id)
        assert (await row(office, document_id)).status == "PAID"


class TestOffset:
    async def test_settles_both_without_an_entry_on_one_account(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        first = await approved(office, company_id, contact_id)
        credit = await rectify(office, first, lines=(piece("40", "-1"),))

        await offset(office, credit, first)

        kept, taken = await row(office, first), await row(office, credit)
        assert (kept.status, kept.outstanding) == ("PARTLY_PAID", Decimal("72.60"))
        assert (taken.status, taken.outstanding) == ("PAID", Decimal("0.00"))
        assert (await balances(office, company_id))["43000001"] == Decimal("72.60")

        async with office.act() as act:
            await undo_settlement(act, await settlement_of(office, credit))
        assert ((await row(office, first)).outstanding, (await row(office, credit)).outstanding) == (
            Decimal("121.00"),
            Decimal("-48.40"),
        )

    async def test_moves_between_the_accounts_of_one_supplier(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        service = await approved(
            office,
            company_id,
            contact_id,
            kind="EXPENSE",
            number="S-1",
            lines=(piece("100", ledger_account_code="629"),),
        )
        goods = await approved(office, company_id, contact_id, kind="PURCHASE_INVOICE", number="G-1")
        credit = await rectify(office, goods, number="G-2")

        await offset(office, credit, service, "121.00")

        known = await balances(office, company_id)
        assert "41000001" not in known
        assert known["40000001"] == Decimal("-121.00")

    async def test_is_for_one_contact_and_opposite_signs(self, office: Office) -> None:
        company_id = await issuer(office)
        mine, other = [
            await approved(office, company_id, await customer(office, company_id, name))
            for name in ("Cafés Brisa SL", "Forn Nou SL")
        ]
        credit = await rectify(office, mine)

        with pytest.raises(OffsetRefused):
            await offset(office, credit, other)
        with pytest.raises(OffsetRefused):
            await offset(office, mine, credit)
        with pytest.raises(SettledTooMuch):
            await offset(office, credit, mine, "121.01")
