"""Reports in GraphQL: `reports(companyId)` and below it one field per report."""

from services.reports.schema.reports import Query, Reports

__all__ = ["Query", "Reports"]
