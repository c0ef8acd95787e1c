"""Boxes that no document says."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act
from services.access.policy import Action
from services.kit import clock
from services.kit.db import table_of
from services.kit.errors import BadInput
from services.kit.ids import new_id
from services.kit.money import to_cents
from services.taxes.actions.periods import Named, named_return
from services.taxes.actions.refusals import ReturnIsKept
from services.taxes.models import TaxBoxEntry, TaxReturn
from services.taxes.rules.figures import TYPED_BOXES
from services.taxes.rules.models import TaxModel

REASON_LENGTH_MAX = 500
_typed: Any = table_of(TaxBoxEntry)
_return: Any = table_of(TaxReturn)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedBox:
    """A box and its amount in euro, signed as in the form; no amount takes back what was typed."""

    company_id: UUID | str
    model: TaxModel
    year: int
    period: str
    box: str
    amount: Decimal | None
    reason: str | None = None


async def type_tax_box(act: Act, wanted: TypedBox) -> UUID:
    """This will type a box, or take back what was typed, and give the company's id. Needs TAXES EDIT.

    Raises BadInput for a box that documents say or an amount without a reason, ReturnIsKept where the return was
    prepared already.
    """
    named = await named_return(
        act, wanted.company_id, wanted.model, wanted.year, wanted.period, action=Action.EDIT
    )
    if wanted.box not in TYPED_BOXES.get(wanted.model, frozenset()):
        raise BadInput("input.box", "this box is computed or does not exist; it cannot be typed")
    await refuse_kept(act, named)
    if wanted.amount is None:
        await forget_typed(act, named, [wanted.box])
        return named.company_id
    if wanted.amount != to_cents(wanted.amount):
        raise BadInput("input.amount", "give an amount in whole cents")
    reason = (wanted.reason or "").strip()
    if not 1 <= len(reason) <= REASON_LENGTH_MAX:
        raise BadInput(
            "input.reason", "say in 1 to {most} signs where the amount comes from", most=REASON_LENGTH_MAX
        )
    await keep_typed(act, named, wanted.box, wanted.amount, reason)
    return named.company_id


async def keep_typed(act: Act, named: Named, box: str, amount: Decimal, reason: str) -> None:
    """This will write a typed box, over what was typed before. The caller has checked everything."""
    values = {"amount": amount, "reason": reason, "typed_by": act.viewer.id, "typed_at": clock.now()}
    await act.session.execute(
        insert(_typed)
        .values(
            id=new_id(),
            company_id=named.company_id,
            model=named.model.value,
            year=named.period.year,
            period=named.period.code,
            box=box,
            **values,
        )
        .on_conflict_do_update(constraint="tax_box_entry_once", set_=values)
    )


async def forget_typed(act: Act, named: Named, boxes: Sequence[str]) -> None:
    """This will take typed boxes back."""
    await act.session.execute(
        delete(_typed).where(
            _typed.c.company_id == named.company_id,
            _typed.c.model == named.model.value,
            _typed.c.year == named.period.year,
            _typed.c.period == named.period.code,
            _typed.c.box.in_(boxes),
        )
    )


async def refuse_kept(act: Act, named: Named) -> None:
    """This will refuse a change of what a kept return says. Raises ReturnIsKept."""
    state = await act.session.scalar(
        select(_return.c.state)
        .where(
            _return.c.company_id == named.company_id,
            _return.c.model == named.model.value,
            _return.c.year == named.period.year,
            _return.c.period == named.period.code,
            _return.c.state != "DISCARDED",
        )
        .order_by(_return.c.sequence.desc())
        .limit(1)
        .with_for_update()
    )
    if state not in (None, "DRAFT"):
        raise ReturnIsKept(state=state)
