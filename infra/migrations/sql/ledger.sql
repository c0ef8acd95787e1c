-- What the books refuse, whoever writes. domain.md 1.5; Codigo de Comercio art. 25-30.

-- A posted entry balances, has two lines or more, and states its own total. Checked at the end of the transaction.
create function entry_balances() returns trigger language plpgsql set search_path = public, pg_temp as
$$
declare
    at_entry uuid := case when tg_table_name = 'journal_entry' then (to_jsonb(new) ->> 'id')::uuid
                          else (to_jsonb(new) ->> 'entry_id')::uuid end;
    entry record;
    sums record;
begin
    select * into entry from journal_entry e where e.id = at_entry;
    if not found or entry.state <> 'POSTED' then
        return null;
    end if;
    select coalesce(sum(l.debit), 0) as debit, coalesce(sum(l.credit), 0) as credit, count(*) as lines
      into sums from journal_line l where l.entry_id = at_entry;
    if sums.debit <> sums.credit or sums.lines < 2 or sums.debit <> entry.total then
        raise exception 'entry % does not balance: debit %, credit %, % lines', at_entry, sums.debit, sums.credit,
            sums.lines using errcode = 'AT010';
    end if;
    return null;
end
$$;
create constraint trigger entry_balances after insert or update on journal_entry
    deferrable initially deferred for each row execute function entry_balances();

-- Nothing posted is ever edited or deleted; a correction is another entry.
create function posted_entry_stays() returns trigger language plpgsql set search_path = public, pg_temp as
$$
begin
    if old.state = 'POSTED' then
        raise exception 'entry % is posted and cannot change; reverse it', old.id using errcode = 'AT011';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger posted_entry_stays before update or delete on journal_entry
    for each row execute function posted_entry_stays();

create function posted_lines_stay() returns trigger language plpgsql set search_path = public, pg_temp as
$$
declare
    of_entry uuid := case when tg_op = 'INSERT' then new.entry_id else old.entry_id end;
begin
    if exists (select 1 from journal_entry e where e.id = of_entry and e.state = 'POSTED') then
        raise exception 'entry % is posted and its lines cannot change; reverse it', of_entry using errcode = 'AT011';
    end if;
    if tg_op = 'UPDATE' and new.entry_id <> old.entry_id then
        raise exception 'a line stays with its entry' using errcode = 'AT011';
    end if;
    if tg_op <> 'DELETE' and not exists (select 1 from ledger_account a where a.id = new.ledger_account_id and a.is_leaf)
    then
        raise exception 'only leaf accounts take entries' using errcode = 'AT012';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger posted_lines_stay before insert or update or delete on journal_line
    for each row execute function posted_lines_stay();

-- Posting: an open fiscal year, no lock on the day, and exactly the next number and link of the chain, which the
-- transaction took from the locked counter row.
create function posting_is_in_order() returns trigger language plpgsql set search_path = public, pg_temp as
$$
declare
    locked_until date;
    counter record;
begin
    if new.state <> 'POSTED' or (tg_op = 'UPDATE' and old.state = 'POSTED') then
        return new;
    end if;
    if tg_op = 'INSERT' then
        raise exception 'an entry is drafted first, then posted' using errcode = 'AT013';
    end if;
    select greatest(p.tax_until, p.hard_until) into locked_until from period_lock p where p.company_id = new.company_id;
    if locked_until is not null and new.entry_on <= locked_until then
        raise exception 'the period is locked until %', locked_until using errcode = 'AT014';
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
create trigger posting_is_in_order before insert or update on journal_entry
    for each row execute function posting_is_in_order();

create unique index journal_entry_chain_once on journal_entry (company_id, chain_position) where state = 'POSTED';

-- A document that was approved keeps what it says: number, parties, dates, amounts.
create function approved_document_stays() returns trigger language plpgsql set search_path = public, pg_temp as
$$
begin
    if tg_op = 'DELETE' then
        if old.status <> 'DRAFT' or old.number is not null and old.side = 'SALES' then
            raise exception 'document % has been issued and cannot be deleted', old.id using errcode = 'AT016';
        end if;
        return old;
    end if;
    if old.status not in ('DRAFT', 'PENDING_REVIEW')
       and (old.kind, old.number, old.issued_on, old.contact_id, old.currency, old.taxable_base, old.tax_total,
            old.withholding, old.total, old.company_id)
           is distinct from
           (new.kind, new.number, new.issued_on, new.contact_id, new.currency, new.taxable_base, new.tax_total,
            new.withholding, new.total, new.company_id) then
        raise exception 'document % is approved and cannot change; correct it by a rectifying one', old.id
            using errcode = 'AT016';
    end if;
    return new;
end
$$;
create trigger approved_document_stays before update or delete on document
    for each row execute function approved_document_stays();
