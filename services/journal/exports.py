"""Journal and chart of accounts as files. Amounts are in the currency of the books."""

from services.kit.exports import ColumnKind, ExportColumn, Exported, ExportFilter

_FILTERS = {
    "filter.from": ExportFilter("From"),
    "filter.to": ExportFilter("To"),
    "filter.state": ExportFilter("State"),
    "filter.reviewed": ExportFilter("Reviewed"),
    "filter.search": ExportFilter("Search"),
}

EXPORTS = (
    Exported(
        root="journalEntries",
        title="Journal",
        columns=(
            ExportColumn("Company", "companyId", ColumnKind.COMPANY, width=22),
            ExportColumn("Number", "number", ColumnKind.NUMBER, width=9),
            ExportColumn("Date", "entryOn", ColumnKind.DATE, width=11),
            ExportColumn("State", "state", ColumnKind.WORD, width=11),
            ExportColumn("Entry", "text", width=30),
            ExportColumn("Account", "lines.ledgerAccount.code", width=12),
            ExportColumn("Account name", "lines.ledgerAccount.name", width=28),
            ExportColumn("Contact", "lines.contact.name", width=24),
            ExportColumn("Text", "lines.text", width=28),
            ExportColumn("Debit", "lines.debit", ColumnKind.MONEY, currency=None),
            ExportColumn("Credit", "lines.credit", ColumnKind.MONEY, currency=None),
        ),
        filters=_FILTERS,
        each="lines",
    ),
    Exported(
        root="journalLines",
        title="Journal lines",
        columns=(
            ExportColumn("Company", "companyId", ColumnKind.COMPANY, width=22),
            ExportColumn("Date", "entryOn", ColumnKind.DATE, width=11),
            ExportColumn("Account", "ledgerAccount.code", width=12),
            ExportColumn("Account name", "ledgerAccount.name", width=28),
            ExportColumn("Contact", "contact.name", width=24),
            ExportColumn("Text", "text", width=34),
            ExportColumn("Debit", "debit", ColumnKind.MONEY, currency=None),
            ExportColumn("Credit", "credit", ColumnKind.MONEY, currency=None),
        ),
        filters=_FILTERS,
    ),
    Exported(
        root="ledgerAccounts",
        title="Chart of accounts",
        columns=(
            ExportColumn("Account", "code", width=12),
            ExportColumn("Account name", "name", width=44),
            ExportColumn("Takes entries", "isLeaf", ColumnKind.FLAG, width=14),
            ExportColumn("Balance", "balance", ColumnKind.MONEY, width=18, currency=None),
        ),
        filters={"search": ExportFilter("Search")},
    ),
)
