"""The ledger card (ficha de mayor): every line of an account, or of all accounts that begin so, with its balance."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Date,
    Integer,
    Text,
    Uuid,
    and_,
    case,
    cast,
    column,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import JSON

from services.documents.interface import document_table, settlement_table
from services.journal.interface import journal_entry_table, journal_line_table, ledger_account_table
from services.kit.reads import Ask, Expression, Row
from services.reports.queries.balances import MONEY, NOTHING, Kept, turn_of_year, with_turn
from services.reports.queries.headings import heading_name
from services.reports.queries.periods import ONE, once, period_of

PAGE_MAX = 500
"""Lines of one page."""

_PAGE = 100

_account: Any = ledger_account_table()
_entry: Any = journal_entry_table()
_line: Any = journal_line_table()
_document: Any = document_table()
_settlement: Any = settlement_table()

_LINE_COLUMNS: dict[str, Any] = {
    "id": Uuid,
    "entry_id": Uuid,
    "entry_on": Date,
    "number": Integer,
    "position": Integer,
    "account_id": Uuid,
    "source": Text,
    "source_id": Uuid,
    "text": Text,
    "debit": MONEY,
    "credit": MONEY,
    "balance": MONEY,
    "key": Text,
    "place": Integer,
}


def _lines_of(card: Row) -> Any:
    """Posted lines of the card's accounts up to its last day, with the kind of an entry at the turn of a year."""
    line, account, turn = _line.alias("line"), _account.alias("account"), turn_of_year(card)
    entry = _entry.alias("entry")
    found = (
        select(
            line,
            turn.c.kind,
            entry.c.number,
            entry.c.source,
            entry.c.source_id,
            entry.c.text.label("entry_text"),
        )
        .select_from(
            account.join(line, account.c.id == line.c.ledger_account_id)
            .join(entry, entry.c.id == line.c.entry_id)
            .outerjoin(turn, turn.c.id == line.c.entry_id)
        )
        .where(
            account.c.company_id == card.c.company_id,
            func.starts_with(account.c.code, card.c.account),
            line.c.entry_on <= card.c.to_on,
            entry.c.state == "POSTED",
        )
        .correlate(card)
        .subquery("found")
    )
    return found, Kept(found, found.c.kind, card)


def ledger_card(company: Row, ask: Ask) -> Any:
    """One row: the account, the period, what is carried forward, the sums of its lines and where they end."""
    period = once(with_turn(once(period_of(company, ask), "days")), "period")
    account = cast(ask.argument("account"), Text)
    asked = once(select(period, account.label("account")), "asked")
    found, kept = _lines_of(asked)
    moved = kept.movement(asked.c.from_on, asked.c.to_on)
    amount = found.c.debit - found.c.credit

    def summed(value: Expression, wanted: Expression) -> Any:
        return cast(func.coalesce(func.sum(value).filter(wanted), NOTHING), MONEY)

    sums = (
        select(
            summed(amount, kept.opening()).label("opening"),
            summed(found.c.debit, moved).label("debit"),
            summed(found.c.credit, moved).label("credit"),
            summed(amount, or_(kept.opening(), moved)).label("closing"),
            cast(func.count().filter(moved), Integer).label("line_count"),
        )
        .select_from(found)
        .lateral("sums")
    )
    name = heading_name(asked.c.company_id, asked.c.account, asked)
    return once(
        select(asked, sums, name.label("name")).select_from(
            asked.join(sums, literal_column("true", Boolean))
        ),
        "ledger_card",
    ).select()


def page(card: Row, ask: Ask) -> Any:
    """One row: the lines of a page as JSON, and whether more follow.

    The balance runs over all lines of the period before the page is cut, so it is right on every page. The key of a
    line is its place in the card as text that sorts: day, number of the entry, position in it.
    """
    first, after = ask.argument("first"), ask.argument("after")
    found, kept = _lines_of(card)
    key = (
        cast(found.c.entry_on, Text)
        + "/"
        + func.lpad(cast(found.c.number, Text), 9, "0")
        + "/"
        + func.lpad(cast(found.c.position, Text), 6, "0")
    ).collate("C")
    order = (found.c.entry_on, found.c.number, found.c.position)
    running = (
        select(
            found.c.id,
            found.c.entry_id,
            found.c.entry_on,
            found.c.number,
            found.c.position,
            found.c.ledger_account_id.label("account_id"),
            found.c.source,
            found.c.source_id,
            func.coalesce(func.nullif(found.c.text, ""), found.c.entry_text).label("text"),
            found.c.debit,
            found.c.credit,
            (
                card.c.opening + func.sum(found.c.debit - found.c.credit).over(order_by=order, rows=(None, 0))
            ).label("balance"),
            key.label("key"),
        )
        .where(kept.movement(card.c.from_on, card.c.to_on))
        .correlate(card)
        .subquery("running")
    )
    wanted = literal_column(str(_PAGE), Integer) if first is None else cast(first, Integer)
    size = func.greatest(1, func.least(wanted, PAGE_MAX))
    cut = select(running, func.row_number().over(order_by=running.c.key).label("place"))
    if after is not None:
        cut = cut.where(running.c.key > cast(after, Text).collate("C"))
    rows = cut.order_by(running.c.key).limit(size + 1).correlate(card).subquery("cut")
    parts: list[Any] = []
    for name in _LINE_COLUMNS:
        parts += [literal_column(f"'{name}'"), rows.c[name]]
    kept_rows = func.json_agg(func.json_build_object(*parts)).filter(rows.c.place <= size)
    ends = func.max(rows.c.key).filter(rows.c.place <= size)
    return once(
        select(
            func.coalesce(kept_rows, literal_column("'[]'::json", JSON)).label("kept"),
            card.c.company_id,
            card.c.account,
            card.c.line_count.label("total_count"),
            (func.count() > size).label("has_next_page"),
            ends.label("end_cursor"),
        )
        .select_from(rows)
        .correlate(card),
        "ledger_page",
    ).select()


def lines(page: Row, ask: Ask) -> Any:
    """The lines of a page with what stands behind each: its account, the other side of its entry, its document."""
    line = (
        func.json_to_recordset(page.c.kept)
        .table_valued(*(column(name, kind) for name, kind in _LINE_COLUMNS.items()))
        .render_derived(name="card_line", with_types=True)
    )
    account, document = _account.alias("own"), _document_of(line)
    return (
        select(
            line.c.id,
            line.c.entry_id,
            line.c.entry_on,
            line.c.number,
            line.c.text,
            line.c.debit,
            line.c.credit,
            line.c.balance,
            account.c.code,
            account.c.name,
            _other_side(line).label("counter_account"),
            document.c.number.label("document_number"),
            document.c.id.label("document_id"),
            document.c.side.label("document_side"),
            _is_reconciled(line, document).label("reconciled"),
        )
        .select_from(
            line.join(account, account.c.id == line.c.account_id).outerjoin(
                document, literal_column("true", Boolean)
            )
        )
        .order_by(line.c.place)
    )


def page_end(page: Row, ask: Ask) -> Any:
    """Where a page ends, in the words of every list."""
    return select(page.c.has_next_page, page.c.end_cursor)


def _other_side(line: Row) -> Any:
    """The one account on the other side of the entry; null where there are several."""
    other, account = _line.alias("other"), _account.alias("counter")
    is_other_side = or_(
        and_(line.c.debit > NOTHING, other.c.credit > NOTHING),
        and_(line.c.credit > NOTHING, other.c.debit > NOTHING),
    )
    return (
        select(case((func.count(account.c.code.distinct()) == 1, func.min(account.c.code))))
        .select_from(other.join(account, account.c.id == other.c.ledger_account_id))
        .where(other.c.entry_id == line.c.entry_id, is_other_side)
        .correlate(line)
        .scalar_subquery()
    )


def _document_of(line: Row) -> Any:
    """The document that the entry posted, or the one it paid (the first where it paid several)."""
    paid = (
        select(_settlement.c.document_id)
        .where(_settlement.c.entry_id == line.c.entry_id)
        .order_by(_settlement.c.id)
        .limit(ONE)
        .correlate(line)
        .scalar_subquery()
    )
    behind = case((line.c.source == "DOCUMENT", line.c.source_id), else_=paid)
    return (
        select(_document.c.id, _document.c.number, _document.c.side, _document.c.status)
        .where(_document.c.id == behind)
        .correlate(line)
        .lateral("behind")
    )


def _is_reconciled(line: Row, document: Row) -> Any:
    """Whether the line is settled: its entry came from a bank line that is still matched, or its document is paid."""
    reversal = _entry.alias("reversal")
    undone = exists(
        select(reversal.c.id)
        .where(reversal.c.reverses_id == line.c.entry_id, reversal.c.state == "POSTED")
        .correlate(line)
    )
    paid = and_(line.c.source == "DOCUMENT", func.coalesce(document.c.status, "") == "PAID")
    return or_(and_(line.c.source == "RECONCILIATION", not_(undone)), paid)
