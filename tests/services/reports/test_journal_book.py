"""The journal book: every posted entry in order, whole entries on each page, for those who may read the journal."""

from typing import Any
from uuid import UUID

from services.access.policy import Scope
from tests.support.builders.journal import keep_draft
from tests.support.builders.reports import closed_books, report, small_books, told
from tests.support.office import BOOKS, Office

PAGE = "totalCount pageInfo { hasNextPage endCursor } nodes { number entryOn code text debit credit }"
YEAR = 'from: "2025-01-01", to: "2025-12-31"'


async def book(
    office: Office, company_id: UUID, period: str, first: int = 100, after: str | None = None
) -> Any:
    end = f', after: "{after}"' if after else ""
    wanted = f"journalBook({period}) {{ total entries(first: {first}{end}) {{ {PAGE} }} }}"
    return (await told(office, company_id, wanted))["journalBook"]


class TestJournalBook:
    async def test_holds_every_entry_of_the_period_with_the_closing(self, office: Office) -> None:
        company_id, _ = await closed_books(office)

        found = await book(office, company_id, YEAR)
        nodes = found["entries"]["nodes"]

        assert found["total"] == "10630.00"
        assert found["entries"]["totalCount"] == 6
        assert [node["entryOn"] for node in nodes] == sorted(node["entryOn"] for node in nodes)
        assert [node["code"] for node in nodes if node["entryOn"] == "2025-06-15"] == [
            "43000001",
            "705",
            "47700021",
        ]

    async def test_breaks_pages_between_entries(self, office: Office) -> None:
        company_id, _ = await closed_books(office)
        whole = (await book(office, company_id, YEAR))["entries"]["nodes"]

        seen: list[dict[str, Any]] = []
        after, more = None, True
        while more:
            page = (await book(office, company_id, YEAR, first=2, after=after))["entries"]
            assert len({node["number"] for node in page["nodes"]}) == 2
            seen += page["nodes"]
            after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]

        assert seen == whole

    async def test_has_no_drafts(self, office: Office) -> None:
        company_id, _ = await small_books(office)
        await keep_draft(office, company_id)

        nodes = (await book(office, company_id, 'from: "2026-01-01", to: "2026-12-31"'))["entries"]["nodes"]

        assert {node["number"] for node in nodes} == {1, 2, 3}

    async def test_needs_the_journal_beside_reports(self, office: Office) -> None:
        company_id, _ = await small_books(office, view=BOOKS - {Scope.JOURNAL})

        answered = await report(office, office.manager, company_id, "currency journalBook { total }")

        assert answered.data["reports"] == {"currency": "EUR", "journalBook": None}
        assert answered.codes == ["SCOPE"]
