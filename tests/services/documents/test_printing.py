"""The PDF of a document: who gets it, and that what was issued never changes."""

from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader
from sqlalchemy import update

from services.access.interface import Viewer
from services.access.policy import Scope
from services.contacts.interface import contact_table
from services.documents.interface import archive_document, pdf_of
from services.documents.pdf import KindNotPrinted
from services.kit.errors import Denied, NotFound
from tests.support.builders.documents import approved, customer, draft, issuer, row, sent
from tests.support.office import BOOKS, Office


async def pdf(office: Office, viewer: Viewer, document_id: UUID) -> tuple[str, bytes]:
    return await pdf_of(office.database, office.store, viewer, document_id)


def words(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


class TestPdf:
    async def test_says_what_was_issued_and_never_changes(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        document_id = await sent(office, company_id, contact_id)

        name, first = await pdf(office, office.manager, document_id)
        async with office.act() as act:
            await act.session.execute(
                update(contact_table()).where(contact_table().c.id == contact_id).values(name="Renamed SL")
            )
        _, second = await pdf(office, await office.portal_contact(company_id, contact_id), document_id)

        assert name == "FV26-000001.pdf"
        assert first == second
        assert (await row(office, document_id)).pdf_sha256 is not None
        for expected in ("FV26-000001", "B65410011", "B28015865", "Cafés Brisa SL", "121,00"):
            assert expected in words(first)

    async def test_of_a_draft_is_marked_and_not_kept(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await draft(office, company_id, await customer(office, company_id))

        name, content = await pdf(office, office.bookkeeper, document_id)

        assert name == "sales-invoice.pdf"
        assert "BORRADOR" in words(content).upper()
        assert (await row(office, document_id)).pdf_sha256 is None

    async def test_of_a_bill_is_refused(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await draft(office, company_id, None, kind="EXPENSE")

        with pytest.raises(KindNotPrinted):
            await pdf(office, office.manager, document_id)


class TestWhoMay:
    async def test_a_contact_gets_what_it_may_see_and_nothing_else(self, office: Office) -> None:
        company_id = await issuer(office)
        mine, other = await customer(office, company_id), await customer(office, company_id, "Molino Alto SA")
        portal = await office.portal_contact(company_id, mine)
        shown = await sent(office, company_id, mine)
        estimate = await approved(office, company_id, mine, kind="ESTIMATE")
        archived = await sent(office, company_id, mine, issued_on=date(2026, 3, 3))
        async with office.act() as act:
            await archive_document(act, archived)
        hidden = [
            archived,
            await approved(office, company_id, mine, issued_on=date(2026, 3, 4)),
            await draft(office, company_id, mine, kind="ESTIMATE", status="DRAFT"),
            await sent(office, company_id, other, issued_on=date(2026, 3, 5)),
        ]

        for document_id in (shown, estimate):
            assert (await pdf(office, portal, document_id))[1].startswith(b"%PDF")
        for document_id in hidden:
            with pytest.raises(NotFound):
                await pdf(office, portal, document_id)

    async def test_strangers_find_nothing_and_ungranted_modules_are_denied(self, office: Office) -> None:
        company_id = await issuer(office, assigned=False)
        document_id = await sent(office, company_id, await customer(office, company_id))
        stranger = await office.client_owner(await office.client("Tallers Mistral SL"))
        employee = await office.employee(company_id, view=BOOKS - {Scope.SALES})

        for viewer in (office.manager, stranger):
            with pytest.raises(NotFound):
                await pdf(office, viewer, document_id)
        with pytest.raises(Denied):
            await pdf(office, employee, document_id)
