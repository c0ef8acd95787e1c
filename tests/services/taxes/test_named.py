"""Whom the 347 names: read off documents and payments."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.documents.actions.paying import NewPayment, record_payment
from services.documents.actions.substituting import substitute_invoices
from services.documents.interface import approve_document
from services.documents.models import DocumentSettings
from tests.services.taxes.test_drafts import boxes, draft, named
from tests.services.taxes.worked_quarter import one_line
from tests.support.builders.documents import LATER, approved, customer, issuer
from tests.support.builders.journal import contact
from tests.support.office import Office

CALENDAR = """query ($company: ID!) { taxCalendar(companyId: $company, year: 2026) {
  obligations { model period dueOn isEmpty } } }"""


async def german_customer(office: Office, company_id: UUID) -> UUID:
    return await contact(
        office, company_id, "Holz AG", is_customer=True, country="DE", tax_id="DE136695976",
        address="Hauptstraße 1", postcode="10115", city="Berlin",
    )  # fmt: skip


def said(found: Any) -> list[tuple[str, str | None, str]]:
    return [(one["amount"], one["corrects"], one["declaredBefore"]) for one in found["parties"]]


class TestThe349:
    async def test_nets_a_credit_note_of_the_same_month_and_corrects_the_month_later(
        self, office: Office
    ) -> None:
        company_id = await issuer(office)
        german = await german_customer(office, company_id)
        sale = await approved(
            office, company_id, german, issued_on=date(2026, 1, 5),
            lines=one_line("S_IC_GOODS", "60000.00", "700"),
        )  # fmt: skip
        back = (
            (date(2026, 1, 20), "-1000.00"),
            (date(2026, 2, 20), "-400.00"),
            (date(2026, 3, 20), "-100.00"),
        )
        for day, amount in back:
            await approved(
                office, company_id, german, issued_on=day, lines=one_line("S_IC_GOODS", amount, "700"),
                rectifies_id=sale, rectification_reason="Returned", rectification_method="I",
            )  # fmt: skip

        january = await named(office, company_id, "M349", "01")
        february = await named(office, company_id, "M349", "02")
        march = await named(office, company_id, "M349", "03")

        assert said(january) == [("59000.00", None, "0.00")]
        assert said(february) == [("58600.00", "01 2026", "59000.00")]
        assert said(march) == [("58500.00", "01 2026", "58600.00")]

    async def test_tells_apart_what_a_middleman_sold_on(self, office: Office) -> None:
        """Neither bought nor sold here, so the VAT return tells of it beside what is not subject."""
        company_id = await issuer(office)
        german = await german_customer(office, company_id)
        await approved(
            office, company_id, german, issued_on=date(2026, 1, 5),
            lines=[*one_line("S_IC_GOODS", "100.00", "700"), *one_line("S_IC_TRIANGULAR", "900.00", "700")],
        )  # fmt: skip

        first = await named(office, company_id, "M349", "1T")
        form = boxes(await draft(office, company_id, "M303", "1T"))

        assert [(one["key"], one["amount"]) for one in first["parties"]] == [("E", "100.00"), ("T", "900.00")]
        assert (form["59"], form["120"]) == ("100.00", "900.00")

    async def test_goes_by_months_once_much_was_sold_in_a_quarter(self, office: Office) -> None:
        company_id = await issuer(office)
        german = await german_customer(office, company_id)
        lines = one_line("S_IC_GOODS", "50000.01", "700")
        await approved(office, company_id, german, issued_on=date(2026, 4, 20), lines=lines)

        answer = await office.ask(office.manager, CALENDAR, {"company": str(company_id)})
        quarter = await named(office, company_id, "M349", "3T")
        april = await named(office, company_id, "M349", "04")

        listed = [one for one in answer.data["taxCalendar"]["obligations"] if one["model"] == "M349"]
        assert [one["period"] for one in listed] == ["1T", *(f"{month:02}" for month in range(4, 13))]
        assert listed[1]["dueOn"] == "2026-05-20"
        assert [one["period"] for one in listed if not one["isEmpty"]] == ["04"]
        assert [one["code"] for one in quarter["checks"]] == ["MONTHLY_349"]
        assert [(one["key"], one["amount"]) for one in april["parties"]] == [("E", "50000.01")]
        assert april["checks"] == []


class TestThe190:
    async def test_tells_a_professional_apart_by_rate(self, office: Office) -> None:
        company_id = await issuer(office)
        lawyer = await contact(office, company_id, "Marta Gil", is_supplier=True, tax_id="B28015865")
        for number, (day, rate) in enumerate(((date(2026, 2, 2), "7"), (date(2026, 5, 4), "15"))):
            await approved(
                office, company_id, lawyer, kind="PURCHASE_INVOICE", number=f"MG-{number}", issued_on=day,
                lines=one_line("P21", "1000.00", "623"), withholding_rate=Decimal(rate),
            )  # fmt: skip

        found = await named(office, company_id, "M190", "0A")

        assert [(one["key"], one["amount"], one["withheld"]) for one in found["parties"]] == [
            ("G-01", "1000.00", "150.00"),
            ("G-03", "1000.00", "70.00"),
        ]


class TestThe347:
    async def test_counts_simplified_invoices_for_whom_a_full_one_was_made_out_to(
        self, office: Office
    ) -> None:
        company_id = await issuer(office)
        async with office.act() as act:
            act.session.add(DocumentSettings(company_id=company_id, simplified_limit=Decimal(3000)))
        nobody = await contact(office, company_id, "Clientes varios", is_customer=True)
        tickets = [
            await approved(
                office, company_id, nobody, is_simplified=True, lines=one_line("S21", "2000.00", "700")
            )
            for _ in range(3)
        ]
        named_later = await customer(office, company_id)
        async with office.act() as act:
            full = await substitute_invoices(
                act,
                tickets[:2],
                contact_id=named_later,
                issued_on=LATER,
                status="PENDING_REVIEW",
                request_key="full",
            )
            await approve_document(act, full)

        found = await named(office, company_id, "M347", "0A")

        assert [(one["key"], one["name"], one["amount"]) for one in found["parties"]] == [
            ("B", "Cafés Brisa SL", "4840.00")
        ]

    async def test_names_a_customs_agent_for_the_fee_alone(self, office: Office) -> None:
        """The import is told by customs, and the line that takes its base off again is no trade either."""
        company_id = await issuer(office)
        agent = await contact(office, company_id, "Aduanas Sur SL", is_supplier=True, tax_id="B28015865")
        customs = [*one_line("P_IMPORT21", "5000.00", "600"), *one_line("P_NOT_SUBJECT", "-5000.00", "600")]
        for number, fee in (("AS-1", "100.00"), ("AS-2", "2900.00")):
            await approved(
                office, company_id, agent, kind="PURCHASE_INVOICE", number=number, issued_on=date(2026, 2, 2),
                lines=[*customs, *one_line("P21", fee, "624")],
            )  # fmt: skip
            if number == "AS-1":
                assert (await named(office, company_id, "M347", "0A"))["parties"] == []

        [party] = (await named(office, company_id, "M347", "0A"))["parties"]

        assert (party["key"], party["amount"]) == ("A", "3630.00")

    async def test_tells_what_was_received_in_cash(self, office: Office) -> None:
        company_id = await issuer(office)
        buyer = await customer(office, company_id)
        sale = await approved(office, company_id, buyer, lines=one_line("S21", "10000.00", "700"))
        async with office.act() as act:
            for place, (account, amount) in enumerate((("570", "6000.01"), ("572", "1000.00"))):
                await record_payment(
                    act,
                    NewPayment(
                        document_id=sale,
                        amount=Decimal(amount),
                        on=date(2026, 4, 1),
                        account_code=account,
                        request_key=str(place),
                    ),
                )

        [party] = (await named(office, company_id, "M347", "0A"))["parties"]

        assert (party["amount"], party["cash"], party["cashYear"]) == ("12100.00", "6000.01", None)
