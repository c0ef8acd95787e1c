"""Recurring invoices: templates, their lines, and what they did on which date."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.walls import APP_ROLE, company_wall, owner_sees

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = ("recurring_invoice", "recurring_line", "recurring_run")

DUE = """
create function due_recurring(at timestamptz) returns table (recurring_id uuid, viewer_id uuid)
language sql stable security definer set search_path = public, pg_temp as
$$
    select r.id, r.acts_as from recurring_invoice r join company c on c.id = r.company_id
     where r.next_on is not null and r.paused_at is null and r.ended_at is null
       and r.next_on <= (at at time zone c.time_zone)::date
     order by r.next_on, r.id
$$
"""
"""Templates of all companies that are due where they are. Ids only: whoever acts on them is asked for rights again."""


def upgrade() -> None:
    """Tables, walls, grants, and the one look over the walls that the clock needs."""
    _tables()
    for table in TABLES:
        for statement in company_wall(table):
            op.execute(statement)
    op.execute(f"grant select, insert, update on {', '.join(TABLES)} to {APP_ROLE}")
    op.execute(f"grant delete on recurring_line to {APP_ROLE}")
    op.execute(owner_sees("recurring_invoice"))
    op.execute(DUE)
    op.execute("revoke execute on function due_recurring(timestamptz) from public")
    op.execute(f"grant execute on function due_recurring(timestamptz) to {APP_ROLE}")


def _tables() -> None:
    op.create_table(
        "recurring_invoice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("count_max", sa.Integer(), nullable=True),
        sa.Column("next_index", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("made_count", sa.Integer(), nullable=False),
        sa.Column("follow_up", sa.Text(), nullable=False),
        sa.Column("attaches_pdf", sa.Boolean(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("withholding_rate", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("due_days", sa.Integer(), nullable=True),
        sa.Column("acts_as", sa.Uuid(), nullable=False),
        sa.Column("request_key", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "follow_up in ('DRAFT','APPROVE','SEND')", name=op.f("recurring_invoice_follow_up_known")
        ),
        sa.CheckConstraint(
            "frequency in ('WEEKLY','MONTHLY','QUARTERLY','YEARLY')",
            name=op.f("recurring_invoice_frequency_known"),
        ),
        sa.CheckConstraint(
            "ends_on is null or ends_on >= starts_on", name=op.f("recurring_invoice_ends_after_start")
        ),
        sa.CheckConstraint(
            "every between 1 and 52 and made_count >= 0 and next_index >= 0",
            name=op.f("recurring_invoice_counts_sane"),
        ),
        sa.ForeignKeyConstraint(["acts_as"], ["membership.id"], name=op.f("recurring_invoice_acts_as_fkey")),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["contact.company_id", "contact.id"],
            name=op.f("recurring_invoice_company_id_contact_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("recurring_invoice_company_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("recurring_invoice_pkey")),
        sa.UniqueConstraint("company_id", "id", name="recurring_invoice_of_company"),
        sa.UniqueConstraint("company_id", "request_key", name="recurring_invoice_once_per_request"),
    )
    op.create_index(
        op.f("recurring_invoice_by_company_id"), "recurring_invoice", ["company_id"], unique=False
    )
    op.create_index("recurring_invoice_by_contact", "recurring_invoice", ["contact_id"], unique=False)
    op.create_index(
        "recurring_invoice_due",
        "recurring_invoice",
        ["next_on"],
        unique=False,
        postgresql_where="next_on is not null and paused_at is null and ended_at is null",
    )
    op.create_table(
        "recurring_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("recurring_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("is_product", sa.Boolean(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("unit_price", sa.Numeric(precision=16, scale=4), nullable=False),
        sa.Column("discount_percent", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("tax_code", sa.Text(), nullable=True),
        sa.Column("tax_rate", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("ledger_account_code", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "tax_code is not null or tax_rate is not null", name=op.f("recurring_line_tax_named")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "recurring_id"],
            ["recurring_invoice.company_id", "recurring_invoice.id"],
            name=op.f("recurring_line_company_id_recurring_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("recurring_line_pkey")),
        sa.UniqueConstraint("recurring_id", "position", name="recurring_line_position_once"),
    )
    op.create_index(op.f("recurring_line_by_company_id"), "recurring_line", ["company_id"], unique=False)
    op.create_table(
        "recurring_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("recurring_id", sa.Uuid(), nullable=False),
        sa.Column("scheduled_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("mail", sa.Text(), nullable=False),
        sa.Column("mail_refusal", sa.Text(), nullable=True),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("mail in ('NONE','QUEUED','REFUSED')", name=op.f("recurring_run_mail_known")),
        sa.CheckConstraint(
            "(document_id is null) = (refusal is not null)", name=op.f("recurring_run_made_or_refused")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "document_id"],
            ["document.company_id", "document.id"],
            name=op.f("recurring_run_company_id_document_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "recurring_id"],
            ["recurring_invoice.company_id", "recurring_invoice.id"],
            name=op.f("recurring_run_company_id_recurring_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("recurring_run_pkey")),
        sa.UniqueConstraint("recurring_id", "scheduled_on", name="recurring_run_once_per_date"),
    )
    op.create_index(op.f("recurring_run_by_company_id"), "recurring_run", ["company_id"], unique=False)
