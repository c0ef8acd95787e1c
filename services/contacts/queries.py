"""Where the fields of contacts come from."""

from typing import Any

from sqlalchemy import DateTime, Integer, cast, func, literal, select
from sqlalchemy.dialects.postgresql import INTERVAL

from services.contacts.models import Contact
from services.kit.db import table_of
from services.kit.reads import Ask, Expression, Filter, Join, Listing, Row, Sort, Source
from services.kit.search import like_pattern

NEW_CONTACT_DAYS = 15
"""A contact counts as new on the day it is created and the 14 days after (H1-29)."""

_contact = table_of(Contact)

CONTACT = Source(_contact, portal=lambda row, ask: row.c.id == ask.reach.contact)


def is_new(row: Row, ask: Ask) -> Expression:
    """Whether a contact was created in the last 15 days, today included, by the viewer's calendar."""
    start = ask.today - cast(literal(f"{NEW_CONTACT_DAYS - 1} days"), INTERVAL)
    # As an instant: a comparison of two types may fail, so PostgreSQL would not let it choose rows before the walls.
    return row.c.created_at >= cast(start, DateTime(timezone=True))


def of_document(document: Row, contact: Row) -> Expression:
    """The contact a document is made out to."""
    return contact.c.id == document.c.contact_id


CONTACT_OF = Join(of_document)


def pending_new(client: Row, ask: Ask) -> Expression:
    """How many contacts of the company are new: the total of `contacts(filter: {newOnly: true})`."""
    return (
        select(cast(func.count(), Integer))
        .select_from(_contact)
        .where(_contact.c.company_id == client.c.id, is_new(_contact, ask))
        .scalar_subquery()
    )


def _flag(condition: Any) -> Any:
    return lambda row, value, ask: condition(row, ask) if value else None


CONTACTS = Listing(
    filters={
        "companyId": Filter(lambda row, value, ask: row.c.company_id == value, reads=("companyId",)),
        "filter.search": Filter(
            lambda row, value, ask: row.c.search_text.like(value),
            reads=("name", "taxId", "email"),
            prepare=like_pattern,
        ),
        "filter.newOnly": Filter(_flag(is_new), reads=("createdAt",), flag=True),
        "filter.customer": Filter(
            lambda row, value, ask: row.c.is_customer.is_(value), reads=("isCustomer",), flag=True
        ),
        "filter.supplier": Filter(
            lambda row, value, ask: row.c.is_supplier.is_(value), reads=("isSupplier",), flag=True
        ),
    },
    sorts={
        "NAME_ASC": Sort(lambda row: row.c.sort_name.collate("C"), reads="name"),
        "NAME_DESC": Sort(lambda row: row.c.sort_name.collate("C"), reads="name", descending=True),
        "CREATED_ASC": Sort(lambda row: row.c.created_at, reads="createdAt"),
        "CREATED_DESC": Sort(lambda row: row.c.created_at, reads="createdAt", descending=True),
    },
)
