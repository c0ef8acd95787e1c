"""The journal book (Libro Diario): every posted entry by day and number, with its lines."""

from typing import Any

from sqlalchemy import Integer, Text, Uuid, cast, func, literal_column, select
from sqlalchemy.dialects.postgresql import ARRAY

from services.journal.interface import journal_entry_table, journal_line_table, ledger_account_table
from services.kit.reads import Ask, Row
from services.reports.queries.balances import MONEY, NOTHING
from services.reports.queries.periods import once, period_of

PAGE_MAX = 500
"""Entries of one page."""

_account: Any = ledger_account_table()
_entry: Any = journal_entry_table()
_line: Any = journal_line_table()


def _posted(row: Row) -> Any:
    return (
        _entry.c.company_id == row.c.company_id,
        _entry.c.state == "POSTED",
        _entry.c.entry_on >= row.c.from_on,
        _entry.c.entry_on <= row.c.to_on,
    )


def journal_book(company: Row, ask: Ask) -> Any:
    """One row: the period, how many entries it has, and the sum of one side of them."""
    period = once(period_of(company, ask), "period")
    sums = (
        select(
            cast(func.coalesce(func.sum(_entry.c.total), NOTHING), MONEY).label("total"),
            cast(func.count(), Integer).label("entry_count"),
        )
        .where(*_posted(period))
        .lateral("sums")
    )
    return once(select(period, sums), "journal_book").select()


def page(book: Row, ask: Ask) -> Any:
    """One row: the ids of a page's entries in their order, and whether more follow.

    The key of an entry is its place in the book as text that sorts: its day and its number.
    """
    first, after = ask.argument("first"), ask.argument("after")
    key = (cast(_entry.c.entry_on, Text) + "/" + func.lpad(cast(_entry.c.number, Text), 9, "0")).collate("C")
    size = func.greatest(1, func.least(cast(first, Integer), PAGE_MAX))
    found = select(_entry.c.id, key.label("key")).where(*_posted(book)).order_by(key).limit(size + 1)
    if after is not None:
        found = found.where(key > cast(after, Text).collate("C"))
    rows = found.correlate(book).subquery("rows")
    numbered = select(rows, func.row_number().over(order_by=rows.c.key).label("place")).subquery("numbered")
    on_page = numbered.c.place <= size
    return once(
        select(
            func.array_agg(numbered.c.id, type_=ARRAY(Uuid)).filter(on_page).label("ids"),
            book.c.entry_count.label("total_count"),
            (func.count() > size).label("has_next_page"),
            func.max(numbered.c.key).filter(on_page).label("end_cursor"),
        )
        .select_from(numbered)
        .correlate(book),
        "book_page",
    ).select()


def page_end(page: Row, ask: Ask) -> Any:
    """Where a page ends, in the words of every list."""
    return select(page.c.has_next_page, page.c.end_cursor)


def lines(page: Row, ask: Ask) -> Any:
    """The lines of a page's entries by day, number and place in the entry."""
    wanted = func.unnest(page.c.ids).table_valued("id", name="wanted").render_derived()
    joined = (
        _entry.join(wanted, wanted.c.id == _entry.c.id)
        .join(_line, _line.c.entry_id == _entry.c.id)
        .join(_account, _account.c.id == _line.c.ledger_account_id)
    )
    return (
        select(
            _line.c.id,
            _line.c.entry_id,
            _line.c.entry_on,
            _entry.c.number,
            _account.c.code,
            _account.c.name,
            func.coalesce(func.nullif(_line.c.text, literal_column("''", Text)), _entry.c.text).label("text"),
            _line.c.debit,
            _line.c.credit,
        )
        .select_from(joined)
        .order_by(_line.c.entry_on, _entry.c.number, _line.c.position)
    )
