"""Reconciling a bank line with documents and accounts, and taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.accounts.interface import company_table
from services.banking.actions.chosen import (
    TEXT_LENGTH_MAX,
    AskedPart,
    AskedTarget,
    check_open,
    chosen_parts,
    chosen_targets,
    entry_lines,
    locked_documents,
    settled_amount,
)
from services.banking.actions.order import take_turn
from services.banking.actions.proposals import forget_proposal, look_again
from services.banking.actions.traces import traces_of
from services.banking.models import BankAccount, BankLine, Reconciliation
from services.banking.rules.differences import Difference, closing_part
from services.banking.rules.targets import LineState, LineToReconcile, Part, Target, validate_targets
from services.documents.interface import give_back, rate_on, settle, unsettle
from services.journal.interface import (
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
from services.kit.money import ZERO

_account = table_of(BankAccount)
_line = table_of(BankLine)
_reconciliation = table_of(Reconciliation)

ONE = Decimal(1)

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
_company, _ledger = company_table(), ledger_account_table()
_BOOKED = (
    select(_company.c.currency, _ledger.c.code)
    .select_from(_account)
    .join(_ledger, _ledger.c.id == _account.c.ledger_account_id)
    .join(_company, _company.c.id == _account.c.company_id)
    .where(_account.c.id == bindparam("of_account"))
)
_LINE_OPEN = (LineState.NEW, LineState.PROPOSED, LineState.PARTLY)


class CurrencyNotBooked(Refused):
    """The account is not in the currency of the books; its payments need an exchange rate."""

    code = "CURRENCY_NOT_BOOKED"
    sentence = (
        "The line is in {currency}, the books are kept in {booked}: this cannot be posted without a rate."
    )


class RateNotNeeded(Refused):
    """A rate was given for a line in the currency of the books, or one that is none."""

    code = "RATE_NOT_NEEDED"
    sentence = "{rate} is no exchange rate for a line in {currency}, the books are kept in {booked}."


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
class Reconciled:
    """The line, and the token that undoes this and nothing else."""

    line_id: UUID
    reconciliation_id: UUID
    entry_id: UUID


async def reconcile(
    act: Act,
    line_id: UUID | str,
    targets: Sequence[AskedTarget],
    parts: Sequence[AskedPart] = (),
    *,
    difference: Difference | None = None,
    exchange_rate: Decimal | None = None,
    request_key: str,
) -> Reconciled:
    """This will settle documents with a bank line and post that as one entry dated on the day of the line.

    Money in debits the bank and credits each customer, money out debits each supplier and credits the bank; credit
    notes go the other way, and so does what is given back of a paid document (rule 16). `parts` take the rest to other
    accounts: a fee (rules 14, 15), what nobody knows yet (555, rule 30). A `difference` closes line and documents:
    cents written off, a fee, a discount. A line in another currency than the books is posted at `exchange_rate`, or at
    the company's own rate of that day; what was booked differently goes to 668 or 768 (rule 29). The same request key
    gives the first result. Needs BANKING EDIT, VIEW of the documents' sides, and JOURNAL EDIT for parts and for a
    difference of more than cents. Raises NotFound, Denied, a TargetRefused (line done, wrong way, currency, amount or
    difference), DocumentNotOpen, NothingToGiveBack, PartNeedsContact, CurrencyNotBooked, RateNotNeeded, what
    `post_entry` raises (locked period, an account that is not there).
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

    documents = await locked_documents(act, line.company_id, targets)
    sides = {Scope[document.side] for document in documents.values()}
    if len(documents) < len(targets):
        sides.add(Scope.SALES if line.amount > ZERO else Scope.PURCHASES)
    for side in sorted(sides):
        # What is refused about a document (its number, its state) is told only to those who may see it.
        await act.may(line.company_id, side, Action.VIEW, path=("input", "targets"))
    if parts or difference in (Difference.FEE, Difference.DISCOUNT):
        path = ("input", "parts" if parts else "difference")
        await act.may(line.company_id, Scope.JOURNAL, Action.EDIT, path=path)
    chosen, coded = await chosen_targets(act, documents, targets), chosen_parts(parts)
    known = LineToReconcile(
        amount=line.amount,
        settled=line.settled_amount,
        currency=line.currency,
        state=LineState(line.state),
    )
    if line.state in _LINE_OPEN:
        check_open(documents, chosen)
        if difference is not None:
            coded = [*coded, closing_part(difference, known, chosen, coded)]
    settled = validate_targets(known, chosen, coded)
    reconciliation = Reconciliation(
        id=new_id(),
        company_id=line.company_id,
        bank_line_id=line.id,
        entry_id=line.id,
        amount=settled,
        request_key=request_key,
        created_by=act.viewer.id,
    )
    booked = await _booked(act, line, exchange_rate)
    return await _post(act, line, reconciliation, documents, chosen=chosen, parts=coded, booked=booked)


async def undo(act: Act, token: UUID | str) -> UUID:
    """This will take back one reconciliation: its entry is reversed, its documents are open again, the line as before.

    Other reconciliations of the line or the documents stay. Gives the line. Needs BANKING EDIT. Raises NotFound,
    ReconciliationUndone, UndoInLockedPeriod, GivenBackSince for a payment of which money went back, what
    `reverse_entry` raises (closed year).
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


async def _booked(act: Act, line: BankLine, exchange_rate: Decimal | None) -> tuple[str, Decimal]:
    """The ledger account of the line's bank account, and what one unit of its currency is worth in the books.

    Raises CurrencyNotBooked where nobody said, RateNotNeeded.
    """
    booked = (await act.session.execute(_BOOKED, {"of_account": line.bank_account_id})).one()
    said = {"currency": line.currency, "booked": booked.currency}
    if exchange_rate is not None and (exchange_rate <= 0 or line.currency == booked.currency):
        raise RateNotNeeded(path=("input", "exchangeRate"), rate=str(exchange_rate), **said)
    if line.currency == booked.currency:
        return str(booked.code), ONE
    rate = exchange_rate or await rate_on(act, line.company_id, line.currency, line.operation_on)
    if rate is None:
        raise CurrencyNotBooked(path=("input", "exchangeRate"), **said)
    return str(booked.code), rate


async def _post(
    act: Act,
    line: BankLine,
    reconciliation: Reconciliation,
    documents: dict[UUID, Any],
    *,
    chosen: Sequence[Target],
    parts: Sequence[Part],
    booked: tuple[str, Decimal],
) -> Reconciled:
    bank_code, rate = booked
    numbers = ", ".join(target.number for target in chosen if target.number)
    contacts = [documents[target.document_id].contact_id for target in chosen]
    before = await traces_of(act.session, line.company_id, contacts)
    text = f"{line.text or line.reference or ''} {numbers}".strip()[:TEXT_LENGTH_MAX]
    reconciliation.entry_id = await post_entry(
        act,
        company_id=line.company_id,
        entry_on=line.operation_on,
        text=text,
        lines=await entry_lines(
            act, line, documents, chosen, parts, bank_code=bank_code, rate=rate, text=text
        ),
        source="RECONCILIATION",
        source_id=reconciliation.id,
        request_key=f"reconciliation:{reconciliation.id}",
    )
    for target in chosen:
        await (give_back if target.gives_back else settle)(
            act,
            document_id=target.document_id,
            entry_id=reconciliation.entry_id,
            amount=settled_amount(documents[target.document_id], target),
            on=line.operation_on,
        )
    act.session.add(reconciliation)
    line.settled_amount += reconciliation.amount
    line.state = LineState.MATCHED if line.settled_amount == abs(line.amount) else LineState.PARTLY
    forget_proposal(line)
    await act.session.flush()
    await look_again(act, line.company_id, before | await traces_of(act.session, line.company_id, contacts))
    return Reconciled(line_id=line.id, reconciliation_id=reconciliation.id, entry_id=reconciliation.entry_id)


async def _contacts_of(act: Act, entry_id: UUID) -> list[UUID]:
    lines = journal_line_table()
    found = await act.session.scalars(
        select(lines.c.contact_id)
        .where(lines.c.entry_id == entry_id, lines.c.contact_id.is_not(None))
        .distinct()
    )
    return list(found)
