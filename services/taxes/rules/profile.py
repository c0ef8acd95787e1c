"""How a company is taxed, and which returns its kind of taxation lets us compute.

What is not here is refused with the reason: a return computed by the general rules for a company under other rules
would look right and be wrong.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from services.taxes.rules.models import VAT_MODELS, TaxModel


class TaxpayerKind(StrEnum):
    """A company pays corporate tax, a sole trader income tax by instalments (130)."""

    COMPANY = "COMPANY"
    SOLE_TRADER = "SOLE_TRADER"


class VatScheme(StrEnum):
    """GENERAL is computed; the others are known only to be refused."""

    GENERAL = "GENERAL"
    CASH_BASIS = "CASH_BASIS"
    SIMPLIFIED = "SIMPLIFIED"
    AGRICULTURAL = "AGRICULTURAL"
    USED_GOODS = "USED_GOODS"
    GROUP = "GROUP"
    EQUIVALENCE_SURCHARGE = "EQUIVALENCE_SURCHARGE"
    IMMEDIATE_SUPPLY = "IMMEDIATE_SUPPLY"


class TaxTerritory(StrEnum):
    """COMMON is the territory of the state tax agency; the others have rules and forms of their own."""

    COMMON = "COMMON"
    BASQUE = "BASQUE"
    NAVARRE = "NAVARRE"
    CANARY = "CANARY"
    CEUTA_MELILLA = "CEUTA_MELILLA"


class IncomeMethod(StrEnum):
    """How a sole trader's income is found (LIRPF art. 30, 31)."""

    DIRECT_NORMAL = "DIRECT_NORMAL"
    DIRECT_SIMPLIFIED = "DIRECT_SIMPLIFIED"
    OBJECTIVE = "OBJECTIVE"


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """How a company is taxed; the defaults are those of a company under the general regime.

    `prorata_percent` is the provisional share of input VAT that may be deducted, 0 to 100, None for all of it. It is
    information: what is deducted stands on each document line, and the final correction is typed in box 44.
    """

    taxpayer: TaxpayerKind = TaxpayerKind.COMPANY
    vat_scheme: VatScheme = VatScheme.GENERAL
    territory: TaxTerritory = TaxTerritory.COMMON
    monthly: bool = False
    monthly_refund: bool = False
    prorata_percent: Decimal | None = None
    income_method: IncomeMethod = IncomeMethod.DIRECT_SIMPLIFIED


NOT_COMPUTED: dict[str, str] = {
    "TERRITORY": "Returns of this territory have rules of their own and are not computed here.",
    "CASH_BASIS": "Under the cash basis VAT falls due on payment; this is not computed here.",
    "SIMPLIFIED": "The simplified VAT regime follows fixed modules; it is not computed here.",
    "AGRICULTURAL": "The agricultural regime files no VAT return of this kind; it is not computed here.",
    "USED_GOODS": "The margin regime for used goods is not computed here.",
    "GROUP": "A VAT group files models 322 and 353; they are not computed here.",
    "EQUIVALENCE_SURCHARGE": "A retailer under the equivalence surcharge files no VAT return.",
    "IMMEDIATE_SUPPLY": "Under the immediate supply of information the books go to the tax agency record by record;"
    " this is not computed here.",
    "MONTHLY_VAT": "Who files VAT by months keeps the VAT books by the immediate supply of information (SII) and files"
    " neither 347 nor 390.",
    "NEEDS_SOLE_TRADER": "Only a sole trader files this model.",
    "OBJECTIVE_METHOD": "Under objective estimation model 131 is filed; it is not computed here.",
}
"""Why a return is not computed, by code."""


def why_not_computed(model: TaxModel, profile: Profile) -> str | None:
    """This will give the code of the reason (a key of NOT_COMPUTED) why a return cannot be computed; None if it can."""
    if profile.territory is not TaxTerritory.COMMON:
        return "TERRITORY"
    if model in VAT_MODELS and profile.vat_scheme is not VatScheme.GENERAL:
        return profile.vat_scheme.value
    # RD 1624/1992 art. 62.6 and 71.3, RD 1065/2007 art. 32.1.
    if profile.monthly and model in (TaxModel.M347, TaxModel.M390):
        return "MONTHLY_VAT"
    if model is TaxModel.M130:
        if profile.taxpayer is not TaxpayerKind.SOLE_TRADER:
            return "NEEDS_SOLE_TRADER"
        if profile.income_method is IncomeMethod.OBJECTIVE:
            return "OBJECTIVE_METHOD"
    return None
