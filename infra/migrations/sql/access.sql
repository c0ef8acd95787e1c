-- Who asks, in which transaction, and what they reach.

create function app_viewer() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('app.viewer', true), '')::uuid $$;

-- What the walls ask, as its owner: one row per company (and contact) that the viewer reaches, never another viewer's.
create view my_reach as select r.company_id, r.contact_id from reach r where r.viewer_id = (select app_viewer());

create function app_person() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('app.person', true), '')::uuid $$;

create function app_now() returns timestamptz language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) $$;

-- Bits 0 to 15 are held by a firm through the collaboration alone (services/access/policy.py, FIRM_HELD_MASK).
create function firm_held_mask() returns bigint language sql immutable parallel safe as $$ select 65535::bigint $$;

-- Every scope there may ever be (62 bits); the company's plan cuts it to what exists.
create function every_scope_mask() returns bigint language sql immutable parallel safe as
$$ select 4611686018427387903::bigint $$;

-- What viewers reach, from memberships, collaborations, assignments, grants, plans and tokens. `only_company`
-- null means all companies of these viewers. Definer: the program itself cannot write reach.
--
-- Changes take turns until they commit: those of one company among themselves, those of staff with all others. Two at
-- once would not see each other, and somebody just assigned would keep what a grant gave that is being revoked.
create function refresh_reach(viewers uuid[], only_company uuid default null) returns void
language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if only_company is null then
        perform pg_advisory_xact_lock(4711002);
    else
        perform pg_advisory_xact_lock_shared(4711002);
        perform pg_advisory_xact_lock(hashtextextended(only_company::text, 4711002));
    end if;

    delete from reach r
     where (r.viewer_id = any (viewers)
            or r.viewer_id in (select t.id from api_token t where t.consented_by = any (viewers)))
       and (only_company is null or r.company_id = only_company);

    insert into reach (viewer_id, company_id, contact_id, view_mask, edit_mask, approve_mask, share_mask, plan_mask,
                       live_until)
    -- Staff in their own firm: owner and admins everything, the others what the practice itself is.
    select m.id, c.id, null::uuid,
           o.own & c.plan_mask, o.own & c.plan_mask, o.own & c.plan_mask, o.own & c.plan_mask,
           c.plan_mask, null::timestamptz
      from membership m
      join company c on c.id = m.company_id
     cross join lateral (select case when m.role in ('FIRM_OWNER', 'FIRM_ADMIN') then every_scope_mask()
                                     else firm_held_mask() end as own) o
     where m.id = any (viewers) and m.state = 'ACTIVE'
       and m.role in ('FIRM_OWNER', 'FIRM_ADMIN', 'ACCOUNT_MANAGER', 'BOOKKEEPER')
       and (only_company is null or c.id = only_company)
    union all
    -- Staff over the firm's active clients: owner and admins all, the others those they are assigned to.
    select m.id, c.id, null::uuid,
           (coalesce(g.can_view, 0) | firm_held_mask()) & c.plan_mask,
           (coalesce(g.can_edit, 0) | firm_held_mask()) & c.plan_mask,
           (coalesce(g.can_approve, 0) | firm_held_mask()) & c.plan_mask,
           (coalesce(g.can_share, 0) | firm_held_mask()) & c.plan_mask,
           c.plan_mask, g.valid_until
      from membership m
      join collaboration k on k.firm_id = m.company_id and k.state = 'ACTIVE'
      join company c on c.id = k.company_id
      left join access_grant g on g.company_id = k.company_id and g.firm_id = k.firm_id and g.state = 'ACTIVE'
     where m.id = any (viewers) and m.state = 'ACTIVE'
       and (only_company is null or c.id = only_company)
       and (m.role in ('FIRM_OWNER', 'FIRM_ADMIN')
            or (m.role in ('ACCOUNT_MANAGER', 'BOOKKEEPER')
                and exists (select 1 from client_assignment a
                             where a.company_id = k.company_id and a.membership_id = m.id)))
    union all
    -- The client's own people.
    select m.id, c.id, null::uuid,
           case when m.role = 'CLIENT_OWNER' then c.plan_mask else m.can_view & c.plan_mask end,
           case when m.role = 'CLIENT_OWNER' then c.plan_mask else m.can_edit & c.plan_mask end,
           case when m.role = 'CLIENT_OWNER' then c.plan_mask else m.can_approve & c.plan_mask end,
           case when m.role = 'CLIENT_OWNER' then c.plan_mask else m.can_share & c.plan_mask end,
           c.plan_mask, null::timestamptz
      from membership m
      join company c on c.id = m.company_id
     where m.id = any (viewers) and m.state = 'ACTIVE' and m.role in ('CLIENT_OWNER', 'CLIENT_EMPLOYEE')
       and (only_company is null or c.id = only_company)
    union all
    -- A portal contact, in the company that publishes to it, as one contact of its book.
    select m.id, c.id, m.contact_id,
           m.can_view & c.plan_mask, m.can_edit & c.plan_mask, m.can_approve & c.plan_mask, m.can_share & c.plan_mask,
           c.plan_mask, null::timestamptz
      from membership m
      join company c on c.id = m.company_id
     where m.id = any (viewers) and m.state = 'ACTIVE' and m.role = 'PORTAL_CONTACT'
       and (only_company is null or c.id = only_company);

    -- Partner tokens: never wider than the person who consented is now.
    insert into reach (viewer_id, company_id, contact_id, view_mask, edit_mask, approve_mask, share_mask, plan_mask,
                       live_until)
    select t.id, r.company_id, null, t.can_view & r.view_mask, t.can_edit & r.edit_mask, 0, 0, r.plan_mask,
           least(t.expires_at, r.live_until)
      from api_token t
      join reach r on r.viewer_id = t.consented_by and r.company_id = t.company_id and r.contact_id is null
     where (t.id = any (viewers) or t.consented_by = any (viewers)) and t.revoked_at is null
       and (only_company is null or r.company_id = only_company)
    on conflict (viewer_id, company_id) do nothing;
end
$$;
revoke execute on function refresh_reach(uuid[], uuid) from public;

-- Only staff reach more than the company of their membership.
create function reach_follows_membership() returns trigger language plpgsql security definer
set search_path = public, pg_temp as
$$
declare
    moved boolean := tg_op = 'UPDATE' and (old.role, old.company_id) is distinct from (new.role, new.company_id);
begin
    perform refresh_reach(
        array[coalesce(new.id, old.id)],
        case when not moved and coalesce(new.role, old.role) in ('CLIENT_OWNER', 'CLIENT_EMPLOYEE', 'PORTAL_CONTACT')
             then coalesce(new.company_id, old.company_id) end
    );
    return null;
end
$$;

create function reach_follows_collaboration() returns trigger language plpgsql security definer
set search_path = public, pg_temp as
$$
begin
    perform refresh_reach(array(select m.id from membership m where m.company_id = coalesce(new.firm_id, old.firm_id)),
                          coalesce(new.company_id, old.company_id));
    return null;
end
$$;

create function reach_follows_assignment() returns trigger language plpgsql security definer
set search_path = public, pg_temp as
$$
begin
    perform refresh_reach(array[coalesce(new.membership_id, old.membership_id)],
                          coalesce(new.company_id, old.company_id));
    return null;
end
$$;

create function reach_follows_plan() returns trigger language plpgsql security definer
set search_path = public, pg_temp as
$$
begin
    perform refresh_reach(array(select r.viewer_id from reach r where r.company_id = new.id), new.id);
    return null;
end
$$;

create function reach_follows_token() returns trigger language plpgsql security definer
set search_path = public, pg_temp as
$$ begin perform refresh_reach(array[coalesce(new.id, old.id)]); return null; end $$;

create trigger reach_follows
    after insert or delete or update of person_id, company_id, role, contact_id, state, can_view, can_edit, can_approve,
                                        can_share
    on membership for each row execute function reach_follows_membership();
create trigger reach_follows after insert or update or delete on collaboration
    for each row execute function reach_follows_collaboration();
create trigger reach_follows after insert or update or delete on access_grant
    for each row execute function reach_follows_collaboration();
create trigger reach_follows after insert or update or delete on client_assignment
    for each row execute function reach_follows_assignment();
create trigger reach_follows after update of plan_mask on company
    for each row execute function reach_follows_plan();
create trigger reach_follows after insert or update or delete on api_token
    for each row execute function reach_follows_token();

-- Who lives behind a secret: sessions of active memberships, and tokens of those who consented. A membership that expires
-- on a day ends with that day, in its company's time zone. Only the functions and views below read these two.
create view living_session as
    select s.token_hash, m.id as viewer_id, m.role, m.person_id, m.company_id, m.contact_id, s.surface,
           (select p.name from person p where p.id = m.person_id) as name, s.idle_until,
           least(s.idle_until, s.ends_at,
                 case when m.expires_on is not null then (m.expires_on + 1)::timestamp at time zone
                      (select c.time_zone from company c where c.id = m.company_id) end) as lives_until
      from sign_in_session s
      join membership m on m.id = s.membership_id
     where s.revoked_at is null and m.state = 'ACTIVE';

create view living_token as
    select t.token_hash, t.id as viewer_id, 'PARTNER_APP' as role, m.person_id, t.company_id, null::uuid as contact_id,
           'partner' as surface, t.app_name as name, t.expires_at as idle_until,
           least(t.expires_at,
                 case when m.expires_on is not null then (m.expires_on + 1)::timestamp at time zone
                      (select c.time_zone from company c where c.id = m.company_id) end) as lives_until
      from api_token t
      join membership m on m.id = t.consented_by
     where t.revoked_at is null and m.state = 'ACTIVE';

-- The way in. `find_viewer` says who holds a secret. A read of somebody already known asks again, inside its statement
-- (gateway/planner/compiler.py): these show the one session or token whose secret the transaction named, and no other.
create view my_session as
    select l.viewer_id, l.role, l.lives_until from living_session l
     where l.token_hash = (select current_setting('app.secret', true));

create view my_token as
    select l.viewer_id, l.role, l.lives_until from living_token l
     where l.token_hash = (select current_setting('app.secret', true));

-- plpgsql for its kept plans: SQL functions are planned again at every call.
create function find_viewer(secret_hash text, at timestamptz)
returns table (viewer_id uuid, role text, person_id uuid, company_id uuid, contact_id uuid, surface text, name text,
               locale text, time_zone text, idle_until timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as
$$
begin
    return query
    select l.viewer_id, l.role, l.person_id, l.company_id, l.contact_id, l.surface, l.name, p.locale, c.time_zone,
           l.idle_until
      from (select * from living_session s where s.token_hash = secret_hash
            union all
            select * from living_token t where t.token_hash = secret_hash) l
      join person p on p.id = l.person_id
      join company c on c.id = l.company_id
     where l.lives_until > at;
end
$$;

-- A signed link names its viewer; the viewer must still be one.
create function viewer_is_active(viewer uuid, at timestamptz)
returns table (role text, person_id uuid, company_id uuid, contact_id uuid, locale text, time_zone text)
language sql stable security definer set search_path = public, pg_temp as
$$
    select m.role, m.person_id, m.company_id, m.contact_id, p.locale, c.time_zone
      from membership m
      join person p on p.id = m.person_id
      join company c on c.id = m.company_id
     where m.id = viewer and m.state = 'ACTIVE'
       and (m.expires_on is null or m.expires_on >= (at at time zone c.time_zone)::date)
    union all
    select 'PARTNER_APP', m.person_id, t.company_id, null, p.locale, c.time_zone
      from api_token t
      join membership m on m.id = t.consented_by
      join person p on p.id = m.person_id
      join company c on c.id = t.company_id
      join company o on o.id = m.company_id
     where t.id = viewer and t.revoked_at is null and t.expires_at > at and m.state = 'ACTIVE'
       and (m.expires_on is null or m.expires_on >= (at at time zone o.time_zone)::date)
$$;

-- The places a person may act from: what the switcher shows before one is chosen.
create function memberships_of(person uuid)
returns table (id uuid, role text, company_id uuid, company_name text, contact_id uuid, contact_name text, state text,
               expires_on date)
language sql stable security definer set search_path = public, pg_temp as
$$
    select m.id, m.role, m.company_id, c.name, m.contact_id, k.name, m.state, m.expires_on
      from membership m
      join company c on c.id = m.company_id
      left join contact k on k.id = m.contact_id
     where m.person_id = person
     order by m.created_at, m.id
$$;

-- Nobody owns a company yet that has neither people nor a firm: whoever creates it may give it its first ones.
create function company_is_unclaimed(company uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as
$$
    select not exists (select 1 from membership m where m.company_id = company)
       and not exists (select 1 from collaboration k where k.company_id = company)
$$;

-- Who a login is: by e-mail, or by user code at one publisher or firm. A code that two people share finds nobody.
-- `familiar_since` is when it last signed in from this network, null where it never did.
create function find_login(login text, publisher_slug text, from_network text)
returns table (person_id uuid, credential_id uuid, secret_hash text, attempts_max int, locked_at timestamptz,
               familiar_since timestamptz, network_locked_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as
$$
    with found as (
        select p.id from person p where p.email = lower(login)
        union
        select m.person_id
          from membership m
          left join branding b on b.company_id = m.company_id
         where m.user_code = upper(login) and (publisher_slug is null or b.slug = publisher_slug)
    )
    select p.id, c.id, c.secret_hash, c.attempts_max, c.locked_at, n.signed_in_at, n.locked_at
      from found f
      join person p on p.id = f.id
      left join credential c on c.person_id = p.id and c.method = 'PASSWORD'
      left join familiar_network n on n.credential_id = c.id and n.network = from_network
     where (select count(*) from found) = 1
$$;
