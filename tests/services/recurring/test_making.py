"""Invoices that make themselves: once, in order, as the person who wrote the template, with mail or without."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.access.policy import Scope
from services.kit import clock
from services.kit.jobs import JobRefused
from services.recurring.actions import end_recurring, pause_recurring, resume_recurring
from services.recurring.jobs import make_recurring_job, start_recurring_job
from services.recurring.rules import FollowUp, Frequency, Schedule
from tests.support.builders.documents import CARD, approved, draft, issuer, row
from tests.support.builders.journal import contact, set_locks
from tests.support.builders.recurring import due, made, recurring, run_due, runs
from tests.support.office import Office

JANUARY = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
FROM_THE_TENTH = Schedule(starts_on=date(2026, 1, 10), frequency=Frequency.MONTHLY)
AT_ONCE = 6
APPROVED: dict[str, Any] = {"follow_up": FollowUp.APPROVE}


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=UTC)


async def company(office: Office, **granted: Any) -> tuple[UUID, UUID]:
    """An issuer and a customer with a mail address."""
    company_id = await issuer(office, **granted)
    customer_id = await contact(office, company_id, is_customer=True, email="brisa@example.test", **CARD)
    return company_id, customer_id


async def mail_jobs(office: Office, company_id: UUID) -> list[dict[str, Any]]:
    """What waits to be mailed for a company's documents."""
    numbers = [str(row.id) for row in await made(office, company_id)]
    async with office.act() as act:
        rows = await act.session.execute(
            text(
                "select j.payload::jsonb || jsonb_build_object('attaches', m.attaches_pdf)"
                " from (select convert_from(payload, 'UTF8')::json as payload from pgqueuer"
                " where entrypoint = 'mail_document') j"
                " join document_mailing m on m.id = (j.payload->>'mailing')::uuid"
            )
        )
        return [payload for payload in rows.scalars() if payload["document"] in numbers]


class TestMakeNext:
    async def test_leaves_a_draft_on_the_day(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(JANUARY):
            recurring_id = await recurring(office, company_id, contact_id, FROM_THE_TENTH, due_days=15)
            await run_due(office)
        assert await made(office, company_id) == []

        with clock.moved_to(at(1, 10)):
            await run_due(office)

        (invoice,) = await made(office, company_id)
        assert (invoice.status, invoice.number, invoice.total) == ("DRAFT", None, Decimal("121.00"))
        assert (invoice.issued_on, invoice.due_on) == (date(2026, 1, 10), date(2026, 1, 25))
        (run,) = await runs(office, recurring_id)
        assert (run.scheduled_on, run.document_id, run.mail) == (date(2026, 1, 10), invoice.id, "NONE")

    async def test_makes_one_invoice_and_one_mail_however_often_it_runs(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(JANUARY):
            recurring_id = await recurring(
                office, company_id, contact_id, FROM_THE_TENTH, follow_up=FollowUp.SEND
            )

        with clock.moved_to(at(1, 10)):
            (viewer_id,) = (await due(office)).values()
            handler = make_recurring_job(office.database).handler
            payload = {"recurring": str(recurring_id), "viewer": str(viewer_id)}
            await asyncio.gather(*(handler(payload) for _ in range(AT_ONCE)))
            await handler(payload)

        (invoice,) = await made(office, company_id)
        assert (invoice.number, invoice.status) == ("FV26-000001", "APPROVED")
        assert invoice.sent_at is not None
        assert invoice.read_at is None
        (mail,) = await mail_jobs(office, company_id)
        assert (mail["document"], mail["attaches"]) == (str(invoice.id), True)
        assert [run.mail for run in await runs(office, recurring_id)] == ["QUEUED"]

    async def test_takes_no_paper_of_somebody_else_for_its_own(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(JANUARY):
            recurring_id = await recurring(
                office, company_id, contact_id, FROM_THE_TENTH, follow_up=FollowUp.SEND
            )
        foreseen = await draft(
            office,
            company_id,
            contact_id,
            viewer=office.bookkeeper,
            issued_on=date(2026, 1, 10),
            request_key=f"recurring {recurring_id} 2026-01-10",
        )

        with clock.moved_to(at(1, 10)):
            await run_due(office)

        assert (await row(office, foreseen)).status == "PENDING_REVIEW"
        (run,) = await runs(office, recurring_id)
        assert (run.document_id, "REQUEST_KEY_USED" in run.refusal) == (None, True)

    async def test_makes_up_missed_dates_one_by_one_in_order(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(JANUARY):
            recurring_id = await recurring(
                office, company_id, contact_id, FROM_THE_TENTH, follow_up=FollowUp.APPROVE
            )

        with clock.moved_to(at(4, 2)):
            await run_due(office)

        invoices = await made(office, company_id)
        assert [(row.number, row.issued_on) for row in invoices] == [
            ("FV26-000001", date(2026, 1, 10)),
            ("FV26-000002", date(2026, 2, 10)),
            ("FV26-000003", date(2026, 3, 10)),
        ]
        assert len(await runs(office, recurring_id)) == 3

    async def test_issues_a_late_one_today_when_its_series_has_gone_on(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(JANUARY):
            await recurring(office, company_id, contact_id, FROM_THE_TENTH, follow_up=FollowUp.APPROVE)
            await approved(office, company_id, contact_id, issued_on=date(2026, 1, 15))

        with clock.moved_to(at(1, 20)):
            await run_due(office)

        late = (await made(office, company_id))[-1]
        assert (late.number, late.issued_on, late.operation_on) == (
            "FV26-000002",
            date(2026, 1, 20),
            date(2026, 1, 10),
        )

    async def test_counts_the_day_where_the_company_is(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        async with office.act() as act:
            await act.session.execute(
                text("update company set time_zone = 'Atlantic/Canary' where id = :c"), {"c": company_id}
            )
        with clock.moved_to(JANUARY):
            recurring_id = await recurring(office, company_id, contact_id, FROM_THE_TENTH)

        with clock.moved_to(
            datetime(2026, 1, 9, 23, 30, tzinfo=UTC)
        ):  # The 10th in Madrid, not yet in Las Palmas.
            before = await due(office)
        with clock.moved_to(datetime(2026, 1, 10, 0, 5, tzinfo=UTC)):
            after = await due(office)

        assert (before, list(after)) == ({}, [recurring_id])

    async def test_notes_a_refusal_waits_with_the_next_dates_and_tries_again(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(JANUARY):
            recurring_id = await recurring(
                office, company_id, contact_id, FROM_THE_TENTH, follow_up=FollowUp.APPROVE
            )
        async with office.act() as act:
            await act.session.execute(
                text("update company set tax_id = null where id = :c"), {"c": company_id}
            )

        with clock.moved_to(at(2, 11)):
            await run_due(office)
            await run_due(office)
            (run,) = await runs(office, recurring_id)
            assert (run.scheduled_on, run.document_id) == (date(2026, 1, 10), None)
            assert "PARTY_INCOMPLETE" in run.refusal
            assert await made(office, company_id) == []

            async with office.act() as act:
                await act.session.execute(
                    text("update company set tax_id = 'B65410011' where id = :c"), {"c": company_id}
                )
            await run_due(office)

        assert [run.refusal for run in await runs(office, recurring_id)] == [None, None]
        assert [row.number for row in await made(office, company_id)] == ["FV26-000001", "FV26-000002"]

    async def test_keeps_the_invoice_when_its_mail_is_refused(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(JANUARY):
            recurring_id = await recurring(
                office, company_id, contact_id, FROM_THE_TENTH, follow_up=FollowUp.SEND
            )
        async with office.act() as act:
            await act.session.execute(
                text("update contact set email = null where id = :c"), {"c": contact_id}
            )

        with clock.moved_to(at(1, 10)):
            await run_due(office)

        (invoice,) = await made(office, company_id)
        (run,) = await runs(office, recurring_id)
        assert (invoice.number, invoice.sent_at) == ("FV26-000001", None)
        assert run.mail == "REFUSED"
        assert "EMAIL_MISSING" in run.mail_refusal

    async def test_stops_at_its_count(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        twice = Schedule(starts_on=date(2026, 1, 10), frequency=Frequency.WEEKLY, every=2, count_max=2)
        with clock.moved_to(JANUARY):
            await recurring(office, company_id, contact_id, twice)

        with clock.moved_to(at(6, 1)):
            await run_due(office)
            assert await due(office) == {}

        assert [row.issued_on for row in await made(office, company_id)] == [
            date(2026, 1, 10),
            date(2026, 1, 24),
        ]

    async def test_goes_on_from_today_after_a_pause(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(JANUARY):
            recurring_id = await recurring(office, company_id, contact_id, FROM_THE_TENTH)
            async with office.act() as act:
                await pause_recurring(act, recurring_id)
        with clock.moved_to(at(3, 20)):
            await run_due(office)
            async with office.act() as act:
                await resume_recurring(act, recurring_id)
            await run_due(office)
        assert await made(office, company_id) == []

        with clock.moved_to(at(4, 10)):
            await run_due(office)

        assert [row.issued_on for row in await made(office, company_id)] == [date(2026, 4, 10)]

    async def test_makes_nothing_after_the_end(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(JANUARY):
            recurring_id = await recurring(office, company_id, contact_id, FROM_THE_TENTH)
            async with office.act() as act:
                await end_recurring(act, recurring_id)

        with clock.moved_to(at(4, 10)):
            assert await due(office) == {}


class TestRights:
    @pytest.mark.parametrize("was_refused", [False, True])
    async def test_are_asked_for_again_on_the_day(self, office: Office, *, was_refused: bool) -> None:
        """Also where the date was refused for something else while its writer was there."""
        company_id, contact_id = await company(office)
        with clock.moved_to(JANUARY):
            recurring_id = await recurring(
                office, company_id, contact_id, FROM_THE_TENTH, viewer=office.manager, **APPROVED
            )
        if was_refused:
            await set_locks(office, company_id, tax_until=date(2026, 1, 31))
            with clock.moved_to(at(1, 10)):
                await run_due(office)
            (told,) = await runs(office, recurring_id)
            assert "PERIOD_LOCKED" in told.refusal
        async with office.act() as act:
            await act.session.execute(
                text("delete from client_assignment where membership_id = :m"), {"m": office.manager.id}
            )

        with clock.moved_to(at(1, 10)):
            handler = make_recurring_job(office.database).handler
            with pytest.raises(JobRefused):
                await handler({"recurring": str(recurring_id), "viewer": str(office.manager.id)})
            with pytest.raises(JobRefused):
                await handler({"recurring": str(recurring_id), "viewer": str(office.manager.id)})
            (told,) = await runs(office, recurring_id)

            assert await made(office, company_id) == []
            assert (told.scheduled_on, "WRITER_GONE" in told.refusal) == (at(1, 10).date(), True)

    async def test_are_another_s_once_that_one_saves_the_template(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(JANUARY):
            recurring_id = await recurring(
                office, company_id, contact_id, FROM_THE_TENTH, viewer=office.manager
            )
        async with office.act() as act:
            await act.session.execute(
                text("delete from client_assignment where membership_id = :m"), {"m": office.manager.id}
            )

        with clock.moved_to(at(1, 10)):
            with pytest.raises(JobRefused):
                await run_due(office)
            async with office.act() as act:
                await act.session.execute(
                    text("update recurring_invoice set acts_as = :m where id = :r"),
                    {"m": office.owner.id, "r": recurring_id},
                )
            await run_due(office)

        assert [run.refusal for run in await runs(office, recurring_id)] == [None]
        assert len(await made(office, company_id)) == 1

    async def test_of_a_stranger_make_nothing(self, office: Office, other_office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(JANUARY):
            recurring_id = await recurring(office, company_id, contact_id, FROM_THE_TENTH)

        with clock.moved_to(at(1, 10)), pytest.raises(JobRefused):
            await make_recurring_job(other_office.database).handler(
                {"recurring": str(recurring_id), "viewer": str(other_office.owner.id)}
            )

        assert await made(office, company_id) == []
        assert await runs(office, recurring_id) == [], "its own writer is there still"

    async def test_taken_from_sales_end_the_making(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(JANUARY):
            recurring_id = await recurring(
                office,
                company_id,
                contact_id,
                FROM_THE_TENTH,
                viewer=office.manager,
                follow_up=FollowUp.APPROVE,
            )
        owner = await office.client_owner(company_id)
        async with office.act(owner) as act:
            await act.session.execute(
                text(
                    "update access_grant set can_approve = can_approve & ~:bit ::bigint where company_id = :c"
                ),
                {"bit": Scope.SALES.bit, "c": company_id},
            )

        with clock.moved_to(at(1, 10)):
            await run_due(office)

        (run,) = await runs(office, recurring_id)
        assert "DENIED" in run.refusal
        assert await made(office, company_id) == []


async def test_the_clock_starts_a_job_for_every_template_that_is_due(office: Office) -> None:
    company_id, contact_id = await company(office)
    with clock.moved_to(JANUARY):
        first = await recurring(office, company_id, contact_id, FROM_THE_TENTH)
        second = await recurring(office, company_id, contact_id, FROM_THE_TENTH)
        later = await recurring(
            office,
            company_id,
            contact_id,
            Schedule(starts_on=date(2026, 1, 11), frequency=Frequency.YEARLY),
        )

    with clock.moved_to(at(1, 10)):
        await start_recurring_job(office.database).handler({"slot": "2026-01-10T09:03:00+00:00"})

    async with office.act() as act:
        rows = await act.session.execute(
            text(
                "select convert_from(payload, 'UTF8')::json ->> 'recurring' from pgqueuer"
                " where entrypoint = 'make_recurring_invoices'"
            )
        )
        started = [UUID(found) for found in rows.scalars()]
    assert sorted(set(started) & {first, second, later}) == sorted([first, second])


async def test_a_locked_month_moves_the_issue_to_today(office: Office) -> None:
    company_id, contact_id = await company(office)
    with clock.moved_to(JANUARY):
        await recurring(office, company_id, contact_id, FROM_THE_TENTH, follow_up=FollowUp.APPROVE)
    await set_locks(office, company_id, hard_until=date(2026, 1, 31))

    with clock.moved_to(at(2, 1) + timedelta(hours=1)):
        await run_due(office)

    (invoice,) = await made(office, company_id)
    assert (invoice.issued_on, invoice.operation_on) == (date(2026, 2, 1), date(2026, 1, 10))
