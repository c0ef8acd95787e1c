"""Tables of inbox."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from services.kit.db import Instant, row_id


class InboxFile(SQLModel, table=True):
    """A paper that reached a company: a scan (photo) or a file (PDF). Its content is in the object store."""

    __tablename__ = "inbox_file"
    __table_args__ = (
        UniqueConstraint("company_id", "id", name="inbox_file_of_company"),
        UniqueConstraint("company_id", "request_key", name="inbox_file_once_per_request"),
        ForeignKeyConstraint(["company_id", "document_id"], ["document.company_id", "document.id"]),
        CheckConstraint("kind in ('SCAN','FILE')", name="kind_known"),
        CheckConstraint("state in ('TO_REVIEW','DONE','DISCARDED')", name="state_known"),
        CheckConstraint("(state = 'DONE') = (document_id is not null)", name="document_when_done"),
        Index("inbox_file_by_receipt", "company_id", "received_at", "id"),
        Index("inbox_file_to_review", "company_id", "kind", postgresql_where="state = 'TO_REVIEW'"),
        Index("inbox_file_by_content", "company_id", "sha256"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    kind: str
    state: str = "TO_REVIEW"
    source: str = "UPLOAD"
    sender: str | None = None
    filename: str
    search_text: str = ""
    media_type: str
    size: int
    sha256: str
    page_count: int = 1
    document_id: UUID | None = None
    duplicate_of_id: UUID | None = Field(default=None, foreign_key="inbox_file.id")
    discard_reason: str | None = None
    request_key: str | None = None
    uploaded_by: UUID | None = None
    received_at: datetime = Instant()
    done_at: datetime | None = Instant(default=None)


class InboxPage(SQLModel, table=True):
    """One page of a paper as a picture the server made, for looking at beside the form."""

    __tablename__ = "inbox_page"
    __table_args__ = (
        ForeignKeyConstraint(["company_id", "inbox_file_id"], ["inbox_file.company_id", "inbox_file.id"]),
        UniqueConstraint("inbox_file_id", "number", name="inbox_page_once"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(index=True)
    inbox_file_id: UUID
    number: int
    sha256: str
    media_type: str
