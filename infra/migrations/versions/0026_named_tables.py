"""Functions name their tables with the schema, and the application makes none of its own that could stand before them."""

from alembic import op

from infra.migrations.walls import APP_ROLE

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

VIEWER = "select v.viewer_id from public.my_viewer v"

# Without a search path of its own, so that PostgreSQL may write it into the statement that asks.
EXCEPTED = """
    select exists (select 1 from public.lock_exception x
                    where x.company_id = of_company and x.lock = of_lock and x.ended_at is null
                      and x.until_at > app_now() and (x.membership_id is null or x.membership_id = app_viewer()))
"""

NO_TEMPORARY_TABLES = f"""
    do $$ begin
        execute format('revoke temporary on database %I from public, {APP_ROLE}', current_database());
    end $$
"""
"""An owner of the tables who does not own the database is told so by a warning, and nothing changes."""


def upgrade() -> None:
    """A name without a schema is looked for among temporary tables first."""
    op.execute(
        f"create or replace function app_viewer() returns uuid language sql stable parallel safe as $${VIEWER}$$"
    )
    op.execute(
        "create or replace function lock_is_excepted(of_company uuid, of_lock text) returns boolean language sql"
        f" stable as $${EXCEPTED}$$"
    )
    op.execute(NO_TEMPORARY_TABLES)
