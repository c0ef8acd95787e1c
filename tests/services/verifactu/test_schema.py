"""Invoice records as they are asked for: by the firm, the client, the contact it is made out to, and strangers."""

from typing import Any
from uuid import UUID

import pytest

from services.access.interface import Viewer
from services.access.policy import Scope
from services.verifactu.actions import record_cancellation
from tests.support.builders.documents import approved, customer, draft, issuer, sent
from tests.support.office import BOOKS, Office

ONE = """query ($id: ID!) { salesDocument(id: $id) { number
  verifactu { position type hash previousHash taxTotal total recordedAt qrUrl xml cancelledAt } } }"""
CHECK = "query ($id: ID!) { invoiceRecordCheck(companyId: $id) { recordCount broken { position number reason } } }"


async def asked(office: Office, viewer: Viewer, document_id: UUID) -> Any:
    """The plan's answer, after graphql-core gave the same."""
    planned = await office.ask(viewer, ONE, {"id": str(document_id)})
    walked = await office.ask(viewer, ONE, {"id": str(document_id)}, planned=False)
    assert walked.data == planned.data
    return planned.data["salesDocument"]


class TestRecord:
    async def test_stands_on_the_invoice(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await approved(office, company_id, await customer(office, company_id))

        found = (await asked(office, office.bookkeeper, document_id))["verifactu"]

        assert (found["position"], found["type"], found["previousHash"]) == (1, "F1", "")
        assert (found["taxTotal"], found["total"]) == ("21.00", "121.00")
        assert found["xml"].count(found["hash"]) == 1
        assert found["qrUrl"].startswith("https://www2.agenciatributaria.gob.es/wlpl/TIKE-CONT/")
        assert found["cancelledAt"] is None

    async def test_is_null_before_issue(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await draft(office, company_id, await customer(office, company_id))

        assert (await asked(office, office.owner, document_id))["verifactu"] is None

    async def test_says_when_the_invoice_was_made_void(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await approved(office, company_id, await customer(office, company_id))
        async with office.act() as act:
            await record_cancellation(act, document_id)

        assert (await asked(office, office.owner, document_id))["verifactu"]["cancelledAt"] is not None

    async def test_is_seen_by_the_contact_of_the_invoice_alone(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        document_id = await sent(office, company_id, contact_id)
        other_id = await customer(office, company_id, "Forn Vell SL")

        own = await asked(office, await office.portal_contact(company_id, contact_id), document_id)
        other = await asked(office, await office.portal_contact(company_id, other_id), document_id)

        assert own["verifactu"]["type"] == "F1"
        # The record names the invoice before it, which may be another customer's.
        assert (own["verifactu"]["xml"], own["verifactu"]["previousHash"]) == (None, None)
        assert other is None


class TestCheck:
    async def test_counts_the_records_of_a_chain_that_holds(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        for _ in range(2):
            await approved(office, company_id, contact_id)

        answer = await office.ask(office.manager, CHECK, {"id": str(company_id)})

        assert answer.data == {"invoiceRecordCheck": {"recordCount": 2, "broken": None}}

    async def test_is_refused_without_the_grant(self, office: Office) -> None:
        company_id = await office.client("Forn Vell SL", view=BOOKS - {Scope.SALES})

        answer = await office.ask(office.manager, CHECK, {"id": str(company_id)})

        assert (answer.data["invoiceRecordCheck"], answer.codes) == (None, ["SCOPE"])

    @pytest.mark.parametrize("company_id", ["01890000-0000-7000-8000-000000000000", "nothing"])
    async def test_of_an_unknown_company_is_null(self, office: Office, company_id: str) -> None:
        answer = await office.ask(office.manager, CHECK, {"id": company_id})

        assert (answer.data["invoiceRecordCheck"], answer.codes) == (None, [])

    async def test_of_its_issuer_is_null_for_a_contact(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        await sent(office, company_id, contact_id)
        reader = await office.portal_contact(company_id, contact_id)

        answer = await office.ask(reader, CHECK, {"id": str(company_id)})

        assert (answer.data["invoiceRecordCheck"], answer.codes) == (None, [])

    async def test_of_another_firms_client_is_null(self, office: Office, other_office: Office) -> None:
        company_id = await issuer(office)
        await approved(office, company_id, await customer(office, company_id))

        answer = await office.ask(other_office.owner, CHECK, {"id": str(company_id)})

        assert (answer.data["invoiceRecordCheck"], answer.codes) == (None, [])
