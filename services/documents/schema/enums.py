"""The enums of documents in GraphQL."""

from enum import Enum

import strawberry

from services.documents.rules.kinds import PURCHASE_KINDS, SALES_KINDS
from services.documents.rules.kinds import RectificationCause as Cause
from services.documents.rules.kinds import VatRegime as Regime
from services.documents.rules.tax_codes import TaxLegend as Legend
from services.documents.rules.tax_codes import TaxNature as Nature
from services.documents.rules.tax_codes import TaxSide as Side
from services.documents.warnings import Warned


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
    VOIDED = "VOIDED"


@strawberry.enum(description="Whether the contact has downloaded a document.")
class ReadFilter(Enum):
    ALL = "ALL"
    READ = "READ"
    UNREAD = "UNREAD"


@strawberry.enum(
    description="Order of a list of documents. DUE takes the day of issue where nothing is due. TYPE goes from"
    " estimates to expenses, STATE from drafts to what was voided; an expired estimate stands with those not answered."
    " READ begins with what was not; purchases, which nobody reads, then go by their day of issue."
)
class DocumentOrder(Enum):
    ISSUED_ASC = "ISSUED_ASC"
    ISSUED_DESC = "ISSUED_DESC"
    DUE_ASC = "DUE_ASC"
    DUE_DESC = "DUE_DESC"
    NUMBER_ASC = "NUMBER_ASC"
    NUMBER_DESC = "NUMBER_DESC"
    TYPE_ASC = "TYPE_ASC"
    TYPE_DESC = "TYPE_DESC"
    DESCRIPTION_ASC = "DESCRIPTION_ASC"
    DESCRIPTION_DESC = "DESCRIPTION_DESC"
    BASE_ASC = "BASE_ASC"
    BASE_DESC = "BASE_DESC"
    TOTAL_ASC = "TOTAL_ASC"
    TOTAL_DESC = "TOTAL_DESC"
    OUTSTANDING_ASC = "OUTSTANDING_ASC"
    OUTSTANDING_DESC = "OUTSTANDING_DESC"
    STATE_ASC = "STATE_ASC"
    STATE_DESC = "STATE_DESC"
    READ_ASC = "READ_ASC"
    READ_DESC = "READ_DESC"


@strawberry.enum(description="Kind of a document of either side.")
class DocumentType(Enum):
    ESTIMATE = "ESTIMATE"
    PROFORMA = "PROFORMA"
    SALES_ORDER = "SALES_ORDER"
    DELIVERY_NOTE = "DELIVERY_NOTE"
    SALES_INVOICE = "SALES_INVOICE"
    PAYMENT_RECEIPT = "PAYMENT_RECEIPT"
    PURCHASE_ORDER = "PURCHASE_ORDER"
    PURCHASE_INVOICE = "PURCHASE_INVOICE"
    EXPENSE = "EXPENSE"


@strawberry.enum(description="Who owes the VAT of a document.")
class VatRegime(Enum):
    DOMESTIC = "DOMESTIC"
    EQUIVALENCE_SURCHARGE = "EQUIVALENCE_SURCHARGE"
    INTRA_EU = "INTRA_EU"
    REVERSE_CHARGE = "REVERSE_CHARGE"
    FOREIGN_SERVICE = "FOREIGN_SERVICE"
    EXPORT = "EXPORT"
    EXEMPT = "EXEMPT"


@strawberry.enum(
    description="How a document corrects another: I by differences, S by saying the whole anew. Either way its totals "
    "are the difference that it makes."
)
class RectificationMethod(Enum):
    S = "S"
    I = "I"  # noqa: E741 -- the letter of the law's form


@strawberry.enum(
    description="Why an invoice is rectified; decides the type on its record. CORRECTION: returns, discounts, prices,"
    " errors (R1); INSOLVENCY (R2, art. 80.3 LIVA) and UNCOLLECTABLE (R3, art. 80.4) take back the VAT alone; OTHER"
    " (R4). What rectifies a simplified invoice is R5."
)
class RectificationCause(Enum):
    CORRECTION = "CORRECTION"
    INSOLVENCY = "INSOLVENCY"
    UNCOLLECTABLE = "UNCOLLECTABLE"
    OTHER = "OTHER"


@strawberry.enum(description="Side of a document or tax code.")
class TaxSide(Enum):
    SALES = "SALES"
    PURCHASES = "PURCHASES"


@strawberry.enum(description="What a tax code is for, where returns and books ask.")
class TaxNature(Enum):
    GOODS = "GOODS"
    SERVICES = "SERVICES"
    INVESTMENT = "INVESTMENT"
    TRIANGULAR = strawberry.enum_value(
        "TRIANGULAR", description="Goods that a middleman sells on between two other member states."
    )
    OUTLAY = "OUTLAY"
    ANY = "ANY"


@strawberry.enum(description="What an invoice has to say about a tax code.")
class TaxLegend(Enum):
    REVERSE_CHARGE = "REVERSE_CHARGE"
    INTRA_EU = "INTRA_EU"
    INTRA_EU_SERVICE = "INTRA_EU_SERVICE"
    TRIANGULAR = "TRIANGULAR"
    EXPORT = "EXPORT"
    EXEMPT = "EXEMPT"
    EXEMPT_21 = "EXEMPT_21"
    EXEMPT_22 = "EXEMPT_22"
    EXEMPT_24 = "EXEMPT_24"
    EXEMPT_OTHER = "EXEMPT_OTHER"
    NOT_SUBJECT = "NOT_SUBJECT"
    OUTLAY = "OUTLAY"


@strawberry.enum(description="What a series is used for.")
class SeriesUse(Enum):
    ORDINARY = "ORDINARY"
    RECTIFYING = "RECTIFYING"
    SIMPLIFIED = "SIMPLIFIED"


@strawberry.enum(description="Why a reviewer should look twice at a document that is not approved.")
class WarningCode(Enum):
    DUPLICATE_NUMBER = strawberry.enum_value(
        "DUPLICATE_NUMBER", description="The supplier's number is there already."
    )
    LOOKS_ALIKE = strawberry.enum_value(
        "LOOKS_ALIKE",
        description="Another purchase of this supplier has its total, and its number or its day.",
    )
    NO_CONTACT = strawberry.enum_value("NO_CONTACT", description="Nobody is chosen; it cannot be approved.")
    NO_TAX_ID = strawberry.enum_value("NO_TAX_ID", description="The customer has no tax id.")
    NO_PAPER = strawberry.enum_value("NO_PAPER", description="No file is attached to the purchase.")
    NEW_CONTACT = strawberry.enum_value("NEW_CONTACT", description="The first one of this supplier.")
    UNUSUAL_AMOUNT = strawberry.enum_value(
        "UNUSUAL_AMOUNT", description="More than three times the mean of the contact's documents before."
    )
    UNUSUAL_ACCOUNT = strawberry.enum_value(
        "UNUSUAL_ACCOUNT", description="On an account that no document of this supplier was ever booked on."
    )
    FUTURE_DATE = strawberry.enum_value("FUTURE_DATE", description="Its day of issue is still to come.")
    LATE_ISSUE = strawberry.enum_value(
        "LATE_ISSUE",
        description="Issued after the 15th of the month that follows its operation (RD 1619/2012 art. 11).",
    )
    LOCKED_PERIOD = strawberry.enum_value("LOCKED_PERIOD", description="Dated in a locked period.")
    LONG_TERM = strawberry.enum_value("LONG_TERM", description="Due more than 60 days after its issue.")
    RECTIFIED_BEYOND = strawberry.enum_value(
        "RECTIFIED_BEYOND", description="Takes back more than there was."
    )
    INSOLVENCY_TERM = strawberry.enum_value(
        "INSOLVENCY_TERM",
        description="VAT of an insolvent customer: to be issued within three months of the publication in the BOE.",
    )
    SHORT_WAIT = strawberry.enum_value(
        "SHORT_WAIT",
        description="VAT of a bad debt before a year is over: only up to a turnover of 6 010 121.04 (LIVA art. 80.4).",
    )


for theirs, ours in (
    (Warned, WarningCode),
    (Regime, VatRegime),
    (Side, TaxSide),
    (Nature, TaxNature),
    (Legend, TaxLegend),
    (Cause, RectificationCause),
):
    assert {each.value for each in theirs} == {each.value for each in ours}, ours
