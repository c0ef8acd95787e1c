-- Logins belong to no company. Whoever touches one names it, sealed (`name_person` in services/kit/db.py); beside that,
-- people are seen by those who reach a company in which they have a place.

create function proven(kind text, said text) returns text language sql stable security definer
set search_path = public, pg_temp as
$$
    select split_part(said, '.', 1)
     where split_part(said, '.', 2) = encode(sealed(kind || ':' || split_part(said, '.', 1)), 'hex')
$$;

-- Without a setting nothing is computed: many statements ask, few transactions name a person.
create or replace function app_person() returns uuid language sql stable parallel safe as
$$
    select case when current_setting('app.person', true) <> ''
                then proven('person', current_setting('app.person', true))::uuid end
$$;

-- Work of the program itself, on behalf of nobody: counting failed sign-ins, and what the clock starts.
create function app_is_program() returns boolean language sql stable parallel safe as
$$
    select case when current_setting('app.program', true) <> ''
                then proven('program', current_setting('app.program', true)) is not null else false end
$$;

-- Who has a place in a company within reach, by name: the one door of reads to the names of others. Most are asked for
-- in the viewer's own firm, so that comes first: what the viewer reaches is then not hashed once more.
create view my_colleagues with (security_barrier) as
    select m.id, m.company_id, m.person_id, m.role, m.state, m.last_sign_in_at,
           (select p.name from person p where p.id = m.person_id) as name,
           (select p.email from person p where p.id = m.person_id) as email
      from membership m
     where m.company_id = (select h.company_id from membership h join my_viewer v on v.viewer_id = h.id
                            where h.contact_id is null)
        or m.company_id in (select r.company_id from my_reach r where r.contact_id is null);

-- Places within reach whose login is locked by failed sign-ins; nothing else of a password leaves its table.
create view my_locked_places with (security_barrier) as
    select m.id from membership m
     where m.company_id in (select r.company_id from my_reach r where r.contact_id is null)
       and exists (select 1 from credential c where c.person_id = m.person_id and c.locked_at is not null);

revoke all on my_colleagues, my_locked_places from atrio_app;
grant select on my_colleagues, my_locked_places to atrio_app;

-- A login is looked up by who is about to sign in, or to be given a place: the program seals what it looks up.
drop function find_login(text, text, text);
create function find_login(login text, publisher_slug text, from_network text, seal bytea)
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
     where (select count(*) from found) = 1 and seal = sealed('login:' || login)
$$;

create function find_person(address text, seal bytea) returns table (id uuid, locale text)
language sql stable security definer set search_path = public, pg_temp as
$$ select p.id, p.locale from person p where p.email = address and seal = sealed('login:' || address) $$;

-- As 0002, for the login that is named.
create or replace function memberships_of(person uuid)
returns table (id uuid, role text, company_id uuid, company_name text, contact_id uuid, contact_name text, state text,
               expires_on date)
language sql stable security definer set search_path = public, pg_temp as
$$
    select m.id, m.role, m.company_id, c.name, m.contact_id, k.name, m.state, m.expires_on
      from membership m
      join company c on c.id = m.company_id
      left join contact k on k.id = m.contact_id
     where m.person_id = person and person = (select app_person())
     order by m.created_at, m.id
$$;

-- As 0002, for the viewer that is named.
create or replace function viewer_is_active(viewer uuid, at timestamptz)
returns table (role text, person_id uuid, company_id uuid, contact_id uuid, locale text, time_zone text)
language sql stable security definer set search_path = public, pg_temp as
$$
    select a.* from (
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
    ) a
     where viewer = (select app_viewer())
$$;

-- As 0009 and 0010, for the program alone.
create or replace function due_recurring(at timestamptz) returns table (recurring_id uuid, viewer_id uuid)
language sql stable security definer set search_path = public, pg_temp as
$$
    select r.id, r.acts_as from recurring_invoice r join company c on c.id = r.company_id
     where r.next_on is not null and r.paused_at is null and r.ended_at is null
       and r.next_on <= (at at time zone c.time_zone)::date and app_is_program()
     order by r.next_on, r.id
$$;

create or replace function forget_exports(before timestamptz) returns table (gone text)
language sql security definer set search_path = public, pg_temp as
$$
    with deleted as (
        delete from export where expires_at <= before and app_is_program()
            and (state in ('DONE','FAILED','CANCELLED') or expires_at <= before - interval '1 day')
        returning sha256
    )
    select distinct d.sha256::text from deleted d
    where d.sha256 is not null
        and not exists (select 1 from export e where e.sha256 = d.sha256 and e.expires_at > before)
$$;
