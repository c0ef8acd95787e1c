"""Tables of uploads."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from services.kit.db import Instant, row_id


class Upload(SQLModel, table=True):
    """A file that reached the store and waits for the act that uses it."""

    __tablename__ = "upload"
    __table_args__ = (
        CheckConstraint(
            "purpose in ('INBOX','STATEMENT','CONTACTS','JOURNAL','LOGO','SALES','PURCHASES')",
            name="purpose_known",
        ),
        Index("upload_by_company", "company_id", "created_at"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    purpose: str
    filename: str
    media_type: str
    size: int
    sha256: str
    uploaded_by: UUID
    created_at: datetime = Instant()
