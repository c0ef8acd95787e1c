"""A soft lock of one daybook: the client's sales are done while its purchases still come in."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.access.interface import Viewer
from services.documents.actions.refusals import ArrivalNeeded
from services.documents.actions.unapproving import unapprove_document
from services.documents.interface import approve_document
from services.journal.actions import periods
from services.journal.interface import reverse_entry
from services.journal.rules.periods import DaybookLocked, PeriodLocked
from services.kit import clock
from services.recurring.rules import FollowUp, Frequency, Schedule
from tests.services.journal.test_locks import grant, move
from tests.support.builders.documents import CARD, approved, draft, issuer
from tests.support.builders.journal import contact, entry, post
from tests.support.builders.recurring import made, recurring, run_due
from tests.support.office import Office

READ = """query ($c: ID!) { daybookLocks(companyId: $c) { daybook softUntil }
  lockChanges(companyId: $c) { act lock daybook } }"""
LOG = "query ($c: ID!) { auditEvents(companyId: $c, first: 5) { nodes { about sentence } } }"
MARCH, LOCKED = date(2026, 3, 16), "2026-03-31"


async def locked_sales(office: Office) -> tuple[UUID, UUID, Viewer]:
    """A company whose sales are locked until the end of March, its contact, and its owner, who passes no lock."""
    company_id = await issuer(office)
    party = await contact(office, company_id, "Illa SL", is_customer=True, is_supplier=True, **CARD)
    moved = await move(office, office.admin, company_id, "SOFT", daybook="SALES", until=LOCKED)
    assert moved["refusals"] == []
    return company_id, party, await office.client_owner(company_id)


async def waiting(office: Office, company_id: UUID, party: UUID, **fields: Any) -> UUID:
    return await draft(
        office, company_id, party, **{"issued_on": MARCH, "status": "PENDING_REVIEW", **fields}
    )


async def approve(office: Office, viewer: Viewer, document_id: UUID) -> None:
    async with office.act(viewer) as act:
        await approve_document(act, document_id)


async def test_stops_sales_and_lets_purchases_in(office: Office) -> None:
    company_id, party, client = await locked_sales(office)
    sale = await waiting(office, company_id, party)
    bill = await waiting(office, company_id, party, kind="PURCHASE_INVOICE", number="A-1")

    with pytest.raises(DaybookLocked) as refused:
        await approve(office, client, sale)
    await approve(office, client, bill)

    assert refused.value.path == ("issuedOn",)
    assert refused.value.values["daybook"] == "DAYBOOK_SALES"
    assert refused.value.values["first_open_on"] == date(2026, 4, 1)


async def test_lets_managers_pass_and_whom_an_exception_names(office: Office) -> None:
    company_id, party, client = await locked_sales(office)
    sales = [await waiting(office, company_id, party) for _ in range(3)]

    await approve(office, office.manager, sales[0])
    await grant(office, office.owner, company_id, daybook="PURCHASES", requestKey="other")
    with pytest.raises(DaybookLocked):
        await approve(office, client, sales[1])
    await grant(office, office.owner, company_id, daybook="SALES", requestKey="own")
    await approve(office, client, sales[1])


async def test_of_all_books_opens_every_daybook(office: Office) -> None:
    company_id, party, client = await locked_sales(office)
    sale = await waiting(office, company_id, party)

    await grant(office, office.owner, company_id)

    await approve(office, client, sale)


async def test_of_a_daybook_is_no_exception_to_that_of_all_books(office: Office) -> None:
    company_id, *_ = await locked_sales(office)
    await move(office, office.admin, company_id, "SOFT", until=LOCKED)
    await grant(office, office.owner, company_id, daybook="GENERAL")

    with pytest.raises(PeriodLocked):
        await post(office, company_id, on=MARCH, viewer=office.bookkeeper)


@pytest.mark.parametrize(("role", "stopped"), [("BOOKKEEPER", True), ("ACCOUNT_MANAGER", False)])
async def test_holds_against_sql_of_the_application(office: Office, role: str, stopped: bool) -> None:  # noqa: FBT001
    """With the program's own check taken out, the database refuses the same."""
    company_id, *_ = await locked_sales(office)
    await move(office, office.admin, company_id, "SOFT", daybook="GENERAL", until=LOCKED)
    viewer = office.bookkeeper if role == "BOOKKEEPER" else office.manager

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(periods, "_check_daybook", _let_through)
        if stopped:
            with pytest.raises(DBAPIError, match="the daybook GENERAL is locked"):
                await post(office, company_id, on=MARCH, viewer=viewer)
        else:
            await post(office, company_id, on=MARCH, viewer=viewer)


async def _let_through(*_: object) -> None:
    pass


async def test_sends_a_reversal_to_the_first_open_day_of_its_daybook(office: Office) -> None:
    company_id, party, client = await locked_sales(office)
    bill = await approved(office, company_id, party, kind="PURCHASE_INVOICE", number="A-2", issued_on=MARCH)
    await move(office, office.admin, company_id, "SOFT", daybook="PURCHASES", until=LOCKED)

    async with office.act(client) as act:
        await unapprove_document(act, bill)
        reversed_on = await act.session.scalar(
            text("select e.entry_on from journal_entry e where e.company_id = :c and e.source = 'REVERSAL'"),
            {"c": company_id},
        )

    assert reversed_on == date(2026, 4, 1)


async def test_alone_leaves_a_manager_s_reversal_on_its_day(office: Office) -> None:
    """No lock of all books was ever set: who passes soft locks passes that of the daybook here too."""
    company_id, *_ = await locked_sales(office)
    await move(office, office.admin, company_id, "SOFT", daybook="GENERAL", until=LOCKED)
    wrong = await post(office, company_id, on=MARCH, viewer=office.manager)

    async with office.act(office.manager) as act:
        reversal = await reverse_entry(act, wrong)

    assert (await entry(office, reversal)).entry_on == MARCH


async def test_of_purchases_asks_when_a_supplier_s_invoice_arrived(office: Office) -> None:
    company_id, party, client = await locked_sales(office)
    await move(office, office.admin, company_id, "SOFT", daybook="PURCHASES", until=LOCKED)
    bill = await waiting(office, company_id, party, kind="PURCHASE_INVOICE", number="A-3")

    with pytest.raises(ArrivalNeeded) as refused:
        await approve(office, client, bill)

    assert (refused.value.path, refused.value.values["first_open_on"]) == (("receivedOn",), date(2026, 4, 1))


async def test_is_named_in_both_logs_and_hidden_from_strangers(office: Office, other_office: Office) -> None:
    company_id, _, client = await locked_sales(office)

    read = (await office.ask(client, READ, {"c": str(company_id)})).data
    foreign = (await other_office.ask(other_office.owner, READ, {"c": str(company_id)})).data
    told = (await office.ask(office.owner, LOG, {"c": str(company_id)})).data["auditEvents"]["nodes"]
    strange = await move(other_office, other_office.owner, company_id, "SOFT", daybook="SALES", until=LOCKED)

    assert read["daybookLocks"] == [{"daybook": "SALES", "softUntil": LOCKED}]
    assert read["lockChanges"] == [{"act": "MOVED", "lock": "SOFT", "daybook": "SALES"}]
    assert foreign["daybookLocks"] == []
    assert any("soft lock of the sales daybook" in one["sentence"] for one in told)
    assert strange["refusals"][0]["code"] == "NOT_FOUND"


async def test_is_no_lock_of_filed_returns_or_closed_years(office: Office) -> None:
    company_id, *_ = await locked_sales(office)

    for lock in ("TAX", "HARD"):
        refused = await move(office, office.admin, company_id, lock, daybook="SALES", until=LOCKED)
        assert (refused["refusals"][0]["code"], refused["refusals"][0]["path"]) == ("BAD_INPUT", ["daybook"])


async def test_general_stops_entries_by_hand(office: Office) -> None:
    company_id, *_ = await locked_sales(office)
    await move(office, office.admin, company_id, "SOFT", daybook="GENERAL", until=LOCKED)

    with pytest.raises(DaybookLocked) as refused:
        await post(office, company_id, on=MARCH, viewer=office.bookkeeper)
    await post(office, company_id, on=MARCH + timedelta(days=20), viewer=office.bookkeeper)

    assert refused.value.path == ("entryOn",)


async def test_of_sales_moves_the_issue_of_a_recurring_invoice_to_today(office: Office) -> None:
    """The template is of the company's own owner, who passes no lock."""
    company_id, party, client = await locked_sales(office)
    with clock.moved_to(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        await recurring(
            office,
            company_id,
            party,
            Schedule(starts_on=MARCH, frequency=Frequency.MONTHLY),
            viewer=client,
            follow_up=FollowUp.APPROVE,
        )

    with clock.moved_to(datetime(2026, 4, 2, 9, tzinfo=UTC)):
        await run_due(office)

    (invoice,) = await made(office, company_id)
    assert (invoice.issued_on, invoice.operation_on) == (date(2026, 4, 2), MARCH)
