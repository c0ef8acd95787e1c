"""Tax profiles, typed boxes and kept returns."""

from alembic import op

from infra.migrations.walls import APP_ROLE, company_wall

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_MODELS = "'M111','M115','M130','M180','M190','M303','M347','M349','M390'"
_PERIODS = "'1T','2T','3T','4T','01','02','03','04','05','06','07','08','09','10','11','12','0A'"

_TABLES = (
    """
    create table tax_profile (
        company_id uuid not null primary key references company (id),
        taxpayer text not null constraint tax_profile_taxpayer_known
            check (taxpayer in ('COMPANY','SOLE_TRADER')),
        vat_scheme text not null,
        territory text not null,
        monthly boolean not null,
        monthly_refund boolean not null,
        prorata_percent numeric(5,2) constraint tax_profile_prorata_percent_in_range
            check (prorata_percent between 0 and 100),
        income_method text not null,
        changed_by uuid,
        changed_at timestamptz not null
    )
    """,
    f"""
    create table tax_box_entry (
        id uuid not null primary key,
        company_id uuid not null references company (id),
        model text not null constraint tax_box_entry_model_known check (model in ({_MODELS})),
        year integer not null,
        period text not null constraint tax_box_entry_period_known check (period in ({_PERIODS})),
        box text not null,
        amount numeric(14,2) not null,
        reason text not null constraint tax_box_entry_reasoned check (reason <> ''),
        typed_by uuid,
        typed_at timestamptz not null,
        constraint tax_box_entry_once unique (company_id, model, year, period, box)
    )
    """,
    f"""
    create table tax_return (
        id uuid not null primary key,
        company_id uuid not null references company (id),
        model text not null constraint tax_return_model_known check (model in ({_MODELS})),
        year integer not null,
        period text not null constraint tax_return_period_known check (period in ({_PERIODS})),
        state text not null constraint tax_return_state_known
            check (state in ('DRAFT','PREPARED','APPROVED','FILED')),
        boxes jsonb not null,
        parties jsonb not null,
        inputs_hash text not null,
        due_on date not null,
        result_type text constraint tax_return_result_type_known
            check (result_type in ('TO_PAY','DIRECT_DEBIT','COMPENSATE','REFUND','NOTHING')),
        result_amount numeric(14,2),
        prepared_by uuid,
        prepared_at timestamptz not null,
        approved_by uuid,
        approved_at timestamptz,
        receipt text constraint tax_return_receipt_formed check (receipt ~ '^[0-9]{{13}}$'),
        verification_code text constraint tax_return_verification_code_formed
            check (verification_code ~ '^[A-Z0-9]{{16}}$'),
        filed_on date,
        filed_by uuid,
        filed_at timestamptz,
        settlement_entry_id uuid,
        constraint tax_return_of_company unique (company_id, id),
        constraint tax_return_once_a_period unique (company_id, model, year, period),
        constraint tax_return_receipt_when_filed check ((state = 'FILED') = (receipt is not null)),
        constraint tax_return_company_id_settlement_entry_id_fkey foreign key (company_id, settlement_entry_id)
            references journal_entry (company_id, id)
    )
    """,
    "create index tax_return_by_period on tax_return (company_id, year, model, period)",
    # A filed return is kept as it was filed, whoever writes.
    """
    create function tax_return_is_kept() returns trigger language plpgsql as $$
    begin
        if tg_op = 'DELETE' or old.state = 'FILED' then
            raise exception 'a filed return is kept' using errcode = 'restrict_violation';
        end if;
        return new;
    end $$
    """,
    """
    create trigger tax_return_is_kept before update or delete on tax_return
        for each row execute function tax_return_is_kept()
    """,
    # VAT falls due with the operation of a sale, and is deducted by the day of a supplier's invoice. A column, since
    # behind a wall no index on such an expression is used: row-level security takes "case" for something that may leak.
    """
    alter table document add column tax_on date not null
        generated always as (case when side = 'SALES' then coalesce(operation_on, issued_on) else issued_on end) stored
    """,
    """
    create index document_by_tax_day on document (company_id, tax_on)
        where kind in ('SALES_INVOICE','PURCHASE_INVOICE','EXPENSE')
    """,
)


def upgrade() -> None:
    """Tables, their walls, and what the application may do with them."""
    for statement in _TABLES:
        op.execute(statement)
    for table in ("tax_profile", "tax_box_entry", "tax_return"):
        op.execute(f"grant select, insert, update on {table} to {APP_ROLE}")
        for statement in company_wall(table):
            op.execute(statement)
    op.execute(f"grant delete on tax_box_entry to {APP_ROLE}")
