"""What the books refuse, whoever writes."""

from alembic import op

from infra.migrations.run import execute_script, sql_file

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Triggers of the ledger."""
    execute_script(op.get_bind(), sql_file("ledger.sql"))
