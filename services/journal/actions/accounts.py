"""Changes of one company's chart: sub-accounts, names, accounts that are put away; and the balances it starts with.

An account is never deleted: what was posted on it names it for good.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.journal.actions.books import ensure_account, lock_books
from services.journal.actions.lines import EntryLineDraft
from services.journal.actions.posting import draft_entry
from services.journal.actions.refusals import AccountExists, AccountInUse, BooksBegun
from services.journal.chart import SPLIT_HEADINGS, SUB_ACCOUNT_WIDTH_MAX, heading_of
from services.journal.models import FiscalYear, JournalEntry, JournalLine, LedgerAccount
from services.kit import clock
from services.kit.errors import BadInput, NotFound
from services.kit.search import search_text

NAME_LENGTH_MAX = 200
CODE_LENGTH_MIN = 4

_account: Any = LedgerAccount.__table__  # type: ignore[attr-defined]
_entry: Any = JournalEntry.__table__  # type: ignore[attr-defined]
_line: Any = JournalLine.__table__  # type: ignore[attr-defined]
_year: Any = FiscalYear.__table__  # type: ignore[attr-defined]


async def add_account(act: Act, company_id: UUID | str, code: str, name: str) -> UUID:
    """This will add an account below one of the general chart and give its id. Needs JOURNAL EDIT.

    The account above takes no more entries of its own. Raises BadInput, AccountExists, LedgerAccountUnknown.
    """
    company = await act.may(company_id, Scope.JOURNAL, Action.EDIT, path=("companyId",))
    wanted = code.strip()
    if not (
        wanted.isascii() and wanted.isdigit() and CODE_LENGTH_MIN <= len(wanted) <= SUB_ACCOUNT_WIDTH_MAX
    ):
        raise BadInput("code", "give a number of 4 to {most} digits", most=SUB_ACCOUNT_WIDTH_MAX)
    heading = heading_of(wanted)
    if wanted in SPLIT_HEADINGS or wanted == heading.code.ljust(CODE_LENGTH_MIN, "0"):
        raise BadInput("code", "give a number of 4 to {most} digits", most=SUB_ACCOUNT_WIDTH_MAX)
    await lock_books(act, company)
    known = await act.session.scalar(
        select(_account.c.id).where(_account.c.company_id == company, _account.c.code == wanted)
    )
    if known is not None:
        raise AccountExists(account_code=wanted, path=("code",))
    return await ensure_account(act, company, wanted, _name(name))


async def rename_account(act: Act, account_id: UUID | str, name: str) -> UUID:
    """This will give an account another name; its code stays. Needs JOURNAL EDIT. Raises BadInput, NotFound."""
    account = await _found(act, account_id)
    account.name = _name(name)
    account.search_text = search_text(account.code, account.name)
    await act.session.flush()
    return account.id


async def archive_account(act: Act, account_id: UUID | str, *, archived: bool) -> UUID:
    """This will put an account away, or take it out again. Needs JOURNAL EDIT.

    Raises AccountInUse where it has a balance, a draft or sub-accounts.
    """
    account = await _found(act, account_id)
    if archived:
        await _check_unused(act, account)
    account.archived_at = clock.now() if archived else None
    await act.session.flush()
    return account.id


async def draft_opening(
    act: Act,
    company_id: UUID | str,
    year: int,
    lines: Sequence[EntryLineDraft],
    *,
    request_key: str,
) -> UUID:
    """This will draft the entry with which the books begin, on the first day of a year. Needs JOURNAL EDIT.

    Only where nothing was posted before that year and no other opening stands: later years open by closing the one
    before. Raises BooksBegun, NotFound for a year that is not there, and what draft_entry raises.
    """
    company = await act.may(company_id, Scope.JOURNAL, Action.EDIT, path=("companyId",))
    await lock_books(act, company)
    starts_on = await act.session.scalar(
        select(_year.c.starts_on).where(_year.c.company_id == company, _year.c.year == year)
    )
    if starts_on is None:
        raise NotFound("fiscal year", path=("year",))
    mirror = _entry.alias("mirror")
    begun = await act.session.scalar(
        select(func.count())
        .select_from(_entry)
        .where(
            _entry.c.company_id == company,
            (_entry.c.entry_on < starts_on)
            | ((_entry.c.source == "OPENING") & (_entry.c.fiscal_year == year)),
            _entry.c.reverses_id.is_(None),
            _entry.c.request_key.is_distinct_from(request_key),
            ~select(mirror.c.id).where(mirror.c.reverses_id == _entry.c.id).exists(),
        )
    )
    if begun:
        raise BooksBegun(year=year, path=("year",))
    return await draft_entry(
        act,
        company_id=company,
        entry_on=starts_on,
        text="Asiento de apertura",
        lines=lines,
        source="OPENING",
        request_key=request_key,
    )


async def _check_unused(act: Act, account: LedgerAccount) -> None:
    row = (
        await act.session.execute(
            select(
                func.coalesce(func.sum(_line.c.debit - _line.c.credit), 0).label("balance"),
                func.count().filter(_entry.c.state == "DRAFT").label("drafts"),
            )
            .select_from(_line.join(_entry, _entry.c.id == _line.c.entry_id))
            .where(_line.c.ledger_account_id == account.id)
        )
    ).one()
    if row.balance or row.drafts or not account.is_leaf:
        raise AccountInUse(account_code=account.code, path=("id",))


async def _found(act: Act, account_id: UUID | str) -> LedgerAccount:
    account = await act.find(
        LedgerAccount, account_id, Scope.JOURNAL, Action.EDIT, what="ledger account", path=("id",), lock=False
    )
    await lock_books(act, account.company_id)
    return account


def _name(name: str) -> str:
    cleaned = name.strip()
    if not 1 <= len(cleaned) <= NAME_LENGTH_MAX:
        raise BadInput("name", "give a name of 1 to {most} signs", most=NAME_LENGTH_MAX)
    return cleaned
