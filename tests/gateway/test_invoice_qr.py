"""The QR code of an issued invoice, and files of its issuer's records, by signed link."""

from uuid import UUID

import httpx2

from services.access.interface import Viewer
from tests.gateway.test_files import link
from tests.support.builders.documents import customer, issuer, sent
from tests.support.office import Office
from tests.support.world import World


class TestInvoiceQr:
    async def test_is_a_picture_for_whoever_may_see_the_invoice_and_marks_nothing(
        self, http: httpx2.AsyncClient, served_office: Office
    ) -> None:
        company_id, contact_id = await _books(served_office)
        invoice = str(await sent(served_office, company_id, contact_id))
        reader = await served_office.portal_contact(company_id, contact_id)

        for viewer in (served_office.manager, reader):
            answer = await http.get(link(viewer, "invoice-qr", document=invoice))

            assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
            assert answer.content.startswith(b"\x89PNG")
        asked = "query ($id: ID!) { salesDocument(id: $id) { readAt openedAt } }"
        seen = await served_office.ask(served_office.manager, asked, {"id": invoice})
        assert seen.data["salesDocument"] == {"readAt": None, "openedAt": None}

    async def test_is_not_found_by_strangers_nor_for_what_has_no_record(
        self, http: httpx2.AsyncClient, served_office: Office, world: World
    ) -> None:
        company_id, contact_id = await _books(served_office)
        invoice = await sent(served_office, company_id, contact_id)
        bare = await sent(served_office, company_id, contact_id, kind="ESTIMATE")

        stranger = await http.get(link(world.client_owner, "invoice-qr", document=str(invoice)))
        estimate = await http.get(link(served_office.manager, "invoice-qr", document=str(bare)))

        assert (stranger.status_code, estimate.status_code) == (404, 404)


class TestInvoiceRecords:
    async def test_are_a_file_for_the_firm_and_for_nobody_else(
        self, http: httpx2.AsyncClient, served_office: Office, world: World
    ) -> None:
        company_id, contact_id = await _books(served_office)
        await sent(served_office, company_id, contact_id)
        reader = await served_office.portal_contact(company_id, contact_id)

        def stretch(viewer: Viewer) -> str:
            return link(viewer, "invoice-records", company=str(company_id), first="1", last="1")

        answer = await http.get(stretch(served_office.manager))
        # The chain names every other customer too.
        refused = [(await http.get(stretch(viewer))).status_code for viewer in (reader, world.client_owner)]

        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/xml")
        assert b"RegFactuSistemaFacturacion" in answer.content
        assert refused == [404, 404]


async def _books(office: Office) -> tuple[UUID, UUID]:
    company_id = await issuer(office)
    return company_id, await customer(office, company_id)
