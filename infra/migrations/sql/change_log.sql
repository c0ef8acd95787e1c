-- The change log of a company (services/audit): triggers write a line in the transaction of the change, so no code path
-- can forget one, and the program itself can neither write a line nor change one.
--
-- `scope` is the bit of the module that a line is about (services/access/policy.py): who may not see it sees no line.

-- UUIDv7: the program's instant, then the server's own clock, so that lines of one act stay in their order.
create function audit_event_id() returns uuid language plpgsql volatile set search_path = public, pg_temp as
$$
declare
    instant text := lpad(to_hex(floor(extract(epoch from app_now()) * 1000)::bigint), 12, '0');
    order_inside text := lpad(to_hex(floor(extract(epoch from clock_timestamp()) * 1000000)::bigint), 13, '0');
begin
    return (instant || '7' || left(order_inside, 3) || '8' || substr(order_inside, 4)
            || lpad(to_hex(floor(random() * 1048576)::int), 5, '0'))::uuid;
end
$$;

create function log_event(of_company uuid, of_scope int, about text, act text, subject uuid, subject_kind text,
                          subject_name text, changes jsonb, reason text) returns void
language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    actor record;
begin
    select m.id, m.role, p.name into actor
      from membership m join person p on p.id = m.person_id where m.id = app_viewer();
    if not found then
        select t.id, 'PARTNER_APP' as role, t.app_name as name into actor from api_token t where t.id = app_viewer();
    end if;
    if not found then  -- Nobody has signed in yet, or it is the program's own work.
        select null::uuid as id, null::text as role,
               coalesce((select p.name from person p where p.id = app_person()), '') as name into actor;
    end if;
    insert into audit_event (id, company_id, at, scope, about, act, actor_id, actor_role, actor_name, subject_id,
                             subject_kind, subject_name, changes, reason)
    values (audit_event_id(), of_company, app_now(), of_scope, about, act, actor.id, actor.role, actor.name, subject,
            coalesce(subject_kind, ''), coalesce(subject_name, ''), changes, coalesce(reason, ''));
end
$$;
revoke execute on function log_event(uuid, int, text, text, uuid, text, text, jsonb, text) from public;

create function audit_event_stays() returns trigger language plpgsql set search_path = public, pg_temp as
$$ begin raise exception 'the change log is only added to' using errcode = 'AT019'; end $$;
create trigger audit_event_stays before update or delete on audit_event
    for each row execute function audit_event_stays();
create trigger audit_event_is_kept before truncate on audit_event
    for each statement execute function audit_event_stays();

-- Enough of an account number to recognise it, too little to use it.
create function masked_iban(iban text) returns text language sql immutable set search_path = public, pg_temp as
$$ select left(iban, 4) || ' **** ' || right(iban, 4) $$;

-- {column: [before, after]} of what differs; no `before` is an empty object.
create function changed_columns(before jsonb, after jsonb) returns jsonb language sql immutable
set search_path = public, pg_temp as
$$
    select coalesce(jsonb_object_agg(k.key, jsonb_build_array(before -> k.key, after -> k.key)), '{}')
      from jsonb_object_keys(before || after) as k(key)
     where coalesce(before -> k.key, 'null') <> coalesce(after -> k.key, 'null')
$$;

-- Grants to firms: widened and narrowed by what they allow and how long.
create function log_grant() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    was record;
    act text;
    of_old jsonb := '{}';
    of_new jsonb := '{}';
begin
    if tg_op <> 'INSERT' and old.state = 'ACTIVE' then
        of_old := jsonb_build_object('can_view', old.can_view, 'can_edit', old.can_edit, 'can_approve', old.can_approve,
                                     'can_share', old.can_share, 'valid_until', old.valid_until);
    end if;
    if new.state = 'ACTIVE' then
        of_new := jsonb_build_object('can_view', new.can_view, 'can_edit', new.can_edit, 'can_approve', new.can_approve,
                                     'can_share', new.can_share, 'valid_until', new.valid_until);
    end if;
    if of_old = of_new then
        return null;
    end if;
    if of_old = '{}' then
        act := 'GRANTED';
    elsif of_new = '{}' then
        act := 'ENDED';
    elsif (old.can_view & ~new.can_view) | (old.can_edit & ~new.can_edit) | (old.can_approve & ~new.can_approve)
          | (old.can_share & ~new.can_share) = 0
          and coalesce(new.valid_until, 'infinity') >= coalesce(old.valid_until, 'infinity') then
        act := 'WIDENED';
    elsif (new.can_view & ~old.can_view) | (new.can_edit & ~old.can_edit) | (new.can_approve & ~old.can_approve)
          | (new.can_share & ~old.can_share) = 0
          and coalesce(new.valid_until, 'infinity') <= coalesce(old.valid_until, 'infinity') then
        act := 'NARROWED';
    else
        act := 'CHANGED';
    end if;
    perform log_event(new.company_id, 2, 'GRANT', act, new.firm_id, '',
                      (select c.name from company c where c.id = new.firm_id), changed_columns(of_old, of_new),
                      new.reason);
    return null;
end
$$;
create trigger logs after insert or update on access_grant for each row execute function log_grant();

-- The module that a membership is about: the portal, the firm's team, or who works in the client's own company.
create function scope_of_member(role text) returns int language sql immutable set search_path = public, pg_temp as
$$ select case when role = 'PORTAL_CONTACT' then 7 when role like 'CLIENT%' then 2 else 3 end $$;

-- Memberships: places in a portal, and people of a firm or a client. What happens to a firm's staff is also told to
-- every client that they reach.
create function log_membership() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    of_old jsonb := '{}';
    of_new jsonb := jsonb_build_object('role', new.role, 'can_view', new.can_view, 'can_edit', new.can_edit,
                                       'can_approve', new.can_approve, 'can_share', new.can_share,
                                       'expires_on', new.expires_on);
    about text := case when new.role = 'PORTAL_CONTACT' then 'PORTAL_ACCESS' else 'MEMBER' end;
    act text := 'GRANTED';
    subject uuid := coalesce(new.contact_id, new.id);
    named text := coalesce((select c.name from contact c where c.id = new.contact_id),
                           (select p.name from person p where p.id = new.person_id));
    client uuid;
begin
    if tg_op = 'UPDATE' then
        of_old := jsonb_build_object('role', old.role, 'can_view', old.can_view, 'can_edit', old.can_edit,
                                     'can_approve', old.can_approve, 'can_share', old.can_share,
                                     'expires_on', old.expires_on);
        act := case when new.state = old.state then 'CHANGED'
                    when new.state = 'REVOKED' then 'ENDED'
                    when new.state = 'DEACTIVATED' then 'PAUSED'
                    when old.state = 'REVOKED' then 'GRANTED'
                    when new.state = 'ACTIVE' then 'RESUMED'
                    else 'CHANGED' end;
        if act in ('GRANTED', 'ENDED') then  -- The whole of it came or went.
            of_old := case act when 'ENDED' then of_old else '{}' end;
            of_new := case act when 'ENDED' then '{}' else of_new end;
        elsif of_old = of_new and new.state = old.state and new.contact_id is not distinct from old.contact_id then
            return null;
        end if;
    end if;
    perform log_event(new.company_id, scope_of_member(new.role), about, act, subject, '', named,
                      changed_columns(of_old, of_new), '');
    for client in
        select k.company_id from collaboration k
         where scope_of_member(new.role) = 3 and k.firm_id = new.company_id and k.state = 'ACTIVE'
           and (new.role in ('FIRM_OWNER', 'FIRM_ADMIN')
                or tg_op = 'UPDATE' and old.role in ('FIRM_OWNER', 'FIRM_ADMIN')
                or exists (select 1 from client_assignment a
                            where a.company_id = k.company_id and a.membership_id = new.id))
    loop
        perform log_event(client, 1, about, act, subject, '', named, changed_columns(of_old, of_new), '');
    end loop;
    return null;
end
$$;
create trigger logs after insert or update of role, state, contact_id, expires_on, can_view, can_edit, can_approve, can_share
    on membership for each row execute function log_membership();

-- Passwords replaced and doors locked after too many tries, in every company that the login opens.
create function log_credential() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    place record;
begin
    for place in
        select m.company_id, m.role, coalesce(m.contact_id, m.id) as subject, coalesce(c.name, p.name) as named
          from membership m
          join person p on p.id = m.person_id
          left join contact c on c.id = m.contact_id
         where m.person_id = new.person_id and m.state = 'ACTIVE'
    loop
        perform log_event(place.company_id, scope_of_member(place.role),
                          case when place.role = 'PORTAL_CONTACT' then 'PORTAL_ACCESS' else 'MEMBER' end,
                          case when new.secret_hash <> old.secret_hash then 'PASSWORD_CHANGED'
                               when new.locked_at is null then 'UNLOCKED'
                               else 'LOCKED' end,
                          place.subject, '', place.named, '{}', '');
    end loop;
    return null;
end
$$;
create trigger logs after update of secret_hash, locked_at on credential for each row
    when (new.secret_hash <> old.secret_hash or (new.locked_at is null) <> (old.locked_at is null))
    execute function log_credential();

create function log_token() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    of_new jsonb := jsonb_build_object('can_view', new.can_view, 'can_edit', new.can_edit, 'expires_at', new.expires_at);
    ended boolean := tg_op = 'UPDATE' and new.revoked_at is not null and old.revoked_at is null;
begin
    if tg_op = 'INSERT' or ended then
        perform log_event(new.company_id, 11, 'APP', case when ended then 'ENDED' else 'GRANTED' end, new.id, '',
                          new.app_name, case when ended then changed_columns(of_new, '{}')
                                             else changed_columns('{}', of_new) end, '');
    end if;
    return null;
end
$$;
create trigger logs after insert or update on api_token for each row execute function log_token();

-- Who of the firm works on the client. The client has no part in the firm's team, but in its own collaborations.
create function log_assignment() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    touched client_assignment := case when tg_op = 'DELETE' then old else new end;
begin
    perform log_event(touched.company_id, 1, 'TEAM', case when tg_op = 'DELETE' then 'ENDED' else 'GRANTED' end,
                      touched.membership_id, touched.kind,
                      (select p.name from membership m join person p on p.id = m.person_id
                        where m.id = touched.membership_id), '{}', '');
    return null;
end
$$;
create trigger logs after insert or delete on client_assignment for each row execute function log_assignment();

create function log_collaboration() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if tg_op = 'INSERT' or new.state <> old.state then
        perform log_event(new.company_id, 1, 'COLLABORATION',
                          case when new.state = 'ENDED' then 'ENDED' when tg_op = 'INSERT' then 'GRANTED'
                               else 'CHANGED' end,
                          new.firm_id, '', (select c.name from company c where c.id = new.firm_id),
                          jsonb_build_object('state', jsonb_build_array(case when tg_op = 'UPDATE' then old.state end,
                                                                        new.state)), '');
    end if;
    return null;
end
$$;
create trigger logs after insert or update on collaboration for each row execute function log_collaboration();

-- Locks have a log of their own, which the database asks about hard locks; here its lines stand among the others.
create function log_lock() returns trigger language plpgsql security definer set search_path = public, pg_temp as
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
                      case when of_year then '' else 'LOCK_' || new.lock end,
                      case when of_year then (select y.year::text from fiscal_year y
                                               where y.company_id = new.company_id
                                                 and y.ends_on = case new.act when 'YEAR_CLOSED' then new.after_on
                                                                              else new.before_on end) end,
                      changes, case new.act when 'YEAR_CLOSED' then '' else new.reason end);
    return null;
end
$$;
create trigger logs after insert on lock_change for each row execute function log_lock();

create function log_fiscal_year() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    perform log_event(new.company_id, 21, 'FISCAL_YEAR', 'OPENED', new.id, '', new.year::text, '{}', '');
    return null;
end
$$;
create trigger logs after insert on fiscal_year for each row execute function log_fiscal_year();

-- Steps of a document that somebody answers for. Payments are entries of the journal.
create function log_document() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    touched document := case when tg_op = 'DELETE' then old else new end;
    waits constant text[] := array['DRAFT', 'PENDING_REVIEW'];
    act text;
begin
    act := case
        when tg_op = 'DELETE' then 'DELETED'
        when new.voided_at is not null and old.voided_at is null then 'VOIDED'
        when new.status in ('CANCELLED', 'ACCEPTED', 'REJECTED', 'EXPIRED') and new.status <> old.status then new.status
        when old.status = any (waits) and new.status <> all (waits) then 'APPROVED'
        when new.status = any (waits) and old.status <> all (waits) then 'UNAPPROVED'
        when old.status = 'DRAFT' and new.status = 'PENDING_REVIEW' then 'SUBMITTED'
        when new.archived_at is not null and old.archived_at is null then 'ARCHIVED'
        when new.archived_at is null and old.archived_at is not null then 'RESTORED'
        when new.sent_at is not null and old.sent_at is null then 'SENT'
    end;
    if act is not null then
        perform log_event(touched.company_id, case touched.side when 'SALES' then 17 else 18 end, 'DOCUMENT', act,
                          touched.id, touched.kind, coalesce(touched.number, ''), '{}',
                          case act when 'VOIDED' then touched.void_reason else '' end);
    end if;
    return null;
end
$$;
create trigger logs after update of status, voided_at, archived_at, sent_at on document for each row
    when (old.status <> new.status or old.voided_at is distinct from new.voided_at
          or old.archived_at is distinct from new.archived_at or old.sent_at is distinct from new.sent_at)
    execute function log_document();
create trigger logs_end after delete on document for each row execute function log_document();

create function log_entry() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    perform log_event(new.company_id, 21, 'ENTRY', case when new.reverses_id is null then 'POSTED' else 'REVERSED' end,
                      coalesce(new.reverses_id, new.id), new.source,
                      (select e.number || '/' || e.fiscal_year from journal_entry e
                        where e.id = coalesce(new.reverses_id, new.id)), '{}', '');
    return null;
end
$$;
create trigger logs after update of state on journal_entry for each row
    when (old.state = 'DRAFT' and new.state = 'POSTED') execute function log_entry();

-- Settings: every column that changed, but those named after the scope's bit. A new column is told without a word more.
create function log_settings() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    left_out constant text[] := array['id', 'company_id', 'created_at', 'changed_at', 'changed_by', 'search_text',
                                      'sort_name', 'plan_mask'];
    after jsonb := to_jsonb(new);
    changes jsonb := changed_columns(case when tg_op = 'UPDATE' then to_jsonb(old) else '{}' end - left_out,
                                     after - left_out);
begin
    if changes ? 'iban' then
        changes := changes || jsonb_build_object('iban', jsonb_build_array(masked_iban(changes -> 'iban' ->> 0),
                                                                           masked_iban(changes -> 'iban' ->> 1)));
    end if;
    if changes <> '{}' then
        perform log_event(coalesce(after ->> 'company_id', after ->> 'id')::uuid, tg_argv[0]::int, 'SETTINGS', 'CHANGED',
                          (after ->> 'id')::uuid, 'SETTINGS_' || upper(tg_table_name),
                          case when tg_table_name in ('document_series', 'bank_account')
                               then coalesce(after ->> 'code', after ->> 'name') end,
                          changes, '');
    end if;
    return null;
end
$$;
create trigger logs after update on company for each row execute function log_settings(16);
create trigger logs after insert or update on document_settings for each row execute function log_settings(17);
create trigger logs after insert or update on document_series for each row execute function log_settings(17);
create trigger logs after insert or update on tax_profile for each row execute function log_settings(27);
create trigger logs after insert or update on branding for each row execute function log_settings(8);
create trigger logs after insert or update on bank_account for each row execute function log_settings(19);

-- Where money will go to: a known contact's bank account that comes, changes or goes. A new card is no change.
create function log_contact_iban() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    touched contact_iban := case when tg_op = 'DELETE' then old else new end;
    card record;
begin
    select c.name, c.created_at into card from contact c where c.id = touched.contact_id;
    if found and card.created_at < app_now() then
        perform log_event(touched.company_id, 23, 'CONTACT', 'IBAN_CHANGED', touched.contact_id, '', card.name,
                          jsonb_build_object('iban', jsonb_build_array(
                              case when tg_op = 'DELETE' then masked_iban(old.iban) end,
                              case when tg_op = 'INSERT' then masked_iban(new.iban) end)),
                          '');
    end if;
    return null;
end
$$;
create trigger logs after insert or delete on contact_iban for each row execute function log_contact_iban();
create function log_merge() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if tg_op = 'INSERT' or new.undone_at is not null and old.undone_at is null then
        perform log_event(new.company_id, 23, 'CONTACT', case when tg_op = 'INSERT' then 'MERGED' else 'SPLIT' end,
                          new.surviving_id, '', (select c.name from contact c where c.id = new.surviving_id),
                          jsonb_build_object('merged', jsonb_build_array(null,
                              (select c.name from contact c where c.id = new.merged_id))), '');
    end if;
    return null;
end
$$;
create trigger logs after insert or update on contact_merge for each row execute function log_merge();

create function log_contact_import() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    perform log_event(new.company_id, 23, 'IMPORT', 'IMPORTED', new.id, 'IMPORT_CONTACTS', new.filename,
                      jsonb_build_object('added', jsonb_build_array(null, new.added_count),
                                         'updated', jsonb_build_array(null, new.updated_count)), '');
    return null;
end
$$;
create trigger logs after update of state on contact_import for each row
    when (new.state = 'DONE' and old.state <> 'DONE') execute function log_contact_import();

create function log_statement() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    perform log_event(new.company_id, 19, 'IMPORT', 'IMPORTED', new.id, 'IMPORT_STATEMENT', new.filename,
                      jsonb_build_object('added', jsonb_build_array(null, new.line_count)), '');
    return null;
end
$$;
create trigger logs after insert on bank_statement for each row execute function log_statement();

create function log_tax_return() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if tg_op = 'INSERT' or new.state <> old.state then
        perform log_event(new.company_id, 27, 'TAX_RETURN', case new.state when 'DRAFT' then 'WITHDRAWN' else new.state end,
                          new.id, '', substr(new.model, 2) || ' ' || new.period || ' ' || new.year,
                          changed_columns('{}', jsonb_build_object('result_amount', new.result_amount,
                                                                   'receipt', new.receipt)), new.correction_reason);
    end if;
    return null;
end
$$;
create trigger logs after insert or update of state on tax_return for each row execute function log_tax_return();

create function log_typed_box() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    touched tax_box_entry := case when tg_op = 'DELETE' then old else new end;
begin
    perform log_event(touched.company_id, 27, 'TAX_RETURN', 'BOX_TYPED', touched.id, '',
                      substr(touched.model, 2) || ' ' || touched.period || ' ' || touched.year,
                      jsonb_build_object('box', jsonb_build_array(null, touched.box), 'amount', jsonb_build_array(
                          case when tg_op <> 'INSERT' then old.amount end, case when tg_op <> 'DELETE' then new.amount end)),
                      case when tg_op <> 'DELETE' then new.reason end);
    return null;
end
$$;
create trigger logs after insert or update or delete on tax_box_entry for each row execute function log_typed_box();
