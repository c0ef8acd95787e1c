"""Searching a book of 100,000 contacts: what PostgreSQL reads of it, and that nobody reads in another's."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text

from services.access.interface import Viewer
from services.access.policy import Scope
from services.contacts.actions import NewContact, create_contact
from services.kit.db import Database
from services.kit.ids import new_id
from tests.support.builders.contacts import BIG_BOOK, fill_big_book
from tests.support.database import TestServer
from tests.support.office import Office

LIST = """query($c: ID, $s: String, $after: String) {
    contacts(companyId: $c, filter: {search: $s}, orderBy: NAME_ASC, first: 200, after: $after) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes { id name taxId city email phone isCustomer isSupplier tags createdAt } } }"""
PAGE = 200


@dataclass
class Book:
    """A client with 100,000 contacts, and the firm that looks after it."""

    office: Office
    company_id: UUID


@pytest.fixture
async def book(postgres_server: TestServer, tmp_path: Path) -> AsyncIterator[Book]:
    """A big book in a database of its own."""
    name = f"search_{new_id().hex}"
    addresses = await asyncio.to_thread(postgres_server.worker_database, name)
    database = Database(addresses)
    await database.open()
    office = await Office.open(database, tmp_path / "files")
    company_id = await office.client()
    await fill_big_book(database, addresses, office.owner.id, company_id)
    yield Book(office, company_id)
    await database.close()
    await postgres_server.drop_database(f"worker_{name}")


async def _explained(
    office: Office, monkeypatch: pytest.MonkeyPatch, company_id: UUID, search: str
) -> tuple[dict[str, Any], int]:
    """The plan of the list as PostgreSQL ran it, and how many cards it told of."""
    plans: list[dict[str, Any]] = []
    fetchval = asyncpg.Connection.fetchval

    async def explaining(self: Any, query: str, *values: Any, **more: Any) -> Any:
        if "contacts_found" in query:
            told = await fetchval(self, f"explain (analyze, costs off, format json) {query}", *values)
            plans.append(json.loads(told)[0]["Plan"])
        return await fetchval(self, query, *values, **more)

    with monkeypatch.context() as patched:
        patched.setattr(asyncpg.Connection, "fetchval", explaining)
        answer = await office.ask(office.manager, LIST, {"c": str(company_id), "s": search})
    return plans[0], answer.data["contacts"]["totalCount"]


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


async def _found(office: Office, viewer: Viewer, company_id: UUID, said: str) -> tuple[int, int]:
    """How many places the function tells a viewer of, and how often it asked the index on parts of words."""
    asked = text("select pg_stat_get_xact_numscans(cast('contact_by_parts' as regclass))")
    found = text("select cardinality(contacts_found(:company, :said))")
    async with office.act(viewer) as act:
        before = await act.session.scalar(asked)
        places = await act.session.scalar(found, {"company": company_id, "said": said})
        after = await act.session.scalar(asked)
    return places, after - before


class TestSearch:
    async def test_reads_the_cards_it_finds_once_and_no_others(
        self, book: Book, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        office, company_id = book.office, book.company_id
        for search, expected in (
            ("b00004711 INFO", 1),
            ("b00004711", 1),
            ("ler4711.ex", 1),
            ("nobody at all", 0),
            ("Puig", BIG_BOOK // 7 + 1),
        ):
            plan, total = await _explained(office, monkeypatch, company_id, search)

            scans = [node for node in _nodes(plan) if node.get("Relation Name") == "contact"]
            read = sum(node["Actual Rows"] * node["Actual Loops"] for node in scans)
            assert total == expected, search
            assert {node["Node Type"] for node in scans} == {"Tid Scan", "Index Scan"}, search
            assert read <= total + min(total, PAGE + 1), search
            assert await _found(office, office.manager, company_id, search.lower()) == (total, 1), search

        await _goes_on_where_the_page_before_ended(office, company_id)


async def _goes_on_where_the_page_before_ended(office: Office, company_id: UUID) -> None:
    first = (await office.ask(office.manager, LIST, {"c": str(company_id), "s": "Puig"})).data["contacts"]
    after = first["pageInfo"]["endCursor"]
    second = await office.ask(office.manager, LIST, {"c": str(company_id), "s": "Puig", "after": after})

    nodes = first["nodes"] + second.data["contacts"]["nodes"]
    names = [node["name"] for node in nodes]
    assert second.data["contacts"]["totalCount"] == first["totalCount"]
    assert len({node["id"] for node in nodes}) == 2 * PAGE
    assert names == sorted(names)


class TestAnotherOnesBook:
    async def test_tells_a_stranger_of_no_place_in_it(self, office: Office, tmp_path: Path) -> None:
        company_id = await office.client()
        async with office.act() as act:
            card = await create_contact(act, NewContact(company_id=company_id, name="Clara Vidal"))
            await create_contact(act, NewContact(company_id=company_id, name="Carla Vidal"))
        elsewhere = await Office.open(office.database, tmp_path / "elsewhere", "Gestoría Mar SL")
        contact = await office.portal_contact(company_id, card)
        blind = await office.employee(company_id, view=frozenset({Scope.SALES}))

        for said in ("vidal", "c"):
            assert (await _found(office, office.manager, company_id, said))[0] == 2
            assert (await _found(elsewhere, elsewhere.owner, company_id, said)) == (0, 0)
            assert (await _found(office, contact, company_id, said)) == (0, 0)
            assert (await _found(office, blind, company_id, said)) == (0, 0)
        nobody = await office.ask(elsewhere.owner, LIST, {"c": str(company_id), "s": "vidal"})
        assert nobody.data["contacts"]["totalCount"] == 0
        assert nobody.data["contacts"]["nodes"] == []
