"""Tables of verifactu."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from services.kit.db import Amount, Instant, row_id


class InvoiceRecord(SQLModel, table=True):
    """A link of a company's chain: an invoice was issued (ALTA) or cancelled (ANULACION). Never changed, never deleted.

    Amounts are EUR and signed; `type`, the amounts and `qr_url` are null for a cancellation.
    """

    __tablename__ = "invoice_record"
    __table_args__ = (
        ForeignKeyConstraint(["company_id", "document_id"], ["document.company_id", "document.id"]),
        UniqueConstraint("company_id", "position", name="invoice_record_position_once"),
        UniqueConstraint("company_id", "previous_hash", name="invoice_record_without_fork"),
        UniqueConstraint("document_id", "kind", name="invoice_record_once_per_document"),
        CheckConstraint("kind in ('ALTA','ANULACION')", name="kind_known"),
        CheckConstraint(
            "type in ('F1','F2','F3','R1','R2','R3','R4','R5') or (type is null and kind = 'ANULACION')",
            name="type_known",
        ),
        CheckConstraint("hash ~ '^[0-9A-F]{64}$'", name="hash_form"),
        CheckConstraint(
            "position > 0 and (position = 1) = (previous_hash = '')", name="first_has_no_previous"
        ),
        CheckConstraint(
            "kind = 'ANULACION'"
            " or (type is not null and tax_total is not null and total is not null and qr_url is not null)",
            name="issue_is_complete",
        ),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    document_id: UUID
    position: int
    kind: str
    issuer_tax_id: str
    number: str
    issued_on: date
    type: str | None = None
    tax_total: Decimal | None = Amount(default=None)
    total: Decimal | None = Amount(default=None)
    previous_hash: str
    hash: str
    recorded_at: datetime = Instant()
    qr_url: str | None = None
    xml: str


class InvoiceChain(SQLModel, table=True):
    """The end of one company's chain; its row is locked while a record is made, so that none has two successors."""

    __tablename__ = "invoice_chain"

    company_id: UUID = Field(foreign_key="company.id", primary_key=True)
    last_position: int = 0
    last_hash: str = ""
