"""Exports in the making, and what they may hold."""

from alembic import op

from infra.migrations.walls import APP_ROLE, child_wall, forced, owner_sees, policy

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = (
    """
    create table export (
        id uuid not null constraint export_pkey primary key,
        viewer_id uuid not null,
        role varchar not null,
        company_id uuid constraint export_company_id_fkey references company (id),
        name varchar not null,
        arguments varchar not null,
        document_ids varchar,
        packed_ids varchar,
        format varchar not null,
        locale varchar not null,
        state varchar not null,
        rows_done integer not null,
        rows_total integer,
        filename varchar not null,
        sha256 varchar,
        size bigint,
        failure varchar,
        failure_text varchar,
        tries integer not null,
        request_key varchar not null,
        created_at timestamptz not null,
        finished_at timestamptz,
        expires_at timestamptz not null,
        constraint export_format_known check (format in ('XLSX','CSV','PDF','ZIP')),
        constraint export_state_known check (state in ('WAITING','RUNNING','DONE','FAILED','CANCELLED')),
        constraint export_done_with_file check (
            (state = 'DONE') = (sha256 is not null and size is not null and finished_at is not null)
        ),
        constraint export_failed_with_reason check ((state = 'FAILED') = (failure is not null)),
        constraint export_rows_counted check (rows_done >= 0 and (rows_total is null or rows_total >= 0)),
        constraint export_once_per_request unique (viewer_id, request_key)
    )
    """,
    """
    create table export_reach (
        export_id uuid not null
            constraint export_reach_export_id_fkey references export (id) on delete cascade,
        company_id uuid not null constraint export_reach_company_id_fkey references company (id),
        mask bigint not null,
        contact_ids uuid[],
        constraint export_reach_pkey primary key (export_id, company_id)
    )
    """,
)

INDEXES = (
    "create index export_by_viewer_id on export (viewer_id)",
    "create index export_by_company_id on export (company_id)",
    "create index export_by_end on export (expires_at)",
    "create index export_by_object on export (sha256)",
    "create index export_reach_by_company_id on export_reach (company_id)",
)

FORGET = """
    create function forget_exports(before timestamptz) returns table (gone text)
    language sql security definer set search_path = public, pg_temp as $$
        with deleted as (
            delete from export where expires_at <= before
                and (state in ('DONE','FAILED','CANCELLED') or expires_at <= before - interval '1 day')
            returning sha256
        )
        select distinct d.sha256::text from deleted d
        where d.sha256 is not null
            and not exists (select 1 from export e where e.sha256 = d.sha256 and e.expires_at > before)
    $$
"""
"""Looks over the walls: deletes what is over, whoever owns it, and gives the objects that nothing names any more."""


def upgrade() -> None:
    """Two tables, walled by their viewer and not by a company, and the function that forgets."""
    for statement in (*TABLES, *INDEXES, *_walls(), FORGET, *_grants()):
        op.execute(statement)


def _walls() -> list[str]:
    own = "viewer_id = (select app_viewer())"
    theirs = "exists (select 1 from export mine where mine.id = export_reach.export_id)"
    return [
        *forced("export"),
        policy("export", "own_rows", own),
        owner_sees("export"),
        *forced("export_reach"),
        policy("export_reach", "of_own_exports", theirs),
        # A contact's statement of account says when it paid what of the documents it is shown.
        *child_wall("settlement", "document", "document_id"),
        owner_sees("export_reach"),
    ]


def _grants() -> list[str]:
    return [
        f"grant select, insert, update on export to {APP_ROLE}",
        f"grant select, insert, delete on export_reach to {APP_ROLE}",
        "revoke execute on function forget_exports(timestamptz) from public",
        f"grant execute on function forget_exports(timestamptz) to {APP_ROLE}",
    ]
