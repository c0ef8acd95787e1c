"""Files of issued invoices for whoever sees their PDF, from rows on the real engine."""

from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from facturx import get_facturx_xml_from_pdf, xml_check_xsd
from lxml import etree
from pypdf import PdfReader
from sqlalchemy import text

from services.access.interface import Viewer
from services.access.policy import Scope
from services.documents.interface import NewLine
from services.einvoices.files import EInvoiceFormat, einvoice_of
from services.einvoices.invoice import NotExchanged, PartyNotComplete
from services.kit.errors import Denied, NotFound
from tests.support.builders.documents import approved, customer, draft, issuer, row, sent
from tests.support.office import BOOKS, Office

LINKS = "query ($id: ID!) { salesDocument(id: $id) { facturaeUrl ublUrl facturXUrl } }"


async def complete(office: Office, **granted: Any) -> tuple[UUID, UUID]:
    """An issuer and a customer whose cards say all that the formats want."""
    company_id = await issuer(office, **granted)
    contact_id = await customer(office, company_id)
    async with office.act() as act:
        for table, key in (("company", company_id), ("contact", contact_id)):
            await act.session.execute(
                text(f"update {table} set province = 'Barcelona' where id = :k"),  # noqa: S608 -- two known names
                {"k": key},
            )
    return company_id, contact_id


async def file_of(
    office: Office, viewer: Viewer, document_id: UUID, wanted: EInvoiceFormat
) -> tuple[str, str, bytes]:
    return await einvoice_of(office.database, office.store, viewer, document_id, wanted)


class TestEInvoiceOf:
    async def test_is_ubl_with_the_figures_of_the_document(self, office: Office) -> None:
        company_id, contact_id = await complete(office)
        lines = (
            NewLine(
                description="Oak",
                quantity=Decimal(3),
                unit_price=Decimal("10.3333"),
                discount_percent=Decimal(10),
                tax_rate=Decimal(21),
            ),
            NewLine(description="Bread", unit_price=Decimal(100), tax_rate=Decimal(4)),
        )
        document_id = await approved(
            office, company_id, contact_id, lines=lines, withholding_rate=Decimal(15)
        )

        name, media_type, content = await file_of(office, office.manager, document_id, EInvoiceFormat.UBL)

        kept = await row(office, document_id)
        assert (name, media_type) == (f"{kept.number}-ubl.xml", "application/xml")
        assert xml_check_xsd(content, flavor="ubl-2.1-invoice")
        payable = etree.fromstring(content).findtext("{*}LegalMonetaryTotal/{*}PayableAmount")
        assert Decimal(payable or "0") == kept.total

    async def test_is_facturae(self, office: Office) -> None:
        company_id, contact_id = await complete(office)
        document_id = await approved(office, company_id, contact_id)

        name, _, content = await file_of(office, office.owner, document_id, EInvoiceFormat.FACTURAE)

        assert name.endswith("-facturae.xml")
        assert etree.fromstring(content).findtext("Invoices/Invoice/InvoiceTotals/InvoiceTotal") == "121.00"

    async def test_is_the_pdf_with_its_xml_inside(self, office: Office) -> None:
        company_id, contact_id = await complete(office)
        document_id = await approved(office, company_id, contact_id)

        name, media_type, content = await file_of(office, office.owner, document_id, EInvoiceFormat.FACTUR_X)

        assert (name, media_type) == ("FV26-000001-factur-x.pdf", "application/pdf")
        inside, embedded = get_facturx_xml_from_pdf(content)
        assert inside == "factur-x.xml"
        assert xml_check_xsd(embedded, flavor="factur-x", level="en16931")
        assert "121,00" in PdfReader(BytesIO(content)).pages[0].extract_text()

    async def test_of_a_credit_note_is_positive_in_ubl_and_negative_in_facturae(self, office: Office) -> None:
        company_id, contact_id = await complete(office)
        original = await approved(office, company_id, contact_id)
        back = (
            NewLine(description="Oak", quantity=Decimal(-1), unit_price=Decimal(100), tax_rate=Decimal(21)),
        )
        document_id = await approved(
            office,
            company_id,
            contact_id,
            lines=back,
            rectifies_id=original,
            rectification_reason="Returned",
            rectification_method="I",
        )

        *_, as_ubl = await file_of(office, office.owner, document_id, EInvoiceFormat.UBL)
        *_, as_facturae = await file_of(office, office.owner, document_id, EInvoiceFormat.FACTURAE)

        assert etree.QName(etree.fromstring(as_ubl)).localname == "CreditNote"
        assert b">121.00<" in as_ubl
        assert b">-121.00<" in as_facturae
        assert b"FV26-000001" in as_facturae

    @pytest.mark.parametrize("wanted", list(EInvoiceFormat))
    async def test_is_refused_for_what_is_not_issued(self, office: Office, wanted: EInvoiceFormat) -> None:
        company_id, contact_id = await complete(office)
        waiting = await draft(office, company_id, contact_id)
        estimate = await approved(office, company_id, contact_id, kind="ESTIMATE")

        for document_id in (waiting, estimate):
            with pytest.raises(NotExchanged):
                await file_of(office, office.owner, document_id, wanted)

    async def test_says_what_a_card_lacks(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await approved(office, company_id, await customer(office, company_id))

        with pytest.raises(PartyNotComplete) as refused:
            await file_of(office, office.owner, document_id, EInvoiceFormat.FACTURAE)

        assert refused.value.values["missing"] == "province"


class TestVisibility:
    async def test_is_that_of_the_pdf(self, office: Office, other_office: Office) -> None:
        company_id, contact_id = await complete(office)
        document_id = await sent(office, company_id, contact_id)
        unsent = await approved(office, company_id, contact_id)
        other = await customer(office, company_id, "Forn Vell SL")
        reader = await office.portal_contact(company_id, contact_id)
        neighbour = await office.portal_contact(company_id, other)

        assert (await file_of(office, reader, document_id, EInvoiceFormat.UBL))[2]
        for viewer, asked in (
            (neighbour, document_id),
            (reader, unsent),
            (other_office.owner, document_id),
        ):
            with pytest.raises(NotFound):
                await file_of(office, viewer, asked, EInvoiceFormat.UBL)

    async def test_ends_with_the_grant(self, office: Office) -> None:
        company_id, contact_id = await complete(office)
        document_id = await approved(office, company_id, contact_id)
        blind = await office.employee(company_id, view=BOOKS - {Scope.SALES})

        with pytest.raises(Denied):
            await file_of(office, blind, document_id, EInvoiceFormat.FACTURAE)


class TestLinks:
    async def test_stand_on_issued_invoices_only(self, office: Office) -> None:
        company_id, contact_id = await complete(office)
        issued = await approved(office, company_id, contact_id)
        waiting = await draft(office, company_id, contact_id)

        found = await office.ask(office.manager, LINKS, {"id": str(issued)})
        none = await office.ask(office.manager, LINKS, {"id": str(waiting)})

        assert set(found.data["salesDocument"].values()) == {"/files/einvoice"}
        assert set(none.data["salesDocument"].values()) == {None}
