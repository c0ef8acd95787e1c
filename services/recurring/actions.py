"""Writes of recurring: templates as people make them, and the invoices that templates make."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from services.access.interface import Act, as_id
from services.access.policy import Action, Scope
from services.accounts.interface import company_table
from services.contacts.interface import contact_table, surviving_id
from services.documents.interface import NewDocument, NewLine, check_mailable, create_document
from services.kit import clock
from services.kit.db import table_of
from services.kit.errors import BadInput, NotFound, Refused
from services.kit.ids import new_id
from services.kit.money import ZERO
from services.kit.search import search_text
from services.recurring.models import RecurringInvoice, RecurringLine
from services.recurring.rules import FollowUp, Frequency, NoDateLeft, Schedule, check_schedule

NAME_LENGTH_MAX = 120
DUE_DAYS_MAX = 365

_recurring: Any = table_of(RecurringInvoice)
_line: Any = table_of(RecurringLine)
_contact: Any = contact_table()
_company: Any = company_table()


class _Tried(Exception):
    """Takes a trial back: only this leaves the savepoint without an answer."""


class TemplateEnded(Refused):
    """An ended template makes nothing any more."""

    code: ClassVar[str] = "TEMPLATE_ENDED"
    sentence: ClassVar[str] = "This template has ended; make a new one."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecurring:
    """A template as entered. `due_days` None leaves the day to pay to the contact's terms.

    A line without tax code and rate takes the code of the contact's card, now, and so does the withholding with
    `asks_withholding`; a line without account takes the account of
    the card whenever an invoice is made.
    """

    contact_id: UUID | str
    name: str
    schedule: Schedule
    lines: tuple[NewLine, ...]
    follow_up: FollowUp = FollowUp.DRAFT
    attaches_pdf: bool = True
    currency: str = "EUR"
    description: str | None = None
    withholding_rate: Decimal = ZERO
    asks_withholding: bool = False
    due_days: int | None = None


async def create_recurring(act: Act, company_id: UUID | str, new: NewRecurring, *, request_key: str) -> UUID:
    """This will keep a template and give its id; the same request key gives the first one.

    Dates before today are not made up. Needs RECURRING EDIT, SALES EDIT, and SALES APPROVE for invoices that are
    approved by themselves. Raises ScheduleRefused, NoDateLeft, BadInput, NotFound for a foreign contact, what a
    document of these lines would be refused for, and what a mail to the contact would.
    """
    company = await act.may(company_id, Scope.RECURRING, Action.EDIT, path=("companyId",))
    known: UUID | None = await act.session.scalar(
        select(_recurring.c.id).where(
            _recurring.c.company_id == company, _recurring.c.request_key == request_key
        )
    )
    if known is not None:
        return known
    new = await _with_card(act, company, new)
    row = await _checked(act, company, new)
    index = new.schedule.first_index_from(await today_of(act, company))
    recurring_id = new_id()
    await act.session.execute(
        insert(_recurring).values(
            id=recurring_id,
            company_id=company,
            request_key=request_key,
            created_at=clock.now(),
            made_count=0,
            next_index=index,
            next_on=_next_date(new.schedule, index, 0),
            **row,
        )
    )
    await _add_lines(act, company, recurring_id, new.lines)
    return recurring_id


async def change_recurring(act: Act, recurring_id: UUID | str, new: NewRecurring) -> UUID:
    """This will write a template anew; from now on it acts as the viewer. Invoices it made stay as they are.

    A changed timetable goes on with its first date from today that is after the last one made. Needs and raises what
    `create_recurring` does, and TemplateEnded.
    """
    template = await _found(act, recurring_id)
    if template.ended_at is not None:
        raise TemplateEnded
    new = await _with_card(act, template.company_id, new)
    row = await _checked(act, template.company_id, new)
    before = schedule_of(template)
    index, next_on = template.next_index, template.next_on
    if new.schedule != before or next_on is None:
        index = new.schedule.first_index_from(await today_of(act, template.company_id))
        if template.made_count and template.next_index:
            while new.schedule.date_at(index) <= before.date_at(template.next_index - 1):
                index += 1
        next_on = _next_date(new.schedule, index, template.made_count)
    await act.session.execute(
        update(_recurring)
        .where(_recurring.c.id == template.id)
        .values(next_index=index, next_on=next_on, **row)
    )
    await act.session.execute(delete(_line).where(_line.c.recurring_id == template.id))
    await _add_lines(act, template.company_id, template.id, new.lines)
    return template.id


async def pause_recurring(act: Act, recurring_id: UUID | str) -> UUID:
    """This will stop a template until it is resumed; asking again changes nothing. Needs RECURRING EDIT."""
    template = await _found(act, recurring_id)
    if template.paused_at is None and template.ended_at is None:
        template.paused_at = clock.now()
        await act.session.flush()
    return template.id


async def resume_recurring(act: Act, recurring_id: UUID | str) -> UUID:
    """This will let a paused template go on from today: what it passed over is not made up.

    Needs RECURRING EDIT. Raises TemplateEnded, NoDateLeft.
    """
    template = await _found(act, recurring_id)
    if template.ended_at is not None:
        raise TemplateEnded
    if template.paused_at is not None:
        schedule = schedule_of(template)
        today = await today_of(act, template.company_id)
        index = max(template.next_index, schedule.first_index_from(today))
        template.next_index = index
        template.next_on = _next_date(schedule, index, template.made_count)
        template.paused_at = None
        await act.session.flush()
    return template.id


async def end_recurring(act: Act, recurring_id: UUID | str) -> UUID:
    """This will end a template for good; its history stays. Needs RECURRING EDIT."""
    template = await _found(act, recurring_id)
    if template.ended_at is None:
        template.ended_at = clock.now()
        template.next_on = None
        await act.session.flush()
    return template.id


def schedule_of(template: RecurringInvoice) -> Schedule:
    """This will give a template's timetable."""
    return Schedule(
        starts_on=template.starts_on,
        frequency=Frequency(template.frequency),
        every=template.every,
        ends_on=template.ends_on,
        count_max=template.count_max,
    )


async def today_of(act: Act, company_id: UUID) -> date:
    """This will give the calendar day it is where a company is."""
    zone: str | None = await act.session.scalar(
        select(_company.c.time_zone).where(_company.c.id == company_id)
    )
    return clock.today(zone or "Europe/Madrid")


async def _found(act: Act, recurring_id: UUID | str) -> RecurringInvoice:
    return await act.find(
        RecurringInvoice, recurring_id, Scope.RECURRING, Action.EDIT, what="recurring invoice", path=("id",)
    )


def _next_date(schedule: Schedule, index: int, made_count: int) -> date:
    day = schedule.next_date(index, made_count)
    if day is None:
        raise NoDateLeft(path=("endsOn",))
    return day


async def _checked(act: Act, company_id: UUID, new: NewRecurring) -> dict[str, Any]:
    """Refuses what could never become an invoice and gives the columns of the template."""
    name = " ".join(new.name.split())
    if not 1 <= len(name) <= NAME_LENGTH_MAX:
        raise BadInput("name", "give a name of 1 to {most} signs", most=NAME_LENGTH_MAX)
    if new.due_days is not None and not 0 <= new.due_days <= DUE_DAYS_MAX:
        raise BadInput("dueDays", "give 0 to {most} days", most=DUE_DAYS_MAX)
    check_schedule(new.schedule, await today_of(act, company_id))
    contact_id = as_id(new.contact_id, "contact", ("contactId",))
    contact_name = await act.session.scalar(
        select(_contact.c.name).where(_contact.c.id == contact_id, _contact.c.company_id == company_id)
    )
    if contact_name is None:
        raise NotFound("contact", path=("contactId",))
    wanted = Action.EDIT if new.follow_up is FollowUp.DRAFT else Action.APPROVE
    await act.may(company_id, Scope.SALES, wanted, path=("followUp",))
    if new.follow_up is FollowUp.SEND:
        await check_mailable(act, contact_id, attach_pdf=new.attaches_pdf)
    await _try(act, company_id, contact_id, new)
    return {
        "contact_id": contact_id,
        "name": name,
        "search_text": search_text(name, contact_name, *(line.description for line in new.lines))[:2000],
        "frequency": new.schedule.frequency.value,
        "every": new.schedule.every,
        "starts_on": new.schedule.starts_on,
        "ends_on": new.schedule.ends_on,
        "count_max": new.schedule.count_max,
        "follow_up": new.follow_up.value,
        "attaches_pdf": new.attaches_pdf,
        "currency": new.currency,
        "description": new.description,
        "withholding_rate": new.withholding_rate,
        "due_days": new.due_days,
        "acts_as": act.viewer.id,
        "changed_at": clock.now(),
    }


async def _with_card(act: Act, company_id: UUID, new: NewRecurring) -> NewRecurring:
    """The template with what the contact's card says now: its tax code on lines that name no VAT, its withholding."""
    names_all = all(line.tax_code is not None or line.tax_rate is not None for line in new.lines)
    if names_all and not new.asks_withholding:
        return new
    named = _contact.alias("named")
    card = (
        await act.session.execute(
            select(_contact.c.sales_tax_code, _contact.c.sales_withholding_rate)
            .join(named, surviving_id(named) == _contact.c.id)
            .where(
                named.c.id == as_id(new.contact_id, "contact", ("contactId",)),
                named.c.company_id == company_id,
            )
        )
    ).one_or_none()
    if card is None:
        return new
    lines = (
        replace(line, tax_code=card.sales_tax_code)
        if line.tax_code is None and line.tax_rate is None
        else line
        for line in new.lines
    )
    rate = card.sales_withholding_rate if new.asks_withholding else None
    return replace(new, lines=tuple(lines), withholding_rate=rate or new.withholding_rate)


async def _try(act: Act, company_id: UUID, contact_id: UUID, new: NewRecurring) -> None:
    """Makes the invoice as it would be made and takes it back: one set of rules says what is wrong with it."""
    with suppress(_Tried):
        async with act.session.begin_nested():
            await create_document(
                act,
                NewDocument(
                    company_id=company_id,
                    kind="SALES_INVOICE",
                    contact_id=contact_id,
                    issued_on=max(new.schedule.starts_on, await today_of(act, company_id)),
                    currency=new.currency,
                    description=new.description,
                    withholding_rate=new.withholding_rate,
                    asks_terms=True,
                    asks_method=True,
                    lines=new.lines,
                ),
            )
            raise _Tried


async def _add_lines(act: Act, company_id: UUID, recurring_id: UUID, lines: Sequence[NewLine]) -> None:
    await act.session.execute(
        insert(_line),
        [
            {
                "id": new_id(),
                "company_id": company_id,
                "recurring_id": recurring_id,
                "position": position,
                "description": line.description.strip(),
                "is_product": line.is_product,
                "quantity": line.quantity,
                "unit_price": line.unit_price,
                "discount_percent": line.discount_percent,
                "tax_code": line.tax_code,
                "tax_rate": line.tax_rate,
                "ledger_account_code": line.ledger_account_code,
            }
            for position, line in enumerate(lines, start=1)
        ],
    )
