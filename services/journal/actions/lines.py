"""Lines of entries: from what a caller says to rows on real accounts, and back to what the rules check."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act
from services.journal.actions.books import contact_account, tax_account
from services.journal.actions.refusals import AccountArchived, AccountNotPostable, ContactNeeded
from services.journal.chart import CONTACT_ACCOUNTS, needs_contact
from services.journal.models import JournalLine, LedgerAccount
from services.journal.rules.entries import EntryLine
from services.kit.ids import new_id
from services.kit.money import ZERO

_HEADINGS = frozenset(CONTACT_ACCOUNTS)

BY_HAND = frozenset({"MANUAL", "IMPORT", "OPENING"})
"""Entries whose accounts somebody names one by one: there a third party's line must say whose it is."""

_line: Any = JournalLine.__table__  # type: ignore[attr-defined]
_account: Any = LedgerAccount.__table__  # type: ignore[attr-defined]

# Written once: every posting runs these, and building a statement costs more than running it.
_ADD_LINES = insert(_line)
_ACCOUNTS_BY_CODE = select(
    *(_account.c[name] for name in ("code", "id", "is_leaf", "contact_id", "archived_at"))
).where(
    _account.c.company_id == bindparam("of_company"),
    _account.c.code.in_(bindparam("codes", expanding=True)),
)


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


@dataclass(frozen=True, slots=True)
class _Place:
    """The account a line really goes to, and whose line it is."""

    account_id: UUID
    code: str
    contact_id: UUID | None


def as_ruled(line: EntryLineDraft, account_code: str) -> EntryLine:
    """This will say a line in the words of the rules, on the account it really goes to."""
    return EntryLine(
        ledger_account_code=account_code,
        debit=line.debit,
        credit=line.credit,
        contact_id=line.contact_id,
        text=line.text,
    )


def as_draft(line: EntryLine) -> EntryLineDraft:
    """This will say a line of the rules in the words of a caller."""
    return EntryLineDraft(
        account_code=line.ledger_account_code,
        debit=line.debit,
        credit=line.credit,
        contact_id=line.contact_id,
        text=line.text,
    )


async def add_lines(
    act: Act,
    company_id: UUID,
    entry_id: UUID,
    entry_on: date,
    lines: Sequence[EntryLineDraft],
    *,
    source: str,
    as_they_stood: bool = False,
) -> tuple[EntryLine, ...]:
    """This will write the lines of a draft and give them as they stand now, on their real accounts.

    A line on a contact's own account is that contact's, said or not. `as_they_stood` is for mirror images of posted
    lines: their accounts may have got sub-accounts or been archived since. Raises LedgerAccountMissing,
    AccountNotPostable, AccountArchived, ContactNeeded, and NotFound for a contact of another company.
    """
    if as_they_stood:
        placed = await _as_they_stood(act, company_id, lines)
    else:
        placed = await _places(act, company_id, lines, contact_needed=source in BY_HAND)
    rows = [
        {
            "id": new_id(),
            "company_id": company_id,
            "entry_id": entry_id,
            "entry_on": entry_on,
            "position": position,
            "ledger_account_id": place.account_id,
            "contact_id": place.contact_id,
            "text": line.text,
            "debit": line.debit,
            "credit": line.credit,
        }
        for position, (line, place) in enumerate(zip(lines, placed, strict=True), start=1)
    ]
    await act.session.execute(_ADD_LINES, rows)
    return tuple(
        replace(as_ruled(line, place.code), contact_id=place.contact_id)
        for line, place in zip(lines, placed, strict=True)
    )


async def lines_of(act: Act, entry_id: UUID) -> tuple[EntryLine, ...]:
    """This will read the lines of an entry in order."""
    return tuple(_stored(row) for row in await _rows(act, entry_id))


async def postable_lines_of(act: Act, entry_id: UUID) -> tuple[EntryLine, ...]:
    """This will read the lines of a draft in order.

    Raises AccountNotPostable and AccountArchived where an account has got sub-accounts or was archived meanwhile.
    """
    rows = await _rows(act, entry_id)
    for row in rows:
        if not row.is_leaf:
            raise AccountNotPostable(account_code=row.code)
        if row.archived_at is not None:
            raise AccountArchived(account_code=row.code)
    return tuple(_stored(row) for row in rows)


async def _rows(act: Act, entry_id: UUID) -> Sequence[Any]:
    statement = (
        select(
            _account.c.code,
            _account.c.is_leaf,
            _account.c.archived_at,
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


def _stored(row: Any) -> EntryLine:
    return EntryLine(
        ledger_account_code=row.code,
        debit=row.debit,
        credit=row.credit,
        contact_id=row.contact_id,
        text=row.text,
    )


def _is_contact_heading(line: EntryLineDraft) -> bool:
    return line.contact_id is not None and line.account_code in _HEADINGS


async def _known(act: Act, company_id: UUID, codes: set[str]) -> dict[str, Any]:
    rows = await act.session.execute(_ACCOUNTS_BY_CODE, {"of_company": company_id, "codes": sorted(codes)})
    return {row.code: row for row in rows}


async def _as_they_stood(act: Act, company_id: UUID, lines: Sequence[EntryLineDraft]) -> list[_Place]:
    known = await _known(act, company_id, {line.account_code for line in lines})
    return [_Place(known[line.account_code].id, line.account_code, line.contact_id) for line in lines]


async def _places(
    act: Act, company_id: UUID, lines: Sequence[EntryLineDraft], *, contact_needed: bool
) -> list[_Place]:
    """Where each line goes; a contact on a third-party heading means the contact's own sub-account."""
    known = await _known(
        act, company_id, {line.account_code for line in lines if not _is_contact_heading(line)}
    )
    found: dict[tuple[str, UUID | None], _Place] = {}
    for position, line in enumerate(lines):
        key = (line.account_code, line.contact_id)
        if key in found:
            continue
        if line.contact_id is not None and _is_contact_heading(line):
            account_id, code = await contact_account(act, company_id, line.account_code, line.contact_id)
            found[key] = _Place(account_id, code, line.contact_id)
        elif line.account_code not in known:
            account_id = await tax_account(act, company_id, line.account_code)
            found[key] = _Place(account_id, line.account_code, line.contact_id)
        else:
            found[key] = _place_of(known[line.account_code], line, position, contact_needed=contact_needed)
    return [found[line.account_code, line.contact_id] for line in lines]


def _place_of(account: Any, line: EntryLineDraft, position: int, *, contact_needed: bool) -> _Place:
    path = ("lines", str(position), "ledgerAccountCode")
    if not account.is_leaf:
        raise AccountNotPostable(account_code=account.code, path=path)
    if account.archived_at is not None:
        raise AccountArchived(account_code=account.code, path=path)
    contact_id = line.contact_id or account.contact_id
    if contact_needed and contact_id is None and needs_contact(account.code):
        raise ContactNeeded(account_code=account.code, path=("lines", str(position), "contactId"))
    return _Place(account.id, account.code, contact_id)
