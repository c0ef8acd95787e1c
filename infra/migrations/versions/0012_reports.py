"""What reports read beside the lines themselves: the entries at the turn of a year, and the payment behind an entry."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two indexes. Without them a report reads every entry of a company, and a ledger card every payment."""
    op.create_index(
        "journal_entry_turn_of_year",
        "journal_entry",
        ["company_id", "fiscal_year"],
        postgresql_where="source in ('REGULARISATION','CLOSING','OPENING')",
    )
    op.create_index("settlement_of_entry", "settlement", ["entry_id"])
