-- Records of issued invoices (RD 1007/2023 art. 8): only ever added, each at the end of its company's chain.

create function invoice_record_stays() returns trigger language plpgsql set search_path = public, pg_temp as
$$
begin
    raise exception 'records of issued invoices cannot be changed or deleted' using errcode = 'AT017';
end
$$;
create trigger invoice_record_stays before update or delete on invoice_record
    for each row execute function invoice_record_stays();
create trigger invoice_records_stay before truncate on invoice_record
    for each statement execute function invoice_record_stays();

create function invoice_record_is_next() returns trigger language plpgsql set search_path = public, pg_temp as
$$
declare
    chain record;
begin
    select c.last_position, c.last_hash into chain from invoice_chain c where c.company_id = new.company_id;
    if not found or new.position <> chain.last_position + 1 or new.previous_hash <> chain.last_hash then
        raise exception 'record % is not the next link of its chain', new.position using errcode = 'AT018';
    end if;
    return new;
end
$$;
create trigger invoice_record_is_next before insert on invoice_record
    for each row execute function invoice_record_is_next();
