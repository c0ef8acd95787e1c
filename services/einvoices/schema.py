"""Electronic invoices in GraphQL: a signed link per format."""

from services.access.guard import Guard, extends, python
from services.access.interface import RequestContext
from services.access.policy import Scope
from services.documents.interface import is_vat_alone
from services.einvoices.files import EInvoiceFormat

SALES = Guard(Scope.SALES)


def _link(
    wanted: EInvoiceFormat, context: RequestContext, document_id: str, *issued: str | None
) -> str | None:
    kind, number, approved_at, voided_at, cause = issued
    is_issued = number is not None and approved_at is not None and voided_at is None
    if kind != "SALES_INVOICE" or not is_issued or is_vat_alone(cause):
        return None
    return context.link("einvoice", document=str(document_id), format=wanted.value)


_NEEDS = ("id", "kind", "number", "approved_at", "voided_at", "rectification_cause")


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
