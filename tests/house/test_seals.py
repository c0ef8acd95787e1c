"""Who says to be somebody is believed by the walls only with a seal: no SQL, wherever it comes from, names another."""

import re
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.access.actions import add_membership
from services.access.interface import Viewer
from services.access.policy import Role
from services.access.sign_in import open_session
from services.kit import clock
from services.kit.db import Database
from services.kit.ids import new_id
from tests.support.office import Office
from tests.support.world import World

READS = {
    "person": "select id from person where id = :p",
    "credential": "select id from credential where person_id = :p",
    "password_link": "select id from password_link where person_id = :p",
    "sign_in_session": "select token_hash from sign_in_session where person_id = :p",
    "familiar_network": "select credential_id from familiar_network",
    "sign_in_attempt": "select key from sign_in_attempt",
}
"""The tables of logins. The last two say nobody's id: for who has not named itself they are empty."""

LOOK_OVER = (
    "select * from memberships_of(:p)",
    "select * from viewer_is_active(:v, now())",
    "select * from due_recurring(now() + interval '9 years')",
    "select * from find_login('nobody@example.test', null, '', '\\x00')",
    "select * from find_person('nobody@example.test', '\\x00')",
    "select * from my_colleagues",
    "select * from my_locked_places",
    "select * from reach",
    "select * from document",
)

CHANGES = (
    "update person set name = 'x' where id = :p returning 1",
    "update credential set secret_hash = 'x' where person_id = :p returning 1",
    "update password_link set ended_at = null where person_id = :p returning 1",
    "update sign_in_session set revoked_at = now() where person_id = :p returning 1",
    "update familiar_network set locked_at = null returning 1",
    "delete from familiar_network returning 1",
    "delete from sign_in_attempt returning 1",
    "select * from forget_exports(now() + interval '9 years')",
)

INSERTS = {
    "person": (
        "insert into person (id, name, locale, density, theme, rows_per_list, created_at)"
        " values (:new, 'Marta Gil', 'es', 'normal', 'system', 25, :now)"
    ),
    "credential": (
        "insert into credential (id, person_id, method, secret_hash, failed_attempts, attempts_max, changed_at)"
        " values (:new, :p, 'PASSWORD', 'x', 0, 9, :now)"
    ),
    "familiar_network": (
        "insert into familiar_network (credential_id, network, signed_in_at, failed_attempts)"
        " values (:new, 'home', :now, 0)"
    ),
    "password_link": (
        "insert into password_link (id, person_id, made_at, expires_at) values (:new, :p, :now, :now)"
    ),
    "sign_in_session": (
        "insert into sign_in_session (id, token_hash, person_id, membership_id, surface, created_at, seen_at,"
        " idle_until, ends_at) values (:new, gen_random_uuid(), :p, :v, 'firm', :now, :now, :now, :now)"
    ),
    "sign_in_attempt": "insert into sign_in_attempt (id, key, at) values (:new, 'login:nobody', :now)",
}

PLACE = (
    "insert into membership (id, person_id, company_id, role, state, can_view, can_edit, can_approve, can_share,"
    " created_at) values (:new, :p, {company}, '{role}', 'ACTIVE', 0, 0, 0, 0, :now)"
)

FORGERIES = {
    "nobody": "select 1",
    "a viewer by its id": "select set_config('app.viewer', '{viewer}', true)",
    "a person by its id": "select set_config('app.person', '{person}', true)",
    "a person with a false seal": "select set_config('app.person', '{person}.' || repeat('0', 64), true)",
    "the program": "select set_config('app.program', 'atrio', true)",
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_who_is_not_sealed_reads_and_writes_no_login(
    database: Database, world: World, forgery: str
) -> None:
    victim = world.office.owner
    await _signed_in(world)
    naming = FORGERIES[forgery].format(viewer=victim.id, person=victim.person_id)

    found = {
        statement: await _count(database, naming, statement, victim)
        for statement in (*READS.values(), *LOOK_OVER, *CHANGES)
    }
    assert {statement for statement, count in found.items() if count} == set()
    for statement in INSERTS.values():
        with pytest.raises(DBAPIError, match="row-level security"):
            await _count(database, naming, statement, victim)


async def _signed_in(world: World) -> None:
    """A row of the owner's in every table of logins, so that nothing is proven on air."""
    viewer = world.office.owner
    async with world.office.database.write(person_id=viewer.person_id, for_itself=True) as session:
        new = new_id()
        for name in ("credential", "familiar_network", "password_link", "sign_in_session", "sign_in_attempt"):
            await session.execute(text(INSERTS[name]), _used(INSERTS[name], viewer) | {"new": new})
        for read in READS.values():
            assert (await session.execute(text(read), _used(read, viewer))).all()


async def _count(database: Database, naming: str, statement: str, victim: Viewer) -> int:
    """How many rows a statement of the bare application role gives or touches, undone in the end."""
    async with database.engine.connect() as connection:
        await connection.execute(text(naming))
        done = await connection.execute(text(statement), _used(statement, victim))
        return len(done.all()) if done.returns_rows else done.rowcount


def _used(statement: str, viewer: Viewer) -> dict[str, object]:
    given = {"p": viewer.person_id, "v": viewer.id, "new": new_id(), "now": clock.now()}
    return {name: value for name, value in given.items() if f":{name}" in statement}


async def test_a_colleague_sees_a_name_but_no_password_and_no_session(world: World) -> None:
    await _signed_in(world)
    victim = world.office.owner
    async with world.office.database.write(world.office.manager.id) as session:
        seen = {
            name: len((await session.execute(text(read), _used(read, victim))).all())
            for name, read in READS.items()
        }
        for change in CHANGES:
            assert (await session.execute(text(change), _used(change, victim))).all() == []
    assert seen == dict.fromkeys(READS, 0) | {"person": 1}


async def test_a_session_is_found_by_its_secret_alone(world: World) -> None:
    await _signed_in(world)
    owner = world.office.owner
    async with world.office.database.read(person_id=owner.person_id) as session:
        secret = await session.scalar(text(READS["sign_in_session"]), {"p": owner.person_id})
    async with world.office.database.write() as session:
        await session.execute(text("select set_config('app.secret', :s, true)"), {"s": secret})
        found = (await session.execute(text("select token_hash from sign_in_session"))).scalars().all()
    assert found == [secret]


async def test_whoever_holds_the_secret_of_a_session_makes_nobody_else_of_it(
    world: World, office: Office
) -> None:
    victim, intruder = world.office.owner, office.bookkeeper
    await _open_session(office, intruder, intruder.id)
    async with office.database.write(person_id=intruder.person_id) as session:
        mine = await session.execute(text(READS["sign_in_session"]), {"p": intruder.person_id})
        await session.execute(
            text("select set_config('app.secret', :s, true)"), {"s": mine.scalars().first()}
        )
        with pytest.raises(DBAPIError, match="permission denied"):
            await session.execute(
                text("update sign_in_session set membership_id = :v, person_id = :p"),
                {"v": victim.id, "p": victim.person_id},
            )
        await session.rollback()
    with pytest.raises(DBAPIError, match="sign_in_session_place_of_person"):
        await _open_session(office, intruder, victim.id)


async def _open_session(office: Office, viewer: Viewer, membership_id: UUID) -> None:
    async with office.database.write(person_id=viewer.person_id) as session:
        await open_session(session, viewer.person_id, membership_id, "firm", clock.now())


PLACES = {
    "the same place elsewhere": "update membership set company_id = :firm where id = :mine",
    "another person in a place": "update membership set person_id = :p where id = :mine",
    "a higher role": "update membership set role = 'FIRM_ADMIN' where id = :mine",
    "longer than given": "update membership set expires_on = null, can_view = -1 where id = :mine",
    "the owner's place": "update membership set state = 'REVOKED' where id = :owner",
    "a second place": PLACE.format(role="FIRM_ADMIN", company=":own_firm"),
    "a client's owner": PLACE.format(role="CLIENT_OWNER", company=":client"),
    "a firm's place at a client": PLACE.format(role="FIRM_ADMIN", company=":client"),
}
"""What a bookkeeper's SQL would write to become more than a bookkeeper."""


@pytest.mark.parametrize("wanted", PLACES)
async def test_nobody_gives_itself_a_place(world: World, office: Office, wanted: str) -> None:
    me = office.bookkeeper
    values = {
        "mine": me.id,
        "owner": office.owner.id,
        "p": me.person_id,
        "firm": world.office.firm_id,
        "own_firm": office.firm_id,
        "client": await office.client(),
        "new": new_id(),
        "now": clock.now(),
    }
    statement = PLACES[wanted]
    used = {name: value for name, value in values.items() if re.search(rf":{name}\b", statement)}
    with pytest.raises(DBAPIError, match=r"permission denied|not the viewer's to give"):
        async with office.database.write(me.id, person_id=me.person_id) as session:
            await session.execute(text(statement), used)


async def test_an_administrator_makes_no_administrator_and_no_owner(office: Office) -> None:
    for role in (Role.FIRM_OWNER, Role.FIRM_ADMIN):
        with pytest.raises(DBAPIError, match="not the viewer's to give"):
            async with office.database.write(office.admin.id) as session:
                await add_membership(
                    session, person_id=office.manager.person_id, company_id=office.firm_id, role=role
                )


async def test_a_portal_shows_no_contact_of_another_company(world: World, office: Office) -> None:
    with pytest.raises(DBAPIError, match="membership_contact_of_company"):
        async with office.database.write(office.owner.id) as session:
            await add_membership(
                session,
                person_id=office.manager.person_id,
                company_id=await office.client(),
                role=Role.PORTAL_CONTACT,
                contact_id=world.contact.contact_id,
            )


UNQUALIFIED = re.compile(r"\b(?:from|join|into|update)\s+(\w+)", re.IGNORECASE)


async def test_functions_look_where_they_mean(database: Database) -> None:
    """A name without a schema is looked for among temporary tables first, whatever the walls are made of."""
    async with database.pool.acquire() as connection:
        functions = await connection.fetch(
            "select proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace and proconfig is null"
        )
        named = await connection.fetch(
            "select relname from pg_class where relnamespace = 'public'::regnamespace"
        )
    tables = {row["relname"] for row in named}
    assert {
        row["proname"]: found
        for row in functions
        if (found := tables & set(UNQUALIFIED.findall(row["prosrc"])))
    } == {}, "qualify these with public., or give the function a search path"


@pytest.mark.parametrize(
    "asked", ["select * from wall_key", "select sealed('viewer:x')", "select pass_of(gen_random_uuid())"]
)
async def test_the_key_is_out_of_reach(database: Database, asked: str) -> None:
    async with database.pool.acquire() as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(asked)


async def test_a_viewer_knows_its_own_pass_only(world: World, office: Office) -> None:
    """What SQL from outside could read of its own transaction is of no use for anybody else."""
    passes = text("select distinct viewer_pass, viewer_id from reach")
    async with office.database.read(office.owner.id) as session:
        mine = (await session.execute(passes)).all()
    async with world.office.database.read(world.office.owner.id) as session:
        theirs = (await session.execute(passes)).all()

    assert [row.viewer_id for row in mine] == [office.owner.id]
    assert [row.viewer_id for row in theirs] == [world.office.owner.id]
    assert mine[0].viewer_pass not in (theirs[0].viewer_pass, office.owner.id)
