-- What was approved stays as it is said, whoever writes; with more to it than in 0004.

create or replace function approved_document_stays() returns trigger language plpgsql set search_path = public, pg_temp as
$$
begin
    if tg_op = 'DELETE' then
        if old.status <> 'DRAFT' or old.number is not null and old.side = 'SALES' then
            raise exception 'document % has been issued and cannot be deleted', old.id using errcode = 'AT016';
        end if;
        return old;
    end if;
    if old.status not in ('DRAFT', 'PENDING_REVIEW')
       and (old.kind, old.number, old.series, old.issued_on, old.operation_on, old.contact_id, old.currency,
            old.exchange_rate, old.regime, old.is_simplified, old.is_substitute, old.rectifies_id, old.rectification_method, old.rectification_cause,
            old.taxable_base, old.tax_total, old.surcharge_total, old.withholding, old.total, old.company_id)
           is distinct from
           (new.kind, new.number, new.series, new.issued_on, new.operation_on, new.contact_id, new.currency,
            new.exchange_rate, new.regime, new.is_simplified, new.is_substitute, new.rectifies_id, new.rectification_method, new.rectification_cause,
            new.taxable_base, new.tax_total, new.surcharge_total, new.withholding, new.total, new.company_id) then
        raise exception 'document % is approved and cannot change; correct it by a rectifying one', old.id
            using errcode = 'AT016';
    end if;
    -- A sales invoice that was issued is corrected by another one; it never goes back to review (RD 1619/2012 art. 15).
    if old.kind = 'SALES_INVOICE' and old.status not in ('DRAFT', 'PENDING_REVIEW')
       and new.status in ('DRAFT', 'PENDING_REVIEW') then
        raise exception 'invoice % has been issued; rectify it', old.id using errcode = 'AT016';
    end if;
    -- Only one that nobody paid or was given is voided, with its cancellation on record (RD 1007/2023 art. 11), for good.
    if old.kind = 'SALES_INVOICE' and old.status not in ('DRAFT', 'PENDING_REVIEW', 'CANCELLED')
       and new.status = 'CANCELLED'
       and (old.status <> 'APPROVED' or old.sent_at is not null or new.voided_at is null
            or not exists (select 1 from invoice_record r where r.document_id = old.id and r.kind = 'ANULACION')) then
        raise exception 'invoice % has been issued; rectify it', old.id using errcode = 'AT016';
    end if;
    if old.voided_at is not null
       and (new.status, new.voided_at, new.voided_by, new.void_reason, new.sent_at)
           is distinct from (old.status, old.voided_at, old.voided_by, old.void_reason, old.sent_at) then
        raise exception 'invoice % is void and stays so', old.id using errcode = 'AT016';
    end if;
    return new;
end
$$;

-- Lines, VAT and instalments stay with what they belong to.
create function parts_of_approved_stay() returns trigger language plpgsql set search_path = public, pg_temp as
$$
begin
    if exists (select 1 from document d where d.id = old.document_id
                  and d.status not in ('DRAFT', 'PENDING_REVIEW')) then
        raise exception 'document % is approved and its parts cannot change', old.document_id using errcode = 'AT016';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger parts_of_approved_stay before update or delete on document_line
    for each row execute function parts_of_approved_stay();
create trigger parts_of_approved_stay before update or delete on document_tax
    for each row execute function parts_of_approved_stay();
create trigger parts_of_approved_stay before update or delete on document_instalment
    for each row execute function parts_of_approved_stay();
