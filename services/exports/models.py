"""Tables of exports."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Index, UniqueConstraint, Uuid
from sqlmodel import Field, SQLModel

from services.kit.db import Instant, row_id


class Export(SQLModel, table=True):
    """One file: asked for, being written, finished or given up. `viewer_id` is a membership or an API token.

    `company_id` is null for a list over several companies. `arguments` and `document_ids` (of an archive of chosen
    documents) are JSON, as are `packed_ids`, the documents that are in it; `sha256` names the finished object.
    `failure` is a code, `failure_text` its sentence in the language of the file. `tries` counts how often a worker
    began.
    """

    __tablename__ = "export"
    __table_args__ = (
        CheckConstraint("format in ('XLSX','CSV','PDF','ZIP')", name="format_known"),
        CheckConstraint("state in ('WAITING','RUNNING','DONE','FAILED','CANCELLED')", name="state_known"),
        CheckConstraint(
            "(state = 'DONE') = (sha256 is not null and size is not null and finished_at is not null)",
            name="done_with_file",
        ),
        CheckConstraint("(state = 'FAILED') = (failure is not null)", name="failed_with_reason"),
        CheckConstraint("rows_done >= 0 and (rows_total is null or rows_total >= 0)", name="rows_counted"),
        UniqueConstraint("viewer_id", "request_key", name="export_once_per_request"),
        Index("export_by_end", "expires_at"),
        Index("export_by_object", "sha256"),
    )

    id: UUID = row_id()
    viewer_id: UUID = Field(index=True)
    role: str
    company_id: UUID | None = Field(default=None, foreign_key="company.id", index=True)
    name: str
    arguments: str
    document_ids: str | None = None
    packed_ids: str | None = None
    format: str
    locale: str
    state: str = "WAITING"
    rows_done: int = 0
    rows_total: int | None = None
    filename: str
    sha256: str | None = None
    size: int | None = Field(default=None, sa_type=BigInteger)
    failure: str | None = None
    failure_text: str | None = None
    tries: int = 0
    request_key: str
    created_at: datetime = Instant()
    finished_at: datetime | None = Instant(default=None)
    expires_at: datetime = Instant()


class ExportReach(SQLModel, table=True):
    """A company that a file may hold rows of, and the scopes it granted for them when the file was made.

    `contact_ids` are the cards that a portal contact was then: it may lose one when a merge is undone.
    """

    __tablename__ = "export_reach"

    export_id: UUID = Field(foreign_key="export.id", primary_key=True, ondelete="CASCADE")
    company_id: UUID = Field(foreign_key="company.id", primary_key=True, index=True)
    mask: int = Field(sa_type=BigInteger)
    contact_ids: list[UUID] | None = Field(default=None, sa_type=ARRAY(Uuid))
