"""Tables of portal."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from services.kit.db import Instant, row_id


class DocumentView(SQLModel, table=True):
    """A portal contact opened or downloaded a document. The history behind `openedAt` and `readAt`; never rewritten."""

    __tablename__ = "document_view"
    __table_args__ = (
        ForeignKeyConstraint(["company_id", "document_id"], ["document.company_id", "document.id"]),
        CheckConstraint("act in ('OPENED','DOWNLOADED')", name="act_known"),
        Index("document_view_of_document", "document_id", "at"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(index=True)
    document_id: UUID
    membership_id: UUID = Field(foreign_key="membership.id")
    act: str
    at: datetime = Instant()


class Message(SQLModel, table=True):
    """A comment on a document, by the issuer's side or by the contact."""

    __tablename__ = "message"
    __table_args__ = (
        ForeignKeyConstraint(["company_id", "document_id"], ["document.company_id", "document.id"]),
        UniqueConstraint("company_id", "request_key", name="message_once_per_request"),
        CheckConstraint("length(text) between 1 and 4000", name="text_length"),
        Index("message_of_document", "document_id", "created_at", "id"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(index=True)
    document_id: UUID
    author_id: UUID
    author_name: str
    by_issuer: bool
    text: str
    request_key: str | None = None
    created_at: datetime = Instant()
