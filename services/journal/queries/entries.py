"""Where the fields of accounts, entries and lines come from."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Numeric,
    and_,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from services.journal.models import (
    EntryAttachment,
    EntryComment,
    EntryReview,
    FiscalYear,
    JournalEntry,
    JournalLine,
    LedgerAccount,
)
from services.kit.reads import Ask, Expression, Filter, Join, Listing, Row, Sort, Source
from services.kit.search import like_pattern

ACCOUNTS_MAX = 1_000
LINES_PAGE_MAX = 1_000

_account: Any = LedgerAccount.__table__  # type: ignore[attr-defined]
_entry: Any = JournalEntry.__table__  # type: ignore[attr-defined]
_line: Any = JournalLine.__table__  # type: ignore[attr-defined]
_review: Any = EntryReview.__table__  # type: ignore[attr-defined]
_year: Any = FiscalYear.__table__  # type: ignore[attr-defined]

LEDGER_ACCOUNT = Source(_account)
JOURNAL_ENTRY = Source(_entry)
JOURNAL_LINE = Source(_line)

ENTRY_COMMENT = Source(EntryComment.__table__)  # type: ignore[attr-defined]
ENTRY_ATTACHMENT = Source(EntryAttachment.__table__)  # type: ignore[attr-defined]

COMMENTS_OF = Join(
    lambda entry, comment: comment.c.entry_id == entry.c.id,
    order=lambda comment: (comment.c.created_at, comment.c.id),
    cap=500,
    expected=1,
)
ATTACHMENTS_OF = Join(
    lambda entry, attachment: attachment.c.entry_id == entry.c.id,
    order=lambda attachment: (attachment.c.created_at, attachment.c.id),
    cap=50,
    expected=1,
)
LINES_OF = Join(
    lambda entry, line: line.c.entry_id == entry.c.id,
    order=lambda line: (line.c.position,),
    cap=1_000,
    expected=4,
)
ENTRY_OF = Join(lambda line, entry: entry.c.id == line.c.entry_id)
ACCOUNT_OF = Join(lambda line, account: account.c.id == line.c.ledger_account_id)
CONTACT_OF_ACCOUNT = Join(lambda account, contact: contact.c.id == account.c.contact_id)
CONTACT_OF = Join(lambda line, contact: contact.c.id == line.c.contact_id)


def _reversals(row: Row) -> Any:
    reversal = _entry.alias("reversal")
    return select(reversal.c.id).where(reversal.c.reverses_id == row.c.id, reversal.c.state == "POSTED")


def reversed_by(row: Row, ask: Ask) -> Expression:
    """The posted entry that reverses this one; there is at most one."""
    return _reversals(row).scalar_subquery()  # type: ignore[no-any-return]


def state_of(row: Row, ask: Ask) -> Expression:
    """DRAFT, POSTED, or REVERSED for a posted entry that another one reverses."""
    return case(
        (row.c.state == "DRAFT", literal_column("'DRAFT'")),
        (exists(_reversals(row)), literal_column("'REVERSED'")),
        else_=literal_column("'POSTED'"),
    )


def reviewed_at(row: Row, ask: Ask) -> Expression:
    """When somebody first marked the entry as reviewed."""
    return select(_review.c.reviewed_at).where(_review.c.entry_id == row.c.id).scalar_subquery()


def reviewed_by(row: Row, ask: Ask) -> Expression:
    """Name of who marked the entry as reviewed."""
    return select(_review.c.reviewed_by_name).where(_review.c.entry_id == row.c.id).scalar_subquery()


def balance_of(row: Row, ask: Ask) -> Expression:
    """Debit less credit of the account's posted lines."""
    summed = (
        select(func.sum(_line.c.debit - _line.c.credit))
        .select_from(_line.join(_entry, _entry.c.id == _line.c.entry_id))
        .where(_line.c.ledger_account_id == row.c.id, _entry.c.state == "POSTED")
        .scalar_subquery()
    )
    return func.coalesce(summed, literal_column("0", Numeric(18, 2)))


def pending_entries(client: Row, ask: Ask) -> Expression:
    """How many drafts wait to be posted: the total of `journalEntries(filter: {state: DRAFT})`."""
    return (
        select(cast(func.count(), Integer))
        .select_from(_entry)
        .where(_entry.c.company_id == client.c.id, _entry.c.state == "DRAFT")
        .scalar_subquery()
    )


def _posted(client: Row, *prefixes: str) -> Any:
    """Debit less credit of the posted lines on accounts that begin so."""
    joined = _line.join(_entry, _entry.c.id == _line.c.entry_id).join(
        _account, _account.c.id == _line.c.ledger_account_id
    )
    return (
        select(func.coalesce(func.sum(_line.c.debit - _line.c.credit), literal_column("0", Numeric(18, 2))))
        .select_from(joined)
        .where(
            _account.c.company_id == client.c.id,
            or_(*(_account.c.code.like(f"{prefix}%") for prefix in prefixes)),
            _entry.c.state == "POSTED",
        )
    )


def _this_year(client: Row, ask: Ask) -> Expression:
    """Entries of the fiscal year that the viewer's day is in."""
    current = (
        select(_year.c.year)
        .where(
            _year.c.company_id == client.c.id, _year.c.starts_on <= ask.today, _year.c.ends_on >= ask.today
        )
        .correlate(client)  # Two levels up: SQLAlchemy finds only the nearest by itself.
    )
    return and_(
        _entry.c.fiscal_year == current.scalar_subquery(),
        # A closed year still made what it made: the entry that takes 6 and 7 to zero is no income or expense.
        _entry.c.source != "REGULARISATION",
    )


def bank_balance(client: Row, ask: Ask) -> Expression:
    """What is in banks and tills: 57."""
    return _posted(client, "57").scalar_subquery()  # type: ignore[no-any-return]


def receivable(client: Row, ask: Ask) -> Expression:
    """What customers owe: 430 and 431."""
    return _posted(client, "430", "431").scalar_subquery()  # type: ignore[no-any-return]


def payable(client: Row, ask: Ask) -> Expression:
    """What is owed to suppliers and creditors, as a positive amount: 400 and 410."""
    return -_posted(client, "400", "410").scalar_subquery()  # type: ignore[no-any-return]


def income(client: Row, ask: Ask) -> Expression:
    """Income of the current fiscal year, as a positive amount: group 7."""
    return -_posted(client, "7").where(_this_year(client, ask)).scalar_subquery()  # type: ignore[no-any-return]


def expense(client: Row, ask: Ask) -> Expression:
    """Expense of the current fiscal year: group 6."""
    return _posted(client, "6").where(_this_year(client, ask)).scalar_subquery()  # type: ignore[no-any-return]


def result(client: Row, ask: Ask) -> Expression:
    """Income less expense of the current fiscal year."""
    return -_posted(client, "6", "7").where(_this_year(client, ask)).scalar_subquery()  # type: ignore[no-any-return]


def _has_state(row: Row, value: str, ask: Ask) -> Expression:
    if value == "DRAFT":
        return row.c.state == "DRAFT"
    is_reversed = exists(_reversals(row))
    return and_(row.c.state == "POSTED", is_reversed if value == "REVERSED" else ~is_reversed)


def _uses_account(row: Row, value: Any, ask: Ask) -> Expression:
    used = select(_line.c.entry_id).where(
        _line.c.ledger_account_id == value, _line.c.company_id == row.c.company_id
    )
    return row.c.id.in_(used)


def _is_reviewed(row: Row, value: bool, ask: Ask) -> Expression:  # noqa: FBT001 -- the value of a filter
    marked = exists(select(_review.c.entry_id).where(_review.c.entry_id == row.c.id))
    return marked if value else and_(row.c.state == "POSTED", ~marked)


ENTRY_FILTERS: Mapping[str, Filter] = {
    "companyId": Filter(lambda row, value, ask: row.c.company_id == value, reads=("companyId",)),
    "filter.state": Filter(_has_state, reads=("state",), flag=True),
    "filter.ledgerAccountId": Filter(_uses_account, reads=("lines",)),
    "filter.reviewed": Filter(_is_reviewed, reads=("reviewedAt",), flag=True),
    "filter.search": Filter(
        lambda row, value, ask: row.c.search_text.like(value), reads=("text", "number"), prepare=like_pattern
    ),
    "filter.from": Filter(lambda row, value, ask: row.c.entry_on >= value, reads=("entryOn",)),
    "filter.to": Filter(lambda row, value, ask: row.c.entry_on <= value, reads=("entryOn",)),
}

_NUMBER_LAST = 9_999_999
"""Drafts have no number and come after those that do."""


def _number(row: Row) -> Expression:
    """Year and number as one key, since numbers start again each year."""
    year = cast(row.c.fiscal_year, BigInteger)
    return year * (_NUMBER_LAST + 1) + func.coalesce(row.c.number, _NUMBER_LAST)


JOURNAL_ENTRIES = Listing(
    filters=ENTRY_FILTERS,
    sorts={
        "DATE_ASC": Sort(lambda row: row.c.entry_on, reads="entryOn"),
        "DATE_DESC": Sort(lambda row: row.c.entry_on, reads="entryOn", descending=True),
        "NUMBER_ASC": Sort(_number, reads="number"),
        "NUMBER_DESC": Sort(_number, reads="number", descending=True),
    },
)


def _of_entry(row: Row, condition: Any) -> Expression:
    entry = _entry.alias("of_line")
    return exists(select(entry.c.id).where(entry.c.id == row.c.entry_id, condition(entry)))


JOURNAL_LINES = Listing(
    filters={
        "companyId": Filter(lambda row, value, ask: row.c.company_id == value, reads=("companyId",)),
        "filter.state": Filter(
            lambda row, value, ask: _of_entry(row, lambda entry: _has_state(entry, value, ask)),
            reads=("entry",),
            flag=True,
        ),
        "filter.ledgerAccountId": Filter(
            lambda row, value, ask: row.c.ledger_account_id == value, reads=("ledgerAccount",)
        ),
        "filter.search": Filter(
            lambda row, value, ask: _of_entry(row, lambda entry: entry.c.search_text.like(value)),
            reads=("entry",),
            prepare=like_pattern,
        ),
        "filter.from": Filter(lambda row, value, ask: row.c.entry_on >= value, reads=("entryOn",)),
        "filter.to": Filter(lambda row, value, ask: row.c.entry_on <= value, reads=("entryOn",)),
    },
    sorts={
        "DATE_ASC": Sort(lambda row: row.c.entry_on, reads="entryOn"),
        "DATE_DESC": Sort(lambda row: row.c.entry_on, reads="entryOn", descending=True),
    },
    first_max=LINES_PAGE_MAX,
)

LEDGER_ACCOUNTS = Listing(
    filters={
        "archived": Filter(
            lambda row, value, ask: row.c.archived_at.is_not(None) if value else row.c.archived_at.is_(None),
            reads=("archivedAt",),
            flag=True,
        ),
        "leaf": Filter(lambda row, value, ask: row.c.is_leaf.is_(value), reads=("isLeaf",), flag=True),
        "type": Filter(lambda row, value, ask: row.c.type == value, reads=("type",)),
        "companyId": Filter(lambda row, value, ask: row.c.company_id == value, reads=("companyId",)),
        "search": Filter(
            lambda row, value, ask: row.c.search_text.like(value),
            reads=("code", "name"),
            prepare=like_pattern,
        ),
    },
    first_max=ACCOUNTS_MAX,
)
