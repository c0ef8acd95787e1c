"""The tables behind the jobs: pgqueuer's own, and ours for what must happen once."""

from pgqueuer.adapters.persistence import schema_ddl
from pgqueuer.domain.schema.declaration import target
from pgqueuer.domain.settings import DBSettings, Durability
from pgqueuer.domain.types import Channel

# Every name is given, because pgqueuer otherwise takes them from the environment, even from variables as
# common as CHANNEL and FUNCTION.
SETTINGS = DBSettings(
    prefix="",
    db_schema=None,
    channel=Channel("ch_pgqueuer"),
    function="fn_pgqueuer_changed",
    trigger="tg_pgqueuer_changed",
    queue_status_type="pgqueuer_status",
    queue_table="pgqueuer",
    queue_table_log="pgqueuer_log",
    statistics_table="pgqueuer_statistics",
    schedules_table="pgqueuer_schedules",
    durability=Durability.durable,
)

ONCE_TABLE_SQL = """CREATE TABLE job_once (
    name text NOT NULL,
    once_key text NOT NULL,
    made_at timestamp with time zone NOT NULL DEFAULT now(),
    PRIMARY KEY (name, once_key)
)"""

_TABLES = "pgqueuer, pgqueuer_log, pgqueuer_statistics, job_once"
_SEQUENCES = "pgqueuer_id_seq, pgqueuer_statistics_id_seq"


def pgqueuer_schema_sql() -> tuple[str, ...]:
    """This will give the statements that install the jobs' tables, in order, one command each.

    For a migration: `for statement in pgqueuer_schema_sql(): op.execute(statement)`; asyncpg prepares what
    SQLAlchemy sends and prepares one command at a time. Run once, as the owner, into the schema that is first
    in the search path. When pgqueuer's pin is raised, a new migration adds what `pgq upgrade --plan` prints.
    pgqueuer's schedules table is installed as the library expects, and not used: our timetable needs zones.
    """
    schema = target(SETTINGS)
    return (
        *(schema_ddl.render_enum(entry, SETTINGS) for entry in schema.enums),
        *(schema_ddl.render_table(entry, SETTINGS) for entry in schema.tables),
        *(schema_ddl.render_index(entry, SETTINGS) for entry in schema.indexes),
        *(schema_ddl.render_function(entry, SETTINGS) for entry in schema.functions),
        *(schema_ddl.render_trigger(entry, SETTINGS) for entry in schema.triggers),
        ONCE_TABLE_SQL,
    )


def jobs_grants_sql(role: str) -> tuple[str, ...]:
    """This will give the statements that let `role` (not the owner) enqueue and work.

    Rows of the three pgqueuer tables in use and of `job_once`: select, insert, update, delete. Sequences
    behind the ids that pgqueuer draws itself: usage. Nothing else: the log's identity column, the status
    type, the trigger's function and NOTIFY need no grant, and no right to truncate or alter is given.

    `role` is a name out of the program, never from outside; ValueError if it is not a plain identifier.
    """
    if not role.isidentifier():
        message = f"{role!r} is not a plain role name"
        raise ValueError(message)
    return (
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {_TABLES} TO {role}",
        f"GRANT USAGE ON SEQUENCE {_SEQUENCES} TO {role}",
    )
