"""Estimates that are answered, and what is cancelled."""

from datetime import UTC, date, datetime

import pytest

from services.access.policy import Scope
from services.documents.actions.deciding import cancel_document, decide_estimate, decide_own_estimate
from services.documents.actions.refusals import (
    AlreadyDecided,
    EstimateExpired,
    WentOn,
)
from services.documents.rules.conversions import (
    ConversionRefused,
)
from services.kit import clock
from services.kit.errors import NotFound
from tests.support.builders.documents import (
    approved,
    convert,
    customer,
    issuer,
    row,
)
from tests.support.office import Office


class TestEstimates:
    async def test_are_answered_once(self, office: Office) -> None:
        company_id = await issuer(office)
        estimate = await approved(office, company_id, await customer(office, company_id), kind="ESTIMATE")

        async with office.act() as act:
            await decide_estimate(act, estimate, accepted=False, name="Clara Vidal", reason="Too dear")

        kept = await row(office, estimate)
        assert (kept.status, kept.decided_by, kept.decision_reason) == ("REJECTED", "Clara Vidal", "Too dear")
        with pytest.raises(AlreadyDecided):
            async with office.act() as act:
                await decide_estimate(act, estimate, accepted=True, name="Clara Vidal")
        with pytest.raises(ConversionRefused):
            await convert(office, estimate, "SALES_ORDER")

    async def test_hold_until_their_last_day(self, office: Office) -> None:
        company_id = await issuer(office)
        estimate = await approved(
            office,
            company_id,
            await customer(office, company_id),
            kind="ESTIMATE",
            due_on=date(2026, 3, 20),
        )
        asked = """query ($company: ID!, $status: DocumentStatus!) {
            salesDocuments(companyId: $company, filter: {status: $status}) { nodes { status } } }"""

        with clock.moved_to(datetime(2026, 3, 21, 12, tzinfo=UTC)):
            with pytest.raises(EstimateExpired):
                async with office.act() as act:
                    await decide_estimate(act, estimate, accepted=True, name="Clara Vidal")
            expired, open_still = [
                await office.ask(office.owner, asked, {"company": str(company_id), "status": status})
                for status in ("EXPIRED", "APPROVED")
            ]

        assert expired.data["salesDocuments"]["nodes"] == [{"status": "EXPIRED"}]
        assert open_still.data["salesDocuments"]["nodes"] == []

    async def test_that_went_on_are_not_cancelled(self, office: Office) -> None:
        company_id = await issuer(office)
        estimate = await approved(office, company_id, await customer(office, company_id), kind="ESTIMATE")
        await convert(office, estimate, "SALES_ORDER")

        with pytest.raises(WentOn):
            async with office.act() as act:
                await cancel_document(act, estimate)


class TestOwnEstimate:
    async def test_is_answered_by_the_contact_it_is_made_out_to(self, office: Office) -> None:
        company_id = await issuer(office)
        mine, other = await customer(office, company_id), await customer(office, company_id, "Forn Nou SL")
        estimate = await approved(office, company_id, mine, kind="ESTIMATE")
        contact, stranger = [
            await office.portal_contact(company_id, one, view=frozenset({Scope.SALES}))
            for one in (mine, other)
        ]

        for viewer in (stranger, office.owner):
            with pytest.raises(NotFound):
                async with office.act(viewer) as act:
                    await decide_own_estimate(act, estimate, accepted=True, name="Clara Vidal")
        with pytest.raises(NotFound):
            async with office.act(contact) as act:
                await decide_estimate(act, estimate, accepted=True, name="Clara Vidal")
        async with office.act(contact) as act:
            await decide_own_estimate(act, estimate, accepted=True, name="Clara Vidal")

        assert (await row(office, estimate)).status == "ACCEPTED"
