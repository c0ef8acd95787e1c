"""Cards that may be the same business: by tax identifier, by e-mail, by a name that is the same or nearly so."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.access.interface import Act
from services.contacts.actions.refusals import TaxIdTaken
from services.contacts.models import Contact
from services.contacts.rules.cards import Card
from services.contacts.rules.names import Likeness, Named, match_key, similar_keys, similar_pairs
from services.kit.db import table_of

CANDIDATES_MAX = 10
"""How many look-alikes a new card is compared with a person's eyes."""

PREFIX_SIGNS = 2
NEIGHBOURS_MAX = 250
"""How many names with the same first signs, before and after it in the order of letters, a new name is compared with.

A slip in the first signs is found by the list of duplicates.
"""

LAST_SIGN = "\U0010ffff"

_contact = table_of(Contact)
_TAKE_TURN = text("select pg_advisory_xact_lock(hashtextextended(:company, 4711006))")


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A card that may be the one being made."""

    id: UUID
    name: str


async def take_turn(act: Act, company_id: UUID) -> None:
    """This will wait until no other change of this book is under way: two at once would not see each other's cards."""
    await act.session.execute(_TAKE_TURN, {"company": str(company_id)})


async def refuse_taken_tax_id(
    act: Act, company_id: UUID, tax_id: str | None, *, but: UUID | None = None
) -> None:
    """This will raise TaxIdTaken where another card of the book, archived or not, has this tax identifier."""
    if tax_id is None:
        return
    statement = select(_contact.c.id, _contact.c.name).where(
        _contact.c.company_id == company_id,
        _contact.c.tax_id == tax_id,
        _contact.c.merged_into_id.is_(None),
    )
    if but is not None:
        statement = statement.where(_contact.c.id != but)
    row = (await act.session.execute(statement.order_by(_contact.c.id).limit(1))).one_or_none()
    if row is not None:
        raise TaxIdTaken(path=("input", "taxId"), name=row.name, tax_id=tax_id, contact_id=row.id)


async def look_alikes(act: Act, company_id: UUID, card: Card) -> Sequence[LookAlike]:
    """This will give the cards of the book with this e-mail or a name like it, at most 10, the surest first.

    Reads at most 500 names through an index, whatever the size of the book. The caller has checked its scope.
    """
    key = match_key(card.name)
    columns = (_contact.c.id, _contact.c.name, _contact.c.match_key, _contact.c.email)
    standing = (_contact.c.company_id == company_id, _contact.c.merged_into_id.is_(None))
    sorted_key = _contact.c.match_key.collate("C")
    near = select(*columns).where(
        *standing, sorted_key >= key[:PREFIX_SIGNS], sorted_key < key[:PREFIX_SIGNS] + LAST_SIGN
    )
    beside = (
        near.where(sorted_key >= key).order_by(sorted_key).limit(NEIGHBOURS_MAX),
        near.where(sorted_key < key).order_by(sorted_key.desc()).limit(NEIGHBOURS_MAX),
    )
    exact = select(*columns).where(
        *standing, or_(sorted_key == key, _contact.c.email == card.email) if card.email else sorted_key == key
    )
    rows: dict[UUID, Any] = {}
    for row in (await act.session.execute(exact.limit(CANDIDATES_MAX))).all():
        rows[row.id] = row
    for statement in beside:
        for row in (await act.session.execute(statement)).all():
            if similar_keys(key, row.match_key):
                rows.setdefault(row.id, row)
    return [LookAlike(row.id, row.name) for row in list(rows.values())[:CANDIDATES_MAX]]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two rows of one book that may be the same business, the older first, and why."""

    older: Any
    newer: Any
    reasons: tuple[Likeness, ...]


async def duplicates_of(session: AsyncSession, company_id: UUID, *, most: int) -> Sequence[Duplicate]:
    """This will give pairs of cards in one book that may be the same business, the surest first, at most `most`.

    One read of the book's names; the comparing is done beside the event loop. The caller has checked the scope.
    """
    names = ("id", "name", "match_key", "tax_id", "email", "city", "created_at")
    rows = await session.execute(
        select(*(_contact.c[name] for name in names)).where(
            _contact.c.company_id == company_id,
            _contact.c.merged_into_id.is_(None),
            _contact.c.archived_at.is_(None),
        )
    )
    by_id = {str(row.id): row for row in rows}
    cards = [Named(key, row.match_key, row.tax_id, row.email) for key, row in by_id.items()]
    pairs = await asyncio.to_thread(similar_pairs, cards, most=most)
    return [Duplicate(by_id[pair.older_id], by_id[pair.newer_id], pair.reasons) for pair in pairs]
