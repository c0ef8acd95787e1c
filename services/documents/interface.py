"""What other modules may use of documents.

Acts that belong to documents check their own scope (SALES or PURCHASES, by the side). `settle`, `give_back`,
`unsettle`, `share_in_books`, `open_items`, `paid_items`, `paid_by_money` and `rate_on` serve acts of other modules,
which have checked theirs.
"""

from sqlalchemy import Table

from services.documents.actions.approving import approve_document, approve_documents
from services.documents.actions.contents import rate_on
from services.documents.actions.creating import create_document, make_document, submit_document
from services.documents.actions.deciding import decide_estimate, decide_own_estimate
from services.documents.actions.entered import NewDocument, NewLine, PrintedQuota
from services.documents.actions.filing import attach
from services.documents.actions.handing_out import archive_document, restore_document, send_document
from services.documents.actions.mailing import (
    EmailMissing,
    Mailing,
    NoPortalToLinkTo,
    check_mailable,
    mail_document,
)
from services.documents.actions.recording import TREATMENTS
from services.documents.actions.settling import (
    OpenDocument,
    give_back,
    open_items,
    paid_by_money,
    paid_items,
    settle,
    share_in_books,
    unsettle,
)
from services.documents.actions.year_end import unposted_documents
from services.documents.models import (
    Document,
    DocumentInstalment,
    DocumentLine,
    DocumentLink,
    DocumentTax,
    Settlement,
)
from services.documents.orders import document_sorts
from services.documents.print_texts import amount_text, date_text
from services.documents.printing import pdf_of, sample_pdf, visible_document
from services.documents.queries import shown_to_contact, status_of
from services.documents.restating import LineSaid, Said, said_by, says_whole
from services.documents.rules.amounts import TaxAmount
from services.documents.rules.instalments import Instalment
from services.documents.rules.kinds import VatRegime, is_vat_alone
from services.documents.rules.tax_codes import (
    TAX_CODES,
    TaxCode,
    TaxLegend,
    TaxNature,
    TaxSide,
    codes_on,
    tax_code,
)

__all__ = [
    "TAX_CODES",
    "TREATMENTS",
    "EmailMissing",
    "Instalment",
    "LineSaid",
    "Mailing",
    "NewDocument",
    "NewLine",
    "NoPortalToLinkTo",
    "OpenDocument",
    "PrintedQuota",
    "Said",
    "TaxAmount",
    "TaxCode",
    "TaxLegend",
    "TaxNature",
    "TaxSide",
    "VatRegime",
    "amount_text",
    "approve_document",
    "approve_documents",
    "archive_document",
    "attach",
    "check_mailable",
    "codes_on",
    "create_document",
    "date_text",
    "decide_estimate",
    "decide_own_estimate",
    "document_instalment_table",
    "document_line_table",
    "document_link_table",
    "document_sorts",
    "document_table",
    "document_tax_table",
    "give_back",
    "is_vat_alone",
    "mail_document",
    "make_document",
    "open_items",
    "paid_by_money",
    "paid_items",
    "pdf_of",
    "rate_on",
    "restore_document",
    "said_by",
    "sample_pdf",
    "says_whole",
    "send_document",
    "settle",
    "settlement_table",
    "share_in_books",
    "shown_to_contact",
    "status_of",
    "submit_document",
    "tax_code",
    "unposted_documents",
    "unsettle",
    "visible_document",
]


def document_table() -> Table:
    """Documents of both sides, for joins. Row-level security still binds them."""
    return Document.__table__  # type: ignore[attr-defined, no-any-return]


def document_line_table() -> Table:
    """Lines of documents, for joins. Row-level security still binds them."""
    return DocumentLine.__table__  # type: ignore[attr-defined, no-any-return]


def document_tax_table() -> Table:
    """VAT of documents by tax code, for joins. Row-level security still binds them."""
    return DocumentTax.__table__  # type: ignore[attr-defined, no-any-return]


def document_instalment_table() -> Table:
    """Instalments of documents, for joins; documents due in one sum have none. Row-level security still binds them."""
    return DocumentInstalment.__table__  # type: ignore[attr-defined, no-any-return]


def document_link_table() -> Table:
    """What of a line went into a later document, for joins. Row-level security still binds them."""
    return DocumentLink.__table__  # type: ignore[attr-defined, no-any-return]


def settlement_table() -> Table:
    """Payments and offsets of documents, undone ones included, for joins. Row-level security still binds them."""
    return Settlement.__table__  # type: ignore[attr-defined, no-any-return]
