"""Importing bank statements: all of a file or nothing, each line once."""

import asyncio
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Date, DateTime, Numeric, Text, Uuid, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.banking.actions.order import take_turn
from services.banking.actions.proposals import look_again
from services.banking.formats.norma43 import read_norma43
from services.banking.models import BankAccount, BankLine, BankStatement
from services.banking.rules.controls import check_continuity
from services.banking.rules.fingerprints import fingerprints, identity_of, statement_key
from services.banking.rules.statements import (
    Movement,
    Statement,
    StatementFile,
    StatementWarning,
    WarningCode,
)
from services.kit import clock
from services.kit.db import table_of
from services.kit.errors import NotFound, Refused
from services.kit.ids import new_id
from services.kit.money import ZERO, total
from services.kit.search import search_text
from services.kit.storage import Store
from services.uploads.interface import take_upload

_account = table_of(BankAccount)
_statement = table_of(BankStatement)
_line = table_of(BankLine)

_COLUMNS: dict[str, Any] = {
    "id": Uuid(),
    "bank_account_id": Uuid(),
    "statement_id": Uuid(),
    "operation_on": Date(),
    "value_on": Date(),
    "amount": Numeric(14, 2),
    "currency": Text(),
    "text": Text(),
    "search_text": Text(),
    "reference": Text(),
    "concept": Text(),
    "fingerprint": Text(),
    "state": Text(),
}
"""What differs from line to line, in the order of the rows below."""


class BankAccountUnknown(Refused):
    """The file holds an account that the company has not added; nothing of the file was imported."""

    code = "BANK_ACCOUNT_UNKNOWN"
    sentence = (
        "The file is about account {iban}, which this company does not have here. Add it and import again."
    )


class StatementCurrencyDiffers(Refused):
    """The file states another currency than the account has."""

    code = "STATEMENT_CURRENCY_DIFFERS"
    sentence = "The file states account {iban} in {found}, it is kept in {kept}."


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What an import did. `known_count` are lines that were there before; warnings are of all the file, new or not."""

    statement_ids: tuple[UUID, ...]
    added_count: int
    known_count: int
    warnings: tuple[StatementWarning, ...]


async def import_uploaded_statement(
    act: Act, store: Store, *, company_id: UUID | str, upload_id: UUID | str, request_key: str | None = None
) -> ImportedFile:
    """This will import a file that was uploaded for this company, see `import_statement`.

    Raises NotFound for an upload of somebody else or for another purpose.
    """
    company = await act.may(company_id, Scope.BANKING, Action.EDIT, path=("input", "companyId"))
    upload = await take_upload(act, upload_id, "STATEMENT")
    if upload.company_id != company:
        raise NotFound("upload", path=("input", "uploadId"))
    content = await store.get(upload.sha256)
    return await import_statement(
        act, company_id=company, filename=upload.filename, content=content, request_key=request_key
    )


async def import_statement(
    act: Act, *, company_id: UUID | str, filename: str, content: bytes, request_key: str | None = None
) -> ImportedFile:
    """This will import every account of a Norma 43 file, or nothing; a file or line that is known adds nothing.

    Needs BANKING EDIT. Controls that fail are kept as warnings of their statement. The same request key gives the
    first result. Raises what `read_norma43` raises, BankAccountUnknown, StatementCurrencyDiffers.
    """
    company = await act.may(company_id, Scope.BANKING, Action.EDIT, path=("input", "companyId"))
    await take_turn(act, company)
    if request_key is not None:
        done = await _statements(act, company, _statement.c.request_key == request_key)
        if done:
            return _result(done, sum(statement.added_count for statement in done))
    digest = hashlib.sha256(content).hexdigest()
    done = await _statements(act, company, _statement.c.file_sha256 == digest)
    if done:
        return _result(done, 0)

    # Fifty thousand lines take a second to read; other requests go on meanwhile.
    file = await asyncio.to_thread(read_norma43, content)
    accounts = await _accounts(act, company, file.statements)
    known, entered = await _enter_statements(act, company, accounts, file)
    for statement in entered.values():
        statement.filename, statement.file_sha256, statement.request_key = filename, digest, request_key
        act.session.add(statement)
    await act.session.flush()

    ids = known | {key: statement.id for key, statement in entered.items()}
    movements = _movements(file.statements)
    added = await _insert_lines(act, company, movements, accounts, ids)
    for statement in entered.values():
        statement.added_count = added.get(statement.id, 0)
    await act.session.flush()
    added_count = sum(added.values())
    if added_count:
        await look_again(act, company)
    return ImportedFile(
        statement_ids=tuple(ids.values()),
        added_count=added_count,
        known_count=len(movements) - added_count,
        warnings=tuple(_said(file, entered)),
    )


def restored_warnings(stored: Sequence[dict[str, Any]]) -> tuple[StatementWarning, ...]:
    """This will read warnings as they stand in the table."""
    return tuple(StatementWarning(WarningCode(one["code"]), one["values"]) for one in stored)


def _stored(warnings: Sequence[StatementWarning]) -> list[dict[str, Any]]:
    return [{"code": one.code.value, "values": dict(one.values)} for one in warnings]


def _result(statements: Sequence[BankStatement], added_count: int) -> ImportedFile:
    return ImportedFile(
        statement_ids=tuple(statement.id for statement in statements),
        added_count=added_count,
        known_count=sum(statement.line_count for statement in statements) - added_count,
        warnings=tuple(warning for one in statements for warning in restored_warnings(one.warnings)),
    )


async def _statements(act: Act, company_id: UUID, condition: Any) -> Sequence[BankStatement]:
    found = await act.session.scalars(
        select(BankStatement)
        .where(_statement.c.company_id == company_id, condition)
        .order_by(_statement.c.id)
    )
    return found.all()


async def _accounts(act: Act, company_id: UUID, statements: Sequence[Statement]) -> dict[str, BankAccount]:
    """The company's accounts that the file is about, by IBAN. Raises for the first that is not one of them."""
    ibans = {statement.iban for statement in statements}
    found = await act.session.scalars(
        select(BankAccount).where(_account.c.company_id == company_id, _account.c.iban.in_(ibans))
    )
    accounts = {account.iban: account for account in found if account.iban is not None}
    for statement in statements:
        account = accounts.get(statement.iban)
        if account is None:
            raise BankAccountUnknown(path=("input", "uploadId"), iban=statement.iban)
        if account.currency != statement.currency:
            raise StatementCurrencyDiffers(
                path=("input", "uploadId"),
                iban=statement.iban,
                found=statement.currency,
                kept=account.currency,
            )
    return accounts


async def _enter_statements(
    act: Act, company_id: UUID, accounts: dict[str, BankAccount], file: StatementFile
) -> tuple[dict[str, UUID], dict[str, BankStatement]]:
    """Ids of the statements that are there already, and those to add, by statement key, in the order of the file."""
    keys = [statement_key(statement) for statement in file.statements]
    rows = await act.session.execute(
        select(_statement.c.statement_key, _statement.c.id).where(
            _statement.c.company_id == company_id,
            _statement.c.statement_key.in_(keys),
        )
    )
    known: dict[str, UUID] = {row[0]: row[1] for row in rows}
    entered: dict[str, BankStatement] = {}
    for key, statement in zip(keys, file.statements, strict=True):
        if key in known or key in entered:
            continue
        # What concerns the file as a whole stands on its first new statement.
        warnings = [*(() if entered else file.warnings), *statement.warnings]
        account = accounts[statement.iban]
        warnings += await _continuity(act, account, statement, [*entered.values()])
        movements = total(movement.amount for movement in statement.movements)
        closing = statement.closing_balance
        entered[key] = BankStatement(
            id=new_id(),
            company_id=company_id,
            bank_account_id=account.id,
            filename="",
            file_sha256="",
            statement_key=key,
            first_day=statement.first_on,
            last_day=statement.last_on,
            opening_balance=statement.opening_balance,
            closing_balance=statement.opening_balance + movements if closing is None else closing,
            line_count=len(statement.movements),
            warnings=_stored(warnings),
            imported_by=act.viewer.id,
        )
    return known, entered


async def _continuity(
    act: Act, account: BankAccount, statement: Statement, earlier: Sequence[BankStatement]
) -> tuple[StatementWarning, ...]:
    """Compares with the statement before of the same account: imported earlier or standing earlier in the file."""
    stored = await act.session.scalar(
        select(BankStatement)
        .where(_statement.c.bank_account_id == account.id, _statement.c.first_day <= statement.first_on)
        .order_by(_statement.c.last_day.desc(), _statement.c.id.desc())
        .limit(1)
    )
    same = [
        one for one in earlier if one.bank_account_id == account.id and one.first_day <= statement.first_on
    ]
    before = max([*same, *([stored] if stored else [])], key=lambda one: one.last_day, default=None)
    if before is None:
        return ()
    return check_continuity(
        statement, previous_last_on=before.last_day, previous_closing=before.closing_balance
    )


def _said(file: StatementFile, entered: dict[str, BankStatement]) -> Iterator[StatementWarning]:
    """The warnings of a file: those kept with what is new, and those of what is known, which this file keeps nowhere.

    A copy whose end is cut off adds nothing either, and looks complete only because the whole came before.
    """
    if not entered:
        yield from file.warnings
    for key, statement in _by_key(file.statements).items():
        new = entered.get(key)
        yield from statement.warnings if new is None else restored_warnings(new.warnings)


def _movements(statements: Sequence[Statement]) -> list[tuple[Statement, Movement]]:
    """All movements of a file."""
    return [(one, movement) for one in _by_key(statements).values() for movement in one.movements]


def _by_key(statements: Sequence[Statement]) -> dict[str, Statement]:
    """The statements in order; one that stands in the file twice (files that somebody joined) is taken once."""
    unique: dict[str, Statement] = {}
    for statement in statements:
        unique.setdefault(statement_key(statement), statement)
    return unique


async def _insert_lines(
    act: Act,
    company_id: UUID,
    movements: Sequence[tuple[Statement, Movement]],
    accounts: dict[str, BankAccount],
    statement_ids: dict[str, UUID],
) -> dict[UUID, int]:
    """One statement for all lines; gives how many were new by statement."""
    if not movements:
        return {}
    marks = await asyncio.to_thread(
        fingerprints, [identity_of(statement, movement) for statement, movement in movements]
    )
    ids = {
        id(one): statement_ids[statement_key(one)] for one in {id(one): one for one, _ in movements}.values()
    }
    rows = [
        _row(movement, accounts[statement.iban], ids[id(statement)], mark)
        for (statement, movement), mark in zip(movements, marks, strict=True)
    ]
    columns = zip(*rows, strict=True)
    arrays = [
        bindparam(name, list(values), type_=ARRAY(kind))
        for (name, kind), values in zip(_COLUMNS.items(), columns, strict=True)
    ]
    given = func.unnest(*arrays).table_valued(*_COLUMNS).render_derived("given")
    defaults = {
        "company_id": bindparam("company_id", company_id, Uuid()),
        "settled_amount": bindparam("settled_amount", ZERO, Numeric(14, 2)),
        "proposed_reasons": func.jsonb_build_array(),
        "created_at": bindparam("created_at", clock.now(), DateTime(timezone=True)),
    }
    chosen = select(*(given.c[name] for name in _COLUMNS), *defaults.values())
    made = (
        insert(_line)
        .from_select([*_COLUMNS, *defaults], chosen, include_defaults=False)
        .on_conflict_do_nothing(index_elements=["bank_account_id", "fingerprint"])
        .returning(_line.c.statement_id)
        .cte("made")
    )
    counted = await act.session.execute(
        select(made.c.statement_id, func.count()).group_by(made.c.statement_id)
    )
    return {row[0]: row[1] for row in counted}


def _row(movement: Movement, account: BankAccount, statement_id: UUID, mark: str) -> tuple[Any, ...]:
    reference = " ".join(movement.references) or None
    size = abs(movement.amount)
    return (
        new_id(),
        account.id,
        statement_id,
        movement.operation_on,
        movement.value_on,
        movement.amount,
        account.currency,
        movement.text,
        # People look for an amount as they read it: 1210.00, 1210,00 or 1.210,00.
        search_text(movement.text, reference, f"{size}", f"{size}".replace(".", ","), _grouped(f"{size:,}")),
        reference,
        movement.common_concept or None,
        mark,
        # A movement of zero leaves nothing to reconcile.
        "NEW" if movement.amount else "IGNORED",
    )


def _grouped(amount: str) -> str:
    return amount.translate(str.maketrans(",.", ".,"))
