"""Tables of banking."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from services.kit.db import Amount, Instant, row_id


class BankAccount(SQLModel, table=True):
    """A bank account or payment gateway of a company, with the ledger account (572...) that mirrors it."""

    __tablename__ = "bank_account"
    __table_args__ = (
        UniqueConstraint("company_id", "id", name="bank_account_of_company"),
        UniqueConstraint("company_id", "iban", name="bank_account_iban_once"),
        UniqueConstraint("company_id", "request_key", name="bank_account_once_per_request"),
        ForeignKeyConstraint(
            ["company_id", "ledger_account_id"], ["ledger_account.company_id", "ledger_account.id"]
        ),
        CheckConstraint("kind in ('BANK','GATEWAY')", name="kind_known"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    name: str
    iban: str | None = None
    kind: str = "BANK"
    currency: str = "EUR"
    ledger_account_id: UUID
    request_key: str | None = None
    created_at: datetime = Instant()


class BankStatement(SQLModel, table=True):
    """One account of one imported file, with the totals its bank states. Warnings name failed controls.

    `line_count` is what the file has, `added_count` what was new. Where the bank states no closing balance it is the
    opening balance with the movements, and a warning says so.
    """

    __tablename__ = "bank_statement"
    __table_args__ = (
        UniqueConstraint("company_id", "id", name="bank_statement_of_company"),
        UniqueConstraint("bank_account_id", "statement_key", name="bank_statement_once"),
        ForeignKeyConstraint(
            ["company_id", "bank_account_id"], ["bank_account.company_id", "bank_account.id"]
        ),
        Index("bank_statement_by_file", "company_id", "file_sha256"),
        Index("bank_statement_by_day", "bank_account_id", "last_day"),
    )

    id: UUID = row_id()
    company_id: UUID
    bank_account_id: UUID
    filename: str
    file_sha256: str
    statement_key: str
    first_day: date
    last_day: date
    opening_balance: Decimal = Amount()
    closing_balance: Decimal = Amount()
    line_count: int
    added_count: int = 0
    warnings: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    imported_at: datetime = Instant()
    imported_by: UUID | None = None
    request_key: str | None = None


class BankLine(SQLModel, table=True):
    """One movement as the bank states it. `amount` is signed: positive is money in. The fingerprint keeps it once.

    The proposal is what matching found best when it last looked: a document, with others of its contact that it is
    settled together with (each whole), how sure (0..100) and why, whether the line gives its money back, and what
    closes a difference. A line that needs no document is set aside by a person, with the reason.
    """

    __tablename__ = "bank_line"
    __table_args__ = (
        UniqueConstraint("company_id", "id", name="bank_line_of_company"),
        UniqueConstraint("bank_account_id", "fingerprint", name="bank_line_once"),
        ForeignKeyConstraint(
            ["company_id", "bank_account_id"], ["bank_account.company_id", "bank_account.id"]
        ),
        ForeignKeyConstraint(
            ["company_id", "statement_id"], ["bank_statement.company_id", "bank_statement.id"]
        ),
        ForeignKeyConstraint(["company_id", "proposed_document_id"], ["document.company_id", "document.id"]),
        CheckConstraint("state in ('NEW','PROPOSED','MATCHED','PARTLY','IGNORED')", name="state_known"),
        CheckConstraint(
            "(state = 'PROPOSED') = (proposed_document_id is not null)", name="proposal_when_proposed"
        ),
        CheckConstraint(
            "proposed_document_id is not null or (proposed_with = '{}' and proposed_difference is null)",
            name="proposal_whole",
        ),
        CheckConstraint("proposed_difference in ('WRITE_OFF','FEE')", name="difference_known"),
        CheckConstraint(
            "(set_aside_at is null) = (set_aside_reason is null) and (set_aside_at is null or state = 'IGNORED')",
            name="set_aside_with_reason",
        ),
        CheckConstraint("settled_amount between 0 and abs(amount)", name="settled_within_amount"),
        Index("bank_line_by_date", "company_id", "operation_on", "id"),
        Index("bank_line_by_account", "bank_account_id", "operation_on", "id"),
        Index(
            "bank_line_open",
            "company_id",
            "bank_account_id",
            postgresql_where="state in ('NEW','PROPOSED','PARTLY')",
        ),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    bank_account_id: UUID
    statement_id: UUID
    operation_on: date
    value_on: date
    amount: Decimal = Amount()
    currency: str
    text: str
    search_text: str
    reference: str | None = None
    concept: str | None = None
    fingerprint: str
    state: str = "NEW"
    settled_amount: Decimal = Amount(default=Decimal("0.00"))
    proposed_document_id: UUID | None = None
    proposed_certainty: int | None = None
    proposed_reasons: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    proposed_gives_back: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    proposed_with: list[UUID] = Field(
        default_factory=list, sa_type=ARRAY(Uuid), sa_column_kwargs={"server_default": "{}"}
    )
    proposed_difference: str | None = None
    set_aside_at: datetime | None = Instant(default=None)
    set_aside_by: UUID | None = None
    set_aside_by_name: str | None = None
    set_aside_reason: str | None = None
    created_at: datetime = Instant()


class Reconciliation(SQLModel, table=True):
    """One act of matching a bank line: the entry it posted. Its id is the undo token; undoing reverses the entry."""

    __tablename__ = "reconciliation"
    __table_args__ = (
        UniqueConstraint("company_id", "request_key", name="reconciliation_once_per_request"),
        ForeignKeyConstraint(["company_id", "bank_line_id"], ["bank_line.company_id", "bank_line.id"]),
        ForeignKeyConstraint(["company_id", "entry_id"], ["journal_entry.company_id", "journal_entry.id"]),
        Index("reconciliation_of_line", "bank_line_id", postgresql_where="undone_at is null"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(index=True)
    bank_line_id: UUID
    entry_id: UUID
    amount: Decimal = Amount()
    request_key: str
    created_by: UUID | None = None
    created_at: datetime = Instant()
    undone_at: datetime | None = Instant(default=None)
    undone_by: UUID | None = None
    reversal_entry_id: UUID | None = None
