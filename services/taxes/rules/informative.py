"""The declarations that name others: 347 (operations with third persons) and 349 (intra-EU operations).

347: RD 1065/2007 art. 31 to 35, over 3005.06 a year with VAT or 6000 in cash, by tax id. 349: RD 1624/1992 art. 78 to
81, by VAT number; its corrections say what was declared before and what is right.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from services.kit.money import ZERO, total
from services.taxes.rules.models import QUARTERS, TaxPeriod
from services.taxes.rules.taxed import TaxUse

THRESHOLD_347 = Decimal("3005.06")
CASH_347 = Decimal("6000.00")
MONTHLY_349 = Decimal("50000.00")
QUARTERS_LOOKED_BACK = 4

EU_PREFIXES = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "EL",
        "FI",
        "FR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
        "XI",
    ]
)
"""How VAT numbers of other member states begin (and Northern Ireland, for goods)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerSum:
    """What was bought from or sold to one contact under one tax code in one quarter; amounts in euro, signed.

    `corrects` is the month of the document that is rectified, None where nothing is. `withheld` marks documents with a
    withholding.
    """

    contact_id: str
    name: str
    tax_id: str | None
    country: str | None
    code: str
    quarter: int
    base: Decimal
    charged: Decimal
    withheld: bool = False
    corrects: TaxPeriod | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CashReceived:
    """What one contact paid in cash in the year, for sales of `year`; in euro."""

    contact_id: str
    name: str
    tax_id: str | None
    year: int
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredSum:
    """What earlier returns told of one contact under one tax code for a month: the base in euro, corrections in it."""

    contact_id: str
    tax_id: str | None
    code: str
    month: TaxPeriod
    base: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Row347:
    """One person: key A (we bought) or B (we sold), the year's total with VAT and its four quarters.

    `cash` is what was received in coins and notes, zero up to the limit. Cash for sales of an earlier year stands in a
    row of its own that names that year.
    """

    key: str
    tax_id: str | None
    name: str
    amount: Decimal
    quarters: tuple[Decimal, ...]
    reverse_charge: bool = False
    cash: Decimal = ZERO
    cash_year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row349:
    """One partner: key E, A, S, I or T and the sum of bases.

    `corrects` names the period that a correction is for; then `amount` is the sum that is right for it and
    `declared_before` the one that was told (Orden EHA/769/2010, "rectificaciones de periodos anteriores").
    """

    key: str
    vat_number: str | None
    name: str
    amount: Decimal
    corrects: TaxPeriod | None = None
    declared_before: Decimal = ZERO

    @property
    def number_is_plausible(self) -> bool:
        """Whether the number begins like one of another member state."""
        return self.vat_number is not None and self.vat_number[:2].upper() in EU_PREFIXES


_LEFT_OUT_OF_347 = frozenset({"INTRA_EU", "EXPORT"})


def rows_347(
    lines: Iterable[PartnerSum], uses: Mapping[str, TaxUse], *, year: int, cash: Iterable[CashReceived] = ()
) -> tuple[Row347, ...]:
    """This will list who is declared: above the threshold in absolute value or paid in cash, each person once per key.

    Left out: what bore a withholding (190 and 180 tell it), intra-EU operations (349), imports and exports, and
    services outside the country. Under reverse charge the amount is the base, since no VAT was charged. What takes back
    base and VAT (LIVA art. 80) counts with its sign in the quarter in which it was issued (RD 1065/2007 art. 35.2).
    """
    paid = _in_cash(cash)
    grouped: defaultdict[tuple[str, str], list[PartnerSum]] = defaultdict(list)
    for line in lines:
        use = uses.get(line.code)
        if use is None or line.withheld or use.regime in _LEFT_OUT_OF_347 or use.regime == "FOREIGN_SERVICE":
            continue
        key = "B" if use.side == "SALES" else "A"
        grouped[key, line.tax_id or line.contact_id].append(line)
    rows = []
    for (key, person), found in grouped.items():
        quarters = tuple(
            total(line.base + line.charged for line in found if line.quarter == number)
            for number in range(1, len(QUARTERS) + 1)
        )
        amount = total(quarters)
        in_cash = paid.pop((person, year), None) if key == "B" else None
        if abs(amount) > THRESHOLD_347 or in_cash:
            rows.append(
                Row347(
                    key=key,
                    tax_id=found[0].tax_id,
                    name=found[0].name,
                    amount=amount,
                    quarters=quarters,
                    reverse_charge=any(uses[line.code].regime == "REVERSE_CHARGE" for line in found),
                    cash=in_cash.amount if in_cash else ZERO,
                )
            )
    rows += [
        Row347(
            key="B",
            tax_id=one.tax_id,
            name=one.name,
            amount=ZERO,
            quarters=(ZERO,) * len(QUARTERS),
            cash=one.amount,
            cash_year=one.year,
        )
        for one in paid.values()
    ]
    return tuple(sorted(rows, key=lambda row: (row.key, row.name, row.tax_id or "", row.cash_year or 0)))


def _in_cash(cash: Iterable[CashReceived]) -> dict[tuple[str, int], CashReceived]:
    """Cash by person and year of the sales, of those who paid more than the limit in the year."""
    found: dict[tuple[str, int], CashReceived] = {}
    of_person: defaultdict[str, Decimal] = defaultdict(Decimal)
    for one in cash:
        person = one.tax_id or one.contact_id
        before = found.get((person, one.year))
        found[person, one.year] = replace(one, amount=one.amount + (before.amount if before else ZERO))
        of_person[person] += one.amount
    return {key: one for key, one in found.items() if of_person[key[0]] > CASH_347}


def key_349(use: TaxUse) -> str | None:
    """This will give the key of an intra-EU operation: E and A goods sold and bought, S and I services.

    T are goods that a middleman sells on; what he bought for it is no acquisition of his here (LIVA art. 26.Tres).
    """
    if use.regime != "INTRA_EU":
        return None
    if use.nature == "TRIANGULAR":
        return "T"
    if use.side == "SALES":
        return "S" if use.nature == "SERVICES" else "E"
    return "I" if use.nature == "SERVICES" else "A"


def is_monthly_349(supplied: Mapping[tuple[int, int], Decimal], year: int, quarter: int) -> bool:
    """Whether the 349 of a quarter is filed by months: more than 50000 sold in it or in one of the four before.

    `supplied` are goods and services sold to other member states, by year and quarter (RD 1624/1992 art. 81).
    """
    return most_supplied(supplied, year, quarter) > MONTHLY_349


def most_supplied(supplied: Mapping[tuple[int, int], Decimal], year: int, quarter: int) -> Decimal:
    """This will give the most that was sold in a quarter or in one of the four before."""
    last = year * 4 + quarter
    looked_at = [
        amount
        for (at_year, at_quarter), amount in supplied.items()
        if last - QUARTERS_LOOKED_BACK <= at_year * 4 + at_quarter <= last
    ]
    return max(looked_at, default=ZERO)


def rows_349(
    lines: Iterable[PartnerSum],
    uses: Mapping[str, TaxUse],
    period: TaxPeriod,
    supplied: Mapping[tuple[int, int], Decimal],
    declared: Iterable[DeclaredSum] = (),
) -> tuple[Row349, ...]:
    """This will list partners by VAT number and key.

    What rectifies a document of the same period is netted with it; what rectifies an earlier one stands apart with the
    period it corrects: the month or the quarter, as that was filed (`supplied` decides, see is_monthly_349). `declared`
    is what was told for such periods before this one.
    """
    told: defaultdict[tuple[str, str, TaxPeriod | None], Decimal] = defaultdict(lambda: ZERO)
    for one in declared:
        key = key_349(uses[one.code])
        if key is not None:
            told[key, one.tax_id or one.contact_id, _filed_before(one.month, period, supplied)] += one.base
    grouped: defaultdict[tuple[str, str, TaxPeriod | None], list[PartnerSum]] = defaultdict(list)
    for line in lines:
        use = uses.get(line.code)
        key = key_349(use) if use else None
        if key is not None:
            corrected = _filed_before(line.corrects, period, supplied)
            grouped[key, line.tax_id or line.contact_id, corrected].append(line)
    rows = [
        Row349(
            key=key,
            vat_number=found[0].tax_id,
            name=found[0].name,
            amount=before + total(line.base for line in found),
            corrects=corrected,
            declared_before=before,
        )
        for (key, who, corrected), found in grouped.items()
        for before in [told[key, who, corrected] if corrected else ZERO]
    ]
    kept = [row for row in rows if row.amount != row.declared_before]
    return tuple(
        sorted(kept, key=lambda row: (row.corrects is not None, row.key, row.name, row.vat_number or ""))
    )


def _filed_before(
    month: TaxPeriod | None, period: TaxPeriod, supplied: Mapping[tuple[int, int], Decimal]
) -> TaxPeriod | None:
    """The period whose 349 had the operations of a month; None if it is this one."""
    if month is None or period.starts_on <= month.starts_on <= period.ends_on:
        return None
    quarter = (month.first_month - 1) // 3 + 1
    if is_monthly_349(supplied, month.year, quarter):
        return month
    return TaxPeriod(month.year, QUARTERS[quarter - 1])
