"""What a document claims back that was paid in its customer's name: part of its total, of no base (LIVA art. 78)."""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No document has outlays until now: a line on their accounts was refused, or counted as base."""
    op.execute("alter table document add column outlay_total numeric(14, 2) not null default 0")
