"""What a return is computed from, frozen."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from services.kit.money import total
from services.taxes.rules.informative import CashReceived, DeclaredSum, PartnerSum
from services.taxes.rules.models import MONTHS, QUARTERS, WHOLE_YEAR, TaxModel, TaxPeriod
from services.taxes.rules.profile import Profile
from services.taxes.rules.taxed import TaxedSum
from services.taxes.rules.vat_303 import ResultType
from services.taxes.rules.withholdings import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A return that was prepared for a period: its boxes as they were."""

    model: TaxModel
    period: TaxPeriod
    state: str
    boxes: Mapping[str, Decimal]
    result: ResultType | None
    inputs_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything a return is computed from. `ledger` is debit less credit by heading and quarter.

    `supplied` is what was sold to other member states by year and quarter; `declared` what was told of it before for
    the periods that this one corrects. `typed` are boxes that a person typed, by
    model and period; `kept` the returns that were prepared before, of each period the last.
    """

    model: TaxModel
    period: TaxPeriod
    profile: Profile
    lines: Sequence[TaxedSum] = ()
    recipients: Sequence[Recipient] = ()
    partners: Sequence[PartnerSum] = ()
    cash: Sequence[CashReceived] = ()
    declared: Sequence[DeclaredSum] = ()
    supplied: Mapping[tuple[int, int], Decimal] = field(default_factory=dict)
    ledger: Mapping[tuple[str, int], Decimal] = field(default_factory=dict)
    typed: Mapping[tuple[TaxModel, str], Mapping[str, Decimal]] = field(default_factory=dict)
    kept: Sequence[Kept] = ()

    def typed_here(self) -> Mapping[str, Decimal]:
        """What was typed for this return."""
        return self.typed.get((self.model, self.period.code), {})

    def booked(self, heading: str) -> Decimal:
        """Debit less credit of a heading over the whole period."""
        return total(amount for (name, _), amount in self.ledger.items() if name == heading)

    @property
    def hash(self) -> str:
        """SHA-256 of what the boxes come from, so that a later change is seen."""
        said: list[Any] = [self.model, self.period.year, self.period.code, self.profile.vat_scheme]
        said += sorted(
            repr(line) for line in (*self.lines, *self.recipients, *self.partners, *self.cash, *self.declared)
        )
        said += sorted((box, str(amount)) for box, amount in self.typed_here().items())
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def before(period: TaxPeriod) -> TaxPeriod:
    """This will give the period of the same length before this one."""
    for codes in (QUARTERS, MONTHS):
        if period.code in codes:
            place = codes.index(period.code)
            return (
                TaxPeriod(period.year, codes[place - 1]) if place else TaxPeriod(period.year - 1, codes[-1])
            )
    return TaxPeriod(period.year - 1, WHOLE_YEAR)
