"""What the gateway may use of einvoices."""

from services.einvoices.files import EInvoiceFormat, einvoice_of

__all__ = ["EInvoiceFormat", "einvoice_of"]
