"""Who may read reports, what a stranger gets, and that each report is one statement."""

from typing import Any

import pytest

from services.access.policy import Scope, SubscriptionPlan
from tests.services.reports.test_ageing import bill
from tests.support.builders.journal import contact
from tests.support.builders.reports import report, small_books
from tests.support.office import BOOKS, Office
from tests.support.statements import recorded

TRIAL = "companyId trialBalance { totals { closingDebit } }"
CARD = 'ledgerCard(account: "430") { closing lines { nodes { text } } }'
EVERY = (
    TRIAL,
    CARD,
    "balanceSheet { lines { key amount accounts { code } } unmapped { code } difference { amount } }",
    "profitAndLoss { lines { key amount accounts { code } } unmapped { code } }",
    "ageing { totals { total } contacts { name documents { number } } }",
    "ratios { rows { key value inputs { amount } } }",
    "journalBook { total entries { totalCount nodes { number code } } }",
)


@pytest.mark.parametrize("wanted", EVERY)
class TestOneStatement:
    async def test_is_all_it_takes(
        self, wanted: str, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        company_id, _ = await small_books(office)
        known = await office.known(office.manager)

        with recorded(monkeypatch) as statements:
            document = f"query ($c: ID!) {{ reports(companyId: $c) {{ {wanted} }} }}"
            answered = await office.ask(known, document, {"c": str(company_id)})

        assert answered.errors == []
        assert len(statements.data) == 1


class TestReports:
    async def test_are_for_staff_and_the_client_itself(self, office: Office) -> None:
        company_id, _ = await small_books(office)
        owner = await office.client_owner(company_id)

        for viewer in (office.owner, office.manager, office.bookkeeper, owner):
            answered = await report(office, viewer, company_id, TRIAL)
            assert answered.data["reports"]["trialBalance"]["totals"]["closingDebit"] == "6630.00"

    async def test_show_a_ledger_card_without_the_journal_but_no_entry(self, office: Office) -> None:
        company_id, _ = await small_books(office, view=BOOKS - {Scope.JOURNAL})

        card = await report(office, office.manager, company_id, CARD)
        entries = await office.ask(
            office.manager,
            "query ($c: ID!) { journalEntries(companyId: $c) { totalCount } }",
            {"c": str(company_id)},
        )

        assert card.data["reports"]["ledgerCard"]["closing"] == "1210.00"
        assert entries.codes == ["SCOPE"]

    async def test_name_third_parties_to_those_with_the_contact_book_alone(self, office: Office) -> None:
        company_id, _ = await small_books(office)
        supplier = await contact(office, company_id, "Fustes del Nord SL", is_supplier=True)
        await bill(office, company_id, supplier, "P-1", "2026-03-05")
        client = await office.client_owner(company_id)
        figures = await office.partner(company_id, frozenset({Scope.REPORTS}), client)
        asked = {"c": str(company_id)}
        wanted = """query ($c: ID!) { reports(companyId: $c) {
          ageing(side: PAYABLE) { totals { total } contacts { contactId name total } } } }"""

        open_to_all = await office.ask(office.manager, wanted, asked)
        answered = await office.ask(figures, wanted, asked)

        assert [one["name"] for one in open_to_all.data["reports"]["ageing"]["contacts"]] == [
            "Fustes del Nord SL"
        ]
        [aged] = answered.data["reports"]["ageing"]["contacts"]
        assert (aged["name"], aged["total"]) == (None, "121.00")
        assert answered.data["reports"]["ageing"]["totals"] == {"total": "121.00"}
        [error] = answered.errors
        assert (error["extensions"]["code"], error["extensions"]["scope"]) == ("SCOPE", "CONTACTS")
        assert "name" in error["path"]

    async def test_that_were_not_granted_say_so(self, office: Office) -> None:
        company_id, _ = await small_books(office, view=BOOKS - {Scope.REPORTS})

        answered = await report(office, office.manager, company_id, TRIAL)

        assert answered.data["reports"] is None
        assert answered.codes == ["SCOPE"]

    async def test_outside_the_plan_say_so(self, office: Office) -> None:
        company_id = await office.client(plan=SubscriptionPlan.STARTER)

        answered = await report(office, office.manager, company_id, TRIAL)

        assert answered.data["reports"] is None
        assert answered.codes == ["PLAN"]

    async def test_of_another_firms_client_do_not_exist(self, office: Office, other_office: Office) -> None:
        company_id, _ = await small_books(office)
        elsewhere = await other_office.client("Una altra SL")
        strangers: list[Any] = [other_office.owner, await other_office.client_owner(elsewhere)]

        for stranger in strangers:
            answered = await report(other_office, stranger, company_id, TRIAL)
            assert (answered.data, answered.errors) == ({"reports": None}, [])

    async def test_of_a_client_one_is_not_assigned_to_do_not_exist(self, office: Office) -> None:
        company_id, _ = await small_books(office, assigned=False)

        answered = await report(office, office.manager, company_id, TRIAL)

        assert (answered.data, answered.errors) == ({"reports": None}, [])

    async def test_show_a_portal_contact_and_an_employee_nothing(self, office: Office) -> None:
        company_id, cafe = await small_books(office)
        contact = await office.portal_contact(company_id, cafe, view=BOOKS)
        employee = await office.employee(company_id, view=BOOKS)

        for viewer in (contact, employee):
            answered = await report(office, viewer, company_id, TRIAL)
            assert answered.data["reports"] is None

    async def test_do_not_tell_the_books_of_a_neighbour(self, office: Office) -> None:
        mine, _ = await small_books(office)
        await small_books(office, "Forn Vell SL")

        answered = await report(office, office.manager, mine, TRIAL)

        assert answered.data["reports"]["trialBalance"]["totals"]["closingDebit"] == "6630.00"
