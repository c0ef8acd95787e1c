"""Jobs that wait are the program's own: from now on each carries a seal, and those that wait already get theirs."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """As `seal_of` in services/kit/jobs/queue.py makes it."""
    op.execute(
        "update pgqueuer set headers = jsonb_build_object('seal',"
        " encode(sealed('job:' || entrypoint || ':' || convert_from(coalesce(payload, '{}'), 'UTF8')), 'hex'))"
    )
