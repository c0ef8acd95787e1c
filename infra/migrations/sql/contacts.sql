-- A portal contact reaches the cards that were merged into its own, too: their documents are its documents.

create function reach_holds_merged_cards() returns trigger language plpgsql security definer
set search_path = public, pg_temp as
$$
begin
    new.contact_ids := (select array_append(k.merged_ids, k.id) from contact k where k.id = new.contact_id);
    return new;
end
$$;
create trigger holds_merged_cards before insert or update of contact_id on reach
    for each row when (new.contact_id is not null) execute function reach_holds_merged_cards();

create function reach_follows_merge() returns trigger language plpgsql security definer
set search_path = public, pg_temp as
$$
begin
    update reach set contact_ids = array_append(new.merged_ids, new.id) where contact_id = new.id;
    return null;
end
$$;
create trigger reach_follows after update of merged_ids on contact
    for each row when (old.merged_ids is distinct from new.merged_ids) execute function reach_follows_merge();

update reach set contact_ids = array_append(k.merged_ids, k.id) from contact k where k.id = reach.contact_id;

-- The walls of what a contact sees, over all its cards. As its owner, like my_reach, and never another viewer's.
create view my_contacts as
    select unnest(r.contact_ids) as contact_id from reach r
     where r.viewer_id = (select app_viewer()) and r.contact_id is not null;
revoke all on my_contacts from atrio_app;
grant select on my_contacts to atrio_app;

drop policy by_contact_select on document;
create policy by_contact_select on document for select to atrio_app
    using (contact_id in (select c.contact_id from my_contacts c) and status <> 'DRAFT');
drop policy by_contact_update on document;
create policy by_contact_update on document for update to atrio_app
    using (contact_id in (select c.contact_id from my_contacts c) and status <> 'DRAFT')
    with check (contact_id in (select c.contact_id from my_contacts c));
drop policy by_contact_select on contact;
create policy by_contact_select on contact for select to atrio_app
    using (id in (select c.contact_id from my_contacts c));

-- The ids of one book's contacts whose text is like a pattern: a scan of contact_searched alone, which has all it needs.
-- As its owner, because the walls would have each of 100,000 entries asked for first. What it gives is only compared
-- with rows that the walls let through.
create function contacts_like(company uuid, pattern text) returns uuid[] language sql stable parallel safe
security definer set search_path = public, pg_temp set enable_seqscan = off
set enable_bitmapscan = off as
$$
    select coalesce(array_agg(c.id), '{}') from contact c where c.company_id = company and c.search_text like pattern
$$;
revoke execute on function contacts_like(uuid, text) from public;
grant execute on function contacts_like(uuid, text) to atrio_app;
