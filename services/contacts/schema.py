"""The contact book in GraphQL."""

from enum import Enum

import strawberry

from services.access.guard import (
    Guard,
    Refusal,
    Touched,
    column,
    connection,
    expr,
    extends,
    mutation,
    node,
    payload,
    refusals,
    single,
    touched,
)
from services.access.interface import Info
from services.access.policy import Action, Scope
from services.contacts import actions, queries
from services.kit.pages import Connection
from services.kit.scalars import DateTime

VIEW = Guard(Scope.CONTACTS)
EDIT = Guard(Scope.CONTACTS, Action.EDIT)


@node(queries.CONTACT, VIEW)
class Contact:
    """Entry of one company's contact book: a customer, a supplier, or both."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company whose book this is.")
    name: str = column("Name or business name, as it prints on documents.")
    tax_id_type: str | None = column("Kind of tax identifier: DNI, NIE, CIF, NIF, EU_VAT or OTHER.")
    tax_id: str | None = column("Tax identifier without blanks or separators, such as B28015865.")
    address: str | None = column("Street and number.")
    country: str | None = column("ISO 3166 code of the country.")
    province: str | None = column("Province or region.")
    city: str | None = column("Town.")
    postcode: str | None = column("Postcode, kept as text.")
    email: str | None = column("Address for documents and for the portal.")
    phone: str | None = column("Telephone, as entered.")
    is_customer: bool = column("Whether the company sells to it.")
    is_supplier: bool = column("Whether the company buys from it.")
    created_at: DateTime = column("When the card was made.")


@strawberry.enum(description="Order of a list of contacts.")
class ContactOrder(Enum):
    NAME_ASC = "NAME_ASC"
    NAME_DESC = "NAME_DESC"
    CREATED_ASC = "CREATED_ASC"
    CREATED_DESC = "CREATED_DESC"


@strawberry.input(description="Which contacts a list holds; conditions are joined by AND.")
class ContactFilter:
    search: str | None = strawberry.field(
        default=None, description="Part of name, tax identifier or e-mail; accents and case are ignored."
    )
    new_only: bool | None = strawberry.field(
        default=None, description="Only those created in the last 15 days, today included."
    )
    customer: bool | None = strawberry.field(default=None, description="Only (or only not) customers.")
    supplier: bool | None = strawberry.field(default=None, description="Only (or only not) suppliers.")


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
    def contacts(
        self,
        company_id: strawberry.ID | None = None,
        filter: ContactFilter | None = None,
        order_by: ContactOrder = ContactOrder.NAME_ASC,
        first: int = 50,
        after: str | None = None,
    ) -> Connection[Contact] | None:
        """Contacts of one company, or of all companies within reach. At most 200 a page."""

    @single(lambda row, values, ask: row.c.id == values["id"])
    def contact(self, id: strawberry.ID) -> Contact | None:
        """One contact; null if there is none with this id within reach."""


@strawberry.input(description="A new contact.")
class CreateContactInput:
    company_id: strawberry.ID = strawberry.field(description="The company whose book it enters.")
    name: str = strawberry.field(description="Name or business name, 1 to 200 signs.")
    tax_id: str | None = strawberry.field(default=None, description="Spanish NIF or intra-EU VAT number.")
    email: str | None = strawberry.field(default=None, description="Address for documents.")
    address: str | None = strawberry.field(default=None, description="Street and number.")
    postcode: str | None = strawberry.field(default=None, description="Postcode.")
    city: str | None = strawberry.field(default=None, description="Town.")
    province: str | None = strawberry.field(default=None, description="Province.")
    country: str = strawberry.field(default="ES", description="ISO 3166 code.")
    phone: str | None = strawberry.field(default=None, description="Telephone.")
    is_customer: bool = strawberry.field(default=False, description="Whether the company sells to it.")
    is_supplier: bool = strawberry.field(default=False, description="Whether the company buys from it.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one contact."
    )


@payload
class CreateContactPayload:
    """The contact that was made, or why none was."""

    contact: Touched[Contact] = touched()
    refusals: list[Refusal] = refusals()


@strawberry.type
class Mutation:
    @mutation(guard=EDIT)
    async def create_contact(self, info: Info, input: CreateContactInput) -> CreateContactPayload:
        """Puts a new contact into a company's book."""
        async with info.context.write() as act:
            made = await actions.create_contact(act, actions.NewContact.of(input))
        return CreateContactPayload(contact=made)
