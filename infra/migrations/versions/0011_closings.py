"""Locks with exceptions, templates and closings of the journal."""

from alembic import op

from infra.migrations.run import execute_script, sql_file
from infra.migrations.walls import APP_ROLE, company_wall

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = (
    "lock_exception",
    "lock_change",
    "entry_comment",
    "entry_attachment",
    "entry_template",
    "entry_template_line",
)
"""Of the company and its firm: a portal contact sees no row."""

DELETABLE = ("entry_review", "entry_attachment", "entry_template_line")
"""Marks and papers beside entries may go, and the lines of a template that is rewritten."""


def upgrade() -> None:
    """Tables, triggers, walls, rights."""
    execute_script(op.get_bind(), sql_file("closings.sql"))
    for table in TABLES:
        for statement in company_wall(table):
            op.execute(statement)
        op.execute(f"grant select, insert, update on {table} to {APP_ROLE}")
    for table in DELETABLE:
        op.execute(f"grant delete on {table} to {APP_ROLE}")
