"""A soft lock may hold for one daybook alone: sales are done while purchases still come in."""

from alembic import op

from infra.migrations.walls import APP_ROLE, company_wall

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_KNOWN = "daybook in ('SALES','PURCHASES','BANK','GENERAL')"

_TABLES = (
    f"""
    create table daybook_lock (
        company_id uuid not null constraint daybook_lock_company_id_fkey references company (id),
        daybook text not null constraint daybook_lock_daybook_known check ({_KNOWN}),
        soft_until date,
        changed_by uuid constraint daybook_lock_changed_by_fkey references membership (id),
        changed_at timestamptz not null,
        constraint daybook_lock_pkey primary key (company_id, daybook)
    )
    """,
    f"alter table lock_exception add column daybook text constraint lock_exception_daybook_known check ({_KNOWN})",
    f"alter table lock_change add column daybook text constraint lock_change_daybook_known check ({_KNOWN})",
)

_FUNCTIONS = (
    # One for a daybook lets nobody behind the lock of all.
    """
    create or replace function lock_is_excepted(of_company uuid, of_lock text) returns boolean language sql stable as
    $$
        select exists (select 1 from public.lock_exception x
                        where x.company_id = of_company and x.lock = of_lock and x.daybook is null
                          and x.ended_at is null and x.until_at > public.app_now()
                          and (x.membership_id is null or x.membership_id = public.app_viewer()))
    $$
    """,
    # The daybook of an entry, from what made it; a reversal is in that of what it reverses.
    """
    create function entry_daybook(of_source text, of_id uuid) returns text language plpgsql stable
    set search_path = public, pg_temp as
    $$
    begin
        return case of_source
            when 'DOCUMENT' then coalesce((select d.side from document d where d.id = of_id), 'GENERAL')
            when 'PAYMENT' then 'BANK'
            when 'RECONCILIATION' then 'BANK'
            when 'REVERSAL' then coalesce((select entry_daybook(e.source, e.source_id) from journal_entry e
                                            where e.id = of_id), 'GENERAL')
            else 'GENERAL' end;
    end
    $$
    """,
    """
    create function daybook_is_open() returns trigger language plpgsql set search_path = public, pg_temp as
    $$
    declare
        held record;
    begin
        for held in select k.daybook, k.soft_until from daybook_lock k
                     where k.company_id = new.company_id and new.entry_on <= k.soft_until loop
            if held.daybook = entry_daybook(new.source, new.source_id)
               and not exists (select 1 from membership m where m.id = app_viewer()
                                  and m.role in ('FIRM_OWNER', 'FIRM_ADMIN', 'ACCOUNT_MANAGER'))
               and not exists (select 1 from lock_exception x
                                where x.company_id = new.company_id and x.lock = 'SOFT' and x.ended_at is null
                                  and x.until_at > app_now() and (x.daybook is null or x.daybook = held.daybook)
                                  and (x.membership_id is null or x.membership_id = app_viewer())) then
                raise exception 'the daybook % is locked until %', held.daybook, held.soft_until
                    using errcode = 'AT014';
            end if;
        end loop;
        return new;
    end
    $$
    """,
    # As 0020, and: a lock of one daybook is called by its name.
    """
    create or replace function log_lock() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as
    $$
    declare
        of_year boolean := new.act like 'YEAR%';
        changes jsonb := jsonb_build_object('locked_until', jsonb_build_array(new.before_on, new.after_on));
    begin
        if new.exception_id is not null then
            select jsonb_build_object('for_name', jsonb_build_array(null, e.for_name),
                                      'until_at', jsonb_build_array(null, e.until_at))
              into changes from lock_exception e where e.id = new.exception_id;
        end if;
        perform log_event(new.company_id, 22, case when of_year then 'FISCAL_YEAR' else 'LOCK' end,
                          replace(new.act, 'YEAR_', ''), new.exception_id,
                          case when of_year then '' else 'LOCK_' || new.lock || coalesce('_' || new.daybook, '') end,
                          case when of_year then (select y.year::text from fiscal_year y
                                                   where y.company_id = new.company_id
                                                     and y.ends_on = case new.act when 'YEAR_CLOSED' then new.after_on
                                                                                  else new.before_on end) end,
                          changes, case new.act when 'YEAR_CLOSED' then '' else new.reason end);
        return null;
    end
    $$
    """,
    """
    create trigger daybook_is_open before update on journal_entry for each row
        when (old.state <> 'POSTED' and new.state = 'POSTED'
              and new.source not in ('REGULARISATION', 'CLOSING', 'OPENING'))
        execute function daybook_is_open()
    """,
)


def upgrade() -> None:
    """No daybook is locked yet."""
    for statement in _TABLES:
        op.execute(statement)
    for statement in company_wall("daybook_lock"):
        op.execute(statement)
    op.execute(f"grant select, insert, update on daybook_lock to {APP_ROLE}")
    for statement in _FUNCTIONS:
        op.execute(statement)
