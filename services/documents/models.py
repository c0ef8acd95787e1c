"""Tables of documents."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from services.kit.db import Amount, Instant, row_id

KINDS = (
    "'ESTIMATE','PROFORMA','SALES_ORDER','DELIVERY_NOTE','SALES_INVOICE','PAYMENT_RECEIPT',"
    "'PURCHASE_ORDER','PURCHASE_INVOICE','EXPENSE'"
)
STATES = (
    "'DRAFT','PENDING_REVIEW','APPROVED','PARTLY_PAID','PAID','ACCEPTED','REJECTED','EXPIRED','CANCELLED'"
)


class Document(SQLModel, table=True):
    """A commercial document of one company: estimates to invoices on the sales side, orders to expenses on the other.

    Amounts are positive as printed. `outstanding` is the total less its settlements and is kept by them alone.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("company_id", "id", name="document_of_company"),
        UniqueConstraint("company_id", "request_key", name="document_once_per_request"),
        ForeignKeyConstraint(["company_id", "contact_id"], ["contact.company_id", "contact.id"]),
        ForeignKeyConstraint(["company_id", "entry_id"], ["journal_entry.company_id", "journal_entry.id"]),
        CheckConstraint(f"kind in ({KINDS})", name="kind_known"),
        CheckConstraint(f"status in ({STATES})", name="status_known"),
        CheckConstraint("side in ('SALES','PURCHASES')", name="side_known"),
        CheckConstraint(
            "outstanding >= 0 and outstanding <= greatest(total, 0)", name="outstanding_within_total"
        ),
        Index("document_by_issue", "company_id", "side", "issued_on", "id"),
        Index("document_by_contact", "contact_id", "kind", "issued_on"),
        Index(
            "document_pending",
            "company_id",
            "side",
            postgresql_where="status = 'PENDING_REVIEW' and archived_at is null",
        ),
        Index("document_open", "company_id", "side", "due_on", postgresql_where="outstanding > 0"),
        Index(
            "document_number_once",
            "company_id",
            "kind",
            "number",
            unique=True,
            postgresql_where="side = 'SALES' and number is not null",
        ),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    side: str
    kind: str
    status: str = "DRAFT"
    contact_id: UUID | None = None
    number: str | None = None
    issued_on: date
    operation_on: date | None = None
    due_on: date | None = None
    currency: str = "EUR"
    description: str | None = None
    search_text: str = ""
    taxable_base: Decimal = Amount(default=Decimal("0.00"))
    tax_total: Decimal = Amount(default=Decimal("0.00"))
    withholding_rate: Decimal = Amount(5, 2, default=Decimal("0.00"))
    withholding: Decimal = Amount(default=Decimal("0.00"))
    total: Decimal = Amount(default=Decimal("0.00"))
    outstanding: Decimal = Amount(default=Decimal("0.00"))
    entry_id: UUID | None = None
    sent_at: datetime | None = Instant(default=None)
    archived_at: datetime | None = Instant(default=None)
    opened_at: datetime | None = Instant(default=None)
    read_at: datetime | None = Instant(default=None)
    paid_on: date | None = None
    pdf_sha256: str | None = None
    request_key: str | None = None
    created_by: UUID | None = None
    created_at: datetime = Instant()
    approved_by: UUID | None = None
    approved_at: datetime | None = Instant(default=None)


class DocumentLine(SQLModel, table=True):
    """One line: quantity x unit price less discount gives its base, before tax."""

    __tablename__ = "document_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["company_id", "document_id"], ["document.company_id", "document.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("document_id", "position", name="document_line_position_once"),
        Index("document_line_of_document", "document_id", "position"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(index=True)
    document_id: UUID
    position: int
    description: str
    is_product: bool = True
    quantity: Decimal = Amount(14, 4, default=Decimal(1))
    unit_price: Decimal = Amount(16, 4)
    discount_percent: Decimal = Amount(5, 2, default=Decimal("0.00"))
    tax_rate: Decimal = Amount(5, 2)
    ledger_account_code: str | None = None
    base: Decimal = Amount()


class DocumentTax(SQLModel, table=True):
    """Base and quota of one rate, rounded once on the sum of bases."""

    __tablename__ = "document_tax"
    __table_args__ = (
        ForeignKeyConstraint(
            ["company_id", "document_id"], ["document.company_id", "document.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("document_id", "rate", name="document_tax_rate_once"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(index=True)
    document_id: UUID
    rate: Decimal = Amount(5, 2)
    base: Decimal = Amount()
    quota: Decimal = Amount()


class Settlement(SQLModel, table=True):
    """Part of a document's total paid or collected by one posted entry. Undone by a mark, never by a delete."""

    __tablename__ = "settlement"
    __table_args__ = (
        ForeignKeyConstraint(["company_id", "document_id"], ["document.company_id", "document.id"]),
        ForeignKeyConstraint(["company_id", "entry_id"], ["journal_entry.company_id", "journal_entry.id"]),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("settlement_of_document", "document_id", postgresql_where="undone_at is null"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(index=True)
    document_id: UUID
    entry_id: UUID
    amount: Decimal = Amount()
    settled_on: date
    undone_at: datetime | None = Instant(default=None)
    created_at: datetime = Instant()


class DocumentCounter(SQLModel, table=True):
    """The last number given in one company, kind and year; locked while a number is taken, so there is no gap."""

    __tablename__ = "document_counter"

    company_id: UUID = Field(foreign_key="company.id", primary_key=True)
    kind: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last_number: int = 0
    last_issued_on: date | None = None


class Attachment(SQLModel, table=True):
    """A file that belongs to a document; its content is in the object store under its SHA-256."""

    __tablename__ = "attachment"
    __table_args__ = (
        ForeignKeyConstraint(["company_id", "document_id"], ["document.company_id", "document.id"]),
        UniqueConstraint("document_id", "sha256", name="attachment_once"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(index=True)
    document_id: UUID = Field(index=True)
    filename: str
    media_type: str
    size: int
    sha256: str
    created_at: datetime = Instant()


class Upload(SQLModel, table=True):
    """A file that reached the store and waits for the act that uses it (an inbox paper, a bank statement)."""

    __tablename__ = "upload"
    __table_args__ = (CheckConstraint("purpose in ('INBOX','STATEMENT')", name="purpose_known"),)

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id", index=True)
    purpose: str
    filename: str
    media_type: str
    size: int
    sha256: str
    uploaded_by: UUID
    created_at: datetime = Instant()
