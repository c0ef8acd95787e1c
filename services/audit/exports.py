"""The change log as a file."""

from services.kit.exports import ColumnKind, ExportColumn, Exported, ExportFilter

EXPORTS = (
    Exported(
        root="auditEvents",
        title="Change log",
        columns=(
            ExportColumn("Date", "at", ColumnKind.INSTANT, width=12),
            ExportColumn("Done by", "actorName", width=24),
            ExportColumn("What happened", "sentence", width=60),
            ExportColumn("Changed", "changesText", width=50),
            ExportColumn("Reason", "reason", width=36),
        ),
        filters={
            "filter.about": ExportFilter("About"),
            "filter.from": ExportFilter("From"),
            "filter.to": ExportFilter("To"),
        },
    ),
)
