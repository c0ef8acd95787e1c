"""Rectifying by substitution: paper, record and files say the whole anew, the books have the difference."""

from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

from lxml import etree
from pypdf import PdfReader
from sqlalchemy import text

from services.documents.interface import pdf_of
from services.documents.restating import Said, said_by
from services.einvoices.files import EInvoiceFormat, einvoice_of
from tests.support.builders.documents import approved, balances, customer, issuer, piece, rectify, row
from tests.support.builders.every_invoice import issuing
from tests.support.office import Office


async def said(office: Office, document_id: UUID) -> Said:
    document = await row(office, document_id)
    async with office.act() as act:
        return await said_by(act.session, document)


async def record(office: Office, document_id: UUID) -> Any:
    async with office.act() as act:
        found = await act.session.execute(
            text("select * from invoice_record where document_id = :d"), {"d": document_id}
        )
        return found.one()


def record_text(found: Any, name: str) -> list[str | None]:
    return [each.text for each in etree.fromstring(found.xml).iter(f"{{*}}{name}")]


class TestTheWholeAnew:
    async def test_is_on_paper_beside_the_difference(self, office: Office) -> None:
        company_id = await issuer(office)
        first = await approved(office, company_id, await customer(office, company_id))
        anew = await rectify(office, first, method="S", lines=(piece("80", description="Ash board"),))

        _, content = await pdf_of(office.database, office.store, office.owner, anew)
        (page,) = PdfReader(BytesIO(content)).pages
        said_there = " ".join(page.extract_text().replace("\u00a0", " ").split())

        assert "Ash board" in said_there
        assert "Oak board" not in said_there
        assert "Total 96,80 €" in said_there
        assert "base −20,00 €, IVA −4,20 €, total −24,20 €" in said_there
        assert "sumaba 121,00 €" in said_there
        assert (await row(office, anew)).outstanding == Decimal("-24.20")

    async def test_is_on_record_beside_what_it_replaces(self, office: Office) -> None:
        company_id = await issuer(office)
        first = await approved(
            office, company_id, await customer(office, company_id), lines=(piece("100", tax_code="S21R52"),)
        )
        found = await record(
            office, await rectify(office, first, method="S", lines=(piece("80", tax_code="S10R14"),))
        )

        assert (found.tax_total, found.total) == (Decimal("9.12"), Decimal("89.12"))
        assert "importe=89.12" in found.qr_url
        assert record_text(found, "TipoImpositivo") == ["10.00"]
        assert record_text(found, "BaseRectificada") + record_text(found, "CuotaRectificada") == [
            "100.00",
            "21.00",
        ]

    async def test_in_dollars_differs_by_what_the_books_have(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        first = await approved(office, company_id, contact_id, currency="USD", exchange_rate=Decimal("0.90"))
        anew = await approved(
            office,
            company_id,
            contact_id,
            currency="USD",
            exchange_rate=Decimal("0.80"),
            lines=(piece("10"),),
            rectifies_id=first,
            rectification_reason="Freight was missing",
            rectification_method="S",
        )

        found = await record(office, anew)

        # 100 at 0.90 and 10 at 0.80.
        assert record_text(found, "BaseImponibleOimporteNoSujeto") == ["98.00"]
        assert record_text(found, "BaseRectificada") == ["90.00"]
        assert (await row(office, anew)).booked_total == Decimal("9.68")

    async def test_of_differences_alone_is_the_first_and_they(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        first = await approved(office, company_id, contact_id)
        anew = await approved(
            office,
            company_id,
            contact_id,
            lines=(piece("10", description="Freight"),),
            rectifies_id=first,
            rectification_reason="Freight was missing",
            rectification_method="S",
        )

        found = await said(office, anew)

        assert [(line.description, line.base) for line in found.lines] == [
            ("Oak board 1", Decimal("100.00")),
            ("Freight", Decimal("10.00")),
        ]
        assert [(tax.base, tax.quota) for tax in found.taxes] == [(Decimal("110.00"), Decimal("23.10"))]
        assert (await balances(office, company_id))["43000001"] == Decimal("133.10")

    async def test_is_in_the_files(self, office: Office) -> None:
        one = await issuing(office)
        anew = await rectify(office, await one.issued(), method="S", lines=(piece("80"),))

        files = [
            (await einvoice_of(office.database, office.store, office.owner, anew, wanted))[2].decode()
            for wanted in (EInvoiceFormat.UBL, EInvoiceFormat.FACTURAE)
        ]

        for content in files:
            assert ">96.80<" in content
            assert "Importe de la rectificación: -24.20 EUR" in content
        assert "<cbc:InvoiceTypeCode>384<" in files[0]
        assert "<CorrectionMethod>01<" in files[1]


class TestPricesWithVat:
    async def test_are_said_without(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await approved(
            office,
            company_id,
            await customer(office, company_id),
            lines=(piece("12.10", "2", discount_percent=Decimal(50)),),
            prices_include_tax=True,
        )

        (line,) = (await said(office, document_id)).lines

        # RD 1619/2012 art. 6.1 f: the price of a piece without VAT.
        assert (line.unit_price, line.base) == (Decimal("10.0000"), Decimal("10.00"))
