"""The ledger card: a running balance that is right on every page, and what stands behind each line."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.documents.interface import NewDocument, NewLine, approve_document, create_document
from tests.support.builders.journal import line
from tests.support.builders.reports import posted, small_books, told
from tests.support.office import Office

HEAD = "account name fromOn toOn opening debit credit closing"
LINE = (
    "id entryOn number code counterAccount documentNumber documentSide text debit credit balance reconciled"
)
YEAR = 'from: "2026-01-01", to: "2026-12-31"'


async def card(
    office: Office, company_id: UUID, arguments: str, first: int = 100, after: str | None = None
) -> Any:
    end = f', after: "{after}"' if after else ""
    page = (
        f"lines(first: {first}{end}) {{ totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ {LINE} }} }}"
    )
    return (await told(office, company_id, f"ledgerCard({arguments}) {{ {HEAD} {page} }}"))["ledgerCard"]


class TestCard:
    async def test_carries_forward_and_ends_where_the_trial_balance_does(self, office: Office) -> None:
        company_id, _ = await small_books(office)

        found = await card(office, company_id, f'account: "572", {YEAR}')

        assert (found["opening"], found["debit"], found["credit"], found["closing"]) == (
            "3810.00",
            "1210.00",
            "300.00",
            "4720.00",
        )
        assert [node["balance"] for node in found["lines"]["nodes"]] == ["5020.00", "4720.00"]

    async def test_names_the_other_side_only_where_there_is_one(self, office: Office) -> None:
        company_id, _ = await small_books(office)

        bank = await card(office, company_id, f'account: "572", {YEAR}')
        customer = await card(office, company_id, f'account: "430", {YEAR}')

        assert [node["counterAccount"] for node in bank["lines"]["nodes"]] == ["43000001", "621"]
        assert [node["counterAccount"] for node in customer["lines"]["nodes"]] == [None, "572"]
        assert customer["name"] == "Clientes"

    async def test_runs_right_on_every_page(self, office: Office) -> None:
        company_id, _ = await small_books(office)
        for day in range(1, 13):
            await posted(
                office,
                company_id,
                f"2026-05-{day:02d}",
                line("626", debit="1.10"),
                line("572", credit="1.10"),
            )
        whole = await card(office, company_id, f'account: "57", {YEAR}')

        seen: list[dict[str, Any]] = []
        after, more = None, True
        while more:
            page = (await card(office, company_id, f'account: "57", {YEAR}', first=5, after=after))["lines"]
            seen += page["nodes"]
            after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]

        assert seen == whole["lines"]["nodes"]
        assert len(seen) == whole["lines"]["totalCount"] == 14
        assert seen[-1]["balance"] == whole["closing"] == "4706.80"

    async def test_of_many_accounts_tells_which(self, office: Office) -> None:
        company_id, _ = await small_books(office)

        found = await card(office, company_id, f'account: "", {YEAR}')

        assert found["closing"] == "0.00"
        assert {node["code"] for node in found["lines"]["nodes"]} == {
            "572",
            "43000001",
            "705",
            "47700021",
            "621",
        }

    async def test_with_a_cursor_of_nowhere_is_merely_empty(self, office: Office) -> None:
        company_id, _ = await small_books(office)

        found = await card(office, company_id, f'account: "572", {YEAR}', after="zz")

        assert found["lines"]["nodes"] == []
        assert found["lines"]["pageInfo"] == {"hasNextPage": False, "endCursor": None}


class TestLine:
    async def test_shows_the_document_behind_it(self, office: Office) -> None:
        company_id, cafe = await small_books(office)
        async with office.act() as act:
            made = await create_document(
                act,
                NewDocument(
                    company_id=company_id,
                    kind="PURCHASE_INVOICE",
                    contact_id=cafe,
                    issued_on=date(2026, 4, 2),
                    number="B-77",
                    status="PENDING_REVIEW",
                    lines=(NewLine(description="Cafè", unit_price=Decimal(100), tax_rate=Decimal(21)),),
                ),
            )
            await approve_document(act, made)

        found = await card(office, company_id, f'account: "4", {YEAR}')
        bought = [node for node in found["lines"]["nodes"] if node["entryOn"] == "2026-04-02"]

        assert {node["documentNumber"] for node in bought} == {"B-77"}
        assert {node["documentSide"] for node in bought} == {"PURCHASES"}
        assert not any(node["reconciled"] for node in bought)
