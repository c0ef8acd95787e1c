"""Before a year is closed: every account with a balance stands on a line of the reports."""

from datetime import date
from typing import Any

from tests.support.builders.journal import line
from tests.support.builders.reports import posted, small_books, strange_account, told
from tests.support.office import Office

CHECKS = "query ($c: ID!) { closingChecks(companyId: $c, year: 2025) { code count } }"


async def unmapped(office: Office, company_id: object) -> Any:
    answer = await office.ask(office.manager, CHECKS, {"c": str(company_id)})
    return {item["code"]: item["count"] for item in answer.data["closingChecks"]}["UNMAPPED_ACCOUNTS"]


class TestUnmapped:
    async def test_counts_what_the_balance_sheet_shows_as_an_error(self, office: Office) -> None:
        company_id, _ = await small_books(office)
        assert await unmapped(office, company_id) == 0
        await strange_account(office, company_id, "999000", "Cuenta de orden")
        day = date(2025, 12, 30).isoformat()
        await posted(office, company_id, day, line("999000", debit="5.00"), line("572", credit="5.00"))

        shown = await told(
            office,
            company_id,
            'balanceSheet(from: "2025-01-01", to: "2025-12-31") { unmapped { code amount } }',
        )

        assert [(one["code"], one["amount"]) for one in shown["balanceSheet"]["unmapped"]] == [
            ("999000", "5.00")
        ]
        assert await unmapped(office, company_id) == 1
        # Without a balance it is on no report, and so no error.
        await posted(office, company_id, day, line("572", debit="5.00"), line("999000", credit="5.00"))
        assert await unmapped(office, company_id) == 0
