"""Statement of account of one contact: its posted documents and what was paid of them, with what is open by age.

Sales are what a customer owes, purchases what is owed to a supplier; both sides have statements of their own, since
each is granted by itself. Credit notes are charges below zero, set-offs payments of both documents. Amounts of
different currencies stand side by side and are never added up. Posted documents count from their day of issue, archived
or not; a portal contact's statement holds only what it is shown (`shown_to_contact`).
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Numeric,
    Text,
    case,
    cast,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from services.documents.models import Document, DocumentInstalment, Settlement
from services.documents.queries import shown_to_contact
from services.documents.rules.kinds import POSTED_KINDS
from services.kit.db import table_of
from services.kit.reads import Ask, Row

LINES_MAX = 5000
"""Lines of one statement; beyond it ask for a shorter period."""

AGES = (30, 60, 90)
"""Days overdue at which an open amount passes into the next column."""

_MONEY = Numeric(18, 2)
_ONE = literal_column("1", Integer)
_NOTHING = literal_column("0", _MONEY)

_document = table_of(Document)
_settlement = table_of(Settlement)
_instalment = table_of(DocumentInstalment)


def statement_of(side: str) -> Callable[[Row, Ask], Any]:
    """One row with what the parts below need: contact, side, period, and who reads."""

    def made(contact: Row, ask: Ask) -> Any:
        to = ask.argument("to")
        start = ask.argument("from")
        last = ask.today if to is None else cast(to, Date)
        first = cast(func.date_trunc("year", last), Date) if start is None else cast(start, Date)
        return select(
            contact.c.id.label("contact_id"),
            ask.reach.contact.label("reader_id"),
            literal_column(f"'{side}'", Text).label("side"),
            first.label("from_on"),
            last.label("to_on"),
        ).where(first <= last)

    return made


def _documents(statement: Row) -> Any:
    """The posted documents of the statement's contact up to its last day."""
    item = _document.alias("item")
    return (
        select(
            item.c.id,
            item.c.number,
            item.c.kind,
            item.c.issued_on,
            func.coalesce(item.c.due_on, item.c.issued_on).label("due_on"),
            item.c.currency,
            item.c.total,
        )
        .where(
            item.c.contact_id == statement.c.contact_id,
            item.c.side == statement.c.side,
            item.c.kind.in_(sorted(POSTED_KINDS)),
            item.c.approved_at.is_not(None),
            item.c.voided_at.is_(None),
            item.c.is_substitute.is_(False),
            item.c.issued_on <= statement.c.to_on,
            or_(statement.c.reader_id.is_(None), shown_to_contact(item)),
        )
        .correlate(statement)
    )


def _payments(statement: Row) -> Any:
    """What was paid of these documents up to the last day."""
    item, paid = _documents(statement).subquery("paid_item"), _settlement.alias("paid")
    return (
        select(item, paid.c.id.label("settlement_id"), paid.c.settled_on, paid.c.amount)
        .select_from(item.join(paid, paid.c.document_id == item.c.id))
        .where(
            paid.c.settled_on <= statement.c.to_on,
            or_(paid.c.undone_on.is_(None), paid.c.undone_on > statement.c.to_on),
        )
        .correlate(statement)
    )


def _movements(statement: Row) -> Any:
    """Documents and payments as one list, in the order of a statement: day, then documents before payments."""
    item, paid = _documents(statement).subquery("charged"), _payments(statement).subquery("payments")
    charges = select(
        item.c.id.label("id"),
        item.c.id.label("document_id"),
        item.c.issued_on.label("moved_on"),
        item.c.due_on.label("due_on"),
        item.c.number,
        item.c.kind,
        item.c.currency,
        cast(item.c.total, _MONEY).label("charge"),
        _NOTHING.label("payment"),
        literal_column("0", Integer).label("place"),
    )
    payments = select(
        paid.c.settlement_id,
        paid.c.id,
        paid.c.settled_on,
        cast(null(), Date),
        paid.c.number,
        literal_column("'PAYMENT'", Text),
        paid.c.currency,
        _NOTHING,
        cast(paid.c.amount, _MONEY),
        literal_column("1", Integer),
    )
    return union_all(charges, payments).subquery("movement")


def lines(statement: Row, ask: Ask) -> Any:  # noqa: ARG001 -- the form of every derived read
    """The movements of the period, each with the balance of its currency after it, the opening one included."""
    moved = _movements(statement)
    running = func.sum(moved.c.charge - moved.c.payment).over(
        partition_by=moved.c.currency,
        order_by=(moved.c.moved_on, moved.c.place, moved.c.document_id, moved.c.id),
    )
    whole = select(moved, cast(running, _MONEY).label("balance")).correlate(statement).subquery("line")
    return (
        select(whole)
        .where(whole.c.moved_on >= statement.c.from_on)
        .order_by(whole.c.currency, whole.c.moved_on, whole.c.place, whole.c.document_id, whole.c.id)
        .limit(literal_column(str(LINES_MAX), Integer))
    )


def balances(statement: Row, ask: Ask) -> Any:  # noqa: ARG001 -- the form of every derived read
    """Per currency what was open before the period, what the period added and took, and what is open after it."""
    moved = _movements(statement)
    net, before = moved.c.charge - moved.c.payment, moved.c.moved_on < statement.c.from_on

    def added(amount: Any, *when: Any) -> Any:
        total = func.sum(amount).filter(*when) if when else func.sum(amount)
        return cast(func.coalesce(total, _NOTHING), _MONEY)

    return (
        select(
            moved.c.currency,
            added(net, before).label("opening"),
            added(moved.c.charge, ~before).label("charged"),
            added(moved.c.payment, ~before).label("paid"),
            added(net).label("closing"),
        )
        .group_by(moved.c.currency)
        .order_by(moved.c.currency)
    )


def _open_parts(statement: Row) -> Any:
    """What of each document is open on the last day, by the day it is due: instalments, the earliest paid first."""
    item, paid = _documents(statement).subquery("owed"), _payments(statement).subquery("part_paid")
    settled = (
        select(paid.c.id, func.sum(paid.c.amount).label("amount")).group_by(paid.c.id).subquery("settled")
    )
    part = _instalment.alias("part")
    sign = func.sign(item.c.total)
    amount = func.coalesce(part.c.amount, item.c.total) * sign
    each = (
        select(
            item.c.currency,
            sign.label("sign"),
            amount.label("amount"),
            (func.coalesce(settled.c.amount, _NOTHING) * sign).label("paid"),
            func.sum(amount)
            .over(partition_by=item.c.id, order_by=(part.c.due_on, part.c.position), rows=(None, 0))
            .label("up_to"),
            cast(statement.c.to_on - func.coalesce(part.c.due_on, item.c.due_on), Integer).label("late"),
        )
        .select_from(
            item.outerjoin(settled, settled.c.id == item.c.id).outerjoin(
                part, part.c.document_id == item.c.id
            )
        )
        .correlate(statement)
        .subquery("each_part")
    )
    left = func.least(each.c.amount, func.greatest(each.c.up_to - each.c.paid, _NOTHING))
    return (
        select(each.c.currency, each.c.late, (each.c.sign * left).label("open"))
        .correlate(statement)
        .subquery("open_part")
    )


def ageing(statement: Row, ask: Ask) -> Any:  # noqa: ARG001 -- the form of every derived read
    """Per currency what is open on the last day, by the days its instalments are overdue then."""
    owed = _open_parts(statement)
    first, second, third = AGES

    def within(when: Any) -> Any:
        return cast(func.coalesce(func.sum(case((when, owed.c.open), else_=_NOTHING)), _NOTHING), _MONEY)

    return (
        select(
            owed.c.currency,
            within(owed.c.late <= 0).label("not_due"),
            within(owed.c.late.between(1, first)).label("days_30"),
            within(owed.c.late.between(first + 1, second)).label("days_60"),
            within(owed.c.late.between(second + 1, third)).label("days_90"),
            within(owed.c.late > third).label("older"),
            cast(func.coalesce(func.sum(owed.c.open), _NOTHING), _MONEY).label("total"),
        )
        .group_by(owed.c.currency)
        .order_by(owed.c.currency)
    )
