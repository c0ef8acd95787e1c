"""The books that reports are measured on: one client with 100,000 posted entries over two years, written by SQL.

As in `data.py` past triggers and walls (as superuser). Beside it stands a second client with a tenth of that, so that
the walls have something to hold back.
"""

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from infra.migrations.run import migrate
from services.access.policy import EVERY_SCOPE_MASK, PLAN_SCOPES, SubscriptionPlan
from services.kit.db import Addresses

ENTRIES = 100_000
CUSTOMERS = 600
SUPPLIERS = 200


@dataclass(frozen=True, slots=True)
class BenchBooks:
    """Who asks and about which company."""

    manager: UUID
    company: UUID


async def build_books(addresses: Addresses, superuser_url: str, entries: int = ENTRIES) -> BenchBooks:
    """This will migrate an empty database and fill the books of two clients."""
    await migrate(addresses)
    connection = await asyncpg.connect(superuser_url)
    try:
        await connection.execute("set session_replication_role = replica; set synchronous_commit = off")
        for statement in _statements(entries):
            await connection.execute(statement)
        await connection.execute("set session_replication_role = origin")
        await connection.execute("select refresh_reach(array(select id from membership))")
        await connection.execute("vacuum analyze")
        company = await connection.fetchval("select id from company where name = 'Client 1'")
        manager = await connection.fetchval("select id from membership where role = 'ACCOUNT_MANAGER'")
        return BenchBooks(manager, company)
    finally:
        await connection.close()


def _statements(entries: int) -> list[str]:
    plan, every = PLAN_SCOPES[SubscriptionPlan.FULL], EVERY_SCOPE_MASK
    return [
        f"""insert into company (id, kind, name, search_text, sort_name, tax_id, city, country, currency, locale, time_zone,
                fiscal_year_start_month, subscription_plan, plan_mask, created_at)
            select uuidv7(), case when n = 0 then 'FIRM' else 'CLIENT' end, 'Client ' || n, 'client ' || n, 'client ' || n,
                'B' || n, 'Girona', 'ES', 'EUR', 'es', 'Europe/Madrid', 1, 'FULL', {plan}, now() from generate_series(0, 2) n""",
        """insert into person (id, name, email, locale, density, theme, rows_per_list, created_at)
            values (uuidv7(), 'Aina', 'aina@example.test', 'es', 'normal', 'system', 25, now())""",
        """insert into membership (id, person_id, company_id, role, state, can_view, can_edit, can_approve, can_share, created_at)
            select uuidv7(), p.id, f.id, 'ACCOUNT_MANAGER', 'ACTIVE', 0, 0, 0, 0, now() from person p, company f where f.kind = 'FIRM'""",
        """insert into collaboration (id, firm_id, company_id, state, created_at)
            select uuidv7(), f.id, c.id, 'ACTIVE', now() from company c, company f where c.kind = 'CLIENT' and f.kind = 'FIRM'""",
        f"""insert into access_grant (id, company_id, firm_id, can_view, can_edit, can_approve, can_share, state, created_at, changed_at)
            select uuidv7(), c.id, f.id, {every}, 0, 0, 0, 'ACTIVE', now(), now() from company c, company f
             where c.kind = 'CLIENT' and f.kind = 'FIRM'""",
        """insert into client_assignment (id, company_id, membership_id, kind, created_at)
            select uuidv7(), c.id, m.id, 'MANAGER', now() from company c, membership m where c.kind = 'CLIENT'""",
        """insert into fiscal_year (id, company_id, year, starts_on, ends_on)
            select uuidv7(), c.id, y, make_date(y, 1, 1), make_date(y, 12, 31) from company c, generate_series(2024, 2026) y""",
        f"""insert into contact (id, company_id, name, search_text, sort_name, match_key, tax_id, country, language, is_customer,
                is_supplier, terms_days, terms_month_end, terms_pay_days, tags, version, merged_ids, created_at, updated_at)
            select uuidv7(), c.id, 'Contact ' || lpad(n::text, 4, '0'), 'contact ' || n, 'contact ' || n, 'contact' || n,
                'A' || lpad(n::text, 8, '0'), 'ES', 'es', n <= {CUSTOMERS}, n > {CUSTOMERS}, '{{}}', false, '{{}}', '{{}}', 1, '{{}}',
                now(), now()
              from company c, generate_series(1, {CUSTOMERS + SUPPLIERS}) n where c.kind = 'CLIENT'""",
        """insert into ledger_account (id, company_id, code, name, search_text, type, is_leaf, created_at)
            select uuidv7(), c.id, code, 'Account ' || code, code, 'CURRENT_ASSET', length(code) > 3, now()
              from company c, unnest(array['100', '1000', '430', '400', '57200001', '70000000', '47700021', '60000000', '47200021',
                '62100000', '64000000', '68100000', '28100000', '21700000']) code where c.kind = 'CLIENT'""",
        """insert into ledger_account (id, company_id, code, name, search_text, type, is_leaf, contact_id, created_at)
            select uuidv7(), k.company_id, case when k.is_customer then '4300' else '4000' end || right(k.name, 4), k.name, k.search_text,
                'CURRENT_ASSET', true, k.id, now() from contact k""",
        *_journal(entries, "Client 1"),
        *_journal(entries // 10, "Client 2"),
        f"""insert into journal_line (id, company_id, entry_id, entry_on, position, ledger_account_id, contact_id, text, debit, credit)
            select uuidv7(), e.company_id, e.id, e.entry_on, p.position, a.id, a.contact_id, '',
                case when p.debit then p.share else 0 end * e.total, case when p.debit then 0 else p.share end * e.total
              from journal_entry e
              join (values ('SALE', 1, '43', true, 1.00), ('SALE', 2, '70000000', false, 0.80), ('SALE', 3, '47700021', false, 0.20),
                           ('PAID', 1, '57200001', true, 1.00), ('PAID', 2, '43', false, 1.00),
                           ('COST', 1, '60000000', true, 0.80), ('COST', 2, '47200021', true, 0.20), ('COST', 3, '40', false, 1.00),
                           ('RENT', 1, '62100000', true, 1.00), ('RENT', 2, '57200001', false, 1.00))
                as p (kind, position, code, debit, share) on p.kind = e.text
              join ledger_account a on a.company_id = e.company_id and a.code = case p.code
                   when '43' then '4300' || lpad((e.chain_position / 4 % {CUSTOMERS} + 1)::text, 4, '0')
                   when '40' then '4000' || lpad((e.chain_position / 4 % {SUPPLIERS} + {CUSTOMERS} + 1)::text, 4, '0')
                   else p.code end""",
        *_documents(),
    ]


def _journal(entries: int, client: str) -> list[str]:
    """Half of the entries in each of 2025 and 2026: sales, their payments, purchases and rents in turn; few drafts."""
    return [
        f"""insert into journal_entry (id, company_id, fiscal_year, number, chain_position, entry_on, state, text, search_text, source,
                total, hash, created_at)
            select uuidv7(), c.id, 2025 + n % 2, case when n % 5000 = 0 then null else n end, n,
                make_date(2025 + n % 2, 1, 1) + (n / 2 % 360)::int, case when n % 5000 = 0 then 'DRAFT' else 'POSTED' end,
                (array['SALE', 'PAID', 'COST', 'RENT'])[n / 2 % 4 + 1], 'x',
                case n / 2 % 4 when 1 then 'RECONCILIATION' else 'DOCUMENT' end, 100 + n % 900, 'x', now()
              from company c, generate_series(1, {entries}) n where c.name = '{client}'""",
    ]


def _documents() -> list[str]:
    """An invoice behind every sale and purchase; two thirds of them paid."""
    return [
        """insert into document (id, company_id, side, kind, status, contact_id, number, issued_on, due_on, currency, search_text,
                taxable_base, tax_total, withholding_rate, withholding, total, outstanding, entry_id, created_at)
            select uuidv7(), e.company_id, case e.text when 'SALE' then 'SALES' else 'PURCHASES' end,
                case e.text when 'SALE' then 'SALES_INVOICE' else 'PURCHASE_INVOICE' end,
                case when e.chain_position % 3 = 0 then 'APPROVED' else 'PAID' end, l.contact_id, 'F-' || e.chain_position, e.entry_on,
                e.entry_on + 30, 'EUR', 'x', e.total, 0, 0, 0, e.total, case when e.chain_position % 3 = 0 then e.total else 0 end, e.id, now()
              from journal_entry e join journal_line l on l.entry_id = e.id and l.contact_id is not null
             where e.text in ('SALE', 'COST') and e.state = 'POSTED'""",
        # A tenth of the sales at 10 %; of the purchases a tenth from other member states.
        """insert into document_tax (id, company_id, document_id, tax_code, rate, base, quota, surcharge_rate, surcharge, deductible_quota)
            select uuidv7(), d.company_id, d.id,
                case when d.side = 'SALES' then case n when 0 then 'S10' else 'S21' end else case n when 0 then 'P_IC_GOODS21' else 'P21' end end,
                case when d.side = 'SALES' and n = 0 then 10 else 21 end, d.total * 0.8, d.total * 0.2, 0, 0,
                case when d.side = 'SALES' then 0 else d.total * 0.2 end
              from (select *, right(number, 1)::int n from document) d""",
        """insert into settlement (id, company_id, document_id, entry_id, amount, settled_on, created_at)
            select uuidv7(), d.company_id, d.id, d.entry_id, d.total, d.issued_on + 20, now() from document d where d.status = 'PAID'""",
    ]
