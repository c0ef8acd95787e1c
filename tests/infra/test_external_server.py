"""A server that an administrator prepared as `addresses_for` says: the owner of the tables is a plain login."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from infra.migrations.run import migrate
from services.access import actions
from services.access.interface import sign_in
from services.access.queries import person_of
from services.kit.db import Addresses, Database
from services.kit.ids import new_id
from tests.support.database import TestServer
from tests.support.office import Office

PASSWORD = "correct horse battery"
ADD = """mutation ($i: CreateContactInput!) {
    createContact(input: $i) { contact { name } refusals { code } } }"""


@pytest.fixture(scope="module")
async def external(postgres_server: TestServer) -> AsyncIterator[dict[str, Addresses]]:
    """One such database, migrated, with both ways in."""
    name = f"external_{new_id().hex[-12:]}"
    alone, apart = await postgres_server.create_external(name)
    await migrate(alone)
    yield {"one login under SET ROLE": alone, "a login of its own": apart}
    await postgres_server.drop_external(name)


@pytest.mark.parametrize("way", ["one login under SET ROLE", "a login of its own"])
async def test_people_sign_in_work_and_read(external: dict[str, Addresses], tmp_path: Path, way: str) -> None:
    database = Database(external[way])
    await database.open()
    try:
        async with database.read() as session:
            temporary = "select has_database_privilege(current_database(), 'TEMP')"
            makes_tables = await session.scalar(text(temporary))
        office = await Office.open(database, tmp_path)
        company = await office.client("Fusteria Puig SL")
        address = f"{new_id().hex}@example.test"
        async with database.write(office.owner.id) as session:
            person = await actions.add_person(session, name="Marta Gil", email=address)
            await actions.set_password(session, person, PASSWORD)
            await actions.add_membership(
                session, person_id=person, company_id=office.firm_id, role=office.bookkeeper.role
            )

        opened = await sign_in(database, surface="firm", login=address, password=PASSWORD, network="test")
        known = await office.viewers.find(opened.secret)
        assert known is not None
        changed = await office.ask(
            office.manager, ADD, {"i": {"companyId": str(company), "name": "Roca SA", "requestKey": "1"}}
        )
        read = await office.ask(office.owner, "{ clients { nodes { name } } }")
        async with database.read(office.manager.id) as session:
            colleague = await person_of(session, person)
    finally:
        await database.close()

    assert not makes_tables, "a temporary table could stand before one of ours"
    assert changed.errors == []
    assert changed.data["createContact"] == {"contact": {"name": "Roca SA"}, "refusals": []}
    assert read.data["clients"]["nodes"] == [{"name": "Fusteria Puig SL"}]
    assert colleague.name == "Marta Gil"
