"""What stands beside entries: marks of review, comments, papers; and drafts that two people edit."""

from typing import Any
from uuid import UUID

from services.access.policy import Scope
from tests.services.journal.test_importing import sent
from tests.support.builders.journal import books, keep_draft, post
from tests.support.office import Office

COMMENT = """mutation ($id: ID!, $text: String!, $key: String!) {
  addEntryComment(entryId: $id, text: $text, requestKey: $key) {
    refusals { code path } entry { comments { text authorName } } } }"""
EDIT = """mutation ($input: EditEntryInput!) { editEntry(input: $input) {
  refusals { code path } entry { version total } } }"""


class TestReview:
    async def test_is_taken_back_and_told_by_name(self, office: Office) -> None:
        company_id = await books(office)
        entry_id = str(await post(office, company_id))
        marked = "mutation ($id: ID!) { markReviewed(id: $id) { entry { reviewedByName } } }"
        unmarked = (
            "mutation ($id: ID!) { unmarkReviewed(id: $id) { refusals { code } entry { reviewedAt } } }"
        )
        listed = (
            """query ($c: ID!) { journalEntries(companyId: $c, filter: {reviewed: false}) { totalCount } }"""
        )

        first = await office.ask(office.bookkeeper, marked, {"id": entry_id})
        none_left = await office.ask(office.manager, listed, {"c": str(company_id)})
        gone = await office.ask(office.manager, unmarked, {"id": entry_id})
        one_left = await office.ask(office.manager, listed, {"c": str(company_id)})

        assert first.data["markReviewed"]["entry"]["reviewedByName"] == "Biel Font"
        assert none_left.data["journalEntries"]["totalCount"] == 0
        assert gone.data["unmarkReviewed"]["entry"]["reviewedAt"] is None
        assert one_left.data["journalEntries"]["totalCount"] == 1

    async def test_of_many_tells_of_each_and_is_taken_back(self, office: Office, tmp_path: Any) -> None:
        company_id = await books(office)
        first, second = str(await post(office, company_id)), str(await post(office, company_id))
        draft = str(await keep_draft(office, company_id))
        stranger = await Office.open(office.database, tmp_path / "stranger", "Assessoria Lluna SL")
        mark = "mutation ($ids: [ID!]!) { markEntriesReviewed(ids: $ids) { results { RESULT } } }"
        unmark = "mutation ($ids: [ID!]!) { unmarkEntriesReviewed(ids: $ids) { results { RESULT } } }"
        result = "id entry { reviewedByName } refusals { code }"

        foreign = await stranger.ask(stranger.owner, mark.replace("RESULT", result), {"ids": [first]})
        marked = await office.ask(
            office.bookkeeper, mark.replace("RESULT", result), {"ids": [first, draft, second]}
        )
        gone = await office.ask(office.manager, unmark.replace("RESULT", result), {"ids": [second, first]})

        assert foreign.data["markEntriesReviewed"]["results"] == [
            {"id": first, "entry": None, "refusals": [{"code": "NOT_FOUND"}]}
        ]
        told = marked.data["markEntriesReviewed"]["results"]
        assert [one["id"] for one in told] == [first, draft, second]
        assert [one["entry"]["reviewedByName"] for one in told] == ["Biel Font", None, "Biel Font"]
        assert [one["refusals"] for one in told] == [[], [{"code": "ENTRY_NOT_POSTED"}], []]
        for one in gone.data["unmarkEntriesReviewed"]["results"]:
            assert (one["entry"]["reviewedByName"], one["refusals"]) == (None, [])


class TestComments:
    async def test_are_written_by_staff_and_client_once_per_key(self, office: Office) -> None:
        company_id = await books(office)
        entry_id = await keep_draft(office, company_id)
        client = await office.client_owner(company_id)

        await office.ask(office.bookkeeper, COMMENT, {"id": entry_id, "text": "Whose rent?", "key": "a"})
        answer = await office.ask(client, COMMENT, {"id": entry_id, "text": "Mine 🪚", "key": "b"})
        again = await office.ask(client, COMMENT, {"id": entry_id, "text": "Mine 🪚", "key": "b"})

        told = answer.data["addEntryComment"]["entry"]["comments"]
        assert [one["text"] for one in told] == ["Whose rent?", "Mine 🪚"]
        assert again.data == answer.data

    async def test_of_another_entry_are_not_passed_off(self, office: Office) -> None:
        company_id = await books(office)
        first, second = await keep_draft(office, company_id), await keep_draft(office, company_id)
        await office.ask(office.manager, COMMENT, {"id": first, "text": "One", "key": "a"})

        answer = await office.ask(office.manager, COMMENT, {"id": second, "text": "Two", "key": "a"})

        assert answer.data["addEntryComment"]["refusals"][0]["code"] == "REQUEST_KEY_USED"

    async def test_are_closed_to_strangers_and_to_who_lacks_the_journal(
        self, office: Office, tmp_path: Any
    ) -> None:
        company_id = await books(office)
        entry_id = await keep_draft(office, company_id)
        stranger = await Office.open(office.database, tmp_path / "stranger", "Assessoria Lluna SL")
        employee = await office.employee(
            company_id, view=frozenset({Scope.SALES}), edit=frozenset({Scope.SALES})
        )

        foreign = await stranger.ask(stranger.owner, COMMENT, {"id": entry_id, "text": "Hello", "key": "a"})
        inside = await office.ask(employee, COMMENT, {"id": entry_id, "text": "Hello", "key": "a"})
        empty = await office.ask(office.manager, COMMENT, {"id": entry_id, "text": " ", "key": "a"})

        assert foreign.data["addEntryComment"]["refusals"][0]["code"] == "NOT_FOUND"
        assert inside.codes == ["ROLE"]
        assert empty.data["addEntryComment"]["refusals"][0]["path"] == ["text"]


class TestPapers:
    async def test_come_and_go_on_a_posted_entry(self, office: Office) -> None:
        company_id = await books(office)
        entry_id = await post(office, company_id)
        upload_id = await sent(office, company_id, b"%PDF-1.4 a receipt", "receipt.pdf")
        attach = """mutation ($id: ID!, $upload: ID!) { attachEntryPaper(entryId: $id, uploadId: $upload) {
          refusals { code } } }"""
        given = {"id": str(entry_id), "upload": str(upload_id)}
        first = await office.ask(office.bookkeeper, attach, given)
        await office.ask(office.bookkeeper, attach, given)
        elsewhere = await post(office, await books(office, "Una altra SL"))
        other = await office.ask(office.bookkeeper, attach, given | {"id": str(elsewhere)})

        assert first.data["attachEntryPaper"]["refusals"] == []
        assert other.data["attachEntryPaper"]["refusals"] == [{"code": "NOT_FOUND"}]
        listed = await self._papers(office, entry_id)
        detached = await office.ask(
            office.bookkeeper,
            "mutation ($id: ID!) { detachEntryPaper(id: $id) { refusals { code } entry { state } } }",
            {"id": listed[0]["id"]},
        )

        assert [(one["filename"], one["url"]) for one in listed] == [("receipt.pdf", "/files/object")]
        assert detached.data["detachEntryPaper"] == {"refusals": [], "entry": {"state": "POSTED"}}
        assert await self._papers(office, entry_id) == []

    async def _papers(self, office: Office, entry_id: UUID) -> Any:
        answer = await office.ask(
            office.manager,
            "query ($id: ID!) { journalEntry(id: $id) { attachments { id filename url } } }",
            {"id": str(entry_id)},
        )
        return answer.data["journalEntry"]["attachments"]


class TestTwoEditors:
    async def test_learn_that_somebody_was_quicker(self, office: Office) -> None:
        company_id = await books(office)
        entry_id = await keep_draft(office, company_id)

        def edit(amount: str) -> Any:
            lines = [
                {"ledgerAccountCode": "621", "debit": amount},
                {"ledgerAccountCode": "572", "credit": amount},
            ]
            given = {"id": entry_id, "entryOn": "2026-03-03", "text": "Rent", "lines": lines, "version": 1}
            return office.ask(office.bookkeeper, EDIT, {"input": given})

        first, second = await edit("1.00"), await edit("2.00")
        deleted = await office.ask(
            office.manager,
            "mutation ($id: ID!) { deleteEntry(id: $id, version: 1) { refusals { code } } }",
            {"id": entry_id},
        )

        assert first.data["editEntry"]["entry"] == {"version": 2, "total": "1.00"}
        assert second.data["editEntry"]["refusals"] == [{"code": "ENTRY_CHANGED", "path": ["version"]}]
        assert deleted.data["deleteEntry"]["refusals"] == [{"code": "ENTRY_CHANGED"}]


class TestThirdParties:
    async def test_must_be_named_on_their_accounts(self, office: Office) -> None:
        company_id = await books(office)
        create = (
            "mutation ($input: CreateEntryInput!) { createEntry(input: $input) { refusals { code path } } }"
        )
        given = {
            "companyId": str(company_id),
            "entryOn": "2026-03-02",
            "text": "Loan of a partner",
            "lines": [
                {"ledgerAccountCode": "572", "debit": "9.00"},
                {"ledgerAccountCode": "551", "credit": "9.00"},
            ],
            "requestKey": "a",
        }

        answer = await office.ask(office.bookkeeper, create, {"input": given})

        assert answer.data["createEntry"]["refusals"] == [
            {"code": "CONTACT_NEEDED", "path": ["lines", "1", "contactId"]}
        ]
