"""The chart of accounts that a small Spanish company starts with, and how its sub-accounts are numbered.

172 accounts of the general chart for small companies (RD 1514/2007 and RD 1515/2007), kept as data in
`chart.csv`. A code is text and sorts as text. The first three digits are the statutory level; a heading of
three digits stands for its four-digit form, so sub-accounts of 430 begin with 4300 and 4304 is its sister,
not its child.

Only leaves take entries: as soon as 47700021 exists, nothing may be posted to 477.
"""

from collections.abc import Collection
from csv import DictReader
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files

from services.kit.errors import Refused

SUB_ACCOUNT_WIDTH = 8
"""Digits of a sub-account unless a firm chooses otherwise (8 to 12 are usual)."""

SUB_ACCOUNT_WIDTH_MAX = 12

CONTACT_ACCOUNTS = (
    "400",
    "401",
    "407",
    "410",
    "411",
    "430",
    "431",
    "436",
    "438",
    "440",
    "465",
    "173",
    "523",
    "551",
    "5525",
)
"""Prefixes of accounts whose lines name a contact and can be open items."""

CODED_RATE_MAX = 999
"""The last three digits of a tax sub-account hold the rate."""

BANK_ACCOUNTS = ("572", "573", "574")
"""One sub-account per IBAN stands under these."""

SPLIT_HEADINGS = frozenset({"103", "552", "630", "693"})
"""Three-digit headings whose children land on different lines of the reports, so they never take an entry."""


class AccountType(StrEnum):
    """Where the balance of an account belongs. BY_BALANCE: asset when in debit, liability when in credit."""

    EQUITY = "EQUITY"
    NON_CURRENT_LIABILITY = "NON_CURRENT_LIABILITY"
    CURRENT_LIABILITY = "CURRENT_LIABILITY"
    NON_CURRENT_ASSET = "NON_CURRENT_ASSET"
    CURRENT_ASSET = "CURRENT_ASSET"
    INCOME = "INCOME"
    EXPENSE = "EXPENSE"
    BY_BALANCE = "BY_BALANCE"


class TaxRegime(StrEnum):
    """Why VAT is in the books; each has its own sub-accounts because each fills other boxes of model 303."""

    DOMESTIC = "DOMESTIC"
    EQUIVALENCE_SURCHARGE = "EQUIVALENCE_SURCHARGE"
    INTRA_EU = "INTRA_EU"
    REVERSE_CHARGE = "REVERSE_CHARGE"
    FOREIGN_SERVICE = "FOREIGN_SERVICE"


@dataclass(frozen=True)
class ChartAccount:
    """One account of the chart. `type` decides its side of the reports."""

    code: str
    type: AccountType
    name_en: str
    name_es: str

    def name(self, locale: str) -> str:
        """This will give the name: Spanish for es and ca, English for the others."""
        return self.name_es if locale in {"es", "ca"} else self.name_en


class LedgerAccountUnknown(Refused):
    """The code is neither in the chart nor below an account of it."""

    code = "LEDGER_ACCOUNT_UNKNOWN"
    sentence = "There is no ledger account {account_code} in the chart of accounts."


class SubAccountOutOfRange(Refused):
    """A sequence below zero, or with more digits than the width leaves beside the parent."""

    code = "SUB_ACCOUNT_OUT_OF_RANGE"
    sentence = "Sub-account {sequence} of {parent} does not fit into {width} digits."


class TaxRateNotCoded(Refused):
    """A rate that cannot be written in the three digits of a tax sub-account."""

    code = "TAX_RATE_NOT_CODED"
    sentence = "A tax rate of {rate} % has no sub-account in this regime."


_TYPES = {
    "EQ": AccountType.EQUITY,
    "NL": AccountType.NON_CURRENT_LIABILITY,
    "CL": AccountType.CURRENT_LIABILITY,
    "NA": AccountType.NON_CURRENT_ASSET,
    "CA": AccountType.CURRENT_ASSET,
    "IN": AccountType.INCOME,
    "EX": AccountType.EXPENSE,
    "XX": AccountType.BY_BALANCE,
}

_REGIME_DIGITS = {
    TaxRegime.DOMESTIC: "0",
    TaxRegime.EQUIVALENCE_SURCHARGE: "1",
    TaxRegime.INTRA_EU: "2",
    TaxRegime.REVERSE_CHARGE: "3",
    TaxRegime.FOREIGN_SERVICE: "4",
}

_REGIME_NAMES = {
    TaxRegime.DOMESTIC: ("", ""),
    TaxRegime.EQUIVALENCE_SURCHARGE: (" equivalence surcharge", " recargo de equivalencia"),
    TaxRegime.INTRA_EU: (" intra-EU", " intracomunitario"),
    TaxRegime.REVERSE_CHARGE: (" reverse charge", " inversión del sujeto pasivo"),
    TaxRegime.FOREIGN_SERVICE: (" services from abroad", " servicios del exterior"),
}

VAT_RATES = (Decimal(21), Decimal(10), Decimal(4))
SURCHARGE_RATES = (Decimal("5.2"), Decimal("1.4"), Decimal("0.5"))
PAST_VAT_RATES = (Decimal(5), Decimal("7.5"), Decimal(2))
PAST_SURCHARGE_RATES = (Decimal("0.62"), Decimal(1), Decimal("0.26"))
"""Rates of food and energy from July 2022 to December 2024: their accounts are made only where they are needed."""


@cache
def small_company_chart() -> tuple[ChartAccount, ...]:
    """This will give the 172 accounts, sorted by code."""
    text = files(__package__).joinpath("chart.csv").read_text(encoding="utf-8")
    rows = DictReader(text.splitlines(), delimiter=";")
    accounts = (
        ChartAccount(row["code"], _TYPES[row["type"]], row["name_en"], row["name_es"]) for row in rows
    )
    return tuple(sorted(accounts, key=lambda account: account.code))


def heading_of(code: str) -> ChartAccount:
    """This will find the account of the chart above a sub-account: 43000012 -> 430, 43040001 -> 4304.

    Raises LedgerAccountUnknown.
    """
    candidates = [account for account in small_company_chart() if _is_at_or_below(code, account.code)]
    if not candidates:
        raise LedgerAccountUnknown(account_code=code)
    return max(candidates, key=lambda account: len(account.code))


def sub_account_code(parent: str, sequence: int, width: int = SUB_ACCOUNT_WIDTH) -> str:
    """This will number a sub-account, parent padded to four digits, then sequence: 430, 12 -> 43000012.

    Raises SubAccountOutOfRange when the sequence is negative or needs more digits than the width leaves.
    """
    stem = parent.ljust(4, "0")
    room = width - len(stem)
    if width > SUB_ACCOUNT_WIDTH_MAX or room < 1 or sequence < 0 or len(str(sequence)) > room:
        raise SubAccountOutOfRange(parent=parent, sequence=sequence, width=width)
    return stem + str(sequence).zfill(room)


def is_postable(code: str, codes: Collection[str]) -> bool:
    """This will say if an entry may use the account: it is among the company's codes, none is below it."""
    if code not in codes or code in SPLIT_HEADINGS:
        return False
    return not any(other != code and _is_below(other, code) for other in codes)


def needs_contact(code: str) -> bool:
    """This will say if every line on the account must name a contact."""
    return code.startswith(tuple(CONTACT_ACCOUNTS))


def is_bank_account(code: str) -> bool:
    """This will say if the account is the ledger side of a bank account (one sub-account per IBAN)."""
    return code.startswith(BANK_ACCOUNTS)


def tax_sub_account_code(parent: str, regime: TaxRegime, rate: Decimal) -> str:
    """This will give the sub-account of 472 or 477 for a rate: 21 -> 47700021, surcharge 5.2 -> 47701520.

    The fifth digit is the regime, the last three are the rate: whole per cents as they are (021), rates
    with a half per cent in tenths (7.5 -> 075), surcharges in hundredths (5.2 -> 520). Raises
    TaxRateNotCoded.
    """
    if regime is TaxRegime.EQUIVALENCE_SURCHARGE:
        scaled = rate * 100
    elif rate == rate.to_integral_value():
        scaled = rate
    else:
        scaled = rate * 10
    if scaled != scaled.to_integral_value() or not 0 < scaled <= CODED_RATE_MAX:
        raise TaxRateNotCoded(rate=rate)
    return f"{parent.ljust(4, '0')}{_REGIME_DIGITS[regime]}{int(scaled):03d}"


def tax_sub_accounts(parent: str, *, past: bool = False) -> dict[tuple[str, Decimal], ChartAccount]:
    """This will give the tax sub-accounts of 472 or 477 by (regime, rate), for the rates in force or for past ones.

    Input VAT has none for the surcharge: a retailer in that regime deducts nothing, so it is part of the
    cost.
    """
    heading = heading_of(parent)
    pairs = [
        (regime, rate)
        for regime in TaxRegime
        for rate in _rates(regime, past=past)
        if _is_kept(parent, regime)
    ]
    return {(regime.value, rate): _tax_account(heading, regime, rate) for regime, rate in pairs}


def _rates(regime: TaxRegime, *, past: bool) -> tuple[Decimal, ...]:
    if past:
        return PAST_SURCHARGE_RATES if regime is TaxRegime.EQUIVALENCE_SURCHARGE else PAST_VAT_RATES
    return SURCHARGE_RATES if regime is TaxRegime.EQUIVALENCE_SURCHARGE else VAT_RATES


def _is_kept(parent: str, regime: TaxRegime) -> bool:
    return not (parent.startswith("472") and regime is TaxRegime.EQUIVALENCE_SURCHARGE)


def _tax_account(heading: ChartAccount, regime: TaxRegime, rate: Decimal) -> ChartAccount:
    english, spanish = _REGIME_NAMES[regime]
    return ChartAccount(
        code=tax_sub_account_code(heading.code, regime, rate),
        type=heading.type,
        name_en=f"{heading.name_en}{english} {rate} %",
        name_es=f"{heading.name_es}{spanish} {str(rate).replace('.', ',')} %",
    )


def _is_below(code: str, heading: str) -> bool:
    return (
        len(code) > len(heading) and code.startswith(heading.ljust(4, "0")) and code != heading.ljust(4, "0")
    )


def _is_at_or_below(code: str, heading: str) -> bool:
    return code == heading or _is_below(code, heading)
