"""Reach follows memberships, grants, assignments, plans and tokens; the way in."""

from alembic import op

from infra.migrations.run import execute_script, sql_file

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Functions and triggers of access."""
    execute_script(op.get_bind(), sql_file("access.sql"))
