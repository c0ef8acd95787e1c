"""Commercial documents in GraphQL: their types and lists."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from services.access.guard import (
    OPEN,
    Guard,
    column,
    expr,
    extends,
    many,
    node,
    one,
    python,
)
from services.access.interface import RequestContext
from services.access.policy import Role, Scope
from services.contacts.interface import PaymentMethod
from services.documents import queries
from services.documents.schema.enums import (
    DocumentStatus,
    PurchaseDocumentType,
    RectificationCause,
    RectificationMethod,
    SalesDocumentType,
    TaxLegend,
    TaxNature,
    TaxSide,
    VatRegime,
    WarningCode,
)
from services.kit.scalars import Date, DateTime, Money

if TYPE_CHECKING:
    from services.contacts.schema import Contact

SALES = Guard(Scope.SALES)
PURCHASES = Guard(Scope.PURCHASES)
OWN_PAPERS = Guard(Scope.SALES, roles=frozenset(Role) - {Role.PORTAL_CONTACT})
"""What the issuer keeps beside a document of sales is not part of what its contact gets."""

ContactOut = Annotated["Contact", strawberry.lazy("services.contacts.schema")]


@node(queries.DOCUMENT_LINE, OPEN)
class DocumentLine:
    """One line: quantity x unit price less discount gives its base, before tax."""

    id: strawberry.ID = column("Stable identifier.")
    position: int = column("Place on the document, from 1.")
    description: str = column("What is sold or bought.")
    is_product: bool = column("Whether it is a product, not a service.")
    quantity: Money = column("How many; up to four decimals.")
    remaining_quantity: Money = expr(
        queries.remaining_of_line,
        "What of it no later document has taken; of an order, what is still to be delivered or invoiced.",
        nullable=False,
        places=4,
    )
    unit_price: Money = column(
        "Price of one, up to four decimals; with VAT where the document's prices have it."
    )
    discount_percent: Money = column("Discount in per cent.")
    tax_code: str = column("Its tax code, see `taxCodes`.")
    tax_rate: Money = column("VAT rate in per cent.")
    deductible_percent: Money = column("How much of its VAT the buyer deducts, in per cent; 100 on sales.")
    ledger_account_code: str | None = expr(
        queries.account_of_line, "Account of the income or cost, if one was chosen; a contact sees none."
    )
    base: Money = column("Amount of the line without VAT.")


@node(queries.DOCUMENT_TAX, OPEN)
class DocumentTax:
    """VAT of one tax code, rounded once on the sum of bases; signed."""

    tax_code: str = column("The code, see `taxCodes`.")
    rate: Money = column("VAT rate in per cent.")
    base: Money = column("Sum of the lines with this code.")
    quota: Money = column("The VAT of it; where the buyer assesses it, it is not in the total.")
    surcharge_rate: Money = column("Equivalence surcharge in per cent.")
    surcharge: Money = column("The surcharge.")
    deductible_quota: Money = column("What the buyer may deduct of the quota; 0.00 on sales.")


@node(queries.INSTALMENT, OPEN)
class DocumentInstalment:
    """A part of what is to be paid."""

    position: int = column("Place, from 1; the first is due first.")
    due_on: Date = column("Day it is due.")
    amount: Money = column("In the document's currency.")


@node(None, OPEN)
class TaxCode:
    """What VAT a line bears, on the days it may be used."""

    code: str = strawberry.field(description="Such as S21 or P_IC_GOODS21.")
    side: TaxSide = strawberry.field(description="Sales or purchases.")
    regime: VatRegime = strawberry.field(description="Who owes the VAT.")
    nature: TaxNature = strawberry.field(description="What it is for.")
    rate: Money = strawberry.field(description="VAT in per cent.")
    surcharge_rate: Money = strawberry.field(description="Equivalence surcharge in per cent.")
    valid_from: Date = strawberry.field(description="First day.")
    valid_until: Date | None = strawberry.field(description="Last day; null while in force.")
    legend: TaxLegend | None = strawberry.field(description="What an invoice has to say.")


@node(queries.SETTLEMENT, OPEN)
class Settlement:
    """Part of a document's total that was paid or collected; undone ones are not shown."""

    id: strawberry.ID = column("Stable identifier.")
    amount: Money = column("In the document's currency, with the sign of its total.")
    booked: Money = column("The same in the currency of the books, at the document's rate.")
    settled_on: Date = column("Day of the money, or of the offset.")
    entry_id: strawberry.ID | None = column(
        "The journal entry that booked it; null for an offset that needs none."
    )
    offset_id: strawberry.ID | None = column("What it shares with the document it was set off against.")
    is_by_hand: bool = expr(
        queries.is_by_hand,
        "Whether it was entered by hand and undoSettlement takes it back; what came with a bank line is undone there.",
        nullable=False,
    )


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


@node(queries.MAILING, OPEN)
class DocumentMailing:
    """A mail that somebody had made of a document."""

    id: strawberry.ID = column("Stable identifier.")
    recipient: str = column("Address it went to.")
    language: str = column("Language of its words: es, en, ca or sv.")
    attaches_pdf: bool = column("Whether the PDF went along; else the mail leads into the portal.")
    message: str | None = column("What was written above the usual text.")
    asked_by_name: str = column("Who asked for it, as known then.")
    created_at: DateTime = column("When it was asked for.")
    mailed_at: DateTime | None = column(
        "When it was given to the mail server; null while it waits or failed."
    )


def _pdf_link(context: RequestContext, document_id: str) -> str:
    return context.link("document-pdf", document=document_id, act="preview")


@node(queries.SALES_DOCUMENT, SALES)
class SalesDocument:
    """A document to a customer: an estimate, proforma, order, delivery note, invoice or payment receipt."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company that issues it.")
    type: SalesDocumentType = column("Kind of document.", name="kind")
    regime: VatRegime = column("Who owes the VAT.")
    series: str | None = column("Series of its number; of a draft the one asked for.")
    is_simplified: bool = column("Whether it is a simplified invoice.")
    is_substitute: bool = column(
        "Whether it takes the place of simplified invoices (`convertedFrom`), with which its VAT was declared."
    )
    number: str | None = column("Number of its series, such as FV26-000123; null before it is approved.")
    status: DocumentStatus = expr(queries.status_of, "Where it stands today.", nullable=False)
    issued_on: Date = column("Day of issue.")
    due_on: Date | None = column("Last day to pay; of an estimate the last day it holds.")
    payment_method: PaymentMethod | None = column("How it is paid.")
    currency: str = column("ISO 4217 code of every amount here.")
    rectification_reason: str | None = column("Why it corrects another one.")
    rectification_method: RectificationMethod | None = column("How it corrects another one.")
    rectification_cause: RectificationCause | None = column("Why, as the law tells causes apart.")
    operation_on: Date | None = column("Day of the operation, if another.")
    exchange_rate: Money | None = expr(
        queries.exchange_rate_of,
        "What one unit of the currency is worth in that of the books; null while nobody said.",
        places=8,
    )
    prices_include_tax: bool = column("Whether unit prices include VAT.")
    description: str | None = column("Notes that print below the lines.")
    taxable_base: Money = column("Sum of the lines without VAT.")
    tax_total: Money = column("Sum of the VAT that is charged.")
    surcharge_total: Money = column("Sum of the equivalence surcharge.")
    withholding_rate: Money = column("What is withheld, in per cent of the base.")
    withholding: Money = column("What the customer withholds (IRPF).")
    outlay_total: Money = column("What was laid out in the customer's name (suplidos); no base of any tax.")
    total: Money = column(
        "To pay: base, VAT, surcharge and outlays less withholding; negative on a credit note."
    )
    outstanding: Money = column("Total less what was collected, with its sign; 0.00 before it is approved.")
    entry_id: strawberry.ID | None = column("Its journal entry.")
    version: int = column("Goes up with every edit; an edit names the one it saw.")
    sent_at: DateTime | None = column("When it was first sent.")
    archived_at: DateTime | None = column("When it was put out of sight.")
    opened_at: DateTime | None = column("When the contact first looked at it, as it is now, in the portal.")
    read_at: DateTime | None = column("When the contact first downloaded it as it is now.")
    contact: ContactOut | None = one(queries.CONTACT_OF, "The customer.")
    lines: list[DocumentLine] = many(queries.LINES_OF, "Its lines in order.", guard=SALES)
    taxes: list[DocumentTax] = many(queries.TAXES_OF, "VAT per code, the highest rate first.", guard=SALES)
    instalments: list[DocumentInstalment] = many(
        queries.INSTALMENTS_OF, "Parts to pay, if more than one.", guard=SALES
    )
    rectifies: Annotated["SalesDocument", strawberry.lazy("services.documents.schema.reads")] | None = one(
        queries.RECTIFIED_OF, "The document that this one corrects."
    )
    converted_from: list[Annotated["SalesDocument", strawberry.lazy("services.documents.schema.reads")]] = (
        many(queries.CONVERTED_FROM, "Documents that this one was made of.", guard=SALES)
    )
    converted_into: list[Annotated["SalesDocument", strawberry.lazy("services.documents.schema.reads")]] = (
        many(queries.CONVERTED_INTO, "Documents that were made of this one.", guard=SALES)
    )
    warnings: list[WarningCode] = expr(
        queries.warnings_of, "What to look at before it is approved; none once it is.", nullable=False
    )
    decided_at: DateTime | None = column("When an estimate was answered.")
    decided_by: str | None = column("Who answered an estimate.")
    decision_reason: str | None = column("Why an estimate was accepted or rejected.")
    voided_at: DateTime | None = column("When an invoice issued by mistake was voided.")
    void_reason: str | None = column("Why it was voided; its contact sees none.", guard=OWN_PAPERS)
    rectified_by: list[Annotated["SalesDocument", strawberry.lazy("services.documents.schema.reads")]] = many(
        queries.RECTIFYING_OF, "Documents that correct this one, oldest first.", guard=SALES
    )
    settlements: list[Settlement] = many(queries.SETTLEMENTS_OF, "What was collected of it.", guard=SALES)
    attachments: list[Attachment] | None = many(
        queries.ATTACHMENTS_OF, "The issuer's own papers beside it; its contact sees none.", guard=OWN_PAPERS
    )
    mailings: list[DocumentMailing] | None = many(
        queries.MAILINGS_OF, "Mails made of it, the newest 50 first; its contact sees none.", guard=OWN_PAPERS
    )
    pdf_url: str | None = python(
        ("id",), _pdf_link, "Signed link of this viewer to its PDF; expires after some minutes."
    )


@node(queries.PURCHASE_DOCUMENT, PURCHASES)
class PurchaseDocument:
    """A document of a supplier: an order to it, its invoice, or an expense."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company that buys.")
    type: PurchaseDocumentType = column("Kind of document.", name="kind")
    regime: VatRegime = column("Who owes the VAT.")
    series: str | None = column("Series of its number; of a draft the one asked for.")
    number: str | None = column("The supplier's number; of an order our own.")
    status: DocumentStatus = expr(queries.status_of, "Where it stands today.", nullable=False)
    issued_on: Date = column("Day of issue.")
    due_on: Date | None = column("Last day to pay.")
    payment_method: PaymentMethod | None = column("How it is paid.")
    currency: str = column("ISO 4217 code of every amount here.")
    rectification_reason: str | None = column("Why it corrects another one.")
    rectification_method: RectificationMethod | None = column("How it corrects another one.")
    rectification_cause: RectificationCause | None = column("Why, as the law tells causes apart.")
    operation_on: Date | None = column("Day of the operation, if another.")
    received_on: Date | None = column("Day it arrived, where its entry and tax period follow that.")
    exchange_rate: Money | None = expr(
        queries.exchange_rate_of,
        "What one unit of the currency is worth in that of the books; null while nobody said.",
        places=8,
    )
    prices_include_tax: bool = column("Whether unit prices include VAT.")
    description: str | None = column("Notes.")
    taxable_base: Money = column("Sum of the lines without VAT.")
    tax_total: Money = column("Sum of the VAT that is charged.")
    surcharge_total: Money = column("Sum of the equivalence surcharge.")
    withholding_rate: Money = column("What is withheld, in per cent of the base.")
    withholding: Money = column("What is withheld from the supplier (IRPF).")
    outlay_total: Money = column("What was laid out in the customer's name (suplidos); no base of any tax.")
    total: Money = column(
        "To pay: base, VAT, surcharge and outlays less withholding; negative on a credit note."
    )
    outstanding: Money = column("Total less what was paid, with its sign; 0.00 before it is approved.")
    entry_id: strawberry.ID | None = column("Its journal entry.")
    version: int = column("Goes up with every edit; an edit names the one it saw.")
    has_paper: bool = expr(queries.has_paper, "Whether the supplier's paper is attached.", nullable=False)
    twin_id: strawberry.ID | None = expr(
        queries.twin_id_of,
        "Another purchase that may be the same paper: same supplier, kind and total, and same number or day.",
    )
    archived_at: DateTime | None = column("When it was put out of sight.")
    contact: ContactOut | None = one(queries.CONTACT_OF, "The supplier.")
    lines: list[DocumentLine] = many(queries.LINES_OF, "Its lines in order.", guard=PURCHASES)
    taxes: list[DocumentTax] = many(
        queries.TAXES_OF, "VAT per code, the highest rate first.", guard=PURCHASES
    )
    instalments: list[DocumentInstalment] = many(
        queries.INSTALMENTS_OF, "Parts to pay, if more than one.", guard=PURCHASES
    )
    rectifies: Annotated["PurchaseDocument", strawberry.lazy("services.documents.schema.reads")] | None = one(
        queries.RECTIFIED_OF, "The document that this one corrects."
    )
    converted_from: list[
        Annotated["PurchaseDocument", strawberry.lazy("services.documents.schema.reads")]
    ] = many(queries.CONVERTED_FROM, "Documents that this one was made of.", guard=PURCHASES)
    converted_into: list[
        Annotated["PurchaseDocument", strawberry.lazy("services.documents.schema.reads")]
    ] = many(queries.CONVERTED_INTO, "Documents that were made of this one.", guard=PURCHASES)
    warnings: list[WarningCode] = expr(
        queries.warnings_of, "What to look at before it is approved; none once it is.", nullable=False
    )
    rectified_by: list[Annotated["PurchaseDocument", strawberry.lazy("services.documents.schema.reads")]] = (
        many(queries.RECTIFYING_OF, "Documents that correct this one, oldest first.", guard=PURCHASES)
    )
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
