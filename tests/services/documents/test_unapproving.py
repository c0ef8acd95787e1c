"""Taking an approval back."""

from decimal import Decimal

import pytest

from services.documents.actions.refusals import (
    IssuedStays,
    RectifiedStays,
    SettledStays,
)
from services.documents.actions.unapproving import unapprove_document, unapprove_documents
from services.documents.interface import approve_document, settle
from services.journal.interface import verify_ledger
from services.kit.errors import Denied
from tests.support.builders.documents import (
    LATER,
    approved,
    balances,
    customer,
    issuer,
    rectify,
    row,
)
from tests.support.builders.journal import post
from tests.support.office import Office


class TestUnapproving:
    async def test_leaves_no_trace_in_the_balances(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        expense = await approved(office, company_id, contact_id, kind="EXPENSE", number="T-1")

        async with office.act() as act:
            await unapprove_document(act, expense)

        again = await row(office, expense)
        assert (again.status, again.outstanding, again.entry_id) == ("PENDING_REVIEW", Decimal(0), None)
        assert await balances(office, company_id) == {}
        async with office.act() as act:
            await approve_document(act, expense)
            assert (await verify_ledger(act.session, company_id)).broken is None
        assert (await balances(office, company_id))["40000001"] == Decimal("-121.00")

    async def test_is_not_for_issued_paid_or_rectified_documents(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        sale = await approved(office, company_id, contact_id)
        paid, corrected = [
            await approved(office, company_id, contact_id, kind="PURCHASE_INVOICE", number=number)
            for number in ("A-1", "A-2")
        ]
        entry_id = await post(office, company_id)
        async with office.act() as act:
            await settle(act, document_id=paid, entry_id=entry_id, amount=Decimal("1.00"), on=LATER)
        await rectify(office, corrected, number="AB-1")

        async with office.act() as act:
            outcomes = await unapprove_documents(act, [sale, paid, corrected])

        assert [outcome.refused.code for outcome in outcomes if outcome.refused] == [
            IssuedStays.code,
            SettledStays.code,
            RectifiedStays.code,
        ]

    async def test_needs_somebody_who_approves(self, office: Office) -> None:
        company_id = await issuer(office)
        expense = await approved(office, company_id, await customer(office, company_id), kind="EXPENSE")

        with pytest.raises(Denied):
            async with office.act(office.bookkeeper) as act:
                await unapprove_document(act, expense)
