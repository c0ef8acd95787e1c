"""How a company numbers and makes its documents."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Index,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from services.documents.models.documents import KINDS
from services.kit.db import Amount, Instant, row_id


class DocumentSeries(SQLModel, table=True):
    """A series of a company beside the usual ones. At most one per kind and use is taken where nobody names one.

    Uses: ORDINARY, RECTIFYING and SIMPLIFIED, the last two for sales invoices.
    """

    __tablename__ = "document_series"
    __table_args__ = (
        UniqueConstraint("company_id", "kind", "code", name="document_series_once"),
        CheckConstraint(f"kind in ({KINDS})", name="kind_known"),
        CheckConstraint("use in ('ORDINARY','RECTIFYING','SIMPLIFIED')", name="use_known"),
        CheckConstraint("code ~ '^[A-Z][A-Z0-9]{0,7}$'", name="code_formed"),
        Index("document_series_usual", "company_id", "kind", "use", unique=True, postgresql_where="is_usual"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    kind: str
    code: str
    use: str = "ORDINARY"
    is_usual: bool = False
    created_at: datetime = Instant()


class DocumentSettings(SQLModel, table=True):
    """How a company wants its documents; a company without a row has the defaults.

    `simplified_limit`: up to which total, VAT included, it issues simplified invoices, 400 or 3000 (RD 1619/2012 art.
    4). `needs_second_person`: whoever wrote what a document says does not approve it.
    """

    __tablename__ = "document_settings"
    __table_args__ = (CheckConstraint("simplified_limit in (400, 3000)", name="simplified_limit_known"),)

    company_id: UUID = Field(foreign_key="company.id", primary_key=True)
    simplified_limit: Decimal = Amount(default=Decimal("400.00"))
    needs_second_person: bool = False


class ExchangeRate(SQLModel, table=True):
    """What one unit of a currency is worth in the currency of the company's books, from a day on."""

    __tablename__ = "exchange_rate"
    __table_args__ = (
        UniqueConstraint("company_id", "currency", "day", name="exchange_rate_once_a_day"),
        CheckConstraint("rate > 0", name="rate_positive"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    currency: str
    day: date
    rate: Decimal = Amount(18, 8)
    created_at: datetime = Instant()


class DocumentCounter(SQLModel, table=True):
    """The last number given in one company, kind, series and year; locked while one is taken, so there is no gap."""

    __tablename__ = "document_counter"

    company_id: UUID = Field(foreign_key="company.id", primary_key=True)
    kind: str = Field(primary_key=True)
    series: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last_number: int = 0
    last_issued_on: date | None = None
