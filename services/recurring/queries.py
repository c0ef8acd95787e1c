"""Where the fields of recurring come from."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Date, Numeric, and_, case, func, literal_column, or_, select

from services.contacts.interface import contact_table, named_as
from services.kit.db import table_of
from services.kit.reads import Ask, Expression, Filter, Join, Listing, Row, Sort, Source
from services.kit.search import like_pattern
from services.recurring.models import RecurringInvoice, RecurringLine, RecurringRun

_recurring: Any = table_of(RecurringInvoice)
_line: Any = table_of(RecurringLine)
_run: Any = table_of(RecurringRun)
_contact: Any = contact_table()

RECURRING = Source(_recurring)
# Reached only through their template, whose visibility they share.
LINE = Source(_line, company=None)
RUN = Source(_run, company=None)

CONTACT_OF = Join(lambda recurring, contact: contact.c.id == recurring.c.contact_id)
LINES_OF = Join(
    lambda recurring, line: line.c.recurring_id == recurring.c.id,
    order=lambda line: (line.c.position,),
    cap=500,
    expected=3,
)
RUNS_OF = Join(
    lambda recurring, run: run.c.recurring_id == recurring.c.id,
    order=lambda run: (run.c.scheduled_on.desc(),),
    cap=200,
    expected=12,
)
DOCUMENT_OF = Join(lambda run, document: document.c.id == run.c.document_id)


def state(row: Row, ask: Ask | None = None) -> Expression:
    """ACTIVE, PAUSED, or ENDED where no date is left or somebody ended it."""
    return case(
        (or_(row.c.ended_at.is_not(None), row.c.next_on.is_(None)), literal_column("'ENDED'")),
        (row.c.paused_at.is_not(None), literal_column("'PAUSED'")),
        else_=literal_column("'ACTIVE'"),
    )


def base(row: Row, ask: Ask | None = None) -> Expression:
    """What the lines of one invoice add up to, each rounded to cents as a document's lines are."""
    amount = func.round(
        _line.c.quantity * _line.c.unit_price * (100 - _line.c.discount_percent) / 100, 2, type_=Numeric()
    )
    return (
        select(func.coalesce(func.sum(amount), 0)).where(_line.c.recurring_id == row.c.id).scalar_subquery()
    )


def is_late(row: Row, ask: Ask) -> Expression:
    """Whether the last try for the date that waits was refused."""
    return (
        select(_run.c.id)
        .where(
            _run.c.recurring_id == row.c.id, _run.c.scheduled_on == row.c.next_on, _run.c.refusal.is_not(None)
        )
        .exists()
    )


def _state(row: Row, value: str, ask: Ask) -> Expression | None:
    ended = or_(row.c.ended_at.is_not(None), row.c.next_on.is_(None))
    if value == "ENDED":
        return ended
    paused = row.c.paused_at.is_not(None)
    return and_(~ended, paused if value == "PAUSED" else ~paused)


_NEVER = literal_column("date '9999-12-31'", Date)
_LONG_AGO = literal_column("date '0001-01-01'", Date)
"""Where ended templates stand in the order of next dates: last, whichever way it runs."""


def _sorts(key: str, order: Callable[[Row], Expression], reads: str) -> dict[str, Sort]:
    """The two directions of one column."""
    return {
        f"{key}_ASC": Sort(order, reads=reads),
        f"{key}_DESC": Sort(order, reads=reads, descending=True),
    }


RECURRINGS = Listing(
    filters={
        "companyId": Filter(lambda row, value, ask: row.c.company_id == value, reads=("companyId",)),
        "filter.state": Filter(_state, reads=("state",), flag=True),
        "filter.contactId": Filter(
            lambda row, value, ask: named_as(row.c.contact_id, value), reads=("contact",)
        ),
        "filter.search": Filter(
            lambda row, value, ask: row.c.search_text.like(value),
            reads=("name", "lines"),
            prepare=like_pattern,
        ),
    },
    sorts={
        "NEXT_ASC": Sort(lambda row: func.coalesce(row.c.next_on, _NEVER), reads="nextOn"),
        "NEXT_DESC": Sort(
            lambda row: func.coalesce(row.c.next_on, _LONG_AGO), reads="nextOn", descending=True
        ),
        **_sorts("NAME", lambda row: row.c.name.collate("C"), "name"),
        **_sorts("BASE", base, "taxableBase"),
        **_sorts("STATE", state, "state"),
        "CREATED_DESC": Sort(lambda row: row.c.created_at, reads="createdAt", descending=True),
    },
)
