"""The days of a fiscal year move only while it is open and never away from its entries; who moved them is logged."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_STATEMENTS = (
    """
    create function fiscal_year_holds() returns trigger language plpgsql set search_path = public, pg_temp as
    $$
    begin
        if old.closed_at is not null or exists (
            select 1 from journal_entry e where e.company_id = new.company_id and e.fiscal_year = new.year
               and e.entry_on not between new.starts_on and new.ends_on) then
            raise exception 'fiscal year % is closed or holds entries of other days', new.year using errcode = 'AT014';
        end if;
        return new;
    end
    $$
    """,
    """
    create trigger fiscal_year_holds before update of starts_on, ends_on on fiscal_year for each row
        when (old.starts_on is distinct from new.starts_on or old.ends_on is distinct from new.ends_on)
        execute function fiscal_year_holds()
    """,
    """
    create function log_fiscal_year_days() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as
    $$
    begin
        perform log_event(new.company_id, 21, 'FISCAL_YEAR', 'CHANGED', new.id, '', new.year::text,
            jsonb_build_object('starts_on', jsonb_build_array(old.starts_on, new.starts_on),
                               'ends_on', jsonb_build_array(old.ends_on, new.ends_on)), '');
        return null;
    end
    $$
    """,
    """
    create trigger logs_days after update of starts_on, ends_on on fiscal_year for each row
        when (old.starts_on is distinct from new.starts_on or old.ends_on is distinct from new.ends_on)
        execute function log_fiscal_year_days()
    """,
)


def upgrade() -> None:
    """Years stay as they are."""
    for statement in _STATEMENTS:
        op.execute(statement)
