"""Ratios on the small books, and that a denominator of nothing gives no value."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.journal.interface import reverse_entry
from services.reports.rules.ratios import INPUTS, RATIOS, value_of
from tests.services.taxes.worked_quarter import worked_quarter
from tests.support.builders.journal import books, line
from tests.support.builders.reports import posted, small_books, told
from tests.support.office import Office

ROW = "key group unit scale value inputs { key part weight amount source of }"
AMOUNTS = st.decimals("-9999999.99", "9999999.99", places=2)


async def ratios(office: Office, company_id: UUID, period: str) -> Any:
    return (await told(office, company_id, f"ratios({period}) {{ days yearDays rows {{ {ROW} }} }}"))[
        "ratios"
    ]


class TestRules:
    @given(st.fixed_dictionaries({item.key: AMOUNTS for item in INPUTS}), st.integers(1, 366))
    def test_give_a_value_unless_the_denominator_is_nothing(
        self, inputs: dict[str, Decimal], days: int
    ) -> None:
        for ratio in RATIOS:
            below = sum(
                (weight * inputs[key] for key, weight in (ratio.denominator or {}).items()), Decimal(0)
            )
            value = value_of(ratio, inputs, days=days, year_days=365)
            assert (value is None) == (ratio.denominator is not None and below == 0)

    def test_name_inputs_that_exist(self) -> None:
        named = {
            key
            for ratio in RATIOS
            for weights in (ratio.numerator, ratio.denominator or {})
            for key in weights
        }
        assert named | {"TURNOVER"} == {item.key for item in INPUTS}


class TestRatios:
    async def test_are_what_their_inputs_give(self, office: Office) -> None:
        company_id, _ = await small_books(office)

        found = await ratios(office, company_id, 'from: "2026-01-01", to: "2026-03-31"')
        rows = {row["key"]: row for row in found["rows"]}
        inputs = {item["key"]: Decimal(item["amount"]) for row in found["rows"] for item in row["inputs"]}

        assert (found["days"], found["yearDays"]) == (90, 365)
        for ratio in RATIOS:
            value = value_of(ratio, inputs, days=90, year_days=365)
            shown = rows[ratio.key]["value"]
            assert (shown is None) == (value is None), ratio.key
            if value is not None:
                assert abs(Decimal(shown) - value) <= Decimal("0.0001"), ratio.key

    async def test_of_the_small_books(self, office: Office) -> None:
        company_id, _ = await small_books(office)

        found = await ratios(office, company_id, 'from: "2026-01-01", to: "2026-12-31"')
        values = {row["key"]: row["value"] for row in found["rows"]}

        assert values["CURRENT_RATIO"] == "9.4127"  # 5930 / 630
        assert values["WORKING_CAPITAL"] == "5300.0000"
        assert values["AUTONOMY"] == "0.8938"  # 5300 / 5930
        assert values["MARGIN"] == "0.8500"  # 1700 / 2000
        assert values["ROE"] == "0.3820"  # 1700 / ((3600 + 5300) / 2)
        assert values["COLLECTION_DAYS"] == "91.2500"  # 1210 / 2 / 2420 x 365
        assert values["EBITDA"] == "1700.0000"
        assert values["INTEREST_COVER"] is None

    async def test_of_the_first_year_average_with_the_opening_of_its_first_day(self, office: Office) -> None:
        company_id = await books(office)
        capital = (line("572", debit="10000.00"), line("100", credit="10000.00"))
        await posted(office, company_id, "2025-01-01", *capital, source="OPENING")
        await posted(
            office, company_id, "2025-06-01", line("572", debit="1000.00"), line("705", credit="1000.00")
        )

        rows = (await ratios(office, company_id, 'from: "2025-01-01", to: "2025-12-31"'))["rows"]
        values = {row["key"]: row["value"] for row in rows}

        assert (values["ROA"], values["ROE"]) == ("0.0952", "0.0952")  # 1000 / ((10000 + 11000) / 2)

    async def test_of_days_take_the_vat_of_sales_and_purchases_alone(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        period = 'from: "2026-01-01", to: "2026-03-31"'

        async def days() -> Any:
            rows = (await ratios(office, quarter.company_id, period))["rows"]
            return {row["key"]: row for row in rows if row["unit"] == "DAYS"}

        before = await days()
        vat = {
            item["key"]: item["amount"]
            for row in before.values()
            for item in row["inputs"]
            if "VAT" in item["key"]
        }
        settled = (line("47700021", debit="2247.00"), line("4750", credit="2247.00"))
        settlement = await posted(office, quarter.company_id, "2026-03-31", *settled, source="TAX_SETTLEMENT")
        after_settling = await days()
        async with office.act() as act:
            await reverse_entry(act, settlement)

        # Sold: 20 + 200 + 2310 + 52 - 63. Bought: 630 + 40 - 21 + 189 + 105, and a computer of 252.
        assert vat == {"OUTPUT_VAT": "2519.00", "INPUT_VAT": "1195.00", "ASSET_VAT": "252.00"}
        assert before["COLLECTION_DAYS"]["value"] == "45.0000"
        assert before["PAYMENT_DAYS"]["value"].startswith("43.5")
        assert after_settling == before
        assert await days() == before

    async def test_of_empty_books_have_no_value(self, office: Office) -> None:
        company_id = await books(office)

        rows = (await ratios(office, company_id, 'from: "2026-01-01", to: "2026-12-31"'))["rows"]

        assert {row["value"] for row in rows} == {None, "0.0000"}
        assert {row["key"] for row in rows if row["value"] is not None} == {"WORKING_CAPITAL", "EBITDA"}

    async def test_show_where_each_input_comes_from(self, office: Office) -> None:
        company_id, _ = await small_books(office)

        rows = {row["key"]: row for row in (await ratios(office, company_id, 'to: "2026-03-31"'))["rows"]}

        shown = [tuple(item.values()) for item in rows["ACID_TEST"]["inputs"]]
        assert shown == [
            ("CURRENT_ASSETS", "NUMERATOR", "1", "5930.00", "CLOSING", "CURRENT_ASSETS"),
            ("STOCKS", "NUMERATOR", "-1", "0.00", "CLOSING", "STOCKS"),
            ("CURRENT_LIABILITIES", "DENOMINATOR", "1", "630.00", "CLOSING", "CURRENT_LIABILITIES"),
        ]
