"""Commercial documents in GraphQL: their types and lists."""

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from services.access.guard import (
    OPEN,
    Guard,
    column,
    connection,
    expr,
    extends,
    many,
    node,
    one,
    python,
    single,
)
from services.access.interface import RequestContext
from services.access.policy import Scope
from services.documents import queries
from services.documents.rules.kinds import PURCHASE_KINDS, SALES_KINDS
from services.kit.pages import Connection
from services.kit.scalars import Date, DateTime, Money

if TYPE_CHECKING:
    from services.contacts.schema import Contact

SALES = Guard(Scope.SALES)
PURCHASES = Guard(Scope.PURCHASES)

ContactOut = Annotated["Contact", strawberry.lazy("services.contacts.schema")]


@strawberry.enum(description="Kind of a sales document. Only invoices are posted.")
class SalesDocumentType(Enum):
    ESTIMATE = "ESTIMATE"
    PROFORMA = "PROFORMA"
    SALES_ORDER = "SALES_ORDER"
    DELIVERY_NOTE = "DELIVERY_NOTE"
    SALES_INVOICE = "SALES_INVOICE"
    PAYMENT_RECEIPT = "PAYMENT_RECEIPT"


@strawberry.enum(description="Kind of a purchase document. Invoices and expenses are posted.")
class PurchaseDocumentType(Enum):
    PURCHASE_ORDER = "PURCHASE_ORDER"
    PURCHASE_INVOICE = "PURCHASE_INVOICE"
    EXPENSE = "EXPENSE"


assert {kind.value for kind in SALES_KINDS} == {kind.value for kind in SalesDocumentType}
assert {kind.value for kind in PURCHASE_KINDS} == {kind.value for kind in PurchaseDocumentType}


@strawberry.enum(description="Where a document stands.")
class DocumentStatus(Enum):
    DRAFT = "DRAFT"
    PENDING_REVIEW = "PENDING_REVIEW"
    APPROVED = "APPROVED"
    PARTLY_PAID = "PARTLY_PAID"
    PAID = "PAID"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"


@node(queries.DOCUMENT_LINE, OPEN)
class DocumentLine:
    """One line: quantity x unit price less discount gives its base, before tax."""

    id: strawberry.ID = column("Stable identifier.")
    position: int = column("Place on the document, from 1.")
    description: str = column("What is sold or bought.")
    is_product: bool = column("Whether it is a product, not a service.")
    quantity: Money = column("How many; up to four decimals.")
    unit_price: Money = column("Price of one without VAT; up to four decimals.")
    discount_percent: Money = column("Discount in per cent.")
    tax_rate: Money = column("VAT rate in per cent.")
    base: Money = column("Amount of the line without VAT.")


@node(queries.DOCUMENT_TAX, OPEN)
class DocumentTax:
    """VAT of one rate, rounded once on the sum of bases."""

    rate: Money = column("VAT rate in per cent.")
    base: Money = column("Sum of the lines with this rate.")
    quota: Money = column("The VAT of it.")


@node(queries.SETTLEMENT, OPEN)
class Settlement:
    """Part of a document's total that was paid or collected; undone ones are not shown."""

    id: strawberry.ID = column("Stable identifier.")
    amount: Money = column("In the document's currency, above zero.")
    settled_on: Date = column("Day of the money.")
    entry_id: strawberry.ID = column("The journal entry that booked it.")


def _attachment_link(
    context: RequestContext, document_id: str, sha256: str, filename: str, media_type: str
) -> str:
    return context.link(
        "attachment", document=document_id, sha256=sha256, filename=filename, media_type=media_type
    )


@node(queries.ATTACHMENT, OPEN)
class Attachment:
    """A file that belongs to a document."""

    id: strawberry.ID = column("Stable identifier.")
    filename: str = column("Name it came with.")
    media_type: str = column("What its bytes are, such as application/pdf.")
    size: int = column("In bytes.")
    url: str | None = python(
        ("document_id", "sha256", "filename", "media_type"),
        _attachment_link,
        "Signed link of this viewer that expires after some minutes.",
    )


def _pdf_link(context: RequestContext, document_id: str) -> str:
    return context.link("document-pdf", document=document_id, act="preview")


@node(queries.SALES_DOCUMENT, SALES)
class SalesDocument:
    """A document to a customer: an estimate, proforma, order, delivery note, invoice or payment receipt."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company that issues it.")
    type: SalesDocumentType = column("Kind of document.", name="kind")
    number: str | None = column("Number of its series, such as FV26-000123; null before it is approved.")
    status: DocumentStatus = column("Where it stands.")
    issued_on: Date = column("Day of issue.")
    due_on: Date | None = column("Last day to pay; of an estimate the last day it holds.")
    currency: str = column("ISO 4217 code of every amount here.")
    description: str | None = column("Notes that print below the lines.")
    taxable_base: Money = column("Sum of the lines without VAT.")
    tax_total: Money = column("Sum of the VAT.")
    withholding: Money = column("What the customer withholds (IRPF).")
    total: Money = column("To pay: base and VAT less withholding.")
    outstanding: Money = column("Total less what was collected; 0.00 before it is approved.")
    entry_id: strawberry.ID | None = column("Its journal entry.")
    sent_at: DateTime | None = column("When it was first sent.")
    archived_at: DateTime | None = column("When it was put out of sight.")
    opened_at: DateTime | None = column("When the contact first looked at it in the portal.")
    read_at: DateTime | None = column("When the contact first downloaded it.")
    contact: ContactOut | None = one(queries.CONTACT_OF, "The customer.")
    lines: list[DocumentLine] = many(queries.LINES_OF, "Its lines in order.", guard=SALES)
    taxes: list[DocumentTax] = many(queries.TAXES_OF, "VAT per rate, the highest first.", guard=SALES)
    settlements: list[Settlement] = many(queries.SETTLEMENTS_OF, "What was collected of it.", guard=SALES)
    attachments: list[Attachment] = many(queries.ATTACHMENTS_OF, "Files that belong to it.", guard=SALES)
    pdf_url: str | None = python(
        ("id",), _pdf_link, "Signed link of this viewer to its PDF; expires after some minutes."
    )


@node(queries.PURCHASE_DOCUMENT, PURCHASES)
class PurchaseDocument:
    """A document of a supplier: an order to it, its invoice, or an expense."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company that buys.")
    type: PurchaseDocumentType = column("Kind of document.", name="kind")
    number: str | None = column("The supplier's number; of an order our own.")
    status: DocumentStatus = column("Where it stands.")
    issued_on: Date = column("Day of issue.")
    due_on: Date | None = column("Last day to pay.")
    currency: str = column("ISO 4217 code of every amount here.")
    description: str | None = column("Notes.")
    taxable_base: Money = column("Sum of the lines without VAT.")
    tax_total: Money = column("Sum of the VAT.")
    withholding: Money = column("What is withheld from the supplier (IRPF).")
    total: Money = column("To pay: base and VAT less withholding.")
    outstanding: Money = column("Total less what was paid; 0.00 before it is approved.")
    entry_id: strawberry.ID | None = column("Its journal entry.")
    archived_at: DateTime | None = column("When it was put out of sight.")
    contact: ContactOut | None = one(queries.CONTACT_OF, "The supplier.")
    lines: list[DocumentLine] = many(queries.LINES_OF, "Its lines in order.", guard=PURCHASES)
    taxes: list[DocumentTax] = many(queries.TAXES_OF, "VAT per rate, the highest first.", guard=PURCHASES)
    settlements: list[Settlement] = many(queries.SETTLEMENTS_OF, "What was paid of it.", guard=PURCHASES)
    attachments: list[Attachment] = many(queries.ATTACHMENTS_OF, "Files that belong to it.", guard=PURCHASES)


@extends("PendingWork")
class PendingDocuments:
    sales: int | None = expr(
        queries.pending("SALES"),
        "Sales documents to review: the total of salesDocuments(filter: {status: PENDING_REVIEW}).",
        guard=SALES,
    )
    purchases: int | None = expr(
        queries.pending("PURCHASES"),
        "Purchases to review: the total of purchaseDocuments(filter: {status: PENDING_REVIEW}).",
        guard=PURCHASES,
    )


@strawberry.enum(description="Whether the contact has downloaded a document.")
class ReadFilter(Enum):
    ALL = "ALL"
    READ = "READ"
    UNREAD = "UNREAD"


@strawberry.enum(description="Order of a list of documents. DUE takes the day of issue where nothing is due.")
class DocumentOrder(Enum):
    ISSUED_ASC = "ISSUED_ASC"
    ISSUED_DESC = "ISSUED_DESC"
    DUE_ASC = "DUE_ASC"
    DUE_DESC = "DUE_DESC"
    NUMBER_ASC = "NUMBER_ASC"
    NUMBER_DESC = "NUMBER_DESC"
    BASE_ASC = "BASE_ASC"
    BASE_DESC = "BASE_DESC"
    TOTAL_ASC = "TOTAL_ASC"
    TOTAL_DESC = "TOTAL_DESC"
    OUTSTANDING_ASC = "OUTSTANDING_ASC"
    OUTSTANDING_DESC = "OUTSTANDING_DESC"


SEARCH_TEXT = (
    "Part of number, notes or lines, or of the contact's name where the contact book is granted; accents and case"
    " are ignored."
)


@strawberry.input(description="Which sales documents a list holds; conditions are joined by AND.")
class SalesDocumentFilter:
    type: SalesDocumentType | None = strawberry.field(default=None, description="Only this kind.")
    status: DocumentStatus | None = strawberry.field(default=None, description="Only in this state.")
    read: ReadFilter | None = strawberry.field(default=None, description="Only read, or only unread ones.")
    search: str | None = strawberry.field(default=None, description=SEARCH_TEXT)
    contact_id: strawberry.ID | None = strawberry.field(default=None, description="Only to this customer.")
    open: bool | None = strawberry.field(
        default=None, description="Only with (or only without) an amount to collect."
    )
    from_: Date | None = strawberry.field(
        default=None, name="from", description="First day of issue, included."
    )
    to: Date | None = strawberry.field(default=None, description="Last day of issue, included.")


@strawberry.input(description="Which purchase documents a list holds; conditions are joined by AND.")
class PurchaseDocumentFilter:
    type: PurchaseDocumentType | None = strawberry.field(default=None, description="Only this kind.")
    status: DocumentStatus | None = strawberry.field(default=None, description="Only in this state.")
    search: str | None = strawberry.field(default=None, description=SEARCH_TEXT)
    contact_id: strawberry.ID | None = strawberry.field(default=None, description="Only of this supplier.")
    open: bool | None = strawberry.field(
        default=None, description="Only with (or only without) an amount to pay."
    )
    from_: Date | None = strawberry.field(
        default=None, name="from", description="First day of issue, included."
    )
    to: Date | None = strawberry.field(default=None, description="Last day of issue, included.")


@strawberry.type
class Query:
    @connection(queries.SALES_DOCUMENTS)
    def sales_documents(
        self,
        *,
        company_id: strawberry.ID | None = None,
        filter: SalesDocumentFilter | None = None,
        archived: bool = False,
        order_by: DocumentOrder = DocumentOrder.ISSUED_DESC,
        first: int = 50,
        after: str | None = None,
    ) -> Connection[SalesDocument] | None:
        """Sales documents of one company, or of all within reach; archived ones only when asked. At most 200 a page."""

    @single(lambda row, values, ask: row.c.id == values["id"])
    def sales_document(self, id: strawberry.ID) -> SalesDocument | None:
        """One sales document; null if there is none with this id within reach."""

    @connection(queries.PURCHASE_DOCUMENTS)
    def purchase_documents(
        self,
        *,
        company_id: strawberry.ID | None = None,
        filter: PurchaseDocumentFilter | None = None,
        archived: bool = False,
        order_by: DocumentOrder = DocumentOrder.ISSUED_DESC,
        first: int = 50,
        after: str | None = None,
    ) -> Connection[PurchaseDocument] | None:
        """Purchases of one company, or of all within reach; archived ones only when asked. At most 200 a page."""

    @single(lambda row, values, ask: row.c.id == values["id"])
    def purchase_document(self, id: strawberry.ID) -> PurchaseDocument | None:
        """One purchase document; null if there is none with this id within reach."""
