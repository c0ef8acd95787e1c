"""Correcting what was filed: the next return of the same period, with what came of the first."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.kit import clock
from services.kit.db import table_of
from services.kit.errors import BadInput
from services.kit.ids import new_id
from services.kit.money import ZERO
from services.taxes.actions.periods import Named
from services.taxes.actions.refusals import CorrectedOtherwise, ReturnNotInState
from services.taxes.actions.typing import REASON_LENGTH_MAX, forget_typed, keep_typed
from services.taxes.drafts import boxes_of
from services.taxes.models import TaxReturn
from services.taxes.rules.corrections import can_be_corrected, carries, correction_of, taken_over
from services.taxes.rules.models import TaxModel, TaxPeriod
from services.taxes.rules.vat_303 import ResultType

_return: Any = table_of(TaxReturn)


async def correct_tax_return(act: Act, return_id: UUID | str, *, reason: str) -> UUID:
    """This will begin the correction of a filed return, as a draft, and give its id; one that was begun is given again.

    What was paid or refunded with the filed one is typed into the boxes for it, with the receipt as the reason, and may
    be typed anew. Needs TAXES EDIT. Raises BadInput without a reason, ReturnNotInState, CorrectedOtherwise.
    """
    filed = await act.find(TaxReturn, return_id, Scope.TAXES, Action.EDIT, what="tax return")
    said = reason.strip()
    if not 1 <= len(said) <= REASON_LENGTH_MAX:
        raise BadInput("input.reason", "give a reason of 1 to {most} signs", most=REASON_LENGTH_MAX)
    if filed.state != "FILED":
        raise ReturnNotInState(state=filed.state, wanted="FILED")
    model, period = TaxModel(filed.model), TaxPeriod(filed.year, filed.period)
    if not can_be_corrected(model, period):
        raise CorrectedOtherwise
    begun = await act.session.scalar(
        select(TaxReturn).where(
            _return.c.company_id == filed.company_id,
            _return.c.corrects_id == filed.id,
            _return.c.state != "DISCARDED",
        )
    )
    if begun is not None:
        if begun.state != "DRAFT":
            raise ReturnNotInState(state=begun.state, wanted="DRAFT")
        return begun.id
    named = Named(company_id=filed.company_id, model=model, period=period)
    result = ResultType(filed.result_type) if filed.result_type else None
    for box, amount in taken_over(model, boxes_of(filed.boxes), result).items():
        if amount != ZERO:
            await keep_typed(act, named, box, amount, f"{filed.receipt} ({filed.filed_on})")
    correction = TaxReturn(
        id=new_id(),
        company_id=filed.company_id,
        model=filed.model,
        year=filed.year,
        period=filed.period,
        kind=correction_of(model).value,
        sequence=await _next(act, filed),
        corrects_id=filed.id,
        correction_reason=said,
        state="DRAFT",
        inputs_hash="",
        due_on=filed.due_on,
        prepared_by=act.viewer.id,
        prepared_at=clock.now(),
    )
    act.session.add(correction)
    await act.session.flush()
    return correction.id


async def discard_tax_correction(act: Act, return_id: UUID | str) -> UUID:
    """This will give up a correction that is a draft, and give the id of the filed return, which stands as before.

    What it took over is forgotten; other boxes stay as they were typed. Needs TAXES EDIT. Raises ReturnNotInState for
    anything else.
    """
    correction = await act.find(TaxReturn, return_id, Scope.TAXES, Action.EDIT, what="tax return")
    if correction.state != "DRAFT" or correction.corrects_id is None:
        raise ReturnNotInState(state=correction.state, wanted="DRAFT")
    correction.state = "DISCARDED"
    model = TaxModel(correction.model)
    named = Named(
        company_id=correction.company_id, model=model, period=TaxPeriod(correction.year, correction.period)
    )
    await forget_typed(act, named, carries(model))
    return correction.corrects_id


async def _next(act: Act, filed: TaxReturn) -> int:
    last: int | None = await act.session.scalar(
        select(func.max(_return.c.sequence)).where(
            _return.c.company_id == filed.company_id,
            _return.c.model == filed.model,
            _return.c.year == filed.year,
            _return.c.period == filed.period,
        )
    )
    return (last or 0) + 1
