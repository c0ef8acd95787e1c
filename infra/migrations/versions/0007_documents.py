"""Tax codes, links, instalments, series and settings of documents, and exchange rates."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.run import execute_script, sql_file
from infra.migrations.walls import APP_ROLE, child_wall, company_wall

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_AMOUNT = sa.Numeric(14, 2)
_KINDS = (
    "'ESTIMATE','PROFORMA','SALES_ORDER','DELIVERY_NOTE','SALES_INVOICE','PAYMENT_RECEIPT',"
    "'PURCHASE_ORDER','PURCHASE_INVOICE','EXPENSE'"
)
_METHODS = "'TRANSFER','DIRECT_DEBIT','CARD','CASH','CHEQUE','PROMISSORY_NOTE','CONFIRMING'"
_REGIMES = (
    "'DOMESTIC','EQUIVALENCE_SURCHARGE','INTRA_EU','REVERSE_CHARGE','FOREIGN_SERVICE','EXPORT','EXEMPT'"
)


def upgrade() -> None:
    """Columns of what there is, then the new tables behind their walls."""
    _document()
    _children()
    _settlement()
    _counter()
    _instalment()
    _link()
    _series()
    _settings()
    _exchange_rate()
    _mailing()
    # A draft goes with the papers that were put on it; their content stays in the store.
    op.execute(f"grant delete on attachment to {APP_ROLE}")
    execute_script(op.get_bind(), sql_file("documents.sql"))


def _document() -> None:
    for column in (
        sa.Column("series", sa.Text()),
        sa.Column("regime", sa.Text(), nullable=False, server_default="DOMESTIC"),
        sa.Column("is_simplified", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("is_substitute", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("rectifies_id", sa.Uuid()),
        sa.Column("rectification_reason", sa.Text()),
        sa.Column("rectification_method", sa.Text()),
        sa.Column("rectification_cause", sa.Text()),
        sa.Column("exchange_rate", sa.Numeric(18, 8), server_default="1"),
        sa.Column("prices_include_tax", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("surcharge_total", _AMOUNT, nullable=False, server_default="0"),
        sa.Column("booked_total", _AMOUNT),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decision_reason", sa.Text()),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("payment_method", sa.Text()),
        sa.Column("voided_at", sa.DateTime(timezone=True)),
        sa.Column("voided_by", sa.Uuid()),
        sa.Column("void_reason", sa.Text()),
    ):
        op.add_column("document", column)
    op.execute("update document set booked_total = total where entry_id is not null")
    op.drop_constraint(op.f("document_outstanding_within_total"), "document")
    for name, rule in (
        ("outstanding_within_total", "outstanding between least(total, 0) and greatest(total, 0)"),
        ("regime_known", f"regime in ({_REGIMES})"),
        ("rectification_method_known", "rectification_method in ('S','I')"),
        (
            "rectification_cause_known",
            "rectification_cause in ('CORRECTION','INSOLVENCY','UNCOLLECTABLE','OTHER')",
        ),
        ("exchange_rate_positive", "exchange_rate > 0"),
        (
            "void_is_over",
            "voided_at is null or (status = 'CANCELLED' and outstanding = 0 and void_reason is not null)",
        ),
        ("payment_method_known", f"payment_method in ({_METHODS})"),
    ):
        op.create_check_constraint(op.f(f"document_{name}"), "document", rule)
    op.create_foreign_key(
        op.f("document_company_id_rectifies_id_fkey"),
        "document",
        "document",
        ["company_id", "rectifies_id"],
        ["company_id", "id"],
    )
    op.drop_index("document_open", "document")
    op.create_index(
        "document_open", "document", ["company_id", "side", "due_on"], postgresql_where="outstanding <> 0"
    )
    op.create_index(
        "document_rectifying", "document", ["rectifies_id"], postgresql_where="rectifies_id is not null"
    )


def _children() -> None:
    op.add_column("document_line", sa.Column("tax_code", sa.Text()))
    op.add_column(
        "document_line",
        sa.Column("deductible_percent", sa.Numeric(5, 2), nullable=False, server_default="100"),
    )
    op.add_column("document_tax", sa.Column("tax_code", sa.Text()))
    for table, rate in (("document_line", "tax_rate"), ("document_tax", "rate")):
        op.execute(
            f"""update {table} l set tax_code = left(d.side, 1) || case when l.{rate} = 0 then '_EXEMPT'
                    else trim_scale(l.{rate})::text end from document d where d.id = l.document_id"""
        )
        op.alter_column(table, "tax_code", nullable=False)
    for name, kind in (
        ("surcharge_rate", sa.Numeric(5, 2)),
        ("surcharge", _AMOUNT),
        ("deductible_quota", _AMOUNT),
    ):
        op.add_column("document_tax", sa.Column(name, kind, nullable=False, server_default="0"))
    op.execute(
        """update document_tax t set deductible_quota = t.quota from document d
            where d.id = t.document_id and d.side = 'PURCHASES'"""
    )
    op.drop_constraint("document_tax_rate_once", "document_tax")
    op.create_unique_constraint("document_tax_code_once", "document_tax", ["document_id", "tax_code"])


def _settlement() -> None:
    op.alter_column("settlement", "entry_id", nullable=True)
    op.add_column("settlement", sa.Column("offset_id", sa.Uuid()))
    op.add_column("settlement", sa.Column("booked", _AMOUNT, nullable=False, server_default="0"))
    op.execute("update settlement set booked = amount")
    op.add_column("settlement", sa.Column("undone_on", sa.Date()))
    op.execute("update settlement set undone_on = undone_at::date where undone_at is not null")
    op.create_check_constraint(
        op.f("settlement_undone_on_a_day"), "settlement", "(undone_at is null) = (undone_on is null)"
    )
    # Looking back at a day asks for what was undone later too.
    op.drop_index("settlement_of_document", "settlement")
    op.create_index("settlement_of_document", "settlement", ["document_id"])
    op.drop_constraint(op.f("settlement_amount_positive"), "settlement")
    op.create_check_constraint(op.f("settlement_amount_not_zero"), "settlement", "amount <> 0")
    op.create_check_constraint(
        op.f("settlement_by_entry_or_offset"), "settlement", "entry_id is not null or offset_id is not null"
    )
    op.create_index(
        "settlement_of_offset", "settlement", ["offset_id"], postgresql_where="offset_id is not null"
    )


def _counter() -> None:
    op.add_column("document_counter", sa.Column("series", sa.Text(), nullable=False, server_default=""))
    op.execute(
        """update document_counter set series = case kind when 'ESTIMATE' then 'PR' when 'PROFORMA' then 'PF'
            when 'SALES_ORDER' then 'PV' when 'DELIVERY_NOTE' then 'AL' when 'SALES_INVOICE' then 'FV'
            when 'PAYMENT_RECEIPT' then 'RC' else 'PC' end"""
    )
    op.alter_column("document_counter", "series", server_default=None)
    op.drop_constraint(op.f("document_counter_pkey"), "document_counter")
    op.create_primary_key(
        op.f("document_counter_pkey"), "document_counter", ["company_id", "kind", "series", "year"]
    )


def _instalment() -> None:
    op.create_table(
        "document_instalment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount", _AMOUNT, nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("document_instalment_amount_not_zero")),
        sa.ForeignKeyConstraint(
            ["company_id", "document_id"],
            ["document.company_id", "document.id"],
            name=op.f("document_instalment_company_id_document_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("document_instalment_pkey")),
        sa.UniqueConstraint("document_id", "position", name="document_instalment_position_once"),
    )
    op.create_index(op.f("document_instalment_by_company_id"), "document_instalment", ["company_id"])
    _open_to_the_application(
        "document_instalment",
        [
            *company_wall("document_instalment"),
            *child_wall("document_instalment", "document", "document_id"),
        ],
        deletable=True,
    )


def _link() -> None:
    op.create_table(
        "document_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("from_line_id", sa.Uuid(), nullable=False),
        sa.Column("to_line_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Numeric(14, 4), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "purpose in ('CONVERSION','ADVANCE','SUBSTITUTION')", name=op.f("document_link_purpose_known")
        ),
        sa.CheckConstraint("quantity <> 0", name=op.f("document_link_quantity_not_zero")),
        sa.ForeignKeyConstraint(
            ["company_id", "from_id"],
            ["document.company_id", "document.id"],
            name=op.f("document_link_company_id_from_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "to_id"],
            ["document.company_id", "document.id"],
            name=op.f("document_link_company_id_to_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("document_link_pkey")),
    )
    op.create_index(op.f("document_link_by_company_id"), "document_link", ["company_id"])
    op.create_index("document_link_from", "document_link", ["from_id", "from_line_id"])
    op.create_index("document_link_to", "document_link", ["to_id", "to_line_id"])
    _open_to_the_application("document_link", list(company_wall("document_link")), deletable=True)


def _series() -> None:
    op.create_table(
        "document_series",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("use", sa.Text(), nullable=False),
        sa.Column("is_usual", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind in ({_KINDS})", name=op.f("document_series_kind_known")),
        sa.CheckConstraint(
            "use in ('ORDINARY','RECTIFYING','SIMPLIFIED')", name=op.f("document_series_use_known")
        ),
        sa.CheckConstraint("code ~ '^[A-Z][A-Z0-9]{0,7}$'", name=op.f("document_series_code_formed")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("document_series_company_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("document_series_pkey")),
        sa.UniqueConstraint("company_id", "kind", "code", name="document_series_once"),
    )
    op.create_index(
        "document_series_usual",
        "document_series",
        ["company_id", "kind", "use"],
        unique=True,
        postgresql_where="is_usual",
    )
    _open_to_the_application("document_series", list(company_wall("document_series")))


def _settings() -> None:
    op.create_table(
        "document_settings",
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("simplified_limit", _AMOUNT, nullable=False),
        sa.Column("needs_second_person", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "simplified_limit in (400, 3000)", name=op.f("document_settings_simplified_limit_known")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("document_settings_company_id_fkey")
        ),
        sa.PrimaryKeyConstraint("company_id", name=op.f("document_settings_pkey")),
    )
    _open_to_the_application("document_settings", list(company_wall("document_settings")))


def _exchange_rate() -> None:
    op.create_table(
        "exchange_rate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rate", sa.Numeric(18, 8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("rate > 0", name=op.f("exchange_rate_rate_positive")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("exchange_rate_company_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("exchange_rate_pkey")),
        sa.UniqueConstraint("company_id", "currency", "day", name="exchange_rate_once_a_day"),
    )
    _open_to_the_application("exchange_rate", list(company_wall("exchange_rate")), deletable=True)


def _mailing() -> None:
    op.create_table(
        "document_mailing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("attaches_pdf", sa.Boolean(), nullable=False),
        sa.Column("message", sa.Text()),
        sa.Column("asked_by_name", sa.Text(), nullable=False),
        sa.Column("request_key", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("language in ('es','en','ca','sv')", name=op.f("document_mailing_language_known")),
        sa.ForeignKeyConstraint(
            ["company_id", "document_id"],
            ["document.company_id", "document.id"],
            name=op.f("document_mailing_company_id_document_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("document_mailing_pkey")),
        sa.UniqueConstraint("document_id", "request_key", name="document_mailing_once_per_request"),
    )
    op.create_index(op.f("document_mailing_by_company_id"), "document_mailing", ["company_id"])
    _open_to_the_application("document_mailing", list(company_wall("document_mailing")))


def _open_to_the_application(table: str, walls: list[str], *, deletable: bool = False) -> None:
    acts = "select, insert, update, delete" if deletable else "select, insert, update"
    for statement in [f"grant {acts} on {table} to {APP_ROLE}", *walls]:
        op.execute(statement)
