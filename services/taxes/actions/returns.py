"""The way of a return: prepared by the firm, approved, filed. What was filed is kept."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.journal.interface import lock_filed_period
from services.kit import clock
from services.kit.db import table_of
from services.kit.errors import BadInput
from services.kit.ids import new_id
from services.kit.money import ZERO
from services.taxes.actions.periods import draft_now, named_return
from services.taxes.actions.refusals import (
    ComplementaryLowers,
    ModelNotComputed,
    PeriodNotOver,
    ReturnNotInState,
)
from services.taxes.actions.settling import post_settlement
from services.taxes.models import TaxReturn
from services.taxes.rules.corrections import only_adds
from services.taxes.rules.due_dates import due_on
from services.taxes.rules.models import TaxModel, TaxPeriod
from services.taxes.rules.profile import NOT_COMPUTED
from services.taxes.rules.results import Figures
from services.taxes.rules.vat_303 import ResultType

RECEIPT_DIGITS = 13
VERIFICATION_SIGNS = 16
_return: Any = table_of(TaxReturn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the tax agency gave back: number of 13 digits, verification code of 16 signs, the day it was filed.

    `result` says what became of the amount; None takes the usual one. `settle` posts the entry that clears the VAT
    accounts of a 303.
    """

    number: str
    verification_code: str
    filed_on: date
    result: ResultType | None = None
    settle: bool = True


async def prepare_tax_return(act: Act, company_id: UUID | str, model: TaxModel, year: int, code: str) -> UUID:
    """This will freeze the boxes of a period as they are now and give the return's id. Needs TAXES EDIT.

    Doing it again replaces what was prepared, as long as nobody approved it. Raises PeriodNotOver, ModelNotComputed,
    ReturnNotInState, ComplementaryLowers.
    """
    named = await named_return(act, company_id, model, year, code, action=Action.EDIT)
    if clock.today("Europe/Madrid") <= named.period.ends_on:
        raise PeriodNotOver(ends_on=named.period.ends_on)
    kept = await act.session.scalar(
        select(TaxReturn)
        .where(
            _return.c.company_id == named.company_id,
            _return.c.model == model.value,
            _return.c.year == year,
            _return.c.period == code,
            _return.c.state != "DISCARDED",
        )
        .order_by(_return.c.sequence.desc())
        .limit(1)
        .with_for_update()
    )
    if kept is not None and kept.state not in ("DRAFT", "PREPARED"):
        raise ReturnNotInState(state=kept.state, wanted="PREPARED")
    inputs, figures = await draft_now(act, named)
    if figures.problem is not None:
        raise ModelNotComputed(problem=NOT_COMPUTED[figures.problem])
    if kept is not None and kept.sequence and only_adds(model) and (figures.amount or ZERO) <= ZERO:
        raise ComplementaryLowers(amount=figures.amount or ZERO)
    if kept is None:
        kept = TaxReturn(
            id=new_id(),
            company_id=named.company_id,
            model=model.value,
            year=year,
            period=code,
            state="PREPARED",
            inputs_hash=inputs.hash,
            due_on=due_on(model, named.period),
        )
        act.session.add(kept)
    kept.state = "PREPARED"
    kept.boxes = {box: str(amount) for box, amount in sorted(figures.boxes.items())}
    kept.parties = _parties(figures)
    kept.inputs_hash = inputs.hash
    kept.result_type = figures.result.value if figures.result else None
    kept.result_amount = figures.amount
    kept.prepared_by, kept.prepared_at = act.viewer.id, clock.now()
    await act.session.flush()
    return kept.id


async def withdraw_tax_return(act: Act, return_id: UUID | str) -> UUID:
    """This will take a prepared or approved return back to a live draft. Needs TAXES EDIT. Raises ReturnNotInState."""
    kept = await act.find(TaxReturn, return_id, Scope.TAXES, Action.EDIT, what="tax return")
    if kept.state not in ("PREPARED", "APPROVED"):
        raise ReturnNotInState(state=kept.state, wanted="PREPARED")
    kept.state = "DRAFT"
    kept.approved_by = kept.approved_at = None
    return kept.id


async def approve_tax_return(act: Act, return_id: UUID | str) -> UUID:
    """This will approve what was prepared. Needs TAXES APPROVE: the client, or its manager. Raises ReturnNotInState."""
    kept = await act.find(TaxReturn, return_id, Scope.TAXES, Action.APPROVE, what="tax return")
    if kept.state != "PREPARED":
        raise ReturnNotInState(state=kept.state, wanted="PREPARED")
    kept.state = "APPROVED"
    kept.approved_by, kept.approved_at = act.viewer.id, clock.now()
    return kept.id


async def file_tax_return(act: Act, return_id: UUID | str, receipt: Receipt) -> UUID:
    """This will keep the receipt of an approved return. Needs TAXES APPROVE; the same receipt twice is one filing.

    A 303 posts the settlement of the period first, then locks it. Raises BadInput for a receipt that is none,
    ReturnNotInState, ChecksFail, and what the journal refuses.
    """
    kept = await act.find(TaxReturn, return_id, Scope.TAXES, Action.APPROVE, what="tax return")
    period = TaxPeriod(kept.year, kept.period)
    _check_receipt(receipt, period)
    if kept.state == "FILED" and kept.receipt == receipt.number:
        return kept.id
    if kept.state != "APPROVED":
        raise ReturnNotInState(state=kept.state, wanted="APPROVED")
    kept.result_type = _result(receipt, kept)
    if kept.model == TaxModel.M303.value:
        if receipt.settle:
            kept.settlement_entry_id = await post_settlement(act, kept, period, filed_on=receipt.filed_on)
        await lock_filed_period(
            act, kept.company_id, period.ends_on, reason=f"303 {period.code} {period.year} {receipt.number}"
        )
    kept.state = "FILED"
    kept.receipt, kept.verification_code = receipt.number, receipt.verification_code
    kept.filed_on, kept.filed_by, kept.filed_at = receipt.filed_on, act.viewer.id, clock.now()
    return kept.id


def _check_receipt(receipt: Receipt, period: TaxPeriod) -> None:
    if len(receipt.number) != RECEIPT_DIGITS or not (receipt.number.isascii() and receipt.number.isdigit()):
        raise BadInput("input.receipt", "give the 13 digits of the receipt")
    code = receipt.verification_code
    if len(code) != VERIFICATION_SIGNS or not (code.isascii() and code.isalnum() and code == code.upper()):
        raise BadInput("input.verificationCode", "give the 16 letters and digits of the verification code")
    if not period.ends_on < receipt.filed_on <= clock.today("Europe/Madrid"):
        raise BadInput("input.filedOn", "give a day after the period and not after today")


def _result(receipt: Receipt, kept: TaxReturn) -> str | None:
    """The result as it was filed; it has to fit the sign."""
    if receipt.result is None:
        return kept.result_type
    amount: Decimal = kept.result_amount or ZERO
    allowed = {ResultType.NOTHING}
    if amount > ZERO:
        allowed = {ResultType.TO_PAY, ResultType.DIRECT_DEBIT}
    elif amount < ZERO:
        allowed = {ResultType.COMPENSATE, ResultType.REFUND}
    if receipt.result not in allowed:
        raise BadInput("input.resultType", "this does not fit the sign of the result")
    return receipt.result.value


def _parties(figures: Figures) -> list[dict[str, Any]]:
    return [
        {
            "key": one.key,
            "tax_id": one.tax_id,
            "name": one.name,
            "amount": str(one.amount),
            "withheld": str(one.withheld),
            "quarters": [str(amount) for amount in one.quarters],
            "reverse_charge": one.reverse_charge,
            "corrects": one.corrects,
            "cash": str(one.cash),
            "cash_year": one.cash_year,
        }
        for one in figures.parties
    ]
