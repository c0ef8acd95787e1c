"""A document, its parts, and what settled it."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    Computed,
    Date,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlmodel import Field, SQLModel

from services.kit.db import Amount, Instant, row_id

KINDS = (
    "'ESTIMATE','PROFORMA','SALES_ORDER','DELIVERY_NOTE','SALES_INVOICE','PAYMENT_RECEIPT',"
    "'PURCHASE_ORDER','PURCHASE_INVOICE','EXPENSE'"
)
STATES = (
    "'DRAFT','PENDING_REVIEW','APPROVED','PARTLY_PAID','PAID','ACCEPTED','REJECTED','EXPIRED','CANCELLED'"
)
POSTED = "'SALES_INVOICE','PURCHASE_INVOICE','EXPENSE'"
METHODS = "'TRANSFER','DIRECT_DEBIT','CARD','CASH','CHEQUE','PROMISSORY_NOTE','CONFIRMING'"
CAUSES = "'CORRECTION','INSOLVENCY','UNCOLLECTABLE','OTHER'"
REGIMES = "'DOMESTIC','EQUIVALENCE_SURCHARGE','INTRA_EU','REVERSE_CHARGE','FOREIGN_SERVICE','EXPORT','EXEMPT'"
_WAITS = "status = 'PENDING_REVIEW' and archived_at is null"
_ONE, _HUNDRED = Decimal(1), Decimal("100.00")

TAX_DAY = "case when side = 'SALES' then coalesce(operation_on, issued_on) else coalesce(received_on, issued_on) end"
"""The day that decides the tax period: the operation of a sale (LIVA art. 75), the arrival of a bill (art. 99)."""


def _part_of(by: str) -> ForeignKeyConstraint:
    """A row that goes with the document of its company that the column `by` names."""
    return ForeignKeyConstraint(
        ["company_id", by], ["document.company_id", "document.id"], ondelete="CASCADE"
    )


class Document(SQLModel, table=True):
    """A commercial document of one company: estimates to invoices on the sales side, orders to expenses on the other.

    Amounts are in the document's currency and have the sign of its lines. `outstanding` is the total less its
    settlements, has the total's sign and is kept by them alone. One unit of the currency is `exchange_rate` of that of
    the books (null while not known), and `booked_total` what the entry has on the third party's account there. The
    total of what rectifies VAT alone (LIVA art. 80.3, 80.4) is that VAT.
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
        ForeignKeyConstraint(["company_id", "rectifies_id"], ["document.company_id", "document.id"]),
        CheckConstraint(
            "outstanding between least(total, 0) and greatest(total, 0)", name="outstanding_within_total"
        ),
        CheckConstraint(f"regime in ({REGIMES})", name="regime_known"),
        CheckConstraint("rectification_method in ('S','I')", name="rectification_method_known"),
        CheckConstraint(f"rectification_cause in ({CAUSES})", name="rectification_cause_known"),
        CheckConstraint(
            "voided_at is null or (status = 'CANCELLED' and outstanding = 0 and void_reason is not null)",
            name="void_is_over",
        ),
        CheckConstraint("exchange_rate > 0", name="exchange_rate_positive"),
        CheckConstraint(
            "received_on is null or (side = 'PURCHASES' and received_on >= issued_on)",
            name="received_after_issue",
        ),
        CheckConstraint(f"payment_method in ({METHODS})", name="payment_method_known"),
        Index("document_by_issue", "company_id", "side", "issued_on", "id"),
        Index("document_by_contact", "contact_id", "kind", "issued_on"),
        Index("document_pending", "company_id", "side", postgresql_where=_WAITS),
        Index("document_open", "company_id", "side", "due_on", postgresql_where="outstanding <> 0"),
        Index("document_rectifying", "rectifies_id", postgresql_where="rectifies_id is not null"),
        Index("document_by_tax_day", "company_id", "tax_on", postgresql_where=f"kind in ({POSTED})"),
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
    series: str | None = None
    number: str | None = None
    regime: str = Field(default="DOMESTIC", sa_column_kwargs={"server_default": "DOMESTIC"})
    is_simplified: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    is_substitute: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    rectifies_id: UUID | None = None
    rectification_reason: str | None = None
    rectification_method: str | None = None
    rectification_cause: str | None = None
    issued_on: date
    operation_on: date | None = None
    received_on: date | None = None
    tax_on: date | None = Field(
        default=None, sa_column=Column(Date, Computed(TAX_DAY, persisted=True), nullable=False)
    )
    due_on: date | None = None
    payment_method: str | None = None
    currency: str = "EUR"
    exchange_rate: Decimal | None = Amount(18, 8, default=_ONE, sa_column_kwargs={"server_default": "1"})
    prices_include_tax: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    description: str | None = None
    search_text: str = ""
    taxable_base: Decimal = Amount(default=Decimal("0.00"))
    tax_total: Decimal = Amount(default=Decimal("0.00"))
    surcharge_total: Decimal = Amount(default=Decimal("0.00"), sa_column_kwargs={"server_default": "0"})
    withholding_rate: Decimal = Amount(5, 2, default=Decimal("0.00"))
    withholding: Decimal = Amount(default=Decimal("0.00"))
    outlay_total: Decimal = Amount(default=Decimal("0.00"), sa_column_kwargs={"server_default": "0"})
    total: Decimal = Amount(default=Decimal("0.00"))
    booked_total: Decimal | None = Amount(default=None)
    outstanding: Decimal = Amount(default=Decimal("0.00"))
    entry_id: UUID | None = None
    sent_at: datetime | None = Instant(default=None)
    archived_at: datetime | None = Instant(default=None)
    opened_at: datetime | None = Instant(default=None)
    read_at: datetime | None = Instant(default=None)
    content_changed_at: datetime | None = Instant(default=None)
    content_changed_by: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid))
    paid_on: date | None = None
    pdf_sha256: str | None = None
    decided_at: datetime | None = Instant(default=None)
    decided_by: str | None = None
    decision_reason: str | None = None
    voided_at: datetime | None = Instant(default=None)
    voided_by: UUID | None = None
    void_reason: str | None = None
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    request_key: str | None = None
    created_by: UUID | None = None
    created_at: datetime = Instant()
    approved_by: UUID | None = None
    approved_at: datetime | None = Instant(default=None)


class DocumentLine(SQLModel, table=True):
    """One line: quantity x unit price less discount gives its base, before tax.

    `tax_code` is a key of the table of tax codes, `tax_rate` its rate. Where the document's prices include VAT, so
    does `unit_price`; `base` never does. `deductible_percent` counts for purchases only.
    """

    __tablename__ = "document_line"
    __table_args__ = (
        _part_of("document_id"),
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
    tax_code: str
    tax_rate: Decimal = Amount(5, 2)
    deductible_percent: Decimal = Amount(5, 2, default=_HUNDRED, sa_column_kwargs={"server_default": "100"})
    ledger_account_code: str | None = None
    base: Decimal = Amount()


class DocumentTax(SQLModel, table=True):
    """Base and VAT of one tax code, rounded once on the sum of bases, in the document's currency and signed.

    `quota` is there too where the buyer assesses it (INTRA_EU, REVERSE_CHARGE, FOREIGN_SERVICE purchases), although it
    is not in the document's total; `deductible_quota` is what a buyer may deduct of it, zero on sales.
    """

    __tablename__ = "document_tax"
    __table_args__ = (
        _part_of("document_id"),
        UniqueConstraint("document_id", "tax_code", name="document_tax_code_once"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(index=True)
    document_id: UUID
    tax_code: str
    rate: Decimal = Amount(5, 2)
    base: Decimal = Amount()
    quota: Decimal = Amount()
    surcharge_rate: Decimal = Amount(5, 2, default=Decimal("0.00"), sa_column_kwargs={"server_default": "0"})
    surcharge: Decimal = Amount(default=Decimal("0.00"), sa_column_kwargs={"server_default": "0"})
    deductible_quota: Decimal = Amount(default=Decimal("0.00"), sa_column_kwargs={"server_default": "0"})


class DocumentInstalment(SQLModel, table=True):
    """A part of what is to be paid and the day it is due. The parts of a document add up to its total."""

    __tablename__ = "document_instalment"
    __table_args__ = (
        _part_of("document_id"),
        UniqueConstraint("document_id", "position", name="document_instalment_position_once"),
        CheckConstraint("amount <> 0", name="amount_not_zero"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(index=True)
    document_id: UUID
    position: int
    due_on: date
    amount: Decimal = Amount()


class DocumentLink(SQLModel, table=True):
    """So much of a line went into a line of a later document: converted, deducted as an advance, or said again there.

    `quantity` is in units of the earlier line and has its sign.
    """

    __tablename__ = "document_link"
    __table_args__ = (
        ForeignKeyConstraint(["company_id", "from_id"], ["document.company_id", "document.id"]),
        _part_of("to_id"),
        CheckConstraint("purpose in ('CONVERSION','ADVANCE','SUBSTITUTION')", name="purpose_known"),
        CheckConstraint("quantity <> 0", name="quantity_not_zero"),
        Index("document_link_from", "from_id", "from_line_id"),
        Index("document_link_to", "to_id", "to_line_id"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(index=True)
    from_id: UUID
    to_id: UUID
    from_line_id: UUID
    to_line_id: UUID
    purpose: str = "CONVERSION"
    quantity: Decimal = Amount(14, 4)
    created_at: datetime = Instant()


class Settlement(SQLModel, table=True):
    """Part of a document's total paid or collected by one posted entry, or set off against another document.

    `amount` is in the document's currency and has its total's sign; `booked` is what it took of the third party's
    account, in the currency of the books. Two documents that are set off against each other share an `offset_id`; they
    need an entry only where they stand on different accounts. Undone by a mark, never by a delete: until the day
    before `undone_on`, which is that of the reversal, the books have it as settled.
    """

    __tablename__ = "settlement"
    __table_args__ = (
        ForeignKeyConstraint(["company_id", "document_id"], ["document.company_id", "document.id"]),
        ForeignKeyConstraint(["company_id", "entry_id"], ["journal_entry.company_id", "journal_entry.id"]),
        CheckConstraint("amount <> 0", name="amount_not_zero"),
        CheckConstraint("entry_id is not null or offset_id is not null", name="by_entry_or_offset"),
        Index("settlement_of_offset", "offset_id", postgresql_where="offset_id is not null"),
        CheckConstraint("(undone_at is null) = (undone_on is null)", name="undone_on_a_day"),
        Index("settlement_of_document", "document_id"),
        Index("settlement_of_entry", "entry_id"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(index=True)
    document_id: UUID
    entry_id: UUID | None = None
    offset_id: UUID | None = None
    amount: Decimal = Amount()
    booked: Decimal = Amount(default=Decimal("0.00"), sa_column_kwargs={"server_default": "0"})
    settled_on: date
    undone_at: datetime | None = Instant(default=None)
    undone_on: date | None = None
    created_at: datetime = Instant()
