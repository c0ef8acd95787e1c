"""The contact book in GraphQL: `reads` holds the types and lists, `writes` the acts."""

from services.contacts.schema.reads import Contact, ContactOrder, PendingContacts, Query
from services.contacts.schema.writes import Mutation

__all__ = ["Contact", "ContactOrder", "Mutation", "PendingContacts", "Query"]
