"""What the ledger says of a period, to be compared with the documents and cleared when a return is filed.

An entry counts on its own day. That of a document counts for taxes on the day that decides the document's period,
wherever it is posted: an operation of 31 March that was invoiced in April is VAT of the first quarter (LIVA art. 75).
A reversal counts as what it reverses.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, case, func, or_, select, union_all

from services.documents.interface import document_table
from services.journal.interface import journal_entry_table, journal_line_table, ledger_account_table
from services.kit.reads import Expression, Row
from services.taxes.queries.declared import (
    DECLARED_KINDS,
    NOT_MOVEMENTS,
    constant,
    one_of,
    quarter_of,
)
from services.taxes.queries.sums import listed

TAX_HEADINGS = ("477", "472", "4751")
RESULT_HEADINGS = ("6", "7")

_document: Any = document_table()
_entry: Any = journal_entry_table()
_line: Any = journal_line_table()
_account: Any = ledger_account_table()
_COLUMNS = (_line.c.id, _line.c.ledger_account_id, _line.c.debit, _line.c.credit)


def tax_sums(period: Row) -> Any:
    """Debit less credit on the accounts of taxes in a period, by quarter and heading, by the days that count for taxes.

    Entries that only move balances (settlements of VAT, closing, opening) are left out.
    """
    moved = moved_by_tax_day(period.c.company_id, period.c.starts_on, period.c.ends_before, period)
    return _sums(period, moved, TAX_HEADINGS)


def result_sums(period: Row) -> Any:
    """Debit less credit on the accounts of profit and loss in a period, by quarter and heading, by days of entries."""
    moved = (
        select(*_COLUMNS, _line.c.entry_on.label("day"))
        .select_from(_line.join(_entry, _entry.c.id == _line.c.entry_id))
        .where(
            _line.c.company_id == period.c.company_id,
            _within(_line.c.entry_on, period.c.starts_on, period.c.ends_before),
            _entry.c.state == constant("POSTED"),
            ~one_of(_entry.c.source, NOT_MOVEMENTS),
        )
        .correlate(period)
        .subquery("moved")
    )
    return _sums(period, moved, RESULT_HEADINGS)


def moved_by_tax_day(company_id: Any, starts_on: Any, ends_before: Any, *outside: Row) -> Any:
    """Posted lines of a company whose `day` for taxes is in a period: `ledger_account_id`, `debit`, `credit`, `day`."""
    first, document = _entry.alias("first"), _document.alias("posted_document")
    source = func.coalesce(first.c.source, _entry.c.source)
    of_document = and_(
        source == constant("DOCUMENT"),
        document.c.id == func.coalesce(first.c.source_id, _entry.c.source_id),
        document.c.company_id == _entry.c.company_id,
    )
    of_here = (
        select(*_COLUMNS, func.coalesce(document.c.tax_on, _line.c.entry_on).label("day"))
        .select_from(
            _line.join(_entry, _entry.c.id == _line.c.entry_id)
            .outerjoin(first, first.c.id == _entry.c.reverses_id)
            .outerjoin(document, of_document)
        )
        .where(
            _line.c.company_id == company_id,
            _within(_line.c.entry_on, starts_on, ends_before),
            _entry.c.state == constant("POSTED"),
            ~one_of(source, NOT_MOVEMENTS),
            or_(document.c.id.is_(None), _within(document.c.tax_on, starts_on, ends_before)),
        )
        .correlate(*outside)
    )

    def from_elsewhere(entry: Row, entries: Any) -> Any:
        return (
            select(*_COLUMNS, document.c.tax_on.label("day"))
            .select_from(entries.join(_line, _line.c.entry_id == entry.c.id))
            .where(
                document.c.company_id == company_id,
                one_of(document.c.kind, DECLARED_KINDS),
                _within(document.c.tax_on, starts_on, ends_before),
                first.c.company_id == company_id,
                first.c.source == constant("DOCUMENT"),
                entry.c.state == constant("POSTED"),
                ~_within(entry.c.entry_on, starts_on, ends_before),
            )
            .correlate(*outside)
        )

    posted = document.join(first, first.c.source_id == document.c.id)
    return union_all(
        of_here,
        from_elsewhere(first, posted),
        from_elsewhere(_entry, posted.join(_entry, _entry.c.reverses_id == first.c.id)),
    ).subquery("moved")


def _sums(period: Row, moved: Any, headings: Sequence[str]) -> Any:
    """Sums by heading, the digits that accounts begin with, and quarter; a JSON list."""
    found = [
        (func.left(_account.c.code, len(start)) == constant(start), constant(start)) for start in headings
    ]
    return listed(
        period,
        [case(*found).label("heading"), quarter_of(moved.c.day).label("quarter")],
        [func.sum(moved.c.debit - moved.c.credit).label("amount")],
        moved.join(_account, _account.c.id == moved.c.ledger_account_id),
        [_account.c.company_id == period.c.company_id, or_(*(condition for condition, _ in found))],
    )


def _within(day: Any, starts_on: Any, ends_before: Any) -> Expression:
    return and_(day >= starts_on, day < ends_before)
