"""Many PDFs as one archive: chosen one by one or by the filtered list, each as its viewer may see it."""

import zipfile
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from services.contacts.actions.merging import merge_contacts, undo_merge
from services.documents.actions.handing_out import archive_document
from services.exports.interface import finished_file
from services.exports.progress import Desk, Made
from services.exports.rules import DOCUMENTS_MAX, ExportFormat
from services.kit.errors import Denied, NotFound
from services.kit.ids import new_id
from tests.support.builders.documents import customer, draft, issuer, row, sent
from tests.support.builders.exports import Exporting
from tests.support.office import Office


async def two_invoices(office: Office) -> tuple[UUID, UUID, UUID, UUID]:
    """A company, its customer and two sent invoices, printed beforehand: printing is not what is tested here."""
    company_id = await issuer(office)
    contact_id = await customer(office, company_id)
    made = [await sent(office, company_id, contact_id) for _ in range(2)]
    for number, document_id in enumerate(made):
        kept = await office.store.put(b"%PDF-1.4 " + bytes([65 + number]), "application/pdf")
        async with office.act() as act:
            await act.session.execute(
                text("update document set pdf_sha256 = :s where id = :d"),
                {"s": kept.sha256, "d": document_id},
            )
    return company_id, contact_id, made[0], made[1]


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(content))


class TestArchive:
    async def test_of_the_filtered_list_holds_each_document_under_its_number(
        self, office: Office, exporting: Exporting
    ) -> None:
        company_id, _, first, second = await two_invoices(office)
        arguments = {
            "companyId": str(company_id),
            "filter": {"type": "SALES_INVOICE"},
            "orderBy": "NUMBER_ASC",
        }

        asked = {"format": "ZIP", "arguments": arguments, "requestKey": new_id().hex}
        content = await exporting.made(office.manager, "salesDocuments", **asked)
        assert len(await exporting.panel(office.manager)) == 1
        assert await exporting.start(office.manager, "salesDocuments", **asked)

        numbers = [(await row(office, document_id)).number for document_id in (first, second)]
        archive = opened(content)
        assert archive.testzip() is None
        assert archive.namelist() == [f"{number}.pdf" for number in numbers]
        assert [archive.read(name) for name in archive.namelist()] == [b"%PDF-1.4 A", b"%PDF-1.4 B"]

    async def test_of_chosen_documents_holds_those(self, office: Office, exporting: Exporting) -> None:
        company_id, _, first, second = await two_invoices(office)

        content = await exporting.made(
            office.manager,
            "salesDocuments",
            format="ZIP",
            arguments={"companyId": str(company_id)},
            documentIds=[str(second), str(first)],
        )

        archive = opened(content)
        assert [archive.read(name) for name in archive.namelist()] == [b"%PDF-1.4 B", b"%PDF-1.4 A"]

    async def test_of_a_contact_holds_its_own_alone(self, office: Office, exporting: Exporting) -> None:
        company_id, contact_id, first, second = await two_invoices(office)
        contact = await office.portal_contact(company_id, contact_id)
        other = await office.portal_contact(company_id, await customer(office, company_id, "Altres SL"))
        chosen = [str(first), str(second)]

        own = await exporting.made(contact, "portalDocuments", format="ZIP")
        foreign = await exporting.start(other, "portalDocuments", format="ZIP", documentIds=chosen)
        await exporting.make(other, foreign)

        assert len(opened(own).namelist()) == 2
        state = await exporting.state(other, foreign)
        assert (state["state"], state["failure"]) == ("FAILED", "NOT_FOUND")

    async def test_of_a_contact_is_gone_with_a_card_that_was_merged_into_its_own_by_mistake(
        self, office: Office, exporting: Exporting
    ) -> None:
        company_id, theirs, _, _ = await two_invoices(office)
        mine = await customer(office, company_id, "Altres SL")
        contact = await office.portal_contact(company_id, mine)
        before = await exporting.start(contact, "portalDocuments")
        await exporting.make(contact, before)
        async with office.act() as act:
            merge = await merge_contacts(act, surviving_id=mine, merged_id=theirs)
        both = await exporting.start(contact, "portalDocuments")
        await exporting.make(contact, both)
        assert (await exporting.state(contact, both))["state"] == "DONE"

        async with office.act() as act:
            await undo_merge(act, merge.id)

        async with office.database.read(contact.id) as session:
            with pytest.raises(NotFound):
                await finished_file(session, contact, UUID(both))
            assert (await finished_file(session, contact, UUID(before))).sha256
        shown = await office.ask(contact, "{ exports { id } }")
        assert shown.data == {"exports": [{"id": before}]}

    async def test_of_a_contact_is_gone_with_a_document_that_is_no_longer_shown(
        self, office: Office, exporting: Exporting
    ) -> None:
        company_id, contact_id, first, _ = await two_invoices(office)
        contact = await office.portal_contact(company_id, contact_id)
        await exporting.made(contact, "portalDocuments", format="ZIP", arguments={})
        (made,) = await exporting.panel(contact)

        async with office.act() as act:
            await archive_document(act, first)

        async with office.database.read(contact.id) as session:
            with pytest.raises(NotFound):
                await finished_file(session, contact, UUID(made["id"]))

    async def test_of_a_contact_is_not_made_when_the_merge_is_undone_meanwhile(
        self, office: Office, exporting: Exporting, tmp_path: Path
    ) -> None:
        company_id, theirs, _, _ = await two_invoices(office)
        mine = await customer(office, company_id, "Altres SL")
        contact = await office.portal_contact(company_id, mine)
        async with office.act() as act:
            merge = await merge_contacts(act, surviving_id=mine, merged_id=theirs)
        desks = []
        for _ in range(2):
            export_id = await exporting.start(contact, "portalDocuments")
            desks.append(Desk(office.database, exporting.files, contact, UUID(export_id)))
            assert await desks[-1].begin() is not None
        path = tmp_path / "file"
        path.write_bytes(b"both cards")
        made = Made({company_id: 0})

        await desks[0].finish(path, ExportFormat.CSV, made)
        async with office.act() as act:
            await undo_merge(act, merge.id)

        with pytest.raises(Denied):
            await desks[1].finish(path, ExportFormat.CSV, made)

    async def test_with_a_document_of_another_firm_is_refused_like_one_that_never_existed(
        self, office: Office, other_office: Office, exporting: Exporting
    ) -> None:
        _, _, first, _ = await two_invoices(office)
        await other_office.client()
        told = []
        for document_id in (first, new_id()):
            export_id = await exporting.start(
                other_office.manager, "salesDocuments", format="ZIP", documentIds=[str(document_id)]
            )
            await exporting.make(other_office.manager, export_id)
            state = await exporting.state(other_office.manager, export_id)
            told.append((state["state"], state["failure"], state["failureText"]))

        assert told[0] == told[1]
        assert told[0][:2] == ("FAILED", "NOT_FOUND")

    async def test_is_refused_for_lists_without_documents_and_for_too_many(
        self, office: Office, exporting: Exporting
    ) -> None:
        await office.client()

        contacts = await exporting.ask(office.manager, "contacts", format="ZIP")
        many = await exporting.ask(
            office.manager,
            "salesDocuments",
            format="ZIP",
            documentIds=[str(new_id()) for _ in range(DOCUMENTS_MAX + 1)],
        )

        assert contacts.data["startExport"]["refusals"][0]["path"] == ["format"]
        assert many.data["startExport"]["refusals"][0]["path"] == ["documentIds"]

    async def test_tells_drafts_without_number_apart(self, office: Office, exporting: Exporting) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        ids = [str(await draft(office, company_id, contact_id, kind="ESTIMATE")) for _ in range(2)]

        content = await exporting.made(office.manager, "salesDocuments", format="ZIP", documentIds=ids)

        assert opened(content).namelist() == ["estimate.pdf", "estimate (2).pdf"]
