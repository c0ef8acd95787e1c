"""Tables of accounts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from services.kit.db import Instant, row_id


class Company(SQLModel, table=True):
    """A company that owns data: an accounting firm (it invoices too) or a client company."""

    __tablename__ = "company"
    __table_args__ = (
        CheckConstraint("kind in ('FIRM','CLIENT')", name="kind_known"),
        CheckConstraint("fiscal_year_start_month between 1 and 12", name="fiscal_year_start"),
        Index("company_by_search", "search_text"),
    )

    id: UUID = row_id()
    kind: str
    name: str
    search_text: str
    sort_name: str
    tax_id: str | None = None
    trade: str | None = None
    address: str | None = None
    postcode: str | None = None
    city: str | None = None
    province: str | None = None
    country: str = "ES"
    email: str | None = None
    phone: str | None = None
    iban: str | None = None
    currency: str = "EUR"
    locale: str = "es"
    time_zone: str = "Europe/Madrid"
    fiscal_year_start_month: int = 1
    subscription_plan: str = "FULL"
    plan_mask: int = Field(sa_type=BigInteger)
    created_at: datetime = Instant()


class Collaboration(SQLModel, table=True):
    """A firm works for a client company. Only ACTIVE ones reach the books."""

    __tablename__ = "collaboration"
    __table_args__ = (
        UniqueConstraint("firm_id", "company_id", name="collaboration_one_per_client"),
        CheckConstraint("state in ('INVITED','REQUESTED','VERIFYING','ACTIVE','ENDED')", name="state_known"),
    )

    id: UUID = row_id()
    firm_id: UUID = Field(foreign_key="company.id", index=True)
    company_id: UUID = Field(foreign_key="company.id", index=True)
    state: str
    created_at: datetime = Instant()
    accepted_at: datetime | None = Instant(default=None)


class ClientAssignment(SQLModel, table=True):
    """A person of the firm works on one client: as its manager or as its bookkeeper."""

    __tablename__ = "client_assignment"
    __table_args__ = (
        UniqueConstraint("company_id", "membership_id", name="client_assignment_once"),
        CheckConstraint("kind in ('MANAGER','BOOKKEEPER')", name="kind_known"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id", index=True)
    membership_id: UUID = Field(foreign_key="membership.id", index=True)
    kind: str
    assigned_by: UUID | None = Field(default=None, foreign_key="membership.id")
    created_at: datetime = Instant()


class Branding(SQLModel, table=True):
    """How a company looks to its contacts, in its portal and on its papers. One per company.

    The slug is the portal's address, unique over all. The logo is a PNG in the store; the footer prints on papers.
    """

    __tablename__ = "branding"
    __table_args__ = (
        CheckConstraint("slug ~ '^[a-z0-9](-?[a-z0-9])+$'", name="slug_form"),
        CheckConstraint("primary_color ~ '^#[0-9a-f]{6}$'", name="color_form"),
    )

    company_id: UUID = Field(foreign_key="company.id", primary_key=True)
    slug: str = Field(unique=True)
    display_name: str
    primary_color: str = "#1f5f4a"
    logo_sha256: str | None = None
    document_footer: str | None = None
