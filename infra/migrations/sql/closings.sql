-- Locks with exceptions and a log, marks beside entries, templates, closings. domain.md 1.4, 1.5.

alter table journal_entry add column version integer not null default 1;
alter table ledger_account add column archived_at timestamptz;
alter table entry_review add column reviewed_by_name text not null default '';

create table lock_exception (
    id uuid primary key,
    company_id uuid not null constraint lock_exception_company_id_fkey references company (id),
    lock text not null constraint lock_exception_lock_known check (lock in ('SOFT', 'TAX')),
    membership_id uuid constraint lock_exception_membership_id_fkey references membership (id),
    for_name text not null default '',
    reason text not null,
    until_at timestamptz not null,
    granted_by uuid not null,
    granted_by_name text not null default '',
    granted_at timestamptz not null,
    ended_at timestamptz,
    request_key text,
    constraint lock_exception_once_per_request unique (company_id, request_key)
);
create index lock_exception_live on lock_exception (company_id, lock) where ended_at is null;

create table lock_change (
    id uuid primary key,
    company_id uuid not null constraint lock_change_company_id_fkey references company (id),
    act text not null constraint lock_change_act_known
        check (act in ('MOVED', 'EXCEPTION_GRANTED', 'EXCEPTION_ENDED', 'YEAR_CLOSED', 'YEAR_REOPENED')),
    lock text not null constraint lock_change_lock_known check (lock in ('SOFT', 'TAX', 'HARD')),
    before_on date,
    after_on date,
    reason text not null default '',
    exception_id uuid constraint lock_change_exception_id_fkey references lock_exception (id),
    changed_by uuid not null,
    changed_by_name text not null default '',
    changed_at timestamptz not null
);
create index lock_change_by_time on lock_change (company_id, changed_at, id);

create table entry_comment (
    id uuid primary key,
    company_id uuid not null,
    entry_id uuid not null,
    text text not null,
    author_id uuid not null,
    author_name text not null default '',
    request_key text not null,
    created_at timestamptz not null,
    constraint entry_comment_company_id_entry_id_fkey foreign key (company_id, entry_id)
        references journal_entry (company_id, id) on delete cascade,
    constraint entry_comment_once_per_request unique (company_id, request_key)
);
create index entry_comment_by_entry on entry_comment (entry_id, created_at, id);

create table entry_attachment (
    id uuid primary key,
    company_id uuid not null,
    entry_id uuid not null,
    filename text not null,
    media_type text not null,
    size integer not null,
    sha256 text not null,
    attached_by_name text not null default '',
    created_at timestamptz not null,
    constraint entry_attachment_company_id_entry_id_fkey foreign key (company_id, entry_id)
        references journal_entry (company_id, id) on delete cascade,
    constraint entry_attachment_once unique (entry_id, sha256)
);

create table entry_template (
    id uuid primary key,
    company_id uuid not null constraint entry_template_company_id_fkey references company (id),
    name text not null,
    text text not null,
    created_at timestamptz not null,
    archived_at timestamptz,
    request_key text,
    constraint entry_template_of_company unique (company_id, id),
    constraint entry_template_once_per_request unique (company_id, request_key)
);

create table entry_template_line (
    id uuid primary key,
    company_id uuid not null,
    template_id uuid not null,
    position integer not null,
    account_code text not null,
    contact_id uuid,
    side text not null constraint entry_template_line_side_known check (side in ('DEBIT', 'CREDIT')),
    basis text not null constraint entry_template_line_basis_known check (basis in ('AMOUNT', 'PERCENT', 'REST')),
    variable text not null default '',
    percent numeric(9, 4),
    text text not null default '',
    constraint entry_template_line_template_fkey foreign key (company_id, template_id)
        references entry_template (company_id, id) on delete cascade,
    constraint entry_template_line_contact_fkey foreign key (company_id, contact_id)
        references contact (company_id, id),
    constraint entry_template_line_once unique (template_id, position)
);

-- Whether somebody let this viewer work behind a lock, now. Nothing lets anybody behind the hard lock.
create function lock_is_excepted(of_company uuid, of_lock text) returns boolean language sql stable as
$$
    select exists (select 1 from lock_exception x
                    where x.company_id = of_company and x.lock = of_lock and x.ended_at is null
                      and x.until_at > app_now() and (x.membership_id is null or x.membership_id = app_viewer()))
$$;

-- As 0004, and: the soft lock stops who is neither manager nor excepted; the tax lock yields to an exception; entries
-- that close and open a year change no tax figure and heed the hard lock only.
create or replace function posting_is_in_order() returns trigger language plpgsql set search_path = public, pg_temp as
$$
declare
    held record;
    counter record;
begin
    if new.state <> 'POSTED' or (tg_op = 'UPDATE' and old.state = 'POSTED') then
        return new;
    end if;
    if tg_op = 'INSERT' then
        raise exception 'an entry is drafted first, then posted' using errcode = 'AT013';
    end if;
    select p.soft_until, p.tax_until, p.hard_until into held from period_lock p where p.company_id = new.company_id;
    if found then
        if new.entry_on <= held.hard_until then
            raise exception 'the period is locked until %', held.hard_until using errcode = 'AT014';
        end if;
        if new.source not in ('REGULARISATION', 'CLOSING', 'OPENING') then
            if new.entry_on <= held.tax_until and not lock_is_excepted(new.company_id, 'TAX') then
                raise exception 'the period is locked until %', held.tax_until using errcode = 'AT014';
            end if;
            if new.entry_on <= held.soft_until
               and not exists (select 1 from membership m where m.id = app_viewer()
                                  and m.role in ('FIRM_OWNER', 'FIRM_ADMIN', 'ACCOUNT_MANAGER'))
               and not lock_is_excepted(new.company_id, 'SOFT') then
                raise exception 'the period is locked until %', held.soft_until using errcode = 'AT014';
            end if;
        end if;
    end if;
    if not exists (select 1 from fiscal_year y where y.company_id = new.company_id and y.year = new.fiscal_year
                      and new.entry_on between y.starts_on and y.ends_on and y.closed_at is null) then
        raise exception 'no open fiscal year % holds %', new.fiscal_year, new.entry_on using errcode = 'AT014';
    end if;
    select last_number into counter from entry_counter c
     where c.company_id = new.company_id and c.year = new.fiscal_year and c.series = '';
    if not found or counter.last_number <> new.number then
        raise exception 'number % is not the one the counter gave', new.number using errcode = 'AT015';
    end if;
    if new.hash is null or new.chain_position is null then
        raise exception 'a posted entry is a link of the chain' using errcode = 'AT015';
    end if;
    return new;
end
$$;

-- As 0004, and: what closes a year or mirrors an entry may stand on an account that has got sub-accounts since.
create or replace function posted_lines_stay() returns trigger language plpgsql set search_path = public, pg_temp as
$$
declare
    of_entry uuid := case when tg_op = 'INSERT' then new.entry_id else old.entry_id end;
    entry record;
begin
    select e.state, e.source, e.reverses_id into entry from journal_entry e where e.id = of_entry;
    if entry.state = 'POSTED' then
        raise exception 'entry % is posted and its lines cannot change; reverse it', of_entry using errcode = 'AT011';
    end if;
    if tg_op = 'UPDATE' and new.entry_id <> old.entry_id then
        raise exception 'a line stays with its entry' using errcode = 'AT011';
    end if;
    if tg_op <> 'DELETE' and entry.reverses_id is null
       and entry.source not in ('REGULARISATION', 'CLOSING', 'OPENING')
       and not exists (select 1 from ledger_account a where a.id = new.ledger_account_id and a.is_leaf) then
        raise exception 'only leaf accounts take entries' using errcode = 'AT012';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;

-- The hard lock moves forwards; back only with the last year's reopening, which has written itself into the log first.
create function hard_lock_stays() returns trigger language plpgsql set search_path = public, pg_temp as
$$
begin
    if tg_op = 'DELETE' then
        raise exception 'locks are moved, not deleted' using errcode = 'AT017';
    end if;
    if old.hard_until is not null and (new.hard_until is null or new.hard_until < old.hard_until)
       and not exists (select 1 from lock_change c where c.company_id = new.company_id and c.act = 'YEAR_REOPENED'
                          and c.before_on = old.hard_until and c.after_on is not distinct from new.hard_until
                          and c.changed_at = new.changed_at and c.changed_by = app_viewer()) then
        raise exception 'the hard lock does not move back' using errcode = 'AT017';
    end if;
    return new;
end
$$;
create trigger hard_lock_stays before update or delete on period_lock for each row execute function hard_lock_stays();

create function lock_log_stays() returns trigger language plpgsql set search_path = public, pg_temp as
$$
begin
    raise exception 'the log of locks is only added to' using errcode = 'AT017';
end
$$;
create trigger lock_log_stays before update or delete on lock_change for each row execute function lock_log_stays();

-- An exception is ended, never made longer, wider or someone else's.
create function lock_exception_stays() returns trigger language plpgsql set search_path = public, pg_temp as
$$
begin
    if tg_op = 'DELETE'
       or (old.company_id, old.lock, old.membership_id, old.reason, old.until_at, old.granted_by, old.granted_at)
          is distinct from
          (new.company_id, new.lock, new.membership_id, new.reason, new.until_at, new.granted_by, new.granted_at)
       or (old.ended_at is not null and new.ended_at is distinct from old.ended_at) then
        raise exception 'an exception is ended, not changed' using errcode = 'AT017';
    end if;
    return new;
end
$$;
create trigger lock_exception_stays before update or delete on lock_exception
    for each row execute function lock_exception_stays();
