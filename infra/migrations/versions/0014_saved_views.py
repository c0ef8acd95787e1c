"""Saved views: lists as one member keeps them, walled by the member."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.walls import APP_ROLE, forced, policy

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table, then its wall: no company owns it, only the member itself sees or changes a row."""
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("list_name", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("search", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name="saved_view_membership_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="saved_view_pkey"),
        sa.UniqueConstraint("membership_id", "list_name", "name", name="saved_view_name_once_per_list"),
    )
    op.execute(f"grant select, insert, update, delete on saved_view to {APP_ROLE}")
    for statement in forced("saved_view"):
        op.execute(statement)
    op.execute(policy("saved_view", "own_rows", "membership_id = (select app_viewer())"))
