"""What other modules may use of the contact book."""

from uuid import UUID

from sqlalchemy import Table, select
from sqlmodel import col

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.contacts.actions import NewContact, create_contact
from services.contacts.models import Contact
from services.contacts.rules import check_tax_id
from services.kit.db import table_of
from services.kit.errors import BadInput, NotFound

__all__ = ["NewContact", "contact_table", "create_contact", "supplier_for"]


def contact_table() -> Table:
    """Contacts, for joins that show who a document is made out to. Row-level security still binds them."""
    return table_of(Contact)


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
        found = await act.session.scalar(
            select(col(Contact.id)).where(
                col(Contact.id) == contact_id, col(Contact.company_id) == company_id
            )
        )
        if found is None:
            raise NotFound("contact", path=("supplierId",))
        return found
    if tax_id:
        checked = check_tax_id(tax_id, path=("input", "supplierTaxId"))
        known = await act.session.scalar(
            select(col(Contact.id))
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
