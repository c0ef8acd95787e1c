"""What other modules may use of verifactu. The callers have checked their own scope."""

from sqlalchemy import Table

from services.verifactu.actions import check_territory, company_of_chain, record_cancellation, record_issue
from services.verifactu.handing_over import RecordsFile, records_file
from services.verifactu.models import InvoiceRecord
from services.verifactu.qr import qr_png
from services.verifactu.queries import record_of
from services.verifactu.rules import (
    InvoiceNamed,
    InvoiceType,
    PartyOnRecord,
    RecordedInvoice,
    TaxOnRecord,
    Treatment,
    record_tax_id,
)
from services.verifactu.verification import BrokenRecord, Verified, verify_records

__all__ = [
    "BrokenRecord",
    "InvoiceNamed",
    "InvoiceType",
    "PartyOnRecord",
    "RecordedInvoice",
    "RecordsFile",
    "TaxOnRecord",
    "Treatment",
    "Verified",
    "check_territory",
    "company_of_chain",
    "invoice_record_table",
    "qr_png",
    "record_cancellation",
    "record_issue",
    "record_of",
    "record_tax_id",
    "records_file",
    "verify_records",
]


def invoice_record_table() -> Table:
    """Records of issued and cancelled invoices, for joins. Row-level security still binds them."""
    return InvoiceRecord.__table__  # type: ignore[attr-defined, no-any-return]
