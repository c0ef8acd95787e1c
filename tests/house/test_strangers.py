"""Every id that anybody can send: one of a stranger's is answered like one that never existed, and changes nothing.

The operations are made from the schema, so a new field is attacked the day it is written. Each id of a field is
tried by itself, with everything else the attacker's own: the company is theirs and the contact is not, and so on.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from gateway.schema import composed
from services.access.interface import Viewer
from services.access.policy import Role
from services.accounts import actions as accounts
from services.kit.ids import new_id
from tests.support.guesses import Asked, Guess, Place, guesses, operation
from tests.support.office import Answered, Office
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
    "bankAccountId": "bank_account",
    "ledgerAccountId": "ledger_account",
}
"""Whose id an argument of this name is; `id`, `ids` and the rest by the words of the field."""
WORDS = (
    ("ContactMerge", "contact_merge"),
    ("ContactImport", "contact_import"),
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
    ("companyCard", "company"),
    ("purchaseDocument", "purchase"),
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
    asked = guess.name.lower()
    return TABLES[name] if name in TABLES else next(table for word, table in WORDS if word.lower() in asked)


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
        unfinished = await session.execute(
            text(
                "select side, id from document where company_id = :c and status in ('DRAFT', 'PENDING_REVIEW')"
                " order by side, status desc"
            ),
            {"c": world.company_id},
        )
        still_open = {row.side: row.id for row in unfinished}
        used = await session.scalar(
            text("select ledger_account_id from journal_line where company_id = :c order by id limit 1"),
            {"c": world.company_id},
        )
    named = {
        "contact": world.ids["contact"],
        "ledger_account": used,
        "document": still_open["SALES"] if open_document else world.ids["sale"],
        "purchase": still_open["PURCHASES"] if open_document else world.ids["purchase"],
    }
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


@dataclass(frozen=True, slots=True)
class Scene:
    """A company to attack, the attackers' own, and who they are."""

    attacked: World
    neighbour: World
    attackers: Mapping[str, Viewer]


@pytest.fixture
async def scene(office: Office, tmp_path: Path) -> Scene:
    attacked, neighbour = await World.open(office), await World.open(office)
    elsewhere = await Office.open(office.database, tmp_path / "elsewhere", "Assessoria Lluna SL")
    colleague = await office.colleague(Role.ACCOUNT_MANAGER, "Marc Soler")
    async with office.act() as act:
        await accounts.assign_account_managers(act, neighbour.company_id, [colleague.id])
    attackers = {
        "owner of another client": neighbour.client_owner,
        "colleague who is not assigned": colleague,
        "contact of another company": neighbour.contact,
        "owner of another firm": elsewhere.owner,
    }
    return Scene(attacked, neighbour, attackers)


def _learned(answer: Answered, alias: str, *sent: str) -> str:
    """All that the attacker learns from one field, with a star where an id that it sent is repeated."""
    errors = [
        (error["message"], error["extensions"]["code"], error["path"][1:] if "path" in error else None)
        for error in answer.errors
        if error.get("path", [alias])[0] == alias
    ]
    told = f"{answer.data and answer.data[alias]} {errors}"
    for value in sent:
        told = told.replace(value, "*")
    return told


READS_AT_ONCE = 6
"""Fields in one operation, which is asked with a stranger's id, with one that never existed and with one's own."""

READ: Mapping[str, Mapping[str, Any]] = {
    "taxBox": {"period": "4T", "number": "29"},
    "taxDraft": {"period": "4T"},
    "taxParties": {"period": "0A", "model": "M347"},
    "vatBook": {"period": "4T"},
}
"""Arguments without which a read is refused before it looks at an id."""


async def test_a_read_finds_a_strangers_row_no_more_than_one_that_never_existed(scene: Scene) -> None:
    own = await _ids(scene.neighbour, open_document=False)
    foreign = await _ids(scene.attacked, open_document=False)
    reads = list(guesses(composed().graphql, "Query", READ))
    told_apart: list[str] = []
    fruitless = {guess.name for guess in reads}

    for first in range(0, len(reads), READS_AT_ONCE):
        several = reads[first : first + READS_AT_ONCE]
        for who, viewer in scene.attackers.items():
            for at in range(max(len(guess.places) for guess in several)):
                tried = [guess for guess in several if at < len(guess.places)]
                mine, stranger, never = [
                    await _read(scene.attacked.office, viewer, _asked(several, at, own, ids))
                    for ids in (own, foreign, defaultdict(lambda: str(new_id())))
                ]
                fruitless -= {guess.name for guess in tried if mine[guess.name] != never[guess.name]}
                told_apart += [
                    f"{who}: {guess.name} {guess.places[at]}\n  {stranger[guess.name]}\n  {never[guess.name]}"
                    for guess in tried
                    if stranger[guess.name] != never[guess.name]
                ]

    assert told_apart == [], "\n".join(told_apart)
    assert fruitless == set(), "these tell nothing of one's own either, so they test nothing"


def _asked(
    several: list[Guess], at: int, own: Mapping[str, str], tried: Mapping[str, str]
) -> dict[str, Asked]:
    """Each read with its id number `at` out of `tried` and the others the attacker's own; a shorter one has none."""
    return {
        guess.name: (
            guess,
            {
                place: (tried if number == at else own)[_table(guess, place)]
                for number, place in enumerate(guess.places)
            },
        )
        for guess in several
    }


async def _read(office: Office, viewer: Viewer, asked: Mapping[str, Asked]) -> dict[str, str]:
    """What each read tells, with a star for every id that was sent."""
    answer = await office.ask(viewer, *operation(asked))
    assert answer.data is not None, answer.errors
    assert "INTERNAL" not in answer.codes
    return {name: _learned(answer, name, *ids.values()) for name, (_, ids) in asked.items()}


async def test_a_strangers_id_is_answered_like_one_that_never_existed_and_changes_nothing(
    scene: Scene,
) -> None:
    office = scene.attacked.office
    own = await _ids(scene.neighbour, open_document=True)
    foreign = await _ids(scene.attacked, open_document=False)
    before = await _state(scene.attacked)
    told_apart: list[str] = []
    tried: set[str] = set()

    for guess in guesses(composed().graphql, "Mutation", ASKED):
        for place in guess.places:
            mine = {other: own.get(_table(guess, other), str(new_id())) for other in guess.places}
            table = _table(guess, place)
            tried.add(table)
            for who, viewer in scene.attackers.items():
                told = []
                for value in (foreign.get(table, str(new_id())), str(new_id())):
                    answer = await office.ask(
                        viewer, *operation({guess.name: (guess, mine | {place: value})})
                    )
                    told.append(_learned(answer, guess.name, value))
                stranger, never = told
                if stranger != never or "INTERNAL" in stranger:
                    told_apart.append(f"{who}: {guess.name} {place}\n  {stranger}\n  {never}")

    assert told_apart == [], "\n".join(told_apart)
    assert await _state(scene.attacked) == before
    assert len(tried) > 15, "few kinds of rows were tried: has the schema changed its names?"
