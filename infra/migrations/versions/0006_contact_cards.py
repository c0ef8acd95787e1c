"""Uploads of contacts and journals, and the whole contact card: terms, IBANs, tags, archive, merges, imports."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from infra.migrations.run import execute_script, sql_file
from infra.migrations.walls import APP_ROLE, company_wall

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("contact_iban", "contact_merge", "contact_import")


def upgrade() -> None:
    """Columns and tables, their walls, then what triggers derive."""
    op.drop_constraint("upload_purpose_known", "upload")
    op.create_check_constraint(
        op.f("upload_purpose_known"),
        "upload",
        "purpose in ('INBOX','STATEMENT','CONTACTS','JOURNAL','LOGO','SALES','PURCHASES')",
    )
    _cards()
    _ibans()
    _merges()
    _imports()
    op.add_column("reach", sa.Column("contact_ids", postgresql.ARRAY(sa.Uuid()), nullable=True))
    for table in TABLES:
        for statement in company_wall(table):
            op.execute(statement)
        op.execute(f"grant select, insert, update on {table} to {APP_ROLE}")
    # What a card no longer lists is gone from it; merges and imports stay as a record.
    op.execute(f"grant delete on contact_iban to {APP_ROLE}")
    execute_script(op.get_bind(), sql_file("contacts.sql"))


def _cards() -> None:
    text, flag = sa.Text(), sa.Boolean()
    op.drop_column("contact", "iban")
    for name in ("trade_name", "payment_method", "income_account_code", "expense_account_code"):
        op.add_column("contact", sa.Column(name, text, nullable=True))
    for name in ("sales_tax_code", "purchase_tax_code", "notes"):
        op.add_column("contact", sa.Column(name, text, nullable=True))
    for name, kind, first in (
        ("terms_days", postgresql.ARRAY(sa.Integer()), "'{}'"),
        ("terms_pay_days", postgresql.ARRAY(sa.Integer()), "'{}'"),
        ("terms_month_end", flag, "false"),
        ("tags", postgresql.ARRAY(text), "'{}'"),
        ("match_key", text, "''"),
        ("merged_ids", postgresql.ARRAY(sa.Uuid()), "'{}'"),
        ("version", sa.Integer(), "1"),
        ("updated_at", sa.DateTime(timezone=True), "now()"),
    ):
        op.add_column("contact", sa.Column(name, kind, nullable=False, server_default=sa.text(first)))
        op.alter_column("contact", name, server_default=None)
    op.add_column("contact", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("contact", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("contact_company_id_merged_into_id_fkey"),
        "contact",
        "contact",
        ["company_id", "merged_into_id"],
        ["company_id", "id"],
    )
    op.create_check_constraint(op.f("contact_merged_elsewhere"), "contact", "merged_into_id <> id")
    op.create_check_constraint(
        op.f("contact_payment_method_known"),
        "contact",
        "payment_method in ('TRANSFER','DIRECT_DEBIT','CARD','CASH','CHEQUE','PROMISSORY_NOTE','CONFIRMING')",
    )
    op.drop_index("contact_by_creation", "contact")
    op.create_index(
        "contact_by_creation",
        "contact",
        ["company_id", "created_at", "id"],
        postgresql_include=["archived_at", "merged_into_id"],
    )
    op.create_index("contact_by_match_key", "contact", ["company_id", sa.text('match_key collate "C"')])
    op.create_index("contact_by_email", "contact", ["company_id", "email"])
    op.create_index(
        "contact_by_merged_into_id",
        "contact",
        ["merged_into_id"],
        postgresql_where=sa.text("merged_into_id is not null"),
    )


def _ibans() -> None:
    op.create_table(
        "contact_iban",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("iban", sa.Text(), nullable=False),
        sa.Column("bank_name", sa.Text(), nullable=True),
        sa.Column("bic", sa.Text(), nullable=True),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("contact_iban_company_id_fkey")),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["contact.company_id", "contact.id"],
            name=op.f("contact_iban_company_id_contact_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("contact_iban_pkey")),
        sa.UniqueConstraint("contact_id", "iban", name="contact_iban_once"),
    )
    op.create_index(
        "contact_iban_default_once",
        "contact_iban",
        ["contact_id"],
        unique=True,
        postgresql_where=sa.text("is_default"),
    )
    op.create_index("contact_iban_by_company_id", "contact_iban", ["company_id", "iban"])


def _merges() -> None:
    op.create_table(
        "contact_merge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("surviving_id", sa.Uuid(), nullable=False),
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("kept", postgresql.JSONB(), nullable=False),
        sa.Column("merged_by", sa.Uuid(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("request_key", sa.Text(), nullable=True),
        sa.CheckConstraint("surviving_id <> merged_id", name=op.f("contact_merge_two_cards")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("contact_merge_company_id_fkey")),
        sa.ForeignKeyConstraint(
            ["company_id", "surviving_id"],
            ["contact.company_id", "contact.id"],
            name=op.f("contact_merge_company_id_surviving_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "merged_id"],
            ["contact.company_id", "contact.id"],
            name=op.f("contact_merge_company_id_merged_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("contact_merge_pkey")),
        sa.UniqueConstraint("company_id", "request_key", name="contact_merge_once_per_request"),
    )
    op.create_index("contact_merge_by_time", "contact_merge", ["company_id", "merged_at", "id"])
    op.create_index(
        "contact_merge_standing_once",
        "contact_merge",
        ["merged_id"],
        unique=True,
        postgresql_where=sa.text("undone_at is null"),
    )


def _imports() -> None:
    op.create_table(
        "contact_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("plan", postgresql.JSONB(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=True),
        sa.Column("added_count", sa.Integer(), nullable=False),
        sa.Column("updated_count", sa.Integer(), nullable=False),
        sa.Column("skipped_count", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("failure_text", sa.Text(), nullable=True),
        sa.Column("imported_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("request_key", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state in ('WAITING','RUNNING','DONE','FAILED','CANCELLED')",
            name=op.f("contact_import_state_known"),
        ),
        sa.CheckConstraint(
            "(state = 'FAILED') = (failure is not null)", name=op.f("contact_import_failed_with_reason")
        ),
        sa.CheckConstraint(
            "rows_done >= 0 and (rows_total is null or rows_total >= 0)",
            name=op.f("contact_import_rows_counted"),
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("contact_import_company_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("contact_import_pkey")),
        sa.UniqueConstraint("company_id", "request_key", name="contact_import_once_per_request"),
    )
