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
