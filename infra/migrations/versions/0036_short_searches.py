"""One or two letters find the cards whose name begins so, not nearly all of the book."""

from alembic import op

from infra.migrations.walls import APP_ROLE

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

# As 0019, but for short searches. Bit 23 is CONTACTS (services/access/policy.py). Who reaches the company without it, or no longer, finds no place; no
# time is spent on the book either, which would tell whether somebody stands in it.
_FOUND = """
create or replace function contacts_found(company uuid, said text) returns tid[] language plpgsql stable parallel safe
security definer set search_path = public, pg_temp set enable_seqscan = off
set enable_indexscan = off as
$$
begin
    if not exists (select 1 from reach r
                    where r.viewer_pass = (select app_pass()) and r.company_id = company and r.contact_id is null
                      and r.view_mask & (1::bigint << 23) <> 0
                      and (r.live_until is null or r.live_until > app_now())) then
        return '{}';
    end if;
    if length(said) < 3 then
        return array(select c.ctid from contact c where c.company_id = company
                       and c.sort_name collate "C" >= said and c.sort_name collate "C" < said || chr(1114111));
    end if;
    return array(
        select c.place
          from (select k.ctid as place, k.company_id, k.search_text from contact k
                 where search_parts(k.company_id, k.search_text) @> search_parts(company, said) offset 0) c
         where c.company_id = company and strpos(c.search_text, said) > 0);
end
$$
"""


def upgrade() -> None:
    """The function anew; who may call it stays."""
    op.execute(_FOUND)
    op.execute("revoke execute on function contacts_found(uuid, text) from public")
    op.execute(f"grant execute on function contacts_found(uuid, text) to {APP_ROLE}")
