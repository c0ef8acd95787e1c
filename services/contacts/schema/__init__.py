"""The contact book in GraphQL: `reads` holds the types and lists, `writes` the acts, `imports` lists taken in."""

import strawberry

from services.contacts.schema import reads
from services.contacts.schema.imports import ImportQuery
from services.contacts.schema.reads import Contact, ContactOrder, PendingContacts
from services.contacts.schema.writes import Mutation

__all__ = ["Contact", "ContactOrder", "Mutation", "PendingContacts", "Query"]


@strawberry.type
class Query(reads.Query, ImportQuery):
    """What is read of contact books."""
