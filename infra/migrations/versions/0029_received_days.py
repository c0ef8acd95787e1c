"""The day on which a supplier's invoice arrived: its entry and its tax period follow it (LIVA art. 99)."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_STATEMENTS = (
    "alter table document add column received_on date",
    """
    alter table document add constraint document_received_after_issue
        check (received_on is null or (side = 'PURCHASES' and received_on >= issued_on))
    """,
    # How a column is generated cannot be altered before PostgreSQL 17. Its index goes and comes with it.
    "alter table document drop column tax_on",
    """
    alter table document add column tax_on date not null generated always as
        (case when side = 'SALES' then coalesce(operation_on, issued_on) else coalesce(received_on, issued_on) end) stored
    """,
    """
    create index document_by_tax_day on document (company_id, tax_on)
        where kind in ('SALES_INVOICE','PURCHASE_INVOICE','EXPENSE')
    """,
    """
    create function received_day_stays() returns trigger language plpgsql set search_path = public, pg_temp as
    $$
    begin
        raise exception 'document % is approved and the day it arrived cannot change', old.id using errcode = 'AT016';
    end
    $$
    """,
    """
    create trigger received_day_stays before update on document for each row
        when (old.status not in ('DRAFT', 'PENDING_REVIEW') and old.received_on is distinct from new.received_on)
        execute function received_day_stays()
    """,
)


def upgrade() -> None:
    """Nothing arrived later than it was issued, as far as was said until now."""
    for statement in _STATEMENTS:
        op.execute(statement)
