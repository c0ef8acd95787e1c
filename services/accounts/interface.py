"""What other modules may use of accounts."""

from sqlalchemy import Table

from services.accounts.models import Company
from services.kit.db import table_of


def company_table() -> Table:
    """Companies, for joins that show the issuer of a document. Row-level security still binds them."""
    return table_of(Company)
