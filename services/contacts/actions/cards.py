"""Cards: made, changed, archived and restored."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.contacts.actions.duplicates import look_alikes, refuse_taken_tax_id, take_turn
from services.contacts.actions.refusals import ContactChanged, ContactMerged, ContactsSimilar
from services.contacts.models import Contact, ContactIban
from services.contacts.rules.cards import Card, CardIban, checked_card, known_tax_id
from services.contacts.rules.names import match_key
from services.contacts.rules.terms import PaymentTerms
from services.kit import clock
from services.kit.errors import NotFound
from services.kit.ids import new_id
from services.kit.request_keys import checked_request_key
from services.kit.search import search_text, sort_name

SEARCHED_SIGNS_MAX = 400
"""Of name, trade name, tax identifier and e-mail: as many as an index entry holds beside the rest."""

PATH = ("input", "id")


class Twins(Enum):
    """What a new card does about cards that may be the same business.

    People are asked first and may say that a name or an e-mail is somebody else's, never a tax identifier. Acts that
    have looked by themselves allow all.
    """

    ALLOWED = "ALLOWED"
    NOT_BY_TAX_ID = "NOT_BY_TAX_ID"
    ASK_FIRST = "ASK_FIRST"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact(Card):
    """What is entered on a new card. `request_key` makes sending twice harmless."""

    company_id: UUID | str
    twins: Twins = Twins.ALLOWED
    request_key: str | None = None


async def create_contact(act: Act, new: NewContact) -> UUID:
    """This will put a contact into a company's book and give its id; the same request key gives the same contact.

    Needs CONTACTS EDIT in the company. Raises what checked_card raises, TaxIdTaken, ContactsSimilar.
    """
    company_id = await act.may(
        new.company_id, Scope.CONTACTS, Action.EDIT, what="company", path=("companyId",)
    )
    if act.owns_only(Scope.CONTACTS):
        raise NotFound("company", path=("companyId",))
    request_key = checked_request_key(new.request_key, "input.requestKey")
    card = checked_card(Card(**{item.name: getattr(new, item.name) for item in fields(Card)}))
    await take_turn(act, company_id)
    if request_key is not None:
        known = await act.session.scalar(
            select(col(Contact.id)).where(
                col(Contact.company_id) == company_id, col(Contact.request_key) == request_key
            )
        )
        if known is not None:
            return known
    if new.twins is not Twins.ALLOWED:
        await refuse_taken_tax_id(act, company_id, card.tax_id)
    if new.twins is Twins.ASK_FIRST:
        found = await look_alikes(act, company_id, card)
        if found:
            raise ContactsSimilar([one.id for one in found], [one.name for one in found])
    contact = Contact(id=new_id(), company_id=company_id, request_key=request_key, **columns_of(card))
    act.session.add(contact)
    await act.session.flush()
    await write_ibans(act, company_id, contact.id, card.ibans)
    return contact.id


async def update_contact(
    act: Act,
    contact_id: UUID | str,
    *,
    version: int,
    changes: Mapping[str, Any],
    kept_ibans: Mapping[int, str] | None = None,
) -> UUID:
    """This will change what is named in `changes` (fields of Card) on a card that is as the caller read it.

    `kept_ibans` names, by place in `changes["ibans"]`, accounts that stay as they are: who may not read a number can
    keep it. Needs CONTACTS EDIT. Raises ContactChanged, ContactMerged, TaxIdTaken, what checked_card raises.
    """
    contact = await found(act, contact_id)
    if contact.version != version:
        raise ContactChanged(path=("input", "version"))
    before = await card_of(act, contact)
    if "ibans" in changes:
        changes = {**changes, "ibans": await _kept(act, contact, changes["ibans"], kept_ibans or {})}
    wanted = replace(before, **changes)
    if wanted.tax_id != before.tax_id and "vies_answer" not in changes:
        # What the register said of the old number says nothing of the new one.
        wanted = replace(wanted, vies_answer=None, vies_checked_on=None)
    card = checked_card(wanted, known=known_tax_id(before))
    await take_turn(act, contact.company_id)
    if card.tax_id != before.tax_id:
        await refuse_taken_tax_id(act, contact.company_id, card.tax_id, but=contact.id)
    if card != before:
        await write_card(act, contact, card, before=before)
    return contact.id


async def archive_contact(act: Act, contact_id: UUID | str) -> UUID:
    """This will take a card out of lists and choices; its documents and entries stay. Doing it again changes nothing.

    Needs CONTACTS EDIT.
    """
    contact = await found(act, contact_id)
    if contact.archived_at is None:
        contact.archived_at = clock.now()
        _count(contact)
        await act.session.flush()
    return contact.id


async def restore_contact(act: Act, contact_id: UUID | str) -> UUID:
    """This will bring an archived card back. Needs CONTACTS EDIT."""
    contact = await found(act, contact_id)
    if contact.archived_at is not None:
        contact.archived_at = None
        _count(contact)
        await act.session.flush()
    return contact.id


async def found(act: Act, contact_id: UUID | str, *, path: tuple[str, ...] = PATH) -> Contact:
    """This will give a card to change, locked. Raises NotFound, Denied, ContactMerged."""
    contact = await act.find(Contact, contact_id, Scope.CONTACTS, Action.EDIT, what="contact", path=path)
    if act.owns_only(Scope.CONTACTS):
        raise NotFound("contact", path=path)
    if contact.merged_into_id is not None:
        name = await act.session.scalar(
            select(col(Contact.name)).where(col(Contact.id) == contact.merged_into_id)
        )
        raise ContactMerged(path=path, name=name or "")
    return contact


async def card_of(act: Act, contact: Contact) -> Card:
    """This will give what a person may write on a card, as it stands."""
    ibans = await act.session.scalars(
        select(ContactIban)
        .where(col(ContactIban.contact_id) == contact.id)
        .order_by(col(ContactIban.position))
    )
    plain = {name: getattr(contact, name) for name in _SAME}
    return Card(
        **plain,
        country=contact.country or "ES",
        terms=PaymentTerms(
            days=tuple(contact.terms_days),
            month_end=contact.terms_month_end,
            pay_days=tuple(contact.terms_pay_days),
        ),
        tags=tuple(contact.tags),
        ibans=tuple(
            CardIban(iban=one.iban, is_default=one.is_default, bank_name=one.bank_name, bic=one.bic)
            for one in ibans
        ),
    )


async def write_card(act: Act, contact: Contact, card: Card, *, before: Card) -> None:
    """This will put a checked card into its row and count the change."""
    for name, value in columns_of(card).items():
        if getattr(contact, name) != value:
            setattr(contact, name, value)
    _count(contact)
    await act.session.flush()
    if card.ibans != before.ibans:
        await _replace_ibans(act, contact, card.ibans)


async def _replace_ibans(act: Act, contact: Contact, ibans: Sequence[CardIban]) -> None:
    """Accounts that stay keep their row, so the change log tells of those alone that came or went."""
    of_card = col(ContactIban.contact_id) == contact.id
    stays = col(ContactIban.iban).in_([one.iban for one in ibans])
    await act.session.execute(delete(ContactIban).where(of_card, ~stays))
    # One default at a time: the index knows no deferring.
    await act.session.execute(update(ContactIban).where(of_card).values(is_default=False))
    for position, one in enumerate(ibans, start=1):
        values = {**asdict(one), "position": position}
        await act.session.execute(
            insert(ContactIban)
            .values(id=new_id(), company_id=contact.company_id, contact_id=contact.id, **values)
            .on_conflict_do_update(constraint="contact_iban_once", set_=values)
        )


async def write_ibans(act: Act, company_id: UUID, contact_id: UUID, ibans: Sequence[CardIban]) -> None:
    """This will add the accounts of a card that has none."""
    act.session.add_all(
        ContactIban(
            id=new_id(), company_id=company_id, contact_id=contact_id, position=position, **asdict(iban)
        )
        for position, iban in enumerate(ibans, start=1)
    )
    await act.session.flush()


def columns_of(card: Card) -> dict[str, Any]:
    """A checked card as columns of its row, with what search, order and look-alikes need."""
    return {
        **{name: getattr(card, name) for name in _SAME},
        "country": card.country,
        "terms_days": list(card.terms.days),
        "terms_month_end": card.terms.month_end,
        "terms_pay_days": list(card.terms.pay_days),
        "tags": list(card.tags),
        "search_text": search_text(card.name, card.trade_name, card.tax_id, card.email)[:SEARCHED_SIGNS_MAX],
        "sort_name": sort_name(card.name),
        "match_key": match_key(card.name),
    }


_SAME = tuple(item.name for item in fields(Card) if item.name not in {"terms", "tags", "ibans", "country"})


def _count(contact: Contact) -> None:
    contact.version += 1
    contact.updated_at = clock.now()


async def _kept(
    act: Act, contact: Contact, given: Sequence[CardIban], kept: Mapping[int, str]
) -> tuple[CardIban, ...]:
    """The accounts as asked for, with the numbers of those that are only named by their id."""
    if not kept:
        return tuple(given)
    rows = await act.session.execute(
        select(col(ContactIban.id), col(ContactIban.iban)).where(col(ContactIban.contact_id) == contact.id)
    )
    numbers = {str(row[0]): row[1] for row in rows}
    made = list(given)
    for place, iban_id in kept.items():
        if iban_id not in numbers:
            raise NotFound("bank account", path=("input", "ibans", str(place), "id"))
        made[place] = replace(made[place], iban=numbers[iban_id])
    return tuple(made)
