"""Commercial documents in GraphQL: `reads` holds the types and lists, `inputs` and `writes` the acts."""

import strawberry

from services.documents.schema.enums import (
    DocumentOrder,
    DocumentStatus,
    PurchaseDocumentType,
    ReadFilter,
    RectificationMethod,
    SalesDocumentType,
    TaxSide,
    VatRegime,
)
from services.documents.schema.mailing import Mutation as Mailing
from services.documents.schema.query import Query
from services.documents.schema.reads import (
    Attachment,
    DocumentInstalment,
    DocumentLine,
    DocumentMailing,
    DocumentTax,
    PurchaseDocument,
    SalesDocument,
    Settlement,
    TaxCode,
)
from services.documents.schema.statements import (
    AccountStatement,
    AccountStatementAgeing,
    AccountStatementBalance,
    AccountStatementLine,
)
from services.documents.schema.writes import Mutation as Writes

__all__ = [
    "AccountStatement",
    "AccountStatementAgeing",
    "AccountStatementBalance",
    "AccountStatementLine",
    "Attachment",
    "DocumentInstalment",
    "DocumentLine",
    "DocumentMailing",
    "DocumentOrder",
    "DocumentStatus",
    "DocumentTax",
    "Mutation",
    "PurchaseDocument",
    "PurchaseDocumentType",
    "Query",
    "ReadFilter",
    "RectificationMethod",
    "SalesDocument",
    "SalesDocumentType",
    "Settlement",
    "TaxCode",
    "TaxSide",
    "VatRegime",
]


@strawberry.type
class Mutation(Writes, Mailing):
    """All acts of documents."""
