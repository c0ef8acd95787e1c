"""Every box opens the lines behind it, and they add up to it."""

from decimal import Decimal
from typing import Any

from tests.services.taxes.test_drafts import RATES, boxes, draft
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


TYPE = """mutation ($company: ID!, $model: TaxModel!, $period: String!, $box: String!, $amount: Money) {
  typeTaxBox(input: {companyId: $company, model: $model, year: 2026, period: $period, box: $box, amount: $amount,
    reason: "Told by the client"}) { companyId refusals { code path } } }"""
SOLE_TRADER = """mutation ($company: ID!) {
  setTaxProfile(input: {companyId: $company, taxpayer: SOLE_TRADER, vatScheme: GENERAL, territory: COMMON}) {
    companyId refusals { code } } }"""

TYPED = (
    ("M303", "1T", "42", "12.50"),
    ("M303", "1T", "76", "3.00"),
    ("M303", "1T", "110", "300.00"),
    ("M303", "1T", "70", "1.00"),
    ("M390", "0A", "227", "40.00"),
    ("M390", "0A", "107", "15.00"),
    ("M111", "1T", "03", "240.00"),
    ("M111", "1T", "29", "9.00"),
    ("M115", "1T", "04", "11.00"),
    ("M130", "2T", "09", "20.00"),
    ("M130", "2T", "13", "5.00"),
)


async def explained(quarter: Quarter, model: str, period: str) -> dict[str, Decimal]:
    """Each box of amounts that is not nothing, by what its lines or its shares come to."""
    found = await draft(quarter.office, quarter.company_id, model, period)
    sums: dict[str, Decimal] = {}
    for box in (
        box for section in found["figures"]["sections"] for one in section["lines"] for box in one["boxes"]
    ):
        if box["kind"] != "AMOUNT" or not Decimal(box["amount"]):
            continue
        if not box["opens"]:
            sums[box["number"]] = sum((Decimal(one["amount"]) for one in box["shares"]), Decimal(0))
            continue
        behind = await opened(quarter, box["number"], model, period)
        amounts = [Decimal(one["amount"]) for one in behind["lines"]]
        assert sum(amounts, Decimal(0)) == Decimal(behind["sum"]["amount"]), box
        assert behind["sum"]["lineCount"] == len(amounts)
        sums[box["number"]] = Decimal(behind["sum"]["amount"])
    return sums


class TestEveryBox:
    async def test_of_every_model_is_the_sum_of_what_it_opens(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        company = str(quarter.company_id)
        await office.ask(office.manager, SOLE_TRADER, {"company": company})
        for model, period, box, amount in TYPED:
            asked = {"company": company, "model": model, "period": period, "box": box, "amount": amount}
            answer = await office.ask(office.manager, TYPE, asked)
            assert answer.data["typeTaxBox"]["refusals"] == [], (model, box)

        for model, period in (
            ("M303", "1T"),
            ("M303", "2T"),
            ("M390", "0A"),
            ("M111", "1T"),
            ("M115", "1T"),
            ("M130", "1T"),
            ("M130", "2T"),
        ):
            found = await draft(office, quarter.company_id, model, period)
            people = {"01", "07", "65"} if model in {"M111", "M115"} else set()
            shown = {
                box: Decimal(amount)
                for box, amount in boxes(found).items()
                if box not in people and not (model == "M303" and box in {*RATES, "65"})
            }
            assert await explained(quarter, model, period) == shown, model

    async def test_typed_by_hand_says_so(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        asked = {"company": str(quarter.company_id), "model": "M303", "period": "1T"}
        await office.ask(office.manager, TYPE, {**asked, "box": "42", "amount": "12.50"})

        itself, total = await opened(quarter, "42"), await opened(quarter, "45")

        assert [(one["side"], one["name"], one["amount"]) for one in itself["lines"]] == [
            ("TYPED", "Told by the client", "12.50")
        ]
        assert total["sum"]["amount"] == "1627.50"
        assert [one["number"] for one in total["lines"] if one["side"] == "TYPED"] == ["42"]

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

    async def test_opens_the_flat_expenses_with_the_others(self, office: Office) -> None:
        company_id = await issuer(office)
        await post(office, company_id, [line("572", debit="1000.00"), line("705", credit="1000.00")])
        quarter = Quarter(office, company_id, {})

        expenses, net = [await opened(quarter, box, "M130") for box in ("02", "03")]

        assert [(one["side"], one["amount"]) for one in expenses["lines"]] == [("FLAT", "50.00")]
        assert (expenses["sum"]["amount"], net["sum"]["amount"]) == ("50.00", "950.00")
