"""The contact book as a file."""

from services.kit.exports import ColumnKind, ExportColumn, Exported, ExportFilter

EXPORTS = (
    Exported(
        root="contacts",
        title="Contacts",
        columns=(
            ExportColumn("Company", "companyId", ColumnKind.COMPANY, width=24),
            ExportColumn("Name", "name", width=32),
            ExportColumn("Tax identifier", "taxId"),
            ExportColumn("Address", "address", width=28),
            ExportColumn("Postcode", "postcode", width=10),
            ExportColumn("Town", "city", width=18),
            ExportColumn("Province", "province", width=16),
            ExportColumn("Country", "country", width=8),
            ExportColumn("E-mail", "email", width=28),
            ExportColumn("Telephone", "phone", width=16),
            ExportColumn("Customer", "isCustomer", ColumnKind.FLAG, width=9),
            ExportColumn("Supplier", "isSupplier", ColumnKind.FLAG, width=9),
            ExportColumn("Created on", "createdAt", ColumnKind.INSTANT, width=12),
        ),
        filters={
            "filter.search": ExportFilter("Search"),
            "filter.newOnly": ExportFilter("Only new ones"),
            "filter.customer": ExportFilter("Customer"),
            "filter.supplier": ExportFilter("Supplier"),
        },
    ),
)
