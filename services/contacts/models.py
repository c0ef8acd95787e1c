"""Tables of contacts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from services.kit.db import Instant, row_id


class Contact(SQLModel, table=True):
    """Entry of one company's contact book: a customer, a supplier, or both."""

    __tablename__ = "contact"
    __table_args__ = (
        UniqueConstraint("company_id", "id", name="contact_of_company"),
        UniqueConstraint("company_id", "request_key", name="contact_once_per_request"),
        CheckConstraint("name <> ''", name="named"),
        Index("contact_by_name", "company_id", "sort_name", "id"),
        Index("contact_by_creation", "company_id", "created_at", "id"),
        Index("contact_by_tax_id", "company_id", "tax_id"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    name: str
    search_text: str
    sort_name: str
    tax_id_type: str | None = None
    tax_id: str | None = None
    address: str | None = None
    country: str | None = "ES"
    province: str | None = None
    city: str | None = None
    postcode: str | None = None
    email: str | None = None
    phone: str | None = None
    iban: str | None = None
    language: str = "es"
    is_customer: bool = False
    is_supplier: bool = False
    linked_company_id: UUID | None = Field(default=None, foreign_key="company.id")
    request_key: str | None = None
    created_at: datetime = Instant()
