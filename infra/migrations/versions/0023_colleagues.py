"""Colleagues are seen by a wall that never asks of people again, so that any owner of the database may be one."""

from alembic import op

from infra.migrations.walls import policy, reaches

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """0016 asked the view of colleagues, which reads people as the owner: a member of the role met its own wall there."""
    placed = (
        f"exists (select 1 from membership m where m.person_id = person.id and {reaches('m.company_id')})"
    )
    op.execute("drop policy colleagues_select on person")
    op.execute(policy("person", "colleagues_select", placed, act="select"))
