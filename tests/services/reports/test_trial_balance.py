"""Sumas y saldos on books that were added up by hand."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.support.builders.journal import books, keep_draft, line
from tests.support.builders.reports import closed_books, posted, small_books, told
from tests.support.office import Office

AMOUNTS = "openingDebit openingCredit debit credit yearDebit yearCredit closingDebit closingCredit"
PAIRS = (
    ("openingDebit", "openingCredit"),
    ("debit", "credit"),
    ("yearDebit", "yearCredit"),
    ("closingDebit", "closingCredit"),
)
MARCH = 'from: "2026-03-01", to: "2026-03-31"'


async def balance(office: Office, company_id: UUID, arguments: str) -> Any:
    given = f"({arguments})" if arguments else ""
    parts = f"fromOn toOn year totals {{ {AMOUNTS} }} rows {{ code name level isLeaf {AMOUNTS} }}"
    return (await told(office, company_id, f"trialBalance{given} {{ {parts} }}"))["trialBalance"]


def amounts(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(row[name] for name in AMOUNTS.split())


class TestColumns:
    async def test_hold_opening_movements_of_period_and_year_and_closing(self, office: Office) -> None:
        company_id, _ = await small_books(office)

        found = await balance(office, company_id, f"{MARCH}, level: 3")
        rows = {row["code"]: amounts(row) for row in found["rows"]}

        #                 opening D/C            period D/C           year D/C             closing D/C
        assert rows["572"] == ("3810.00", "0.00", "1210.00", "300.00", "1210.00", "300.00", "4720.00", "0.00")
        assert rows["430"] == ("2420.00", "0.00", "0.00", "1210.00", "2420.00", "1210.00", "1210.00", "0.00")
        assert rows["100"] == ("0.00", "3000.00", "0.00", "0.00", "0.00", "0.00", "0.00", "3000.00")
        assert rows["705"] == ("0.00", "3000.00", "0.00", "0.00", "0.00", "2000.00", "0.00", "3000.00")
        assert rows["621"] == ("400.00", "0.00", "300.00", "0.00", "300.00", "0.00", "700.00", "0.00")

    async def test_have_equal_totals_in_each_pair(self, office: Office) -> None:
        company_id, _ = await small_books(office)

        totals = (await balance(office, company_id, MARCH))["totals"]

        assert all(totals[debit] == totals[credit] for debit, credit in PAIRS)
        assert totals["closingDebit"] == "6630.00"

    async def test_put_the_first_opening_of_a_company_before_its_movements(self, office: Office) -> None:
        company_id, _ = await small_books(office)

        found = await balance(office, company_id, 'from: "2025-01-01", to: "2025-12-31", level: 3')
        rows = {row["code"]: amounts(row) for row in found["rows"]}

        assert rows["572"] == ("3000.00", "0.00", "1210.00", "400.00", "1210.00", "400.00", "3810.00", "0.00")

    async def test_leave_drafts_out(self, office: Office) -> None:
        company_id, _ = await small_books(office)
        before = await balance(office, company_id, MARCH)

        await keep_draft(office, company_id)

        assert await balance(office, company_id, MARCH) == before


class TestRows:
    async def test_are_headings_that_add_up_their_leaves(self, office: Office) -> None:
        company_id, _ = await small_books(office)

        rows = (await balance(office, company_id, MARCH))["rows"]

        leaves = [row for row in rows if row["isLeaf"]]
        for heading in (row for row in rows if not row["isLeaf"]):
            below = [leaf for leaf in leaves if leaf["code"].startswith(heading["code"])]
            for name in AMOUNTS.split():
                assert Decimal(heading[name]) == sum(Decimal(leaf[name]) for leaf in below), heading["code"]
        assert [row["code"] for row in rows] == sorted(row["code"] for row in rows)

    async def test_go_down_to_the_level_asked_for(self, office: Office) -> None:
        company_id, _ = await small_books(office)

        groups = await balance(office, company_id, f"{MARCH}, level: 1")
        everything = await balance(office, company_id, MARCH)

        assert [row["code"] for row in groups["rows"]] == ["1", "4", "5", "6", "7"]
        assert groups["rows"][1]["name"] == "Acreedores y deudores por operaciones comerciales"
        codes = [(row["code"], row["level"]) for row in everything["rows"] if row["code"].startswith("43")]
        assert codes == [("43", 2), ("430", 3), ("4300", 4), ("43000001", 5)]
        named = {row["code"]: row["name"] for row in everything["rows"]}
        assert named["430"] == named["4300"] == "Clientes"
        assert named["43000001"] == "Cafés Brisa SL"

    async def test_below_one_code_keep_the_totals_of_all(self, office: Office) -> None:
        company_id, _ = await small_books(office)

        found = await balance(office, company_id, f'{MARCH}, under: "57"')

        assert {row["code"][:2] for row in found["rows"]} == {"57"}
        assert found["totals"]["closingDebit"] == "6630.00"

    async def test_hold_both_sides_where_leaves_differ(self, office: Office) -> None:
        company_id = await books(office)
        await posted(
            office, company_id, "2026-01-10", line("640", debit="50.00"), line("476", credit="50.00")
        )
        await posted(
            office, company_id, "2026-01-11", line("471", debit="20.00"), line("572", credit="20.00")
        )

        found = await balance(office, company_id, "level: 2")
        taxes = next(row for row in found["rows"] if row["code"] == "47")

        assert (taxes["closingDebit"], taxes["closingCredit"]) == ("20.00", "50.00")


class TestPeriod:
    async def test_is_the_fiscal_year_of_today_unless_said(self, office: Office) -> None:
        company_id, _ = await small_books(office)

        found = await balance(office, company_id, "")

        assert (found["fromOn"], found["toOn"], found["year"]) == ("2026-01-01", "2026-12-31", 2026)

    async def test_that_ends_before_it_begins_has_no_report(self, office: Office) -> None:
        company_id, _ = await small_books(office)

        assert await balance(office, company_id, 'from: "2026-03-31", to: "2026-03-01"') is None


class TestTurnOfYear:
    """A year that was regularised, closed and opened again in the next."""

    async def test_leaves_the_closed_year_readable(self, office: Office) -> None:
        company_id, _ = await closed_books(office)

        found = await balance(office, company_id, 'from: "2025-01-01", to: "2025-12-31", level: 3')
        rows = {row["code"]: amounts(row) for row in found["rows"]}

        assert rows["705"] == ("0.00", "0.00", "0.00", "1000.00", "0.00", "1000.00", "0.00", "1000.00")
        assert rows["572"][-2:] == ("3810.00", "0.00")
        assert "129" not in rows

    async def test_begins_the_next_year_with_the_result_and_without_movement(self, office: Office) -> None:
        company_id, _ = await closed_books(office)

        found = await balance(office, company_id, 'from: "2026-01-01", to: "2026-01-31", level: 3')
        rows = {row["code"]: amounts(row) for row in found["rows"]}

        assert rows["129"] == ("0.00", "600.00", "0.00", "0.00", "0.00", "0.00", "0.00", "600.00")
        assert rows["572"] == ("3810.00", "0.00", "0.00", "0.00", "0.00", "0.00", "3810.00", "0.00")
        assert "705" not in rows

    async def test_shows_the_ledger_as_it_stands_when_asked(self, office: Office) -> None:
        company_id, _ = await closed_books(office)

        year = 'from: "2025-01-01", to: "2025-12-31", includeClosings: true, level: 3'
        rows = {row["code"]: amounts(row) for row in (await balance(office, company_id, year))["rows"]}

        assert all(row[-2:] == ("0.00", "0.00") for row in rows.values())
        assert rows["572"][2:4] == ("4210.00", "4210.00")
