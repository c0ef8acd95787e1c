"""Every id that anybody can send: one of a stranger's is answered like one that never existed, and changes nothing.

The operations are made from the schema, so a new field is attacked the day it is written. Each id of an operation is
tried by itself, with everything else the attacker's own: the company is theirs and the contact is not, and so on.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from gateway.schema import composed
from services.access.interface import Viewer
from services.access.policy import Role
from services.accounts import actions as accounts
from services.kit.db import Database
from services.kit.ids import new_id
from tests.support.guesses import Guess, Place, guesses
from tests.support.office import Office
from tests.support.world import World

TABLES: Mapping[str, str] = {
    "companyId": "company",
    "clientId": "company",
    "firmId": "company",
    "contactId": "contact",
    "contactIds": "contact",
    "supplierId": "contact",
    "survivingId": "contact",
    "mergedId": "contact",
    "entryId": "journal_entry",
    "documentId": "document",
    "documentIds": "document",
    "lineId": "bank_line",
    "membershipId": "membership",
    "membershipIds": "membership",
    "uploadId": "upload",
    "returnId": "tax_return",
}
"""Whose id an argument of this name is; `id`, `ids` and the rest by the words of the field."""
WORDS = (
    ("ContactMerge", "contact_merge"),
    ("Contact", "contact"),
    ("EntryPaper", "entry_attachment"),
    ("EntryTemplate", "entry_template"),
    ("Template", "entry_template"),
    ("LockException", "lock_exception"),
    ("LedgerAccount", "ledger_account"),
    ("Entr", "journal_entry"),
    ("Reviewed", "journal_entry"),
    ("InboxFile", "inbox_file"),
    ("Recurring", "recurring_invoice"),
    ("Export", "export"),
    ("View", "saved_view"),
    ("Settlement", "settlement"),
    ("bankAccount", "bank_account"),
    ("bankLine", "bank_line"),
    ("undo", "reconciliation"),
    ("reconcile", "document"),
    ("client", "company"),
    ("", "document"),
)
TWO_LINES = [{"accountCode": "629", "debit": "10.00"}, {"accountCode": "570", "credit": "10.00"}]
ASKED: Mapping[str, Mapping[str, Any]] = {
    "createEntry": {"input": {"lines": TWO_LINES}},
    "editEntry": {"input": {"lines": TWO_LINES}},
    "grantPortalAccess": {"scopes": ["SALES"]},
    "prepareTaxReturn": {"input": {"period": "4T"}},
    "createContact": {"input": {"ibans": [{"iban": "ES9121000418450200051332"}]}},
    "updateContact": {"input": {"version": 1, "ibans": [{"iban": "ES9121000418450200051332"}]}},
    "rectifyDocument": {"input": {"lines": [{"taxRate": "21"}]}},
}
"""Arguments without which a field says no before it looks at an id."""

INSIDE: Mapping[tuple[str, str], str] = {
    ("lines", "id"): "document_line",
    ("lines", "lineId"): "document_line",
    ("ibans", "id"): "contact_iban",
}
"""Ids of parts, by the list they stand in."""


def _table(guess: Guess, place: Place) -> str:
    *above, name = [part for part in place if isinstance(part, str)]
    if above and (above[-1], name) in INSIDE:
        return INSIDE[above[-1], name]
    return TABLES[name] if name in TABLES else next(table for word, table in WORDS if word in guess.name)


async def _owned_tables(world: World, also: str) -> list[str]:
    """Tables with a company and another column."""
    async with world.office.database.read() as session:
        names = await session.scalars(
            text(
                "select c.relname from pg_class c"
                " join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id'"
                " join pg_attribute b on b.attrelid = c.oid and b.attname = :also"
                " where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1"
            ),
            {"also": also},
        )
        return list(names)


async def _ids(world: World, *, open_document: bool) -> dict[str, str]:
    """One row of every table that belongs to the company; of documents one that may still be changed, if asked for."""
    found = {"company": str(world.company_id)}
    async with world.office.database.read(world.office.owner.id) as session:
        for name in await _owned_tables(world, "id"):
            of_company = {"c": world.company_id}
            row = await session.scalar(
                text(f"select id from {name} where company_id = :c order by id limit 1"),  # noqa: S608
                of_company,
            )
            found |= {name: str(row)} if row else {}
        draft = await session.scalar(
            text("select id from document where company_id = :c and side = 'SALES' and status = 'DRAFT'"),
            {"c": world.company_id},
        )
    named = {"contact": world.ids["contact"], "document": draft if open_document else world.ids["sale"]}
    return found | {name: str(row) for name, row in named.items()}


async def _state(world: World) -> dict[str, str]:
    """What stands in every table of a company, as one short text each."""
    found = {}
    async with world.office.database.read(world.office.owner.id) as session:
        for name in await _owned_tables(world, "company_id"):
            lines = f"select t::text as line from {name} t where company_id = :c"  # noqa: S608
            asked = text(f"select md5(string_agg(line, ',' order by line)) from ({lines}) lines")  # noqa: S608
            found[name] = await session.scalar(asked, {"c": world.company_id})
    return found


async def _told(
    office: Office, viewer: Viewer, guess: Guess, mine: Mapping[Place, str], tried: tuple[Place, str]
) -> str:
    """All that the attacker learns, with a star where its own guess is repeated."""
    place, value = tried
    answer = await office.ask(viewer, guess.document, guess.with_ids({**mine, place: value}))
    errors = [(error["message"], error["extensions"]["code"], error.get("path")) for error in answer.errors]
    return f"{answer.data} {errors}".replace(value, "*")


@pytest.fixture(scope="module")
async def attacked(database: Database, tmp_path_factory: pytest.TempPathFactory) -> World:
    return await World.open(await Office.open(database, tmp_path_factory.mktemp("strangers")))


async def test_a_strangers_id_is_answered_like_one_that_never_existed_and_changes_nothing(
    attacked: World, tmp_path: Path
) -> None:
    office, neighbour = attacked.office, await World.open(attacked.office)
    elsewhere = await Office.open(office.database, tmp_path, "Assessoria Lluna SL")
    colleague = await office.colleague(Role.BOOKKEEPER, "Marc Soler")
    async with office.act() as act:
        await accounts.assign_bookkeeper(act, neighbour.company_id, colleague.id)
    attackers = {
        "owner of another client": neighbour.client_owner,
        "colleague who is not assigned": colleague,
        "contact of another company": neighbour.contact,
        "owner of another firm": elsewhere.owner,
    }
    own = await _ids(neighbour, open_document=True)
    foreign = await _ids(attacked, open_document=False)
    before = await _state(attacked)
    told_apart: list[str] = []
    tried: set[str] = set()

    for guess in guesses(composed().graphql, "Mutation", ASKED):
        for place in guess.places:
            mine = {other: own.get(_table(guess, other), str(new_id())) for other in guess.places}
            table = _table(guess, place)
            tried.add(table)
            for who, viewer in attackers.items():
                stranger, never = [
                    await _told(office, viewer, guess, mine, (place, value))
                    for value in (foreign.get(table, str(new_id())), str(new_id()))
                ]
                if stranger != never or "INTERNAL" in stranger:
                    told_apart.append(f"{who}: {guess.name} {place}\n  {stranger}\n  {never}")

    assert told_apart == [], "\n".join(told_apart)
    assert await _state(attacked) == before
    assert len(tried) > 15, "few kinds of rows were tried: has the schema changed its names?"
