"""What a document adds up to.

VAT is computed per rate on the sum of the bases, never per line: ten lines of 0.35 at 21 % owe 0.74, not
0.70. Half cents go away from zero (Ley 46/1998 art. 11). Withholding (IRPF) is taken of the base and
reduces what is paid, not the VAT (LIVA art. 78, RIRPF art. 93). A supplier who rounded by line printed
other figures: theirs are kept if they are off by no more than a cent a line.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.documents.rules.kinds import VatRegime
from services.kit.errors import Refused
from services.kit.money import CENT, ZERO, to_cents, total

HUNDRED = Decimal(100)

SURCHARGE_RATES: Mapping[Decimal, Decimal] = {
    Decimal(21): Decimal("5.2"),
    Decimal(10): Decimal("1.4"),
    Decimal(4): Decimal("0.5"),
}
"""Equivalence surcharge in per cent by VAT rate (LIVA art. 161; tobacco's 1.75 is not among them)."""


@dataclass(frozen=True, kw_only=True)
class LineAmounts:
    """What a line says. `quantity` may be negative (goods returned); `unit_price` is without VAT.

    A price has up to six places, `discount_percent` is 0 to 100, `tax_rate` the VAT rate in per cent.
    """

    quantity: Decimal
    unit_price: Decimal
    discount_percent: Decimal = ZERO
    tax_rate: Decimal = ZERO


@dataclass(frozen=True, kw_only=True)
class TaxAmount:
    """The VAT of one rate. `quota` and `surcharge` are what is charged: zero where the buyer owes it."""

    rate: Decimal
    base: Decimal
    quota: Decimal
    surcharge_rate: Decimal = ZERO
    surcharge: Decimal = ZERO


@dataclass(frozen=True, kw_only=True)
class DocumentTotals:
    """`total` = taxable base + quotas + surcharge - withholding. `taxes` have the highest rate first."""

    taxable_base: Decimal
    taxes: tuple[TaxAmount, ...]
    tax_total: Decimal
    surcharge: Decimal
    withholding: Decimal
    total: Decimal


class SurchargeRateUnknown(Refused):
    """The law pairs each VAT rate with one surcharge; this rate has none."""

    code = "SURCHARGE_RATE_UNKNOWN"
    sentence = "There is no equivalence surcharge for a VAT rate of {rate} %."


class PrintedQuotaOff(Refused):
    """More than a cent per line between what is printed and what the lines give."""

    code = "PRINTED_QUOTA_OFF"
    sentence = "At {rate} % the document says {printed}, but its lines give {computed}."


class PrintedRateUnknown(Refused):
    """A quota is printed for a rate that no line has."""

    code = "PRINTED_RATE_UNKNOWN"
    sentence = "The document shows VAT at {rate} %, but none of its lines has that rate."


def line_base(line: LineAmounts) -> Decimal:
    """This will give quantity x price less discount, in cents. The sign is the quantity's."""
    return to_cents(line.quantity * line.unit_price * (HUNDRED - line.discount_percent) / HUNDRED)


def percent_of(amount: Decimal, rate: Decimal) -> Decimal:
    """This will take a percentage of an amount, in cents."""
    return to_cents(amount * rate / HUNDRED)


def split_gross(gross: Decimal, rate: Decimal) -> tuple[Decimal, Decimal]:
    """This will split a price that includes VAT into base and quota: 36.50 at 10 % -> 33.18 and 3.32."""
    base = to_cents(gross * HUNDRED / (HUNDRED + rate))
    return base, gross - base


def document_totals(
    lines: Iterable[LineAmounts],
    *,
    regime: VatRegime = VatRegime.DOMESTIC,
    withholding_rate: Decimal = ZERO,
    printed_quotas: Mapping[Decimal, Decimal] | None = None,
) -> DocumentTotals:
    """This will add up a document.

    `withholding_rate` in per cent of the whole taxable base. `printed_quotas` holds the quota by rate as a
    supplier printed it; each is kept when within a cent per line of the computed one. Raises
    SurchargeRateUnknown, PrintedQuotaOff and PrintedRateUnknown.
    """
    bases: defaultdict[Decimal, list[Decimal]] = defaultdict(list)
    for line in lines:
        bases[line.tax_rate].append(line_base(line))
    printed = dict(printed_quotas or {})
    taxes = tuple(
        _tax(rate, bases[rate], regime, printed.pop(rate, None)) for rate in sorted(bases, reverse=True)
    )
    for rate in printed:
        raise PrintedRateUnknown(rate=rate)
    return totals_of(taxes, withholding_rate=withholding_rate)


def totals_of(taxes: Sequence[TaxAmount], *, withholding_rate: Decimal = ZERO) -> DocumentTotals:
    """This will add up the VAT figures of a document into its totals."""
    taxable_base = total(tax.base for tax in taxes)
    tax_total = total(tax.quota for tax in taxes)
    surcharge = total(tax.surcharge for tax in taxes)
    withholding = percent_of(taxable_base, withholding_rate)
    return DocumentTotals(
        taxable_base=taxable_base,
        taxes=tuple(taxes),
        tax_total=tax_total,
        surcharge=surcharge,
        withholding=withholding,
        total=taxable_base + tax_total + surcharge - withholding,
    )


def _tax(rate: Decimal, line_bases: list[Decimal], regime: VatRegime, printed: Decimal | None) -> TaxAmount:
    base = total(line_bases)
    quota = percent_of(base, rate) if regime.is_charged else ZERO
    if printed is not None:
        if abs(printed - quota) > CENT * len(line_bases):
            raise PrintedQuotaOff(rate=rate, printed=printed, computed=quota)
        quota = printed
    if regime is not VatRegime.EQUIVALENCE_SURCHARGE or not rate:
        return TaxAmount(rate=rate, base=base, quota=quota)
    surcharge_rate = SURCHARGE_RATES.get(rate)
    if surcharge_rate is None:
        raise SurchargeRateUnknown(rate=rate)
    surcharge = percent_of(base, surcharge_rate)
    return TaxAmount(rate=rate, base=base, quota=quota, surcharge_rate=surcharge_rate, surcharge=surcharge)
