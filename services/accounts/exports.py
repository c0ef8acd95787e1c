"""The list of clients as a file."""

from services.kit.exports import ColumnKind, ExportColumn, Exported, ExportFilter

EXPORTS = (
    Exported(
        root="clients",
        title="Clients",
        columns=(
            ExportColumn("Name", "name", width=34),
            ExportColumn("Tax identifier", "taxId", width=14),
            ExportColumn("Trade", "trade", width=24),
            ExportColumn("Town", "city", width=18),
            ExportColumn("Currency", "currency", width=9),
            ExportColumn("Bank balance", "overview.bankBalance", ColumnKind.MONEY),
            ExportColumn("Income", "overview.income", ColumnKind.MONEY),
            ExportColumn("Expense", "overview.expense", ColumnKind.MONEY),
            ExportColumn("Result", "overview.result", ColumnKind.MONEY),
            ExportColumn("Receivable", "overview.receivable", ColumnKind.MONEY),
            ExportColumn("Payable", "overview.payable", ColumnKind.MONEY),
        ),
        filters={
            "tab": ExportFilter("Which"),
            "filter.search": ExportFilter("Search"),
            "filter.unassigned": ExportFilter("Without assignment"),
            "filter.idleDays": ExportFilter("Days without changes"),
        },
    ),
)
