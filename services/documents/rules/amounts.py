"""What a document adds up to.

VAT is computed per tax code on the sum of the bases, never per line: ten lines of 0.35 at 21 % owe 0.74, not
0.70. Half cents go away from zero (Ley 46/1998 art. 11). Withholding (IRPF) is taken of the base and
reduces what is paid, not the VAT (LIVA art. 78, RIRPF art. 93). Outlays in the customer's name are
paid beside all that and are no base of anything (LIVA art. 78.Tres.3). A supplier who rounded by line printed
other figures: theirs are kept if they are off by no more than a cent a line. Everything has the sign of its
quantity: a credit note has negative lines and a negative total.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.documents.rules.tax_codes import TaxCode
from services.kit.errors import Refused
from services.kit.money import CENT, ZERO, to_cents, total

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAmounts:
    """What a line says. `quantity` may be negative (goods returned); `unit_price` is without VAT unless said.

    A price has up to six places, `discount_percent` is 0 to 100, and so is `deductible_percent`, which counts for
    purchases only.
    """

    quantity: Decimal
    unit_price: Decimal
    tax: TaxCode
    discount_percent: Decimal = ZERO
    deductible_percent: Decimal = HUNDRED


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxAmount:
    """The VAT of one tax code, all signed.

    `quota` is the VAT on the base, whether it is charged on the document or the buyer assesses it; `surcharge` the
    equivalence surcharge; `deductible_quota` the part of the quota that a buyer may deduct (zero on sales).
    """

    code: TaxCode
    base: Decimal
    quota: Decimal
    surcharge: Decimal = ZERO
    deductible_quota: Decimal = ZERO

    @property
    def rate(self) -> Decimal:
        """VAT in per cent."""
        return self.code.rate

    @property
    def surcharge_rate(self) -> Decimal:
        """Equivalence surcharge in per cent."""
        return self.code.surcharge_rate

    @property
    def charged(self) -> Decimal:
        """The VAT that is part of the total."""
        return self.quota if self.code.is_charged else ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTotals:
    """`total` = taxable base + charged VAT + surcharge - withholding + outlays. `taxes` have the highest rate first."""

    taxable_base: Decimal
    taxes: tuple[TaxAmount, ...]
    tax_total: Decimal
    surcharge: Decimal
    withholding: Decimal
    total: Decimal
    outlays: Decimal = ZERO


class PrintedQuotaOff(Refused):
    """More than a cent per line between what is printed and what the lines give."""

    code = "PRINTED_QUOTA_OFF"
    sentence = "At {rate} % the document says {printed}, but its lines give {computed}."


class PrintedRateUnknown(Refused):
    """A quota is printed for a rate that no line has."""

    code = "PRINTED_RATE_UNKNOWN"
    sentence = "The document shows VAT at {rate} %, but none of its lines has that rate."


def line_amount(line: LineAmounts) -> Decimal:
    """This will give quantity x price less discount, in cents, as the price is meant. The sign is the quantity's."""
    return to_cents(line.quantity * line.unit_price * (HUNDRED - line.discount_percent) / HUNDRED)


def line_bases(lines: Sequence[LineAmounts], *, prices_include_tax: bool = False) -> list[Decimal]:
    """This will give the base of each line, before VAT.

    Prices that include it are added up by tax code and split once, so that base and VAT are exactly what was asked
    for; the lines share the base by what they cost.
    """
    amounts = [line_amount(line) for line in lines]
    if not prices_include_tax:
        return amounts
    bases = list(amounts)
    for places in _by_code(lines).values():
        gross = [amounts[place] for place in places]
        shares = shares_of(_split(total(gross), lines[places[0]].tax)[0], gross)
        for place, share in zip(places, shares, strict=True):
            bases[place] = share
    return bases


def percent_of(amount: Decimal, rate: Decimal) -> Decimal:
    """This will take a percentage of an amount, in cents."""
    return to_cents(amount * rate / HUNDRED)


def split_gross(gross: Decimal, rate: Decimal) -> tuple[Decimal, Decimal]:
    """This will split a price that includes VAT into base and quota: 36.50 at 10 % -> 33.18 and 3.32."""
    base = to_cents(gross * HUNDRED / (HUNDRED + rate))
    return base, gross - base


def document_totals(
    lines: Sequence[LineAmounts],
    *,
    withholding_rate: Decimal = ZERO,
    prices_include_tax: bool = False,
    printed_quotas: Mapping[str, Decimal] | None = None,
) -> DocumentTotals:
    """This will add up a document.

    `withholding_rate` in per cent of the whole taxable base. `printed_quotas` holds the quota by tax code as a
    supplier printed it, in the order entered; each is kept when within a cent per line of the computed one. Raises
    PrintedQuotaOff and PrintedRateUnknown, which name the place of the quota.
    """
    bases = line_bases(lines, prices_include_tax=prices_include_tax)
    amounts = [line_amount(line) for line in lines]
    printed = dict(printed_quotas or {})
    printed_places = {name: place for place, name in enumerate(printed)}
    grouped = sorted(_by_code(lines).values(), key=lambda places: _rank(lines[places[0]].tax))
    taxes = []
    outlays = ZERO
    for places in grouped:
        code = lines[places[0]].tax
        if code.is_outlay:
            outlays = total(bases[place] for place in places)
            continue
        gross = total(amounts[place] for place in places) if prices_include_tax else None
        taxes.append(
            _tax(
                [lines[place] for place in places],
                [bases[place] for place in places],
                gross=gross,
                printed=printed.pop(code.code, None),
                printed_place=printed_places.get(code.code, 0),
            )
        )
    for code_name in printed:
        raise PrintedRateUnknown(path=("printedTaxes", str(printed_places[code_name])), rate=code_name)
    return totals_of(taxes, withholding_rate=withholding_rate, outlays=outlays)


def totals_of(
    taxes: Sequence[TaxAmount],
    *,
    withholding_rate: Decimal = ZERO,
    withholding: Decimal | None = None,
    outlays: Decimal = ZERO,
) -> DocumentTotals:
    """This will add up the VAT figures of a document into its totals; `withholding` if it is known already."""
    taxable_base = total(tax.base for tax in taxes)
    tax_total = total(tax.charged for tax in taxes)
    surcharge = total(tax.surcharge for tax in taxes)
    withheld = percent_of(taxable_base, withholding_rate) if withholding is None else withholding
    return DocumentTotals(
        taxable_base=taxable_base,
        taxes=tuple(taxes),
        tax_total=tax_total,
        surcharge=surcharge,
        withholding=withheld,
        total=taxable_base + tax_total + surcharge - withheld + outlays,
        outlays=outlays,
    )


def deductible_shares(
    code: TaxCode, quota: Decimal, bases: Sequence[Decimal], percents: Sequence[Decimal]
) -> list[Decimal]:
    """This will give what each line of a code lets its buyer deduct of the code's quota."""
    if not code.is_deductible:
        return [ZERO] * len(bases)
    shares = shares_of(quota, bases)
    return [percent_of(share, percent) for share, percent in zip(shares, percents, strict=True)]


def shares_of(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """This will split an amount by weights, to the cent; if nothing weighs, the first gets it all.

    Each share is the rounded running sum less what was given before, so no cent is lost and none wanders far.
    """
    whole = sum(weights, ZERO)
    if not whole:
        return [amount, *([ZERO] * (len(weights) - 1))]
    shares: list[Decimal] = []
    given, running = ZERO, ZERO
    for weight in weights:
        running += weight
        reached = to_cents(amount * running / whole)
        shares.append(reached - given)
        given = reached
    return shares


def _by_code(lines: Iterable[LineAmounts]) -> dict[str, list[int]]:
    """The places of the lines of each code, in the order first met."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        places[line.tax.code].append(place)
    return places


def _rank(code: TaxCode) -> tuple[Decimal, str]:
    return -code.rate, code.code


def _split(gross: Decimal, code: TaxCode) -> tuple[Decimal, Decimal, Decimal]:
    """Base, quota and surcharge of a price that includes them; they add up to it."""
    if not code.is_charged:
        return gross, percent_of(gross, code.rate), ZERO
    base, _ = split_gross(gross, code.rate + code.surcharge_rate)
    surcharge = percent_of(base, code.surcharge_rate)
    return base, gross - base - surcharge, surcharge


def _tax(
    lines: Sequence[LineAmounts],
    bases: Sequence[Decimal],
    *,
    gross: Decimal | None,
    printed: Decimal | None,
    printed_place: int,
) -> TaxAmount:
    """The VAT of the lines of one code."""
    code, base = lines[0].tax, total(bases)
    if gross is None:
        quota, surcharge = percent_of(base, code.rate), percent_of(base, code.surcharge_rate)
    else:
        _, quota, surcharge = _split(gross, code)
    if printed is not None:
        if abs(printed - quota) > CENT * len(lines):
            path = ("printedTaxes", str(printed_place), "quota")
            raise PrintedQuotaOff(path=path, rate=code.rate, printed=printed, computed=quota)
        quota = printed
    percents = [line.deductible_percent for line in lines]
    return TaxAmount(
        code=code,
        base=base,
        quota=quota,
        surcharge=surcharge,
        deductible_quota=total(deductible_shares(code, quota, bases, percents)),
    )
