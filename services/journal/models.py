"""Tables of journal. What the database itself refuses stands in infra/migrations (ledger.sql)."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from services.kit.db import Amount, Instant, row_id

DAYBOOKS = "'SALES','PURCHASES','BANK','GENERAL'"
TYPES = (
    "'EQUITY','NON_CURRENT_LIABILITY','CURRENT_LIABILITY','NON_CURRENT_ASSET','CURRENT_ASSET','INCOME','EXPENSE',"
    "'BY_BALANCE'"
)


class LedgerAccount(SQLModel, table=True):
    """An account of one company's chart. Only leaves take entries; the code is text and sorts as text."""

    __tablename__ = "ledger_account"
    __table_args__ = (
        UniqueConstraint("company_id", "code", name="ledger_account_code_once"),
        UniqueConstraint("company_id", "id", name="ledger_account_of_company"),
        ForeignKeyConstraint(["company_id", "contact_id"], ["contact.company_id", "contact.id"]),
        CheckConstraint(f"type in ({TYPES})", name="type_known"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    code: str
    name: str
    search_text: str = ""
    type: str
    is_leaf: bool = True
    contact_id: UUID | None = Field(default=None, index=True)
    created_at: datetime = Instant()
    archived_at: datetime | None = Instant(default=None)


class FiscalYear(SQLModel, table=True):
    """A fiscal year of one company; `year` names it, `ends_on` is its last day. Closed once, reopened only if last."""

    __tablename__ = "fiscal_year"
    __table_args__ = (
        UniqueConstraint("company_id", "year", name="fiscal_year_once"),
        CheckConstraint("ends_on > starts_on", name="ordered"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    year: int
    starts_on: date
    ends_on: date
    closed_at: datetime | None = Instant(default=None)


class PeriodLock(SQLModel, table=True):
    """The locks of one company: entries dated on or before a lock are refused (soft: managers, tax, hard: for good)."""

    __tablename__ = "period_lock"

    company_id: UUID = Field(foreign_key="company.id", primary_key=True)
    soft_until: date | None = None
    tax_until: date | None = None
    hard_until: date | None = None
    changed_by: UUID | None = Field(default=None, foreign_key="membership.id")
    changed_at: datetime = Instant()


class DaybookLock(SQLModel, table=True):
    """The soft lock of one daybook of a company, beside that of all its books."""

    __tablename__ = "daybook_lock"
    __table_args__ = (CheckConstraint(f"daybook in ({DAYBOOKS})", name="daybook_known"),)

    company_id: UUID = Field(foreign_key="company.id", primary_key=True)
    daybook: str = Field(primary_key=True)
    soft_until: date | None = None
    changed_by: UUID | None = Field(default=None, foreign_key="membership.id")
    changed_at: datetime = Instant()


class LockException(SQLModel, table=True):
    """Somebody may work behind a lock until an instant, for a reason. `membership_id` null: everybody who may post.

    `daybook` null: behind the lock of all books and of every daybook; else of that daybook alone. It expires by itself
    and can be ended before; nothing else of it ever changes. There is none for the hard lock.
    """

    __tablename__ = "lock_exception"
    __table_args__ = (
        UniqueConstraint("company_id", "request_key", name="lock_exception_once_per_request"),
        CheckConstraint("lock in ('SOFT','TAX')", name="lock_known"),
        CheckConstraint(f"daybook in ({DAYBOOKS})", name="daybook_known"),
        Index("lock_exception_live", "company_id", "lock", postgresql_where="ended_at is null"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    lock: str
    daybook: str | None = None
    membership_id: UUID | None = Field(default=None, foreign_key="membership.id")
    for_name: str = ""
    reason: str
    until_at: datetime = Instant()
    granted_by: UUID
    granted_by_name: str = ""
    granted_at: datetime = Instant()
    ended_at: datetime | None = Instant(default=None)
    request_key: str | None = None


class LockChange(SQLModel, table=True):
    """One line of the log of locks: who moved which lock from when to when, or let whom behind it. Only added to.

    Names are written beside the ids, so the client can read who of the firm it was.
    """

    __tablename__ = "lock_change"
    __table_args__ = (
        CheckConstraint(
            "act in ('MOVED','EXCEPTION_GRANTED','EXCEPTION_ENDED','YEAR_CLOSED','YEAR_REOPENED')",
            name="act_known",
        ),
        CheckConstraint("lock in ('SOFT','TAX','HARD')", name="lock_known"),
        CheckConstraint(f"daybook in ({DAYBOOKS})", name="daybook_known"),
        Index("lock_change_by_time", "company_id", "changed_at", "id"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    act: str
    lock: str
    daybook: str | None = None
    before_on: date | None = None
    after_on: date | None = None
    reason: str = ""
    exception_id: UUID | None = Field(default=None, foreign_key="lock_exception.id")
    changed_by: UUID
    changed_by_name: str = ""
    changed_at: datetime = Instant()


class EntryCounter(SQLModel, table=True):
    """The last number given in one company, fiscal year and series; locked while a number is taken."""

    __tablename__ = "entry_counter"

    company_id: UUID = Field(foreign_key="company.id", primary_key=True)
    year: int = Field(primary_key=True)
    series: str = Field(default="", primary_key=True)
    last_number: int = 0
    last_hash: str = ""


class JournalEntry(SQLModel, table=True):
    """An entry: a draft without number, then posted for good. `hash` chains the posted entries of a company."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        UniqueConstraint("company_id", "id", name="journal_entry_of_company"),
        UniqueConstraint("company_id", "fiscal_year", "number", name="journal_entry_number_once"),
        UniqueConstraint("company_id", "request_key", name="journal_entry_once_per_request"),
        UniqueConstraint("reverses_id", name="journal_entry_reversed_once"),
        ForeignKeyConstraint(["company_id", "reverses_id"], ["journal_entry.company_id", "journal_entry.id"]),
        CheckConstraint("state in ('DRAFT','POSTED')", name="state_known"),
        CheckConstraint("(state = 'POSTED') = (number is not null)", name="number_when_posted"),
        Index("journal_entry_by_date", "company_id", "entry_on", "id"),
        Index("journal_entry_draft", "company_id", postgresql_where="state = 'DRAFT'"),
        Index(
            "journal_entry_turn_of_year",
            "company_id",
            "fiscal_year",
            postgresql_where="source in ('REGULARISATION','CLOSING','OPENING')",
        ),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    fiscal_year: int
    number: int | None = None
    chain_position: int | None = None
    entry_on: date
    state: str = "DRAFT"
    text: str
    search_text: str = ""
    source: str = "MANUAL"
    source_id: UUID | None = Field(default=None, index=True)
    total: Decimal = Amount(default=Decimal("0.00"))
    reverses_id: UUID | None = None
    request_key: str | None = None
    hash: str | None = None
    previous_hash: str | None = None
    created_by: UUID | None = None
    created_at: datetime = Instant()
    version: int = 1
    posted_by: UUID | None = None
    posted_at: datetime | None = Instant(default=None)


class JournalLine(SQLModel, table=True):
    """One side of an entry: debit or credit, never both, never negative."""

    __tablename__ = "journal_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["company_id", "entry_id"], ["journal_entry.company_id", "journal_entry.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["company_id", "ledger_account_id"], ["ledger_account.company_id", "ledger_account.id"]
        ),
        ForeignKeyConstraint(["company_id", "contact_id"], ["contact.company_id", "contact.id"]),
        CheckConstraint("debit >= 0 and credit >= 0 and (debit > 0) <> (credit > 0)", name="one_side"),
        UniqueConstraint("entry_id", "position", name="journal_line_position_once"),
        Index("journal_line_by_account", "ledger_account_id", "entry_on", "id"),
        Index("journal_line_by_company", "company_id", "entry_on", "id"),
    )

    id: UUID = row_id()
    company_id: UUID
    entry_id: UUID
    entry_on: date
    position: int
    ledger_account_id: UUID
    contact_id: UUID | None = None
    text: str
    debit: Decimal = Amount(default=Decimal("0.00"))
    credit: Decimal = Amount(default=Decimal("0.00"))


class EntryReview(SQLModel, table=True):
    """Somebody looked at an entry and found it right. A mark beside the entry, since a posted row never changes."""

    __tablename__ = "entry_review"
    __table_args__ = (
        ForeignKeyConstraint(["company_id", "entry_id"], ["journal_entry.company_id", "journal_entry.id"]),
    )

    entry_id: UUID = Field(primary_key=True)
    company_id: UUID = Field(index=True)
    reviewed_by: UUID
    reviewed_by_name: str = ""
    reviewed_at: datetime = Instant()


class EntryComment(SQLModel, table=True):
    """What somebody said about an entry, for whoever may see the journal."""

    __tablename__ = "entry_comment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["company_id", "entry_id"], ["journal_entry.company_id", "journal_entry.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("company_id", "request_key", name="entry_comment_once_per_request"),
        Index("entry_comment_by_entry", "entry_id", "created_at", "id"),
    )

    id: UUID = row_id()
    company_id: UUID
    entry_id: UUID
    text: str
    author_id: UUID
    author_name: str = ""
    request_key: str
    created_at: datetime = Instant()


class EntryAttachment(SQLModel, table=True):
    """A paper behind an entry; the content is in the store by its hash. May come and go on a posted entry."""

    __tablename__ = "entry_attachment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["company_id", "entry_id"], ["journal_entry.company_id", "journal_entry.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("entry_id", "sha256", name="entry_attachment_once"),
    )

    id: UUID = row_id()
    company_id: UUID
    entry_id: UUID
    filename: str
    media_type: str
    size: int
    sha256: str
    attached_by_name: str = ""
    created_at: datetime = Instant()


class EntryTemplate(SQLModel, table=True):
    """An entry that comes again: its lines name variables in place of amounts."""

    __tablename__ = "entry_template"
    __table_args__ = (
        UniqueConstraint("company_id", "id", name="entry_template_of_company"),
        UniqueConstraint("company_id", "request_key", name="entry_template_once_per_request"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    name: str
    text: str
    created_at: datetime = Instant()
    archived_at: datetime | None = Instant(default=None)
    request_key: str | None = None


class EntryTemplateLine(SQLModel, table=True):
    """One line of a template: an amount to be given, a percentage of one, or what is left to balance (REST)."""

    __tablename__ = "entry_template_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["company_id", "template_id"],
            ["entry_template.company_id", "entry_template.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(["company_id", "contact_id"], ["contact.company_id", "contact.id"]),
        CheckConstraint("side in ('DEBIT','CREDIT')", name="side_known"),
        CheckConstraint("basis in ('AMOUNT','PERCENT','REST')", name="basis_known"),
        UniqueConstraint("template_id", "position", name="entry_template_line_once"),
    )

    id: UUID = row_id()
    company_id: UUID
    template_id: UUID
    position: int
    account_code: str
    contact_id: UUID | None = None
    side: str
    basis: str
    variable: str = ""
    percent: Decimal | None = Amount(digits=9, places=4, default=None)
    text: str = ""
