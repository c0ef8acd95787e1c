"""The bench's world: one firm, its clients, and years of their documents, written by the database itself.

Written past triggers and walls (as superuser): what is measured is reading; that the rows could be written by the
product is what the other tests show.
"""

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from infra.migrations.run import migrate
from services.access.policy import EVERY_SCOPE_MASK, PLAN_SCOPES, SubscriptionPlan
from services.kit.db import Addresses

CLIENTS = 200
DOCUMENTS_PER_CLIENT = 1_000
LINES_PER_DOCUMENT = 5
CONTACTS_PER_CLIENT = 30
BANK_LINES_PER_CLIENT = 1_000
FILES_PER_CLIENT = 200
ENTRIES_PER_CLIENT = 500
MANAGED = 131
"""Clients of the viewer; ten of them did not grant banking."""


@dataclass(frozen=True, slots=True)
class BenchWorld:
    """Who asks and about what."""

    manager: UUID
    contact: UUID
    company: UUID
    documents: tuple[UUID, ...]


async def build(addresses: Addresses, superuser_url: str, scale: float) -> BenchWorld:
    """This will migrate an empty database and fill it; `scale` shrinks what each client has, not how many there are."""
    await migrate(addresses)
    connection = await asyncpg.connect(superuser_url)
    try:
        await connection.execute("set session_replication_role = replica; set synchronous_commit = off")
        for statement in _statements(scale):
            await connection.execute(statement)
        await connection.execute("set session_replication_role = origin")
        await connection.execute("select refresh_reach(array(select id from membership))")
        await connection.execute("vacuum analyze")
        return await _chosen(connection)
    finally:
        await connection.close()


async def _chosen(connection: "asyncpg.Connection[asyncpg.Record]") -> BenchWorld:
    company = await connection.fetchval("select id from company where name = 'Client 0001'")
    manager = await connection.fetchval("select id from membership where role = 'ACCOUNT_MANAGER'")
    contact = await connection.fetchval("select id from membership where role = 'PORTAL_CONTACT'")
    documents = await connection.fetch(
        "select id from document where company_id = $1 and side = 'SALES' order by id limit 200", company
    )
    return BenchWorld(manager, contact, company, tuple(row["id"] for row in documents))


def _statements(scale: float) -> list[str]:
    documents, lines = max(10, int(DOCUMENTS_PER_CLIENT * scale)), LINES_PER_DOCUMENT
    bank, files = max(10, int(BANK_LINES_PER_CLIENT * scale)), max(4, int(FILES_PER_CLIENT * scale))
    entries = max(400, int(ENTRIES_PER_CLIENT * scale))
    every, plan = EVERY_SCOPE_MASK, PLAN_SCOPES[SubscriptionPlan.FULL]
    banking = 1 << 19
    return [
        f"""insert into company (id, kind, name, search_text, sort_name, tax_id, city, country, currency, locale, time_zone,
                fiscal_year_start_month, subscription_plan, plan_mask, created_at)
            select uuidv7(), case when n = 0 then 'FIRM' else 'CLIENT' end, 'Client ' || lpad(n::text, 4, '0'),
                'client ' || n, 'client ' || lpad(n::text, 4, '0'), 'B' || lpad(n::text, 8, '0'), 'Girona', 'ES', 'EUR',
                'es', 'Europe/Madrid', 1, 'FULL', {plan}, now() from generate_series(0, {CLIENTS}) n""",
        """insert into person (id, name, email, locale, density, theme, rows_per_list, created_at)
            select uuidv7(), 'Person ' || n, 'p' || n || '@example.test', 'es', 'normal', 'system', 25, now()
              from generate_series(1, 10) n""",
        """insert into membership (id, person_id, company_id, role, state, can_view, can_edit, can_approve, can_share, created_at)
            select uuidv7(), p.id, f.id, case when p.name = 'Person 1' then 'FIRM_OWNER' when p.name = 'Person 2'
                then 'ACCOUNT_MANAGER' else 'BOOKKEEPER' end, 'ACTIVE', 0, 0, 0, 0, now()
              from person p, company f where f.kind = 'FIRM' and p.name <> 'Person 10'""",
        """insert into collaboration (id, firm_id, company_id, state, created_at)
            select uuidv7(), f.id, c.id, 'ACTIVE', now() from company c, company f where c.kind = 'CLIENT' and f.kind = 'FIRM'""",
        f"""insert into access_grant (id, company_id, firm_id, can_view, can_edit, can_approve, can_share, state, created_at, changed_at)
            select uuidv7(), c.id, f.id, case when c.name between 'Client 0005' and 'Client 0014' then {every} & ~{banking}
                else {every} end, 0, 0, 0, 'ACTIVE', now(), now()
              from company c, company f where c.kind = 'CLIENT' and f.kind = 'FIRM'""",
        f"""insert into client_assignment (id, company_id, membership_id, kind, created_at)
            select uuidv7(), c.id, m.id, case m.role when 'ACCOUNT_MANAGER' then 'MANAGER' else 'BOOKKEEPER' end, now()
              from company c, membership m where c.kind = 'CLIENT' and c.name <= 'Client {MANAGED:04d}'
               and (m.role = 'ACCOUNT_MANAGER' or m.person_id = (select id from person where name = 'Person 3'))""",
        f"""insert into contact (id, company_id, name, search_text, sort_name, tax_id, country, language, is_customer, is_supplier, created_at,
                terms_days, terms_pay_days, terms_month_end, tags, match_key, merged_ids, version, updated_at)
            select uuidv7(), c.id, 'Contact ' || n, 'contact ' || n, 'contact ' || n, 'A' || lpad(n::text, 8, '0'), 'ES', 'es',
                n % 2 = 0, n % 2 = 1, now() - (n || ' days')::interval, '{{}}', '{{}}', false, '{{}}', '', '{{}}', 1, now()
              from company c, generate_series(1, {CONTACTS_PER_CLIENT}) n where c.kind = 'CLIENT'""",
        """insert into membership (id, person_id, company_id, role, contact_id, state, can_view, can_edit, can_approve, can_share, created_at)
            select uuidv7(), p.id, k.company_id, 'PORTAL_CONTACT', k.id, 'ACTIVE', -1, 0, 0, 0, now()
              from person p, contact k join company c on c.id = k.company_id
             where p.name = 'Person 10' and c.name = 'Client 0001' and k.name = 'Contact 2'""",
        f"""insert into document (id, company_id, side, kind, status, contact_id, number, issued_on, due_on, currency, description,
                search_text, taxable_base, tax_total, withholding_rate, withholding, total, outstanding, sent_at, created_at, paid_on)
            select uuidv7(), k.company_id, case when k.is_customer then 'SALES' else 'PURCHASES' end,
                case when k.is_customer then (case when n % 10 = 0 then 'ESTIMATE' else 'SALES_INVOICE' end) else 'PURCHASE_INVOICE' end,
                case when n % 37 = 0 then 'PENDING_REVIEW' when n % 3 = 0 then 'APPROVED' else 'PAID' end, k.id,
                'F26-' || k.name || '-' || n, date '2026-11-21' - (n * 11 % 900), date '2026-12-21' - (n * 11 % 900), 'EUR',
                'Work of week ' || n, 'work', 1000 + n, 210, 0, 0, 1210 + n, case when n % 3 = 0 then 1210 + n else 0 end,
                now(), now(), case when n % 3 = 0 then null else date '2026-12-01' - (n * 11 % 900) end
              from contact k, generate_series(1, {documents} / {CONTACTS_PER_CLIENT}) n""",
        f"""insert into document_line (id, company_id, document_id, position, description, is_product, quantity, unit_price,
                discount_percent, tax_code, tax_rate, base)
            select uuidv7(), d.company_id, d.id, n, 'Line ' || n, true, n, 100.5, 0, left(d.side, 1) || '21', 21, 100.5 * n
              from document d, generate_series(1, {lines}) n""",
        """insert into message (id, company_id, document_id, author_id, author_name, by_issuer, text, created_at)
            select uuidv7(), d.company_id, d.id, d.contact_id, 'Person 10', false, 'Thank you for number ' || d.number, now()
              from document d""",
        """insert into ledger_account (id, company_id, code, name, search_text, type, is_leaf, created_at)
            select uuidv7(), c.id, code, 'Account ' || code, code, 'CURRENT_ASSET', true, now()
              from company c, unnest(array['57200001', '43000001', '70000000']) code where c.kind = 'CLIENT'""",
        """insert into bank_account (id, company_id, name, iban, kind, currency, ledger_account_id, created_at)
            select uuidv7(), a.company_id, 'Bank', null, 'BANK', 'EUR', a.id, now() from ledger_account a where code = '57200001'""",
        """insert into bank_statement (id, company_id, bank_account_id, filename, file_sha256, statement_key, first_day, last_day,
                opening_balance, closing_balance, line_count, added_count, warnings, imported_at)
            select uuidv7(), b.company_id, b.id, 'x.n43', 'x', 'x', date '2026-01-01', date '2026-11-21', 0, 0, 1, 1, '[]', now()
              from bank_account b""",
        f"""insert into bank_line (id, company_id, bank_account_id, statement_id, operation_on, value_on, amount, currency, text,
                search_text, fingerprint, state, settled_amount, proposed_reasons, created_at)
            select uuidv7(), s.company_id, s.bank_account_id, s.id, date '2026-11-21' - n % 320, date '2026-11-21', 100 + n, 'EUR',
                'TRANSF ' || n, 'transf', n::text, case when n % 20 = 0 then 'NEW' else 'MATCHED' end, 0, '[]', now()
              from bank_statement s, generate_series(1, {bank}) n""",
        f"""insert into inbox_file (id, company_id, kind, state, source, filename, search_text, media_type, size, sha256, page_count, received_at)
            select uuidv7(), c.id, case when n % 2 = 0 then 'SCAN' else 'FILE' end, case when n % 10 = 0 then 'TO_REVIEW' else 'DISCARDED' end,
                'UPLOAD', 'p.pdf', 'p', 'application/pdf', 1, n::text, 1, now()
              from company c, generate_series(1, {files}) n where c.kind = 'CLIENT'""",
        f"""insert into journal_entry (id, company_id, fiscal_year, number, chain_position, entry_on, state, text, search_text, source, total, hash, created_at)
            select uuidv7(), c.id, 2026, case when n % 50 = 0 then null else n end, case when n % 50 = 0 then null else n end,
                date '2026-01-01' + n % 320, case when n % 50 = 0 then 'DRAFT' else 'POSTED' end, 'Entry ' || n, 'entry', 'DOCUMENT', 1210,
                'x', now()
              from company c, generate_series(1, {entries}) n where c.kind = 'CLIENT'""",
        """insert into journal_line (id, company_id, entry_id, entry_on, position, ledger_account_id, text, debit, credit)
            select uuidv7(), e.company_id, e.id, e.entry_on, p.position, a.id, e.text, p.debit, p.credit
              from journal_entry e
              join (values (1, '43000001', 1210, 0), (2, '70000000', 0, 1000), (3, '57200001', 0, 210))
                as p (position, code, debit, credit) on true
              join ledger_account a on a.company_id = e.company_id and a.code = p.code""",
    ]
