"""The table of the change log. Database triggers alone write it (infra/migrations/sql/change_log.sql)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from services.kit.db import Instant, row_id


class AuditEvent(SQLModel, table=True):
    """One change in one company: who did what to which thing. Never changed, never deleted.

    `scope` is the bit of the module it is about. `actor_id` is a membership or an API token, null for the program's own
    work; names and roles are those of then. `subject_kind` is a code (of a document, a lock, settings), empty where
    `about` says it all. `changes` has [before, after] by column.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("audit_event_by_time", "company_id", "at", "id"),
        Index("audit_event_by_subject", "subject_id", "at"),
        Index("audit_event_by_actor", "company_id", "actor_id", "at", "id"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id")
    at: datetime = Instant()
    scope: int
    about: str
    act: str
    actor_id: UUID | None = None
    actor_role: str | None = None
    actor_name: str = ""
    subject_id: UUID | None = None
    subject_kind: str = ""
    subject_name: str = ""
    changes: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    reason: str = ""
