"""Drafting, posting and reversing entries. The callers have checked the scope of their own module."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act
from services.journal.actions.books import (
    Chain,
    advance_chain,
    contact_account,
    lock_books,
    next_number,
    tax_account,
)
from services.journal.actions.periods import check_open, locks_of, passes_soft_lock, period_of
from services.journal.actions.refusals import (
    AccountNotPostable,
    EntryAlreadyPosted,
    EntryAlreadyReversed,
    EntryNotPosted,
)
from services.journal.chart import CONTACT_ACCOUNTS
from services.journal.models import JournalEntry, JournalLine, LedgerAccount
from services.journal.rules import (
    EntryLine,
    PostedEntry,
    check_entry,
    entry_hash,
    first_open_day,
    reversed_lines,
)
from services.kit import clock
from services.kit.errors import NotFound
from services.kit.ids import new_id
from services.kit.money import ZERO, total
from services.kit.search import search_text

_entry: Any = JournalEntry.__table__  # type: ignore[attr-defined]
_line: Any = JournalLine.__table__  # type: ignore[attr-defined]
_account: Any = LedgerAccount.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class EntryLineDraft:
    """One line to be: `debit` or `credit` above zero, the other 0.00.

    `account_code` is a leaf of the company's chart, or a third-party heading (430, 400, 410, ...) with `contact_id`:
    then the contact's own sub-account is used, made when missing.
    """

    account_code: str
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    contact_id: UUID | None = None
    text: str = ""


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
    LedgerAccountMissing, AccountNotPostable, and NotFound for a contact of another company.
    """
    check_entry([_rule_line(line, line.account_code) for line in lines])
    period = await period_of(act, company_id, entry_on)
    made = {
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
    statement = insert(_entry).values(made)
    if request_key is not None:
        statement = statement.on_conflict_do_nothing(constraint="journal_entry_once_per_request")
    entry_id: UUID | None = await act.session.scalar(statement.returning(_entry.c.id))
    if entry_id is None:
        known = select(_entry.c.id).where(
            _entry.c.company_id == company_id, _entry.c.request_key == request_key
        )
        found: UUID = (await act.session.execute(known)).scalar_one()
        return found
    await _add_lines(act, company_id, entry_id, entry_on, lines)
    return entry_id


async def replace_draft(
    act: Act, entry_id: UUID, *, entry_on: date, text: str, lines: Sequence[EntryLineDraft]
) -> None:
    """This will give a draft another day, text and lines. The caller has locked the entry.

    Raises EntryAlreadyPosted and what draft_entry raises.
    """
    entry = await _head(act, entry_id)
    if entry.state == "POSTED":
        raise EntryAlreadyPosted(number=entry.number)
    check_entry([_rule_line(line, line.account_code) for line in lines])
    period = await period_of(act, entry.company_id, entry_on)
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
        )
    )
    await _add_lines(act, entry.company_id, entry_id, entry_on, lines)


async def post_draft(act: Act, entry_id: UUID) -> UUID:
    """This will post a draft: the next number of its year, the next link of the company's chain. A posted one stays.

    Raises PeriodLocked, FiscalYearClosed, FiscalYearMissing, AccountNotPostable, and what check_entry raises.
    """
    company_id: UUID | None = await act.session.scalar(
        select(_entry.c.company_id).where(_entry.c.id == entry_id)
    )
    if company_id is None:
        raise NotFound("entry")
    chain = await lock_books(act, company_id)
    entry = await _head(act, entry_id)
    if entry.state == "POSTED":
        return entry_id
    rows = await _lines_of(act, entry_id)
    for row in rows:
        if not row.is_leaf:
            raise AccountNotPostable(account_code=row.code)
    lines = tuple(_stored_line(row) for row in rows)
    check_entry(lines)
    period = await period_of(act, company_id, entry.entry_on)
    check_open(act, entry.entry_on, period)
    number = await next_number(act, company_id, period.year)
    posted = PostedEntry(
        company_id=company_id,
        fiscal_year=period.year,
        number=number,
        entry_on=entry.entry_on,
        text=entry.text,
        lines=lines,
    )
    link = Chain(chain.position + 1, entry_hash(chain.hash, posted))
    await act.session.execute(
        update(_entry)
        .where(_entry.c.id == entry_id)
        .values(
            state="POSTED",
            fiscal_year=period.year,
            number=number,
            chain_position=link.position,
            hash=link.hash,
            previous_hash=chain.hash,
            total=total(line.debit for line in lines),
            search_text=search_text(entry.text, str(number)),
            posted_by=act.viewer.id,
            posted_at=clock.now(),
        )
    )
    await advance_chain(act, company_id, link)
    return entry_id


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
) -> UUID:
    """This will draft and post an entry in the caller's transaction and give its id.

    The caller has checked the scope of its own module. Books are locked first, so posters of one company take turns.
    Raises what draft_entry and post_draft raise.
    """
    await lock_books(act, company_id)
    entry_id = await draft_entry(
        act,
        company_id=company_id,
        entry_on=entry_on,
        text=text,
        lines=lines,
        source=source,
        source_id=source_id,
        request_key=request_key,
    )
    return await post_draft(act, entry_id)


async def reverse_entry(
    act: Act,
    entry_id: UUID,
    *,
    on: date | None = None,
    text: str | None = None,
    request_key: str | None = None,
) -> UUID:
    """This will post the entry's mirror image and give its id: sides swapped, own number, `reversesId` set.

    It is dated `on`, or like the entry; a locked day gives way to the first open one. The caller has checked its
    scope. Raises EntryNotPosted, EntryAlreadyReversed, and what post_draft raises; the same request key gives the
    first reversal.
    """
    company_id: UUID | None = await act.session.scalar(
        select(_entry.c.company_id).where(_entry.c.id == entry_id)
    )
    if company_id is None:
        raise NotFound("entry")
    await lock_books(act, company_id)
    entry = await _head(act, entry_id)
    if entry.state != "POSTED":
        raise EntryNotPosted
    earlier = (
        await act.session.execute(
            select(_entry.c.id, _entry.c.request_key).where(_entry.c.reverses_id == entry_id)
        )
    ).one_or_none()
    if earlier is not None:
        if request_key is not None and earlier.request_key == request_key:
            return earlier.id  # type: ignore[no-any-return]
        raise EntryAlreadyReversed(number=entry.number)
    locks = await locks_of(act, company_id)
    reversed_on = first_open_day(on or entry.entry_on, locks, passes_soft_lock=passes_soft_lock(act))
    mirrored = reversed_lines(_stored_line(row) for row in await _lines_of(act, entry_id))
    reversal_id = await draft_entry(
        act,
        company_id=company_id,
        entry_on=reversed_on,
        text=text or f"{entry.text} (reversal of {entry.number})",
        lines=[
            EntryLineDraft(
                account_code=line.ledger_account_code,
                debit=line.debit,
                credit=line.credit,
                contact_id=line.contact_id,
                text=line.text,
            )
            for line in mirrored
        ],
        source="REVERSAL",
        source_id=entry_id,
        request_key=request_key,
        reverses_id=entry_id,
    )
    return await post_draft(act, reversal_id)


async def _add_lines(
    act: Act, company_id: UUID, entry_id: UUID, entry_on: date, lines: Sequence[EntryLineDraft]
) -> None:
    accounts = await _accounts_for(act, company_id, lines)
    await act.session.execute(
        insert(_line).values(
            [
                {
                    "id": new_id(),
                    "company_id": company_id,
                    "entry_id": entry_id,
                    "entry_on": entry_on,
                    "position": position,
                    "ledger_account_id": account_id,
                    "contact_id": line.contact_id,
                    "text": line.text,
                    "debit": line.debit,
                    "credit": line.credit,
                }
                for position, (line, account_id) in enumerate(zip(lines, accounts, strict=True), start=1)
            ]
        )
    )


async def _accounts_for(act: Act, company_id: UUID, lines: Sequence[EntryLineDraft]) -> list[UUID]:
    """The account of each line; a contact on a third-party heading means the contact's own sub-account."""
    headings = frozenset(CONTACT_ACCOUNTS)
    plain = {line.account_code for line in lines if not (line.contact_id and line.account_code in headings)}
    rows = (
        await act.session.execute(
            select(_account.c.code, _account.c.id, _account.c.is_leaf).where(
                _account.c.company_id == company_id, _account.c.code.in_(plain)
            )
        )
    ).all()
    known = {row.code: row for row in rows}
    made: defaultdict[tuple[str, UUID | None], UUID] = defaultdict()
    for line in lines:
        key = (line.account_code, line.contact_id)
        if key in made:
            continue
        if line.contact_id is not None and line.account_code in headings:
            made[key] = (await contact_account(act, company_id, line.account_code, line.contact_id))[0]
        elif line.account_code not in known:
            made[key] = await tax_account(act, company_id, line.account_code)
        elif not known[line.account_code].is_leaf:
            raise AccountNotPostable(account_code=line.account_code)
        else:
            made[key] = known[line.account_code].id
    return [made[line.account_code, line.contact_id] for line in lines]


async def _head(act: Act, entry_id: UUID) -> Any:
    statement = select(
        _entry.c.company_id, _entry.c.state, _entry.c.number, _entry.c.entry_on, _entry.c.text
    ).where(_entry.c.id == entry_id)
    return (await act.session.execute(statement)).one()


async def _lines_of(act: Act, entry_id: UUID) -> Sequence[Any]:
    statement = (
        select(
            _account.c.code,
            _account.c.is_leaf,
            _line.c.debit,
            _line.c.credit,
            _line.c.contact_id,
            _line.c.text,
        )
        .join(_account, _account.c.id == _line.c.ledger_account_id)
        .where(_line.c.entry_id == entry_id)
        .order_by(_line.c.position)
    )
    return (await act.session.execute(statement)).all()


def _rule_line(line: EntryLineDraft, code: str) -> EntryLine:
    return EntryLine(
        ledger_account_code=code,
        debit=line.debit,
        credit=line.credit,
        contact_id=line.contact_id,
        text=line.text,
    )


def _stored_line(row: Any) -> EntryLine:
    return EntryLine(
        ledger_account_code=row.code,
        debit=row.debit,
        credit=row.credit,
        contact_id=row.contact_id,
        text=row.text,
    )
