"""Out of sight and back, many at once; and lists by their days of issue."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.access.interface import Viewer
from tests.support.builders.documents import approved, customer, draft, issuer
from tests.support.office import Office

BATCH = """mutation ($ids: [ID!]!) { %s(ids: $ids) { refusals { code }
  results { id refusals { code } salesDocument { archivedAt } } } }"""
LIST = """query ($company: ID, $filter: SalesDocumentFilter, $archived: Boolean! = false) {
  salesDocuments(companyId: $company, filter: $filter, archived: $archived, orderBy: ISSUED_ASC) { nodes { id } } }"""


async def batch(office: Office, who: Viewer, act: str, ids: list[str]) -> Any:
    return (await office.ask(who, BATCH % act, {"ids": ids})).data[act]


async def listed(office: Office, company_id: UUID, **given: Any) -> list[str]:
    answer = await office.ask(office.manager, LIST, {"company": str(company_id), **given})
    return [node["id"] for node in answer.data["salesDocuments"]["nodes"]]


class TestManyDocuments:
    async def test_leave_the_list_together_and_come_back(self, office: Office) -> None:
        company_id = await issuer(office)
        ids = [str(await draft(office, company_id, None)) for _ in range(3)]

        archived = await batch(office, office.manager, "archiveDocuments", ids)

        assert [result["id"] for result in archived["results"]] == ids
        assert all(result["salesDocument"]["archivedAt"] for result in archived["results"])
        assert await listed(office, company_id) == []
        await batch(office, office.manager, "restoreDocuments", ids[:2])
        assert sorted(await listed(office, company_id)) == sorted(ids[:2])
        assert await listed(office, company_id, archived=True) == ids[2:]

    async def test_are_each_refused_alone_where_they_are_not_the_viewers(
        self, office: Office, tmp_path: Path
    ) -> None:
        company_id = await issuer(office)
        own = str(await draft(office, company_id, None))
        elsewhere = await Office.open(office.database, tmp_path, "Assessoria Lluna SL")
        foreign = str(await draft(elsewhere, await issuer(elsewhere), None))
        never = str(office.firm_id)

        archived = await batch(office, office.manager, "archiveDocuments", [foreign, own, never])

        assert [[one["code"] for one in result["refusals"]] for result in archived["results"]] == [
            ["NOT_FOUND"],
            [],
            ["NOT_FOUND"],
        ]
        assert archived["results"][0]["salesDocument"] is None

    @pytest.mark.parametrize("count", [0, 101])
    async def test_are_one_to_a_hundred(self, office: Office, count: int) -> None:
        ids = [str(UUID(int=number)) for number in range(count)]

        assert (await batch(office, office.manager, "archiveDocuments", ids))["refusals"] == [
            {"code": "BAD_INPUT"}
        ]


class TestAList:
    async def test_holds_the_days_of_issue_between_two_days_both_included(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        january, march, june = [
            str(await approved(office, company_id, contact_id, issued_on=date(2026, month, 15)))
            for month in (1, 3, 6)
        ]
        cases: list[tuple[dict[str, str], list[str]]] = [
            ({"from": "2026-03-15"}, [march, june]),
            ({"to": "2026-03-15"}, [january, march]),
            ({"from": "2026-03-15", "to": "2026-03-15"}, [march]),
            ({"from": "2026-07-01"}, []),
        ]

        for given, expected in cases:
            assert await listed(office, company_id, filter=given) == expected, given
