"""Acts on entries through GraphQL: drafting, posting, reviewing, and what posted entries refuse."""

from datetime import date

from tests.support.builders.journal import books, keep_draft, post
from tests.support.office import Office

STATES = "query ($company: ID) { journalEntries(companyId: $company) { nodes { state } } }"
POST = """mutation ($ids: [ID!]!) { postEntries(ids: $ids, requestKey: "k") {
  refusals { code } results { id refusals { code message } entry { number state } } } }"""


class TestPosting:
    async def test_answers_for_each_entry(self, office: Office) -> None:
        company_id = await books(office)
        later = await keep_draft(office, company_id, on=date(2026, 3, 9))
        earlier = await keep_draft(office, company_id, on=date(2026, 3, 1))
        unknown = "00000000-0000-7000-8000-000000000000"

        answer = await office.ask(office.manager, POST, {"ids": [later, unknown, earlier]})
        again = await office.ask(office.manager, POST, {"ids": [later, unknown, earlier]})

        results = answer.data["postEntries"]["results"]
        assert [result["id"] for result in results] == [later, unknown, earlier]
        assert [result["entry"] and result["entry"]["number"] for result in results] == [2, None, 1]
        assert [refusal["code"] for refusal in results[1]["refusals"]] == ["NOT_FOUND"]
        assert again.data == answer.data

    async def test_is_not_for_bookkeepers(self, office: Office) -> None:
        company_id = await books(office)
        draft = await keep_draft(office, company_id)

        answer = await office.ask(office.bookkeeper, POST, {"ids": [draft]})

        assert answer.codes == ["ROLE"]
        assert (await office.ask(office.manager, STATES, {"company": str(company_id)})).data[
            "journalEntries"
        ]["nodes"][0]["state"] == "DRAFT"


class TestDrafts:
    CREATE = """mutation ($input: CreateEntryInput!) { createEntry(input: $input) {
      refusals { code path message } entry { id total lines { debit credit ledgerAccount { code } } } } }"""

    async def test_are_kept_edited_and_deleted_by_bookkeepers(self, office: Office) -> None:
        company_id = await books(office)
        lines = [
            {"ledgerAccountCode": "621", "debit": "9.00"},
            {"ledgerAccountCode": "572", "credit": "9.00"},
        ]
        given = {
            "companyId": str(company_id),
            "entryOn": "2026-03-02",
            "text": "Rent",
            "lines": lines,
            "requestKey": "a",
        }

        made = await office.ask(office.bookkeeper, self.CREATE, {"input": given})
        again = await office.ask(office.bookkeeper, self.CREATE, {"input": given})
        entry_id = made.data["createEntry"]["entry"]["id"]
        other = [
            {"ledgerAccountCode": "626", "debit": "8.00"},
            {"ledgerAccountCode": "572", "credit": "8.00"},
        ]
        edited = await office.ask(
            office.bookkeeper,
            """mutation ($input: EditEntryInput!) { editEntry(input: $input) {
              refusals { code } entry { total lines { ledgerAccount { code } } } } }""",
            {"input": {"id": entry_id, "entryOn": "2026-03-03", "text": "Fee", "lines": other}},
        )
        deleted = await office.ask(
            office.bookkeeper,
            "mutation ($id: ID!) { deleteEntry(id: $id) { deletedId refusals { code } } }",
            {"id": entry_id},
        )

        assert again.data == made.data
        assert edited.data["editEntry"]["entry"] == {
            "total": "8.00",
            "lines": [{"ledgerAccount": {"code": "626"}}, {"ledgerAccount": {"code": "572"}}],
        }
        assert deleted.data["deleteEntry"] == {"deletedId": entry_id, "refusals": []}
        assert (await office.ask(office.manager, STATES, {"company": str(company_id)})).data[
            "journalEntries"
        ]["nodes"] == []

    async def test_say_by_how_much_they_do_not_balance(self, office: Office) -> None:
        company_id = await books(office)
        lines = [
            {"ledgerAccountCode": "621", "debit": "9.01"},
            {"ledgerAccountCode": "572", "credit": "9.00"},
        ]
        given = {
            "companyId": str(company_id),
            "entryOn": "2026-03-02",
            "text": "Rent",
            "lines": lines,
            "requestKey": "a",
        }

        answer = await office.ask(office.bookkeeper, self.CREATE, {"input": given})

        assert answer.data["createEntry"]["entry"] is None
        refusal = answer.data["createEntry"]["refusals"][0]
        assert (refusal["code"], refusal["message"]) == (
            "ENTRY_NOT_BALANCED",
            "Debit 9.01 and credit 9.00 differ by 0.01.",
        )

    async def test_once_posted_are_neither_edited_nor_deleted(self, office: Office) -> None:
        company_id = await books(office)
        entry_id = str(await post(office, company_id))
        lines = [
            {"ledgerAccountCode": "626", "debit": "8.00"},
            {"ledgerAccountCode": "572", "credit": "8.00"},
        ]

        edited = await office.ask(
            office.manager,
            "mutation ($input: EditEntryInput!) { editEntry(input: $input) { refusals { code } } }",
            {"input": {"id": entry_id, "entryOn": "2026-03-03", "text": "Fee", "lines": lines}},
        )
        deleted = await office.ask(
            office.manager,
            "mutation ($id: ID!) { deleteEntry(id: $id) { deletedId refusals { code } } }",
            {"id": entry_id},
        )

        assert edited.data["editEntry"]["refusals"] == [{"code": "ENTRY_ALREADY_POSTED"}]
        assert deleted.data["deleteEntry"]["refusals"] == [{"code": "ENTRY_ALREADY_POSTED"}]


class TestReview:
    async def test_stands_beside_the_entry(self, office: Office) -> None:
        company_id = await books(office)
        entry_id = str(await post(office, company_id))
        document = (
            "mutation ($id: ID!) { markReviewed(id: $id) { refusals { code } entry { reviewedAt state } } }"
        )

        first = await office.ask(office.bookkeeper, document, {"id": entry_id})
        second = await office.ask(office.manager, document, {"id": entry_id})

        assert first.data["markReviewed"]["entry"]["reviewedAt"] is not None
        assert second.data == first.data
