"""Taxes in GraphQL."""

from services.taxes.schema.reads import Query
from services.taxes.schema.writes import Mutation

__all__ = ["Mutation", "Query"]
