-- Lines of the change log (change_log.sql) that told too much, or the wrong thing.

-- A contact's place in the portal is told by the contact's name: whoever may not see contacts sees no such line. Firms
-- hold the portal's access by themselves (bit 7), so the contacts decide.
create or replace function scope_of_member(role text) returns int language sql immutable
set search_path = public, pg_temp as
$$ select case when role = 'PORTAL_CONTACT' then 23 when role like 'CLIENT%' then 2 else 3 end $$;

-- Whoever types a wrong password is unknown: the person whose door locks is the subject of that line, never its actor.
create or replace function log_event(of_company uuid, of_scope int, about text, act text, subject uuid, subject_kind text,
                                     subject_name text, changes jsonb, reason text) returns void
language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    actor record;
begin
    select m.id, m.role, p.name into actor
      from membership m join person p on p.id = m.person_id where m.id = app_viewer() and act <> 'LOCKED';
    if not found then
        select t.id, 'PARTNER_APP' as role, t.app_name as name into actor from api_token t
         where t.id = app_viewer() and act <> 'LOCKED';
    end if;
    if not found then  -- Nobody has signed in yet, or it is the program's own work.
        select null::uuid as id, null::text as role,
               coalesce((select p.name from person p
                          where p.id = app_person() and act <> 'LOCKED' and not app_is_program()), '') as name
          into actor;
    end if;
    insert into audit_event (id, company_id, at, scope, about, act, actor_id, actor_role, actor_name, subject_id,
                             subject_kind, subject_name, changes, reason)
    values (audit_event_id(), of_company, app_now(), of_scope, about, act, actor.id, actor.role, actor.name, subject,
            coalesce(subject_kind, ''), coalesce(subject_name, ''), changes, coalesce(reason, ''));
end
$$;

-- A return that comes as a draft is the correction of a filed one; one that becomes a draft again was withdrawn.
create or replace function log_tax_return() returns trigger language plpgsql security definer
set search_path = public, pg_temp as
$$
begin
    if tg_op = 'INSERT' or new.state <> old.state then
        perform log_event(new.company_id, 27, 'TAX_RETURN',
                          case when new.state <> 'DRAFT' then new.state when tg_op = 'INSERT' then 'CORRECTION_BEGUN'
                               else 'WITHDRAWN' end,
                          new.id, '', substr(new.model, 2) || ' ' || new.period || ' ' || new.year,
                          changed_columns('{}', jsonb_build_object('result_amount', new.result_amount,
                                                                   'receipt', new.receipt)), new.correction_reason);
    end if;
    return null;
end
$$;
