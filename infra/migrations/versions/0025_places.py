"""A place is given by those who may give it: what SQL from outside writes about places raises nobody."""

from alembic import op

from infra.migrations.run import execute_script, sql_file
from infra.migrations.walls import APP_ROLE

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

CHANGED = "state, expires_on, contact_id, can_view, can_edit, last_sign_in_at"
"""What the program changes of a place. Whose it is, where, and in which role, stays."""


def upgrade() -> None:
    """Columns, who gives, and a portal contact of the very company whose portal it is."""
    op.execute(f"revoke update on membership from {APP_ROLE}")
    op.execute(f"grant update ({CHANGED}) on membership to {APP_ROLE}")
    op.create_foreign_key(
        "membership_contact_of_company",
        "membership",
        "contact",
        ["company_id", "contact_id"],
        ["company_id", "id"],
    )
    execute_script(op.get_bind(), sql_file("places.sql"))
