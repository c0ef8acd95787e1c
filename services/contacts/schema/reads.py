"""Contacts, their accounts and merges, as they are read."""

from enum import Enum
from typing import Any

import strawberry

from services.access.guard import (
    Guard,
    column,
    connection,
    expr,
    extends,
    many,
    node,
    one,
    part,
    resolved,
    single,
)
from services.access.interface import Act, Info
from services.access.policy import Action, Role, Scope
from services.contacts import queries
from services.contacts.actions.duplicates import duplicates_of
from services.contacts.rules.cards import PaymentMethod, ViesAnswer
from services.contacts.rules.names import Likeness
from services.kit.errors import NotFound
from services.kit.pages import Connection
from services.kit.scalars import Date, DateTime, Money

VIEW = Guard(Scope.CONTACTS)
INTERNAL = Guard(Scope.CONTACTS, roles=frozenset(Role) - {Role.PORTAL_CONTACT})
"""What a company keeps about a contact and never shows to it."""

IBAN = Guard(Scope.BANKING)
"""Whole account numbers are for who may see the bank; others recognise them by their ends."""

DUPLICATES_MAX = 200

strawberry.enum(PaymentMethod, description="How money usually goes to or comes from a contact.")
strawberry.enum(ViesAnswer, description="What VIES, the EU's register of VAT numbers, answered.")
strawberry.enum(Likeness, description="Why two cards may be the same business.")


@node(queries.CONTACT, VIEW)
class ContactTerms:
    """When what is agreed with a contact falls due."""

    days: list[int] = column(
        "Days after issue, one per instalment; empty: due on the day of issue.", name="terms_days"
    )
    month_end: bool = column("Whether each date moves to the end of its month.", name="terms_month_end")
    pay_days: list[int] = column(
        "Days of the month on which is paid: dates move to the next one. 31 is the last day.",
        name="terms_pay_days",
    )


@node(queries.CONTACT_IBAN, INTERNAL)
class ContactIban:
    """Bank account of a contact."""

    id: strawberry.ID = column("Stable identifier while it stands on the card.")
    iban: str | None = column("The whole number; for who may see the bank.", guard=IBAN)
    masked: str = expr(queries.masked_iban, "First and last signs, such as ES91 **** 1332.", nullable=False)
    bank_name: str | None = column("The bank, where its number is known.")
    bic: str | None = column("BIC of the bank, where it is known.")
    is_default: bool = column("Whether payments use this one.")


@node(queries.CONTACT, VIEW)
class Contact:
    """Entry of one company's contact book: a customer, a supplier, or both."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company whose book this is.")
    name: str = column("Name or business name, as it prints on documents.")
    trade_name: str | None = column("Name it trades under, where that is another.")
    tax_id_type: str | None = column("Kind of tax identifier: DNI, NIE, CIF, NIF, EU_VAT or OTHER.")
    tax_id: str | None = column("Tax identifier without blanks or separators, such as B28015865.")
    address: str | None = column("Street and number.")
    country: str | None = column("ISO 3166 code of the country.")
    province: str | None = column("Province or region.")
    city: str | None = column("Town.")
    postcode: str | None = column("Postcode, kept as text.")
    email: str | None = column("Address for documents and for the portal.")
    phone: str | None = column("Telephone, as entered.")
    language: str = column("Language its documents are printed in: es, en, ca or sv.")
    is_customer: bool = column("Whether the company sells to it.")
    is_supplier: bool = column("Whether the company buys from it.")
    created_at: DateTime = column("When the card was made.")
    updated_at: DateTime | None = column("When the card was changed last.", guard=INTERNAL)
    version: int | None = column("Counts the changes; send it with a change.", guard=INTERNAL)
    archived_at: DateTime | None = column("When it was taken out of lists; null while it is in.")
    payment_terms: ContactTerms | None = part("When what is agreed falls due.", guard=INTERNAL)
    payment_method: PaymentMethod | None = column("How it usually pays or is paid.", guard=INTERNAL)
    income_account_code: str | None = column("Account that sales to it go to by default.", guard=INTERNAL)
    expense_account_code: str | None = column(
        "Account that purchases from it go to by default.", guard=INTERNAL
    )
    sales_tax_code: str | None = column("Tax code of sales to it by default.", guard=INTERNAL)
    purchase_tax_code: str | None = column("Tax code of purchases from it by default.", guard=INTERNAL)
    sales_withholding_rate: Money | None = column(
        "IRPF it withholds from sales to it, in per cent; null for none.", guard=INTERNAL
    )
    purchase_withholding_rate: Money | None = column(
        "IRPF the company withholds from its bills, in per cent; null for none.", guard=INTERNAL
    )
    vies_answer: ViesAnswer | None = column("What VIES said of its VAT number.", guard=INTERNAL)
    vies_checked_on: Date | None = column("The day VIES was asked.", guard=INTERNAL)
    tags: list[str] | None = column("Words the company sorts its contacts by.", guard=INTERNAL)
    notes: str | None = column("Notes of the company; the contact never sees them.", guard=INTERNAL)
    ibans: list[ContactIban] | None = many(
        queries.IBANS_OF, "Its bank accounts, as entered; at most 10.", guard=INTERNAL
    )
    merged_into: "Contact | None" = one(
        queries.MERGED_INTO, "The card that stands for this one since they were merged.", guard=INTERNAL
    )
    merged_from: "list[Contact] | None" = many(
        queries.STANDS_FOR, "Cards that were merged into this one; at most 100.", guard=INTERNAL
    )
    standing_merge: "ContactMerge | None" = one(
        queries.STANDING_MERGE_OF, "The merge that put another card in its place.", guard=INTERNAL
    )


@node(queries.CONTACT_MERGE, INTERNAL)
class ContactMerge:
    """Two cards made one."""

    id: strawberry.ID = column("Stable identifier; undoing asks for it.")
    company_id: strawberry.ID = column("The company whose book this is.")
    surviving: Contact | None = one(queries.SURVIVING_OF, "The card that stands for both.")
    merged: Contact | None = one(queries.MERGED_OF, "The card that was merged into it.")
    merged_at: DateTime = column("When.")
    undone_at: DateTime | None = column("When it was undone; null while it stands.")


@strawberry.enum(description="Order of a list of contacts.")
class ContactOrder(Enum):
    NAME_ASC = "NAME_ASC"
    NAME_DESC = "NAME_DESC"
    CREATED_ASC = "CREATED_ASC"
    CREATED_DESC = "CREATED_DESC"


@strawberry.enum(description="Order of a list of merges.")
class ContactMergeOrder(Enum):
    MERGED_DESC = "MERGED_DESC"


@strawberry.input(description="Which contacts a list holds; conditions are joined by AND.")
class ContactFilter:
    search: str | None = strawberry.field(
        default=None,
        description="Part of name, trade name, tax identifier or e-mail; one or two letters find names that"
        " begin so. Accents and case are ignored.",
    )
    new_only: bool | None = strawberry.field(
        default=None, description="Only those created in the last 15 days, today included."
    )
    customer: bool | None = strawberry.field(default=None, description="Only (or only not) customers.")
    supplier: bool | None = strawberry.field(default=None, description="Only (or only not) suppliers.")
    tag: str | None = strawberry.field(default=None, description="Only those with this tag, as written.")


@node(None, INTERNAL)
class DuplicateCard:
    """What tells two cards apart at a glance."""

    id: strawberry.ID = strawberry.field(description="The contact.")
    name: str = strawberry.field(description="Its name.")
    tax_id: str | None = strawberry.field(description="Its tax identifier.")
    email: str | None = strawberry.field(description="Its e-mail.")
    city: str | None = strawberry.field(description="Its town.")
    created_at: DateTime = strawberry.field(description="When the card was made.")


@node(None, INTERNAL)
class ContactDuplicate:
    """Two cards of one book that may be the same business."""

    older: DuplicateCard = strawberry.field(description="The card made first.")
    newer: DuplicateCard = strawberry.field(description="The card made later.")
    reasons: list[Likeness] = strawberry.field(description="Why, the surest first.")


@extends("PendingWork")
class PendingContacts:
    new_contacts: int | None = expr(
        queries.pending_new,
        "Contacts created in the last 15 days: the total of contacts(filter: {newOnly: true}).",
        guard=VIEW,
    )


@strawberry.type
class Query:
    @connection(queries.CONTACTS)
    def contacts(  # noqa: PLR0917 -- the form of every list
        self,
        company_id: strawberry.ID | None = None,
        filter: ContactFilter | None = None,
        archived: bool = False,  # noqa: FBT001, FBT002 -- GraphQL names it
        order_by: ContactOrder = ContactOrder.NAME_ASC,
        first: int = 50,
        after: str | None = None,
    ) -> Connection[Contact] | None:
        """Contacts of one company, or of all companies within reach; archived ones only. At most 200 a page."""

    @single(lambda row, values, ask: row.c.id == values["id"])
    def contact(self, id: strawberry.ID) -> Contact | None:
        """One contact; null if there is none with this id within reach."""

    @connection(queries.MERGES)
    def contact_merges(
        self,
        company_id: strawberry.ID | None = None,
        standing: bool | None = None,  # noqa: FBT001 -- GraphQL names it
        order_by: ContactMergeOrder = ContactMergeOrder.MERGED_DESC,
        first: int = 50,
        after: str | None = None,
    ) -> Connection[ContactMerge] | None:
        """Merges of cards, the newest first; `standing` those that were not undone. At most 200 a page."""

    @resolved(guard=INTERNAL, cap=DUPLICATES_MAX)
    async def contact_duplicates(
        self, info: Info, company_id: strawberry.ID
    ) -> list[ContactDuplicate] | None:
        """Pairs of cards of one book that may be the same business, the surest first, at most 200.

        By tax identifier, by e-mail, and by names that are the same but for accents, legal form, order of words or a
        slip of the hand. Null for a company outside reach.
        """
        context = info.context
        async with context.database.read(context.viewer.id) as session:
            act = Act(session, context.viewer)
            try:
                company = await act.may(company_id, Scope.CONTACTS, Action.VIEW, path=("companyId",))
            except NotFound:
                return None
            if act.owns_only(Scope.CONTACTS):
                return None
            found = await duplicates_of(session, company, most=DUPLICATES_MAX)
        return [
            ContactDuplicate(older=_glance(pair.older), newer=_glance(pair.newer), reasons=list(pair.reasons))
            for pair in found
        ]


def _glance(row: Any) -> DuplicateCard:
    return DuplicateCard(
        id=strawberry.ID(str(row.id)),
        name=row.name,
        tax_id=row.tax_id,
        email=row.email,
        city=row.city,
        created_at=row.created_at,
    )
