"""A template that is left says so in place of what its date was refused for before: that no longer stops it."""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_LEFT = """
create or replace function recurring_is_left(of_recurring uuid, run_id uuid, why text, at timestamptz) returns void
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
        on conflict (recurring_id, scheduled_on) do update set refusal = excluded.refusal, ran_at = excluded.ran_at
        where recurring_run.document_id is null and recurring_run.refusal is distinct from excluded.refusal
$$
"""
"""As 0034, but for what it does where the date has a run. Bits 17 and 25 are SALES and RECURRING."""


def upgrade() -> None:
    """The one look over the walls reads and mends refusals; runs that made something stay out of its sight."""
    op.execute(
        "create policy owner_reads on recurring_run for select to current_user using (document_id is null)"
    )
    op.execute(
        "create policy owner_mends on recurring_run for update to current_user"
        " using (document_id is null) with check (refusal is not null and document_id is null)"
    )
    op.execute(_LEFT)
