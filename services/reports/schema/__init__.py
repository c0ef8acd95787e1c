"""Reports in GraphQL: `reports(companyId)` and below it one field per report. With them comes their closing check."""

from services.reports.schema.reports import Query, Reports
from services.reports.year_end import unmapped_accounts

__all__ = ["Query", "Reports", "unmapped_accounts"]
