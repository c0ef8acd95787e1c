"""Tables of taxes."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from services.kit.db import Amount, Instant, row_id

MODELS = "'M111','M115','M130','M180','M190','M303','M347','M349','M390'"
PERIODS = "'1T','2T','3T','4T','01','02','03','04','05','06','07','08','09','10','11','12','0A'"
STATES = "'DRAFT','PREPARED','APPROVED','FILED','DISCARDED'"
RETURN_KINDS = "'ORIGINAL','RECTIFYING','COMPLEMENTARY','SUBSTITUTIVE'"
RESULTS = "'TO_PAY','DIRECT_DEBIT','COMPENSATE','REFUND','NOTHING'"


class TaxProfile(SQLModel, table=True):
    """How one company is taxed. A company without a row is under the general rules, filing by quarters."""

    __tablename__ = "tax_profile"
    __table_args__ = (
        CheckConstraint("taxpayer in ('COMPANY','SOLE_TRADER')", name="taxpayer_known"),
        CheckConstraint("prorata_percent between 0 and 100", name="prorata_percent_in_range"),
    )

    company_id: UUID = Field(foreign_key="company.id", primary_key=True)
    taxpayer: str = "COMPANY"
    vat_scheme: str = "GENERAL"
    territory: str = "COMMON"
    monthly: bool = False
    monthly_refund: bool = False
    prorata_percent: Decimal | None = Amount(5, 2, default=None)
    income_method: str = "DIRECT_SIMPLIFIED"
    changed_by: UUID | None = None
    changed_at: datetime = Instant()


class TaxBoxEntry(SQLModel, table=True):
    """A box that no document says: typed by a person, with the reason. Amounts in euro, signed as in the form."""

    __tablename__ = "tax_box_entry"
    __table_args__ = (
        UniqueConstraint("company_id", "model", "year", "period", "box", name="tax_box_entry_once"),
        CheckConstraint(f"model in ({MODELS})", name="model_known"),
        CheckConstraint(f"period in ({PERIODS})", name="period_known"),
        CheckConstraint("reason <> ''", name="reasoned"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    model: str
    year: int
    period: str
    box: str
    amount: Decimal = Amount()
    reason: str
    typed_by: UUID | None = None
    typed_at: datetime = Instant()


class TaxReturn(SQLModel, table=True):
    """A return that was prepared: its boxes as they were then, who approved it, and the receipt of its filing.

    DRAFT is one that was withdrawn, or a correction that was begun: its boxes are computed live. `inputs_hash` is the
    SHA-256 of what the boxes were computed from. `result_amount` is positive when it is to be paid. What corrects a
    filed return has the next `sequence` and names it; DISCARDED is a correction that was given up.
    """

    __tablename__ = "tax_return"
    __table_args__ = (
        UniqueConstraint("company_id", "id", name="tax_return_of_company"),
        UniqueConstraint("company_id", "model", "year", "period", "sequence", name="tax_return_in_order"),
        CheckConstraint(f"kind in ({RETURN_KINDS})", name="kind_known"),
        CheckConstraint(
            "(kind = 'ORIGINAL') = (corrects_id is null)", name="correction_names_what_it_corrects"
        ),
        CheckConstraint("(kind = 'ORIGINAL') = (sequence = 0)", name="original_first"),
        ForeignKeyConstraint(["company_id", "corrects_id"], ["tax_return.company_id", "tax_return.id"]),
        CheckConstraint(f"model in ({MODELS})", name="model_known"),
        CheckConstraint(f"period in ({PERIODS})", name="period_known"),
        CheckConstraint(f"state in ({STATES})", name="state_known"),
        CheckConstraint(f"result_type in ({RESULTS})", name="result_type_known"),
        ForeignKeyConstraint(
            ["company_id", "settlement_entry_id"], ["journal_entry.company_id", "journal_entry.id"]
        ),
        CheckConstraint("(state = 'FILED') = (receipt is not null)", name="receipt_when_filed"),
        CheckConstraint("receipt ~ '^[0-9]{13}$'", name="receipt_formed"),
        CheckConstraint("verification_code ~ '^[A-Z0-9]{16}$'", name="verification_code_formed"),
        Index("tax_return_by_period", "company_id", "year", "model", "period"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    model: str
    year: int
    period: str
    kind: str = Field(default="ORIGINAL", sa_column_kwargs={"server_default": "ORIGINAL"})
    sequence: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    corrects_id: UUID | None = None
    correction_reason: str | None = None
    state: str
    boxes: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    parties: list[Any] = Field(default_factory=list, sa_type=JSONB)
    inputs_hash: str
    due_on: date
    result_type: str | None = None
    result_amount: Decimal | None = Amount(default=None)
    prepared_by: UUID | None = None
    prepared_at: datetime = Instant()
    approved_by: UUID | None = None
    approved_at: datetime | None = Instant(default=None)
    receipt: str | None = None
    verification_code: str | None = None
    filed_on: date | None = None
    filed_by: UUID | None = None
    filed_at: datetime | None = Instant(default=None)
    settlement_entry_id: UUID | None = None
