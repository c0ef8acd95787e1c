"""The limit: the five reads by hand. Starlette and asyncpg, one statement each, PostgreSQL writes the JSON.

It checks the same grants in the same table and trusts a header for the viewer. Nothing else stands in its way: no
GraphQL, no session, no row-level security. Run: uvicorn --factory tests.bench.limit:app
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

SALES, PURCHASES, BANKING, INBOX, JOURNAL, CONTACTS = (1 << bit for bit in (17, 18, 19, 20, 21, 23))


def _counter(bit: int, sql: str) -> str:
    return f"case when (r.view_mask & {bit}) <> 0 then ({sql}) end"


DASHBOARD = f"""
select json_build_object('clients', json_build_object('nodes', coalesce(json_agg(json_build_object(
    'id', c.id, 'name', c.name, 'taxId', c.tax_id, 'city', c.city,
    'managers', (select coalesce(json_agg(json_build_object('name', p.name, 'kind', a.kind) order by a.kind desc, p.name), '[]')
        from client_assignment a join membership m on m.id = a.membership_id join person p on p.id = m.person_id
        where a.company_id = c.id),
    'pendingWork', json_build_object(
        'sales', {_counter(SALES, "select count(*) from document d where d.company_id = c.id and d.side = 'SALES' and d.status = 'PENDING_REVIEW' and d.archived_at is null")},
        'purchases', {_counter(PURCHASES, "select count(*) from document d where d.company_id = c.id and d.side = 'PURCHASES' and d.status = 'PENDING_REVIEW' and d.archived_at is null")},
        'reconciliations', {_counter(BANKING, "select count(*) from bank_line b where b.company_id = c.id and b.state in ('NEW','PROPOSED','PARTLY')")},
        'inbox', {_counter(INBOX, "select json_build_object('scans', (select count(*) from inbox_file f where f.company_id = c.id and f.kind = 'SCAN' and f.state = 'TO_REVIEW'), 'files', (select count(*) from inbox_file f where f.company_id = c.id and f.kind = 'FILE' and f.state = 'TO_REVIEW'))")},
        'entriesToPost', {_counter(JOURNAL, "select count(*) from journal_entry e where e.company_id = c.id and e.state = 'DRAFT'")},
        'newContacts', {_counter(CONTACTS, "select count(*) from contact k where k.company_id = c.id and k.created_at >= timezone('Europe/Madrid', (now() at time zone 'Europe/Madrid')::date - interval '14 days')")}
    )) order by c.sort_name collate "C", c.id), '[]')))::text
  from (select c.* from company c join reach r on r.company_id = c.id
         where r.viewer_id = $1 and (r.view_mask & 1) <> 0 and c.kind = 'CLIENT'
           and exists (select 1 from client_assignment a where a.company_id = c.id and a.membership_id = $1)
         order by c.sort_name collate "C", c.id limit 50) c
  join reach r on r.company_id = c.id and r.viewer_id = $1"""

DOCUMENTS = """
select json_build_object('salesDocuments', json_build_object('nodes', coalesce(json_agg(json_build_object(
    'id', d.id, 'number', d.number, 'issuedOn', d.issued_on, 'dueOn', d.due_on,
    'status', case when d.kind = 'ESTIMATE' and d.status = 'APPROVED' and d.due_on < (now() at time zone 'Europe/Madrid')::date then 'EXPIRED' else d.status end, 'total', d.total::text,
    'outstanding', d.outstanding::text, 'currency', d.currency,
    'contact', (select json_build_object('id', k.id, 'name', k.name, 'taxId', k.tax_id) from contact k where k.id = d.contact_id),
    'lines', (select coalesce(json_agg(json_build_object('position', l.position, 'description', l.description, 'quantity', l.quantity::text,
        'unitPrice', l.unit_price::text, 'base', l.base::text) order by l.position), '[]') from document_line l where l.document_id = d.id),
    'lastMessage', (select json_build_object('text', m.text, 'authorName', m.author_name, 'createdAt', m.created_at)
        from message m where m.document_id = d.id order by m.created_at desc, m.id desc limit 1))), '[]')))::text
  from (select d.* from document d join reach r on r.company_id = d.company_id
         where r.viewer_id = $1 and (r.view_mask & 131072) <> 0 and d.company_id = $2 and d.side = 'SALES' and d.archived_at is null
         order by d.issued_on desc, d.id desc limit 50) d"""

DOCUMENT = """
select json_build_object('salesDocument', (select json_build_object('id', d.id, 'number', d.number, 'issuedOn', d.issued_on,
    'dueOn', d.due_on,
    'status', case when d.kind = 'ESTIMATE' and d.status = 'APPROVED' and d.due_on < (now() at time zone 'Europe/Madrid')::date then 'EXPIRED' else d.status end, 'currency', d.currency, 'description', d.description,
    'taxableBase', d.taxable_base::text, 'total', d.total::text, 'outstanding', d.outstanding::text)
  from document d join reach r on r.company_id = d.company_id
 where r.viewer_id = $1 and (r.view_mask & 131072) <> 0 and d.side = 'SALES' and d.id = $2))::text"""

JOURNAL_LINES = """
select json_build_object('journalLines', json_build_object('nodes', coalesce(json_agg(json_build_object('id', l.id,
    'position', l.position, 'text', l.text, 'debit', l.debit::text, 'credit', l.credit::text,
    'entry', (select json_build_object('id', e.id, 'number', e.number, 'entryOn', e.entry_on, 'text', e.text, 'state',
        case when e.state = 'POSTED' and exists (select 1 from journal_entry x where x.company_id = e.company_id and x.reverses_id = e.id)
             then 'REVERSED' else e.state end)
        from journal_entry e where e.id = l.entry_id))), '[]')))::text
  from (select l.* from journal_line l join reach r on r.company_id = l.company_id
         where r.viewer_id = $1 and (r.view_mask & 2097152) <> 0 and l.company_id = $2
         order by l.entry_on, l.id limit 1000) l"""

PORTAL = """
with shown as materialized (
  select d.kind, d.status, d.total, d.outstanding, d.issued_on, d.due_on, d.paid_on from document d join reach r on r.company_id = d.company_id
   where r.viewer_id = $1 and d.contact_id = r.contact_id and d.side = 'SALES' and d.status <> 'DRAFT' and d.archived_at is null
     and (d.kind not in ('SALES_INVOICE', 'PROFORMA') or d.sent_at is not null)),
invoices as (select * from shown where kind = 'SALES_INVOICE' and extract(year from issued_on) = $2)
select json_build_object('portalHome', (select json_build_object(
  'receivedTotal', coalesce(sum(total), 0)::numeric(18,2)::text,
  'outstandingTotal', (select coalesce(sum(outstanding), 0)::numeric(18,2)::text from shown where kind = 'SALES_INVOICE'),
  'pendingEstimates', (select count(*) from shown where kind = 'ESTIMATE' and status in ('PENDING_REVIEW', 'APPROVED')
      and (due_on is null or due_on >= (now() at time zone 'Europe/Madrid')::date)),
  'averageInvoice', (sum(total) / nullif(count(*), 0))::numeric(18,2)::text, 'invoiceCount', count(*),
  'salesAndEstimatesByMonth', (select json_agg(json_build_object('month', m,
      'sales', (select coalesce(sum(total), 0)::numeric(18,2)::text from invoices where extract(month from issued_on) = m),
      'estimates', (select coalesce(sum(total), 0)::numeric(18,2)::text from shown where kind = 'ESTIMATE'
                     and extract(year from issued_on) = $2 and extract(month from issued_on) = m)) order by m)
      from generate_series(1, 12) m)) from invoices))::text"""

STATEMENTS = {
    "dashboard": DASHBOARD,
    "documents": DOCUMENTS,
    "document": DOCUMENT,
    "journal": JOURNAL_LINES,
    "portal": PORTAL,
}
KEYS = {"documents": "company", "document": "id", "journal": "company", "portal": "year"}


async def answer(request: Request) -> Response:
    """One read, named by the path."""
    name = request.path_params["name"]
    viewer = UUID(request.headers["x-viewer"])
    arguments: list[object] = [viewer]
    if name in KEYS:
        value = orjson.loads(await request.body())["variables"][KEYS[name]]
        arguments.append(value if isinstance(value, int) else UUID(value))
    async with request.app.state.pool.acquire() as connection:
        text = await connection.fetchval(STATEMENTS[name], *arguments)
    return Response(b'{"data":' + text.encode() + b"}", media_type="application/json")


@asynccontextmanager
async def lifespan(served: Starlette) -> AsyncIterator[None]:
    """The pool."""
    async with asyncpg.create_pool(
        os.environ["BENCH_DATABASE_URL"],
        min_size=1,
        max_size=10,
        server_settings={"timezone": "UTC", "jit": "off"},
    ) as pool:
        served.state.pool = pool
        yield


def app() -> Starlette:
    """The application."""
    return Starlette(routes=[Route("/{name}", answer, methods=["POST"])], lifespan=lifespan)
