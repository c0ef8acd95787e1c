"""Recurring invoices as they are asked for and changed: every viewer, the history in the reader's language, dates."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.access.interface import Viewer
from services.access.policy import Scope
from services.kit import clock
from services.kit.words import translator
from services.recurring.rules import FollowUp
from services.recurring.told import told
from tests.support.builders.documents import CARD, issuer
from tests.support.builders.journal import contact
from tests.support.builders.recurring import recurring, run_due, runs
from tests.support.office import BOOKS, Office

LIST = """query ($company: ID, $filter: RecurringFilter) { recurringInvoices(companyId: $company, filter: $filter) {
  totalCount nodes { id name state isLate nextOn taxableBase attachesPdf contact { name } } } }"""
ONE = """query ($id: ID!) { recurringInvoice(id: $id) { name state frequency every nextDates madeCount followUp
  lines { position description unitPrice taxRate } runs { scheduledOn mail refusal document { number total } } } }"""
CREATE = """mutation ($company: ID!, $input: RecurringInvoiceInput!) {
  createRecurringInvoice(companyId: $company, requestKey: "k", input: $input) {
    recurringInvoice { id attachesPdf nextOn } refusals { code path message } } }"""
CHANGE = """mutation ($id: ID!, $input: RecurringInvoiceInput!) { changeRecurringInvoice(id: $id, input: $input) {
  recurringInvoice { attachesPdf name } refusals { code } } }"""
END = "mutation ($id: ID!) { endRecurringInvoice(id: $id) { refusals { code } } }"
PAGE = """query ($company: ID, $order: RecurringOrder!, $after: String) {
  recurringInvoices(companyId: $company, orderBy: $order, first: 1, after: $after) {
    nodes { name } pageInfo { endCursor } } }"""
DATES = """query ($schedule: RecurringScheduleInput!, $first: Int!) {
  recurringDates(schedule: $schedule, first: $first) }"""
TODAY = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)


async def company(office: Office, **granted: Any) -> tuple[UUID, UUID]:
    company_id = await issuer(office, **granted)
    return company_id, await contact(office, company_id, is_customer=True, email="brisa@example.test", **CARD)


async def both_ways(office: Office, viewer: Viewer, document: str, variables: dict[str, Any]) -> Any:
    """The plan's answer, after graphql-core gave the same."""
    planned = await office.ask(viewer, document, variables)
    walked = await office.ask(viewer, document, variables, planned=False)
    assert walked.data == planned.data
    assert planned.errors == []
    return planned.data


def given(contact_id: UUID, **fields: Any) -> dict[str, Any]:
    return {
        "contactId": str(contact_id),
        "name": "Monthly fee",
        "schedule": {"startsOn": "2026-03-31", "frequency": "MONTHLY"},
        "lines": [{"description": "Fee", "unitPrice": "100", "taxRate": "21"}],
        **fields,
    }


class TestList:
    async def test_shows_what_comes_next(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(TODAY):
            recurring_id = await recurring(office, company_id, contact_id)
            data = await both_ways(office, office.bookkeeper, LIST, {"company": str(company_id)})

        assert data["recurringInvoices"] == {
            "totalCount": 1,
            "nodes": [
                {
                    "id": str(recurring_id),
                    "name": "Monthly fee",
                    "state": "ACTIVE",
                    "isLate": False,
                    "nextOn": "2026-03-31",
                    "taxableBase": "100.00",
                    "attachesPdf": True,
                    "contact": {"name": "Cafés Brisa SL"},
                }
            ],
        }

    @pytest.mark.parametrize(
        ("wanted", "count"),
        [({"state": "ACTIVE"}, 1), ({"state": "PAUSED"}, 0), ({"search": "brisa"}, 1), ({"search": "x"}, 0)],
    )
    async def test_is_filtered(self, office: Office, wanted: dict[str, str], count: int) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(TODAY):
            await recurring(office, company_id, contact_id)
            data = await both_ways(office, office.owner, LIST, {"company": str(company_id), "filter": wanted})

        assert data["recurringInvoices"]["totalCount"] == count

    @pytest.mark.parametrize(
        ("order", "names"),
        [
            ("NEXT_ASC", ["Small", "Big", "Ended"]),
            ("NEXT_DESC", ["Big", "Small", "Ended"]),
            ("NAME_DESC", ["Small", "Ended", "Big"]),
            ("BASE_ASC", ["Small", "Ended", "Big"]),
            ("STATE_DESC", ["Ended", "Big", "Small"]),
        ],
    )
    async def test_is_sorted_page_by_page(self, office: Office, order: str, names: list[str]) -> None:
        company_id, contact_id = await company(office)
        made = {"Small": ("10", "2026-03-31"), "Ended": ("50", "2026-03-31"), "Big": ("90", "2026-04-30")}
        with clock.moved_to(TODAY):
            for name, (price, starts) in made.items():
                fields = {"schedule": {"startsOn": starts, "frequency": "MONTHLY"}}
                lines = [{"description": "Fee", "unitPrice": price, "taxRate": "21"}]
                answer = await office.ask(
                    office.manager,
                    CREATE.replace('"k"', f'"{name}"'),
                    {
                        "company": str(company_id),
                        "input": given(contact_id, name=name, lines=lines, **fields),
                    },
                )
                made_id = answer.data["createRecurringInvoice"]["recurringInvoice"]["id"]
                if name == "Ended":
                    await office.ask(office.manager, END, {"id": made_id})
            found, after = [], None
            for _ in names:
                page = await both_ways(
                    office, office.manager, PAGE, {"company": str(company_id), "order": order, "after": after}
                )
                found += [node["name"] for node in page["recurringInvoices"]["nodes"]]
                after = page["recurringInvoices"]["pageInfo"]["endCursor"]

        assert found == names

    async def test_is_empty_for_strangers_and_refused_to_those_without_the_scope(
        self, office: Office, other_office: Office
    ) -> None:
        company_id, contact_id = await company(office, view=BOOKS)
        with clock.moved_to(TODAY):
            recurring_id = await recurring(office, company_id, contact_id)
        portal = await office.portal_contact(company_id, contact_id)

        stranger = await office.ask(other_office.owner, LIST, {"company": str(company_id)})
        reader = await office.ask(portal, LIST, {"company": str(company_id)})
        one = await office.ask(other_office.owner, ONE, {"id": str(recurring_id)})

        assert stranger.data["recurringInvoices"]["nodes"] == []
        assert (reader.data["recurringInvoices"], reader.codes) == (None, ["ROLE"])
        assert one.data["recurringInvoice"] is None


class TestOne:
    async def test_shows_lines_dates_and_what_it_made(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(TODAY):
            recurring_id = await recurring(office, company_id, contact_id, follow_up=FollowUp.APPROVE)
        with clock.moved_to(datetime(2026, 3, 31, 9, 0, tzinfo=UTC)):
            await run_due(office)
            found = (await both_ways(office, office.owner, ONE, {"id": str(recurring_id)}))[
                "recurringInvoice"
            ]

        assert found["runs"] == [
            {
                "scheduledOn": "2026-03-31",
                "mail": "NONE",
                "refusal": None,
                "document": {"number": "FV26-000001", "total": "121.00"},
            }
        ]
        assert found["nextDates"][:2] == ["2026-04-30", "2026-05-31"]
        assert len(found["nextDates"]) == 12
        assert found["lines"] == [
            {"position": 1, "description": "Fee", "unitPrice": "100.0000", "taxRate": "21.00"}
        ]

    async def test_says_refusals_in_the_readers_language(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(TODAY):
            recurring_id = await recurring(office, company_id, contact_id, follow_up=FollowUp.APPROVE)
        async with office.act() as act:
            await act.session.execute(
                text("update company set tax_id = null where id = :c"), {"c": company_id}
            )
        with clock.moved_to(datetime(2026, 3, 31, 9, 0, tzinfo=UTC)):
            await run_due(office)
            found = (await both_ways(office, office.owner, ONE, {"id": str(recurring_id)}))[
                "recurringInvoice"
            ]
            late = await both_ways(office, office.owner, LIST, {"company": str(company_id)})

        (run,) = await runs(office, recurring_id)
        spanish = told(run.refusal, translator("es"))
        assert found["runs"][0]["refusal"].endswith(".")
        assert spanish is not None
        assert spanish.message != found["runs"][0]["refusal"]
        assert "{" not in spanish.message
        assert late["recurringInvoices"]["nodes"][0]["isLate"] is True


class TestCreate:
    async def test_attaches_the_pdf_unless_said_otherwise(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(TODAY):
            answer = await office.ask(
                office.manager, CREATE, {"company": str(company_id), "input": given(contact_id)}
            )
            made = answer.data["createRecurringInvoice"]
            changed = await office.ask(
                office.manager,
                CHANGE,
                {"id": made["recurringInvoice"]["id"], "input": given(contact_id, attachesPdf=False)},
            )

        assert (made["refusals"], made["recurringInvoice"]["attachesPdf"]) == ([], True)
        assert made["recurringInvoice"]["nextOn"] == "2026-03-31"
        assert changed.data["changeRecurringInvoice"]["recurringInvoice"]["attachesPdf"] is False

    async def test_names_the_input_at_fault(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        lines = [{"description": "", "unitPrice": "100", "taxRate": "21"}]

        with clock.moved_to(TODAY):
            answer = await office.ask(
                office.manager, CREATE, {"company": str(company_id), "input": given(contact_id, lines=lines)}
            )

        (refusal,) = answer.data["createRecurringInvoice"]["refusals"]
        assert refusal["code"] == "DESCRIPTION_MISSING"

    async def test_is_refused_without_the_grant(self, office: Office) -> None:
        company_id, contact_id = await company(office, view=BOOKS - {Scope.RECURRING})

        answer = await office.ask(
            office.manager, CREATE, {"company": str(company_id), "input": given(contact_id)}
        )

        assert [refused["code"] for refused in answer.data["createRecurringInvoice"]["refusals"]] == [
            "DENIED"
        ]


class TestDates:
    async def test_are_shown_before_anything_is_kept(self, office: Office) -> None:
        with clock.moved_to(TODAY):
            answer = await office.ask(
                office.manager,
                DATES,
                {"schedule": {"startsOn": "2026-01-31", "frequency": "QUARTERLY"}, "first": 3},
            )

        assert answer.data["recurringDates"] == ["2026-04-30", "2026-07-31", "2026-10-31"]

    async def test_of_a_timetable_without_sense_say_why(self, office: Office) -> None:
        answer = await office.ask(
            office.manager,
            DATES,
            {"schedule": {"startsOn": "2026-01-31", "frequency": "MONTHLY", "every": 2}, "first": 3},
        )

        assert (answer.data["recurringDates"], answer.codes) == (None, ["SCHEDULE_REFUSED"])

    async def test_of_a_year_that_somebody_mistyped_say_so(self, office: Office) -> None:
        schedule = {"startsOn": "9999-12-31", "frequency": "MONTHLY"}

        answer = await office.ask(office.manager, DATES, {"schedule": schedule, "first": 3})

        assert (answer.data["recurringDates"], answer.codes) == (None, ["BAD_INPUT"])
