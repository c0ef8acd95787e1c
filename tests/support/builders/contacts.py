"""A contact book with something of everything: a whole card, one merged into it, a list taken in; a big one."""

from uuid import UUID

import asyncpg
from sqlalchemy import text

from services.access.interface import Act
from services.contacts.actions import NewContact, create_contact
from services.contacts.actions.merging import merge_contacts
from services.contacts.models import ContactImport
from services.contacts.rules.cards import CardIban
from services.kit.db import Addresses, Database
from services.kit.ids import new_id

BIG_BOOK = 100_000
"""Cards that a search is measured over: five trades and seven families in turn, each with a number of its own."""

_FILL = text("""
    insert into contact (id, company_id, name, search_text, sort_name, match_key, tax_id, city, email, country,
        language, is_customer, is_supplier, terms_days, terms_month_end, terms_pay_days, tags, version, created_at,
        updated_at, merged_ids)
    select gen_random_uuid(), :company, k.name, concat_ws(' ', lower(k.name), lower(k.tax_id), k.email),
        lower(k.name), lower(k.name), k.tax_id, 'Girona', k.email, 'ES', 'es', true, false, '{}', false, '{}', '{}', 1,
        now(), now(), '{}'
      from generate_series(cast(:first as int), cast(:last as int)) n,
        lateral (select 'B' || lpad(n::text, 8, '0') as tax_id, 'info@taller' || n || '.example' as email,
            concat_ws(' ', (array['Talleres', 'Fusteria', 'Bodegas', 'Construcciones', 'Muebles'])[1 + n % 5],
                (array['Nunez', 'Garcia', 'Lopez', 'Puig', 'Roca', 'Vidal', 'Ferrer'])[1 + n % 7],
                (n::bigint * 7919) % 1000003, 'SL') as name) k
""")


async def fill_big_book(database: Database, addresses: Addresses, viewer_id: UUID, company_id: UUID) -> None:
    """This will write a big contact book by SQL; every seventh card is of a Puig, every fifth of Talleres.

    For a database of its own: the index on parts of words is taken away and built again, and the table is vacuumed as
    the server does by itself after a while.
    """
    owner = await asyncpg.connect(addresses.owner_url)
    index = await owner.fetchval("select pg_get_indexdef('contact_by_parts'::regclass)")
    await owner.execute("drop index contact_by_parts")
    async with database.write(viewer_id) as session:
        for first in range(1, BIG_BOOK, BIG_BOOK // 10):
            last = first + BIG_BOOK // 10 - 1
            await session.execute(_FILL, {"company": company_id, "first": first, "last": last})
    await owner.execute(index)
    await owner.execute("vacuum analyze contact")
    await owner.close()


async def customer_with_a_twin(act: Act, company_id: UUID) -> tuple[UUID, UUID, UUID]:
    """This will give a customer with an account, the card that was merged into it, and a list that was refused."""
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
    taken = new_id()
    act.session.add(
        ContactImport(
            id=taken,
            company_id=company_id,
            filename="contacts.csv",
            file_sha256="a" * 64,
            plan={},
            state="FAILED",
            rows_done=0,
            rows_total=1,
            skipped_count=1,
            failure="ROWS_WRONG",
            failure_text="1 rows cannot be imported as they are.",
            imported_by=act.viewer.id,
            request_key="world",
        )
    )
    return customer, twin, taken
