"""Advances and the invoices that take them off (posting rule 17)."""

from decimal import Decimal
from uuid import UUID

import pytest

from services.documents.actions.advances import deduct_advance
from services.documents.actions.refusals import AdvanceMissing
from services.documents.interface import approve_document
from services.kit.errors import BadInput
from tests.support.builders.documents import (
    LATER,
    approved,
    balances,
    booked,
    customer,
    draft,
    issuer,
    piece,
    row,
)
from tests.support.office import Office


async def deduct(office: Office, document_id: UUID, advance_id: UUID, amount: str | None = None) -> UUID:
    version = (await row(office, document_id)).version
    async with office.act() as act:
        return await deduct_advance(
            act,
            document_id,
            advance_id,
            version=version,
            amount=Decimal(amount) if amount else None,
            text="Advance",
        )


class TestAdvance:
    @pytest.mark.posting_rule(17)
    async def test_comes_off_the_final_invoice_with_its_vat(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        advance = await approved(
            office, company_id, contact_id, lines=(piece("500", ledger_account_code="438"),)
        )
        final = await draft(office, company_id, contact_id, issued_on=LATER, lines=(piece("2000"),))

        await deduct(office, final, advance)
        async with office.act() as act:
            await approve_document(act, final)

        assert (await row(office, final)).total == Decimal("1815.00")
        assert await booked(office, final) == [
            "C 47700021 315.00",
            "C 700 2000.00",
            "D 43000001 1815.00*",
            "D 43800001 500.00*",
        ]
        assert "43800001" not in await balances(office, company_id)

    async def test_is_never_taken_off_twice(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        advance = await approved(
            office, company_id, contact_id, lines=(piece("500", ledger_account_code="438"),)
        )
        one, two = [
            await draft(office, company_id, contact_id, issued_on=LATER, lines=(piece("2000"),))
            for _ in range(2)
        ]

        await deduct(office, one, advance, "300.00")
        with pytest.raises(BadInput):
            await deduct(office, two, advance, "200.01")
        await deduct(office, two, advance)

        assert (await row(office, two)).taxable_base == Decimal("1800.00")
        with pytest.raises(AdvanceMissing):
            await deduct(office, two, advance)

    async def test_is_one_of_the_same_contact(self, office: Office) -> None:
        company_id = await issuer(office)
        advance = await approved(
            office,
            company_id,
            await customer(office, company_id),
            lines=(piece("500", ledger_account_code="438"),),
        )
        other = await draft(office, company_id, await customer(office, company_id, "Forn Nou SL"))

        with pytest.raises(AdvanceMissing):
            await deduct(office, other, advance)
