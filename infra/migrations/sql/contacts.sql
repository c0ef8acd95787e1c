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

-- The three-letter parts of a text, hashed with the company whose book it stands in: what contact_by_parts holds.
create function search_parts(company uuid, said text) returns bigint[] language sql immutable strict parallel safe as
$$
    select array(select hashtextextended(substr(said, n, 3), uuid_hash_extended(company, 0))
                   from generate_series(1, length(said) - 2) n)
$$;
create index contact_by_parts on contact using gin (search_parts(company_id, search_text));

-- Where the contacts of one book stand whose text holds what was said (in the form of search_text): places of rows in the
-- table, good for the statement that asks. As its owner, because within the walls no part of a word could be looked up
-- in an index: they come before any condition that may fail. Who does not reach the company's book finds nothing here,
-- and the rows at these places stand behind the walls as all others. Less than three letters have no part to look up:
-- then the whole book is read.
create function contacts_found(company uuid, said text) returns tid[] language plpgsql stable parallel safe
security definer set search_path = public, pg_temp set enable_seqscan = off
set enable_indexscan = off as
$$
begin
    if not exists (select 1 from my_reach r where r.company_id = company and r.contact_id is null) then
        return '{}';
    end if;
    if length(said) < 3 then
        return array(select c.ctid from contact c where c.company_id = company and strpos(c.search_text, said) > 0);
    end if;
    return array(
        select c.place
          from (select k.ctid as place, k.company_id, k.search_text from contact k
                 where search_parts(k.company_id, k.search_text) @> search_parts(company, said) offset 0) c
         where c.company_id = company and strpos(c.search_text, said) > 0);
end
$$;
revoke execute on function contacts_found(uuid, text) from public;
grant execute on function contacts_found(uuid, text) to atrio_app;
