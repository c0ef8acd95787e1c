"""Correcting what was issued."""

from datetime import date
from decimal import Decimal

import pytest

from services.documents.actions.refusals import (
    RectificationReasonMissing,
)
from tests.support.builders.documents import (
    approved,
    balances,
    booked,
    customer,
    issuer,
    piece,
    rectify,
    row,
)
from tests.support.office import Office


class TestRectifying:
    @pytest.mark.posting_rule(11)
    async def test_takes_an_invoice_back_whole(self, office: Office) -> None:
        company_id = await issuer(office)
        first = await approved(office, company_id, await customer(office, company_id))

        credit = await rectify(office, first)

        kept = await row(office, credit)
        assert (kept.number, kept.total, kept.outstanding, kept.rectification_method) == (
            "FR26-000001",
            Decimal("-121.00"),
            Decimal("-121.00"),
            "I",
        )
        assert await booked(office, credit) == ["C 43000001 121.00*", "D 47700021 21.00", "D 708 100.00"]

    async def test_says_the_whole_anew(self, office: Office) -> None:
        company_id = await issuer(office)
        first = await approved(office, company_id, await customer(office, company_id))

        anew = await rectify(office, first, method="S", lines=(piece("80"),))

        assert (await row(office, anew)).total == Decimal("-24.20")
        assert (await balances(office, company_id))["43000001"] == Decimal("96.80")

    async def test_uses_the_rate_of_the_first(self, office: Office) -> None:
        company_id = await issuer(office)
        first = await approved(
            office,
            company_id,
            await customer(office, company_id),
            issued_on=date(2025, 1, 7),
            operation_on=date(2024, 12, 30),
            lines=(piece("100", tax_code="S7_5"),),
        )

        assert (await row(office, await rectify(office, first))).total == Decimal("-107.50")

    @pytest.mark.posting_rule(12)
    async def test_books_a_suppliers_credit_note(self, office: Office) -> None:
        company_id = await issuer(office)
        first = await approved(
            office, company_id, await customer(office, company_id), kind="PURCHASE_INVOICE", number="A-7"
        )

        credit = await rectify(office, first, number="AB-1")

        assert await booked(office, credit) == ["C 47200021 21.00", "C 608 100.00", "D 40000001 121.00*"]

    async def test_wants_a_reason(self, office: Office) -> None:
        company_id = await issuer(office)
        first = await approved(office, company_id, await customer(office, company_id))

        with pytest.raises(RectificationReasonMissing):
            await rectify(office, first, reason=" ")
