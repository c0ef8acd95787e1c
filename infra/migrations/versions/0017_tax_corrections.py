"""Corrections of filed returns: rectifying, complementary and substitutive ones beside the first of their period."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_CHANGES = (
    "alter table tax_return drop constraint tax_return_once_a_period",
    "alter table tax_return drop constraint tax_return_state_known",
    """
    alter table tax_return
        add column kind text not null default 'ORIGINAL',
        add column sequence integer not null default 0,
        add column corrects_id uuid,
        add column correction_reason text,
        add constraint tax_return_state_known
            check (state in ('DRAFT','PREPARED','APPROVED','FILED','DISCARDED')),
        add constraint tax_return_kind_known
            check (kind in ('ORIGINAL','RECTIFYING','COMPLEMENTARY','SUBSTITUTIVE')),
        add constraint tax_return_correction_names_what_it_corrects
            check ((kind = 'ORIGINAL') = (corrects_id is null)),
        add constraint tax_return_original_first check ((kind = 'ORIGINAL') = (sequence = 0)),
        add constraint tax_return_in_order unique (company_id, model, year, period, sequence),
        add constraint tax_return_company_id_corrects_id_fkey foreign key (company_id, corrects_id)
            references tax_return (company_id, id)
    """,
)


def upgrade() -> None:
    """A period may have several returns, in the order in which they were made; the wall is that of the table."""
    for statement in _CHANGES:
        op.execute(statement)
