"""Electronic invoices in GraphQL: a signed link per format."""

from services.access.guard import Guard, extends, python
from services.access.interface import RequestContext
from services.access.policy import Scope
from services.einvoices.files import EInvoiceFormat

SALES = Guard(Scope.SALES)


def _link(wanted: EInvoiceFormat, context: RequestContext, document_id: str, *issued: object) -> str | None:
    kind, number, approved_at, voided_at = issued
    if kind != "SALES_INVOICE" or number is None or approved_at is None or voided_at is not None:
        return None
    return context.link("einvoice", document=str(document_id), format=wanted.value)


_NEEDS = ("id", "kind", "number", "approved_at", "voided_at")


@extends("SalesDocument")
class EInvoicesOfSalesDocument:
    facturae_url: str | None = python(
        _NEEDS,
        lambda context, *row: _link(EInvoiceFormat.FACTURAE, context, *row),
        "Signed link of this viewer to the issued invoice as Facturae 3.2.2 (XML, unsigned); null for what is none.",
        guard=SALES,
    )
    ubl_url: str | None = python(
        _NEEDS,
        lambda context, *row: _link(EInvoiceFormat.UBL, context, *row),
        "Signed link of this viewer to the issued invoice as UBL 2.1 after EN 16931; null for what is none.",
        guard=SALES,
    )
    factur_x_url: str | None = python(
        _NEEDS,
        lambda context, *row: _link(EInvoiceFormat.FACTUR_X, context, *row),
        "Signed link of this viewer to the issued invoice as a Factur-X PDF (EN 16931); null for what is none.",
        guard=SALES,
    )
