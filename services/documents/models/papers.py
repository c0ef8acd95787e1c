"""Files beside a document, and the mails made of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from services.kit.db import Instant, row_id


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


class DocumentMailing(SQLModel, table=True):
    """A document that somebody had mailed: to whom, how, and since when the mail is on its way.

    `attaches_pdf` false: the mail leads into the portal. `message` is what was written above the usual text.
    `mailed_at` stays null while the mail waits to be made, and where it could not be.
    """

    __tablename__ = "document_mailing"
    __table_args__ = (
        ForeignKeyConstraint(["company_id", "document_id"], ["document.company_id", "document.id"]),
        UniqueConstraint("document_id", "request_key", name="document_mailing_once_per_request"),
        CheckConstraint("language in ('es','en','ca','sv')", name="language_known"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(index=True)
    document_id: UUID
    recipient: str
    language: str
    attaches_pdf: bool
    message: str | None = None
    asked_by_name: str
    request_key: str
    created_at: datetime = Instant()
    mailed_at: datetime | None = Instant(default=None)
