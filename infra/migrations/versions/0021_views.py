"""A document says since when, and by whom, it says what it says: for views before it, and for who may approve."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Null where nothing was ever corrected."""
    op.add_column("document", sa.Column("content_changed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("document", sa.Column("content_changed_by", sa.Uuid(), nullable=True))
