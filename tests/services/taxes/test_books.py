"""The VAT books of the worked quarter."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.access.policy import Scope
from services.documents.rules.kinds import RectificationCause
from tests.services.taxes.worked_quarter import one_line, worked_quarter
from tests.support.builders.documents import approved, customer, issuer, rectify
from tests.support.office import BOOKS, Office

BOOK = """query ($company: ID!, $book: VatBookKind!, $filter: VatBookFilter) {
  vatBook(companyId: $company, book: $book, year: 2026, period: "1T") {
    book year period startsOn endsBefore currency
    totals { taxCode regime rate surchargeRate isInvestment lineCount base quota surcharge deductible total }
  }
  vatBookLines(companyId: $company, filter: $filter, first: 100) {
    totalCount
    nodes { book number issuedOn contactName taxId taxCode regime rate base quota surcharge deductible total
      isInvestment isRectifying invoiceType operationKey qualification taxYear taxQuarter }
  }
}"""


async def book(office: Office, company_id: object, kind: str, viewer: Any = None, **filters: Any) -> Any:
    answer = await office.ask(
        viewer or office.manager,
        BOOK,
        {"company": str(company_id), "book": kind, "filter": {"book": kind, **filters}},
    )
    assert answer.errors == [], answer.errors
    return answer.data


class TestTheBookOfInvoicesIssued:
    async def test_has_each_invoice_and_the_totals_by_rate(self, office: Office) -> None:
        quarter = await worked_quarter(office)

        found = await book(office, quarter.company_id, "ISSUED")

        totals = {one["taxCode"]: one for one in found["vatBook"]["totals"]}
        assert (totals["S21"]["base"], totals["S21"]["quota"], totals["S21"]["lineCount"]) == (
            "9700.00",
            "2037.00",
            2,
        )
        assert (totals["S21R52"]["surcharge"], totals["S21R52"]["total"]) == ("52.00", "1262.00")
        assert totals["S_IC_GOODS"]["regime"] == "INTRA_EU"
        assert found["vatBookLines"]["totalCount"] == 7
        assert [one["isRectifying"] for one in found["vatBookLines"]["nodes"]].count(True) == 1

    async def test_adds_up_to_its_lines(self, office: Office) -> None:
        quarter = await worked_quarter(office)

        for kind in ("ISSUED", "RECEIVED"):
            found = await book(office, quarter.company_id, kind)
            for name in ("base", "quota", "surcharge", "deductible", "total"):
                of_lines = sum(Decimal(one[name]) for one in found["vatBookLines"]["nodes"])
                assert of_lines == sum(Decimal(one[name]) for one in found["vatBook"]["totals"]), (kind, name)


class TestTheColumnsOfTheTaxAgency:
    async def test_tell_types_keys_and_qualifications(self, office: Office) -> None:
        quarter = await worked_quarter(office)

        issued = (await book(office, quarter.company_id, "ISSUED"))["vatBookLines"]["nodes"]
        received = (await book(office, quarter.company_id, "RECEIVED"))["vatBookLines"]["nodes"]

        told = {
            (one["taxCode"], one["isRectifying"]): (
                one["invoiceType"],
                one["operationKey"],
                one["qualification"],
            )
            for one in (*issued, *received)
        }
        assert told["S21", False] == ("F1", "01", "S1")
        assert told["S21", True] == ("R1", "01", "S1")
        assert told["S_IC_GOODS", False] == ("F1", "01", "E5")
        # As on record: without a number of the customer it is no full invoice.
        assert told["S_EXPORT", False] == ("F2", "02", "E2")
        assert told["P_IC_GOODS21", False] == ("F1", "09", None)
        assert told["P21", True] == ("R1", "01", None)
        assert {(one["taxYear"], one["taxQuarter"]) for one in issued} == {(2026, "1T")}

    @pytest.mark.parametrize(
        ("cause", "kind"),
        [("INSOLVENCY", "R2"), ("UNCOLLECTABLE", "R3"), ("OTHER", "R4"), ("CORRECTION", "R1")],
    )
    async def test_tell_the_cause_of_a_rectification(self, office: Office, cause: str, kind: str) -> None:
        company_id = await issuer(office)
        buyer = await customer(office, company_id)
        sale = await approved(office, company_id, buyer)
        await rectify(office, sale, cause=RectificationCause(cause), issued_on=date(2026, 9, 10))

        lines = (await book(office, company_id, "ISSUED"))["vatBookLines"]["nodes"]

        assert sorted(one["invoiceType"] for one in lines) == ["F1", kind]

    async def test_tell_what_customs_charged(self, office: Office) -> None:
        company_id = await issuer(office)
        await approved(
            office,
            company_id,
            await customer(office, company_id),
            kind="PURCHASE_INVOICE",
            number="DUA-1",
            lines=(*one_line("P_IMPORT21", "1000.00", "600"), *one_line("P_NOT_SUBJECT", "-1000.00", "600")),
        )

        lines = (await book(office, company_id, "RECEIVED"))["vatBookLines"]["nodes"]

        assert {(one["taxCode"], one["invoiceType"]) for one in lines} == {
            ("P_IMPORT21", "F5"),
            ("P_NOT_SUBJECT", "F1"),
        }


class TestTheBookOfInvoicesReceived:
    async def test_marks_investment_goods_and_what_the_buyer_owes(self, office: Office) -> None:
        quarter = await worked_quarter(office)

        goods = await book(office, quarter.company_id, "RECEIVED", investment=True)
        found = await book(office, quarter.company_id, "RECEIVED")

        assert [one["taxCode"] for one in goods["vatBookLines"]["nodes"]] == ["P21_INV"]
        by_code = {one["taxCode"]: one for one in found["vatBookLines"]["nodes"]}
        owed = by_code["P_IC_GOODS21"]
        assert (owed["quota"], owed["deductible"], owed["total"]) == ("168.00", "168.00", "800.00")
        deducted = sum(Decimal(one["deductible"]) for one in found["vatBookLines"]["nodes"])
        assert deducted == Decimal("1615.00")

    async def test_finds_by_name_and_period(self, office: Office) -> None:
        quarter = await worked_quarter(office)

        by_name = await book(office, quarter.company_id, "RECEIVED", search="holz")
        later = await book(office, quarter.company_id, "RECEIVED", **{"from": "2026-04-01"})

        assert [one["contactName"] for one in by_name["vatBookLines"]["nodes"]] == ["Holz AG"]
        assert later["vatBookLines"]["nodes"] == []


class TestWhoMayLook:
    async def test_needs_taxes_to_be_granted(self, office: Office, other_office: Office) -> None:
        quarter = await worked_quarter(office)
        ungranted = await office.client("Sense Permís SL", view=BOOKS - {Scope.TAXES})
        asked = {"company": str(quarter.company_id), "book": "ISSUED", "filter": {"book": "ISSUED"}}

        stranger = await other_office.ask(other_office.owner, BOOK, asked)
        refused = await office.ask(office.manager, BOOK, asked | {"company": str(ungranted)})

        assert stranger.data["vatBook"] is None
        assert stranger.data["vatBookLines"]["nodes"] == []
        assert refused.data["vatBook"] is None
        assert refused.data["vatBookLines"] is None
        assert "SCOPE" in refused.codes

    async def test_is_read_by_one_statement(self, office: Office) -> None:
        """Lines and totals of one answer come from one plan, so they agree."""
        asked = {"company": str(office.firm_id), "book": "ISSUED", "filter": {"book": "ISSUED"}}

        assert office.plan(office.manager.role, BOOK, asked) is not None
