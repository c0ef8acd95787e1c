"""Records of issued invoices: their chain, which nobody can change, not even the program."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.run import execute_script, sql_file
from infra.migrations.walls import APP_ROLE, child_wall, company_wall

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tables, walls, grants and the triggers that keep records as they are."""
    _tables()
    for statement in (
        *company_wall("invoice_record"),
        *child_wall("invoice_record", "document", "document_id"),
        *company_wall("invoice_chain"),
        # Neither update nor delete: a record is only ever added.
        f"grant select, insert on invoice_record to {APP_ROLE}",
        f"grant select, insert, update on invoice_chain to {APP_ROLE}",
    ):
        op.execute(statement)
    execute_script(op.get_bind(), sql_file("verifactu.sql"))
    # How a company looks is printed on its papers too.
    op.add_column("branding", sa.Column("document_footer", sa.Text(), nullable=True))


def _tables() -> None:
    op.create_table(
        "invoice_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("issuer_tax_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("tax_total", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("total", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("qr_url", sa.Text(), nullable=True),
        sa.Column("xml", sa.Text(), nullable=False),
        sa.CheckConstraint("hash ~ '^[0-9A-F]{64}$'", name=op.f("invoice_record_hash_form")),
        sa.CheckConstraint(
            "kind = 'ANULACION' or (type is not null and tax_total is not null and total is not null and qr_url is not null)",
            name=op.f("invoice_record_issue_is_complete"),
        ),
        sa.CheckConstraint("kind in ('ALTA','ANULACION')", name=op.f("invoice_record_kind_known")),
        sa.CheckConstraint(
            "position > 0 and (position = 1) = (previous_hash = '')",
            name=op.f("invoice_record_first_has_no_previous"),
        ),
        sa.CheckConstraint(
            "type in ('F1','F2','F3','R1','R2','R3','R4','R5') or (type is null and kind = 'ANULACION')",
            name=op.f("invoice_record_type_known"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "document_id"],
            ["document.company_id", "document.id"],
            name=op.f("invoice_record_company_id_document_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("invoice_record_company_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("invoice_record_pkey")),
        sa.UniqueConstraint("company_id", "position", name="invoice_record_position_once"),
        sa.UniqueConstraint("company_id", "previous_hash", name="invoice_record_without_fork"),
        sa.UniqueConstraint("document_id", "kind", name="invoice_record_once_per_document"),
    )
    op.create_table(
        "invoice_chain",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("last_position", sa.Integer(), nullable=False),
        sa.Column("last_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("invoice_chain_company_id_fkey")),
        sa.PrimaryKeyConstraint("company_id", name=op.f("invoice_chain_pkey")),
    )
