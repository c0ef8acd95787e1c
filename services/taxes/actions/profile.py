"""How a company is taxed."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.kit import clock
from services.kit.db import table_of
from services.kit.errors import BadInput
from services.taxes.models import TaxProfile
from services.taxes.rules.profile import IncomeMethod, Profile, TaxpayerKind, TaxTerritory, VatScheme

_profile: Any = table_of(TaxProfile)
HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedProfile:
    """The whole profile of a company as a person wants it."""

    company_id: UUID | str
    profile: Profile


async def set_tax_profile(act: Act, changed: ChangedProfile) -> UUID:
    """This will say how a company is taxed and give the company's id. Needs TAXES EDIT.

    Raises BadInput for a share of deduction that is none.
    """
    company_id = await act.may(
        changed.company_id, Scope.TAXES, Action.EDIT, what="company", path=("input", "companyId")
    )
    prorata = changed.profile.prorata_percent
    if prorata is not None and not 0 <= prorata <= HUNDRED:
        raise BadInput("input.prorataPercent", "give a percentage from 0 to 100")
    values = asdict(changed.profile) | {"changed_by": act.viewer.id, "changed_at": clock.now()}
    for name, kind in _WORDS.items():
        values[name] = kind(values[name]).value
    await act.session.execute(
        insert(_profile)
        .values(company_id=company_id, **values)
        .on_conflict_do_update(index_elements=["company_id"], set_=values)
    )
    return company_id


_WORDS = {
    "taxpayer": TaxpayerKind,
    "vat_scheme": VatScheme,
    "territory": TaxTerritory,
    "income_method": IncomeMethod,
}
