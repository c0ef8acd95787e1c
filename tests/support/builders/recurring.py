"""Templates for tests, and the worker's part of the work done at a moment."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text

from services.access.interface import Viewer
from services.documents.interface import NewLine
from services.kit import clock
from services.kit.ids import new_id
from services.recurring.actions import NewRecurring, create_recurring
from services.recurring.jobs import make_recurring_job
from services.recurring.rules import FollowUp, Frequency, Schedule
from tests.support.office import Office

MONTHLY = Schedule(starts_on=date(2026, 1, 31), frequency=Frequency.MONTHLY)


def template(contact_id: UUID, schedule: Schedule = MONTHLY, **fields: Any) -> NewRecurring:
    """A fee of 100.00 plus 21 %, left as a draft unless fields say otherwise."""
    values: dict[str, Any] = {
        "name": "Monthly fee",
        "lines": (
            NewLine(description="Fee", unit_price=Decimal(100), tax_rate=Decimal(21), is_product=False),
        ),
        "follow_up": FollowUp.DRAFT,
        **fields,
    }
    return NewRecurring(contact_id=contact_id, schedule=schedule, **values)


async def recurring(
    office: Office,
    company_id: UUID,
    contact_id: UUID,
    schedule: Schedule = MONTHLY,
    *,
    viewer: Viewer | None = None,
    **fields: Any,
) -> UUID:
    """The same, kept."""
    async with office.act(viewer) as act:
        return await create_recurring(
            act, company_id, template(contact_id, schedule, **fields), request_key=str(new_id())
        )


async def due(office: Office) -> dict[UUID, UUID]:
    """Templates of this office that are due now, with whom each acts as."""
    async with office.database.read(office.owner.id, for_itself=True) as session:
        rows = await session.execute(text("select * from due_recurring(:at)"), {"at": clock.now()})
        own = set((await session.execute(text("select id from recurring_invoice"))).scalars())
        return {row.recurring_id: row.viewer_id for row in rows if row.recurring_id in own}


async def run_due(office: Office) -> None:
    """What the worker does when the hour comes."""
    handler = make_recurring_job(office.database).handler
    for recurring_id, viewer_id in (await due(office)).items():
        await handler({"recurring": str(recurring_id), "viewer": str(viewer_id)})


async def made(office: Office, company_id: UUID) -> list[Any]:
    """The invoices of a company, in the order of their dates."""
    async with office.act() as act:
        rows = await act.session.execute(
            text("select * from document where company_id = :c order by issued_on, number"), {"c": company_id}
        )
        return list(rows)


async def runs(office: Office, recurring_id: UUID) -> list[Any]:
    """The history of a template, the oldest date first."""
    async with office.act() as act:
        rows = await act.session.execute(
            text("select * from recurring_run where recurring_id = :r order by scheduled_on"),
            {"r": recurring_id},
        )
        return list(rows)
