"""Bank lines as a file."""

from services.kit.exports import ColumnKind, ExportColumn, Exported, ExportFilter

EXPORTS = (
    Exported(
        root="bankLines",
        title="Bank lines",
        columns=(
            ExportColumn("Company", "companyId", ColumnKind.COMPANY, width=22),
            ExportColumn("Date", "operationOn", ColumnKind.DATE, width=11),
            ExportColumn("Value date", "valueOn", ColumnKind.DATE, width=11),
            ExportColumn("Text", "text", width=44),
            ExportColumn("Reference", "reference", width=20),
            ExportColumn("State", "state", ColumnKind.WORD, width=16),
            ExportColumn("Currency", "currency", width=9),
            ExportColumn("Amount", "amount", ColumnKind.MONEY),
            ExportColumn("Reconciled amount", "settledAmount", ColumnKind.MONEY),
        ),
        filters={
            "filter.bankAccountId": ExportFilter("Bank account", named_by="bankAccount.name"),
            "filter.state": ExportFilter("State"),
            "filter.unreconciled": ExportFilter("Unreconciled"),
            "filter.search": ExportFilter("Search"),
            "filter.direction": ExportFilter("Direction"),
        },
    ),
)
