"""What other modules may use of the journal. Callers have checked the scope of their own module.

Locks are taken in one order: rows of the caller (documents, bank lines), then `lock_books`, then other counters.
"""

from sqlalchemy import Table

from services.journal.actions.books import (
    Chain,
    contact_account,
    ensure_account,
    lock_books,
    open_books,
    tax_account_codes,
)
from services.journal.actions.closing_checks import YearAsked, closing_check
from services.journal.actions.lines import EntryLineDraft
from services.journal.actions.locks import lock_filed_period
from services.journal.actions.periods import Origin, check_tax_day, first_open_on
from services.journal.actions.posting import draft_entry, post_entry
from services.journal.actions.reversing import reverse_entry
from services.journal.actions.verification import verify_ledger
from services.journal.chart import needs_contact
from services.journal.formats.plain_text import SUFFIXES, PlainForm
from services.journal.models import (
    DaybookLock,
    FiscalYear,
    JournalEntry,
    JournalLine,
    LedgerAccount,
    PeriodLock,
)
from services.journal.plain_books import plain_books
from services.journal.rules.closing import ClosingCheck

__all__ = [
    "SUFFIXES",
    "Chain",
    "ClosingCheck",
    "EntryLineDraft",
    "Origin",
    "PlainForm",
    "YearAsked",
    "check_tax_day",
    "closing_check",
    "contact_account",
    "daybook_lock_table",
    "draft_entry",
    "ensure_account",
    "first_open_on",
    "fiscal_year_table",
    "journal_entry_table",
    "journal_line_table",
    "ledger_account_table",
    "lock_books",
    "lock_filed_period",
    "needs_contact",
    "open_books",
    "period_lock_table",
    "plain_books",
    "post_entry",
    "reverse_entry",
    "tax_account_codes",
    "verify_ledger",
]


def ledger_account_table() -> Table:
    """Ledger accounts, for joins. Row-level security still binds them."""
    return LedgerAccount.__table__  # type: ignore[attr-defined, no-any-return]


def fiscal_year_table() -> Table:
    """Fiscal years of every company, for the periods of reports. Row-level security still binds them."""
    return FiscalYear.__table__  # type: ignore[attr-defined, no-any-return]


def period_lock_table() -> Table:
    """The locks of every company, one row each, for warnings. Row-level security still binds them."""
    return PeriodLock.__table__  # type: ignore[attr-defined, no-any-return]


def daybook_lock_table() -> Table:
    """The soft locks of single daybooks, for warnings. Row-level security still binds them."""
    return DaybookLock.__table__  # type: ignore[attr-defined, no-any-return]


def journal_entry_table() -> Table:
    """Journal entries, for joins. Row-level security still binds them."""
    return JournalEntry.__table__  # type: ignore[attr-defined, no-any-return]


def journal_line_table() -> Table:
    """Lines of entries, drafts included; join the entry for `state`."""
    return JournalLine.__table__  # type: ignore[attr-defined, no-any-return]
