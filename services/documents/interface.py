"""What other modules may use of documents.

Acts that belong to documents check their own scope (SALES or PURCHASES, by the side). `settle`, `unsettle`,
`open_items` and `take_upload` serve acts of other modules, which have checked theirs.
"""

from sqlalchemy import Table

from services.documents.actions.approving import approve_document, approve_documents
from services.documents.actions.creating import NewDocument, NewLine, create_document, submit_document
from services.documents.actions.filing import UploadRecord, attach, check_upload, record_upload, take_upload
from services.documents.actions.handing_out import archive_document, restore_document, send_document
from services.documents.actions.settling import OpenDocument, open_items, settle, unsettle
from services.documents.models import Document, DocumentLine
from services.documents.printing import pdf_of, visible_document
from services.documents.queries import shown_to_contact

__all__ = [
    "NewDocument",
    "NewLine",
    "OpenDocument",
    "UploadRecord",
    "approve_document",
    "approve_documents",
    "archive_document",
    "attach",
    "check_upload",
    "create_document",
    "document_line_table",
    "document_table",
    "open_items",
    "pdf_of",
    "record_upload",
    "restore_document",
    "send_document",
    "settle",
    "shown_to_contact",
    "submit_document",
    "take_upload",
    "unsettle",
    "visible_document",
]


def document_table() -> Table:
    """Documents of both sides, for joins. Row-level security still binds them."""
    return Document.__table__  # type: ignore[attr-defined, no-any-return]


def document_line_table() -> Table:
    """Lines of documents, for joins. Row-level security still binds them."""
    return DocumentLine.__table__  # type: ignore[attr-defined, no-any-return]
