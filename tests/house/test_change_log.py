"""Who forgets to tell: every company-owned table writes into the change log or says here why it need not."""

from typing import Any

from services.audit.rules import KINDS, LABELS
from services.kit.db import Database

DERIVED = "kept by the program itself from what is told elsewhere"
PART = "a part of something whose steps are told"
OWN_HISTORY = "a history of its own, only added to"
NOT_TOLD = {
    "attachment": PART,
    "audit_event": "the log",
    "bank_line": PART,
    "contact": "not a setting; what pays its bills (contact_iban) and merges are told",
    "document_counter": DERIVED,
    "document_instalment": PART,
    "document_line": PART,
    "document_link": PART,
    "document_mailing": OWN_HISTORY,
    "document_tax": PART,
    "document_view": OWN_HISTORY,
    "entry_attachment": "names who attached it; the entry itself never changes",
    "entry_comment": OWN_HISTORY,
    "entry_counter": DERIVED,
    "entry_review": "a mark that names who set it",
    "entry_template": "makes drafts alone; what is posted of them is told",
    "entry_template_line": PART,
    "exchange_rate": "what is posted with it is told",
    "export": "its viewer's own list of files",
    "export_reach": PART,
    "inbox_file": "names who received and decided it; the document that it becomes is told",
    "inbox_page": PART,
    "invoice_chain": DERIVED,
    "invoice_record": OWN_HISTORY,
    "journal_line": PART,
    "ledger_account": "names of accounts; what is posted on them is told",
    "lock_exception": "told with its line of lock_change",
    "message": OWN_HISTORY,
    "daybook_lock": "told with its line of lock_change",
    "period_lock": "told with its line of lock_change",
    "reach": DERIVED,
    "reconciliation": "its entries are told",
    "recurring_invoice": "what it makes is told",
    "recurring_line": PART,
    "recurring_run": OWN_HISTORY,
    "settlement": "its entries are told",
    "upload": "nothing before an act uses it",
}
TABLES = """
select c.relname as name, exists (
           select 1 from pg_trigger t join pg_proc p on p.oid = t.tgfoid
            where t.tgrelid = c.oid and not t.tgisinternal and p.proname like 'log\\_%') as told
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped
 where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1"""
SETTINGS = """
select upper('settings_' || c.relname) as kind, a.attname as column
  from pg_trigger t join pg_proc p on p.oid = t.tgfoid join pg_class c on c.oid = t.tgrelid
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where p.proname = 'log_settings'"""
NOT_SHOWN = {
    "id",
    "company_id",
    "created_at",
    "changed_at",
    "changed_by",
    "search_text",
    "sort_name",
    "plan_mask",
}
"""What `log_settings` leaves out."""


async def rows(database: Database, asked: str) -> list[Any]:
    async with database.pool.acquire() as connection:
        return list(await connection.fetch(asked))


async def test_every_table_of_a_company_tells_its_changes_or_says_why_not(database: Database) -> None:
    found = await rows(database, TABLES)

    silent = {row["name"] for row in found if not row["told"]}
    assert silent == set(NOT_TOLD), (
        "give a table a trigger in a new migration (see change_log.sql) or a reason in NOT_TOLD"
    )


async def test_every_setting_has_a_name_that_a_reader_understands(database: Database) -> None:
    found = await rows(database, SETTINGS)

    assert {row["kind"] for row in found} == {kind for kind in KINDS if kind.startswith("SETTINGS_")}
    unnamed = {row["column"] for row in found} - set(LABELS) - NOT_SHOWN
    assert unnamed == set(), "name these columns in LABELS of services/audit/rules.py"
