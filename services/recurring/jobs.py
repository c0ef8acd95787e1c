"""The daily work of recurring: finding templates that are due, and making their invoices."""

from uuid import UUID

from sqlalchemy import text

from services.access.interface import acting, active_viewer
from services.kit import clock
from services.kit.db import Database
from services.kit.errors import Denied, NotFound, Refused
from services.kit.ids import new_id
from services.kit.jobs import Cron, Job, JobRefused, enqueue, job
from services.recurring.making import make_next
from services.recurring.told import kept_refusal

MAKE_RECURRING = "make_recurring_invoices"
START_RECURRING = "start_recurring_invoices"

HOURLY = Cron(START_RECURRING, "3 * * * *")
"""Every hour, because midnight comes at another time in every zone; what is due is decided in the company's own."""

DATES_AT_ONCE_MAX = 120
"""Dates that one job makes up; the next hour goes on."""


class WriterGone(Refused):
    """Who wrote a template left, or lost the right: nobody else lent it theirs."""

    code = "WRITER_GONE"
    sentence = (
        "Who wrote this template can no longer make its invoices. Check it and save it: then it is yours."
    )


async def _note_left(database: Database, recurring_id: UUID) -> None:
    """This will write into the history of a template that nobody makes its invoices, where that is so."""
    async with database.write(for_itself=True) as session:
        await session.execute(
            text("select recurring_is_left(:recurring, :run, :why, :at)"),
            {
                "recurring": recurring_id,
                "run": new_id(),
                "why": kept_refusal(WriterGone()),
                "at": clock.now(),
            },
        )


def start_recurring_job(database: Database) -> Job:
    """This will give the worker's job that starts `MAKE_RECURRING` for every template that is due."""

    @job(START_RECURRING)
    async def start(_payload: dict[str, str]) -> None:
        async with database.write(for_itself=True) as session:
            due = await session.execute(text("select * from due_recurring(:at)"), {"at": clock.now()})
            for row in due.all():
                await enqueue(
                    session,
                    MAKE_RECURRING,
                    {"recurring": str(row.recurring_id), "viewer": str(row.viewer_id)},
                )

    return start


def make_recurring_job(database: Database) -> Job:
    """This will give the worker's job that makes what a template owes, acting as the person who wrote it.

    Each date is a transaction of its own, so that what was made stays whatever comes after. Doing it again makes
    nothing more.
    """

    @job(MAKE_RECURRING)
    async def make(payload: dict[str, str]) -> None:
        viewer = await active_viewer(database, UUID(payload["viewer"]))
        if viewer is None:
            await _note_left(database, UUID(payload["recurring"]))
            raise JobRefused("who wrote the template is no longer active")
        for _ in range(DATES_AT_ONCE_MAX):
            try:
                async with acting(database, viewer) as act:
                    if not await make_next(act, UUID(payload["recurring"])):
                        return
            except (NotFound, Denied) as refused:
                await _note_left(database, UUID(payload["recurring"]))
                raise JobRefused("who wrote the template may no longer make its invoices") from refused

    return make
