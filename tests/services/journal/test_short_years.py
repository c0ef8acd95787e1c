"""Fiscal years that are short: a company that began in the middle, one that changed the end of its year."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.access.interface import Viewer
from services.journal.interface import open_books
from services.journal.rules.years import days_after, days_before
from tests.services.journal.test_closing import OPEN, closed
from tests.services.journal.test_locks import move
from tests.support.builders.journal import keep_draft, post
from tests.support.office import Office

SET = """mutation ($input: FiscalYearDaysInput!) { setFiscalYearDays(input: $input) {
  refusals { code path message } fiscalYear { year startsOn endsOn } } }"""
YEARS = "query ($c: ID!) { fiscalYears(companyId: $c) { year startsOn endsOn } }"
LOG = "query ($c: ID!) { auditEvents(companyId: $c, first: 5) { nodes { about act sentence } } }"


async def open_for(office: Office, *named: int) -> UUID:
    """A client whose books are open for calendar years."""
    company_id = await office.client("Fusteria Puig SL")
    async with office.act() as act:
        await open_books(act, company_id=company_id, years=named)
    return company_id


async def set_days(
    office: Office, company_id: UUID, year: int, days: tuple[str, str], viewer: Viewer | None = None
) -> Any:
    asked = {"companyId": str(company_id), "year": year, "startsOn": days[0], "endsOn": days[1]}
    answer = await office.ask(viewer or office.manager, SET, {"input": asked})
    return answer.data["setFiscalYearDays"] if answer.data else answer.codes


async def years(office: Office, company_id: UUID) -> list[tuple[int, str, str]]:
    found = (await office.ask(office.manager, YEARS, {"c": str(company_id)})).data["fiscalYears"]
    return [(one["year"], one["startsOn"], one["endsOn"]) for one in found]


class TestTheDaysThatFollow:
    def test_lead_to_the_company_s_own_month(self) -> None:
        assert days_after(date(2026, 6, 30), 7) == (date(2026, 7, 1), date(2027, 6, 30))
        assert days_after(date(2026, 6, 30), 1) == (date(2026, 7, 1), date(2026, 12, 31))
        assert days_after(date(2026, 12, 31), 1) == (date(2027, 1, 1), date(2027, 12, 31))
        assert days_before(date(2026, 9, 15), 1) == (date(2026, 1, 1), date(2026, 9, 14))
        assert days_before(date(2026, 1, 1), 1) == (date(2025, 1, 1), date(2025, 12, 31))


class TestACompanyThatBeganInSeptember:
    async def test_has_a_short_first_year_that_closes_and_opens_the_next(self, office: Office) -> None:
        company_id = await open_for(office, 2025)

        done = await set_days(office, company_id, 2025, ("2025-09-15", "2025-12-31"))
        await post(office, company_id, on=date(2025, 9, 15))
        end = await closed(office, company_id, 2025)

        assert done["refusals"] == []
        assert end["refusals"] == []
        assert await years(office, company_id) == [
            (2026, "2026-01-01", "2026-12-31"),
            (2025, "2025-09-15", "2025-12-31"),
        ]

    async def test_takes_no_entry_of_a_day_before(self, office: Office) -> None:
        company_id = await open_for(office, 2025)
        await keep_draft(office, company_id, on=date(2025, 3, 1))

        refused = await set_days(office, company_id, 2025, ("2025-09-15", "2025-12-31"))

        (refusal,) = refused["refusals"]
        assert (refusal["code"], refusal["path"]) == ("FISCAL_YEAR_HOLDS_ENTRIES", ["startsOn"])
        assert await years(office, company_id) == [(2025, "2025-01-01", "2025-12-31")]


class TestACompanyThatMovesItsYearToJune:
    async def test_closes_a_half_year_and_goes_on_from_july(self, office: Office) -> None:
        company_id = await open_for(office, 2025, 2026)
        await post(office, company_id, on=date(2025, 3, 1))

        await set_days(office, company_id, 2025, ("2025-01-01", "2025-06-30"))
        followed = await years(office, company_id)
        await set_days(office, company_id, 2026, ("2025-07-01", "2026-06-30"))
        end = await closed(office, company_id, 2025)

        assert followed[0] == (2026, "2025-07-01", "2025-12-31")
        assert end["refusals"] == []
        assert (await years(office, company_id))[0] == (2026, "2025-07-01", "2026-06-30")

    async def test_opens_the_year_after_where_the_last_one_ends(self, office: Office) -> None:
        company_id = await open_for(office, 2025)
        await set_days(office, company_id, 2025, ("2025-01-01", "2025-06-30"))

        opened = (await office.ask(office.manager, OPEN, {"c": str(company_id), "y": 2026})).data

        assert opened["openFiscalYear"]["fiscalYear"] == {
            "year": 2026,
            "startsOn": "2025-07-01",
            "endsOn": "2025-12-31",
        }


@pytest.mark.parametrize(
    ("days", "code", "field"),
    [
        (("2026-01-01", "2026-01-01"), "YEAR_DAYS_REFUSED", "endsOn"),
        (("2026-01-01", "2027-01-01"), "YEAR_TOO_LONG", "endsOn"),
        (("2026-02-01", "2026-12-31"), "YEARS_DO_NOT_JOIN", "startsOn"),
        (("2026-01-01", "2026-11-30"), "YEARS_DO_NOT_JOIN", "endsOn"),
    ],
)
async def test_days_that_no_year_has_are_refused(
    office: Office, days: tuple[str, str], code: str, field: str
) -> None:
    company_id = await open_for(office, 2025, 2026, 2027)
    await post(office, company_id, on=date(2027, 3, 1))
    before = await years(office, company_id)

    refused = await set_days(office, company_id, 2026, days)

    assert [(one["code"], one["path"]) for one in refused["refusals"]] == [(code, [field])]
    assert await years(office, company_id) == before


@pytest.mark.parametrize("days", [("2019-01-01", "2019-12-31"), ("9999-12-01", "9999-12-31")])
async def test_days_of_another_time_are_refused(office: Office, days: tuple[str, str]) -> None:
    company_id = await open_for(office, 2025)

    refused = await set_days(office, company_id, 2025, days)

    assert [(one["code"], one["path"]) for one in refused["refusals"]] == [("BAD_INPUT", ["startsOn"])]
    assert await years(office, company_id) == [(2025, "2025-01-01", "2025-12-31")]


async def test_a_year_does_not_end_before_what_is_locked_for_good(office: Office) -> None:
    """Its closing would be posted on a locked day: it could never be closed."""
    company_id = await open_for(office, 2025)
    await post(office, company_id, on=date(2025, 3, 1))
    await move(office, office.admin, company_id, "HARD", until="2025-09-30")

    refused = await set_days(office, company_id, 2025, ("2025-01-01", "2025-09-30"))
    kept = await set_days(office, company_id, 2025, ("2025-01-01", "2025-10-31"))

    assert [(one["code"], one["path"]) for one in refused["refusals"]] == [("HARD_LOCK_STAYS", ["endsOn"])]
    assert kept["refusals"] == []
    assert (await closed(office, company_id, 2025))["refusals"] == []


async def test_a_closed_year_keeps_its_days_even_against_sql(office: Office) -> None:
    company_id = await open_for(office, 2025)
    await post(office, company_id, on=date(2025, 3, 1))
    await closed(office, company_id, 2025)

    refused = await set_days(office, company_id, 2025, ("2025-01-01", "2025-06-30"))
    with pytest.raises(DBAPIError, match="is closed or holds entries"):
        async with office.act() as act:
            await act.session.execute(
                text("update fiscal_year set ends_on = '2025-06-30' where company_id = :c and year = 2025"),
                {"c": company_id},
            )

    assert refused["refusals"][0]["code"] == "FISCAL_YEAR_CLOSED"


async def test_who_changed_them_stands_in_the_log_and_nobody_else_may(
    office: Office, other_office: Office
) -> None:
    company_id = await open_for(office, 2025)
    days = ("2025-09-15", "2025-12-31")

    by_bookkeeper = await set_days(office, company_id, 2025, days, viewer=office.bookkeeper)
    by_stranger = await set_days(other_office, company_id, 2025, days, viewer=other_office.owner)
    await set_days(office, company_id, 2025, days)
    logged = (await office.ask(office.owner, LOG, {"c": str(company_id)})).data["auditEvents"]["nodes"]

    assert by_bookkeeper == ["ROLE"]
    assert by_stranger["refusals"][0]["code"] == "NOT_FOUND"
    assert ("FISCAL_YEAR", "CHANGED") in {(one["about"], one["act"]) for one in logged}
