"""The kinds of commercial document and the VAT regimes one can be under."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """Sales side first, then what is bought. Only those of POSTED_KINDS reach the journal."""

    ESTIMATE = "ESTIMATE"
    PROFORMA = "PROFORMA"
    SALES_ORDER = "SALES_ORDER"
    DELIVERY_NOTE = "DELIVERY_NOTE"
    SALES_INVOICE = "SALES_INVOICE"
    PAYMENT_RECEIPT = "PAYMENT_RECEIPT"
    PURCHASE_ORDER = "PURCHASE_ORDER"
    PURCHASE_INVOICE = "PURCHASE_INVOICE"
    EXPENSE = "EXPENSE"


SALES_KINDS = frozenset(
    {
        DocumentKind.ESTIMATE,
        DocumentKind.PROFORMA,
        DocumentKind.SALES_ORDER,
        DocumentKind.DELIVERY_NOTE,
        DocumentKind.SALES_INVOICE,
        DocumentKind.PAYMENT_RECEIPT,
    }
)
PURCHASE_KINDS = frozenset(DocumentKind) - SALES_KINDS

POSTED_KINDS = frozenset({DocumentKind.SALES_INVOICE, DocumentKind.PURCHASE_INVOICE, DocumentKind.EXPENSE})
"""Kinds that have an effect on VAT and the ledger; all others are promises, goods or proof."""

RECEIVED_KINDS = POSTED_KINDS & PURCHASE_KINDS
"""Kinds whose VAT may be deducted from the day they arrived."""


class RectificationCause(StrEnum):
    """Why an invoice is rectified, as LIVA tells causes apart.

    CORRECTION: returns, discounts, prices and errors founded in law (art. 80.1, 80.2, 80.6); INSOLVENCY of the customer
    (art. 80.3) and UNCOLLECTABLE debts (art. 80.4) take back the VAT alone: the customer goes on owing the base; OTHER
    is everything else.
    """

    CORRECTION = "CORRECTION"
    INSOLVENCY = "INSOLVENCY"
    UNCOLLECTABLE = "UNCOLLECTABLE"
    OTHER = "OTHER"

    @property
    def is_vat_alone(self) -> bool:
        """Whether only VAT comes back, and the debt for the base stays."""
        return self in {RectificationCause.INSOLVENCY, RectificationCause.UNCOLLECTABLE}


def is_vat_alone(cause: str | None) -> bool:
    """Whether a document with this cause, as kept, takes back VAT and nothing else."""
    return RectificationCause(cause).is_vat_alone if cause else False


class VatRegime(StrEnum):
    """Who owes the VAT of a document. The values of taxed regimes are those of the tax sub-accounts.

    DOMESTIC and EQUIVALENCE_SURCHARGE are charged on the document. INTRA_EU, REVERSE_CHARGE (art. 84 LIVA)
    and FOREIGN_SERVICE are owed by the buyer: not charged, self-assessed on purchases. EXPORT and EXEMPT
    carry none.
    """

    DOMESTIC = "DOMESTIC"
    EQUIVALENCE_SURCHARGE = "EQUIVALENCE_SURCHARGE"
    INTRA_EU = "INTRA_EU"
    REVERSE_CHARGE = "REVERSE_CHARGE"
    FOREIGN_SERVICE = "FOREIGN_SERVICE"
    EXPORT = "EXPORT"
    EXEMPT = "EXEMPT"

    @property
    def is_charged(self) -> bool:
        """Whether the VAT stands on the document and is part of its total."""
        return self in {VatRegime.DOMESTIC, VatRegime.EQUIVALENCE_SURCHARGE}

    @property
    def is_self_assessed(self) -> bool:
        """Whether the buyer books both output and input VAT of a purchase."""
        return self in {VatRegime.INTRA_EU, VatRegime.REVERSE_CHARGE, VatRegime.FOREIGN_SERVICE}
