"""Finished exports over HTTP: by the signed link, for who had them made, while all in them is granted."""

import json
import zipfile
from io import BytesIO
from typing import Any

import httpx2

from services.access.actions import revoke_from_firm
from services.access.interface import Viewer
from services.kit.storage import LocalStore
from tests.gateway.serving import Served
from tests.gateway.test_files import link
from tests.support.builders.documents import customer, issuer, row, sent
from tests.support.builders.exports import Exporting
from tests.support.office import Office


async def made(office: Office, served: Served, **asked: Any) -> str:
    """A finished file of the manager's, where the server looks for it."""
    exporting = Exporting(office, LocalStore(served.settings.data_dir / "exported"))
    export_id = await exporting.start(office.manager, "contacts", **asked)
    await exporting.make(office.manager, export_id)
    return export_id


async def got(http: httpx2.AsyncClient, viewer: Viewer, export_id: str) -> httpx2.Response:
    return await http.get(link(viewer, "export", export=export_id))


class TestExport:
    async def test_comes_as_a_file_of_its_kind(
        self, http: httpx2.AsyncClient, served_office: Office, server: Served
    ) -> None:
        await served_office.client()
        export_id = await made(served_office, server, format="CSV")

        answer = await got(http, served_office.manager, export_id)

        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert answer.headers["content-disposition"].startswith("attachment")
        assert "contacts-fusteria-puig-sl-" in answer.headers["content-disposition"]
        assert answer.headers["cache-control"] == "private, no-store"
        assert answer.content.startswith("\ufeffName,".encode())

    async def test_of_somebody_else_is_not_found_whatever_the_other_may_see(
        self, http: httpx2.AsyncClient, served_office: Office, server: Served
    ) -> None:
        await served_office.client()
        export_id = await made(served_office, server)

        answer = await got(http, served_office.owner, export_id)

        assert answer.status_code == 404
        assert json.loads(answer.content)["code"] == "NOT_FOUND"

    async def test_is_not_found_once_a_grant_was_taken_back_after_the_link_was_given(
        self, http: httpx2.AsyncClient, served_office: Office, server: Served
    ) -> None:
        company_id = await served_office.client()
        client_owner = await served_office.client_owner(company_id)
        export_id = await made(served_office, server, arguments={"companyId": str(company_id)})
        address = link(served_office.manager, "export", export=export_id)
        assert (await http.get(address)).status_code == 200

        async with served_office.act(client_owner) as act:
            await revoke_from_firm(act, company_id=company_id, firm_id=served_office.firm_id)

        assert (await http.get(address)).status_code == 404


class TestArchive:
    async def test_fetched_by_the_contact_marks_its_documents_read_and_by_staff_nothing(
        self, http: httpx2.AsyncClient, served_office: Office, server: Served
    ) -> None:
        office = served_office
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        document_id = await sent(office, company_id, contact_id)
        contact = await office.portal_contact(company_id, contact_id)
        exporting = Exporting(office, LocalStore(server.settings.data_dir / "exported"))
        own = await exporting.start(contact, "portalDocuments", format="ZIP")
        await exporting.make(contact, own)
        staff = await exporting.start(office.manager, "salesDocuments", format="ZIP")
        await exporting.make(office.manager, staff)

        by_staff = await got(http, office.manager, staff)
        before = (await row(office, document_id)).read_at
        by_contact = await got(http, contact, own)

        assert by_staff.status_code == by_contact.status_code == 200
        assert zipfile.ZipFile(BytesIO(by_contact.content)).testzip() is None
        assert before is None
        assert (await row(office, document_id)).read_at is not None
