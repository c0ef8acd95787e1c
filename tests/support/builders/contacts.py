"""A contact book with something of everything: a whole card, one merged into it, a list that was taken in."""

from uuid import UUID

from services.access.interface import Act
from services.contacts.actions import NewContact, create_contact
from services.contacts.actions.merging import merge_contacts
from services.contacts.models import ContactImport
from services.contacts.rules.cards import CardIban
from services.kit.ids import new_id


async def customer_with_a_twin(act: Act, company_id: UUID) -> tuple[UUID, UUID]:
    """This will give a customer with an account, and the card that was merged into it."""
    customer = await create_contact(
        act,
        NewContact(
            company_id=company_id,
            name="Clara Vidal",
            email=f"clara.{new_id().hex[-12:]}@example.test",
            tax_id="B28015865",
            address="Carrer Major 1",
            postcode="17001",
            city="Girona",
            is_customer=True,
            is_supplier=True,
            ibans=(CardIban(iban="ES9121000418450200051332"),),
        ),
    )
    twin = await create_contact(act, NewContact(company_id=company_id, name="Clara Vidal Font"))
    await merge_contacts(act, surviving_id=customer, merged_id=twin)
    act.session.add(
        ContactImport(
            company_id=company_id,
            filename="contacts.csv",
            file_sha256="a" * 64,
            added_count=0,
            updated_count=0,
            skipped_count=1,
            imported_by=act.viewer.id,
            request_key="world",
        )
    )
    return customer, twin
