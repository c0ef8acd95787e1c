"""Books for tests: a client company with its chart open, and entries posted as somebody of the firm."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import text
from sqlalchemy import text as sql

from services.access.interface import Viewer
from services.contacts import actions as contacts
from services.journal.interface import EntryLineDraft, draft_entry, open_books, post_entry, verify_ledger
from services.journal.models import JournalEntry, PeriodLock
from services.kit.embedded import SUPERUSER
from tests.support.database import TestServer
from tests.support.office import Office

YEARS = (2025, 2026)


async def books(office: Office, name: str = "Fusteria Puig SL", **granted: Any) -> UUID:
    """A client of the office whose books are open for 2025 and 2026."""
    company_id = await office.client(name, **granted)
    async with office.act() as act:
        await open_books(act, company_id=company_id, years=YEARS)
    return company_id


async def contact(office: Office, company_id: UUID, name: str = "Cafés Brisa SL", **card: Any) -> UUID:
    """A contact of the company; `card` are the fields of its card."""
    async with office.act() as act:
        return await contacts.create_contact(
            act, contacts.NewContact(company_id=company_id, name=name, **card)
        )


def line(
    code: str, debit: str = "0.00", credit: str = "0.00", contact_id: UUID | None = None
) -> EntryLineDraft:
    """A line with amounts as text."""
    return EntryLineDraft(
        account_code=code, debit=Decimal(debit), credit=Decimal(credit), contact_id=contact_id
    )


def rent(amount: str = "900.00") -> list[EntryLineDraft]:
    """The plainest entry: rent paid from the bank."""
    return [line("621", debit=amount), line("572", credit=amount)]


async def post(
    office: Office,
    company_id: UUID,
    lines: list[EntryLineDraft] | None = None,
    *,
    on: date = date(2026, 3, 2),
    text: str = "Rent of the workshop",
    viewer: Viewer | None = None,
    request_key: str | None = None,
) -> UUID:
    """This will post an entry and give its id."""
    async with office.act(viewer) as act:
        return await post_entry(
            act,
            company_id=company_id,
            entry_on=on,
            text=text,
            lines=lines or rent(),
            source="MANUAL",
            request_key=request_key,
        )


async def set_locks(office: Office, company_id: UUID, **until: date) -> None:
    """This will lock a company's books: `soft_until`, `tax_until`, `hard_until`."""
    async with office.act() as act:
        lock = PeriodLock(company_id=company_id)
        for name, day in until.items():
            setattr(lock, name, day)
        await act.session.merge(lock)


async def entry(office: Office, entry_id: UUID) -> JournalEntry:
    """One entry as the firm's owner sees it."""
    async with office.act() as act:
        found = await act.session.get(JournalEntry, entry_id)
        assert found is not None
        return found


async def altered(office: Office, company_id: UUID) -> UUID | None:
    """The first posted entry that no longer holds, as verification says."""
    async with office.act() as act:
        broken = (await verify_ledger(act.session, company_id)).broken
        return broken.entry_id if broken else None


@asynccontextmanager
async def connected(address: str) -> "AsyncIterator[asyncpg.Connection[Any]]":
    """A bare connection to one address."""
    connection = await asyncpg.connect(address)
    try:
        yield connection
    finally:
        await connection.close()


async def keep_draft(
    office: Office, company_id: UUID, on: date = date(2026, 3, 2), text: str = "Rent"
) -> str:
    """A draft of the plainest entry; its id as text."""
    async with office.act() as act:
        return str(
            await draft_entry(
                act, company_id=company_id, entry_on=on, text=text, lines=rent(), source="MANUAL"
            )
        )


@asynccontextmanager
async def with_the_keys(
    office: Office, server: TestServer, *, triggers: bool = False
) -> "AsyncIterator[asyncpg.Connection[Any]]":
    """Somebody with the server's own keys: no wall stands, and no trigger runs unless said so."""
    async with office.act() as act:
        name = await act.session.scalar(text("select current_database()"))
    async with connected(server.urls[SUPERUSER].replace("DATABASE_NAME", str(name))) as connection:
        transaction = connection.transaction()
        await transaction.start()
        if not triggers:
            await connection.execute("set local session_replication_role = replica")
        yield connection
        await (transaction.rollback() if triggers else transaction.commit())


async def balances(office: Office, company_id: UUID) -> dict[str, Decimal]:
    """Debit less credit of the posted lines by account, without zeros."""
    async with office.act() as act:
        rows = await act.session.execute(
            sql(
                "select a.code, sum(l.debit - l.credit) as balance from journal_line l"
                " join journal_entry e on e.id = l.entry_id and e.state = 'POSTED'"
                " join ledger_account a on a.id = l.ledger_account_id"
                " where l.company_id = :company group by a.code"
            ),
            {"company": company_id},
        )
        return {row.code: row.balance for row in rows if row.balance}
