"""What people do with contacts, in GraphQL."""

from typing import Any

import strawberry

from services.access.guard import (
    Guard,
    Refusal,
    Touched,
    mutation,
    payload,
    refusal_of,
    refusals,
    touched,
)
from services.access.interface import Info
from services.access.policy import Action, Scope
from services.contacts import actions
from services.contacts.actions import merging
from services.contacts.actions.refusals import ContactsSimilar
from services.contacts.rules.cards import CardIban, PaymentMethod, ViesAnswer
from services.contacts.rules.terms import NO_TERMS, PaymentTerms
from services.contacts.schema.archiving import ArchivingMutation
from services.contacts.schema.imports import ImportMutation
from services.contacts.schema.reads import Contact, ContactMerge
from services.kit.scalars import Date, Money

EDIT = Guard(Scope.CONTACTS, Action.EDIT)


@strawberry.input(
    description="When what is agreed falls due. Several days make equal instalments: [30, 60, 90]."
)
class PaymentTermsInput:
    days: list[int] = strawberry.field(
        default_factory=list, description="Days after issue, one per instalment: 0 to 365, at most 12."
    )
    month_end: bool = strawberry.field(default=False, description="Move each date to the end of its month.")
    pay_days: list[int] = strawberry.field(
        default_factory=list, description="Then to the next of these days of the month, 1 to 31; at most 6."
    )

    def as_terms(self) -> PaymentTerms:
        """This will give the terms as the rules know them, not yet checked."""
        return PaymentTerms(days=tuple(self.days), month_end=self.month_end, pay_days=tuple(self.pay_days))


@strawberry.input(description="A bank account on a card: a new number, or the id of one that stays.")
class ContactIbanInput:
    id: strawberry.ID | None = strawberry.field(
        default=None, description="An account of the card that stays as it is."
    )
    iban: str | None = strawberry.field(default=None, description="The number of a new one.")
    is_default: bool = strawberry.field(
        default=False, description="Whether payments use it; the first if none is named."
    )


@strawberry.input(description="A new contact.")
class CreateContactInput:
    company_id: strawberry.ID = strawberry.field(description="The company whose book it enters.")
    name: str = strawberry.field(description="Name or business name, 1 to 200 signs.")
    trade_name: str | None = strawberry.field(default=None, description="Name it trades under.")
    tax_id: str | None = strawberry.field(default=None, description="Spanish NIF or intra-EU VAT number.")
    email: str | None = strawberry.field(default=None, description="Address for documents.")
    address: str | None = strawberry.field(default=None, description="Street and number.")
    postcode: str | None = strawberry.field(default=None, description="Postcode.")
    city: str | None = strawberry.field(default=None, description="Town.")
    province: str | None = strawberry.field(default=None, description="Province.")
    country: str = strawberry.field(default="ES", description="ISO 3166 code.")
    phone: str | None = strawberry.field(default=None, description="Telephone.")
    language: str = strawberry.field(default="es", description="Of its documents: es, en, ca or sv.")
    is_customer: bool = strawberry.field(default=False, description="Whether the company sells to it.")
    is_supplier: bool = strawberry.field(default=False, description="Whether the company buys from it.")
    payment_terms: PaymentTermsInput | None = strawberry.field(default=None, description="When it falls due.")
    payment_method: PaymentMethod | None = strawberry.field(default=None, description="How it pays.")
    income_account_code: str | None = strawberry.field(default=None, description="Account of sales.")
    expense_account_code: str | None = strawberry.field(default=None, description="Account of purchases.")
    sales_tax_code: str | None = strawberry.field(default=None, description="Tax code of sales, as S21.")
    purchase_tax_code: str | None = strawberry.field(default=None, description="Tax code of purchases.")
    sales_withholding_rate: Money | None = strawberry.field(
        default=None, description="IRPF it withholds, in per cent."
    )
    purchase_withholding_rate: Money | None = strawberry.field(
        default=None, description="IRPF withheld from it, in per cent."
    )
    vies_answer: ViesAnswer | None = strawberry.field(
        default=None, description="What VIES said of its VAT number, with the day."
    )
    vies_checked_on: Date | None = strawberry.field(default=None, description="The day VIES was asked.")
    tags: list[str] = strawberry.field(default_factory=list, description="At most 20 words.")
    notes: str | None = strawberry.field(default=None, description="Notes that the contact never sees.")
    ibans: list[ContactIbanInput] = strawberry.field(
        default_factory=list, description="Its bank accounts, at most 10."
    )
    accept_similar: bool = strawberry.field(
        default=False,
        description="Whether cards with this e-mail or a name like it are known to be other businesses.",
    )
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one contact."
    )


@strawberry.input(description="Changes of a card; what is left out stays, null empties.")
class UpdateContactInput:
    id: strawberry.ID = strawberry.field(description="The contact.")
    version: int = strawberry.field(description="The version that was read; another one is refused.")
    name: str | None = strawberry.field(default=strawberry.UNSET, description="1 to 200 signs.")
    trade_name: str | None = strawberry.field(default=strawberry.UNSET, description="Name it trades under.")
    tax_id: str | None = strawberry.field(default=strawberry.UNSET, description="Tax identifier.")
    email: str | None = strawberry.field(default=strawberry.UNSET, description="Address for documents.")
    address: str | None = strawberry.field(default=strawberry.UNSET, description="Street and number.")
    postcode: str | None = strawberry.field(default=strawberry.UNSET, description="Postcode.")
    city: str | None = strawberry.field(default=strawberry.UNSET, description="Town.")
    province: str | None = strawberry.field(default=strawberry.UNSET, description="Province.")
    country: str | None = strawberry.field(default=strawberry.UNSET, description="ISO 3166 code.")
    phone: str | None = strawberry.field(default=strawberry.UNSET, description="Telephone.")
    language: str | None = strawberry.field(default=strawberry.UNSET, description="es, en, ca or sv.")
    is_customer: bool | None = strawberry.field(default=strawberry.UNSET, description="Whether it buys.")
    is_supplier: bool | None = strawberry.field(default=strawberry.UNSET, description="Whether it sells.")
    payment_terms: PaymentTermsInput | None = strawberry.field(
        default=strawberry.UNSET, description="When it falls due."
    )
    payment_method: PaymentMethod | None = strawberry.field(
        default=strawberry.UNSET, description="How it pays."
    )
    income_account_code: str | None = strawberry.field(
        default=strawberry.UNSET, description="Account of sales."
    )
    expense_account_code: str | None = strawberry.field(
        default=strawberry.UNSET, description="Account of purchases."
    )
    sales_tax_code: str | None = strawberry.field(default=strawberry.UNSET, description="Tax code of sales.")
    purchase_tax_code: str | None = strawberry.field(
        default=strawberry.UNSET, description="Tax code of purchases."
    )
    sales_withholding_rate: Money | None = strawberry.field(
        default=strawberry.UNSET, description="IRPF it withholds, in per cent."
    )
    purchase_withholding_rate: Money | None = strawberry.field(
        default=strawberry.UNSET, description="IRPF withheld from it, in per cent."
    )
    vies_answer: ViesAnswer | None = strawberry.field(
        default=strawberry.UNSET, description="What VIES said of its VAT number; goes with another number."
    )
    vies_checked_on: Date | None = strawberry.field(
        default=strawberry.UNSET, description="The day VIES was asked."
    )
    tags: list[str] | None = strawberry.field(default=strawberry.UNSET, description="At most 20 words.")
    notes: str | None = strawberry.field(default=strawberry.UNSET, description="Never shown to the contact.")
    ibans: list[ContactIbanInput] | None = strawberry.field(
        default=strawberry.UNSET, description="All its accounts: those left out go."
    )


@payload
class CreateContactPayload:
    """The contact that was made, or why none was."""

    contact: Touched[Contact] = touched()
    similar: list[Touched[Contact]] = touched(
        "Cards that may be the same business, where that is the refusal."
    )
    refusals: list[Refusal] = refusals()


@payload
class ContactPayload:
    """The contact as it is now, or why nothing was changed."""

    contact: Touched[Contact] = touched()
    refusals: list[Refusal] = refusals()


@payload
class ContactMergePayload:
    """The merge and the card that stands for both now, or why nothing was changed."""

    merge: Touched[ContactMerge] = touched()
    contact: Touched[Contact] = touched("The card that was kept.")
    refusals: list[Refusal] = refusals()


@strawberry.type
class Mutation(ImportMutation, ArchivingMutation):
    @mutation(guard=EDIT)
    async def create_contact(self, info: Info, input: CreateContactInput) -> CreateContactPayload:
        """Puts a new contact into a company's book; asks first where there may be one already."""
        try:
            async with info.context.write() as act:
                made = await actions.create_contact(act, _new(input))
        except ContactsSimilar as refused:
            return CreateContactPayload(
                similar=list(refused.contact_ids), refusals=[refusal_of(info, refused)]
            )
        return CreateContactPayload(contact=made)

    @mutation(guard=EDIT)
    async def update_contact(self, info: Info, input: UpdateContactInput) -> ContactPayload:
        """Changes a card that nobody else has changed since it was read."""
        changes, kept = _changes(input)
        async with info.context.write() as act:
            changed = await actions.update_contact(
                act, input.id, version=input.version, changes=changes, kept_ibans=kept
            )
        return ContactPayload(contact=changed)

    @mutation(guard=EDIT)
    async def archive_contact(self, info: Info, id: strawberry.ID) -> ContactPayload:
        """Takes a card out of lists and choices; documents and entries stay."""
        async with info.context.write() as act:
            changed = await actions.archive_contact(act, id)
        return ContactPayload(contact=changed)

    @mutation(guard=EDIT)
    async def restore_contact(self, info: Info, id: strawberry.ID) -> ContactPayload:
        """Brings an archived card back."""
        async with info.context.write() as act:
            changed = await actions.restore_contact(act, id)
        return ContactPayload(contact=changed)

    @mutation(guard=EDIT)
    async def merge_contacts(
        self, info: Info, surviving_id: strawberry.ID, merged_id: strawberry.ID, request_key: str
    ) -> ContactMergePayload:
        """Makes two cards of one book one: nothing is lost, and it can be undone.

        Papers and entries of the merged card stay as they are and are shown with the surviving one from now on.
        """
        async with info.context.write() as act:
            made = await merging.merge_contacts(
                act, surviving_id=surviving_id, merged_id=merged_id, request_key=request_key
            )
        return ContactMergePayload(merge=made.id, contact=made.surviving_id)

    @mutation(guard=EDIT)
    async def undo_contact_merge(self, info: Info, id: strawberry.ID) -> ContactMergePayload:
        """Makes a merged card stand by itself again, and gives back what the other took over from it."""
        async with info.context.write() as act:
            undone = await merging.undo_merge(act, id)
        return ContactMergePayload(merge=undone.id, contact=undone.surviving_id)


def _new(given: CreateContactInput) -> actions.NewContact:
    values = _card_values(given)
    accounts = _ibans(values.pop("ibans"))
    return actions.NewContact(
        **values,
        ibans=tuple(accounts),
        company_id=given.company_id,
        twins=actions.Twins.NOT_BY_TAX_ID if given.accept_similar else actions.Twins.ASK_FIRST,
        request_key=given.request_key,
    )


def _changes(given: UpdateContactInput) -> tuple[dict[str, Any], dict[int, str]]:
    """What was given, as fields of a card; and the accounts that are only named, by their place."""
    values = _card_values(given)
    kept: dict[int, str] = {}
    if "ibans" in values:
        asked = values["ibans"] or []
        kept = {place: str(one.id) for place, one in enumerate(asked) if one.id is not None}
        values["ibans"] = _ibans(asked)
    return values, kept


def _card_values(given: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in _CARD_FIELDS:
        value = getattr(given, name)
        if value is strawberry.UNSET:
            continue
        if value is None and name in _EMPTIED:
            value = _EMPTIED[name]
        values[name] = value
    if "payment_terms" in values:
        terms = values.pop("payment_terms")
        values["terms"] = terms.as_terms() if terms is not None else NO_TERMS
    for name in ("payment_method", "vies_answer"):
        if values.get(name) is not None:
            values[name] = values[name].value
    return values


def _ibans(asked: Any) -> list[CardIban]:
    return [CardIban(iban=one.iban or "", is_default=one.is_default) for one in asked or ()]


_CARD_FIELDS = (
    *("name", "trade_name", "tax_id", "email", "address", "postcode", "city", "province", "country", "phone"),
    *("language", "is_customer", "is_supplier", "payment_terms", "payment_method", "income_account_code"),
    *("expense_account_code", "sales_tax_code", "purchase_tax_code", "sales_withholding_rate"),
    *("purchase_withholding_rate", "vies_answer", "vies_checked_on", "tags", "notes", "ibans"),
)
_EMPTIED: dict[str, Any] = {
    "name": "",
    "country": "",
    "language": "",
    "is_customer": False,
    "is_supplier": False,
    "tags": (),
}
"""What null means where a card always has something: an empty name is then refused like any other."""
