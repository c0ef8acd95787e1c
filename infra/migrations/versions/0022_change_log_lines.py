"""The change log names contacts only to who may see contacts, no victim as a culprit, and a correction as one."""

from alembic import op

from infra.migrations.run import execute_script, sql_file

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The functions anew; who may call them stays. Lines that stand are never changed."""
    execute_script(op.get_bind(), sql_file("change_log_lines.sql"))
