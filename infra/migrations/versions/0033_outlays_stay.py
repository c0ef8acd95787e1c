"""What was claimed back of outlays stays as it was approved, like every other amount of a document."""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Beside `approved_document_stays`, which guards the other amounts."""
    op.execute(
        """
        create function outlays_stay() returns trigger language plpgsql set search_path = public, pg_temp as
        $$
        begin
            raise exception 'document % is approved and its outlays cannot change', old.id using errcode = 'AT016';
        end
        $$
        """
    )
    op.execute(
        """
        create trigger outlays_stay before update on document for each row
            when (old.status not in ('DRAFT', 'PENDING_REVIEW') and old.outlay_total <> new.outlay_total)
            execute function outlays_stay()
        """
    )
