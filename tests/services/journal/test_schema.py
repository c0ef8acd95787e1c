"""The journal as everybody asks for it: lists, counters, figures of the overview, acts, and what strangers get."""

from datetime import date
from typing import Any

import pytest

from services.access.policy import Scope
from services.journal.interface import open_books
from services.kit import clock
from tests.support.builders.journal import books, contact, keep_draft, line, post, rent
from tests.support.office import BOOKS, Office

ENTRY = "id number fiscalYear entryOn state text source total reversesId reversedById reviewedAt"
LINES = "lines { position text debit credit ledgerAccount { code name type } contact { name } }"
LIST = f"""query ($company: ID, $filter: EntryFilter, $order: EntryOrder! = DATE_ASC, $first: Int! = 50,
               $after: String) {{
  journalEntries(companyId: $company, filter: $filter, orderBy: $order, first: $first, after: $after) {{
    totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ {ENTRY} {LINES} }} }} }}"""
PENDING = "query ($id: ID!) { client(id: $id) { pendingWork { entriesToPost } } }"
POST = """mutation ($ids: [ID!]!) { postEntries(ids: $ids, requestKey: "k") {
  refusals { code } results { id refusals { code message } entry { number state } } } }"""


async def both_ways(office: Office, viewer: Any, document: str, variables: dict[str, Any]) -> Any:
    """The plan's answer, after graphql-core gave the same."""
    planned = await office.ask(viewer, document, variables)
    walked = await office.ask(viewer, document, variables, planned=False)
    assert walked.data == planned.data
    assert planned.errors == []
    return planned.data


class TestEntries:
    async def test_show_state_reversal_and_lines(self, office: Office) -> None:
        company_id = await books(office)
        cafe = await contact(office, company_id, "Cafés Brisa SL")
        sale = [line("430", debit="121.00", contact_id=cafe), line("705", credit="121.00")]
        await post(office, company_id, sale, text="Counter")
        wrong = await post(office, company_id, text="Wrong")
        await keep_draft(office, company_id, on=date(2026, 3, 9))
        reversed_ = await office.ask(
            office.manager,
            'mutation ($id: ID!) { reverseEntry(id: $id, requestKey: "r") { refusals { code } entry { id } } }',
            {"id": str(wrong)},
        )
        reversal = reversed_.data["reverseEntry"]["entry"]["id"]

        data = await both_ways(office, office.bookkeeper, LIST, {"company": str(company_id)})
        nodes = data["journalEntries"]["nodes"]

        assert [(node["number"], node["state"]) for node in nodes] == [
            (1, "POSTED"),
            (2, "REVERSED"),
            (3, "POSTED"),
            (None, "DRAFT"),
        ]
        assert nodes[1]["reversedById"] == reversal
        assert nodes[2]["reversesId"] == str(wrong)
        assert nodes[0]["lines"][0] == {
            "position": 1,
            "text": "",
            "debit": "121.00",
            "credit": "0.00",
            "ledgerAccount": {"code": "43000001", "name": "Cafés Brisa SL", "type": "CURRENT_ASSET"},
            "contact": {"name": "Cafés Brisa SL"},
        }

    @pytest.mark.parametrize(
        ("given", "numbers"),
        [
            ({"state": "DRAFT"}, [None]),
            ({"state": "POSTED"}, [1, 2]),
            ({"search": "WORKSHOP"}, [2]),
            ({"from": "2026-03-02", "to": "2026-03-31"}, [2, None]),
        ],
    )
    async def test_are_filtered(
        self, office: Office, given: dict[str, str], numbers: list[int | None]
    ) -> None:
        company_id = await books(office)
        await post(office, company_id, on=date(2026, 2, 1), text="Till")
        await post(office, company_id, on=date(2026, 3, 2), text="The wórkshop")
        await keep_draft(office, company_id, on=date(2026, 3, 9), text="Later")

        data = await both_ways(office, office.manager, LIST, {"company": str(company_id), "filter": given})

        assert [node["number"] for node in data["journalEntries"]["nodes"]] == numbers
        assert data["journalEntries"]["totalCount"] == len(numbers)

    async def test_are_filtered_by_account(self, office: Office) -> None:
        company_id = await books(office)
        await post(office, company_id)
        await post(office, company_id, [line("626", debit="3.00"), line("572", credit="3.00")])
        found = await office.ask(
            office.manager,
            'query ($id: ID!) { ledgerAccounts(companyId: $id, search: "626") { id code balance isLeaf } }',
            {"id": str(company_id)},
        )
        account = found.data["ledgerAccounts"][0]

        data = await both_ways(
            office,
            office.manager,
            LIST,
            {"company": str(company_id), "filter": {"ledgerAccountId": account["id"]}},
        )

        assert (account["code"], account["balance"], account["isLeaf"]) == ("626", "3.00", True)
        assert [node["number"] for node in data["journalEntries"]["nodes"]] == [2]

    @pytest.mark.parametrize("order", ["DATE_ASC", "DATE_DESC", "NUMBER_ASC", "NUMBER_DESC"])
    async def test_are_paged_without_loss_in_every_order(self, office: Office, order: str) -> None:
        company_id = await books(office)
        for day in (3, 1, 2):
            await post(office, company_id, on=date(2026, 3, day))
        await keep_draft(office, company_id)
        await post(office, company_id, on=date(2025, 3, 2))
        seen: list[str] = []
        after = None

        while True:
            variables = {"company": str(company_id), "order": order, "first": 2, "after": after}
            data = await both_ways(office, office.manager, LIST, variables)
            page = data["journalEntries"]
            seen += [node["id"] for node in page["nodes"]]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break

        whole = await office.ask(office.manager, LIST, {"company": str(company_id), "order": order})
        assert seen == [node["id"] for node in whole.data["journalEntries"]["nodes"]]
        assert len(set(seen)) == 5


class TestLines:
    async def test_are_a_ledger_card_of_an_account(self, office: Office) -> None:
        company_id = await books(office)
        for day, amount in ((5, "5.00"), (1, "1.00"), (3, "3.00")):
            await post(office, company_id, rent(amount), on=date(2026, 3, day))
        found = await office.ask(
            office.manager,
            'query ($id: ID!) { ledgerAccounts(companyId: $id, search: "621") { id } }',
            {"id": str(company_id)},
        )
        document = """query ($company: ID, $account: ID, $after: String) {
          journalLines(companyId: $company, first: 2, after: $after,
                       filter: {ledgerAccountId: $account, state: POSTED}) {
            totalCount pageInfo { hasNextPage endCursor } nodes { entryOn debit entry { number } } } }"""
        variables = {"company": str(company_id), "account": found.data["ledgerAccounts"][0]["id"]}

        first = (await both_ways(office, office.manager, document, variables))["journalLines"]
        after = {"after": first["pageInfo"]["endCursor"]}
        second = (await both_ways(office, office.manager, document, variables | after))["journalLines"]

        assert first["totalCount"] == 3
        assert [node["debit"] for node in first["nodes"] + second["nodes"]] == ["1.00", "3.00", "5.00"]

    async def test_come_a_thousand_at_most(self, office: Office) -> None:
        answer = await office.ask(office.manager, "{ journalLines(first: 1001) { nodes { id } } }")

        assert answer.codes == ["BAD_INPUT"]


class TestCounter:
    async def test_equals_the_list_and_falls_when_posted(self, office: Office) -> None:
        company_id = await books(office)
        drafts = [await keep_draft(office, company_id) for _ in range(3)]
        await post(office, company_id)
        listed = {"company": str(company_id), "filter": {"state": "DRAFT"}}

        before = await both_ways(office, office.manager, PENDING, {"id": str(company_id)})
        total = (await office.ask(office.manager, LIST, listed)).data["journalEntries"]["totalCount"]
        await office.ask(office.manager, POST, {"ids": drafts[:2]})
        after = await both_ways(office, office.manager, PENDING, {"id": str(company_id)})

        assert before["client"]["pendingWork"]["entriesToPost"] == total == 3
        assert after["client"]["pendingWork"]["entriesToPost"] == 1

    async def test_is_explained_where_the_journal_is_not_granted(self, office: Office) -> None:
        company_id = await office.client(view=BOOKS - {Scope.JOURNAL})

        answer = await office.ask(office.manager, PENDING, {"id": str(company_id)})

        assert answer.data["client"]["pendingWork"]["entriesToPost"] is None
        assert answer.errors[0]["extensions"]["code"] == "SCOPE"


class TestOverview:
    async def test_adds_up_posted_entries(self, office: Office) -> None:
        company_id = await books(office)
        cafe, mill = await contact(office, company_id), await contact(office, company_id, "Molino Alto SA")
        today = clock.today()
        async with office.act() as act:
            await open_books(act, company_id=company_id, years=[today.year, today.year - 1])
        last_year = date(today.year - 1, 6, 1)
        entries: list[tuple[date, list[Any]]] = [
            (
                today,
                [
                    line("430", debit="121.00", contact_id=cafe),
                    line("705", credit="100.00"),
                    line("47700021", credit="21.00"),
                ],
            ),
            (today, [line("629", debit="40.00"), line("410", credit="40.00", contact_id=mill)]),
            (today, [line("572", debit="50.00"), line("430", credit="50.00", contact_id=cafe)]),
            (last_year, [line("572", debit="7.00"), line("705", credit="7.00")]),
        ]
        for day, lines in entries:
            await post(office, company_id, lines, on=day)
        await keep_draft(office, company_id)
        document = """query ($id: ID!) { client(id: $id) { overview {
          currency bankBalance income expense result receivable payable } } }"""

        data = await both_ways(office, office.manager, document, {"id": str(company_id)})

        assert data["client"]["overview"] == {
            "currency": "EUR",
            "bankBalance": "57.00",
            "income": "100.00",
            "expense": "40.00",
            "result": "60.00",
            "receivable": "71.00",
            "payable": "40.00",
        }


class TestStrangers:
    ONE = "query ($id: ID!) { journalEntry(id: $id) { id } }"

    async def test_get_nothing(self, office: Office) -> None:
        company_id = await books(office, assigned=False)
        entry_id = str(await post(office, company_id))
        other = await books(office, "Tallers Mistral SL")
        stranger = await office.client_owner(other)

        for viewer in (office.manager, office.bookkeeper, stranger):
            assert (await office.ask(viewer, self.ONE, {"id": entry_id})).data == {"journalEntry": None}
            listed = await office.ask(viewer, LIST, {"company": str(company_id)})
            assert listed.data["journalEntries"] == {
                "totalCount": 0,
                "pageInfo": {"hasNextPage": False, "endCursor": None},
                "nodes": [],
            }
            lines = await office.ask(
                viewer,
                "query ($id: ID) { journalLines(companyId: $id) { totalCount } }",
                {"id": str(company_id)},
            )
            assert lines.data["journalLines"]["totalCount"] == 0
            accounts = await office.ask(
                viewer, "query ($id: ID!) { ledgerAccounts(companyId: $id) { id } }", {"id": str(company_id)}
            )
            assert accounts.data["ledgerAccounts"] == []

    async def test_from_the_portal_are_told_that_their_role_has_no_part(self, office: Office) -> None:
        company_id = await books(office)
        entry_id = str(await post(office, company_id))
        portal = await office.portal_contact(company_id, await contact(office, company_id))

        answer = await office.ask(portal, self.ONE, {"id": entry_id})

        assert answer.data == {"journalEntry": None}
        assert answer.codes == ["ROLE"]

    async def test_cannot_reverse_what_they_do_not_see(self, office: Office) -> None:
        company_id = await books(office, assigned=False)
        entry_id = str(await post(office, company_id))

        answer = await office.ask(
            office.manager,
            'mutation ($id: ID!) { reverseEntry(id: $id, requestKey: "r") { refusals { code } entry { id } } }',
            {"id": entry_id},
        )

        assert answer.data["reverseEntry"] == {"refusals": [{"code": "NOT_FOUND"}], "entry": None}
