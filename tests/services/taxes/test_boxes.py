"""Every box opens the lines behind it, and they add up to it."""

from decimal import Decimal
from typing import Any

from tests.services.taxes.test_drafts import boxes, draft
from tests.services.taxes.worked_quarter import Quarter, worked_quarter
from tests.support.builders.documents import issuer
from tests.support.builders.journal import line, post
from tests.support.office import Office

BOX = """query ($company: ID!, $model: TaxModel!, $period: String!, $number: String!) {
  taxBox(companyId: $company, model: $model, year: 2026, period: $period, number: $number) {
    number sum { amount lineCount } currency
    lines { documentId entryId side number day name taxId code base quota surcharge amount }
  }
}"""


async def opened(quarter: Quarter, number: str, model: str = "M303", period: str = "1T") -> Any:
    answer = await quarter.office.ask(
        quarter.office.manager,
        BOX,
        {"company": str(quarter.company_id), "model": model, "period": period, "number": number},
    )
    assert answer.errors == [], answer.errors
    return answer.data["taxBox"]


class TestEveryBox:
    async def test_is_the_sum_of_the_lines_it_opens(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        for model, period in (("M303", "1T"), ("M390", "0A"), ("M111", "1T"), ("M115", "1T")):
            found = await draft(office, quarter.company_id, model, period)
            shown = boxes(found)
            opening = [
                box
                for section in found["figures"]["sections"]
                for one in section["lines"]
                for box in one["boxes"]
                if box["opens"]
            ]
            assert opening
            for box in opening:
                behind = await opened(quarter, box["number"], model, period)
                amounts = [Decimal(one["amount"]) for one in behind["lines"]]
                assert sum(amounts, Decimal("0.00")) == Decimal(behind["sum"]["amount"]), box
                assert Decimal(shown.get(box["number"], "0.00")) == Decimal(behind["sum"]["amount"]), box
                assert behind["sum"]["lineCount"] == len(amounts)

    async def test_names_the_documents(self, office: Office) -> None:
        quarter = await worked_quarter(office)

        found = await opened(quarter, "27")
        sale = next(one for one in found["lines"] if one["documentId"] == str(quarter.documents["retailer"]))
        rent = await opened(quarter, "03", "M115")

        assert (sale["base"], sale["quota"], sale["surcharge"], sale["amount"]) == (
            "1000.00",
            "210.00",
            "52.00",
            "262.00",
        )
        assert [(one["documentId"], one["amount"], one["code"]) for one in rent["lines"]] == [
            (str(quarter.documents["rent"]), "171.00", "W19.00")
        ]

    async def test_that_nothing_feeds_is_none(self, office: Office) -> None:
        company_id = await issuer(office)

        assert await opened(Quarter(office, company_id, {}), "71") is None
        assert (await opened(Quarter(office, company_id, {}), "07"))["lines"] == []


class TestTheInstalment:
    async def test_opens_the_entries_of_its_income_and_expenses(self, office: Office) -> None:
        company_id = await issuer(office)
        await post(office, company_id, [line("572", debit="900.00"), line("705", credit="900.00")])
        await post(office, company_id)
        quarter = Quarter(office, company_id, {})

        income, expenses, net = [await opened(quarter, box, "M130") for box in ("01", "02", "03")]

        assert (income["sum"]["amount"], expenses["sum"]["amount"], net["sum"]["amount"]) == (
            "900.00",
            "900.00",
            "0.00",
        )
        assert income["lines"][0]["entryId"] is not None
