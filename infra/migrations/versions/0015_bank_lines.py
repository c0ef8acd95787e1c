"""Bank lines keep all documents of a proposal and what closes a difference, and say why one was set aside."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Columns with their checks; the walls of the table hold as before."""
    op.add_column(
        "bank_line",
        sa.Column("proposed_with", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
    )
    op.add_column("bank_line", sa.Column("proposed_difference", sa.String(), nullable=True))
    op.add_column("bank_line", sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("bank_line", sa.Column("set_aside_by", sa.Uuid(), nullable=True))
    op.add_column("bank_line", sa.Column("set_aside_by_name", sa.String(), nullable=True))
    op.add_column("bank_line", sa.Column("set_aside_reason", sa.String(), nullable=True))
    op.create_check_constraint(
        op.f("bank_line_proposal_whole"),
        "bank_line",
        "proposed_document_id is not null or (proposed_with = '{}' and proposed_difference is null)",
    )
    op.create_check_constraint(
        op.f("bank_line_difference_known"), "bank_line", "proposed_difference in ('WRITE_OFF','FEE')"
    )
    op.create_check_constraint(
        op.f("bank_line_set_aside_with_reason"),
        "bank_line",
        "(set_aside_at is null) = (set_aside_reason is null) and (set_aside_at is null or state = 'IGNORED')",
    )
