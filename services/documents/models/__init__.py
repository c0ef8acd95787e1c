"""Tables of documents: `documents` with their parts and payments, `papers` beside them, `settings` of a company."""

from services.documents.models.documents import (
    Document,
    DocumentInstalment,
    DocumentLine,
    DocumentLink,
    DocumentTax,
    Settlement,
)
from services.documents.models.papers import Attachment, DocumentMailing
from services.documents.models.settings import DocumentCounter, DocumentSeries, DocumentSettings, ExchangeRate

__all__ = [
    "Attachment",
    "Document",
    "DocumentCounter",
    "DocumentInstalment",
    "DocumentLine",
    "DocumentLink",
    "DocumentMailing",
    "DocumentSeries",
    "DocumentSettings",
    "DocumentTax",
    "ExchangeRate",
    "Settlement",
]
