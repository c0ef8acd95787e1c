"""Writes of the contact book."""

from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.contacts.models import Contact
from services.contacts.rules import check_tax_id
from services.kit.errors import BadInput
from services.kit.ids import new_id
from services.kit.search import search_text, sort_name

NAME_LENGTH_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """What is entered on a new card. `request_key` makes sending twice harmless."""

    company_id: UUID
    name: str
    tax_id: str | None = None
    email: str | None = None
    address: str | None = None
    postcode: str | None = None
    city: str | None = None
    province: str | None = None
    country: str = "ES"
    phone: str | None = None
    is_customer: bool = False
    is_supplier: bool = False
    request_key: str | None = None

    @classmethod
    def of(cls, given: Any) -> Self:
        """This will take the fields of a GraphQL input by their names."""
        values = {name: getattr(given, name) for name in cls.__slots__}
        return cls(**values)


async def create_contact(act: Act, new: NewContact) -> UUID:
    """This will put a contact into a company's book and give its id; the same request key gives the same contact.

    Needs CONTACTS EDIT in the company. Raises BadInput for an empty or overlong name or a tax id that fails its check.
    """
    company_id = await act.may(
        new.company_id, Scope.CONTACTS, Action.EDIT, what="company", path=("companyId",)
    )
    name = new.name.strip()
    if not 1 <= len(name) <= NAME_LENGTH_MAX:
        raise BadInput("input.name", "give a name of 1 to {most} signs", most=NAME_LENGTH_MAX)
    tax_id = check_tax_id(new.tax_id, country=new.country, path=("input", "taxId")) if new.tax_id else None
    if new.request_key is not None:
        known = await act.session.scalar(
            select(col(Contact.id)).where(
                col(Contact.company_id) == company_id, col(Contact.request_key) == new.request_key
            )
        )
        if known is not None:
            return known
    contact = Contact(
        id=new_id(),
        company_id=company_id,
        name=name,
        search_text=search_text(name, tax_id.value if tax_id else None, new.email),
        sort_name=sort_name(name),
        tax_id_type=tax_id.type if tax_id else None,
        tax_id=tax_id.value if tax_id else None,
        address=new.address,
        country=new.country,
        province=new.province,
        city=new.city,
        postcode=new.postcode,
        email=new.email.strip().lower() if new.email else None,
        phone=new.phone,
        is_customer=new.is_customer,
        is_supplier=new.is_supplier,
        request_key=new.request_key,
    )
    act.session.add(contact)
    await act.session.flush()
    return contact.id
