"""Lists of commercial documents as files, and their PDFs as one archive."""

from services.kit.exports import ColumnKind, ExportColumn, Exported, ExportFilter, ExportPart

_AMOUNTS = (
    ExportColumn("Currency", "currency", width=9),
    ExportColumn("Base", "taxableBase", ColumnKind.MONEY),
    ExportColumn("VAT", "taxTotal", ColumnKind.MONEY),
    ExportColumn("Withholding", "withholding", ColumnKind.MONEY),
    ExportColumn("Total", "total", ColumnKind.MONEY),
    ExportColumn("Outstanding", "outstanding", ColumnKind.MONEY),
)

_FILTERS = {
    "filter.from": ExportFilter("From"),
    "filter.to": ExportFilter("To"),
    "filter.type": ExportFilter("Kind"),
    "filter.status": ExportFilter("State"),
    "filter.search": ExportFilter("Search"),
    "filter.contactId": ExportFilter("Contact", named_by="contact.name"),
    "filter.open": ExportFilter("With an amount to pay"),
    "filter.unposted": ExportFilter("Not in the books yet"),
    "archived": ExportFilter("Archived"),
}


def _columns(contact: str) -> tuple[ExportColumn, ...]:
    return (
        ExportColumn("Company", "companyId", ColumnKind.COMPANY, width=22),
        ExportColumn("Kind", "type", ColumnKind.WORD, width=16),
        ExportColumn("Number", "number", width=15),
        ExportColumn("Date", "issuedOn", ColumnKind.DATE, width=11),
        ExportColumn("Due", "dueOn", ColumnKind.DATE, width=11),
        ExportColumn("State", "status", ColumnKind.WORD, width=15),
        ExportColumn(contact, "contact.name", width=30),
        ExportColumn("Tax identifier", "contact.taxId", width=13),
        *_AMOUNTS,
    )


def _statement(field: str, title: str) -> Exported:
    return Exported(
        name=field,
        root="contact",
        rows=f"{field}.lines",
        company="contact.companyId",
        title=title,
        columns=(
            ExportColumn("Date", "movedOn", ColumnKind.DATE, width=11),
            ExportColumn("Due", "dueOn", ColumnKind.DATE, width=11),
            ExportColumn("Kind", "kind", ColumnKind.WORD, width=18),
            ExportColumn("Number", "number", width=18),
            ExportColumn("Currency", "currency", width=9),
            ExportColumn("Charge", "charge", ColumnKind.MONEY, width=15),
            ExportColumn("Payment", "payment", ColumnKind.MONEY, width=15),
            ExportColumn("Balance", "balance", ColumnKind.MONEY, width=15, total=False),
        ),
        filters={
            "id": ExportFilter("Contact", named_by="contact.name"),
            "from": ExportFilter("From"),
            "to": ExportFilter("To"),
        },
        parts=(
            ExportPart(
                "Balances",
                "balances",
                (
                    ExportColumn("Currency", "currency", width=9),
                    ExportColumn("Opening balance", "opening", ColumnKind.MONEY, width=15),
                    ExportColumn("Charges", "charged", ColumnKind.MONEY, width=15),
                    ExportColumn("Payments", "paid", ColumnKind.MONEY, width=15),
                    ExportColumn("Closing balance", "closing", ColumnKind.MONEY, width=15),
                ),
                before=True,
            ),
            ExportPart(
                "Ageing of what is open",
                "ageing",
                (
                    ExportColumn("Currency", "currency", width=9),
                    ExportColumn("Not due", "notDue", ColumnKind.MONEY, width=15),
                    ExportColumn("1 to 30 days", "days30", ColumnKind.MONEY, width=15),
                    ExportColumn("31 to 60 days", "days60", ColumnKind.MONEY, width=15),
                    ExportColumn("61 to 90 days", "days90", ColumnKind.MONEY, width=15),
                    ExportColumn("Over 90 days", "older", ColumnKind.MONEY, width=15),
                    ExportColumn("Total", "total", ColumnKind.MONEY, width=15),
                ),
            ),
        ),
    )


EXPORTS = (
    _statement("customerStatement", "Customer's statement of account"),
    _statement("supplierStatement", "Supplier's statement of account"),
    Exported(
        root="salesDocuments",
        title="Sales documents",
        columns=_columns("Customer"),
        filters={**_FILTERS, "filter.read": ExportFilter("Read")},
        documents="id",
    ),
    Exported(
        root="purchaseDocuments",
        title="Purchase documents",
        columns=_columns("Supplier"),
        filters=_FILTERS,
    ),
)
