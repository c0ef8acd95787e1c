"""What documents say before a year is closed, and to whom."""

from typing import Any
from uuid import UUID

from gateway.viewers import Known
from services.access.interface import Viewer
from services.access.policy import Scope
from tests.support.builders.documents import customer, draft, issuer
from tests.support.office import Office

CHECKS = "query ($c: ID!) { closingChecks(companyId: $c, year: 2026) { code count isBlocking } }"


async def unapproved(office: Office, viewer: Viewer | Known, company_id: UUID) -> Any:
    answer = await office.ask(viewer, CHECKS, {"c": str(company_id)})
    return next(one for one in answer.data["closingChecks"] if one["code"] == "UNPOSTED_DOCUMENTS")


class TestUnapprovedPapers:
    async def test_are_counted_for_who_sees_sales_and_purchases(self, office: Office) -> None:
        company_id = await issuer(office)
        await draft(office, company_id, await customer(office, company_id))
        owner = await office.client_owner(company_id)
        ledger_only = await office.partner(company_id, frozenset({Scope.JOURNAL}), owner)
        both = frozenset({Scope.JOURNAL, Scope.SALES, Scope.PURCHASES})

        assert (await unapproved(office, office.manager, company_id))["count"] == 1
        assert (await unapproved(office, await office.partner(company_id, both, owner), company_id))[
            "count"
        ] == 1
        assert await unapproved(office, ledger_only, company_id) == {
            "code": "UNPOSTED_DOCUMENTS",
            "count": None,
            "isBlocking": True,
        }
