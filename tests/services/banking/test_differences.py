"""Differences, sums and lines set aside on the real engine: one entry, all documents closed, all taken back."""

from decimal import Decimal
from typing import Any

import pytest

from services.access.actions import grant_to_firm
from services.access.policy import Scope
from services.banking.rules.differences import Difference, DifferenceAboveLimit
from services.kit.errors import Denied
from tests.services.banking.test_schema import RECONCILE
from tests.support.builders.banking import Bank, open_bank
from tests.support.builders.documents import customer
from tests.support.builders.reconciliation import (
    books_hold,
    document_of,
    invoice,
    lines_of,
    received,
    settle_line,
    state,
    take_back,
    target,
    told,
)
from tests.support.office import BOOKS, Office

PROPOSED = """query($l: ID!) { bankLine(id: $l) { state
  proposal { documentId amount paid difference } proposedWith { documentId amount paid direction } } }"""
ASIDE = """mutation($i: SetBankLineAsideInput!) { setBankLineAside(input: $i) {
  line { state setAsideReason setAsideByName proposal { documentId } } refusals { code path } } }"""
BACK = """mutation($l: ID!) { takeBankLineBack(id: $l) {
  line { state setAsideReason proposal { documentId } } refusals { code } } }"""


async def proposed(office: Office, line_id: object, asking: Any = None) -> dict[str, Any]:
    answer = await office.ask(asking or office.manager, PROPOSED, {"l": str(line_id)})
    assert answer.errors == []
    found: dict[str, Any] = answer.data["bankLine"]
    return found


async def two_invoices(office: Office) -> tuple[Bank, list[Any], Any]:
    """One transfer of 300.00 that pays two invoices of one customer."""
    bank = await open_bank(office)
    brisa = await customer(office, bank.company_id)
    sold = [await invoice(bank, brisa, amount) for amount in ("100.00", "200.00")]
    return bank, sold, await received(bank, "300.00", "TRANSF CAFES BRISA")


class TestAProposalOfSeveralDocuments:
    async def test_holds_them_all_and_is_accepted_whole(self, office: Office) -> None:
        bank, sold, line = await two_invoices(office)

        found = await proposed(office, line.id)
        every = [found["proposal"], *found["proposedWith"]]
        given = {
            "lineId": str(line.id),
            "targets": [{"documentId": one["documentId"], "amount": one["amount"]} for one in every],
            "requestKey": "all",
        }
        done = (await office.ask(office.manager, RECONCILE, {"i": given})).data["reconcile"]

        assert [(one["documentId"], one["amount"], one["paid"]) for one in every] == [
            (str(sold[0]), "100.00", "100.00"),
            (str(sold[1]), "200.00", "200.00"),
        ]
        assert (done["refusals"], done["line"]["state"]) == ([], "MATCHED")
        assert [(await document_of(bank, one))["status"] for one in sold] == ["PAID", "PAID"]

    async def test_is_not_shown_once_it_no_longer_adds_up(self, office: Office) -> None:
        bank, sold, line = await two_invoices(office)
        other = await received(bank, "40.00", "INGRESO", day=9)
        before = await proposed(office, line.id)

        done = await settle_line(bank, other, target(sold[0], "40.00"))
        after = await proposed(office, line.id)
        await take_back(bank, done.reconciliation_id)

        assert [one["documentId"] for one in after["proposedWith"]] == []
        assert await proposed(office, line.id) == before

    async def test_is_hidden_where_one_side_is_not_granted(self, office: Office) -> None:
        bank, _, line = await two_invoices(office)
        employee = await office.employee(bank.company_id, view=frozenset({Scope.BANKING, Scope.PURCHASES}))

        found = await proposed(office, line.id, employee)

        assert (found["proposal"], found["proposedWith"]) == (None, [])


class TestADifference:
    async def test_is_written_off_in_the_entry_that_settles(self, office: Office) -> None:
        bank = await open_bank(office)
        brisa = await customer(office, bank.company_id)
        sold = await invoice(bank, brisa, "100.00")
        line = await received(bank, "99.97", "TRANSF CAFES BRISA")
        before = await state(bank, [sold])
        assert (await proposed(office, line.id))["proposal"] == {
            "documentId": str(sold),
            "amount": "100.00",
            "paid": "100.00",
            "difference": "WRITE_OFF",
        }

        done = await settle_line(bank, line, target(sold, "100.00"), difference=Difference.WRITE_OFF)

        assert await told(bank, done.entry_id) == ["D 572 99.97", "C 430 100.00", "D 659 0.03"]
        assert (await document_of(bank, sold))["outstanding"] == Decimal("0.00")
        assert (await lines_of(bank))[0].state == "MATCHED"
        await take_back(bank, done.reconciliation_id)
        assert await state(bank, [sold]) == before
        assert await books_hold(bank)

    async def test_of_cents_needs_no_right_to_the_journal_and_a_discount_does(self, office: Office) -> None:
        bank = await open_bank(office)
        brisa = await customer(office, bank.company_id)
        first, second = [await invoice(bank, brisa, "100.00") for _ in range(2)]
        cents = await received(bank, "99.97", "TRANSF")
        more = await received(bank, "98.00", "TRANSF", day=9)
        seen = BOOKS - {Scope.JOURNAL}
        async with office.act() as act:
            await grant_to_firm(
                act.session, company_id=bank.company_id, firm_id=office.firm_id, view=seen, edit=seen
            )

        await settle_line(bank, cents, target(first, "100.00"), difference=Difference.WRITE_OFF)
        with pytest.raises(Denied):
            await settle_line(bank, more, target(second, "100.00"), difference=Difference.DISCOUNT)
        async with office.act() as act:
            await grant_to_firm(
                act.session, company_id=bank.company_id, firm_id=office.firm_id, view=BOOKS, edit=BOOKS
            )
        with pytest.raises(DifferenceAboveLimit):
            await settle_line(bank, more, target(second, "100.00"), difference=Difference.WRITE_OFF)
        done = await settle_line(bank, more, target(second, "100.00"), difference=Difference.DISCOUNT)

        assert await told(bank, done.entry_id) == ["D 572 98.00", "C 430 100.00", "D 706 2.00"]


class TestALineSetAside:
    async def test_no_longer_waits_and_comes_back_with_its_proposal(self, office: Office) -> None:
        _, sold, line = await two_invoices(office)
        given = {"lineId": str(line.id), "reason": " Own transfer, booked by hand "}

        nothing = await office.ask(office.manager, ASIDE, {"i": {**given, "reason": "  "}})
        aside = (await office.ask(office.manager, ASIDE, {"i": given})).data["setBankLineAside"]
        refused = await office.ask(
            office.manager,
            RECONCILE,
            {
                "i": {
                    "lineId": str(line.id),
                    "targets": [{"documentId": str(sold[0]), "amount": "1.00"}],
                    "requestKey": "k",
                }
            },
        )
        back = (await office.ask(office.manager, BACK, {"l": str(line.id)})).data["takeBankLineBack"]
        again = (await office.ask(office.manager, BACK, {"l": str(line.id)})).data["takeBankLineBack"]

        assert nothing.data["setBankLineAside"]["refusals"] == [
            {"code": "BAD_INPUT", "path": ["input", "reason"]}
        ]
        assert aside["line"] == {
            "state": "IGNORED",
            "setAsideReason": "Own transfer, booked by hand",
            "setAsideByName": office.manager.name,
            "proposal": None,
        }
        assert refused.data["reconcile"]["refusals"][0]["code"] == "LINE_IGNORED"
        assert back["line"] == {
            "state": "PROPOSED",
            "setAsideReason": None,
            "proposal": {"documentId": str(sold[0])},
        }
        assert again["refusals"] == [{"code": "LINE_NOT_ASIDE"}]

    async def test_is_not_found_by_a_stranger(self, office: Office, other_office: Office) -> None:
        bank, _, line = await two_invoices(office)
        given = {"lineId": str(line.id), "reason": "Mine"}

        answer = await other_office.ask(other_office.owner, ASIDE, {"i": given})

        assert answer.data["setBankLineAside"]["refusals"][0]["code"] == "NOT_FOUND"
        assert [one.state for one in await lines_of(bank)] == ["PROPOSED"]

    async def test_cannot_be_one_that_is_partly_matched(self, office: Office) -> None:
        bank, sold, line = await two_invoices(office)
        await settle_line(bank, line, target(sold[0], "10.00"))

        answer = await office.ask(office.manager, ASIDE, {"i": {"lineId": str(line.id), "reason": "Rest"}})

        assert answer.data["setBankLineAside"]["refusals"][0]["code"] == "LINE_PARTLY_MATCHED"
