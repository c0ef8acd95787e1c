"""A statement of account: what was charged and paid between two days, what is open, and how old it is."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from services.access.policy import Scope
from services.documents.actions.paying import NewPayment, record_payment
from services.documents.models import DocumentInstalment
from tests.support.builders.documents import approved, customer, draft, issuer, lines, sent
from tests.support.builders.exports import Exporting, about, table_of
from tests.support.office import BOOKS, Office

STATEMENT = """
query ($id: ID!, $from: Date, $to: Date) {
  contact(id: $id) {
    customerStatement(from: $from, to: $to) {
      balances { currency opening charged paid closing }
      lines { movedOn kind number currency charge payment balance }
      ageing { currency notDue days30 days60 days90 older total }
    }
    supplierStatement(from: $from, to: $to) { lines { number } }
  }
}
"""
YEAR = {"from": "2026-03-01", "to": "2026-06-30"}


class Account:
    """A customer with four invoices: one before the period, and one of each age at its end."""

    def __init__(self, office: Office, company_id: UUID, contact_id: UUID) -> None:
        self.office, self.company_id, self.contact_id = office, company_id, contact_id

    @classmethod
    async def open(cls, office: Office) -> "Account":
        company_id = await issuer(office)
        made = cls(office, company_id, await customer(office, company_id))
        first = await made.invoice("100.00", date(2026, 2, 2), date(2026, 3, 4))
        await made.invoice("200.00", date(2026, 4, 1), date(2026, 5, 15))
        await made.invoice("300.00", date(2026, 5, 10), date(2026, 6, 10))
        await made.invoice("400.00", date(2026, 6, 20), date(2026, 7, 20))
        await made.pay(first, "21.00", date(2026, 3, 10))
        # After the period, so nothing of it shows.
        await made.pay(first, "100.00", date(2026, 7, 1))
        return made

    async def invoice(self, price: str, on: date, due: date) -> UUID:
        return await sent(
            self.office,
            self.company_id,
            self.contact_id,
            issued_on=on,
            due_on=due,
            lines=lines((None, price, "21")),
        )

    async def pay(self, document_id: UUID, amount: str, on: date) -> None:
        async with self.office.act() as act:
            await record_payment(
                act,
                NewPayment(
                    document_id=document_id,
                    amount=Decimal(amount),
                    on=on,
                    account_code="570",
                    request_key=f"{amount} {on}",
                ),
            )

    async def read(self, viewer: Any, **period: str) -> Any:
        return await self.office.ask(viewer, STATEMENT, {"id": str(self.contact_id), **(period or YEAR)})


@pytest.fixture
async def account(office: Office) -> Account:
    return await Account.open(office)


class TestStatement:
    async def test_runs_from_the_opening_to_the_closing_balance(self, account: Account) -> None:
        statement = (await account.read(account.office.manager)).data["contact"]["customerStatement"]

        assert statement["balances"] == [
            {
                "currency": "EUR",
                "opening": "121.00",
                "charged": "1089.00",
                "paid": "21.00",
                "closing": "1189.00",
            }
        ]
        assert [(item["movedOn"], item["kind"], item["balance"]) for item in statement["lines"]] == [
            ("2026-03-10", "PAYMENT", "100.00"),
            ("2026-04-01", "SALES_INVOICE", "342.00"),
            ("2026-05-10", "SALES_INVOICE", "705.00"),
            ("2026-06-20", "SALES_INVOICE", "1189.00"),
        ]

    async def test_says_how_old_is_what_is_open_on_its_last_day(self, account: Account) -> None:
        statement = (await account.read(account.office.manager)).data["contact"]["customerStatement"]

        assert statement["ageing"] == [
            {
                "currency": "EUR",
                "notDue": "484.00",
                "days30": "363.00",
                "days60": "242.00",
                "days90": "0.00",
                "older": "100.00",
                "total": "1189.00",
            }
        ]

    async def test_ages_instalments_each_by_its_own_day(self, account: Account) -> None:
        async def aged() -> Any:
            answer = await account.read(account.office.manager)
            return answer.data["contact"]["customerStatement"]["ageing"][0]

        made = await account.invoice("100.00", date(2026, 6, 21), date(2026, 6, 21))
        before = await aged()
        async with account.office.act() as act:
            for position, (due, amount) in enumerate((("06-21", 40), ("06-25", 40), ("07-31", 41)), start=1):
                act.session.add(
                    DocumentInstalment(
                        company_id=account.company_id,
                        document_id=made,
                        position=position,
                        due_on=date.fromisoformat(f"2026-{due}"),
                        amount=Decimal(amount),
                    )
                )
        await account.pay(made, "55.00", date(2026, 6, 22))

        found = await aged()

        moved = {name: Decimal(found[name]) - Decimal(before[name]) for name in ("notDue", "days30", "total")}
        assert moved == {"notDue": Decimal(41), "days30": Decimal(-96), "total": Decimal(-55)}

    async def test_counts_a_credit_note_below_zero_and_each_currency_by_itself(
        self, account: Account
    ) -> None:
        await sent(
            account.office,
            account.company_id,
            account.contact_id,
            issued_on=date(2026, 6, 21),
            due_on=date(2026, 7, 21),
            currency="USD",
            exchange_rate=Decimal("0.90"),
            lines=lines((None, "10.00", "0")),
        )

        statement = (await account.read(account.office.manager)).data["contact"]["customerStatement"]

        assert [(item["currency"], item["closing"]) for item in statement["balances"]] == [
            ("EUR", "1189.00"),
            ("USD", "10.00"),
        ]
        assert statement["lines"][-1]["balance"] == "10.00"

    async def test_leaves_out_drafts_and_what_is_no_invoice(self, account: Account) -> None:
        await draft(account.office, account.company_id, account.contact_id, issued_on=date(2026, 6, 1))
        await sent(
            account.office,
            account.company_id,
            account.contact_id,
            kind="ESTIMATE",
            issued_on=date(2026, 6, 1),
        )

        statement = (await account.read(account.office.manager)).data["contact"]["customerStatement"]

        assert len(statement["lines"]) == 4

    async def test_of_a_period_that_ends_before_it_begins_is_none(self, account: Account) -> None:
        answer = await account.read(account.office.manager, **{"from": "2026-06-01", "to": "2026-05-01"})

        assert answer.data == {"contact": {"customerStatement": None, "supplierStatement": None}}

    async def test_is_the_same_by_plan_and_by_graphql_core(self, account: Account) -> None:
        variables = {"id": str(account.contact_id), **YEAR}
        planned = await account.office.ask(account.office.manager, STATEMENT, variables)
        resolved = await account.office.ask(account.office.manager, STATEMENT, variables, planned=False)

        assert planned.data == resolved.data


class TestViewers:
    async def test_who_are_the_contact_see_their_own_account_and_no_other(self, account: Account) -> None:
        contact = await account.office.portal_contact(account.company_id, account.contact_id)
        other = await account.office.portal_contact(
            account.company_id, await customer(account.office, account.company_id, "Altres SL")
        )

        own, foreign = await account.read(contact), await account.read(other)

        assert own.data["contact"]["customerStatement"]["balances"][0]["closing"] == "1189.00"
        assert len(own.data["contact"]["customerStatement"]["lines"]) == 4
        assert foreign.data == {"contact": None}

    async def test_who_are_the_contact_see_no_invoice_before_it_was_sent(self, account: Account) -> None:
        await approved(account.office, account.company_id, account.contact_id, issued_on=date(2026, 6, 25))
        contact = await account.office.portal_contact(account.company_id, account.contact_id)

        staff, own = await account.read(account.office.manager), await account.read(contact)

        assert staff.data["contact"]["customerStatement"]["balances"][0]["closing"] == "1310.00"
        assert own.data["contact"]["customerStatement"]["balances"][0]["closing"] == "1189.00"

    async def test_without_sales_are_told_so_and_of_another_firm_find_nobody(
        self, account: Account, other_office: Office
    ) -> None:
        closed = await account.office.employee(account.company_id, view=BOOKS - {Scope.SALES})
        stranger = await account.read(other_office.manager)

        answer = await account.read(closed)

        assert answer.data["contact"]["customerStatement"] is None
        assert answer.codes == ["SCOPE"]
        assert stranger.data == {"contact": None}

    async def test_who_are_the_contact_but_were_not_granted_sales_get_neither_read_nor_file(
        self, account: Account, tmp_path: Path
    ) -> None:
        contact = await account.office.portal_contact(
            account.company_id, account.contact_id, view=frozenset({Scope.CONTACTS})
        )

        answer = await account.read(contact)
        file = await Exporting.at(account.office, tmp_path).ask(
            contact, "customerStatement", arguments={"id": str(account.contact_id), **YEAR}
        )

        assert answer.data["contact"]["customerStatement"] is None
        assert "SCOPE" in answer.codes
        assert [item["code"] for item in file.data["startExport"]["refusals"]] == ["NOT_FOUND"]


class TestFile:
    async def test_holds_the_lines_and_says_of_whom(
        self, account: Account, other_office: Office, tmp_path: Path
    ) -> None:
        exporting = Exporting.at(account.office, tmp_path)
        await account.office.client("Una altra clienta SL")
        asked = {"arguments": {"id": str(account.contact_id), **YEAR}}

        content = await exporting.made(account.office.manager, "customerStatement", **asked)
        answer = await exporting.ask(other_office.manager, "customerStatement", **asked)

        rows = table_of(content)
        assert [row[rows[0].index("Balance")] for row in rows[1:5]] == [100.0, 342.0, 705.0, 1189.0]
        sheets = {
            sheet.title: list(sheet.iter_rows(values_only=True))
            for sheet in load_workbook(BytesIO(content)).worksheets
        }
        assert sheets["Balances"][1] == ("EUR", 121.0, 1089.0, 21.0, 1189.0)
        assert sheets["Ageing of what is open"][1] == ("EUR", 484.0, 363.0, 242.0, 0, 100.0, 1189.0)
        assert about(content)["Contact"] == "Cafés Brisa SL"
        assert about(content)["Company"] == "Fusteria Puig SL"
        assert [item["code"] for item in answer.data["startExport"]["refusals"]] == ["NOT_FOUND"]

    async def test_on_paper_has_company_opening_movements_and_ageing_in_this_order(
        self, account: Account, tmp_path: Path
    ) -> None:
        asked = {"arguments": {"id": str(account.contact_id), **YEAR}, "format": "PDF", "locale": "es"}

        content = await Exporting.at(account.office, tmp_path).made(
            account.office.manager, "customerStatement", **asked
        )

        paper = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        places = [
            paper.index(word)
            for word in (
                "Fusteria Puig SL",
                "Cafés Brisa SL",
                "Saldo inicial",
                "121,00",
                "Antigüedad del saldo",
                "1.189,00",
            )
        ]
        assert places[:5] == sorted(places[:5])
        assert paper.count("1.189,00") >= 3

    async def test_is_refused_at_once_without_sales(self, account: Account, tmp_path: Path) -> None:
        exporting = Exporting.at(account.office, tmp_path)
        closed = await account.office.employee(account.company_id, view=BOOKS - {Scope.SALES})

        answer = await exporting.ask(
            closed, "customerStatement", arguments={"id": str(account.contact_id), **YEAR}
        )

        assert [item["code"] for item in answer.data["startExport"]["refusals"]] == ["DENIED"]

    async def test_of_a_contact_is_its_own(self, account: Account, tmp_path: Path) -> None:
        exporting = Exporting.at(account.office, tmp_path)
        contact = await account.office.portal_contact(account.company_id, account.contact_id)

        content = await exporting.made(
            contact,
            "customerStatement",
            format="PDF",
            arguments={"id": str(account.contact_id), **YEAR},
        )

        assert content.startswith(b"%PDF-")
