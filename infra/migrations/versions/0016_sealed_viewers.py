"""Walls that believe only sealed viewers, and walls around the tables of logins."""

from alembic import op

from infra.migrations.run import execute_script, sql_file
from infra.migrations.walls import APP_ROLE, forced, owner_sees, policy

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

LOGIN_TABLES = (
    "person",
    "credential",
    "familiar_network",
    "password_link",
    "sign_in_session",
    "sign_in_attempt",
)

ENTRANCES = (
    "proven(text, text)",
    "find_login(text, text, text, bytea)",
    "find_person(text, bytea)",
)
"""Functions that look over the walls, for the application alone; each answers to a seal only."""

NAMED = "(select app_person())"


def upgrade() -> None:
    """Passes first, since the walls of logins ask who is named."""
    connection = op.get_bind()
    execute_script(connection, sql_file("passes.sql"))
    execute_script(connection, sql_file("identity.sql"))
    for statement in _statements():
        op.execute(statement)


def _statements() -> list[str]:
    made: list[str] = []
    for function in ENTRANCES:
        made.append(f"revoke execute on function {function} from public")
        made.append(f"grant execute on function {function} to {APP_ROLE}")
    for table in LOGIN_TABLES:
        made += [*forced(table), owner_sees(table)]
    people = "exists (select 1 from my_colleagues c where c.person_id = person.id)"
    network = "credential_id in (select c.id from credential c)"
    secret = "token_hash = (select current_setting('app.secret', true))"  # noqa: S105 -- SQL, no secret
    return [
        *made,
        policy("person", "own_row", f"id = {NAMED}"),
        policy("person", "colleagues_select", people, act="select"),
        policy("credential", "own_rows", f"person_id = {NAMED}"),
        policy("familiar_network", "own_rows", network),
        policy("password_link", "own_rows", f"person_id = {NAMED}"),
        policy("sign_in_session", "own_rows", f"person_id = {NAMED}"),
        # Whoever holds its secret may end it, without saying whose it is.
        policy("sign_in_session", "by_secret_select", secret, act="select"),
        policy("sign_in_session", "by_secret_update", secret, act="update"),
        policy("sign_in_attempt", "program", "(select app_is_program())"),
    ]
