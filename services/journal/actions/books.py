"""The books of a company: chart, fiscal years, the accounts that come with contacts, the lock on posting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act
from services.accounts.interface import company_table
from services.contacts.interface import contact_table
from services.journal.actions.refusals import LedgerAccountMissing
from services.journal.chart import (
    SPLIT_HEADINGS,
    SUB_ACCOUNT_WIDTH,
    ChartAccount,
    heading_of,
    is_postable,
    small_company_chart,
    sub_account_code,
    tax_sub_accounts,
)
from services.journal.models import EntryCounter, FiscalYear, LedgerAccount
from services.journal.rules.chain import GENESIS_HASH
from services.journal.rules.years import days_of
from services.kit import clock
from services.kit.errors import NotFound
from services.kit.ids import new_id
from services.kit.search import search_text

CHAIN_SERIES = "chain"
CHAIN_YEAR = 0
"""The counter row that holds the company's last chain position and hash, beside the numbers of each year."""

_account: Any = LedgerAccount.__table__  # type: ignore[attr-defined]
_counter: Any = EntryCounter.__table__  # type: ignore[attr-defined]
_year: Any = FiscalYear.__table__  # type: ignore[attr-defined]

# Written once: every posting runs these, and building a statement costs more than running it.
_CHAIN_ROW = (
    _counter.c.company_id == bindparam("of_company"),
    _counter.c.year == CHAIN_YEAR,
    _counter.c.series == CHAIN_SERIES,
)
_LOCK_CHAIN = select(_counter.c.last_number, _counter.c.last_hash).where(*_CHAIN_ROW).with_for_update()
_ADVANCE_CHAIN = (
    update(_counter).where(*_CHAIN_ROW).values(last_number=bindparam("position"), last_hash=bindparam("link"))
)
_TAKE_NUMBER = (
    update(_counter)
    .where(
        _counter.c.company_id == bindparam("of_company"),
        _counter.c.year == bindparam("of_year"),
        _counter.c.series == "",
    )
    .values(last_number=_counter.c.last_number + 1)
    .returning(_counter.c.last_number)
)
_ADD_COUNTERS = insert(_counter).on_conflict_do_nothing()
_ADD_ACCOUNTS = insert(_account).on_conflict_do_nothing()
_ADD_YEARS = insert(_year).on_conflict_do_nothing()
_ACCOUNT_OF_CONTACT = (
    select(_account.c.id, _account.c.code)
    .where(
        _account.c.company_id == bindparam("of_company"),
        _account.c.contact_id == bindparam("of_contact"),
        _account.c.code.like(bindparam("pattern")),
    )
    .order_by(_account.c.code)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Chain:
    """Where the company's chain stands: entries posted so far, and the hash of the last."""

    position: int
    hash: str


async def lock_books(act: Act, company_id: UUID) -> Chain:
    """This will hold the company's books until the transaction ends and say where its chain stands.

    Whoever numbers, posts or opens accounts takes this lock first and any other counter after it: posters of one
    company wait for each other, those of two companies never do.
    """
    asked = {"of_company": company_id}
    row = (await act.session.execute(_LOCK_CHAIN, asked)).one_or_none()
    if row is None:
        await _add_counters(act, [_counter_row(company_id, CHAIN_YEAR, CHAIN_SERIES, GENESIS_HASH)])
        row = (await act.session.execute(_LOCK_CHAIN, asked)).one()
    return Chain(row.last_number, row.last_hash)


async def advance_chain(act: Act, company_id: UUID, chain: Chain) -> None:
    """This will write where the chain stands now. The caller holds the lock of `lock_books`."""
    await act.session.execute(
        _ADVANCE_CHAIN, {"of_company": company_id, "position": chain.position, "link": chain.hash}
    )


async def next_number(act: Act, company_id: UUID, year: int) -> int:
    """This will give the next entry number of a fiscal year, from 1; a rollback gives it back, so there is no gap."""
    asked = {"of_company": company_id, "of_year": year}
    number: int | None = await act.session.scalar(_TAKE_NUMBER, asked)
    if number is None:
        await _add_counters(act, [_counter_row(company_id, year, "", "")])
        number = (await act.session.execute(_TAKE_NUMBER, asked)).scalar_one()
    return number


async def open_books(act: Act, *, company_id: UUID, years: Sequence[int]) -> None:
    """This will give a company the chart of 172 accounts with its tax sub-accounts, and fiscal years with counters.

    A year is named by the calendar year it starts in and starts in the company's month. What is there already stays,
    so another year may be opened later. The caller has checked its own scope.
    """
    companies = company_table()
    company = (
        await act.session.execute(
            select(companies.c.locale, companies.c.fiscal_year_start_month).where(
                companies.c.id == company_id
            )
        )
    ).one_or_none()
    if company is None:
        raise NotFound("company", path=("companyId",))
    rows = [
        _account_row(company_id, account.code, account, account.name(company.locale), is_leaf=is_leaf)
        for account, is_leaf in _first_accounts()
    ]
    await act.session.execute(_ADD_ACCOUNTS, rows)
    await act.session.execute(
        _ADD_YEARS,
        [_year_row(company_id, year, *days_of(year, company.fiscal_year_start_month)) for year in years],
    )
    counters = [_counter_row(company_id, year, "", "") for year in years]
    await _add_counters(act, [*counters, _counter_row(company_id, CHAIN_YEAR, CHAIN_SERIES, GENESIS_HASH)])


async def add_year(act: Act, company_id: UUID, year: int, starts_on: date, ends_on: date) -> None:
    """This will add a fiscal year with these days and its counter; one that is there stays."""
    await act.session.execute(_ADD_YEARS, [_year_row(company_id, year, starts_on, ends_on)])
    await _add_counters(act, [_counter_row(company_id, year, "", "")])


async def ensure_account(
    act: Act, company_id: UUID, code: str, name: str, contact_id: UUID | None = None
) -> UUID:
    """This will give the account with this code, made below its heading if the company has none.

    A heading with sub-accounts takes no entries any more. Raises LedgerAccountUnknown for a code below no account
    of the chart.
    """
    found: UUID | None = await act.session.scalar(_account_id(company_id, code))
    if found is not None:
        return found
    heading = heading_of(code)
    await lock_books(act, company_id)
    row = _account_row(
        company_id, code, heading, name, is_leaf=code not in SPLIT_HEADINGS, contact_id=contact_id
    )
    made: UUID | None = await act.session.scalar(
        insert(_account).values(row).on_conflict_do_nothing().returning(_account.c.id)
    )
    if made is None:
        return await act.session.scalar(_account_id(company_id, code))  # type: ignore[no-any-return]
    if heading.code != code:
        await act.session.execute(
            update(_account)
            .where(_account.c.company_id == company_id, _account.c.code == heading.code, _account.c.is_leaf)
            .values(is_leaf=False)
        )
    return made


async def contact_account(act: Act, company_id: UUID, parent: str, contact_id: UUID) -> tuple[UUID, str]:
    """This will give id and code of a contact's sub-account below 430, 400, 410 or another third-party heading.

    A missing one is made with the next free number and the contact's name. Raises NotFound for a contact of another
    company.
    """
    stem = parent.ljust(4, "0")
    asked = {"of_company": company_id, "of_contact": contact_id, "pattern": f"{stem}%"}
    found = (await act.session.execute(_ACCOUNT_OF_CONTACT, asked)).one_or_none()
    if found is None:
        await lock_books(act, company_id)
        found = (await act.session.execute(_ACCOUNT_OF_CONTACT, asked)).one_or_none()
    if found is not None:
        return found.id, found.code
    contacts = contact_table()
    name: str | None = await act.session.scalar(
        select(contacts.c.name).where(contacts.c.id == contact_id, contacts.c.company_id == company_id)
    )
    if name is None:
        raise NotFound("contact", path=("contactId",))
    highest: str | None = await act.session.scalar(
        select(func.max(_account.c.code)).where(
            _account.c.company_id == company_id,
            _account.c.code.like(f"{stem}%"),
            func.length(_account.c.code) == SUB_ACCOUNT_WIDTH,
        )
    )
    code = sub_account_code(parent, int(highest[len(stem) :]) + 1 if highest else 1)
    return await ensure_account(act, company_id, code, name, contact_id), code


async def tax_account(act: Act, company_id: UUID, code: str) -> UUID:
    """This will give the tax sub-account with this code, made when the books lack it.

    Raises LedgerAccountMissing for any other code.
    """
    account = _tax_accounts().get(code)
    if account is None:
        raise LedgerAccountMissing(path=("lines",), account_code=code)
    company = company_table()
    locale = (
        await act.session.execute(select(company.c.locale).where(company.c.id == company_id))
    ).scalar_one()
    return await ensure_account(act, company_id, code, account.name(locale))


@cache
def _first_accounts() -> tuple[tuple[ChartAccount, bool], ...]:
    """What books start with, each with whether it takes entries."""
    accounts = [
        *small_company_chart(),
        *tax_sub_accounts("472").values(),
        *tax_sub_accounts("477").values(),
    ]
    codes = {account.code for account in accounts}
    return tuple((account, is_postable(account.code, codes)) for account in accounts)


@cache
def _tax_accounts() -> Mapping[str, ChartAccount]:
    return {
        account.code: account
        for parent in ("472", "477")
        for past in (False, True)
        for account in tax_sub_accounts(parent, past=past).values()
    }


@cache
def tax_account_codes(parent: str) -> Mapping[tuple[str, Decimal], str]:
    """This will give the codes of the tax sub-accounts of 472 or 477 by (regime, rate)."""
    known = {**tax_sub_accounts(parent, past=True), **tax_sub_accounts(parent)}
    return {key: account.code for key, account in known.items()}


def _account_id(company_id: UUID, code: str) -> Any:
    return select(_account.c.id).where(_account.c.company_id == company_id, _account.c.code == code)


def _account_row(
    company_id: UUID,
    code: str,
    heading: ChartAccount,
    name: str,
    *,
    is_leaf: bool,
    contact_id: UUID | None = None,
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "company_id": company_id,
        "code": code,
        "name": name,
        "search_text": search_text(code, name),
        "type": heading.type.value,
        "is_leaf": is_leaf,
        "contact_id": contact_id,
        "created_at": clock.now(),
    }


def _year_row(company_id: UUID, year: int, starts_on: date, ends_on: date) -> dict[str, Any]:
    return {
        "id": new_id(),
        "company_id": company_id,
        "year": year,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }


def _counter_row(company_id: UUID, year: int, series: str, last_hash: str) -> dict[str, Any]:
    return {
        "company_id": company_id,
        "year": year,
        "series": series,
        "last_number": 0,
        "last_hash": last_hash,
    }


async def _add_counters(act: Act, rows: list[dict[str, Any]]) -> None:
    await act.session.execute(_ADD_COUNTERS, rows)
