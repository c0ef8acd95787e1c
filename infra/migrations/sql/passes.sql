-- Who asks, proven. What a transaction says of itself stands in settings, and any SQL may set those: the walls believe
-- none that the program has not sealed. It holds the key in its memory and the owner in `wall_key`; the application role
-- can read neither, so SQL that came in from outside stays whoever it came in as.

create table wall_key (
    is_only boolean constraint wall_key_pkey primary key default true constraint wall_key_one_row check (is_only),
    inner_key bytea not null,
    outer_key bytea not null
);
revoke all on wall_key from atrio_app;
insert into wall_key (inner_key, outer_key)
select sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())),
       sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

-- A keyed hash with an inner and an outer key (as HMAC, which PostgreSQL has only in a contrib module).
create function sealed(said text) returns bytea language sql stable security definer set search_path = public, pg_temp as
$$ select sha256(k.outer_key || sha256(k.inner_key || convert_to(said, 'UTF8'))) from wall_key k $$;
revoke execute on function sealed(text) from public;

-- A viewer's pass: what `app.viewer` holds instead of an id that anybody may know. It stands in `reach`, so a wall
-- compares it as it would an id, at no cost.
create function pass_of(viewer uuid) returns uuid language sql stable security definer
set search_path = public, pg_temp as
$$ select encode(substring(sealed('viewer:' || viewer) for 16), 'hex')::uuid $$;
revoke execute on function pass_of(uuid) from public;

alter table reach add column viewer_pass uuid;
update reach set viewer_pass = p.pass
  from (select v.viewer_id, pass_of(v.viewer_id) as pass from (select distinct viewer_id from reach) v) p
 where p.viewer_id = reach.viewer_id;
alter table reach alter column viewer_pass set not null;
create index reach_by_pass on reach (viewer_pass, company_id);

create function reach_has_pass() returns trigger language plpgsql security definer set search_path = public, pg_temp as
$$ begin new.viewer_pass := pass_of(new.viewer_id); return new; end $$;
create trigger has_pass before insert on reach for each row execute function reach_has_pass();

create function app_pass() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('app.viewer', true), '')::uuid $$;

create or replace view my_reach as
    select r.company_id, r.contact_id from reach r where r.viewer_pass = (select app_pass());
create or replace view my_contacts as
    select unnest(r.contact_ids) as contact_id from reach r
     where r.viewer_pass = (select app_pass()) and r.contact_id is not null;

-- The id behind the pass. Whoever is a viewer reaches something: staff their firm, the others the one company.
create view my_viewer as select r.viewer_id from reach r where r.viewer_pass = (select app_pass()) limit 1;
revoke all on my_viewer from atrio_app;
grant select on my_viewer to atrio_app;

create or replace function app_viewer() returns uuid language sql stable parallel safe as
$$ select v.viewer_id from my_viewer v $$;

drop policy own_rows on reach;
create policy own_rows on reach for select to atrio_app using (viewer_pass = (select app_pass()));
