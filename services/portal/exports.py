"""A contact's own documents as a file, and their PDFs as one archive (FC-10)."""

from services.kit.exports import ColumnKind, ExportColumn, Exported, ExportFilter

EXPORTS = (
    Exported(
        root="portalDocuments",
        title="Documents",
        columns=(
            ExportColumn("Kind", "type", ColumnKind.WORD, width=18),
            ExportColumn("Number", "number", width=16),
            ExportColumn("Date", "issuedOn", ColumnKind.DATE, width=11),
            ExportColumn("Due", "dueOn", ColumnKind.DATE, width=11),
            ExportColumn("State", "status", ColumnKind.WORD, width=16),
            ExportColumn("Description", "description", width=34),
            ExportColumn("Currency", "currency", width=9),
            ExportColumn("Base", "taxableBase", ColumnKind.MONEY),
            ExportColumn("VAT", "taxTotal", ColumnKind.MONEY),
            ExportColumn("Total", "total", ColumnKind.MONEY),
            ExportColumn("Outstanding", "outstanding", ColumnKind.MONEY),
        ),
        filters={
            "filter.type": ExportFilter("Kind"),
            "filter.search": ExportFilter("Search"),
            "filter.read": ExportFilter("Read"),
        },
        documents="id",
    ),
)
