"""What is paid in a customer's name (suplidos): to be paid back, and a base of nothing (LIVA art. 78.Tres.3).

A lawyer's fee of 1000 with 21 % of VAT less 15 % of IRPF, and 120 of court fees paid for the client.
"""

from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from lxml import etree
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.documents.actions.refusals import OutlayTakenBackTwice, SubstitutionDisagrees
from services.documents.actions.substituting import substitute_invoices
from services.documents.interface import NewLine, approve_document, pdf_of
from services.documents.rules.kinds import RectificationCause
from services.documents.rules.validity import OutlayAccountRefused, OutlaysAlone
from services.einvoices.files import EInvoiceFormat, einvoice_of
from tests.services.taxes.test_drafts import boxes, draft, named
from tests.support.builders.documents import LATER, approved, customer, issuer, piece, rectify, row
from tests.support.builders.documents import booked as entry_of
from tests.support.builders.every_invoice import EVERY_INVOICE, issuing
from tests.support.builders.journal import contact
from tests.support.office import Office

FEE = piece("1000", ledger_account_code="705", description="Defence")
COURT = piece("120", tax_code="S_OUTLAY", description="Court fees")
LAWYER: dict[str, Any] = {"lines": (FEE, COURT), "withholding_rate": Decimal(15)}


async def lawyer(office: Office, **fields: Any) -> tuple[UUID, UUID, UUID]:
    """The company, its client, and the invoice."""
    company_id = await issuer(office)
    contact_id = await customer(office, company_id)
    return company_id, contact_id, await approved(office, company_id, contact_id, **{**LAWYER, **fields})


async def record(office: Office, document_id: UUID) -> Any:
    async with office.act() as act:
        found = await act.session.execute(
            text("select * from invoice_record where document_id = :d"), {"d": document_id}
        )
        return found.one()


async def taxes_of(office: Office, document_id: UUID) -> list[tuple[str, Decimal]]:
    async with office.act() as act:
        found = await act.session.execute(
            text("select tax_code, base from document_tax where document_id = :d"), {"d": document_id}
        )
        return [(each.tax_code, each.base) for each in found]


class TestASale:
    async def test_is_paid_with_it_and_taxed_without(self, office: Office) -> None:
        *_, invoice = await lawyer(office)

        kept = await row(office, invoice)

        assert (kept.taxable_base, kept.tax_total, kept.withholding, kept.outlay_total) == (
            Decimal("1000.00"),
            Decimal("210.00"),
            Decimal("150.00"),
            Decimal("120.00"),
        )
        assert (kept.total, kept.outstanding) == (Decimal("1180.00"), Decimal("1180.00"))
        assert kept.regime == "DOMESTIC"
        assert await taxes_of(office, invoice) == [("S21", Decimal("1000.00"))]
        assert await entry_of(office, invoice) == [
            "C 47700021 210.00",
            "C 555 120.00",
            "C 705 1000.00",
            "D 43000001 1180.00*",
            "D 473 150.00",
        ]

    async def test_in_another_currency_balances(self, office: Office) -> None:
        *_, invoice = await lawyer(office, currency="USD", exchange_rate=Decimal("0.9137"))

        assert [line for line in await entry_of(office, invoice) if " 555 " in line] == ["C 555 109.64"]

    async def test_with_a_surcharge_bears_none(self, office: Office) -> None:
        lines = (piece("100", tax_code="S21R52"), COURT)
        *_, invoice = await lawyer(office, lines=lines, withholding_rate=Decimal(0), prices_include_tax=True)

        assert (await row(office, invoice)).total == Decimal("220.00")

    async def test_is_in_no_return(self, office: Office) -> None:
        company_id, _, invoice = await lawyer(office)

        of_vat = boxes(await draft(office, company_id))
        found = await record(office, invoice)

        assert (of_vat["07"], of_vat["09"]) == ("1000.00", "210.00")
        assert (found.tax_total, found.total) == (Decimal("210.00"), Decimal("1210.00"))
        assert "importe=1210.00" in found.qr_url
        bases = etree.fromstring(found.xml).iter("{*}BaseImponibleOimporteNoSujeto")
        assert [base.text for base in bases] == ["1000.00"]

    async def test_does_not_bring_a_customer_into_the_347(self, office: Office) -> None:
        """2904.00 with VAT, 3024.00 with what was laid out; the 347 begins above 3005.06."""
        lines = (piece("2400", ledger_account_code="705"), COURT)
        company_id, contact_id, _ = await lawyer(office, lines=lines, withholding_rate=Decimal(0))

        before = await named(office, company_id, "M347", "0A")
        await approved(office, company_id, contact_id, lines=(piece("100"), COURT))
        after = await named(office, company_id, "M347", "0A")

        assert before["parties"] == []
        assert [party["amount"] for party in after["parties"]] == ["3025.00"]

    async def test_says_it_apart_on_paper(self, office: Office) -> None:
        *_, invoice = await lawyer(office)

        _, content = await pdf_of(office.database, office.store, office.owner, invoice)
        (page,) = PdfReader(BytesIO(content)).pages
        said = " ".join(page.extract_text().replace("\u00a0", " ").split())

        assert "Total 1.210,00 €" in said
        assert "Suplidos 120,00 €" in said
        assert "1.180,00 €" in said
        assert "art. 78.Tres.3.º" in said

    async def test_is_no_line_of_a_facturae(self, office: Office) -> None:
        one = await issuing(office)
        invoice = await EVERY_INVOICE["outlay"](one)

        _, _, content = await einvoice_of(
            office.database, office.store, office.owner, invoice, EInvoiceFormat.FACTURAE
        )

        root = etree.fromstring(content)
        assert [each.text for each in root.iter("ReimbursableExpensesAmount")] == ["120.00"]
        assert [each.text for each in root.iter("InvoiceTotal")] == ["1060.00"]
        assert [each.text for each in root.find(".//InvoiceTotals").iter("TotalExecutableAmount")] == [
            "1180.00"
        ]
        assert len(list(root.iter("InvoiceLine"))) == 1

    async def test_does_not_go_to_the_cards_income(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await contact(
            office, company_id, is_customer=True, income_account_code="705", tax_id="B28015865",
            address="Calle Mayor 4",
        )  # fmt: skip
        asking = [
            NewLine(description="Court", unit_price=Decimal(price), tax_code=code, asks_account=True)
            for price, code in (("1000", "S21"), ("120", "S_OUTLAY"))
        ]

        invoice = await approved(office, company_id, contact_id, lines=tuple(asking))

        assert "C 555 120.00" in await entry_of(office, invoice)

    async def test_is_refused_alone_and_as_income(self, office: Office) -> None:
        with pytest.raises(OutlaysAlone):
            await lawyer(office, lines=(COURT,))
        with pytest.raises(OutlayAccountRefused):
            await lawyer(office, lines=(FEE, piece("120", tax_code="S_OUTLAY", ledger_account_code="705")))

    async def test_keeps_it_once_it_is_approved_even_against_sql(self, office: Office) -> None:
        *_, invoice = await lawyer(office)

        with pytest.raises(DBAPIError, match="its outlays cannot change"):
            async with office.act() as act:
                await act.session.execute(
                    text("update document set outlay_total = 0 where id = :d"), {"d": invoice}
                )


class TestAPurchase:
    async def test_owes_it_to_the_supplier(self, office: Office) -> None:
        lines = (
            piece("1000", tax_code="P21", ledger_account_code="623"),
            piece("2000", tax_code="P_OUTLAY"),
        )
        company_id, _, bill = await lawyer(office, lines=lines, kind="PURCHASE_INVOICE", number="A-7")

        assert await entry_of(office, bill) == [
            "C 41000001 3060.00*",
            "C 4751 150.00",
            "D 47200021 210.00",
            "D 555 2000.00",
            "D 623 1000.00",
        ]
        of_vat = boxes(await draft(office, company_id))
        assert (of_vat["28"], of_vat["29"]) == ("1000.00", "210.00")


class TestARectification:
    async def test_takes_it_back_whole(self, office: Office) -> None:
        *_, invoice = await lawyer(office)

        credit = await rectify(office, invoice)

        kept = await row(office, credit)
        assert (kept.outlay_total, kept.total) == (Decimal("-120.00"), Decimal("-1180.00"))
        assert "D 555 120.00" in await entry_of(office, credit)

    async def test_does_not_take_it_back_twice(self, office: Office) -> None:
        """The fee has enough left of it each time; the outlay has not."""
        *_, invoice = await lawyer(office)
        part, most = (
            (piece("10", "-1", ledger_account_code="705"), piece(outlay, "-1", tax_code="S_OUTLAY"))
            for outlay in ("80", "40.01")
        )
        await rectify(office, invoice, lines=part, request_key="part")

        with pytest.raises(OutlayTakenBackTwice) as refused:
            await rectify(office, invoice, lines=most, request_key="beyond")

        said = refused.value.values
        assert (said["left"], said["taken"]) == (Decimal("40.00"), Decimal("40.01"))

    async def test_says_it_anew(self, office: Office) -> None:
        *_, invoice = await lawyer(office)
        court = piece("100", tax_code="S_OUTLAY", description="Court fees")

        anew = await rectify(office, invoice, method="S", lines=(FEE, court))

        kept = await row(office, anew)
        assert (kept.taxable_base, kept.outlay_total, kept.total) == (
            Decimal("0.00"),
            Decimal("-20.00"),
            Decimal("-20.00"),
        )
        _, content = await pdf_of(office.database, office.store, office.owner, anew)
        said = " ".join(PdfReader(BytesIO(content)).pages[0].extract_text().replace("\u00a0", " ").split())
        assert "Suplidos 100,00 €" in said
        assert "1.160,00 €" in said
        assert (await record(office, anew)).total == Decimal("1210.00")

    async def test_of_vat_alone_leaves_it_owed(self, office: Office) -> None:
        *_, invoice = await lawyer(office, withholding_rate=Decimal(0))

        credit = await rectify(office, invoice, cause=RectificationCause.INSOLVENCY)

        kept = await row(office, credit)
        assert (kept.outlay_total, kept.total) == (Decimal("0.00"), Decimal("-210.00"))


async def test_a_substitute_has_those_of_what_it_takes_the_place_of(office: Office) -> None:
    one = await issuing(office)
    nobody = await contact(office, one.company_id, "Clientes varios", is_customer=True)
    ticket = await one.issued(piece("10"), COURT, to=nobody, is_simplified=True)
    async with office.act() as act:
        made = await substitute_invoices(
            act, [ticket], contact_id=one.contact_id, issued_on=LATER, status="PENDING_REVIEW",
            request_key="full",
        )  # fmt: skip
        await act.session.execute(
            text("update document set outlay_total = 100, total = 112.10 where id = :d"), {"d": made}
        )
    with pytest.raises(SubstitutionDisagrees):
        async with office.act() as act:
            await approve_document(act, made)
