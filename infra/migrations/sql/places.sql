-- Who may give or change which place (services/access/policy.py, product's roles): the program decides it first, this
-- stands behind. A firm's owner comes with the firm and is touched by nobody; an administrator is made by the owner.
create function place_is_given() returns trigger language plpgsql set search_path = public, pg_temp as
$$
declare
    portal_access constant bigint := 1 << 7;
    team constant bigint := 1 << 3;
    contacts constant bigint := 1 << 23;
    giver record;
begin
    -- The owner of the database may: repairs by hand, migrations.
    if pg_has_role(current_user, (select c.relowner from pg_class c where c.oid = tg_relid), 'USAGE') then
        return new;
    end if;
    if tg_op = 'INSERT' and company_is_unclaimed(new.company_id) then
        return new;
    end if;
    if tg_op = 'UPDATE' and new.person_id = app_person()
       and to_jsonb(new) - 'last_sign_in_at' = to_jsonb(old) - 'last_sign_in_at' then
        return new;
    end if;
    select m.role, m.company_id, r.edit_mask, r.share_mask into giver
      from reach r join membership m on m.id = r.viewer_id
     where r.viewer_pass = (select app_pass()) and r.company_id = new.company_id and r.contact_id is null;
    if found then
        -- A merge of two contacts moves the place of one to the other.
        if tg_op = 'UPDATE' and new.role = 'PORTAL_CONTACT' and giver.edit_mask & contacts <> 0
           and to_jsonb(new) - 'contact_id' = to_jsonb(old) - 'contact_id' then
            return new;
        end if;
        if (case new.role
                when 'PORTAL_CONTACT' then giver.role <> 'BOOKKEEPER' and giver.share_mask & portal_access <> 0
                when 'CLIENT_EMPLOYEE' then giver.role in ('FIRM_OWNER', 'FIRM_ADMIN', 'CLIENT_OWNER')
                when 'CLIENT_OWNER' then giver.role in ('FIRM_OWNER', 'FIRM_ADMIN', 'CLIENT_OWNER')
                when 'BOOKKEEPER' then giver.role in ('FIRM_OWNER', 'FIRM_ADMIN') and giver.company_id = new.company_id
                when 'ACCOUNT_MANAGER'
                    then giver.role in ('FIRM_OWNER', 'FIRM_ADMIN') and giver.company_id = new.company_id
                when 'FIRM_ADMIN' then giver.role = 'FIRM_OWNER' and giver.company_id = new.company_id
                else false
            end)
            and (new.role = 'PORTAL_CONTACT' or giver.edit_mask & team <> 0) then
            return new;
        end if;
    end if;
    raise exception 'this place is not the viewer''s to give' using errcode = '42501';
end
$$;
create trigger place_is_given before insert or update on membership for each row execute function place_is_given();
