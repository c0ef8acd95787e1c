"""The tables of the first nine modules."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables."""
    op.create_table(
        "company",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("tax_id", sa.Text(), nullable=True),
        sa.Column("trade", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("province", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("iban", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("fiscal_year_start_month", sa.Integer(), nullable=False),
        sa.Column("subscription_plan", sa.Text(), nullable=False),
        sa.Column("plan_mask", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('FIRM','CLIENT')", name=op.f("company_kind_known")),
        sa.CheckConstraint(
            "fiscal_year_start_month between 1 and 12", name=op.f("company_fiscal_year_start")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("company_pkey")),
    )
    op.create_index("company_by_search", "company", ["search_text"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("density", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("rows_per_list", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("person_pkey")),
        sa.UniqueConstraint("email", name=op.f("person_once_email")),
    )
    op.create_table(
        "reach",
        sa.Column("viewer_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("view_mask", sa.BigInteger(), nullable=False),
        sa.Column("edit_mask", sa.BigInteger(), nullable=False),
        sa.Column("approve_mask", sa.BigInteger(), nullable=False),
        sa.Column("share_mask", sa.BigInteger(), nullable=False),
        sa.Column("plan_mask", sa.BigInteger(), nullable=False),
        sa.Column("live_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("viewer_id", "company_id", name=op.f("reach_pkey")),
    )
    op.create_index(op.f("reach_by_company_id"), "reach", ["company_id"], unique=False)
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("sign_in_attempt_pkey")),
    )
    op.create_index("sign_in_attempt_by_key", "sign_in_attempt", ["key", "at"], unique=False)
    op.create_table(
        "branding",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("primary_color", sa.Text(), nullable=False),
        sa.Column("logo_sha256", sa.Text(), nullable=True),
        sa.CheckConstraint("primary_color ~ '^#[0-9a-f]{6}$'", name=op.f("branding_color_form")),
        sa.CheckConstraint("slug ~ '^[a-z0-9](-?[a-z0-9])+$'", name=op.f("branding_slug_form")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("branding_company_id_fkey")),
        sa.PrimaryKeyConstraint("company_id", name=op.f("branding_pkey")),
        sa.UniqueConstraint("slug", name=op.f("branding_once_slug")),
    )
    op.create_table(
        "collaboration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('INVITED','REQUESTED','VERIFYING','ACTIVE','ENDED')",
            name=op.f("collaboration_state_known"),
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("collaboration_company_id_fkey")),
        sa.ForeignKeyConstraint(["firm_id"], ["company.id"], name=op.f("collaboration_firm_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("collaboration_pkey")),
        sa.UniqueConstraint("firm_id", "company_id", name="collaboration_one_per_client"),
    )
    op.create_index(op.f("collaboration_by_company_id"), "collaboration", ["company_id"], unique=False)
    op.create_index(op.f("collaboration_by_firm_id"), "collaboration", ["firm_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("tax_id_type", sa.Text(), nullable=True),
        sa.Column("tax_id", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("province", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("iban", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("is_customer", sa.Boolean(), nullable=False),
        sa.Column("is_supplier", sa.Boolean(), nullable=False),
        sa.Column("linked_company_id", sa.Uuid(), nullable=True),
        sa.Column("request_key", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("contact_named")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("contact_company_id_fkey")),
        sa.ForeignKeyConstraint(
            ["linked_company_id"], ["company.id"], name=op.f("contact_linked_company_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("contact_pkey")),
        sa.UniqueConstraint("company_id", "id", name="contact_of_company"),
        sa.UniqueConstraint("company_id", "request_key", name="contact_once_per_request"),
    )
    op.create_index("contact_by_creation", "contact", ["company_id", "created_at", "id"], unique=False)
    op.create_index(
        "contact_by_name", "contact", ["company_id", sa.text('sort_name collate "C"'), "id"], unique=False
    )
    op.create_index("contact_by_tax_id", "contact", ["company_id", "tax_id"], unique=False)
    op.create_table(
        "credential",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("attempts_max", sa.Integer(), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("method in ('PASSWORD')", name=op.f("credential_credential_method_known")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("credential_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("credential_pkey")),
        sa.UniqueConstraint("person_id", "method", name="credential_one_per_method"),
    )
    op.create_index(op.f("credential_by_person_id"), "credential", ["person_id"], unique=False)
    op.create_table(
        "familiar_network",
        sa.Column("credential_id", sa.Uuid(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["credential_id"], ["credential.id"], name=op.f("familiar_network_credential_id_fkey")
        ),
        sa.PrimaryKeyConstraint("credential_id", "network", name=op.f("familiar_network_pkey")),
    )
    op.create_table(
        "password_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("password_link_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("password_link_pkey")),
    )
    op.create_index("password_link_by_person", "password_link", ["person_id", "made_at"], unique=False)
    op.create_table(
        "document_counter",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("last_issued_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("document_counter_company_id_fkey")
        ),
        sa.PrimaryKeyConstraint("company_id", "kind", "year", name=op.f("document_counter_pkey")),
    )
    op.create_table(
        "entry_counter",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("last_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("entry_counter_company_id_fkey")),
        sa.PrimaryKeyConstraint("company_id", "year", "series", name=op.f("entry_counter_pkey")),
    )
    op.create_table(
        "fiscal_year",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("fiscal_year_ordered")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fiscal_year_company_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("fiscal_year_pkey")),
        sa.UniqueConstraint("company_id", "year", name="fiscal_year_once"),
    )
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("chain_position", sa.Integer(), nullable=True),
        sa.Column("entry_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("total", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("request_key", sa.Text(), nullable=True),
        sa.Column("hash", sa.Text(), nullable=True),
        sa.Column("previous_hash", sa.Text(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_by", sa.Uuid(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'POSTED') = (number is not null)", name=op.f("journal_entry_number_when_posted")
        ),
        sa.CheckConstraint("state in ('DRAFT','POSTED')", name=op.f("journal_entry_state_known")),
        sa.ForeignKeyConstraint(
            ["company_id", "reverses_id"],
            ["journal_entry.company_id", "journal_entry.id"],
            name=op.f("journal_entry_company_id_reverses_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("journal_entry_company_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("journal_entry_pkey")),
        sa.UniqueConstraint("company_id", "fiscal_year", "number", name="journal_entry_number_once"),
        sa.UniqueConstraint("company_id", "id", name="journal_entry_of_company"),
        sa.UniqueConstraint("company_id", "request_key", name="journal_entry_once_per_request"),
        sa.UniqueConstraint("reverses_id", name="journal_entry_reversed_once"),
    )
    op.create_index("journal_entry_by_date", "journal_entry", ["company_id", "entry_on", "id"], unique=False)
    op.create_index(op.f("journal_entry_by_source_id"), "journal_entry", ["source_id"], unique=False)
    op.create_index(
        "journal_entry_draft",
        "journal_entry",
        ["company_id"],
        unique=False,
        postgresql_where="state = 'DRAFT'",
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("purpose in ('INBOX','STATEMENT')", name=op.f("upload_purpose_known")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("upload_company_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("upload_pkey")),
    )
    op.create_index("upload_by_company", "upload", ["company_id", "created_at"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("operation_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("taxable_base", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("tax_total", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("withholding_rate", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("withholding", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("total", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("outstanding", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("pdf_sha256", sa.Text(), nullable=True),
        sa.Column("request_key", sa.Text(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind in ('ESTIMATE','PROFORMA','SALES_ORDER','DELIVERY_NOTE','SALES_INVOICE','PAYMENT_RECEIPT','PURCHASE_ORDER','PURCHASE_INVOICE','EXPENSE')",
            name=op.f("document_kind_known"),
        ),
        sa.CheckConstraint("side in ('SALES','PURCHASES')", name=op.f("document_side_known")),
        sa.CheckConstraint(
            "status in ('DRAFT','PENDING_REVIEW','APPROVED','PARTLY_PAID','PAID','ACCEPTED','REJECTED','EXPIRED','CANCELLED')",
            name=op.f("document_status_known"),
        ),
        sa.CheckConstraint(
            "outstanding >= 0 and outstanding <= greatest(total, 0)",
            name=op.f("document_outstanding_within_total"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["contact.company_id", "contact.id"],
            name=op.f("document_company_id_contact_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "entry_id"],
            ["journal_entry.company_id", "journal_entry.id"],
            name=op.f("document_company_id_entry_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("document_company_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("document_pkey")),
        sa.UniqueConstraint("company_id", "id", name="document_of_company"),
        sa.UniqueConstraint("company_id", "request_key", name="document_once_per_request"),
    )
    op.create_index("document_by_contact", "document", ["contact_id", "kind", "issued_on"], unique=False)
    op.create_index("document_by_issue", "document", ["company_id", "side", "issued_on", "id"], unique=False)
    op.create_index(
        "document_number_once",
        "document",
        ["company_id", "kind", "number"],
        unique=True,
        postgresql_where="side = 'SALES' and number is not null",
    )
    op.create_index(
        "document_open",
        "document",
        ["company_id", "side", "due_on"],
        unique=False,
        postgresql_where="outstanding > 0",
    )
    op.create_index(
        "document_pending",
        "document",
        ["company_id", "side"],
        unique=False,
        postgresql_where="status = 'PENDING_REVIEW' and archived_at is null",
    )
    op.create_table(
        "entry_review",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "entry_id"],
            ["journal_entry.company_id", "journal_entry.id"],
            name=op.f("entry_review_company_id_entry_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("entry_review_pkey")),
    )
    op.create_index(op.f("entry_review_by_company_id"), "entry_review", ["company_id"], unique=False)
    op.create_table(
        "ledger_account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("is_leaf", sa.Boolean(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "type in ('EQUITY','NON_CURRENT_LIABILITY','CURRENT_LIABILITY','NON_CURRENT_ASSET','CURRENT_ASSET','INCOME','EXPENSE','BY_BALANCE')",
            name=op.f("ledger_account_type_known"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["contact.company_id", "contact.id"],
            name=op.f("ledger_account_company_id_contact_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("ledger_account_company_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("ledger_account_pkey")),
        sa.UniqueConstraint("company_id", "code", name="ledger_account_code_once"),
        sa.UniqueConstraint("company_id", "id", name="ledger_account_of_company"),
    )
    op.create_index(op.f("ledger_account_by_contact_id"), "ledger_account", ["contact_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("user_code", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("can_view", sa.BigInteger(), nullable=False),
        sa.Column("can_edit", sa.BigInteger(), nullable=False),
        sa.Column("can_approve", sa.BigInteger(), nullable=False),
        sa.Column("can_share", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_sign_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(role = 'PORTAL_CONTACT') = (contact_id is not null)",
            name=op.f("membership_membership_contact_of_portal"),
        ),
        sa.CheckConstraint(
            "state in ('INVITED','ACTIVE','DEACTIVATED','LOCKED','REVOKED')",
            name=op.f("membership_membership_state"),
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("membership_company_id_fkey")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("membership_contact_id_fkey")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("membership_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("membership_pkey")),
        sa.UniqueConstraint("company_id", "user_code", name="membership_user_code_once_per_company"),
    )
    op.create_index(op.f("membership_by_company_id"), "membership", ["company_id"], unique=False)
    op.create_index(op.f("membership_by_contact_id"), "membership", ["contact_id"], unique=False)
    op.create_index(op.f("membership_by_person_id"), "membership", ["person_id"], unique=False)
    op.create_index(
        "membership_one_owner_per_firm",
        "membership",
        ["company_id"],
        unique=True,
        postgresql_where="role = 'FIRM_OWNER'",
    )
    op.create_table(
        "access_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("can_view", sa.BigInteger(), nullable=False),
        sa.Column("can_edit", sa.BigInteger(), nullable=False),
        sa.Column("can_approve", sa.BigInteger(), nullable=False),
        sa.Column("can_share", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state in ('ACTIVE','REVOKED')", name=op.f("access_grant_access_grant_state")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("access_grant_company_id_fkey")),
        sa.ForeignKeyConstraint(["firm_id"], ["company.id"], name=op.f("access_grant_firm_id_fkey")),
        sa.ForeignKeyConstraint(["granted_by"], ["membership.id"], name=op.f("access_grant_granted_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("access_grant_pkey")),
        sa.UniqueConstraint("company_id", "firm_id", name="access_grant_one_per_firm"),
    )
    op.create_index(op.f("access_grant_by_company_id"), "access_grant", ["company_id"], unique=False)
    op.create_index(op.f("access_grant_by_firm_id"), "access_grant", ["firm_id"], unique=False)
    op.create_table(
        "api_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("app_name", sa.Text(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("consented_by", sa.Uuid(), nullable=False),
        sa.Column("can_view", sa.BigInteger(), nullable=False),
        sa.Column("can_edit", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("api_token_company_id_fkey")),
        sa.ForeignKeyConstraint(
            ["consented_by"], ["membership.id"], name=op.f("api_token_consented_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("api_token_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("api_token_once_token_hash")),
    )
    op.create_index(op.f("api_token_by_company_id"), "api_token", ["company_id"], unique=False)
    op.create_index(op.f("api_token_by_consented_by"), "api_token", ["consented_by"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "document_id"],
            ["document.company_id", "document.id"],
            name=op.f("attachment_company_id_document_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("attachment_pkey")),
        sa.UniqueConstraint("document_id", "sha256", name="attachment_once"),
    )
    op.create_index(op.f("attachment_by_company_id"), "attachment", ["company_id"], unique=False)
    op.create_index(op.f("attachment_by_document_id"), "attachment", ["document_id"], unique=False)
    op.create_table(
        "bank_account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("iban", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("ledger_account_id", sa.Uuid(), nullable=False),
        sa.Column("request_key", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('BANK','GATEWAY')", name=op.f("bank_account_kind_known")),
        sa.ForeignKeyConstraint(
            ["company_id", "ledger_account_id"],
            ["ledger_account.company_id", "ledger_account.id"],
            name=op.f("bank_account_company_id_ledger_account_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("bank_account_company_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("bank_account_pkey")),
        sa.UniqueConstraint("company_id", "iban", name="bank_account_iban_once"),
        sa.UniqueConstraint("company_id", "id", name="bank_account_of_company"),
        sa.UniqueConstraint("company_id", "request_key", name="bank_account_once_per_request"),
    )
    op.create_table(
        "client_assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("assigned_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('MANAGER','BOOKKEEPER')", name=op.f("client_assignment_kind_known")),
        sa.ForeignKeyConstraint(
            ["assigned_by"], ["membership.id"], name=op.f("client_assignment_assigned_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("client_assignment_company_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("client_assignment_membership_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("client_assignment_pkey")),
        sa.UniqueConstraint("company_id", "membership_id", name="client_assignment_once"),
    )
    op.create_index(
        op.f("client_assignment_by_company_id"), "client_assignment", ["company_id"], unique=False
    )
    op.create_index(
        op.f("client_assignment_by_membership_id"), "client_assignment", ["membership_id"], unique=False
    )
    op.create_table(
        "document_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("is_product", sa.Boolean(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("unit_price", sa.Numeric(precision=16, scale=4), nullable=False),
        sa.Column("discount_percent", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("tax_rate", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("ledger_account_code", sa.Text(), nullable=True),
        sa.Column("base", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "document_id"],
            ["document.company_id", "document.id"],
            name=op.f("document_line_company_id_document_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("document_line_pkey")),
        sa.UniqueConstraint("document_id", "position", name="document_line_position_once"),
    )
    op.create_index(op.f("document_line_by_company_id"), "document_line", ["company_id"], unique=False)
    op.create_index("document_line_of_document", "document_line", ["document_id", "position"], unique=False)
    op.create_table(
        "document_tax",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("rate", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("base", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("quota", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "document_id"],
            ["document.company_id", "document.id"],
            name=op.f("document_tax_company_id_document_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("document_tax_pkey")),
        sa.UniqueConstraint("document_id", "rate", name="document_tax_rate_once"),
    )
    op.create_index(op.f("document_tax_by_company_id"), "document_tax", ["company_id"], unique=False)
    op.create_table(
        "document_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("act in ('OPENED','DOWNLOADED')", name=op.f("document_view_act_known")),
        sa.ForeignKeyConstraint(
            ["company_id", "document_id"],
            ["document.company_id", "document.id"],
            name=op.f("document_view_company_id_document_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("document_view_membership_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("document_view_pkey")),
    )
    op.create_index(op.f("document_view_by_company_id"), "document_view", ["company_id"], unique=False)
    op.create_index("document_view_of_document", "document_view", ["document_id", "at"], unique=False)
    op.create_table(
        "inbox_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=True),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("duplicate_of_id", sa.Uuid(), nullable=True),
        sa.Column("discard_reason", sa.Text(), nullable=True),
        sa.Column("request_key", sa.Text(), nullable=True),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'DONE') = (document_id is not null)", name=op.f("inbox_file_document_when_done")
        ),
        sa.CheckConstraint("kind in ('SCAN','FILE')", name=op.f("inbox_file_kind_known")),
        sa.CheckConstraint("state in ('TO_REVIEW','DONE','DISCARDED')", name=op.f("inbox_file_state_known")),
        sa.ForeignKeyConstraint(
            ["company_id", "document_id"],
            ["document.company_id", "document.id"],
            name=op.f("inbox_file_company_id_document_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("inbox_file_company_id_fkey")),
        sa.ForeignKeyConstraint(
            ["duplicate_of_id"], ["inbox_file.id"], name=op.f("inbox_file_duplicate_of_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("inbox_file_pkey")),
        sa.UniqueConstraint("company_id", "id", name="inbox_file_of_company"),
        sa.UniqueConstraint("company_id", "request_key", name="inbox_file_once_per_request"),
    )
    op.create_index("inbox_file_by_content", "inbox_file", ["company_id", "sha256"], unique=False)
    op.create_index("inbox_file_by_receipt", "inbox_file", ["company_id", "received_at", "id"], unique=False)
    op.create_index(
        "inbox_file_to_review",
        "inbox_file",
        ["company_id", "kind"],
        unique=False,
        postgresql_where="state = 'TO_REVIEW'",
    )
    op.create_table(
        "journal_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("entry_on", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ledger_account_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("debit", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("credit", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.CheckConstraint(
            "debit >= 0 and credit >= 0 and (debit > 0) <> (credit > 0)", name=op.f("journal_line_one_side")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "contact_id"],
            ["contact.company_id", "contact.id"],
            name=op.f("journal_line_company_id_contact_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "entry_id"],
            ["journal_entry.company_id", "journal_entry.id"],
            name=op.f("journal_line_company_id_entry_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "ledger_account_id"],
            ["ledger_account.company_id", "ledger_account.id"],
            name=op.f("journal_line_company_id_ledger_account_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("journal_line_pkey")),
        sa.UniqueConstraint("entry_id", "position", name="journal_line_position_once"),
    )
    op.create_index(
        "journal_line_by_account", "journal_line", ["ledger_account_id", "entry_on", "id"], unique=False
    )
    op.create_index("journal_line_by_company", "journal_line", ["company_id", "entry_on", "id"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("by_issuer", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("request_key", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(text) between 1 and 4000", name=op.f("message_text_length")),
        sa.ForeignKeyConstraint(
            ["company_id", "document_id"],
            ["document.company_id", "document.id"],
            name=op.f("message_company_id_document_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("message_pkey")),
        sa.UniqueConstraint("company_id", "request_key", name="message_once_per_request"),
    )
    op.create_index(op.f("message_by_company_id"), "message", ["company_id"], unique=False)
    op.create_index("message_of_document", "message", ["document_id", "created_at", "id"], unique=False)
    op.create_table(
        "period_lock",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("soft_until", sa.Date(), nullable=True),
        sa.Column("tax_until", sa.Date(), nullable=True),
        sa.Column("hard_until", sa.Date(), nullable=True),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["membership.id"], name=op.f("period_lock_changed_by_fkey")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("period_lock_company_id_fkey")),
        sa.PrimaryKeyConstraint("company_id", name=op.f("period_lock_pkey")),
    )
    op.create_table(
        "settlement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("settlement_amount_positive")),
        sa.ForeignKeyConstraint(
            ["company_id", "document_id"],
            ["document.company_id", "document.id"],
            name=op.f("settlement_company_id_document_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "entry_id"],
            ["journal_entry.company_id", "journal_entry.id"],
            name=op.f("settlement_company_id_entry_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("settlement_pkey")),
    )
    op.create_index(op.f("settlement_by_company_id"), "settlement", ["company_id"], unique=False)
    op.create_index(
        "settlement_of_document",
        "settlement",
        ["document_id"],
        unique=False,
        postgresql_where="undone_at is null",
    )
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idle_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("sign_in_session_membership_id_fkey")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("sign_in_session_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("sign_in_session_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("sign_in_session_once_token_hash")),
    )
    op.create_index(
        op.f("sign_in_session_by_membership_id"), "sign_in_session", ["membership_id"], unique=False
    )
    op.create_index(op.f("sign_in_session_by_person_id"), "sign_in_session", ["person_id"], unique=False)
    op.create_table(
        "bank_statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("bank_account_id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("statement_key", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("opening_balance", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("closing_balance", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("added_count", sa.Integer(), nullable=False),
        sa.Column("warnings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=True),
        sa.Column("request_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id", "bank_account_id"],
            ["bank_account.company_id", "bank_account.id"],
            name=op.f("bank_statement_company_id_bank_account_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("bank_statement_pkey")),
        sa.UniqueConstraint("bank_account_id", "statement_key", name="bank_statement_once"),
        sa.UniqueConstraint("company_id", "id", name="bank_statement_of_company"),
    )
    op.create_index("bank_statement_by_day", "bank_statement", ["bank_account_id", "last_day"], unique=False)
    op.create_index("bank_statement_by_file", "bank_statement", ["company_id", "file_sha256"], unique=False)
    op.create_table(
        "inbox_page",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("inbox_file_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id", "inbox_file_id"],
            ["inbox_file.company_id", "inbox_file.id"],
            name=op.f("inbox_page_company_id_inbox_file_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("inbox_page_pkey")),
        sa.UniqueConstraint("inbox_file_id", "number", name="inbox_page_once"),
    )
    op.create_index(op.f("inbox_page_by_company_id"), "inbox_page", ["company_id"], unique=False)
    op.create_table(
        "bank_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("bank_account_id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("operation_on", sa.Date(), nullable=False),
        sa.Column("value_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("concept", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("settled_amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("proposed_document_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_certainty", sa.Integer(), nullable=True),
        sa.Column("proposed_reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("proposed_gives_back", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'PROPOSED') = (proposed_document_id is not null)",
            name=op.f("bank_line_proposal_when_proposed"),
        ),
        sa.CheckConstraint(
            "state in ('NEW','PROPOSED','MATCHED','PARTLY','IGNORED')", name=op.f("bank_line_state_known")
        ),
        sa.CheckConstraint(
            "settled_amount between 0 and abs(amount)", name=op.f("bank_line_settled_within_amount")
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "bank_account_id"],
            ["bank_account.company_id", "bank_account.id"],
            name=op.f("bank_line_company_id_bank_account_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "proposed_document_id"],
            ["document.company_id", "document.id"],
            name=op.f("bank_line_company_id_proposed_document_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "statement_id"],
            ["bank_statement.company_id", "bank_statement.id"],
            name=op.f("bank_line_company_id_statement_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("bank_line_company_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("bank_line_pkey")),
        sa.UniqueConstraint("bank_account_id", "fingerprint", name="bank_line_once"),
        sa.UniqueConstraint("company_id", "id", name="bank_line_of_company"),
    )
    op.create_index(
        "bank_line_by_account", "bank_line", ["bank_account_id", "operation_on", "id"], unique=False
    )
    op.create_index("bank_line_by_date", "bank_line", ["company_id", "operation_on", "id"], unique=False)
    op.create_index(
        "bank_line_open",
        "bank_line",
        ["company_id", "bank_account_id"],
        unique=False,
        postgresql_where="state in ('NEW','PROPOSED','PARTLY')",
    )
    op.create_table(
        "reconciliation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("bank_line_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("request_key", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("reversal_entry_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id", "bank_line_id"],
            ["bank_line.company_id", "bank_line.id"],
            name=op.f("reconciliation_company_id_bank_line_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "entry_id"],
            ["journal_entry.company_id", "journal_entry.id"],
            name=op.f("reconciliation_company_id_entry_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("reconciliation_pkey")),
        sa.UniqueConstraint("company_id", "request_key", name="reconciliation_once_per_request"),
    )
    op.create_index(op.f("reconciliation_by_company_id"), "reconciliation", ["company_id"], unique=False)
    op.create_index(
        "reconciliation_of_line",
        "reconciliation",
        ["bank_line_id"],
        unique=False,
        postgresql_where="undone_at is null",
    )
