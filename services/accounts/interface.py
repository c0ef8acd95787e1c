"""What other modules may use of accounts."""

from sqlalchemy import Table

from services.accounts.models import Company


def company_table() -> Table:
    """Companies, for joins that show the issuer of a document. Row-level security still binds them."""
    return Company.__table__  # type: ignore[attr-defined, no-any-return]
