"""Two cards made one, and made two again. Nothing that names a card is ever rewritten: readers follow the merge.

Posted lines and issued documents say who they were made out to and cannot change (infra/decisions/0006); the merged
card stays, points to the one that stands for it, and is left out of lists.
"""

from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from services.access.interface import (
    Act,
    has_portal_place,
    move_portal_places,
    return_portal_places,
)
from services.access.policy import Action, Scope
from services.contacts.actions.cards import card_of, found, write_card
from services.contacts.actions.duplicates import take_turn
from services.contacts.models import Contact, ContactMerge
from services.contacts.rules.cards import Card, CardIban, checked_card, known_tax_id, merged_card
from services.contacts.rules.terms import PaymentTerms
from services.kit import clock
from services.kit.errors import BadInput, NotFound, Refused, RequestKeyUsed
from services.kit.ids import new_id
from services.kit.request_keys import checked_request_key

MERGED_MAX = 100
"""How many cards one card may stand for."""


class TaxIdsDiffer(Refused):
    """Both cards have a tax identifier, and not the same: they are two businesses."""

    code = "TAX_IDS_DIFFER"
    sentence = "{one} and {other} are two different tax identifiers, so these are two contacts."


class BothHavePortalAccess(Refused):
    """Somebody signs in as either card; a portal has one contact behind one access."""

    code = "BOTH_HAVE_PORTAL_ACCESS"
    sentence = "Both contacts have access to the portal. Revoke one access first."


class MergeUndone(Refused):
    """The merge has been undone before."""

    code = "MERGE_UNDONE"
    sentence = "This merge has been undone already."


class MergedAgain(Refused):
    """The card that stands for both was merged itself; merges are undone from the last one back."""

    code = "MERGED_AGAIN"
    sentence = "The contact was merged into another one afterwards. Undo that merge first."


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge and the card that was kept."""

    id: UUID
    surviving_id: UUID


async def merge_contacts(
    act: Act, *, surviving_id: UUID | str, merged_id: UUID | str, request_key: str | None = None
) -> Merge:
    """This will let one card stand for two: gaps filled, portal access taken over, the other card kept and pointed on.

    Both must be of one book. The same request key gives the same merge. Needs CONTACTS EDIT, and PORTAL_ACCESS SHARE
    where either has access to the portal. Raises TaxIdsDiffer, BothHavePortalAccess, ContactMerged for a card that is
    no longer in the book.
    """
    key = checked_request_key(request_key)
    done = await _known(act, surviving_id, key)
    if done is not None:
        return done
    if str(surviving_id) == str(merged_id):
        raise BadInput("mergedId", "choose two different contacts")
    kept, gone = await _both(act, surviving_id, merged_id)
    before, other = await card_of(act, kept), await card_of(act, gone)
    if before.tax_id and other.tax_id and before.tax_id != other.tax_id:
        raise TaxIdsDiffer(path=("mergedId",), one=before.tax_id, other=other.tax_id)
    moved_ids = [gone.id, *gone.merged_ids]
    if len(kept.merged_ids) + len(moved_ids) > MERGED_MAX:
        raise BadInput("mergedId", "one contact can stand for at most {most} others", most=MERGED_MAX)
    places_of = [await has_portal_place(act.session, one.id) for one in (kept, gone)]
    if any(places_of):
        # From now on whoever signs in there sees the papers of both.
        await act.may(kept.company_id, Scope.PORTAL_ACCESS, Action.SHARE, what="contact", path=("mergedId",))
    if all(places_of):
        raise BothHavePortalAccess(path=("mergedId",))
    card = merged_card(before, other)
    card = checked_card(card, known=known_tax_id(card))
    merge = ContactMerge(
        id=new_id(),
        company_id=kept.company_id,
        surviving_id=kept.id,
        merged_id=gone.id,
        kept={
            "before": _stored(before),
            "after": _stored(card),
            "stood_for": [str(one) for one in gone.merged_ids],
            "places": [],
        },
        merged_by=act.viewer.id,
        request_key=key,
    )
    await write_card(act, kept, card, before=before)
    await _point(act, moved_ids, kept.id)
    kept.merged_ids = [*kept.merged_ids, *moved_ids]
    gone.merged_ids = []
    await act.session.flush()
    # After the cards: what a place reaches is derived from them.
    places = await move_portal_places(act.session, gone.id, kept.id)
    merge.kept = {**merge.kept, "places": [str(place) for place in places]}
    act.session.add(merge)
    await act.session.flush()
    return Merge(merge.id, kept.id)


async def undo_merge(act: Act, merge_id: UUID | str) -> Merge:
    """This will make the merged card stand by itself again.

    What the surviving card took over goes back, except where somebody has changed it since. Papers that were made
    after the merge stay with the surviving card. Needs CONTACTS EDIT. Raises MergeUndone, MergedAgain.
    """
    merge = await act.find(ContactMerge, merge_id, Scope.CONTACTS, Action.EDIT, what="merge", path=("id",))
    if act.owns_only(Scope.CONTACTS):
        raise NotFound("merge", path=("id",))
    await take_turn(act, merge.company_id)
    if merge.undone_at is not None:
        raise MergeUndone(path=("id",))
    rows = {
        contact.id: contact
        for contact in await act.session.scalars(
            select(Contact)
            .where(col(Contact.id).in_([merge.surviving_id, merge.merged_id]))
            .order_by(col(Contact.id))
            .with_for_update()
        )
    }
    kept, gone = rows[merge.surviving_id], rows[merge.merged_id]
    if kept.merged_into_id is not None:
        raise MergedAgain(path=("id",))
    stood_for = [UUID(one) for one in merge.kept["stood_for"]]
    back = {gone.id, *stood_for}
    await _point(act, stood_for, gone.id)
    gone.merged_into_id = None
    gone.merged_ids = stood_for
    gone.version += 1
    gone.updated_at = clock.now()
    kept.merged_ids = [one for one in kept.merged_ids if one not in back]
    await act.session.flush()
    await return_portal_places(
        act.session, [UUID(place) for place in merge.kept["places"]], held_by=kept.id, to=gone.id
    )
    now = await card_of(act, kept)
    card = _given_back(now, before=_read(merge.kept["before"]), after=_read(merge.kept["after"]))
    if card != now:
        await write_card(act, kept, checked_card(card, known=known_tax_id(card)), before=now)
    merge.undone_at, merge.undone_by = clock.now(), act.viewer.id
    await act.session.flush()
    return Merge(merge.id, kept.id)


async def _known(act: Act, surviving_id: UUID | str, key: str | None) -> Merge | None:
    """The merge that this key made. Raises RequestKeyUsed where it made another one."""
    if key is None:
        return None
    contact = await act.find(
        Contact, surviving_id, Scope.CONTACTS, Action.EDIT, what="contact", path=("survivingId",), lock=False
    )
    done = await act.session.scalar(
        select(ContactMerge).where(
            col(ContactMerge.company_id) == contact.company_id, col(ContactMerge.request_key) == key
        )
    )
    if done is None:
        return None
    if done.surviving_id != contact.id:
        raise RequestKeyUsed(path=("requestKey",))
    return Merge(done.id, done.surviving_id)


async def _both(act: Act, surviving_id: UUID | str, merged_id: UUID | str) -> tuple[Contact, Contact]:
    """Both cards, locked; the turn of their book comes first, so that two merges never wait for each other."""
    first = await act.find(
        Contact, surviving_id, Scope.CONTACTS, Action.EDIT, what="contact", path=("survivingId",), lock=False
    )
    await take_turn(act, first.company_id)
    kept = await found(act, surviving_id, path=("survivingId",))
    gone = await found(act, merged_id, path=("mergedId",))
    await act.session.refresh(kept)
    if gone.company_id != kept.company_id:
        raise NotFound("contact", path=("mergedId",))
    return kept, gone


async def _point(act: Act, contact_ids: list[UUID], to: UUID) -> None:
    """Each of these cards now names the one that stands for it; there are no chains."""
    if contact_ids:
        await act.session.execute(
            update(Contact)
            .where(col(Contact.id).in_(contact_ids))
            .values(merged_into_id=to, version=col(Contact.version) + 1, updated_at=clock.now())
        )


def _given_back(now: Card, *, before: Card, after: Card) -> Card:
    """The card without what the merge gave it, field by field; what was changed since stays."""
    values = {
        item.name: getattr(before if getattr(now, item.name) == getattr(after, item.name) else now, item.name)
        for item in fields(Card)
    }
    if values["tax_id"] != now.tax_id:
        values["tax_id_type"] = before.tax_id_type
        values["vies_answer"], values["vies_checked_on"] = before.vies_answer, before.vies_checked_on
    return Card(**values)


_RATES = ("sales_withholding_rate", "purchase_withholding_rate")


def _stored(card: Card) -> dict[str, Any]:
    values = asdict(card)
    texts = {name: values[name] and str(values[name]) for name in (*_RATES, "vies_checked_on")}
    return {**values, **texts}


def _read(stored: dict[str, Any]) -> Card:
    terms = stored["terms"]
    return Card(
        **{
            **stored,
            **{name: Decimal(stored[name]) for name in _RATES if stored.get(name)},
            "vies_checked_on": date.fromisoformat(asked)
            if (asked := stored.get("vies_checked_on"))
            else None,
            "terms": PaymentTerms(
                days=tuple(terms["days"]), month_end=terms["month_end"], pay_days=tuple(terms["pay_days"])
            ),
            "tags": tuple(stored["tags"]),
            "ibans": tuple(CardIban(**iban) for iban in stored["ibans"]),
        }
    )
