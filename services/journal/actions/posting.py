"""Drafting and posting entries. The callers have checked the scope of their own module."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act
from services.journal.actions.books import Chain, advance_chain, lock_books, next_number
from services.journal.actions.lines import (
    EntryLineDraft,
    add_lines,
    as_ruled,
    postable_lines_of,
)
from services.journal.actions.periods import CLOSING_SOURCES, Origin, Period, check_open, period_of
from services.journal.actions.refusals import (
    EntryAlreadyPosted,
    EntryChanged,
)
from services.journal.models import JournalEntry, JournalLine
from services.journal.rules.chain import PostedEntry, entry_hash
from services.journal.rules.entries import (
    CLOSING_LINES_MAX,
    LINES_MAX,
    EntryLine,
    check_entry,
)
from services.kit import clock
from services.kit.errors import NotFound, RequestKeyUsed
from services.kit.ids import new_id
from services.kit.money import total
from services.kit.search import search_text

_entry: Any = JournalEntry.__table__  # type: ignore[attr-defined]
_line: Any = JournalLine.__table__  # type: ignore[attr-defined]

# Written once: every posting runs these, and building a statement costs more than running it.
_POSTED = ("fiscal_year", "number", "chain_position", "hash", "previous_hash", "total", "search_text")
_ADD_DRAFT = insert(_entry).returning(_entry.c.id)
_ADD_DRAFT_ONCE = (
    insert(_entry).on_conflict_do_nothing(constraint="journal_entry_once_per_request").returning(_entry.c.id)
)
_MARK_POSTED = (
    update(_entry)
    .where(_entry.c.id == bindparam("of_entry"))
    .values(state="POSTED", **{name: bindparam(name) for name in (*_POSTED, "posted_by", "posted_at")})
)


@dataclass(frozen=True, slots=True)
class _Drafted:
    """A draft whose lines, accounts and period are known to be right."""

    id: UUID
    company_id: UUID
    entry_on: date
    text: str
    origin: Origin
    lines: tuple[EntryLine, ...]
    period: Period


async def draft_entry(
    act: Act,
    *,
    company_id: UUID,
    entry_on: date,
    text: str,
    lines: Sequence[EntryLineDraft],
    source: str,
    source_id: UUID | None = None,
    request_key: str | None = None,
    reverses_id: UUID | None = None,
) -> UUID:
    """This will keep an entry as a draft: balanced, on existing accounts, without a number.

    The same request key gives the first entry. Raises what check_entry raises, FiscalYearMissing,
    LedgerAccountMissing, AccountNotPostable, RequestKeyUsed, and NotFound for a contact of another company.
    """
    made = await _draft(
        act,
        company_id=company_id,
        entry_on=entry_on,
        text=text,
        lines=lines,
        source=source,
        source_id=source_id,
        request_key=request_key,
        reverses_id=reverses_id,
    )
    return made.id if isinstance(made, _Drafted) else made


async def _draft(
    act: Act,
    *,
    company_id: UUID,
    entry_on: date,
    text: str,
    lines: Sequence[EntryLineDraft],
    source: str,
    source_id: UUID | None,
    request_key: str | None,
    reverses_id: UUID | None = None,
    as_they_stood: bool = False,
) -> _Drafted | UUID:
    """The new draft, or the id of the entry that this request key made before."""
    closes = source in CLOSING_SOURCES
    check_entry(
        [as_ruled(line, line.account_code) for line in lines],
        lines_max=CLOSING_LINES_MAX if closes else LINES_MAX,
    )
    period = await period_of(act, company_id, entry_on)
    row = {
        "id": new_id(),
        "company_id": company_id,
        "fiscal_year": period.year,
        "entry_on": entry_on,
        "state": "DRAFT",
        "text": text,
        "search_text": search_text(text),
        "source": source,
        "source_id": source_id,
        "total": total(line.debit for line in lines),
        "request_key": request_key,
        "reverses_id": reverses_id,
        "created_by": act.viewer.id,
        "created_at": clock.now(),
    }
    adding = _ADD_DRAFT if request_key is None else _ADD_DRAFT_ONCE
    entry_id: UUID | None = await act.session.scalar(adding, row)
    if entry_id is None:
        known = select(_entry.c.id, _entry.c.source, _entry.c.source_id).where(
            _entry.c.company_id == company_id, _entry.c.request_key == request_key
        )
        first = (await act.session.execute(known)).one()
        if (first.source, first.source_id) != (source, source_id):
            raise RequestKeyUsed(path=("requestKey",))
        return first.id  # type: ignore[no-any-return]
    written = await add_lines(
        act,
        company_id,
        entry_id,
        entry_on,
        lines,
        source=source,
        as_they_stood=as_they_stood,
    )
    origin = Origin(company_id, source, source_id)
    return _Drafted(entry_id, company_id, entry_on, text, origin, written, period)


async def replace_draft(
    act: Act,
    entry_id: UUID,
    *,
    entry_on: date,
    text: str,
    lines: Sequence[EntryLineDraft],
    version: int | None = None,
) -> None:
    """This will give a draft another day, text and lines; `version` is the one that was read, None for any.

    Raises EntryAlreadyPosted, EntryChanged and what draft_entry raises.
    """
    company_id, source = await _locked_draft(act, entry_id, version)
    check_entry([as_ruled(line, line.account_code) for line in lines])
    period = await period_of(act, company_id, entry_on)
    await act.session.execute(delete(_line).where(_line.c.entry_id == entry_id))
    await act.session.execute(
        update(_entry)
        .where(_entry.c.id == entry_id)
        .values(
            entry_on=entry_on,
            fiscal_year=period.year,
            text=text,
            search_text=search_text(text),
            total=total(line.debit for line in lines),
            version=_entry.c.version + 1,
        )
    )
    await add_lines(act, company_id, entry_id, entry_on, lines, source=source)


async def remove_draft(act: Act, entry_id: UUID, *, version: int | None = None) -> None:
    """This will delete a draft; it had no number, so nothing is missing. Raises EntryAlreadyPosted, EntryChanged."""
    await _locked_draft(act, entry_id, version)
    await act.session.execute(delete(_entry).where(_entry.c.id == entry_id))


async def post_draft(act: Act, entry_id: UUID) -> UUID:
    """This will post a draft: the next number of its year, the next link of the company's chain. A posted one stays.

    Raises PeriodLocked, DaybookLocked, FiscalYearClosed, FiscalYearMissing, AccountNotPostable, and what check_entry
    raises.
    """
    company_id = await company_of(act, entry_id)
    chain = await lock_books(act, company_id)
    entry = await head_of(act, entry_id)
    if entry.state == "POSTED":
        return entry_id
    lines = await postable_lines_of(act, entry_id)
    check_entry(lines)
    period = await period_of(act, company_id, entry.entry_on)
    origin = Origin(company_id, entry.source, entry.source_id)
    draft = _Drafted(entry_id, company_id, entry.entry_on, entry.text, origin, lines, period)
    return await _post(act, chain, draft)


async def _post(act: Act, chain: Chain, entry: _Drafted) -> UUID:
    """Number, link and state of a draft, under the lock of the company's books."""
    await check_open(act, entry.entry_on, entry.period, entry.origin)
    number = await next_number(act, entry.company_id, entry.period.year)
    posted = PostedEntry(
        company_id=entry.company_id,
        fiscal_year=entry.period.year,
        number=number,
        entry_on=entry.entry_on,
        text=entry.text,
        lines=entry.lines,
    )
    link = Chain(chain.position + 1, entry_hash(chain.hash, posted))
    await act.session.execute(
        _MARK_POSTED,
        {
            "of_entry": entry.id,
            "fiscal_year": entry.period.year,
            "number": number,
            "chain_position": link.position,
            "hash": link.hash,
            "previous_hash": chain.hash,
            "total": total(line.debit for line in entry.lines),
            "search_text": search_text(entry.text, str(number)),
            "posted_by": act.viewer.id,
            "posted_at": clock.now(),
        },
    )
    await advance_chain(act, entry.company_id, link)
    return entry.id


async def post_entry(
    act: Act,
    *,
    company_id: UUID,
    entry_on: date,
    text: str,
    lines: Sequence[EntryLineDraft],
    source: str,
    source_id: UUID | None = None,
    request_key: str | None = None,
    reverses_id: UUID | None = None,
    chain: Chain | None = None,
    as_they_stood: bool = False,
) -> UUID:
    """This will draft and post an entry in the caller's transaction and give its id.

    The caller has checked the scope of its own module. Books are locked first, so posters of one company take turns;
    a caller that has locked them already hands over the `chain` it was given, with nothing posted since.
    `as_they_stood` is for lines that mirror posted ones (see `add_lines`). Raises what draft_entry and
    post_draft raise.
    """
    if chain is None:
        chain = await lock_books(act, company_id)
    made = await _draft(
        act,
        company_id=company_id,
        entry_on=entry_on,
        text=text,
        lines=lines,
        source=source,
        source_id=source_id,
        request_key=request_key,
        reverses_id=reverses_id,
        as_they_stood=as_they_stood,
    )
    if isinstance(made, _Drafted):
        return await _post(act, chain, made)
    return await post_draft(act, made)


async def company_of(act: Act, entry_id: UUID) -> UUID:
    """The company whose journal an entry is in. Raises NotFound."""
    company_id: UUID | None = await act.session.scalar(
        select(_entry.c.company_id).where(_entry.c.id == entry_id)
    )
    if company_id is None:
        raise NotFound("entry")
    return company_id


async def head_of(act: Act, entry_id: UUID) -> Any:
    """The entry as it is now, locked: nobody edits what another one is about to post."""
    statement = (
        select(
            *(
                _entry.c[name]
                for name in ("state", "number", "entry_on", "text", "source", "source_id", "version")
            )
        )
        .where(_entry.c.id == entry_id)
        .with_for_update()
    )
    row = (await act.session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound("entry")
    return row


async def _locked_draft(act: Act, entry_id: UUID, version: int | None) -> tuple[UUID, str]:
    """Company and source of a draft that may be changed; books and entry are locked in the order that posting takes."""
    company_id = await company_of(act, entry_id)
    await lock_books(act, company_id)
    entry = await head_of(act, entry_id)
    if entry.state == "POSTED":
        raise EntryAlreadyPosted(number=entry.number)
    if version is not None and entry.version != version:
        raise EntryChanged(path=("version",))
    return company_id, entry.source
