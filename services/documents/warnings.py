"""What a reviewer should look at before approving: read off the rows, in the lists and in the batch alike (B29, B31).

A warning never stops anybody who approves one document by name; a batch can leave out what has one.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import Date, Text, and_, case, cast, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, INTERVAL, array

from services.contacts.interface import contact_table
from services.documents.models import Attachment, Document, DocumentLine
from services.documents.rules.validity import SIMPLIFIED_TOTAL_MAX
from services.journal.interface import daybook_lock_table, period_lock_table
from services.kit.clock import HOME_ZONE
from services.kit.reads import Expression, Row

UNUSUAL_TIMES = 3
"""A total this many times the mean of the contact's documents before is unusual, once there are KNOWN_MIN of them."""

KNOWN_MIN = 3
PAY_WITHIN_DAYS = 60
"""The longest term between businesses (Ley 3/2004 art. 4.3)."""

_document: Any = Document.__table__  # type: ignore[attr-defined]
_line: Any = DocumentLine.__table__  # type: ignore[attr-defined]
_attachment: Any = Attachment.__table__  # type: ignore[attr-defined]
_contact, _lock, _daybook_lock = contact_table(), period_lock_table(), daybook_lock_table()


class Warned(StrEnum):
    """Why somebody should look twice."""

    DUPLICATE_NUMBER = "DUPLICATE_NUMBER"
    LOOKS_ALIKE = "LOOKS_ALIKE"
    NO_CONTACT = "NO_CONTACT"
    NO_TAX_ID = "NO_TAX_ID"
    NO_PAPER = "NO_PAPER"
    NEW_CONTACT = "NEW_CONTACT"
    UNUSUAL_AMOUNT = "UNUSUAL_AMOUNT"
    UNUSUAL_ACCOUNT = "UNUSUAL_ACCOUNT"
    FUTURE_DATE = "FUTURE_DATE"
    LATE_ISSUE = "LATE_ISSUE"
    LOCKED_PERIOD = "LOCKED_PERIOD"
    LONG_TERM = "LONG_TERM"
    RECTIFIED_BEYOND = "RECTIFIED_BEYOND"
    INSOLVENCY_TERM = "INSOLVENCY_TERM"
    SHORT_WAIT = "SHORT_WAIT"


def warning_codes(row: Row) -> Expression:
    """The codes of a document's warnings as a text array, in the order of `Warned`; empty for what is approved."""
    found = [case((condition, code.value)) for code, condition in _conditions(row).items()]
    codes = func.array_remove(cast(array(found), ARRAY(Text)), literal_column("null"))
    waits = row.c.status.in_(("DRAFT", "PENDING_REVIEW"))
    return case((waits, codes), else_=cast(array([]), ARRAY(Text)))


def _conditions(row: Row) -> dict[Warned, Expression]:
    is_bought = and_(row.c.side == "PURCHASES", row.c.kind != "PURCHASE_ORDER")
    is_posted = row.c.kind.in_(("SALES_INVOICE", "PURCHASE_INVOICE", "EXPENSE"))
    return {
        Warned.DUPLICATE_NUMBER: and_(is_bought, row.c.number.is_not(None), _same_number(row)),
        Warned.LOOKS_ALIKE: and_(is_bought, twin_of(row).is_not(None)),
        Warned.NO_CONTACT: and_(is_posted, row.c.contact_id.is_(None)),
        Warned.NO_TAX_ID: and_(
            row.c.kind == "SALES_INVOICE", func.abs(row.c.total) > SIMPLIFIED_TOTAL_MAX, _without_tax_id(row)
        ),
        Warned.NO_PAPER: and_(is_bought, ~_exists(_attachment, _attachment.c.document_id == row.c.id, row)),
        Warned.NEW_CONTACT: and_(is_bought, row.c.contact_id.is_not(None), _known_count(row) == 0),
        Warned.UNUSUAL_AMOUNT: and_(
            is_posted,
            _known_count(row) >= KNOWN_MIN,
            func.abs(row.c.total) > UNUSUAL_TIMES * _known_mean(row),
        ),
        Warned.UNUSUAL_ACCOUNT: and_(is_bought, _other_account(row)),
        Warned.FUTURE_DATE: func.greatest(row.c.issued_on, row.c.received_on)
        > cast(func.timezone(HOME_ZONE, func.app_now()), Date),
        Warned.LATE_ISSUE: and_(row.c.kind == "SALES_INVOICE", row.c.issued_on > _last_day_to_issue(row)),
        Warned.LOCKED_PERIOD: and_(is_posted, _is_locked(row)),
        Warned.LONG_TERM: and_(row.c.due_on.is_not(None), row.c.due_on - row.c.issued_on > PAY_WITHIN_DAYS),
        Warned.RECTIFIED_BEYOND: and_(row.c.rectifies_id.is_not(None), _beyond(row)),
        Warned.INSOLVENCY_TERM: row.c.rectification_cause == "INSOLVENCY",
        Warned.SHORT_WAIT: and_(row.c.rectification_cause == "UNCOLLECTABLE", _waited_less_than_a_year(row)),
    }


def _exists(table: Any, where: Expression, row: Row) -> Expression:
    return select(literal_column("1")).select_from(table).where(where).correlate(row).exists()


def _earlier(row: Row, name: str) -> Any:
    """Approved documents of the same contact and kind, to compare with."""
    other = _document.alias(name)
    same = and_(
        other.c.contact_id == row.c.contact_id,
        other.c.kind == row.c.kind,
        other.c.company_id == row.c.company_id,
        other.c.approved_at.is_not(None),
        other.c.voided_at.is_(None),
        other.c.id != row.c.id,
    )
    return other, same


def _same_number(row: Row) -> Expression:
    other = _document.alias("twin")
    return _exists(
        other,
        and_(
            other.c.contact_id == row.c.contact_id,
            other.c.company_id == row.c.company_id,
            other.c.side == row.c.side,
            other.c.number == row.c.number,
            other.c.status != "CANCELLED",
            other.c.id != row.c.id,
        ),
        row,
    )


def _without_tax_id(row: Row) -> Expression:
    return _exists(
        _contact,
        and_(_contact.c.id == row.c.contact_id, or_(_contact.c.tax_id.is_(None), _contact.c.tax_id == "")),
        row,
    )


def _known_count(row: Row) -> Expression:
    """How many documents of the contact are approved."""
    other, same = _earlier(row, "known")
    return select(func.count()).select_from(other).where(same).correlate(row).scalar_subquery()


def _known_mean(row: Row) -> Expression:
    """The mean of their totals, without signs."""
    other, same = _earlier(row, "usual")
    return select(func.avg(func.abs(other.c.total))).where(same).correlate(row).scalar_subquery()


def twin_of(purchase: Row) -> Expression:
    """Another purchase that may be the same paper: supplier, kind and total agree, and the number or the day."""
    twin = _document.alias()
    return (
        select(twin.c.id)
        .where(
            twin.c.company_id == purchase.c.company_id,
            twin.c.contact_id == purchase.c.contact_id,
            twin.c.side == "PURCHASES",
            twin.c.id != purchase.c.id,
            twin.c.kind == purchase.c.kind,
            twin.c.status != "CANCELLED",
            twin.c.total == purchase.c.total,
            or_(twin.c.number == purchase.c.number, twin.c.issued_on == purchase.c.issued_on),
        )
        .order_by(twin.c.issued_on, twin.c.id)
        .limit(1)
        .correlate(purchase)
        .scalar_subquery()
    )


def _last_day_to_issue(row: Row) -> Expression:
    """The 15th of the month after the operation, for who buys as a business (RD 1619/2012 art. 11)."""
    following = func.date_trunc("month", row.c.operation_on) + cast(
        literal_column("interval '1 month'"), INTERVAL
    )
    return cast(following, Date) + 14


def _other_account(row: Row) -> Expression:
    """An account that no approved document of this supplier was ever booked on, while there are such documents."""
    other, same = _earlier(row, "habit")
    mine, theirs = _line.alias("mine"), _line.alias("theirs")
    habit = (
        select(literal_column("1"))
        .select_from(theirs.join(other, other.c.id == theirs.c.document_id))
        .where(same, theirs.c.ledger_account_code == mine.c.ledger_account_code)
        .correlate(row, mine)
        .exists()
    )
    strange = and_(mine.c.document_id == row.c.id, mine.c.ledger_account_code.is_not(None), ~habit)
    return and_(_known_count(row) > 0, _exists(mine, strange, row))


def _is_locked(row: Row) -> Expression:
    until = func.greatest(_lock.c.soft_until, _lock.c.tax_until, _lock.c.hard_until)
    entry_on = func.coalesce(row.c.received_on, row.c.issued_on)
    shut = or_(entry_on <= until, row.c.tax_on <= _lock.c.tax_until)
    of_daybook = and_(
        _daybook_lock.c.company_id == row.c.company_id,
        _daybook_lock.c.daybook == row.c.side,
        entry_on <= _daybook_lock.c.soft_until,
    )
    return or_(
        _exists(_lock, and_(_lock.c.company_id == row.c.company_id, shut), row),
        _exists(_daybook_lock, of_daybook, row),
    )


def _waited_less_than_a_year(row: Row) -> Expression:
    """Six months are enough up to a turnover of 6 010 121.04 alone (LIVA art. 80.4), which is not known here."""
    first = _document.alias("unpaid")
    year = cast(literal_column("interval '1 year'"), INTERVAL)
    return _exists(
        first, and_(first.c.id == row.c.rectifies_id, row.c.issued_on < first.c.tax_on + year), row
    )


def _beyond(row: Row) -> Expression:
    """More was taken back than was there: the first and all that rectify it have another sign together."""
    first, others = _document.alias("first"), _document.alias("others")
    taken = (
        select(func.coalesce(func.sum(others.c.total), 0))
        .where(others.c.rectifies_id == first.c.id, others.c.id != row.c.id, others.c.status != "CANCELLED")
        .correlate(row, first)
        .scalar_subquery()
    )
    return _exists(
        first,
        and_(first.c.id == row.c.rectifies_id, (first.c.total + taken + row.c.total) * first.c.total < 0),
        row,
    )
