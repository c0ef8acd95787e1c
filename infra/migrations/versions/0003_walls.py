"""Row-level security on every company-owned table, and what the application role may do at all."""

from alembic import op

from infra.migrations.walls import (
    APP_ROLE,
    child_wall,
    company_wall,
    forced,
    owner_sees,
    policy,
    reaches,
    reaches_contact,
    reaches_one,
)

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STAFF_TABLES = (
    "ledger_account",
    "fiscal_year",
    "period_lock",
    "entry_counter",
    "journal_entry",
    "journal_line",
    "entry_review",
    "settlement",
    "document_counter",
    "upload",
    "bank_account",
    "bank_statement",
    "bank_line",
    "reconciliation",
    "inbox_file",
    "inbox_page",
)
"""Only people of the company and of its firm: a portal contact sees no row."""

DOCUMENT_CHILDREN = ("document_line", "document_tax", "attachment")

IDENTITY_TABLES = ("person", "credential", "sign_in_session", "sign_in_attempt")
"""A login belongs to no company. No field of the schema reads these but through a wall-bound table."""

ENTRANCES = (
    "find_viewer(text, timestamptz)",
    "viewer_is_active(uuid, timestamptz)",
    "memberships_of(uuid)",
    "company_is_unclaimed(uuid)",
    "find_login(text, text, text)",
)
"""Functions that look over the walls, for the application alone: other logins of a shared server must not call them."""

DELETABLE = (
    "journal_entry",
    "journal_line",
    "client_assignment",
    "document",
    "document_line",
    "document_tax",
    "sign_in_attempt",
    "familiar_network",
)
"""Drafts and assignments may go; what is posted or issued is kept by its own triggers."""


def upgrade() -> None:
    """Walls, then grants."""
    for statement in _statements():
        op.execute(statement)


def _statements() -> list[str]:
    made: list[str] = [
        (
            f"do $$ begin if not exists (select 1 from pg_roles where rolname = '{APP_ROLE}') then "
            f"create role {APP_ROLE} nologin nobypassrls; grant {APP_ROLE} to current_user; end if; end $$"
        ),
        f"grant usage on schema public to {APP_ROLE}",
        f"grant select, insert, update on all tables in schema public to {APP_ROLE}",
        f"revoke insert, update, delete on reach, alembic_version from {APP_ROLE}",
        # Views run as their owner: the first two would show every session, and a write to the others would change them.
        f"revoke all on living_session, living_token, my_session, my_token, my_reach from {APP_ROLE}",
        f"grant select on my_session, my_token, my_reach to {APP_ROLE}",
    ]
    made += [f"grant delete on {table} to {APP_ROLE}" for table in DELETABLE]
    for function in ENTRANCES:
        made.append(f"revoke execute on function {function} from public")
        made.append(f"grant execute on function {function} to {APP_ROLE}")
    for table in STAFF_TABLES:
        made += company_wall(table)
    made += _documents()
    made += _accounts()
    made += [owner_sees(table) for table in ("membership", "access_grant", "api_token", "reach", "company")]
    made += [owner_sees(table) for table in ("collaboration", "client_assignment", "contact", "branding")]
    return made


def _documents() -> list[str]:
    shown = reaches_contact("document.contact_id")
    made = [*company_wall("document", reaches=reaches_one)]
    made += [
        policy("document", "by_contact_select", f"{shown} and status <> 'DRAFT'", act="select"),
        policy("document", "by_contact_update", f"{shown} and status <> 'DRAFT'", act="update", check=shown),
    ]
    for table in DOCUMENT_CHILDREN:
        made += [*company_wall(table), *child_wall(table, "document", "document_id")]
    for table in ("message", "document_view"):
        made += [
            *company_wall(table),
            *child_wall(table, "document", "document_id", acts=("select", "insert")),
        ]
    made += [
        *company_wall("contact"),
        policy("contact", "by_contact_select", reaches_contact("contact.id"), act="select"),
    ]
    return made


def _accounts() -> list[str]:
    any_reach = "company.id in (select r.company_id from my_reach r)"
    made = [
        *forced("reach"),
        policy("reach", "own_rows", "viewer_id = (select app_viewer())", act="select"),
        *forced("company"),
        policy("company", "reached_select", any_reach, act="select"),
        policy("company", "reached_update", reaches("company.id"), act="update"),
        # A new company says nothing about any other; its first people and firm follow in the same transaction.
        policy("company", "founding", "true", act="insert"),
        *forced("branding"),
        # The page before sign-in shows it to anybody who knows the address.
        policy("branding", "public_select", "true", act="select"),
        policy("branding", "company_insert", reaches("branding.company_id"), act="insert"),
        policy("branding", "company_update", reaches("branding.company_id"), act="update"),
        *company_wall("client_assignment"),
        *company_wall("api_token"),
        *company_wall("membership"),
        policy("membership", "founding", "company_is_unclaimed(company_id)", act="insert"),
        policy("membership", "own_select", "person_id = (select app_person())", act="select"),
        policy("membership", "own_update", "person_id = (select app_person())", act="update"),
    ]
    for table in ("collaboration", "access_grant"):
        made += [
            *company_wall(table),
            policy(table, "firm_select", reaches(f"{table}.firm_id"), act="select"),
            policy(table, "founding", "company_is_unclaimed(company_id)", act="insert"),
        ]
    return made
