"""Aged debtors and creditors: what was open at the end of a day, by how long it had been due.

Amounts are of the currency of the books. What a document still owes in it is what it took of the third party's account
less what its payments took back; a document in instalments spreads that over its parts, the earliest paid first. A
payment that was undone later counts until the day of its reversal, and a purchase whose approval was taken back later
until the day its entry was reversed, as the account itself says.
"""

from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Text,
    Uuid,
    and_,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy import column as sql_column
from sqlalchemy.dialects.postgresql import JSON

from services.contacts.interface import contact_table
from services.documents.interface import document_instalment_table, document_table, settlement_table
from services.journal.interface import journal_entry_table, journal_line_table
from services.kit.reads import Ask, Expression, Row
from services.reports.queries.balances import MONEY, NOTHING
from services.reports.queries.periods import once, period_of

RECEIVABLE, PAYABLE = "RECEIVABLE", "PAYABLE"

CONTACTS_MAX, DOCUMENTS_MAX = 2_000, 500
"""Third parties of one answer, and open documents of each."""

BUCKETS: dict[str, tuple[int | None, int | None]] = {
    "not_due": (None, 0),
    "days_30": (1, 30),
    "days_60": (31, 60),
    "days_90": (61, 90),
    "older": (91, None),
}
"""Days since the day of payment, both ends included."""

_KINDS = ("SALES_INVOICE", "PURCHASE_INVOICE", "EXPENSE")
_STILL_OPEN = ("APPROVED", "PARTLY_PAID")

_contact: Any = contact_table()
_document: Any = document_table()
_instalment: Any = document_instalment_table()
_settlement: Any = settlement_table()
_entry: Any = journal_entry_table()
_line: Any = journal_line_table()

_OPEN: dict[str, Any] = {
    "contact_id": Uuid,
    "document_id": Uuid,
    "number": Text,
    "kind": Text,
    "issued_on": Date,
    "due_on": Date,
    "days": Integer,
    "amount": MONEY,
}


def ageing(company: Row, ask: Ask) -> Any:
    """One row: the day, and every open part of a document as JSON for the parts below."""
    period = once(period_of(company, ask), "period")
    asked = ask.argument("side")
    side: Expression = literal_column("'SALES'", Text)
    if asked is not None:
        side = case((cast(asked, Text) == PAYABLE, literal_column("'PURCHASES'", Text)), else_=side)
    parts = union_all(_open_parts(period, side), _taken_back(period, side)).subquery("open_parts")
    listed: list[Any] = []
    for name in _OPEN:
        listed += [literal_column(f"'{name}'"), parts.c[name]]
    made = func.json_agg(func.json_build_object(*listed))
    kept = (
        select(func.coalesce(made, literal_column("'[]'::json", JSON))).select_from(parts).scalar_subquery()
    )
    return once(select(period, kept.label("kept")), "ageing").select()


def _open_parts(period: Row, side: Expression) -> Any:
    """Each part of a document that was not paid at the end of the day, with its day of payment."""
    document, part = _document.alias("document"), _instalment.alias("part")
    paid = (
        select(
            func.coalesce(func.sum(_settlement.c.amount), NOTHING).label("amount"),
            func.coalesce(func.sum(_settlement.c.booked), NOTHING).label("booked"),
        )
        .where(
            _settlement.c.document_id == document.c.id,
            _settlement.c.settled_on <= period.c.to_on,
            or_(_settlement.c.undone_on.is_(None), _settlement.c.undone_on > period.c.to_on),
        )
        .correlate(document, period)
        .lateral("paid")
    )
    sign = func.sign(document.c.total)
    amount = func.coalesce(part.c.amount, document.c.total) * sign
    each = (
        select(
            document.c.contact_id,
            document.c.id.label("document_id"),
            document.c.number,
            document.c.kind,
            document.c.issued_on,
            func.coalesce(part.c.due_on, document.c.due_on, document.c.issued_on).label("due_on"),
            sign.label("sign"),
            amount.label("part"),
            func.sum(amount)
            .over(partition_by=document.c.id, order_by=(part.c.due_on, part.c.position), rows=(None, 0))
            .label("up_to"),
            (paid.c.amount * sign).label("paid"),
            func.abs(func.coalesce(document.c.booked_total, document.c.total) - paid.c.booked).label(
                "booked_left"
            ),
            func.abs(document.c.total - paid.c.amount).label("left"),
        )
        .select_from(
            document.join(paid, true()).outerjoin(
                part, and_(part.c.document_id == document.c.id, part.c.company_id == document.c.company_id)
            )
        )
        .where(
            document.c.company_id == period.c.company_id,
            document.c.side == side,
            document.c.kind.in_(_KINDS),
            document.c.issued_on <= period.c.to_on,
            or_(
                document.c.status.in_(_STILL_OPEN),
                and_(document.c.status == "PAID", document.c.paid_on > period.c.to_on),
            ),
            document.c.total != paid.c.amount,
            document.c.is_substitute.is_(False),
        )
        .correlate(period)
        .subquery("each")
    )
    # Rounded up to each part, so that the parts add up to what is left to the cent.
    rate = each.c.booked_left / each.c.left

    def booked(up_to: Expression) -> Any:
        return func.round(func.greatest(up_to - each.c.paid, NOTHING) * rate, 2)

    left = each.c.sign * (booked(each.c.up_to) - booked(each.c.up_to - each.c.part))
    listed = (each.c[name] for name in ("contact_id", "document_id", "number", "kind", "issued_on", "due_on"))
    return (
        select(
            *listed,
            func.greatest(period.c.to_on - each.c.due_on, 0).label("days"),
            cast(left, MONEY).label("amount"),
        )
        .where(left != NOTHING)
        .correlate(period)
    )


def _taken_back(period: Row, side: Expression) -> Any:
    """Purchases that were approved at the end of the day and are no longer: what their entries left open then.

    Of sales there are none: what was issued stays, and a void is reversed on its own day.
    """
    document, entry = _document.alias("taken_back"), _entry.alias("booked")
    reversal, line = _entry.alias("reversal"), _line.alias("owed")
    paid = (
        select(func.coalesce(func.sum(_settlement.c.booked), NOTHING))
        .where(
            _settlement.c.document_id == document.c.id,
            _settlement.c.settled_on <= period.c.to_on,
            _settlement.c.undone_on > period.c.to_on,
        )
        .correlate(document, period)
        .scalar_subquery()
    )
    due_on = func.coalesce(document.c.due_on, entry.c.entry_on)
    of_document = (line.c.contact_id, document.c.id, document.c.number, document.c.kind, entry.c.entry_on)
    amount = func.sum(line.c.credit - line.c.debit) - paid
    return (
        select(
            *of_document,
            due_on.label("due_on"),
            func.greatest(period.c.to_on - due_on, 0).label("days"),
            cast(amount, MONEY).label("amount"),
        )
        .select_from(
            reversal.join(entry, entry.c.id == reversal.c.reverses_id)
            .join(document, document.c.id == entry.c.source_id)
            .join(line, and_(line.c.entry_id == entry.c.id, line.c.contact_id.is_not(None)))
        )
        .where(
            reversal.c.company_id == period.c.company_id,
            reversal.c.entry_on > period.c.to_on,
            reversal.c.state == "POSTED",
            entry.c.source == "DOCUMENT",
            entry.c.entry_on <= period.c.to_on,
            document.c.company_id == period.c.company_id,
            document.c.side == side,
            document.c.side == "PURCHASES",
        )
        .group_by(*of_document, document.c.due_on, period.c.to_on)
        .having(amount != NOTHING)
        .correlate(period)
    )


def _parts(report: Row) -> Any:
    columns = (sql_column(name, kind) for name, kind in _OPEN.items())
    return (
        func.json_to_recordset(report.c.kept)
        .table_valued(*columns)
        .render_derived(name="part", with_types=True)
    )


def _buckets(part: Any) -> list[Any]:
    found = []
    for name, (first, last) in BUCKETS.items():
        within = and_(
            *([part.c.days >= first] if first else []), *([part.c.days <= last] if last is not None else [])
        )
        found.append(cast(func.coalesce(func.sum(part.c.amount).filter(within), NOTHING), MONEY).label(name))
    found.append(cast(func.coalesce(func.sum(part.c.amount), NOTHING), MONEY).label("total"))
    return found


def totals(report: Row, ask: Ask) -> Any:
    """What all third parties together have open."""
    part = _parts(report)
    return select(*_buckets(part)).select_from(part)


def contacts(report: Row, ask: Ask) -> Any:
    """One row per third party with something open, the most first; those who stand on no document last."""
    part, contact = _parts(report), _contact.alias("contact")
    listed: list[Any] = []
    for name in ("document_id", "number", "kind", "issued_on", "due_on", "days", "amount"):
        listed += [literal_column(f"'{name}'"), part.c[name]]
    return (
        select(
            part.c.contact_id,
            func.min(contact.c.name).label("name"),
            *_buckets(part),
            func.json_agg(func.json_build_object(*listed)).label("behind"),
        )
        .select_from(part.outerjoin(contact, contact.c.id == part.c.contact_id))
        .group_by(part.c.contact_id)
        .order_by(func.sum(part.c.amount).desc(), part.c.contact_id)
        .limit(literal_column(str(CONTACTS_MAX), Integer))
    )


def documents(contact: Row, ask: Ask) -> Any:
    """The open documents of a third party, or their open parts, by the day of payment."""
    columns = (sql_column(name, kind) for name, kind in _OPEN.items() if name != "contact_id")
    part = (
        func.json_to_recordset(contact.c.behind)
        .table_valued(*columns)
        .render_derived(name="part", with_types=True)
    )
    return (
        select(part).order_by(part.c.due_on, part.c.number).limit(literal_column(str(DOCUMENTS_MAX), Integer))
    )
