"""Where the fields of contacts come from."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnClause,
    DateTime,
    Integer,
    and_,
    any_,
    case,
    cast,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import INTERVAL
from sqlalchemy.types import UserDefinedType

from services.contacts.models import Contact, ContactIban, ContactImport, ContactMerge
from services.kit.db import table_of
from services.kit.reads import Ask, Expression, Filter, Join, Listing, Row, Sort, Source
from services.kit.search import search_text

NEW_CONTACT_DAYS = 15
"""A contact counts as new on the day it is created and the 14 days after (H1-29)."""

_contact = table_of(Contact)

CONTACT = Source(_contact, portal=lambda row, ask: row.c.id == ask.reach.contact)
CONTACT_IBAN = Source(table_of(ContactIban))
CONTACT_MERGE = Source(table_of(ContactMerge))
CONTACT_IMPORT = Source(table_of(ContactImport))

IBANS_OF = Join(
    lambda contact, iban: iban.c.contact_id == contact.c.id,
    order=lambda iban: (iban.c.position,),
    cap=10,
    expected=1,
)
STANDS_FOR = Join(
    lambda contact, merged: merged.c.merged_into_id == contact.c.id,
    order=lambda merged: (merged.c.id,),
    cap=100,
    expected=1,
)
MERGED_INTO = Join(lambda contact, other: other.c.id == contact.c.merged_into_id)
SURVIVING_OF = Join(lambda merge, contact: contact.c.id == merge.c.surviving_id)
MERGED_OF = Join(lambda merge, contact: contact.c.id == merge.c.merged_id)
STANDING_MERGE_OF = Join(
    lambda contact, merge: and_(merge.c.merged_id == contact.c.id, merge.c.undone_at.is_(None)),
    order=lambda merge: (merge.c.merged_at.desc(),),
)


def is_new(row: Row, ask: Ask) -> Expression:
    """Whether a contact was created in the last 15 days, today included, by the viewer's calendar."""
    start = ask.today - cast(literal(f"{NEW_CONTACT_DAYS - 1} days"), INTERVAL)
    # The instant at which that day began for the viewer. A comparison of two types may fail, so PostgreSQL would not
    # let it choose rows before the walls.
    return row.c.created_at >= func.timezone(ask.zone, start, type_=DateTime(timezone=True))


def is_listed(row: Row) -> Expression:
    """Whether a contact stands in the book: neither archived nor merged into another card."""
    return and_(row.c.archived_at.is_(None), row.c.merged_into_id.is_(None))


def of_document(document: Row, contact: Row) -> Expression:
    """The contact a document is made out to."""
    return contact.c.id == document.c.contact_id


CONTACT_OF = Join(of_document)


def stands_for(named_id: Expression, contact: Row) -> Expression:
    """Whether the card `named_id` is this contact or was merged into it: how rows of other modules are gathered."""
    return named_id == any_(func.array_append(contact.c.merged_ids, contact.c.id))


def pending_new(client: Row, ask: Ask) -> Expression:
    """How many contacts of the company are new: the total of `contacts(filter: {newOnly: true})`."""
    return (
        select(cast(func.count(), Integer))
        .select_from(_contact)
        .where(_contact.c.company_id == client.c.id, is_new(_contact, ask), is_listed(_contact))
        .scalar_subquery()
    )


def masked_iban(row: Row, ask: Ask) -> Expression:
    """First and last signs: enough to recognise an account, too little to use it."""
    return func.concat(func.left(row.c.iban, 4), " **** ", func.right(row.c.iban, 4))


def _flag(condition: Any) -> Any:
    return lambda row, value, ask: condition(row, ask) if value else None


def _archived(row: Row, value: bool, ask: Ask) -> Expression:  # noqa: FBT001 -- the form of every filter
    if not value:
        return is_listed(row)
    return and_(row.c.archived_at.is_not(None), row.c.merged_into_id.is_(None))


class _Place(UserDefinedType[str]):
    """PostgreSQL's tid: where a version of a row stands in its table, good within one statement."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "tid"


PART_LENGTH = 3
"""From how many letters on a search finds parts of words; fewer find beginnings (as `contacts_found` does)."""


def _searched(row: Row, value: Any, ask: Ask) -> Expression:
    """By the text of the card: in one book by `contacts_found`, which asks an index, else by reading the cards.

    The function gives places of rows in the table, the quickest way to many of them; the rows themselves stand behind
    the walls as all others.
    """
    company = ask.argument("companyId")
    if company is None:
        begins = func.starts_with(row.c.sort_name, value)
        return case(
            (func.length(value) < PART_LENGTH, begins), else_=func.strpos(row.c.search_text, value) > 0
        )
    place: ColumnClause[str] = column("ctid", _Place())
    place.table = row
    found = select(func.contacts_found(company, value)).scalar_subquery()
    return place == any_(cast(found, ARRAY(_Place())))


CONTACTS = Listing(
    filters={
        "companyId": Filter(lambda row, value, ask: row.c.company_id == value, reads=("companyId",)),
        "archived": Filter(_archived, reads=("archivedAt",), flag=True),
        "filter.search": Filter(
            _searched, reads=("name", "tradeName", "taxId", "email"), prepare=search_text, dear=True
        ),
        "filter.newOnly": Filter(_flag(is_new), reads=("createdAt",), flag=True),
        "filter.customer": Filter(
            lambda row, value, ask: row.c.is_customer.is_(value), reads=("isCustomer",), flag=True
        ),
        "filter.supplier": Filter(
            lambda row, value, ask: row.c.is_supplier.is_(value), reads=("isSupplier",), flag=True
        ),
        "filter.tag": Filter(lambda row, value, ask: value == any_(row.c.tags), reads=("tags",)),
    },
    sorts={
        "NAME_ASC": Sort(lambda row: row.c.sort_name.collate("C"), reads="name"),
        "NAME_DESC": Sort(lambda row: row.c.sort_name.collate("C"), reads="name", descending=True),
        "CREATED_ASC": Sort(lambda row: row.c.created_at, reads="createdAt"),
        "CREATED_DESC": Sort(lambda row: row.c.created_at, reads="createdAt", descending=True),
    },
)

MERGES = Listing(
    filters={
        "companyId": Filter(lambda row, value, ask: row.c.company_id == value, reads=("companyId",)),
        "standing": Filter(
            lambda row, value, ask: row.c.undone_at.is_(None) if value else row.c.undone_at.is_not(None),
            reads=("undoneAt",),
            flag=True,
        ),
    },
    sorts={"MERGED_DESC": Sort(lambda row: row.c.merged_at, reads="mergedAt", descending=True)},
)
