"""Templates as people make and change them, and what is refused before anything is kept."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from services.access.policy import Scope
from services.documents.interface import EmailMissing, NewLine, NoPortalToLinkTo
from services.kit import clock
from services.kit.errors import Denied, NotFound, Refused
from services.recurring.actions import (
    TemplateEnded,
    change_recurring,
    create_recurring,
    end_recurring,
    resume_recurring,
)
from services.recurring.models import RecurringInvoice
from services.recurring.rules import FollowUp, Frequency, NoDateLeft, Schedule, ScheduleRefused
from tests.support.builders.documents import CARD, issuer
from tests.support.builders.journal import contact
from tests.support.builders.recurring import MONTHLY, made, recurring, run_due, template
from tests.support.office import BOOKS, Office

TODAY = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)


async def company(office: Office, **granted: Any) -> tuple[UUID, UUID]:
    company_id = await issuer(office, **granted)
    return company_id, await contact(office, company_id, is_customer=True, email="brisa@example.test", **CARD)


async def kept(office: Office, recurring_id: UUID) -> RecurringInvoice:
    async with office.act() as act:
        found = await act.session.get(RecurringInvoice, recurring_id)
        assert found is not None
        return found


class TestCreate:
    async def test_begins_with_the_first_date_from_today(self, office: Office) -> None:
        company_id, contact_id = await company(office)

        with clock.moved_to(TODAY):
            recurring_id = await recurring(office, company_id, contact_id)

        found = await kept(office, recurring_id)
        assert (found.next_on, found.next_index, found.attaches_pdf) == (date(2026, 3, 31), 2, True)

    async def test_gives_the_first_one_for_the_same_key(self, office: Office) -> None:
        company_id, contact_id = await company(office)

        with clock.moved_to(TODAY):
            async with office.act() as act:
                first = await create_recurring(act, company_id, template(contact_id), request_key="k")
            async with office.act() as act:
                second = await create_recurring(act, company_id, template(contact_id), request_key="k")

        assert first == second

    async def test_leaves_no_trace_of_the_trial(self, office: Office) -> None:
        company_id, contact_id = await company(office)

        with clock.moved_to(TODAY):
            await recurring(office, company_id, contact_id)

        assert await made(office, company_id) == []

    @pytest.mark.parametrize(
        ("fields", "code", "path"),
        [
            ({"lines": ()}, "DOCUMENT_WITHOUT_LINES", None),
            ({"name": " "}, "BAD_INPUT", ("name",)),
            ({"due_days": 366}, "BAD_INPUT", ("dueDays",)),
            ({"currency": "euro"}, "BAD_INPUT", ("currency",)),
            (
                {"lines": (NewLine(description="Fee", unit_price=Decimal(1), tax_rate=Decimal(17)),)},
                "TAX_RATE_UNKNOWN",
                None,
            ),
        ],
    )
    async def test_refuses_what_could_never_be_issued(
        self, office: Office, fields: dict[str, Any], code: str, path: tuple[str, ...] | None
    ) -> None:
        company_id, contact_id = await company(office)

        with clock.moved_to(TODAY), pytest.raises(Refused) as refused:
            await recurring(office, company_id, contact_id, **fields)

        assert refused.value.code == code
        assert path is None or refused.value.path == path

    async def test_refuses_a_timetable_that_is_over(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        over = Schedule(starts_on=date(2026, 1, 1), frequency=Frequency.MONTHLY, ends_on=date(2026, 3, 15))

        with clock.moved_to(TODAY), pytest.raises(NoDateLeft):
            await recurring(office, company_id, contact_id, over)
        with pytest.raises(ScheduleRefused):
            await recurring(
                office,
                company_id,
                contact_id,
                Schedule(starts_on=date(2026, 1, 1), frequency=Frequency.MONTHLY, every=3),
            )

    async def test_refuses_the_contact_of_another_company(self, office: Office) -> None:
        company_id, _ = await company(office)
        _, foreign_id = await company(office)

        with pytest.raises(NotFound):
            await recurring(office, company_id, foreign_id)

    async def test_refuses_mail_that_could_not_arrive(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        silent_id = await contact(office, company_id, "Forn Vell SL", is_customer=True)

        with clock.moved_to(TODAY):
            with pytest.raises(EmailMissing):
                await recurring(office, company_id, silent_id, follow_up=FollowUp.SEND)
            with pytest.raises(NoPortalToLinkTo):
                await recurring(office, company_id, contact_id, follow_up=FollowUp.SEND, attaches_pdf=False)

    async def test_needs_the_right_to_approve_for_invoices_that_approve_themselves(
        self, office: Office
    ) -> None:
        company_id, contact_id = await company(office)

        with clock.moved_to(TODAY):
            await recurring(office, company_id, contact_id, viewer=office.bookkeeper)
            with pytest.raises(Denied):
                await recurring(
                    office, company_id, contact_id, viewer=office.bookkeeper, follow_up=FollowUp.APPROVE
                )

    async def test_is_refused_without_the_grant_and_unknown_to_strangers(
        self, office: Office, other_office: Office
    ) -> None:
        company_id, contact_id = await company(office, view=BOOKS - {Scope.RECURRING})

        with pytest.raises(Denied):
            await recurring(office, company_id, contact_id, viewer=office.manager)
        with pytest.raises(NotFound):
            await recurring(office, company_id, contact_id, viewer=other_office.owner)


class TestChange:
    async def test_keeps_the_next_date_when_only_the_content_changes(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(TODAY):
            recurring_id = await recurring(office, company_id, contact_id)

            async with office.act(office.manager) as act:
                await change_recurring(
                    act, recurring_id, template(contact_id, name="New fee", attaches_pdf=False)
                )

        found = await kept(office, recurring_id)
        assert (found.name, found.next_on, found.attaches_pdf) == ("New fee", date(2026, 3, 31), False)
        assert found.acts_as == office.manager.id

    async def test_makes_no_second_invoice_for_days_that_are_done(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(datetime(2026, 1, 31, 9, 0, tzinfo=UTC)):
            recurring_id = await recurring(office, company_id, contact_id)
            await run_due(office)
            weekly = Schedule(starts_on=date(2026, 1, 31), frequency=Frequency.WEEKLY)
            async with office.act() as act:
                await change_recurring(act, recurring_id, template(contact_id, weekly))
            await run_due(office)

        assert (await kept(office, recurring_id)).next_on == date(2026, 2, 7)
        assert len(await made(office, company_id)) == 1

    async def test_revives_a_template_whose_dates_were_over(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        once = Schedule(starts_on=date(2026, 3, 16), frequency=Frequency.MONTHLY, count_max=1)
        with clock.moved_to(TODAY):
            recurring_id = await recurring(office, company_id, contact_id, once)
            await run_due(office)
            assert (await kept(office, recurring_id)).next_on is None
            twice = Schedule(starts_on=date(2026, 3, 16), frequency=Frequency.MONTHLY, count_max=2)

            async with office.act() as act:
                await change_recurring(act, recurring_id, template(contact_id, twice))

        assert (await kept(office, recurring_id)).next_on == date(2026, 4, 16)

    async def test_is_refused_after_the_end(self, office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(TODAY):
            recurring_id = await recurring(office, company_id, contact_id)
            async with office.act() as act:
                await end_recurring(act, recurring_id)

            async with office.act() as act:
                with pytest.raises(TemplateEnded):
                    await change_recurring(act, recurring_id, template(contact_id, MONTHLY))
                with pytest.raises(TemplateEnded):
                    await resume_recurring(act, recurring_id)

    async def test_of_anothers_template_is_not_found(self, office: Office, other_office: Office) -> None:
        company_id, contact_id = await company(office)
        with clock.moved_to(TODAY):
            recurring_id = await recurring(office, company_id, contact_id)

        with pytest.raises(NotFound):
            async with other_office.act() as act:
                await end_recurring(act, recurring_id)


async def test_refuses_two_runs_of_one_date_in_the_database(office: Office) -> None:
    company_id, contact_id = await company(office)
    with clock.moved_to(TODAY):
        recurring_id = await recurring(office, company_id, contact_id)
    adding = text(
        "insert into recurring_run (id, company_id, recurring_id, scheduled_on, refusal, mail, ran_at)"
        " values (gen_random_uuid(), :c, :r, '2026-03-31', '{}', 'NONE', now())"
    )

    async with office.act() as act:
        await act.session.execute(adding, {"c": company_id, "r": recurring_id})
        with pytest.raises(IntegrityError, match="recurring_run_once_per_date"):
            await act.session.execute(adding, {"c": company_id, "r": recurring_id})
        await act.session.rollback()
