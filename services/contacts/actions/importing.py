"""Lists of contacts: looked at first, then taken in whole or not at all (`import_runs` has the job do it)."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.contacts.actions.cards import card_of, columns_of, write_card
from services.contacts.actions.duplicates import take_turn
from services.contacts.models import Contact, ContactIban
from services.contacts.rules.cards import checked_card, known_tax_id
from services.contacts.rules.columns import ImportField, guessed_columns
from services.contacts.rules.names import match_key
from services.contacts.rules.rows import Problem, ReadRow, read_rows, updated_card
from services.kit import clock
from services.kit.db import table_of
from services.kit.errors import BadInput, NotFound, Refused
from services.kit.ids import new_id
from services.kit.sheets import Table, read_sent_table
from services.kit.storage import Store
from services.uploads.interface import take_upload

ROWS_MAX = 20_000
ROWS_AT_ONCE = 500
"""Rows between two reports of how far an import is."""

Told = Callable[[int, int], Awaitable[None]]
"""Hears how many rows of how many are done; what it raises stops the import."""

_contact, _iban = table_of(Contact), table_of(ContactIban)


class RowsWrong(Refused):
    """Rows of the list cannot be cards; nothing was taken in."""

    code = "ROWS_WRONG"
    sentence = "{count} rows cannot be imported as they are. Correct the file, or leave these rows out."


class ColumnMissing(Refused):
    """No column holds the name, without which there is no contact."""

    code = "COLUMN_MISSING"
    sentence = "Choose the column that holds the name."


class Existing(Enum):
    """What becomes of rows whose contact is in the book already."""

    SKIP = "SKIP"
    UPDATE = "UPDATE"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What to do with a list. `columns` None takes the headers' word for it."""

    company_id: UUID | str
    upload_id: UUID | str
    columns: Mapping[int, ImportField] | None = None
    is_customer: bool = True
    is_supplier: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """A list to take in: how it is read, and what becomes of known and of wrong rows."""

    plan: ImportPlan
    existing: Existing = Existing.SKIP
    leave_out_wrong: bool = False


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """Cards that were made, cards that were changed, and rows that did neither."""

    added: int
    updated: int
    skipped: int


@dataclass(frozen=True, slots=True)
class KnownCard:
    """A card of the book that a row is about."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row, and the card of the book it is about; None where it makes a new one."""

    row: ReadRow
    known: KnownCard | None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it."""
        return self.row.problems


@dataclass(frozen=True, slots=True)
class Preview:
    """A list as it would be taken in. Nothing was written."""

    filename: str
    table: Table
    columns: Mapping[int, ImportField]
    rows: tuple[PlannedRow, ...]

    @property
    def wrong(self) -> tuple[PlannedRow, ...]:
        """Rows that cannot be cards."""
        return tuple(row for row in self.rows if row.problems)

    @property
    def new_count(self) -> int:
        """How many cards it would make."""
        return sum(not row.problems and row.known is None for row in self.rows)

    @property
    def known_count(self) -> int:
        """How many rows are about cards of the book."""
        return sum(not row.problems and row.known is not None for row in self.rows)


async def preview_import(act: Act, store: Store, plan: ImportPlan) -> Preview:
    """This will read an uploaded list and say what would become of each row, writing nothing.

    Needs CONTACTS EDIT. Raises NotFound for an upload of somebody else, ColumnMissing, what read_sent_table raises.
    """
    company_id = await act.may(plan.company_id, Scope.CONTACTS, Action.EDIT, path=("companyId",))
    if act.owns_only(Scope.CONTACTS):
        raise NotFound("company", path=("companyId",))
    upload = await take_upload(act, plan.upload_id, "CONTACTS")
    if upload.company_id != company_id:
        raise NotFound("upload", path=("uploadId",))
    content = await store.get(upload.sha256)
    table = await read_sent_table(content, rows_max=ROWS_MAX)
    columns = _checked_columns(plan.columns, table)
    read = await asyncio.to_thread(
        read_rows,
        [(row.number, row.cells) for row in table.rows],
        columns,
        is_customer=plan.is_customer,
        is_supplier=plan.is_supplier,
    )
    known = await _known_cards(act.session, company_id, read)
    rows = tuple(PlannedRow(row, known.get(row.number)) for row in read)
    return Preview(upload.filename, table, columns, rows)


async def import_contacts(act: Act, store: Store, run: ImportRun, told: Told) -> ImportCounts:
    """This will take a list in, all of it or nothing, and say what it did; `told` hears how far it is.

    Rows about cards of the book are skipped or change them; a list that was taken in before adds nothing. Needs
    CONTACTS EDIT. Raises RowsWrong where a row cannot be a card and is not to be left out, and what preview_import
    raises.
    """
    company_id = await act.may(run.plan.company_id, Scope.CONTACTS, Action.EDIT, path=("companyId",))
    await take_turn(act, company_id)
    preview = await preview_import(act, store, run.plan)
    if preview.wrong and not run.leave_out_wrong:
        raise RowsWrong(path=("input", "uploadId"), count=len(preview.wrong))
    right = [row for row in preview.rows if not row.problems]
    new = [row.row for row in right if row.known is None]
    known = [row for row in right if row.known is not None] if run.existing is Existing.UPDATE else []
    total, added, updated = len(new) + len(known), 0, 0
    await told(0, total)
    for start in range(0, len(new), ROWS_AT_ONCE):
        added += await _add(act, company_id, new[start : start + ROWS_AT_ONCE])
        await told(added, total)
    for start in range(0, len(known), ROWS_AT_ONCE):
        updated += await _update(act, known[start : start + ROWS_AT_ONCE])
        await told(min(added + start + ROWS_AT_ONCE, total), total)
    return ImportCounts(added, updated, len(preview.rows) - added - updated)


def _checked_columns(asked: Mapping[int, ImportField] | None, table: Table) -> Mapping[int, ImportField]:
    columns = guessed_columns(table.headers) if asked is None else asked
    if any(not 0 <= place < len(table.headers) for place in columns):
        raise BadInput("columns", "the file has {count} columns", count=len(table.headers))
    if len(set(columns.values())) < len(columns):
        raise BadInput("columns", "choose each field for one column only")
    if asked is not None and ImportField.NAME not in columns.values():
        raise ColumnMissing(path=("columns",))
    return columns


async def _known_cards(
    session: AsyncSession, company_id: UUID, rows: Sequence[ReadRow]
) -> dict[int, KnownCard]:
    """The card that each row is about, by the row's number: the one with its tax identifier, else with its name.

    A name counts only where not both have a tax identifier; two rows are never about one card.
    """
    cards = [row.card for row in rows if row.card is not None]
    ids = sorted({card.tax_id for card in cards if card.tax_id})
    keys = sorted({match_key(card.name) for card in cards})
    found = await session.execute(
        select(_contact.c.id, _contact.c.name, _contact.c.tax_id, _contact.c.match_key)
        .where(
            _contact.c.company_id == company_id,
            _contact.c.merged_into_id.is_(None),
            _contact.c.tax_id.in_(ids) | _contact.c.match_key.in_(keys),
        )
        .order_by(_contact.c.id)
    )
    return _matched(rows, found.all())


def _matched(rows: Sequence[ReadRow], cards: Sequence[Any]) -> dict[int, KnownCard]:
    by_tax_id = {card.tax_id: card for card in reversed(cards) if card.tax_id}
    by_key: dict[str, list[Any]] = {}
    for card in cards:
        by_key.setdefault(card.match_key, []).append(card)
    matched: dict[int, KnownCard] = {}
    taken: set[UUID] = set()
    # All tax identifiers before any name: a name must not take the card that another row surely means.
    for by_name in (False, True):
        for row in rows:
            if row.card is None or row.number in matched:
                continue
            same = by_key.get(match_key(row.card.name), ()) if by_name else [by_tax_id.get(row.card.tax_id)]
            for card in filter(None, same):
                both = by_name and card.tax_id and row.card.tax_id
                if card.id not in taken and not both:
                    taken.add(card.id)
                    matched[row.number] = KnownCard(card.id, card.name)
                    break
    return matched


async def _add(act: Act, company_id: UUID, rows: Sequence[ReadRow]) -> int:
    now = clock.now()
    cards = [(new_id(), row.card) for row in rows if row.card is not None]
    if not cards:
        return 0
    fixed = {"company_id": company_id, "version": 1, "created_at": now, "updated_at": now, "merged_ids": []}
    await act.session.execute(
        insert(_contact), [{"id": contact_id, **fixed, **columns_of(card)} for contact_id, card in cards]
    )
    ibans = [
        {
            "id": new_id(),
            "company_id": company_id,
            "contact_id": contact_id,
            "position": position,
            **asdict(iban),
        }
        for contact_id, card in cards
        for position, iban in enumerate(card.ibans, start=1)
    ]
    if ibans:
        await act.session.execute(insert(_iban), ibans)
    return len(cards)


async def _update(act: Act, rows: Sequence[PlannedRow]) -> int:
    """Changes the cards that rows are about, and counts those that really changed."""
    by_id = {row.known.id: row.row for row in rows if row.known is not None}
    contacts = await act.session.scalars(
        select(Contact).where(col(Contact.id).in_(by_id)).order_by(col(Contact.id)).with_for_update()
    )
    changed = 0
    for contact in contacts.all():
        before = await card_of(act, contact)
        after = updated_card(before, by_id[contact.id])
        card = checked_card(after, at="row", known=known_tax_id(replace(before, country=after.country)))
        if card != before:
            await write_card(act, contact, card, before=before)
            changed += 1
    return changed
