"""What other modules may use of the contact book."""

from uuid import UUID

from sqlalchemy import ARRAY, Table, Text, cast, func, select
from sqlalchemy.dialects.postgresql import array
from sqlmodel import col

from services.access.interface import Act, as_id
from services.access.policy import Action, Scope
from services.contacts.actions import NewContact, create_contact
from services.contacts.models import Contact, ContactIban
from services.contacts.queries import stands_for
from services.contacts.rules.cards import PaymentMethod
from services.contacts.rules.identifiers import check_iban, check_tax_id
from services.contacts.rules.terms import PaymentTerms, checked_terms, due_dates
from services.kit.db import table_of
from services.kit.errors import BadInput, NotFound
from services.kit.reads import Expression, Row

__all__ = [
    "NewContact",
    "PaymentMethod",
    "PaymentTerms",
    "check_iban",
    "checked_terms",
    "contact_table",
    "create_contact",
    "due_dates",
    "ibans_of",
    "named_as",
    "stands_for",
    "supplier_for",
    "surviving_contact",
    "surviving_id",
]


def contact_table() -> Table:
    """Contacts, for joins that show who a document is made out to. Row-level security still binds them."""
    return table_of(Contact)


def surviving_id(contact: Row) -> Expression:
    """The card that stands for a contact now: what reports group by. Its own id unless it was merged."""
    return func.coalesce(contact.c.merged_into_id, contact.c.id)


def ibans_of(contact: Row) -> Expression:
    """The account numbers on a contact's card as an array, empty where it has none: what bank lines are matched by."""
    iban = table_of(ContactIban)
    listed = select(func.array_agg(iban.c.iban)).where(iban.c.contact_id == contact.c.id)
    return func.coalesce(listed.scalar_subquery(), cast(array([]), ARRAY(Text)))


def named_as(contact_id: Expression, asked: Expression) -> Expression:
    """Whether `contact_id` names the asked card or one that was merged into it: how lists filter by contact."""
    contact = table_of(Contact).alias("asked_contact")
    group = select(func.unnest(func.array_append(contact.c.merged_ids, contact.c.id))).where(
        contact.c.id == asked
    )
    return contact_id.in_(group)


async def surviving_contact(
    act: Act, company_id: UUID, contact_id: UUID | str, *, path: tuple[str, ...] = ("contactId",)
) -> UUID:
    """This will give the card that new papers of a contact belong to: the contact, or the one it was merged into.

    The caller has checked the scope of its own module. Raises NotFound for a contact of another company.
    """
    contact = table_of(Contact)
    found: UUID | None = await act.session.scalar(
        select(surviving_id(contact)).where(
            contact.c.id == as_id(contact_id, "contact", path), contact.c.company_id == company_id
        )
    )
    if found is None:
        raise NotFound("contact", path=path)
    return found


async def supplier_for(
    act: Act,
    company_id: UUID,
    *,
    contact_id: UUID | None = None,
    name: str | None = None,
    tax_id: str | None = None,
) -> UUID:
    """This will give the supplier a paper comes from: the contact named, the one with this tax id, or a new one.

    Needs CONTACTS VIEW in the company, and CONTACTS EDIT where a contact is made. Raises NotFound for a contact of
    another company, BadInput where nothing says who it is, and what `create_contact` raises.
    """
    await act.may(company_id, Scope.CONTACTS, Action.VIEW, path=("companyId",))
    if contact_id is not None:
        return await surviving_contact(act, company_id, contact_id, path=("supplierId",))
    if tax_id:
        checked = check_tax_id(tax_id, path=("input", "supplierTaxId"))
        known: UUID | None = await act.session.scalar(
            select(surviving_id(table_of(Contact)))
            .where(col(Contact.company_id) == company_id, col(Contact.tax_id) == checked.value)
            .order_by(col(Contact.is_supplier).desc(), col(Contact.id))
            .limit(1)
        )
        if known is not None:
            return known
    if not name:
        raise BadInput("supplierName", "name the supplier or choose one")
    return await create_contact(
        act, NewContact(company_id=company_id, name=name, tax_id=tax_id, is_supplier=True)
    )
