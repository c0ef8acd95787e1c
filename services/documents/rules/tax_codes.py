"""Tax codes: what VAT a line bears, as a dated table. Boxes, books and postings all follow the code of the line.

A code names the side, the regime, what was bought where a return asks (goods, services, investment goods), the rate
in per cent and the days on which it may be used. The day on which the tax falls due decides (LIVA art. 75: the
operation, else the issue); a rectifying document uses the day of the one it rectifies (LIVA art. 80, 89).

Rates: LIVA art. 90 and 91 (21 and 10 since RDL 20/2012), surcharges: art. 161. Food and energy stood at 5 and 0 %
(RDL 11/2022, 20/2022) until 30 September 2024, at 2 and 7.5 % (RDL 4/2024) until 31 December 2024.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.documents.rules.kinds import VatRegime
from services.kit.errors import Refused
from services.kit.money import ZERO


class TaxSide(StrEnum):
    """Whose VAT: charged to customers (output) or charged by suppliers (input). The names are a document's sides."""

    SALES = "SALES"
    PURCHASES = "PURCHASES"


class TaxNature(StrEnum):
    """What a code is for, where returns and books ask. ANY: they do not.

    TRIANGULAR: goods that a middleman sells on from one member state to another (directive 2006/112 art. 141): his own
    acquisition is exempt there and his customer owes the VAT. Neither is subject here, but the 349 tells of the sale.

    OUTLAY: what is paid in the customer's name and for its account (a suplido), which is no supply of whoever claims it
    back, so neither its base nor turnover (LIVA art. 78.Tres.3).
    """

    GOODS = "GOODS"
    SERVICES = "SERVICES"
    INVESTMENT = "INVESTMENT"
    TRIANGULAR = "TRIANGULAR"
    OUTLAY = "OUTLAY"
    ANY = "ANY"


class TaxLegend(StrEnum):
    """What an invoice has to say about a code (RD 1619/2012 art. 6.1 j to p); the words are the printer's.

    EXEMPT is art. 20 LIVA; 21, 22 and 24 (with 23) are articles too, where neither goods leave nor the customer is
    abroad: what serves an export, ships, aircraft and embassies, free zones and customs arrangements.
    """

    REVERSE_CHARGE = "REVERSE_CHARGE"
    INTRA_EU = "INTRA_EU"
    INTRA_EU_SERVICE = "INTRA_EU_SERVICE"
    TRIANGULAR = "TRIANGULAR"
    EXPORT = "EXPORT"
    EXEMPT = "EXEMPT"
    EXEMPT_21 = "EXEMPT_21"
    EXEMPT_22 = "EXEMPT_22"
    EXEMPT_24 = "EXEMPT_24"
    EXEMPT_OTHER = "EXEMPT_OTHER"
    NOT_SUBJECT = "NOT_SUBJECT"
    OUTLAY = "OUTLAY"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxCode:
    """One code. `rate` and `surcharge_rate` in per cent; both days included, `valid_until` None while in force."""

    code: str
    side: TaxSide
    regime: VatRegime
    nature: TaxNature
    rate: Decimal
    surcharge_rate: Decimal
    valid_from: date
    valid_until: date | None
    legend: TaxLegend | None

    @property
    def is_charged(self) -> bool:
        """Whether the VAT is part of what is paid. Import VAT is: it stands on the customs agent's invoice."""
        is_import = self.regime is VatRegime.EXPORT and self.side is TaxSide.PURCHASES
        return self.regime.is_charged or is_import

    @property
    def is_self_assessed(self) -> bool:
        """Whether the buyer books both output and input VAT: purchases whose VAT the supplier did not charge."""
        return self.regime.is_self_assessed and self.side is TaxSide.PURCHASES

    @property
    def is_outlay(self) -> bool:
        """Whether a line is no supply at all: it is part of what is paid, and of nothing that is declared."""
        return self.nature is TaxNature.OUTLAY

    @property
    def is_like_export(self) -> bool:
        """Whether what is exempt keeps the right to deduct and is declared beside exports (LIVA art. 94.Uno.1.c)."""
        return self.legend in {TaxLegend.EXEMPT_21, TaxLegend.EXEMPT_22, TaxLegend.EXEMPT_24}

    @property
    def is_deductible(self) -> bool:
        """Whether input VAT may be deducted at all; a retailer under the surcharge deducts none (LIVA art. 154)."""
        return self.side is TaxSide.PURCHASES and self.regime is not VatRegime.EQUIVALENCE_SURCHARGE

    def holds_on(self, day: date) -> bool:
        """Whether the code may be used for VAT that falls due on this day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class TaxCodeUnknown(Refused):
    """No such code, or one of the other side."""

    code = "TAX_CODE_UNKNOWN"
    sentence = "Line {position} has the tax code {tax_code}, which does not exist for this document."


class TaxCodeNotInForce(Refused):
    """A code outside its days."""

    code = "TAX_CODE_NOT_IN_FORCE"
    sentence = "Line {position} has the tax code {tax_code}, which is not in force on {day}."


class TaxRateUnknown(Refused):
    """A rate that is not in force."""

    code = "TAX_RATE_UNKNOWN"
    sentence = "Line {position} has a VAT rate of {rate} %, which does not exist for this document on {day}."


class TaxNotCharged(Refused):
    """A line names a rate, but nobody charges or assesses VAT on this document."""

    code = "TAX_NOT_CHARGED"
    sentence = "Line {position} has VAT, but this document is issued without."


class TaxMissing(Refused):
    """Neither a code nor a rate."""

    code = "TAX_MISSING"
    sentence = "Line {position} needs a tax code or a VAT rate."


_ALWAYS = date(1993, 1, 1)
"""LIVA's first day."""

_SINCE_2012 = date(2012, 9, 1)
_SINCE_1995 = date(1995, 1, 1)
_RATES: tuple[tuple[str, str, date, date | None], ...] = (
    ("21", "5.2", _SINCE_2012, None),
    ("10", "1.4", _SINCE_2012, None),
    ("4", "0.5", _SINCE_1995, None),
    ("5", "0.62", date(2022, 7, 1), date(2024, 9, 30)),
    ("0", "0", date(2023, 1, 1), date(2024, 9, 30)),
    ("7.5", "1", date(2024, 10, 1), date(2024, 12, 31)),
    ("2", "0.26", date(2024, 10, 1), date(2024, 12, 31)),
)
"""Rate, the surcharge that the law pairs with it, first and last day."""

_SELF_ASSESSED = (
    ("P_IC_GOODS", VatRegime.INTRA_EU, TaxNature.GOODS),
    ("P_IC_SERVICES", VatRegime.INTRA_EU, TaxNature.SERVICES),
    ("P_IC_INV", VatRegime.INTRA_EU, TaxNature.INVESTMENT),
    ("P_ISP", VatRegime.REVERSE_CHARGE, TaxNature.ANY),
    ("P_ISP_INV", VatRegime.REVERSE_CHARGE, TaxNature.INVESTMENT),
    ("P_EXT", VatRegime.FOREIGN_SERVICE, TaxNature.ANY),
    ("P_IMPORT", VatRegime.EXPORT, TaxNature.ANY),
    ("P_IMPORT_INV", VatRegime.EXPORT, TaxNature.INVESTMENT),
)
"""Purchases from abroad and under reverse charge: first part of the code; the rate follows.

Import VAT (P_IMPORT) is charged by customs: the agent's invoice carries the customs base as one line with the code
and, as its supplier invoiced the goods already, the same amount negative under P_NOT_SUBJECT.
"""

_WITHOUT_VAT = (
    ("S_IC_GOODS", VatRegime.INTRA_EU, TaxNature.GOODS, TaxLegend.INTRA_EU),
    ("S_IC_SERVICES", VatRegime.INTRA_EU, TaxNature.SERVICES, TaxLegend.INTRA_EU_SERVICE),
    ("S_IC_TRIANGULAR", VatRegime.INTRA_EU, TaxNature.TRIANGULAR, TaxLegend.TRIANGULAR),
    ("S_EXPORT", VatRegime.EXPORT, TaxNature.ANY, TaxLegend.EXPORT),
    ("S_EXEMPT", VatRegime.EXEMPT, TaxNature.ANY, TaxLegend.EXEMPT),
    ("S_EXEMPT_21", VatRegime.EXEMPT, TaxNature.ANY, TaxLegend.EXEMPT_21),
    ("S_EXEMPT_22", VatRegime.EXEMPT, TaxNature.ANY, TaxLegend.EXEMPT_22),
    ("S_EXEMPT_24", VatRegime.EXEMPT, TaxNature.ANY, TaxLegend.EXEMPT_24),
    ("S_EXEMPT_OTHER", VatRegime.EXEMPT, TaxNature.ANY, TaxLegend.EXEMPT_OTHER),
    ("S_NOT_SUBJECT", VatRegime.FOREIGN_SERVICE, TaxNature.ANY, TaxLegend.NOT_SUBJECT),
    ("S_REVERSE", VatRegime.REVERSE_CHARGE, TaxNature.ANY, TaxLegend.REVERSE_CHARGE),
    ("P_EXEMPT", VatRegime.EXEMPT, TaxNature.ANY, None),
    ("P_NOT_SUBJECT", VatRegime.EXEMPT, TaxNature.SERVICES, None),
    ("S_OUTLAY", VatRegime.EXEMPT, TaxNature.OUTLAY, TaxLegend.OUTLAY),
    ("P_OUTLAY", VatRegime.EXEMPT, TaxNature.OUTLAY, None),
)


def _made(
    code: str,
    regime: VatRegime,
    nature: TaxNature = TaxNature.ANY,
    *,
    rate: str = "0",
    surcharge: str = "0",
    days: tuple[date, date | None] = (_ALWAYS, None),
    legend: TaxLegend | None = None,
) -> TaxCode:
    return TaxCode(
        code=code,
        side=TaxSide.SALES if code.startswith("S") else TaxSide.PURCHASES,
        regime=regime,
        nature=nature,
        rate=Decimal(rate),
        surcharge_rate=Decimal(surcharge),
        valid_from=days[0],
        valid_until=days[1],
        legend=legend,
    )


def _digits(rate: str) -> str:
    """7.5 -> 7_5."""
    return rate.replace(".", "_")


def _surcharge_digits(rate: str) -> str:
    """As in everyday codes: 5.2 -> 52, 1.4 -> 14, 0.5 -> 05, 0.62 -> 062."""
    return rate.replace(".", "")


def _all_codes() -> list[TaxCode]:
    made: list[TaxCode] = []
    for rate, surcharge, first_on, last_on in _RATES:
        days, stem = (first_on, last_on), _digits(rate)
        retail = f"{stem}R{_surcharge_digits(surcharge)}"
        made += [
            _made(f"S{stem}", VatRegime.DOMESTIC, rate=rate, days=days),
            _made(f"P{stem}", VatRegime.DOMESTIC, rate=rate, days=days),
            _made(f"S{retail}", VatRegime.EQUIVALENCE_SURCHARGE, rate=rate, surcharge=surcharge, days=days),
            _made(f"P{retail}", VatRegime.EQUIVALENCE_SURCHARGE, rate=rate, surcharge=surcharge, days=days),
        ]
        if rate == "0":
            continue
        made.append(_made(f"P{stem}_INV", VatRegime.DOMESTIC, TaxNature.INVESTMENT, rate=rate, days=days))
        made += [
            _made(f"{start}{stem}", regime, nature, rate=rate, days=days)
            for start, regime, nature in _SELF_ASSESSED
        ]
    made += [_made(code, regime, nature, legend=legend) for code, regime, nature, legend in _WITHOUT_VAT]
    return made


TAX_CODES: Mapping[str, TaxCode] = {each.code: each for each in _all_codes()}
"""Every code by its name, those no longer in force included: what was booked keeps its code."""

_BY_USE: Mapping[tuple[TaxSide, VatRegime, Decimal], tuple[TaxCode, ...]] = {
    key: tuple(each for each in TAX_CODES.values() if (each.side, each.regime, each.rate) == key)
    for key in {(each.side, each.regime, each.rate) for each in TAX_CODES.values()}
}


def tax_code(code: str) -> TaxCode:
    """This will give a code that is known to exist, such as one read from a kept line. KeyError otherwise."""
    return TAX_CODES[code]


def codes_on(side: TaxSide, day: date) -> tuple[TaxCode, ...]:
    """This will give the codes of a side that may be used on a day, in the order of the table."""
    return tuple(each for each in TAX_CODES.values() if each.side is side and each.holds_on(day))


def named_tax_code(code: str, *, side: TaxSide, day: date, position: int = 1) -> TaxCode:
    """This will give the code that a line names. Raises TaxCodeUnknown and TaxCodeNotInForce."""
    path = ("lines", str(position - 1), "taxCode")
    found = TAX_CODES.get(code)
    if found is None or found.side is not side:
        raise TaxCodeUnknown(path=path, position=position, tax_code=code)
    if not found.holds_on(day):
        raise TaxCodeNotInForce(path=path, position=position, tax_code=code, day=day)
    return found


def tax_code_for_rate(
    rate: Decimal, *, side: TaxSide, regime: VatRegime, nature: TaxNature, day: date, position: int = 1
) -> TaxCode:
    """This will give the code that a bare rate stands for, by side, regime, what is bought, and the day.

    A rate of zero where the regime has none in force is exempt. Raises TaxNotCharged where the regime bears no VAT
    on this side, TaxRateUnknown otherwise.
    """
    candidates = [each for each in _BY_USE.get((side, regime, rate), ()) if each.holds_on(day)]
    for wanted in (nature, TaxNature.ANY):
        for candidate in candidates:
            if candidate.nature is wanted:
                return candidate
    if candidates:
        return candidates[0]
    if rate == ZERO:
        return TAX_CODES["S_EXEMPT" if side is TaxSide.SALES else "P_EXEMPT"]
    path = ("lines", str(position - 1), "taxRate")
    bears_vat = any(known[:2] == (side, regime) and known[2] for known in _BY_USE)
    if not bears_vat:
        raise TaxNotCharged(path=path, position=position)
    raise TaxRateUnknown(path=path, position=position, rate=rate, day=day)
