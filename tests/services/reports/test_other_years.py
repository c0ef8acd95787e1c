"""Fiscal years that are not the calendar's, and a short first one: each report and tax by its own days."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text, update

from services.accounts.interface import company_table
from services.journal.actions.closing import close_year
from services.journal.interface import open_books
from services.journal.rules.periods import FiscalYearMissing
from tests.services.taxes.test_drafts import boxes, draft
from tests.support.builders.journal import contact, line
from tests.support.builders.reports import posted, sale, told
from tests.support.office import Office

RESULT = 'profitAndLoss(from: "{0}", to: "{1}") {{ year lines {{ key amount }} }}'
BALANCE = 'balanceSheet(to: "{0}") {{ lines {{ key amount }} difference {{ amount }} }}'


async def _july_to_june(office: Office) -> UUID:
    """Books from July to June. The company began in October 2025: its first year has nine months."""
    company_id = await office.client("Curs Escolar SL")
    async with office.act() as act:
        await act.session.execute(
            update(company_table())
            .where(company_table().c.id == company_id)
            .values(fiscal_year_start_month=7)
        )
        await open_books(act, company_id=company_id, years=(2025, 2026))
        await act.session.execute(
            text("update fiscal_year set starts_on = '2025-10-01' where company_id = :c and year = 2025"),
            {"c": company_id},
        )
    pupil = await contact(office, company_id, "Famílies SCCL", is_customer=True)
    await sale(office, company_id, pupil, "2025-11-10", "1000.00")
    await sale(office, company_id, pupil, "2026-05-10", "2000.00")
    await posted(office, company_id, "2026-06-15", line("621", debit="400.00"), line("572", credit="400.00"))
    return company_id


class TestAYearFromJuly:
    async def test_closes_in_june_and_opens_in_july(self, office: Office) -> None:
        company_id = await _july_to_june(office)
        before = await told(office, company_id, BALANCE.format("2026-06-30"))

        async with office.act() as act:
            await close_year(act, company_id, 2025, request_key="close")

        report = (await told(office, company_id, RESULT.format("2025-10-01", "2026-06-30")))["profitAndLoss"]
        amounts = {row["key"]: row["amount"] for row in report["lines"]}
        assert report["year"] == 2025
        assert amounts["TURNOVER"] == "3000.00"
        assert await told(office, company_id, BALANCE.format("2026-06-30")) == before
        opened = await told(office, company_id, BALANCE.format("2026-07-01"))
        assert opened["balanceSheet"]["difference"]["amount"] == "0.00"
        async with office.act() as act:
            days = await act.session.execute(
                text(
                    "select source, entry_on from journal_entry where company_id = :c"
                    " and source in ('REGULARISATION','CLOSING','OPENING') order by entry_on, source"
                ),
                {"c": company_id},
            )
        assert [tuple(row) for row in days.all()] == [
            ("CLOSING", date(2026, 6, 30)),
            ("REGULARISATION", date(2026, 6, 30)),
            ("OPENING", date(2026, 7, 1)),
        ]

    async def test_files_its_taxes_by_the_calendar(self, office: Office) -> None:
        """A closing inside the quarter and the year is no movement of 477 and no income."""
        company_id = await _july_to_june(office)
        before = await draft(office, company_id, period="2T")

        async with office.act() as act:
            await close_year(act, company_id, 2025, request_key="close")

        after = await draft(office, company_id, period="2T")
        assert boxes(after) == boxes(before)
        assert after["figures"]["checks"] == before["figures"]["checks"]
        assert after["startsOn"] == "2026-04-01"

    async def test_begins_on_its_first_day(self, office: Office) -> None:
        company_id = await _july_to_june(office)

        with pytest.raises(FiscalYearMissing):
            await posted(
                office, company_id, "2025-09-30", line("621", debit="1.00"), line("572", credit="1.00")
            )
        found = (await told(office, company_id, "ratios { fromOn toOn days }"))["ratios"]
        first = (await told(office, company_id, 'ratios(to: "2026-06-30") { fromOn days }'))["ratios"]
        assert (found["fromOn"], found["toOn"]) == ("2026-07-01", "2027-06-30")
        assert (first["fromOn"], first["days"]) == ("2025-10-01", 273)
