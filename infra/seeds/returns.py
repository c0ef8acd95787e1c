"""The returns of the quarters that are over, filed as a practice files them: in the middle of the month after."""

import random
import string
from datetime import date, timedelta
from uuid import UUID

from services.access.interface import Act
from services.taxes.actions.returns import Receipt, approve_tax_return, file_tax_return, prepare_tax_return
from services.taxes.rules.models import TaxModel

FILED_MODELS = (TaxModel.M111, TaxModel.M115, TaxModel.M303)
"""The 349 is left out: no client of the demo sells to other member states."""

_AFTER_QUARTER = timedelta(days=14)
_SIGNS = string.ascii_uppercase + string.digits


def filed_on(month: date) -> date | None:
    """The day on which the quarter before the month that begins with `month` is filed; None if none ended."""
    return month + _AFTER_QUARTER if month.month % 3 == 1 else None


async def file_quarter(act: Act, company_id: UUID, day: date, place: int) -> None:
    """This will prepare, approve and file the returns of the quarter before `day`."""
    ended = day.replace(day=1) - timedelta(days=1)
    period = f"{ended.month // 3}T"
    chance = random.Random(f"{place} {ended}")  # noqa: S311 -- receipts of a demo
    for model in FILED_MODELS:
        made = await prepare_tax_return(act, company_id, model, ended.year, period)
        await approve_tax_return(act, made)
        receipt = Receipt(
            number=f"{model.value[1:]}{chance.randrange(10**10):010}",
            verification_code="".join(chance.choices(_SIGNS, k=16)),
            filed_on=day,
        )
        await file_tax_return(act, made, receipt)
