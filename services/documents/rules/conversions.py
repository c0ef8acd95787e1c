"""Which document becomes which, and how much of a line is left to go on."""

from collections.abc import Mapping
from decimal import Decimal

from services.documents.rules.kinds import DocumentKind
from services.documents.rules.states import DocumentStatus
from services.kit.errors import Refused

CONVERSIONS: Mapping[DocumentKind, frozenset[DocumentKind]] = {
    DocumentKind.ESTIMATE: frozenset(
        {
            DocumentKind.PROFORMA,
            DocumentKind.SALES_ORDER,
            DocumentKind.DELIVERY_NOTE,
            DocumentKind.SALES_INVOICE,
        }
    ),
    DocumentKind.PROFORMA: frozenset(
        {DocumentKind.SALES_ORDER, DocumentKind.DELIVERY_NOTE, DocumentKind.SALES_INVOICE}
    ),
    DocumentKind.SALES_ORDER: frozenset({DocumentKind.DELIVERY_NOTE, DocumentKind.SALES_INVOICE}),
    DocumentKind.DELIVERY_NOTE: frozenset({DocumentKind.SALES_INVOICE}),
    DocumentKind.PURCHASE_ORDER: frozenset({DocumentKind.PURCHASE_INVOICE, DocumentKind.EXPENSE}),
}
"""The next step of each kind; invoices, expenses and receipts are the end of the road."""

CONVERTIBLE_STATUSES = frozenset({DocumentStatus.APPROVED, DocumentStatus.ACCEPTED})


class ConversionRefused(Refused):
    """No such step, or the document is a draft, cancelled or rejected."""

    code = "CONVERSION_REFUSED"
    sentence = "Document {number} is {status} and cannot become a {wanted}."
    words = frozenset({"status", "wanted"})


class ConversionMixed(Refused):
    """Several documents go into one only if all of it is the same."""

    code = "CONVERSION_MIXED"
    sentence = "Document {number} differs in contact, currency, regime or withholding and cannot go into the same one."


class MoreThanLeft(Refused):
    """`left` is what no later document has taken yet."""

    code = "MORE_THAN_LEFT"
    sentence = "Of line {position} of {number} only {left} is left, not {wanted}."


class NothingLeft(Refused):
    """All of it went into later documents."""

    code = "NOTHING_LEFT"
    sentence = "Nothing of {number} is left; all of it went into later documents."


def check_conversion(
    kind: DocumentKind, status: DocumentStatus, wanted: DocumentKind, *, number: str
) -> None:
    """This will refuse a step that the kind does not know, or from a state that allows none."""
    if wanted not in CONVERSIONS.get(kind, frozenset()) or status not in CONVERTIBLE_STATUSES:
        raise ConversionRefused(number=number, status=status, wanted=wanted)


def check_left(wanted: Decimal, left: Decimal, *, position: int, number: str) -> None:
    """This will refuse to take more of a line than is left, nothing, or with the other sign."""
    if wanted * left <= 0 or abs(wanted) > abs(left):
        raise MoreThanLeft(position=position, number=number, left=left, wanted=wanted)
