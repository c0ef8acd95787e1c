"""Lines of entries: from what a caller says to rows on real accounts, and back to what the rules check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act
from services.journal.actions.books import contact_account, tax_account
from services.journal.actions.refusals import AccountNotPostable
from services.journal.chart import CONTACT_ACCOUNTS
from services.journal.models import JournalLine, LedgerAccount
from services.journal.rules.entries import EntryLine
from services.kit.ids import new_id
from services.kit.money import ZERO

_HEADINGS = frozenset(CONTACT_ACCOUNTS)

_line: Any = JournalLine.__table__  # type: ignore[attr-defined]
_account: Any = LedgerAccount.__table__  # type: ignore[attr-defined]

# Written once: every posting runs these, and building a statement costs more than running it.
_ADD_LINES = insert(_line)
_ACCOUNTS_BY_CODE = select(_account.c.code, _account.c.id, _account.c.is_leaf).where(
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


def as_ruled(line: EntryLineDraft, account_code: str) -> EntryLine:
    """This will say a line in the words of the rules, on the account it really goes to."""
    return EntryLine(
        ledger_account_code=account_code,
        debit=line.debit,
        credit=line.credit,
        contact_id=line.contact_id,
        text=line.text,
    )


async def add_lines(
    act: Act, company_id: UUID, entry_id: UUID, entry_on: date, lines: Sequence[EntryLineDraft]
) -> tuple[EntryLine, ...]:
    """This will write the lines of a draft and give them as they stand now, on their real accounts.

    Raises LedgerAccountMissing, AccountNotPostable, and NotFound for a contact of another company.
    """
    accounts = await _accounts_for(act, company_id, lines)
    await act.session.execute(
        _ADD_LINES,
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
            for position, (line, (account_id, _)) in enumerate(zip(lines, accounts, strict=True), start=1)
        ],
    )
    return tuple(as_ruled(line, code) for line, (_, code) in zip(lines, accounts, strict=True))


async def lines_of(act: Act, entry_id: UUID) -> tuple[EntryLine, ...]:
    """This will read the lines of an entry in order."""
    return tuple(_stored(row) for row in await _rows(act, entry_id))


async def postable_lines_of(act: Act, entry_id: UUID) -> tuple[EntryLine, ...]:
    """This will read the lines of a draft in order. Raises AccountNotPostable where an account has got sub-accounts."""
    rows = await _rows(act, entry_id)
    for row in rows:
        if not row.is_leaf:
            raise AccountNotPostable(account_code=row.code)
    return tuple(_stored(row) for row in rows)


async def _rows(act: Act, entry_id: UUID) -> Sequence[Any]:
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


async def _accounts_for(
    act: Act, company_id: UUID, lines: Sequence[EntryLineDraft]
) -> list[tuple[UUID, str]]:
    """Id and code of each line's account; a contact on a third-party heading means the contact's own sub-account."""
    plain = {line.account_code for line in lines if not _is_contact_heading(line)}
    rows = await act.session.execute(_ACCOUNTS_BY_CODE, {"of_company": company_id, "codes": sorted(plain)})
    known = {row.code: row for row in rows}
    found: dict[tuple[str, UUID | None], tuple[UUID, str]] = {}
    for line in lines:
        key = (line.account_code, line.contact_id)
        if key in found:
            continue
        if line.contact_id is not None and _is_contact_heading(line):
            found[key] = await contact_account(act, company_id, line.account_code, line.contact_id)
        elif line.account_code not in known:
            found[key] = (await tax_account(act, company_id, line.account_code), line.account_code)
        elif not known[line.account_code].is_leaf:
            raise AccountNotPostable(account_code=line.account_code)
        else:
            found[key] = (known[line.account_code].id, line.account_code)
    return [found[line.account_code, line.contact_id] for line in lines]
