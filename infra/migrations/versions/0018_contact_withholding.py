"""A contact's card says what is withheld, and what VIES answered about its VAT number."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Columns with their checks; the walls of the table hold as before."""
    for side in ("sales", "purchase"):
        rate = f"{side}_withholding_rate"
        op.add_column("contact", sa.Column(rate, sa.Numeric(5, 2), nullable=True))
        op.create_check_constraint(
            op.f(f"contact_{side}_withholding_in_percent"), "contact", f"{rate} > 0 and {rate} < 100"
        )
    op.add_column("contact", sa.Column("vies_answer", sa.String(), nullable=True))
    op.add_column("contact", sa.Column("vies_checked_on", sa.Date(), nullable=True))
    op.create_check_constraint(
        op.f("contact_vies_answer_known"), "contact", "vies_answer in ('REGISTERED','NOT_REGISTERED')"
    )
    op.create_check_constraint(
        op.f("contact_vies_answer_dated"), "contact", "(vies_answer is null) = (vies_checked_on is null)"
    )
