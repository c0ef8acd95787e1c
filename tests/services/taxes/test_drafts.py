"""Drafts of returns from real documents, approved and posted."""

from decimal import Decimal
from typing import Any

from tests.services.taxes.taxed_lines import WORKED_BOXES
from tests.services.taxes.worked_quarter import one_line, worked_quarter
from tests.support.builders.documents import approved, issuer
from tests.support.builders.journal import contact
from tests.support.office import Office

DRAFT = """query ($company: ID!, $model: TaxModel!, $year: Int!, $period: String!) {
  taxDraft(companyId: $company, model: $model, year: $year, period: $period) {
    model year period startsOn endsBefore dueOn currency
    record { id state }
    figures {
      problem problemCode resultType resultAmount
      sections { title lines { label boxes { number amount typed mayType opens kind shares { number amount of } } } }
      checks { code text ours theirs holds }
      differences { number kept now }
    }
  }
}"""


async def draft(
    office: Office,
    company_id: object,
    model: str = "M303",
    period: str = "1T",
    *,
    viewer: Any = None,
    year: int = 2026,
) -> Any:
    answer = await office.ask(
        viewer or office.manager,
        DRAFT,
        {"company": str(company_id), "model": model, "year": year, "period": period},
    )
    assert answer.errors == [], answer.errors
    return answer.data["taxDraft"]


def boxes(found: Any) -> dict[str, str]:
    return {
        box["number"]: box["amount"]
        for section in found["figures"]["sections"]
        for line in section["lines"]
        for box in line["boxes"]
        if Decimal(box["amount"])
    }


RATES = {"02", "05", "08", "17", "20", "23", "151", "154", "157", "166", "169"}


class TestTheWorkedQuarter:
    async def test_gives_the_303_box_by_box(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        typed = await office.ask(
            office.manager,
            """mutation ($company: ID!) { typeTaxBox(input: {companyId: $company, model: M303, year: 2026,
              period: "1T", box: "110", amount: "300.00", reason: "Return of 4T 2025"}) {
              companyId refusals { code path message } } }""",
            {"company": str(quarter.company_id)},
        )
        assert typed.data["typeTaxBox"]["refusals"] == []

        found = await draft(office, quarter.company_id)

        wanted = {box: amount for box, amount in WORKED_BOXES.items() if Decimal(amount)}
        assert {box: amount for box, amount in boxes(found).items() if box not in RATES} == wanted
        assert found["figures"]["resultType"] == "TO_PAY"
        assert found["figures"]["resultAmount"] == "1024.00"
        assert found["dueOn"] == "2026-04-20"
        checks = {check["code"]: check for check in found["figures"]["checks"]}
        assert (checks["OUTPUT_TAX"]["ours"], checks["OUTPUT_TAX"]["theirs"]) == ("2939.00", "2939.00")
        assert (checks["INPUT_TAX"]["ours"], checks["INPUT_TAX"]["theirs"]) == ("1615.00", "1615.00")

    async def test_gives_111_115_and_349(self, office: Office) -> None:
        quarter = await worked_quarter(office)

        m111 = boxes(await draft(office, quarter.company_id, "M111"))
        m115 = boxes(await draft(office, quarter.company_id, "M115"))
        m349 = await named(office, quarter.company_id, "M349", "1T")

        assert m111 == {"07": "1", "08": "500.00", "09": "75.00", "28": "75.00", "30": "75.00"}
        assert m115 == {"01": "1", "02": "900.00", "03": "171.00", "05": "171.00"}
        assert [(one["key"], one["taxId"], one["amount"]) for one in m349["parties"]] == [
            ("A", "DE136695976", "800.00"),
            ("E", "DE136695976", "4000.00"),
        ]
        assert m349["checks"] == []

    async def test_gives_the_390_of_its_year(self, office: Office) -> None:
        quarter = await worked_quarter(office)

        year = boxes(await draft(office, quarter.company_id, "M390", "0A"))

        assert (year["47"], year["64"], year["108"]) == ("2939.00", "1615.00", "18700.00")

    async def test_gives_347_190_and_180(self, office: Office) -> None:
        quarter = await worked_quarter(office)

        m347 = await named(office, quarter.company_id, "M347", "0A")
        m190 = await named(office, quarter.company_id, "M190", "0A")
        m180 = await named(office, quarter.company_id, "M180", "0A")

        sold = next(one for one in m347["parties"] if one["key"] == "B")
        bought = next(one for one in m347["parties"] if one["key"] == "A")
        assert sold["amount"] == "15719.00"  # 9700 + 2037, 2000 + 200, 500 + 20, 1000 + 262
        assert bought["quarters"] == [
            "6401.00",
            "0.00",
            "0.00",
            "0.00",
        ]  # Rent and professional are left out.
        assert bought["reverseCharge"]
        assert [(one["key"], one["amount"], one["withheld"]) for one in m190["parties"]] == [
            ("G-01", "500.00", "75.00")
        ]
        assert [(one["amount"], one["withheld"]) for one in m180["parties"]] == [("900.00", "171.00")]

    async def test_compares_withholdings_with_the_books(self, office: Office) -> None:
        quarter = await worked_quarter(office)

        found = await draft(office, quarter.company_id, "M111")

        [check] = found["figures"]["checks"]
        assert (check["ours"], check["theirs"], check["holds"]) == ("246.00", "246.00", True)


NAMED = """query ($company: ID!, $model: TaxModel!, $period: String!) {
  taxParties(companyId: $company, model: $model, year: 2026, period: $period) {
    named { problem parties { key taxId name amount withheld quarters reverseCharge corrects declaredBefore
      cash cashYear }
      checks { code ours theirs } }
  }
}"""


async def named(office: Office, company_id: object, model: str, period: str) -> Any:
    answer = await office.ask(
        office.manager, NAMED, {"company": str(company_id), "model": model, "period": period}
    )
    assert answer.errors == [], answer.errors
    return answer.data["taxParties"]["named"]


class TestWhoMayLook:
    async def test_a_stranger_finds_nothing(self, office: Office, other_office: Office) -> None:
        quarter = await worked_quarter(office)

        assert await draft(other_office, quarter.company_id, viewer=other_office.owner) is None

    async def test_an_odd_period_is_none(self, office: Office) -> None:
        quarter = await worked_quarter(office)

        assert await draft(office, quarter.company_id, "M390", "1T") is None
        assert await draft(office, quarter.company_id, "M303", "5T") is None

    async def test_the_client_reads_its_own(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        owner = await office.client_owner(quarter.company_id)

        assert boxes(await draft(office, quarter.company_id, viewer=owner))["27"] == "2939.00"


class TestCurrencies:
    async def test_count_in_euro(self, office: Office) -> None:
        company_id = await issuer(office)
        customer = await contact(
            office, company_id, "Cloud Inc", is_customer=True, country="US", address="1 Main St", city="Reno"
        )
        await approved(
            office,
            company_id,
            customer,
            currency="USD",
            exchange_rate=Decimal("0.92"),
            lines=one_line("S_EXPORT", "1000.00", "700"),
        )

        assert boxes(await draft(office, company_id))["60"] == "920.00"
