"""A template whose person may no longer make its invoices says so in its history: else they would stop unseen."""

from alembic import op

from infra.migrations.walls import APP_ROLE

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_LEFT = """
create function recurring_is_left(of_recurring uuid, run_id uuid, why text, at timestamptz) returns void
language sql security definer set search_path = public, pg_temp as
$$
    insert into recurring_run (id, company_id, recurring_id, scheduled_on, refusal, mail, ran_at)
    select run_id, r.company_id, r.id, r.next_on, why, 'NONE', at
      from recurring_invoice r
     where r.id = of_recurring and r.next_on is not null and r.paused_at is null and r.ended_at is null
       and coalesce((select bit_and(m.bits) from (
               select x.edit_mask & ((1::bigint << 17) | (1::bigint << 25)) as bits from reach x
                where x.viewer_id = r.acts_as and x.company_id = r.company_id and x.contact_id is null
                  and (x.live_until is null or x.live_until > at)) m), 0)
           <> ((1::bigint << 17) | (1::bigint << 25))
        on conflict do nothing
$$
"""
"""Bits 17 and 25 are SALES and RECURRING (services/access/policy.py). It tells only of a template that is left indeed."""


def upgrade() -> None:
    """One more look over the walls, which writes one line and only where it is true."""
    op.execute(
        "create policy owner_notes on recurring_run for insert to current_user"
        " with check (refusal is not null and document_id is null)"
    )
    op.execute(_LEFT)
    op.execute("revoke execute on function recurring_is_left(uuid, uuid, text, timestamptz) from public")
    op.execute(f"grant execute on function recurring_is_left(uuid, uuid, text, timestamptz) to {APP_ROLE}")
