"""Tax codes for tests, by what they are for."""

from datetime import date
from decimal import Decimal

from services.documents.rules.kinds import VatRegime
from services.documents.rules.tax_codes import TaxCode, TaxNature, TaxSide, tax_code_for_rate

DAY = date(2026, 3, 2)


def code_for(
    rate: str | Decimal,
    *,
    side: TaxSide = TaxSide.SALES,
    regime: VatRegime = VatRegime.DOMESTIC,
    nature: TaxNature = TaxNature.ANY,
) -> TaxCode:
    """The code of a rate in 2026. Sales that bear no VAT have one code at zero, whatever rate is asked for."""
    if side is TaxSide.SALES and not regime.is_charged:
        rate = "0"
    if side is TaxSide.PURCHASES and regime is VatRegime.EXEMPT:
        rate = "0"
    return tax_code_for_rate(Decimal(rate), side=side, regime=regime, nature=nature, day=DAY)
