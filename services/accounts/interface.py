"""What other modules may use of accounts."""

from sqlalchemy import Table

from services.accounts.models import Branding, Company
from services.kit.db import table_of


def company_table() -> Table:
    """Companies, for joins that show the issuer of a document. Row-level security still binds them."""
    return table_of(Company)


def branding_table() -> Table:
    """How companies look in their portal and on their papers. Readable by anybody: it stands on the door."""
    return table_of(Branding)
