"""Reconciling a bank line with documents, and taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from services.access.interface import Act, as_id
from services.access.policy import Action, Scope
from services.accounts.interface import company_table
from services.banking.actions.order import take_turn
from services.banking.actions.proposals import look_again
from services.banking.actions.traces import traces_of
from services.banking.models import BankAccount, BankLine, Reconciliation
from services.banking.rules.signals import Direction
from services.banking.rules.targets import LineState, LineToReconcile, Target, validate_targets
from services.documents.interface import document_table, settle, unsettle
from services.journal.interface import (
    EntryLineDraft,
    journal_entry_table,
    journal_line_table,
    ledger_account_table,
    post_entry,
    reverse_entry,
)
from services.kit import clock
from services.kit.db import table_of
from services.kit.errors import NotFound, Refused
from services.kit.ids import new_id
from services.kit.money import ZERO, total

_account = table_of(BankAccount)
_line = table_of(BankLine)
_reconciliation = table_of(Reconciliation)

TEXT_LENGTH_MAX = 120
THIRD_PARTIES = ("430", "400", "410", "523")
"""Groups a document's contact stands in: customers, suppliers, creditors, suppliers of fixed assets."""

_document, _ledger, _entry_line = document_table(), ledger_account_table(), journal_line_table()

# Written once: every reconciliation runs these, and building a statement costs more than running it.
_LOCKED_LINE = (
    select(BankLine)
    .where(_line.c.id == bindparam("of_line"))
    .with_for_update()
    .execution_options(populate_existing=True)
)
_DONE = select(Reconciliation).where(
    _reconciliation.c.company_id == bindparam("of_company"),
    _reconciliation.c.request_key == bindparam("key"),
)
_LOCKED_DOCUMENTS = (
    select(
        _document.c.id,
        _document.c.number,
        _document.c.status,
        _document.c.side,
        _document.c.kind,
        _document.c.currency,
        _document.c.outstanding,
        _document.c.contact_id,
        _document.c.entry_id,
    )
    .where(
        _document.c.company_id == bindparam("of_company"),
        _document.c.id.in_(bindparam("documents", expanding=True)),
    )
    .order_by(_document.c.id)
    .with_for_update()
)
_company = company_table()
_BOOKED = (
    select(_company.c.currency, _ledger.c.code)
    .select_from(_account)
    .join(_ledger, _ledger.c.id == _account.c.ledger_account_id)
    .join(_company, _company.c.id == _account.c.company_id)
    .where(_account.c.id == bindparam("of_account"))
)
_COUNTER_CODES = (
    select(_entry_line.c.entry_id, _ledger.c.code)
    .join(_ledger, _ledger.c.id == _entry_line.c.ledger_account_id)
    .where(
        _entry_line.c.entry_id.in_(bindparam("entries", expanding=True)),
        _ledger.c.code.op("~")(f"^({'|'.join(THIRD_PARTIES)})"),
    )
    .order_by(_entry_line.c.entry_id, _entry_line.c.position.desc())
)

_OPEN = ("APPROVED", "PARTLY_PAID")
_LINE_OPEN = (LineState.NEW, LineState.PROPOSED, LineState.PARTLY)


class DocumentNotOpen(Refused):
    """The document is a draft, cancelled or paid; only what is posted and open can be settled."""

    code = "DOCUMENT_NOT_OPEN"
    sentence = "Document {number} is not open: its state is {status}."
    words = frozenset({"status"})


class CurrencyNotBooked(Refused):
    """The account is not in the currency of the books; its payments need an exchange rate."""

    code = "CURRENCY_NOT_BOOKED"
    sentence = (
        "The line is in {currency}, the books are kept in {booked}: this cannot be posted without a rate."
    )


class ReconciliationUndone(Refused):
    """Somebody has undone it already."""

    code = "RECONCILIATION_UNDONE"
    sentence = "This has been undone already."


class UndoInLockedPeriod(Refused):
    """The day of the line is locked now, so the books of that day cannot become what they were."""

    code = "PERIOD_LOCKED"
    sentence = "The books are locked on {day}: this can no longer be undone. Open the period first."


class RequestKeyUsed(Refused):
    """The key belongs to another act; nothing was done."""

    code = "REQUEST_KEY_USED"
    sentence = "This request key was used for another line."


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTarget:
    """A document and how much of it (positive) the line shall settle."""

    document_id: UUID | str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """The line, and the token that undoes this and nothing else."""

    line_id: UUID
    reconciliation_id: UUID
    entry_id: UUID


async def reconcile(
    act: Act, line_id: UUID | str, targets: Sequence[AskedTarget], *, request_key: str
) -> Reconciled:
    """This will settle documents with a bank line and post that as one entry dated on the day of the line.

    Money in debits the bank and credits each customer, money out debits each supplier and credits the bank. The same
    request key gives the first result. Needs BANKING EDIT, and VIEW of the documents' side. Raises NotFound, Denied,
    a TargetRefused (line done, wrong way, currency or amount), DocumentNotOpen, CurrencyNotBooked, what `post_entry`
    raises (locked period).
    """
    seen = await act.find(
        BankLine, line_id, Scope.BANKING, Action.EDIT, what="bank line", path=("input", "lineId"), lock=False
    )
    await take_turn(act, seen.company_id)
    line = await _locked_line(act, seen.id)
    done = await act.session.scalar(_DONE, {"of_company": line.company_id, "key": request_key})
    if done is not None:
        if done.bank_line_id != line.id:
            raise RequestKeyUsed(path=("input", "requestKey"))
        return Reconciled(line_id=line.id, reconciliation_id=done.id, entry_id=done.entry_id)

    side = Scope.SALES if line.amount > ZERO else Scope.PURCHASES
    await act.may(line.company_id, side, Action.VIEW, path=("input", "targets"))
    documents = await _locked_documents(act, line, targets)
    for other in {Scope[document.side] for document in documents.values()} - {side}:
        # What is refused about a document (its number, its state) is told only to those who may see it.
        await act.may(line.company_id, other, Action.VIEW, path=("input", "targets"))
    chosen = [_target(documents, asked) for asked in targets]
    if line.state in _LINE_OPEN:
        _check_open(documents, chosen)
    validate_targets(
        LineToReconcile(
            amount=line.amount,
            settled=line.settled_amount,
            currency=line.currency,
            state=LineState(line.state),
        ),
        chosen,
    )
    bank_code = await _bank_code(act, line)
    return await _post(act, line, chosen, documents, bank_code=bank_code, request_key=request_key)


async def undo(act: Act, token: UUID | str) -> UUID:
    """This will take back one reconciliation: its entry is reversed, its documents are open again, the line as before.

    Other reconciliations of the line or the documents stay. Gives the line. Needs BANKING EDIT. Raises NotFound,
    ReconciliationUndone, UndoInLockedPeriod, what `reverse_entry` raises (closed year).
    """
    found = await act.find(
        Reconciliation, token, Scope.BANKING, Action.EDIT, what="reconciliation", path=("token",), lock=False
    )
    await take_turn(act, found.company_id)
    line = await _locked_line(act, found.bank_line_id)
    await act.session.refresh(found, with_for_update=True)
    if found.undone_at is not None:
        raise ReconciliationUndone(path=("token",))
    now = clock.now()
    contacts = await _contacts_of(act, found.entry_id)
    before = await traces_of(act.session, line.company_id, contacts)
    found.reversal_entry_id = await reverse_entry(act, found.entry_id, on=line.operation_on)
    entry = journal_entry_table()
    reversed_on = await act.session.scalar(
        select(entry.c.entry_on).where(entry.c.id == found.reversal_entry_id)
    )
    if reversed_on != line.operation_on:
        # The journal moves a reversal behind a lock; here that would leave the day as it is, which is no undoing.
        raise UndoInLockedPeriod(path=("token",), day=line.operation_on)
    await unsettle(act, entry_id=found.entry_id, at=now)
    found.undone_at, found.undone_by = now, act.viewer.id
    line.settled_amount -= found.amount
    line.state = LineState.PARTLY if line.settled_amount else LineState.NEW
    await act.session.flush()
    traces = before | await traces_of(act.session, line.company_id, contacts)
    await look_again(act, line.company_id, traces.with_line(line.id))
    return line.id


async def _locked_line(act: Act, line_id: UUID) -> BankLine:
    found: BankLine | None = await act.session.scalar(_LOCKED_LINE, {"of_line": line_id})
    if found is None:
        raise NotFound("bank line")
    return found


async def _locked_documents(act: Act, line: BankLine, targets: Sequence[AskedTarget]) -> dict[UUID, Any]:
    """The documents by id, locked in the order of their ids so that two acts never hold what the other needs."""
    ids = {as_id(target.document_id, "document", ("input", "targets")) for target in targets}
    rows = await act.session.execute(
        _LOCKED_DOCUMENTS, {"of_company": line.company_id, "documents": sorted(ids)}
    )
    return {row.id: row for row in rows}


def _target(documents: dict[UUID, Any], asked: AskedTarget) -> Target:
    path = ("input", "targets")
    document = documents.get(as_id(asked.document_id, "document", path))
    if document is None:
        raise NotFound("document", path=path)
    return Target(
        document_id=document.id,
        number=document.number or "",
        amount=asked.amount,
        outstanding=document.outstanding,
        direction=Direction.IN if document.side == "SALES" else Direction.OUT,
        currency=document.currency,
    )


def _check_open(documents: dict[UUID, Any], chosen: Sequence[Target]) -> None:
    """Only what has an entry of its own and is not settled yet; an approved order owes nothing."""
    for target in chosen:
        document = documents[target.document_id]
        if document.status not in _OPEN or document.entry_id is None:
            raise DocumentNotOpen(path=("input", "targets"), number=target.number, status=document.status)


async def _bank_code(act: Act, line: BankLine) -> str:
    """The ledger account of the line's bank account. Raises CurrencyNotBooked for a line in another currency."""
    booked = (await act.session.execute(_BOOKED, {"of_account": line.bank_account_id})).one()
    if line.currency != booked.currency:
        raise CurrencyNotBooked(path=("input", "lineId"), currency=line.currency, booked=booked.currency)
    return str(booked.code)


async def _post(
    act: Act,
    line: BankLine,
    chosen: Sequence[Target],
    documents: dict[UUID, Any],
    *,
    bank_code: str,
    request_key: str,
) -> Reconciled:
    reconciliation = Reconciliation(
        id=new_id(),
        company_id=line.company_id,
        bank_line_id=line.id,
        entry_id=line.id,
        amount=total(target.amount for target in chosen),
        request_key=request_key,
        created_by=act.viewer.id,
    )
    numbers = ", ".join(target.number for target in chosen if target.number)
    contacts = [documents[target.document_id].contact_id for target in chosen]
    before = await traces_of(act.session, line.company_id, contacts)
    text = f"{line.text or line.reference or ''} {numbers}".strip()[:TEXT_LENGTH_MAX]
    reconciliation.entry_id = await post_entry(
        act,
        company_id=line.company_id,
        entry_on=line.operation_on,
        text=text,
        lines=await _entry_lines(act, line, chosen, documents, bank_code=bank_code, text=text),
        source="RECONCILIATION",
        source_id=reconciliation.id,
        request_key=f"reconciliation:{reconciliation.id}",
    )
    for target in chosen:
        await settle(
            act,
            document_id=target.document_id,
            entry_id=reconciliation.entry_id,
            amount=target.amount,
            on=line.operation_on,
        )
    act.session.add(reconciliation)
    line.settled_amount += reconciliation.amount
    line.state = LineState.MATCHED if line.settled_amount == abs(line.amount) else LineState.PARTLY
    line.proposed_document_id, line.proposed_certainty, line.proposed_reasons = None, None, []
    await act.session.flush()
    await look_again(act, line.company_id, before | await traces_of(act.session, line.company_id, contacts))
    return Reconciled(line_id=line.id, reconciliation_id=reconciliation.id, entry_id=reconciliation.entry_id)


async def _entry_lines(
    act: Act,
    line: BankLine,
    chosen: Sequence[Target],
    documents: dict[UUID, Any],
    *,
    bank_code: str,
    text: str,
) -> list[EntryLineDraft]:
    """The bank in one line, each document in one: on the account where its own entry put the contact."""
    codes = await _counter_codes(act, [documents[target.document_id].entry_id for target in chosen])
    amount = total(target.amount for target in chosen)
    is_in = line.amount > ZERO
    bank = EntryLineDraft(
        account_code=bank_code,
        debit=amount if is_in else ZERO,
        credit=ZERO if is_in else amount,
        contact_id=None,
        text=text,
    )
    settled = []
    for target in chosen:
        document = documents[target.document_id]
        settled.append(
            EntryLineDraft(
                account_code=codes[document.entry_id],
                debit=ZERO if is_in else target.amount,
                credit=target.amount if is_in else ZERO,
                contact_id=document.contact_id,
                text=f"{target.number} {text}".strip()[:TEXT_LENGTH_MAX],
            )
        )
    return [bank, *settled] if is_in else [*settled, bank]


async def _counter_codes(act: Act, entry_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Where each document's entry put its customer or supplier, so that the settlement empties the same account."""
    rows = await act.session.execute(_COUNTER_CODES, {"entries": entry_ids})
    return {row[0]: row[1] for row in rows}


async def _contacts_of(act: Act, entry_id: UUID) -> list[UUID]:
    lines = journal_line_table()
    found = await act.session.scalars(
        select(lines.c.contact_id)
        .where(lines.c.entry_id == entry_id, lines.c.contact_id.is_not(None))
        .distinct()
    )
    return list(found)
