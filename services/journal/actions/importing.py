"""Bringing a journal along: looking at a table first, then all of its entries in one transaction or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.contacts.interface import contact_table
from services.journal.actions.entries import entry_text
from services.journal.actions.lines import EntryLineDraft
from services.journal.actions.posting import draft_entry, post_draft
from services.journal.models import JournalEntry
from services.journal.rules.imports import Imported, ImportedEntry, entries_of
from services.kit.errors import NotFound, Refused
from services.kit.sheets import read_sent_table
from services.kit.storage import Store
from services.uploads.interface import take_upload

ROWS_MAX = 20_000
REFUSED_MAX = 100
"""Rows that are told; who has more has another problem."""

_entry: Any = JournalEntry.__table__  # type: ignore[attr-defined]


class ContactUnknown(Refused):
    """A name or tax id that no contact of the company has."""

    code = "CONTACT_UNKNOWN"
    sentence = "There is no contact {given} in this company."


class ImportRefused(Refused):
    """Some rows were refused, so nothing was imported; the preview says which."""

    code = "IMPORT_REFUSED"
    sentence = "{count} rows or entries were refused, so nothing was imported."


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a table gives: entries made (or that would be), those that were there already, and what was refused."""

    made: tuple[UUID, ...]
    known: int
    lines: int
    refused: tuple[tuple[int, Refused], ...]


class _OnlyLooked(Exception):
    """Carries what was found out of a savepoint that shall leave nothing behind."""

    def __init__(self, result: ImportResult) -> None:
        self.result = result
        super().__init__()


async def preview_import(
    act: Act, store: Store, *, company_id: UUID | str, upload_id: UUID | str
) -> ImportResult:
    """This will say what importing a table would do, and do nothing. Needs JOURNAL EDIT.

    Raises what reading the table raises (TableUnreadable, TableEmpty, TableTooLarge), ColumnsMissing, NotFound.
    """
    company, imported = await _read(act, store, company_id, upload_id)
    try:
        await _try(act, company, imported)
    except _OnlyLooked as looked:
        return looked.result
    raise AssertionError("a look always ends in what it found")


async def _try(act: Act, company_id: UUID, imported: Imported) -> None:
    """Enters everything in a savepoint and leaves it by an exception, which takes all of it back."""
    async with act.session.begin_nested():
        raise _OnlyLooked(await _enter(act, company_id, imported, post=False))


async def import_journal(
    act: Act, store: Store, *, company_id: UUID | str, upload_id: UUID | str, post: bool
) -> ImportResult:
    """This will draft (and post) every entry of a table, or none. The same table again adds nothing.

    Needs JOURNAL EDIT, for posting APPROVE. Raises ImportRefused and what preview_import raises.
    """
    company, imported = await _read(act, store, company_id, upload_id)
    if post:
        await act.may(company, Scope.JOURNAL, Action.APPROVE, path=("companyId",))
    result = await _enter(act, company, imported, post=post)
    if result.refused:
        raise ImportRefused(count=len(result.refused), path=("uploadId",))
    return result


async def _read(
    act: Act, store: Store, company_id: UUID | str, upload_id: UUID | str
) -> tuple[UUID, Imported]:
    company = await act.may(company_id, Scope.JOURNAL, Action.EDIT, path=("companyId",))
    upload = await take_upload(act, upload_id, "JOURNAL")
    if upload.company_id != company:
        raise NotFound("upload", path=("uploadId",))
    content = await store.get(upload.sha256)
    table = await read_sent_table(content, rows_max=ROWS_MAX)
    return company, entries_of(table.headers, [(row.number, row.cells) for row in table.rows])


async def _enter(act: Act, company_id: UUID, imported: Imported, *, post: bool) -> ImportResult:
    refused = list(imported.refused)
    contacts = await _contacts(act, company_id, imported.entries)
    known = await _known(act, company_id, imported.entries)
    made: list[UUID] = []
    lines = 0
    for entry in imported.entries:
        if entry.key in known or len(refused) >= REFUSED_MAX:
            continue
        try:
            async with act.session.begin_nested():
                made.append(await _one(act, company_id, entry, contacts, post=post))
        except Refused as reason:
            refused.append((entry.row, reason))
        else:
            lines += len(entry.lines)
    refused.sort(key=lambda one: one[0])
    return ImportResult(tuple(made), len(known), lines, tuple(refused[:REFUSED_MAX]))


async def _one(
    act: Act, company_id: UUID, entry: ImportedEntry, contacts: dict[str, UUID], *, post: bool
) -> UUID:
    drafts = []
    for line in entry.lines:
        contact_id = contacts.get(line.contact.casefold()) if line.contact else None
        if line.contact and contact_id is None:
            raise ContactUnknown(given=line.contact[:100], path=("rows", str(line.row)))
        drafts.append(
            EntryLineDraft(
                account_code=line.account,
                debit=line.debit,
                credit=line.credit,
                contact_id=contact_id,
                text=line.text,
            )
        )
    entry_id = await draft_entry(
        act,
        company_id=company_id,
        entry_on=entry.entry_on,
        text=entry_text(entry.text),
        lines=drafts,
        source="IMPORT",
        request_key=entry.key,
    )
    return await post_draft(act, entry_id) if post else entry_id


async def _contacts(act: Act, company_id: UUID, entries: Sequence[ImportedEntry]) -> dict[str, UUID]:
    """Contacts that the table names, by tax id or name, in lower case; a tax id wins over a name."""
    named = {line.contact.casefold() for entry in entries for line in entry.lines if line.contact}
    if not named:
        return {}
    contacts = contact_table()
    rows = (
        await act.session.execute(
            select(
                contacts.c.id,
                func.lower(contacts.c.name).label("name"),
                func.lower(contacts.c.tax_id).label("tax_id"),
            )
            .where(
                contacts.c.company_id == company_id,
                func.lower(contacts.c.name).in_(named) | func.lower(contacts.c.tax_id).in_(named),
            )
            .order_by(contacts.c.id)
        )
    ).all()
    return {row.name: row.id for row in rows} | {row.tax_id: row.id for row in rows if row.tax_id}


async def _known(act: Act, company_id: UUID, entries: Sequence[ImportedEntry]) -> set[str]:
    rows = await act.session.execute(
        select(_entry.c.request_key).where(
            _entry.c.company_id == company_id, _entry.c.request_key.in_([entry.key for entry in entries])
        )
    )
    return set(rows.scalars())
