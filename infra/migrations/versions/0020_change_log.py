"""The change log of every company: its table, which nobody can write, and the triggers that do."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from infra.migrations.run import execute_script, sql_file
from infra.migrations.walls import APP_ROLE, forced, owner_reads, owner_sees, policy, reaches

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

LOOKED_UP = ("lock_exception", "fiscal_year", "journal_entry")
"""Where the triggers, as the owner, find the name of what a line is about."""


def upgrade() -> None:
    """The table with its wall, then what writes into it. The application role may only read."""
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scope", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_role", sa.String(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_name", sa.String(), nullable=False),
        sa.Column("changes", JSONB(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="audit_event_company_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="audit_event_pkey"),
    )
    op.create_index("audit_event_by_time", "audit_event", ["company_id", "at", "id"])
    op.create_index("audit_event_by_subject", "audit_event", ["subject_id", "at"])
    op.create_index("audit_event_by_actor", "audit_event", ["company_id", "actor_id", "at", "id"])
    op.execute(f"grant select on audit_event to {APP_ROLE}")
    seen = f"{reaches('audit_event.company_id')} or actor_id = (select app_viewer())"
    for statement in (
        *forced("audit_event"),
        owner_sees("audit_event"),
        *(owner_reads(table) for table in LOOKED_UP),
        policy("audit_event", "company_rows", seen, act="select"),
    ):
        op.execute(statement)
    execute_script(op.get_bind(), sql_file("change_log.sql"))
