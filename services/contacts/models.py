"""Tables of contacts."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from services.kit.db import Amount, Instant, row_id

METHODS = "'TRANSFER','DIRECT_DEBIT','CARD','CASH','CHEQUE','PROMISSORY_NOTE','CONFIRMING'"


class Contact(SQLModel, table=True):
    """Entry of one company's contact book: a customer, a supplier, or both.

    `match_key` is the name as duplicates are looked for: no accents, no legal form. A card that was merged names the
    card that stands for it in `merged_into_id` (never a chain of them), and that card lists it in `merged_ids`.
    `version` counts the changes of the card.
    """

    __tablename__ = "contact"
    __table_args__ = (
        UniqueConstraint("company_id", "id", name="contact_of_company"),
        UniqueConstraint("company_id", "request_key", name="contact_once_per_request"),
        ForeignKeyConstraint(["company_id", "merged_into_id"], ["contact.company_id", "contact.id"]),
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint("merged_into_id <> id", name="merged_elsewhere"),
        CheckConstraint(f"payment_method in ({METHODS})", name="payment_method_known"),
        CheckConstraint(
            "sales_withholding_rate > 0 and sales_withholding_rate < 100", name="sales_withholding_in_percent"
        ),
        CheckConstraint(
            "purchase_withholding_rate > 0 and purchase_withholding_rate < 100",
            name="purchase_withholding_in_percent",
        ),
        CheckConstraint("vies_answer in ('REGISTERED','NOT_REGISTERED')", name="vies_answer_known"),
        CheckConstraint("(vies_answer is null) = (vies_checked_on is null)", name="vies_answer_dated"),
        Index("contact_by_name", "company_id", text('sort_name collate "C"'), "id"),
        Index("contact_by_parts", text("search_parts(company_id, search_text)"), postgresql_using="gin"),
        # With what a counter of new cards asks, so that it reads no cards.
        Index(
            "contact_by_creation",
            "company_id",
            "created_at",
            "id",
            postgresql_include=["archived_at", "merged_into_id"],
        ),
        Index("contact_by_tax_id", "company_id", "tax_id"),
        Index("contact_by_match_key", "company_id", text('match_key collate "C"')),
        Index("contact_by_email", "company_id", "email"),
        Index("contact_by_merged_into_id", "merged_into_id", postgresql_where="merged_into_id is not null"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    name: str
    trade_name: str | None = None
    search_text: str
    sort_name: str
    match_key: str
    tax_id_type: str | None = None
    tax_id: str | None = None
    address: str | None = None
    country: str | None = "ES"
    province: str | None = None
    city: str | None = None
    postcode: str | None = None
    email: str | None = None
    phone: str | None = None
    language: str = "es"
    is_customer: bool = False
    is_supplier: bool = False
    terms_days: list[int] = Field(default_factory=list, sa_type=ARRAY(Integer))
    terms_month_end: bool = False
    terms_pay_days: list[int] = Field(default_factory=list, sa_type=ARRAY(Integer))
    payment_method: str | None = None
    income_account_code: str | None = None
    expense_account_code: str | None = None
    sales_tax_code: str | None = None
    purchase_tax_code: str | None = None
    sales_withholding_rate: Decimal | None = Amount(5, 2, default=None)
    purchase_withholding_rate: Decimal | None = Amount(5, 2, default=None)
    vies_answer: str | None = None
    vies_checked_on: date | None = None
    tags: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))
    notes: str | None = None
    linked_company_id: UUID | None = Field(default=None, foreign_key="company.id")
    request_key: str | None = None
    version: int = 1
    created_at: datetime = Instant()
    updated_at: datetime = Instant()
    archived_at: datetime | None = Instant(default=None)
    merged_into_id: UUID | None = None
    merged_ids: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid))


class ContactIban(SQLModel, table=True):
    """Bank account of a contact; one of a card is its default. `position` counts from 1, as entered."""

    __tablename__ = "contact_iban"
    __table_args__ = (
        UniqueConstraint("contact_id", "iban", name="contact_iban_once"),
        ForeignKeyConstraint(["company_id", "contact_id"], ["contact.company_id", "contact.id"]),
        Index("contact_iban_default_once", "contact_id", unique=True, postgresql_where="is_default"),
        Index("contact_iban_by_company_id", "company_id", "iban"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    contact_id: UUID
    iban: str
    bank_name: str | None = None
    bic: str | None = None
    is_default: bool
    position: int


class ContactMerge(SQLModel, table=True):
    """Two cards made one, by whom and when; `kept` holds what undoing it needs to give back."""

    __tablename__ = "contact_merge"
    __table_args__ = (
        UniqueConstraint("company_id", "request_key", name="contact_merge_once_per_request"),
        ForeignKeyConstraint(["company_id", "surviving_id"], ["contact.company_id", "contact.id"]),
        ForeignKeyConstraint(["company_id", "merged_id"], ["contact.company_id", "contact.id"]),
        CheckConstraint("surviving_id <> merged_id", name="two_cards"),
        Index("contact_merge_by_time", "company_id", "merged_at", "id"),
        Index("contact_merge_standing_once", "merged_id", unique=True, postgresql_where="undone_at is null"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    surviving_id: UUID
    merged_id: UUID
    kept: dict[str, Any] = Field(sa_type=JSONB)
    merged_by: UUID
    merged_at: datetime = Instant()
    undone_by: UUID | None = None
    undone_at: datetime | None = Instant(default=None)
    request_key: str | None = None


class ContactImport(SQLModel, table=True):
    """A list of contacts that is taken in whole by a job: how far it is, what it did, or why it did nothing.

    `plan` is how to read the list and what to do with it, as JSON (`services.contacts.actions.import_runs`).
    `rows_total` is null until the list was read. `failure` is a code, `failure_text` its sentence in the language of
    who asked.
    """

    __tablename__ = "contact_import"
    __table_args__ = (
        UniqueConstraint("company_id", "request_key", name="contact_import_once_per_request"),
        CheckConstraint("state in ('WAITING','RUNNING','DONE','FAILED','CANCELLED')", name="state_known"),
        CheckConstraint("(state = 'FAILED') = (failure is not null)", name="failed_with_reason"),
        CheckConstraint("rows_done >= 0 and (rows_total is null or rows_total >= 0)", name="rows_counted"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    filename: str
    file_sha256: str
    plan: dict[str, Any] = Field(sa_type=JSONB)
    state: str = "WAITING"
    rows_done: int = 0
    rows_total: int | None = None
    added_count: int = 0
    updated_count: int = 0
    skipped_count: int = 0
    failure: str | None = None
    failure_text: str | None = None
    imported_by: UUID
    asked_at: datetime = Instant()
    finished_at: datetime | None = Instant(default=None)
    request_key: str
