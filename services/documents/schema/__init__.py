"""Commercial documents in GraphQL: `reads` holds the types and lists, `writes` the acts."""

from services.documents.schema.reads import (
    Attachment,
    DocumentLine,
    DocumentOrder,
    DocumentStatus,
    DocumentTax,
    PurchaseDocument,
    PurchaseDocumentType,
    Query,
    ReadFilter,
    SalesDocument,
    SalesDocumentType,
    Settlement,
)
from services.documents.schema.writes import Mutation

__all__ = [
    "Attachment",
    "DocumentLine",
    "DocumentOrder",
    "DocumentStatus",
    "DocumentTax",
    "Mutation",
    "PurchaseDocument",
    "PurchaseDocumentType",
    "Query",
    "ReadFilter",
    "SalesDocument",
    "SalesDocumentType",
    "Settlement",
]
