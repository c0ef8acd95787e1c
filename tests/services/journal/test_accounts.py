"""Changes of a company's chart, and the balances its books begin with."""

from typing import Any
from uuid import UUID

from tests.support.builders.journal import balances, books, contact, keep_draft, line, post
from tests.support.office import Office

ADD = """mutation ($c: ID!, $code: String!, $name: String!) {
  addLedgerAccount(companyId: $c, code: $code, name: $name) {
    refusals { code path } account { id code name isLeaf type } } }"""
RENAME = """mutation ($id: ID!, $name: String!) { renameLedgerAccount(id: $id, name: $name) {
  refusals { code } account { code name } } }"""
ARCHIVE = """mutation ($id: ID!, $archived: Boolean!) { archiveLedgerAccount(id: $id, archived: $archived) {
  refusals { code } account { archivedAt } } }"""
OPENING = """mutation ($input: OpeningBalancesInput!) { draftOpeningBalances(input: $input) {
  refusals { code path } entry { id source entryOn state lines { ledgerAccount { code contact { name } } } } } }"""
CREATE = "mutation ($input: CreateEntryInput!) { createEntry(input: $input) { refusals { code } } }"
POST = 'mutation ($ids: [ID!]!) { postEntries(ids: $ids, requestKey: "k") { results { refusals { code } } } }'


async def add(office: Office, company_id: UUID, code: str, name: str = "Taller") -> Any:
    answer = await office.ask(office.bookkeeper, ADD, {"c": str(company_id), "code": code, "name": name})
    return answer.data["addLedgerAccount"]


async def accounts(office: Office, company_id: UUID, given: str) -> Any:
    answer = await office.ask(
        office.manager,
        f"query ($c: ID!) {{ ledgerAccounts(companyId: $c, {given}) {{ id code name isLeaf }} }}",
        {"c": str(company_id)},
    )
    return answer.data["ledgerAccounts"]


class TestSubAccounts:
    async def test_close_the_account_above_them(self, office: Office) -> None:
        company_id = await books(office)

        made = await add(office, company_id, "62900001", "Taller de fusteria 🪚")
        again = await add(office, company_id, "62900001")

        assert made["account"]["type"] == "EXPENSE"
        assert made["account"]["isLeaf"] is True
        assert again["refusals"] == [{"code": "ACCOUNT_EXISTS", "path": ["code"]}]
        heading = await accounts(office, company_id, 'search: "629", leaf: false')
        assert [one["code"] for one in heading] == ["629"]

    async def test_stand_below_the_general_chart(self, office: Office) -> None:
        company_id = await books(office)

        codes = {
            code: (await add(office, company_id, code))["refusals"][0]["code"]
            for code in ("99900001", "62x", "693")
        }

        assert codes == {"99900001": "LEDGER_ACCOUNT_UNKNOWN", "62x": "BAD_INPUT", "693": "BAD_INPUT"}

    async def test_are_found_by_name_and_belong_to_one_company(
        self, office: Office, other_office: Office
    ) -> None:
        company_id = await books(office)
        made = await add(office, company_id, "62900001", "Taller")

        found = await accounts(office, company_id, 'search: "TÁLLER"')
        foreign = await other_office.ask(
            other_office.owner, RENAME, {"id": made["account"]["id"], "name": "Mine"}
        )
        renamed = await office.ask(
            office.bookkeeper, RENAME, {"id": made["account"]["id"], "name": "Obrador"}
        )

        assert [one["code"] for one in found] == ["62900001"]
        assert foreign.data["renameLedgerAccount"]["refusals"] == [{"code": "NOT_FOUND"}]
        assert renamed.data["renameLedgerAccount"]["account"] == {"code": "62900001", "name": "Obrador"}


class TestArchiving:
    async def test_is_for_accounts_without_balance_and_drafts(self, office: Office) -> None:
        company_id = await books(office)
        await post(office, company_id)
        await keep_draft(office, company_id)
        used = (await accounts(office, company_id, 'search: "621"'))[0]["id"]
        unused = (await accounts(office, company_id, 'search: "620"'))[0]["id"]

        refused = await office.ask(office.bookkeeper, ARCHIVE, {"id": used, "archived": True})
        put_away = await office.ask(office.bookkeeper, ARCHIVE, {"id": unused, "archived": True})
        draft = {
            "companyId": str(company_id),
            "entryOn": "2026-03-02",
            "text": "Research",
            "lines": [
                {"ledgerAccountCode": "620", "debit": "1.00"},
                {"ledgerAccountCode": "572", "credit": "1.00"},
            ],
            "requestKey": "a",
        }
        on_it = await office.ask(office.bookkeeper, CREATE, {"input": draft})
        taken_out = await office.ask(office.bookkeeper, ARCHIVE, {"id": unused, "archived": False})
        after = await office.ask(office.bookkeeper, CREATE, {"input": draft})

        assert refused.data["archiveLedgerAccount"]["refusals"] == [{"code": "ACCOUNT_IN_USE"}]
        assert put_away.data["archiveLedgerAccount"]["account"]["archivedAt"] is not None
        assert on_it.data["createEntry"]["refusals"] == [{"code": "ACCOUNT_ARCHIVED"}]
        assert taken_out.data["archiveLedgerAccount"]["account"]["archivedAt"] is None
        assert after.data["createEntry"]["refusals"] == []


class TestOpeningBalances:
    async def test_begin_the_books_once(self, office: Office) -> None:
        company_id = await books(office)
        customer = await contact(office, company_id, "Cafés Brisa SL")
        given = {
            "companyId": str(company_id),
            "year": 2025,
            "lines": [
                {"ledgerAccountCode": "572", "debit": "3000.00"},
                {"ledgerAccountCode": "430", "debit": "1000.00", "contactId": str(customer)},
                {"ledgerAccountCode": "100", "credit": "4000.00"},
            ],
            "requestKey": "a",
        }

        made = await office.ask(office.bookkeeper, OPENING, {"input": given})
        again = await office.ask(office.bookkeeper, OPENING, {"input": given})
        another = await office.ask(office.bookkeeper, OPENING, {"input": given | {"requestKey": "b"}})
        entry = made.data["draftOpeningBalances"]["entry"]
        posted = await office.ask(office.manager, POST, {"ids": [entry["id"]]})

        assert (entry["source"], entry["entryOn"], entry["state"]) == ("OPENING", "2025-01-01", "DRAFT")
        assert entry["lines"][1]["ledgerAccount"]["contact"] == {"name": "Cafés Brisa SL"}
        assert again.data == made.data
        assert another.data["draftOpeningBalances"]["refusals"] == [{"code": "BOOKS_BEGUN", "path": ["year"]}]
        assert posted.data["postEntries"]["results"] == [{"refusals": []}]
        assert sum((await balances(office, company_id)).values()) == 0

    async def test_of_a_later_year_come_from_closing(self, office: Office) -> None:
        company_id = await books(office)
        await post(office, company_id, [line("572", debit="1.00"), line("100", credit="1.00")])
        given = {
            "companyId": str(company_id),
            "year": 2027,
            "lines": [
                {"ledgerAccountCode": "572", "debit": "1.00"},
                {"ledgerAccountCode": "100", "credit": "1.00"},
            ],
            "requestKey": "a",
        }

        unknown = await office.ask(office.bookkeeper, OPENING, {"input": given})
        await office.ask(
            office.manager,
            "mutation ($c: ID!) { openFiscalYear(companyId: $c, year: 2027) { refusals { code } } }",
            {"c": str(company_id)},
        )
        begun = await office.ask(office.bookkeeper, OPENING, {"input": given})

        assert unknown.data["draftOpeningBalances"]["refusals"][0]["code"] == "NOT_FOUND"
        assert begun.data["draftOpeningBalances"]["refusals"][0]["code"] == "BOOKS_BEGUN"
