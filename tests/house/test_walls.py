"""Row-level security alone: with the planner's own clause gone, a viewer still sees nothing that is not theirs."""

from uuid import UUID

import pytest
from sqlalchemy import Uuid, column, func, select, table, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.access.interface import Viewer
from services.kit.db import Database
from tests.support.office import Office
from tests.support.world import World

COMPANY_COLUMN = (
    "select c.relname, c.relrowsecurity and c.relforcerowsecurity as forced from pg_class c"
    " join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped"
    " where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1"
)

OPEN_TABLES = {
    "alembic_version": "the version of the schema, asked by /readyz",
    "pgqueuer": "the library that works the queue has a connection of its own and no viewer; ids and waiting mails",
    "pgqueuer_log": "as pgqueuer",
    "pgqueuer_statistics": "as pgqueuer",
    "job_once": "names of jobs that happen once, without content",
}
"""Tables that the application role may use and that have no wall, each with the reason."""

VIEWS = {
    "my_reach": "companies and contacts of the viewer that is named",
    "my_contacts": "the same for merged cards",
    "my_viewer": "the viewer that is named",
    "my_session": "the session whose secret is named",
    "my_token": "the token whose secret is named",
    "my_colleagues": "names of people who have a place in a company within reach",
    "my_locked_places": "places within reach whose login is locked",
}
"""Views see over the walls, as their owner: each cuts its rows by what the transaction has named."""

APP_MAY = (
    "select c.relname, c.relkind, c.relrowsecurity and c.relforcerowsecurity as forced from pg_class c"
    " where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relnamespace = 'public'::regnamespace"
    " and (has_table_privilege('atrio_app', c.oid, 'select') or has_any_column_privilege('atrio_app', c.oid, 'select')"
    "   or has_table_privilege('atrio_app', c.oid, 'insert') or has_table_privilege('atrio_app', c.oid, 'update')"
    "   or has_table_privilege('atrio_app', c.oid, 'delete')) order by 1"
)


async def _company_tables(database: Database) -> dict[str, bool]:
    async with database.pool.acquire() as connection:
        return {row["relname"]: row["forced"] for row in await connection.fetch(COMPANY_COLUMN)}


async def _rows(session: AsyncSession, name: str, company_id: UUID | None = None) -> int:
    counted = select(func.count()).select_from(table(name))
    if company_id is not None:
        counted = counted.where(column("company_id", Uuid) == company_id)
    return (await session.execute(counted)).scalar_one()


async def test_every_company_owned_table_is_walled_and_the_wall_is_forced(database: Database) -> None:
    tables = await _company_tables(database)

    open_ones = sorted(name for name, forced in tables.items() if not forced)
    assert open_ones == [], "add these tables to STAFF_TABLES (or a policy of their own) in a new migration"
    assert len(tables) > 20


async def test_every_table_that_the_application_may_use_is_walled_or_excused(database: Database) -> None:
    async with database.pool.acquire() as connection:
        rows = await connection.fetch(APP_MAY)
    tables = {row["relname"]: row["forced"] for row in rows if row["relkind"] != b"v"}
    views = {row["relname"] for row in rows if row["relkind"] == b"v"}

    assert {name for name, forced in tables.items() if not forced} == set(OPEN_TABLES), (
        "wall it in a migration"
    )
    assert views == set(VIEWS), "a view looks over the walls: say here what cuts its rows"


async def test_the_application_role_cannot_pass_the_wall(database: Database) -> None:
    async with database.pool.acquire() as connection:
        row = await connection.fetchrow(
            "select rolsuper, rolbypassrls from pg_roles where rolname = current_user"
        )
    assert tuple(row) == (False, False)


async def test_what_looks_over_the_walls_is_for_the_application_alone(database: Database) -> None:
    async with database.pool.acquire() as connection:
        rows = await connection.fetch(
            "select p.proname from pg_proc p cross join lateral"
            " aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a"
            " where p.prosecdef and p.pronamespace = 'public'::regnamespace and a.grantee = 0"
            " and p.prorettype <> 'trigger'::regtype"
        )
    assert [row["proname"] for row in rows] == [], "add these to ENTRANCES in a new migration"


@pytest.mark.parametrize(
    "who", ["owner", "manager", "bookkeeper", "client_owner", "employee", "contact", "nobody"]
)
async def test_without_any_clause_no_foreign_row_is_seen_in_any_table(
    office: Office, world: World, who: str
) -> None:
    stranger: Viewer | None = await world.stranger(office, who)
    found: dict[str, int] = {}
    async with office.database.read(stranger.id if stranger else None) as session:
        for name in await _company_tables(office.database):
            if name == "branding":  # The page before sign-in is public by design.
                continue
            if count := await _rows(session, name, world.company_id):
                found[name] = count
        company = await session.scalar(
            text("select count(*) from company where id = :c"), {"c": world.company_id}
        )
    assert found == {}
    assert company == 0


async def test_a_portal_contact_sees_only_its_own_rows_even_of_its_publisher(world: World) -> None:
    seen: dict[str, int] = {}
    async with world.office.database.read(world.contact.id) as session:
        for name in await _company_tables(world.office.database):
            seen[name] = await _rows(session, name)
        foreign = await session.scalar(
            text("select count(*) from document where contact_id is distinct from :c"),
            {"c": world.contact.contact_id},
        )
        contacts: list[UUID] = list((await session.execute(text("select id from contact"))).scalars())
        foreign_paid = await session.scalar(
            text(
                "select count(*) from settlement s where not exists"
                " (select 1 from document d where d.id = s.document_id and d.contact_id = :c)"
            ),
            {"c": world.contact.contact_id},
        )
    assert (foreign, foreign_paid) == (0, 0)
    # Its own card, and one that was merged into it.
    assert set(contacts) == {world.contact.contact_id, world.ids["merged_contact"]}
    staff_only = (
        "journal_entry",
        "journal_line",
        "bank_line",
        "bank_account",
        "inbox_file",
        "ledger_account",
    )
    assert {name: seen[name] for name in staff_only} == dict.fromkeys(staff_only, 0)


async def test_every_table_of_the_world_has_rows_so_that_nothing_is_proven_on_air(world: World) -> None:
    async with world.office.database.read(world.office.owner.id) as session:
        names = await _company_tables(world.office.database)
        empty = [name for name in names if not await _rows(session, name, world.company_id)]
    assert empty == [], "let tests/support/world.py make a row of these"
