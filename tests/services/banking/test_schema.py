"""Banking through GraphQL, as everybody who may or may not look at it."""

from typing import Any

import pytest

from services.access.actions import grant_to_firm
from services.access.policy import Role, Scope
from services.banking.actions import AskedTarget, reconcile
from services.kit.money import parse_amount
from services.uploads.interface import record_upload
from tests.support.builders.banking import SECOND_IBAN, Bank, open_bank, statement_file
from tests.support.builders.norma43 import movement
from tests.support.office import BOOKS, Office

LIST = """
query($c: ID, $f: BankLineFilter, $o: BankLineOrder! = DATE_DESC, $after: String, $first: Int! = 50) {
  bankLines(companyId: $c, filter: $f, orderBy: $o, first: $first, after: $after) {
    totalCount
    nodes { id text amount state settledAmount proposal { documentId contactName outstanding amount certainty } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
PENDING = "query($c: ID!) { client(id: $c) { pendingWork { reconciliations } } }"
RECONCILE = """
mutation($i: ReconcileInput!) {
  reconcile(input: $i) {
    line { id state settledAmount entryId undoToken } undoToken refusals { code path message }
  }
}
"""
UNDO = "mutation($t: ID!) { undo(token: $t) { undone line { state undoToken } refusals { code } } }"


async def _bank_with_lines(office: Office) -> Bank:
    bank = await open_bank(office)
    await bank.sale("Carpintería Muñoz SL", "1210.00")
    await bank.purchase("Telefonia Exemple SA", "T-118", "84.70")
    await bank.receive(
        movement("1210.00", day=12, text="TRANSF CARPINTERIA MUNOZ"),
        movement("-84.70", day=10, text="RECIBO TELEFONIA EXEMPLE"),
        movement("-12.50", day=28, text="COMISION MANTENIMIENTO"),
    )
    return bank


async def _lines(office: Office, bank: Bank, asking: Any = None, **given: Any) -> dict[str, Any]:
    answer = await office.ask(asking or office.manager, LIST, {"c": str(bank.company_id), **given})
    assert answer.errors == []
    found: dict[str, Any] = answer.data["bankLines"]
    return found


class TestLines:
    async def test_are_listed_with_their_best_proposal(self, office: Office) -> None:
        bank = await _bank_with_lines(office)

        found = await _lines(office, bank)

        assert [(one["text"], one["amount"], one["state"]) for one in found["nodes"]] == [
            ("COMISION MANTENIMIENTO", "-12.50", "NEW"),
            ("TRANSF CARPINTERIA MUNOZ", "1210.00", "PROPOSED"),
            ("RECIBO TELEFONIA EXEMPLE", "-84.70", "PROPOSED"),
        ]
        proposals = [one["proposal"] for one in found["nodes"]]
        assert proposals[0] is None
        assert proposals[1]["contactName"] == "Carpintería Muñoz SL"
        assert proposals[1]["outstanding"] == proposals[1]["amount"] == "1210.00"
        assert proposals[2]["contactName"] == "Telefonia Exemple SA"

    async def test_come_in_one_statement_whatever_is_asked_of_them(self, office: Office) -> None:
        assert office.plan(Role.ACCOUNT_MANAGER, LIST) is not None

    async def test_answer_both_ways_alike(self, office: Office) -> None:
        bank = await _bank_with_lines(office)
        given = {"c": str(bank.company_id)}

        planned = await office.ask(office.manager, LIST, given)
        executed = await office.ask(office.manager, LIST, given, planned=False)

        assert planned.data == executed.data

    @pytest.mark.parametrize(
        ("wanted", "count"),
        [
            ({"unreconciled": True}, 3),
            ({"unreconciled": False}, 0),
            ({"state": "PROPOSED"}, 2),
            ({"direction": "IN"}, 1),
            ({"direction": "OUT"}, 2),
            ({"search": "telefonía"}, 1),
            ({"search": "1.210,00"}, 1),
            ({"search": "12.50"}, 1),
            ({"search": "%"}, 0),
        ],
    )
    async def test_are_filtered(self, office: Office, wanted: dict[str, Any], count: int) -> None:
        bank = await _bank_with_lines(office)

        found = await _lines(office, bank, f=wanted)

        assert found["totalCount"] == len(found["nodes"]) == count

    async def test_are_paged_by_amount(self, office: Office) -> None:
        bank = await _bank_with_lines(office)

        first = await _lines(office, bank, o="AMOUNT_ASC", first=2)
        rest = await _lines(office, bank, o="AMOUNT_ASC", first=2, after=first["pageInfo"]["endCursor"])

        assert [one["amount"] for one in first["nodes"] + rest["nodes"]] == ["-84.70", "-12.50", "1210.00"]
        assert not rest["pageInfo"]["hasNextPage"]

    async def test_count_in_pending_work_what_their_list_holds(self, office: Office) -> None:
        bank = await _bank_with_lines(office)

        pending = await office.ask(office.manager, PENDING, {"c": str(bank.company_id)})

        listed = await _lines(office, bank, f={"unreconciled": True})
        assert pending.data["client"]["pendingWork"]["reconciliations"] == listed["totalCount"] == 3

    async def test_are_hidden_from_another_firm(self, office: Office, other_office: Office) -> None:
        bank = await _bank_with_lines(office)
        line = (await _lines(office, bank))["nodes"][0]["id"]

        listed = await other_office.ask(other_office.owner, LIST, {"c": str(bank.company_id)})
        one = await other_office.ask(
            other_office.owner, "query($i: ID!) { bankLine(id: $i) { id } }", {"i": line}
        )

        assert listed.data["bankLines"]["totalCount"] == 0
        assert one.data == {"bankLine": None}

    async def test_are_refused_to_a_role_that_never_sees_banks(self, office: Office) -> None:
        bank = await _bank_with_lines(office)
        answer = await office.ask(
            office.manager,
            "query($c: ID!) { contacts(companyId: $c) { nodes { id } } }",
            {"c": str(bank.company_id)},
        )
        contact = await office.portal_contact(bank.company_id, answer.data["contacts"]["nodes"][0]["id"])

        refused = await office.ask(contact, LIST, {"c": str(bank.company_id)})

        assert refused.data == {"bankLines": None}
        assert refused.codes == ["ROLE"]

    async def test_show_no_proposal_of_a_side_that_is_not_granted(self, office: Office) -> None:
        bank = await _bank_with_lines(office)
        async with office.act() as act:
            seen = BOOKS - {Scope.SALES}
            await grant_to_firm(
                act.session, company_id=bank.company_id, firm_id=office.firm_id, view=seen, edit=seen
            )

        found = await _lines(office, bank)

        assert [one["proposal"] is not None for one in found["nodes"]] == [False, False, True]


class TestAccounts:
    ACCOUNTS = """
    query($c: ID!) { client(id: $c) { bankAccounts {
      id name iban kind currency statementBalance ledgerBalance lastImportAt unreconciledCount
      statements { filename firstDay openingBalance closingBalance lineCount addedCount warnings }
    } } }
    """

    async def test_show_what_bank_and_books_say(self, office: Office) -> None:
        bank = await _bank_with_lines(office)
        [line] = (await _lines(office, bank, f={"direction": "IN"}))["nodes"]
        async with office.act() as act:
            target = AskedTarget(document_id=line["proposal"]["documentId"], amount=parse_amount("1210.00"))
            await reconcile(act, line["id"], [target], request_key="k")

        answer = await office.ask(office.bookkeeper, self.ACCOUNTS, {"c": str(bank.company_id)})

        assert answer.errors == []
        [account] = answer.data["client"]["bankAccounts"]
        assert account["kind"] == "BANK"
        assert (account["statementBalance"], account["ledgerBalance"]) == ("11112.80", "1210.00")
        assert account["unreconciledCount"] == 2
        assert account["lastImportAt"] is not None
        [statement] = account["statements"]
        assert (statement["openingBalance"], statement["lineCount"], statement["warnings"]) == (
            "10000.00",
            3,
            [],
        )

    async def test_are_opened_by_mutation_and_refused_twice(self, office: Office) -> None:
        bank = await open_bank(office)
        document = """mutation($i: OpenBankAccountInput!) { openBankAccount(input: $i) {
          bankAccount { name iban unreconciledCount statementBalance } refusals { code path } } }"""
        given = {"companyId": str(bank.company_id), "name": "Segona", "iban": SECOND_IBAN}

        made = await office.ask(office.manager, document, {"i": {**given, "requestKey": "a"}})
        again = await office.ask(office.manager, document, {"i": {**given, "requestKey": "b"}})

        assert made.data["openBankAccount"]["bankAccount"] == {
            "name": "Segona",
            "iban": SECOND_IBAN,
            "unreconciledCount": 0,
            "statementBalance": None,
        }
        assert again.data["openBankAccount"]["refusals"] == [
            {"code": "BANK_ACCOUNT_EXISTS", "path": ["input", "iban"]}
        ]


class TestReconcilingAndUndoing:
    async def test_by_mutation_gives_the_line_as_it_is_and_a_way_back(self, office: Office) -> None:
        bank = await _bank_with_lines(office)
        [line] = (await _lines(office, bank, f={"direction": "OUT", "state": "PROPOSED"}))["nodes"]
        target = {"documentId": line["proposal"]["documentId"], "amount": "84.70"}

        done = await office.ask(
            office.manager, RECONCILE, {"i": {"lineId": line["id"], "targets": [target], "requestKey": "k"}}
        )
        payload = done.data["reconcile"]

        assert payload["refusals"] == []
        assert (payload["line"]["state"], payload["line"]["settledAmount"]) == ("MATCHED", "84.70")
        assert payload["line"]["undoToken"] == payload["undoToken"]
        assert payload["line"]["entryId"] is not None
        pending = await office.ask(office.manager, PENDING, {"c": str(bank.company_id)})
        assert pending.data["client"]["pendingWork"]["reconciliations"] == 2

        back = await office.ask(office.manager, UNDO, {"t": payload["undoToken"]})
        twice = await office.ask(office.manager, UNDO, {"t": payload["undoToken"]})

        assert back.data["undo"] == {
            "undone": True,
            "line": {"state": "PROPOSED", "undoToken": None},
            "refusals": [],
        }
        assert twice.data["undo"]["refusals"] == [{"code": "RECONCILIATION_UNDONE"}]

    async def test_refuses_with_both_numbers(self, office: Office) -> None:
        bank = await _bank_with_lines(office)
        [line] = (await _lines(office, bank, f={"direction": "IN"}))["nodes"]
        target = {"documentId": line["proposal"]["documentId"], "amount": "1300.00"}

        answer = await office.ask(
            office.manager, RECONCILE, {"i": {"lineId": line["id"], "targets": [target], "requestKey": "k"}}
        )

        [refusal] = answer.data["reconcile"]["refusals"]
        assert refusal["code"] == "AMOUNT_ABOVE_OUTSTANDING"
        assert "1300.00" in refusal["message"]
        assert "1210.00" in refusal["message"]


class TestImporting:
    async def test_by_mutation_tells_what_came_and_what_was_known(self, office: Office) -> None:
        bank = await open_bank(office)
        document = """mutation($i: ImportStatementInput!) { importStatement(input: $i) {
          statements { lineCount closingBalance warnings } addedCount knownCount warnings refusals { code } } }"""

        async def send(content: bytes, key: str) -> Any:
            async with office.act(office.manager) as act:
                upload_id = await record_upload(
                    act,
                    office.store,
                    company_id=bank.company_id,
                    purpose="STATEMENT",
                    filename="noviembre.n43",
                    media_type="text/plain",
                    content=content,
                )
            given = {"companyId": str(bank.company_id), "uploadId": str(upload_id), "requestKey": key}
            answer = await office.ask(office.manager, document, {"i": given})
            assert answer.errors == []
            return answer.data["importStatement"]

        content = statement_file([movement("-4.50", text="CAFE"), movement("-4.50", text="CAFE")])
        first, again = await send(content, "a"), await send(content, "b")
        foreign = await send(b"%PDF-1.7 not a statement", "c")

        assert (first["addedCount"], first["knownCount"]) == (2, 0)
        assert first["statements"] == [{"lineCount": 2, "closingBalance": "9991.00", "warnings": []}]
        assert (again["addedCount"], again["knownCount"]) == (0, 2)
        assert foreign["statements"] is None
        assert [one["code"] for one in foreign["refusals"]] == ["NOT_NORMA43"]


class TestMatchCandidates:
    FIND = """query($l: ID!, $s: String) { matchCandidates(lineId: $l, search: $s) {
      documentId documentType number contactName outstanding amount certainty reasons } }"""

    async def test_are_ranked_and_say_why(self, office: Office) -> None:
        bank = await _bank_with_lines(office)
        [line] = (await _lines(office, bank, f={"direction": "IN"}))["nodes"]

        answer = await office.ask(office.manager, self.FIND, {"l": line["id"]})

        assert answer.errors == []
        best = answer.data["matchCandidates"][0]
        assert (best["documentType"], best["contactName"]) == ("SALES_INVOICE", "Carpintería Muñoz SL")
        assert best["documentId"] == line["proposal"]["documentId"]
        assert best["certainty"] == line["proposal"]["certainty"]
        assert "The amount is exactly 1,210.00." in best["reasons"]

    async def test_say_the_same_reasons_as_the_proposal(self, office: Office) -> None:
        bank = await _bank_with_lines(office)
        [line] = (await _lines(office, bank, f={"direction": "IN"}))["nodes"]

        one = await office.ask(
            office.manager,
            "query($l: ID!) { bankLine(id: $l) { proposal { why: reasons } } }",
            {"l": line["id"]},
        )
        found = await office.ask(office.manager, self.FIND, {"l": line["id"]})

        assert one.data["bankLine"]["proposal"]["why"] == found.data["matchCandidates"][0]["reasons"]

    async def test_find_by_search_what_nothing_speaks_for(self, office: Office) -> None:
        bank = await _bank_with_lines(office)
        await bank.purchase("Assessoria Font SL", "A-77", "300.00")
        [line] = (await _lines(office, bank, f={"search": "comision"}))["nodes"]

        nothing = await office.ask(office.manager, self.FIND, {"l": line["id"]})
        found = await office.ask(office.manager, self.FIND, {"l": line["id"], "s": "assessoria"})

        assert nothing.data["matchCandidates"] == []
        [one] = found.data["matchCandidates"]
        assert (one["number"], one["amount"], one["certainty"]) == ("A-77", "12.50", 0)

    async def test_give_null_to_strangers_and_nothing_without_the_side(
        self, office: Office, other_office: Office
    ) -> None:
        bank = await _bank_with_lines(office)
        [line] = (await _lines(office, bank, f={"direction": "IN"}))["nodes"]
        employee = await office.employee(bank.company_id, view=frozenset({Scope.BANKING}))

        foreign = await other_office.ask(other_office.owner, self.FIND, {"l": line["id"]})
        blind = await office.ask(employee, self.FIND, {"l": line["id"]})

        assert foreign.data == {"matchCandidates": None}
        assert blind.data == {"matchCandidates": []}
