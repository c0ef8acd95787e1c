"""The queue of jobs, on the same database, so that a rollback takes a job with it."""

from alembic import op

from infra.migrations.walls import APP_ROLE
from services.kit.jobs import jobs_grants_sql, pgqueuer_schema_sql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tables of the queue and what the application role may do with them."""
    for statement in (*pgqueuer_schema_sql(), *jobs_grants_sql(APP_ROLE)):
        op.execute(statement)
