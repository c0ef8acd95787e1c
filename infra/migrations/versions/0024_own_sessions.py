"""A session stays whoever it was opened for: its rows are touched and ended, and name a place of their own person."""

from alembic import op

from infra.migrations.walls import APP_ROLE

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Whoever holds a session's secret may write its row, so no column that says who it is may be written."""
    op.execute(f"revoke update on sign_in_session from {APP_ROLE}")
    op.execute(f"grant update (seen_at, idle_until, revoked_at) on sign_in_session to {APP_ROLE}")
    op.create_unique_constraint("membership_of_person", "membership", ["id", "person_id"])
    op.create_foreign_key(
        "sign_in_session_place_of_person",
        "sign_in_session",
        "membership",
        ["membership_id", "person_id"],
        ["id", "person_id"],
    )
