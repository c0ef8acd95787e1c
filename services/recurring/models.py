"""Tables of recurring."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from services.kit.db import Amount, Instant, row_id


class RecurringInvoice(SQLModel, table=True):
    """A template. `next_on` is the date of number `next_index` of its timetable; null when no date is left.

    `acts_as` is the membership with whose rights it acts. `due_days` after issue it is to be paid; null leaves that to
    the contact's terms.
    """

    __tablename__ = "recurring_invoice"
    __table_args__ = (
        UniqueConstraint("company_id", "id", name="recurring_invoice_of_company"),
        UniqueConstraint("company_id", "request_key", name="recurring_invoice_once_per_request"),
        ForeignKeyConstraint(["company_id", "contact_id"], ["contact.company_id", "contact.id"]),
        CheckConstraint("frequency in ('WEEKLY','MONTHLY','QUARTERLY','YEARLY')", name="frequency_known"),
        CheckConstraint("follow_up in ('DRAFT','APPROVE','SEND')", name="follow_up_known"),
        CheckConstraint("every between 1 and 52 and made_count >= 0 and next_index >= 0", name="counts_sane"),
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="ends_after_start"),
        Index("recurring_invoice_by_contact", "contact_id"),
        Index(
            "recurring_invoice_due",
            "next_on",
            postgresql_where="next_on is not null and paused_at is null and ended_at is null",
        ),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id", index=True)
    contact_id: UUID
    name: str
    search_text: str = ""
    frequency: str
    every: int = 1
    starts_on: date
    ends_on: date | None = None
    count_max: int | None = None
    next_index: int = 0
    next_on: date | None = None
    made_count: int = 0
    follow_up: str = "DRAFT"
    attaches_pdf: bool = True
    currency: str = "EUR"
    description: str | None = None
    withholding_rate: Decimal = Amount(5, 2, default=Decimal("0.00"))
    due_days: int | None = None
    acts_as: UUID = Field(foreign_key="membership.id")
    request_key: str | None = None
    created_at: datetime = Instant()
    changed_at: datetime = Instant()
    paused_at: datetime | None = Instant(default=None)
    ended_at: datetime | None = Instant(default=None)


class RecurringLine(SQLModel, table=True):
    """A line of a template, as a document's: quantity, price without VAT, and a tax code or a rate.

    Without an account it takes that of the contact's card whenever an invoice is made.
    """

    __tablename__ = "recurring_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["company_id", "recurring_id"],
            ["recurring_invoice.company_id", "recurring_invoice.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("recurring_id", "position", name="recurring_line_position_once"),
        CheckConstraint("tax_code is not null or tax_rate is not null", name="tax_named"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(index=True)
    recurring_id: UUID
    position: int
    description: str
    is_product: bool = False
    quantity: Decimal = Amount(14, 4, default=Decimal(1))
    unit_price: Decimal = Amount(16, 4)
    discount_percent: Decimal = Amount(5, 2, default=Decimal("0.00"))
    tax_code: str | None = None
    tax_rate: Decimal | None = Amount(5, 2, default=None)
    ledger_account_code: str | None = None


class RecurringRun(SQLModel, table=True):
    """What a template did on one date: made an invoice, or was refused and will try again.

    `mail` says what became of the mail: NONE (none was wanted), QUEUED, or REFUSED. Refusals are kept as JSON with
    code, sentence and values (see `told.py`), so that each reader gets them in their own language.
    """

    __tablename__ = "recurring_run"
    __table_args__ = (
        ForeignKeyConstraint(
            ["company_id", "recurring_id"], ["recurring_invoice.company_id", "recurring_invoice.id"]
        ),
        ForeignKeyConstraint(["company_id", "document_id"], ["document.company_id", "document.id"]),
        UniqueConstraint("recurring_id", "scheduled_on", name="recurring_run_once_per_date"),
        CheckConstraint("(document_id is null) = (refusal is not null)", name="made_or_refused"),
        CheckConstraint("mail in ('NONE','QUEUED','REFUSED')", name="mail_known"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(index=True)
    recurring_id: UUID
    scheduled_on: date
    document_id: UUID | None = None
    refusal: str | None = None
    mail: str = "NONE"
    mail_refusal: str | None = None
    ran_at: datetime = Instant()
