"""The company, model and period that an act names, checked; and the figures of its return as they are now."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.kit.errors import BadInput
from services.taxes.drafts import inputs_of
from services.taxes.queries.declared import USES
from services.taxes.queries.drafts import DRAFT_ROWS, YEARS
from services.taxes.rules.figures import compute
from services.taxes.rules.inputs import Inputs
from services.taxes.rules.models import TaxModel, TaxPeriod, fits
from services.taxes.rules.results import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Which return is meant."""

    company_id: UUID
    model: TaxModel
    period: TaxPeriod


async def named_return(
    act: Act, company_id: UUID | str, model: TaxModel, year: int, code: str, *, action: Action
) -> Named:
    """This will check company, model and period. Needs TAXES with the action; raises BadInput for odd periods."""
    company = await act.may(company_id, Scope.TAXES, action, what="company", path=("input", "companyId"))
    if not YEARS[0] <= year <= YEARS[1]:
        raise BadInput("input.year", "give a year from {first} to {last}", first=YEARS[0], last=YEARS[1])
    if not fits(model, code):
        raise BadInput("input.period", "this model is not filed for such a period")
    return Named(company_id=company, model=model, period=TaxPeriod(year, code))


async def draft_now(act: Act, named: Named) -> tuple[Inputs, Figures]:
    """This will compute the return as the books stand in this transaction."""
    rows = DRAFT_ROWS
    found = await act.session.execute(
        select(rows).where(
            rows.c.company_id == named.company_id,
            rows.c.model == named.model.value,
            rows.c.year == named.period.year,
            rows.c.period == named.period.code,
        )
    )
    inputs = inputs_of(dict(found.mappings().one()))
    return inputs, compute(inputs, USES)
