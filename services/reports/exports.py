"""Reports as files. Amounts are in the currency of the books; each file is of the period that its screen shows."""

from services.kit.exports import ColumnKind, ExportColumn, Exported, ExportFilter
from services.reports.rules.ratios import INPUTS, RATIOS

GROUPS = tuple(sorted({one.group for one in RATIOS}))
_PERIOD = {"from": ExportFilter("From"), "to": ExportFilter("To")}
_CLOSINGS = {"includeClosings": ExportFilter("With closing entries")}


def _amount(heading: str, path: str, *, total: bool = True) -> ExportColumn:
    return ExportColumn(heading, path, ColumnKind.MONEY, currency=None, total=total)


_STATEMENT = (
    ExportColumn("Number", "number", width=7),
    ExportColumn("Line", "name", width=64),
    _amount("Amount", "amount", total=False),
    _amount("Compared with", "prior", total=False),
)

EXPORTS = (
    Exported(
        root="reports",
        name="trialBalance",
        rows="trialBalance.summary",
        title="Trial balance",
        columns=(
            ExportColumn("Account", "code", width=11),
            ExportColumn("Account name", "name", width=32),
            _amount("Opening debit", "openingDebit"),
            _amount("Opening credit", "openingCredit"),
            _amount("Debit", "debit"),
            _amount("Credit", "credit"),
            _amount("Year debit", "yearDebit"),
            _amount("Year credit", "yearCredit"),
            _amount("Closing debit", "closingDebit"),
            _amount("Closing credit", "closingCredit"),
        ),
        filters=_PERIOD | _CLOSINGS | {"level": ExportFilter("Digits")},
    ),
    Exported(
        root="reports",
        name="ledgerCard",
        rows="ledgerCard.lines.nodes",
        title="Ledger card",
        columns=(
            ExportColumn("Date", "entryOn", ColumnKind.DATE, width=11),
            ExportColumn("Number", "number", ColumnKind.NUMBER, width=9),
            ExportColumn("Account", "code", width=11),
            ExportColumn("Account name", "name", width=26),
            ExportColumn("Counter-account", "counterAccount", width=13),
            ExportColumn("Document", "documentNumber", width=14),
            ExportColumn("Text", "text", width=30),
            _amount("Debit", "debit"),
            _amount("Credit", "credit"),
            _amount("Balance", "balance", total=False),
        ),
        filters={"account": ExportFilter("Account")} | _PERIOD | _CLOSINGS,
    ),
    Exported(
        root="reports",
        name="journalBook",
        rows="journalBook.entries.nodes",
        title="Journal book",
        columns=(
            ExportColumn("Number", "number", ColumnKind.NUMBER, width=9),
            ExportColumn("Date", "entryOn", ColumnKind.DATE, width=11),
            ExportColumn("Account", "code", width=11),
            ExportColumn("Account name", "name", width=30),
            ExportColumn("Text", "text", width=34),
            _amount("Debit", "debit"),
            _amount("Credit", "credit"),
        ),
        filters=_PERIOD,
    ),
    Exported(
        root="reports",
        name="balanceSheet",
        rows="balanceSheet.lines",
        title="Balance sheet",
        columns=_STATEMENT,
        filters=_PERIOD,
    ),
    Exported(
        root="reports",
        name="profitAndLoss",
        rows="profitAndLoss.lines",
        title="Profit and loss",
        columns=_STATEMENT,
        filters=_PERIOD | _CLOSINGS,
    ),
    Exported(
        root="reports",
        name="ratios",
        rows="ratios.rows",
        each="inputs",
        title="Ratios",
        columns=(
            ExportColumn("Group", "group", ColumnKind.WORD, width=14, words=GROUPS),
            ExportColumn("Ratio", "key", ColumnKind.WORD, width=24, words=tuple(one.key for one in RATIOS)),
            ExportColumn("Value", "value", ColumnKind.NUMBER, width=11),
            ExportColumn("Unit", "unit", ColumnKind.WORD, width=10),
            ExportColumn("Scale", "scale", ColumnKind.WORD, width=12),
            ExportColumn(
                "Part", "inputs.part", ColumnKind.WORD, width=13, words=("NUMERATOR", "DENOMINATOR")
            ),
            ExportColumn("Weight", "inputs.weight", ColumnKind.NUMBER, width=8),
            ExportColumn(
                "Input", "inputs.key", ColumnKind.WORD, width=32, words=tuple(one.key for one in INPUTS)
            ),
            _amount("Amount", "inputs.amount", total=False),
        ),
        filters=_PERIOD,
    ),
    Exported(
        root="reports",
        name="ageing",
        rows="ageing.contacts",
        title="Ageing",
        columns=(
            ExportColumn("Contact", "name", width=34),
            _amount("Not due", "notDue"),
            _amount("1 to 30 days", "days30"),
            _amount("31 to 60 days", "days60"),
            _amount("61 to 90 days", "days90"),
            _amount("Over 90 days", "older"),
            _amount("Total", "total"),
        ),
        filters={"side": ExportFilter("Side"), "to": ExportFilter("To")},
    ),
)
