"""Full invoices in place of simplified ones (F3): the same said again to a named customer, declared and owed once."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from services.documents.actions.editing import lines_of, update_document
from services.documents.actions.refusals import NotSubstitutable, SubstitutionDisagrees, WentOn
from services.documents.actions.substituting import substitute_invoices
from services.documents.actions.voiding import void_document
from services.documents.interface import NewDocument, approve_document, pdf_of
from services.documents.rules.validity import PartyIncomplete
from services.kit.errors import NotFound
from tests.support.builders.documents import (
    LATER,
    approved,
    balances,
    customer,
    issuer,
    piece,
    rectify,
    row,
)
from tests.support.builders.journal import contact
from tests.support.office import Office

SUBSTITUTE = """mutation ($input: SubstituteInvoicesInput!) { substituteInvoices(input: $input) {
  salesDocument { id status isSubstitute isSimplified total convertedFrom { number } } refusals { code path } } }"""
DECLARED = """query ($c: ID!) {
  vatBookLines(companyId: $c, filter: {book: ISSUED}, first: 50, orderBy: NUMBER_ASC) {
    nodes { number invoiceType isSubstitute substitutes base } }
  vatBook(companyId: $c, book: ISSUED, year: 2026, period: "1T") { totals { lineCount base quota } }
  taxBox(companyId: $c, model: M303, year: 2026, period: "1T", number: "07") { sum { amount lineCount } } }"""


async def tickets(office: Office, company_id: UUID, count: int = 2) -> list[UUID]:
    """Simplified invoices of 0.35 plus VAT to nobody in particular: each rounds its 0.07."""
    nobody = await contact(office, company_id, "Clientes varios", is_customer=True)
    return [
        await approved(office, company_id, nobody, is_simplified=True, lines=(piece("0.35"),))
        for _ in range(count)
    ]


async def substituted(
    office: Office, simplified: list[UUID], contact_id: UUID, *, status: str = "PENDING_REVIEW"
) -> UUID:
    async with office.act() as act:
        return await substitute_invoices(
            act, simplified, contact_id=contact_id, issued_on=LATER, status=status, request_key="full"
        )


async def approve(office: Office, document_id: UUID) -> UUID:
    async with office.act() as act:
        return await approve_document(act, document_id)


async def record(office: Office, document_id: UUID) -> Any:
    async with office.act() as act:
        found = await act.session.execute(
            text("select * from invoice_record where document_id = :d"), {"d": document_id}
        )
        return found.one()


class TestSubstituting:
    async def test_says_the_same_again_and_books_nothing(self, office: Office) -> None:
        company_id = await issuer(office)
        simplified = await tickets(office, company_id, 3)
        before = await balances(office, company_id)

        full = await approve(
            office, await substituted(office, simplified, await customer(office, company_id))
        )

        kept = await row(office, full)
        assert (kept.number, kept.is_simplified, kept.is_substitute) == ("FV26-000001", False, True)
        assert (kept.taxable_base, kept.outstanding, kept.entry_id) == (Decimal("1.05"), Decimal(0), None)
        assert kept.operation_on == date(2026, 3, 2)
        assert await balances(office, company_id) == before
        listed = (await office.ask(office.manager, DECLARED, {"c": str(company_id)})).data
        *tickets_booked, full_booked = listed["vatBookLines"]["nodes"]
        assert [(one["number"], one["invoiceType"]) for one in tickets_booked] == [
            ("FS26-000001", "F2"),
            ("FS26-000002", "F2"),
            ("FS26-000003", "F2"),
        ]
        assert full_booked == {
            "number": "FV26-000001",
            "invoiceType": "F3",
            "isSubstitute": True,
            "substitutes": "FS26-000001, FS26-000002, FS26-000003",
            "base": "1.05",
        }
        assert listed["vatBook"]["totals"] == [{"lineCount": 3, "base": "1.05", "quota": "0.21"}]
        assert listed["taxBox"]["sum"] == {"amount": "1.05", "lineCount": 3}

    async def test_goes_on_record_as_f3_naming_what_it_replaces(self, office: Office) -> None:
        company_id = await issuer(office)
        full = await substituted(
            office, await tickets(office, company_id), await customer(office, company_id)
        )

        kept = await record(office, await approve(office, full))

        assert (kept.type, kept.tax_total, kept.total) == ("F3", Decimal("0.15"), Decimal("0.85"))
        place = kept.xml.index("<sum1:TipoFactura>F3</sum1:TipoFactura><sum1:FacturasSustituidas>")
        assert place < kept.xml.index("FS26-000001") < kept.xml.index("FS26-000002")
        assert "<sum1:Destinatarios>" in kept.xml

    async def test_prints_what_it_replaces(self, office: Office) -> None:
        company_id = await issuer(office)
        full = await substituted(
            office, await tickets(office, company_id), await customer(office, company_id)
        )

        _, content = await pdf_of(office.database, office.store, office.owner, await approve(office, full))

        printed = PdfReader(BytesIO(content)).pages[0].extract_text()
        assert "FS26-000001" in printed
        assert "art. 15.6" in printed

    async def test_is_asked_for_through_graphql_and_once(self, office: Office) -> None:
        company_id = await issuer(office)
        ids = [str(one) for one in await tickets(office, company_id)]
        asked = {
            "input": {
                "ids": ids,
                "contactId": str(await customer(office, company_id)),
                "issuedOn": "2026-03-09",
                "requestKey": "k",
            }
        }

        first, again = [await office.ask(office.manager, SUBSTITUTE, asked) for _ in range(2)]

        document = first.data["substituteInvoices"]["salesDocument"]
        assert (document["status"], document["isSubstitute"]) == ("DRAFT", True)
        assert {one["number"] for one in document["convertedFrom"]} == {"FS26-000001", "FS26-000002"}
        assert again.data == first.data


class TestRefusals:
    async def test_takes_each_simplified_invoice_once_and_nothing_else(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        once, corrected = await tickets(office, company_id)
        await rectify(office, corrected)
        await substituted(office, [once], contact_id)
        plain = await approved(office, company_id, contact_id)

        async with office.act() as act:
            for simplified in (once, corrected, plain):
                with pytest.raises(NotSubstitutable):
                    await substitute_invoices(
                        act, [simplified], contact_id=contact_id, issued_on=LATER, request_key="other"
                    )
            with pytest.raises(WentOn):
                await void_document(act, once, reason="Twice", request_key="void")

    async def test_wants_a_customer_that_the_law_would_take(self, office: Office) -> None:
        company_id = await issuer(office)
        nameless = await contact(office, company_id, "Somebody", is_customer=True)
        full = await substituted(office, await tickets(office, company_id), nameless)

        with pytest.raises(PartyIncomplete):
            await approve(office, full)

    async def test_may_not_say_something_else(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        full = await substituted(office, await tickets(office, company_id), contact_id)
        async with office.act() as act:
            kept = await lines_of(act, full, with_ids=True)
            await update_document(
                act,
                full,
                1,
                NewDocument(
                    company_id="",
                    kind="",
                    contact_id=contact_id,
                    issued_on=LATER,
                    operation_on=date(2026, 3, 2),
                    lines=(*kept, piece("10")),
                ),
            )

        with pytest.raises(SubstitutionDisagrees):
            await approve(office, full)

    async def test_is_not_for_strangers(self, office: Office) -> None:
        company_id = await issuer(office)
        simplified = await tickets(office, company_id, 1)
        other = await issuer(office, "Tallers Mistral SL")
        stranger = await office.client_owner(other)
        theirs = await customer(office, other)

        with pytest.raises(NotFound):
            async with office.act(stranger) as act:
                await substitute_invoices(
                    act, simplified, contact_id=theirs, issued_on=LATER, request_key="k"
                )
        with pytest.raises(NotFound):
            await substituted(office, simplified, theirs)
