"""What a return says, and what to look at before it is filed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from services.kit.money import ZERO
from services.taxes.rules.shares import Shares
from services.taxes.rules.vat_303 import ResultType


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Two numbers that have to agree: `ours` from the boxes, `theirs` from the books. `values` fill the sentence."""

    code: str
    ours: Decimal
    theirs: Decimal
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether they agree to the cent."""
        return self.ours == self.theirs


CHECK_SENTENCES: Mapping[str, str] = {
    "OUTPUT_TAX": "Box 27 against the movements of account 477.",
    "INPUT_TAX": "Box 45 against the movements of account 472.",
    "WITHHELD": "What was withheld against the movements of account 4751.",
    "QUARTERS_OUTPUT": "Box 47 against the sum of boxes 27 of the kept returns.",
    "QUARTERS_INPUT": "Box 64 against the sum of boxes 45 of the kept returns.",
    "CODES_WITHOUT_BOX": "Amounts under tax codes that this form has no box for: {codes}.",
    "RATES_UNKNOWN": "Withholdings at rates that no form here takes: {rates}.",
    "NUMBERS_MISSING": "Operations with persons without a usable tax number: {names}.",
    "MONTHLY_349": "More than 50000 was sold to other member states in this quarter or one of the four before: the 349"
    " is filed by months.",
    "PERIOD_BEFORE": "The return of the period before is not kept here; type box 110 if something waits from it.",
}
"""What a check compares, by its code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person whom a return names: key of the operation, tax number, amount, and by quarter where the form asks.

    `withheld` is what was kept of the amount; `corrects` names the period that the amount is for where it corrects one,
    and `declared_before` what was told then. `cash` is what was
    received in coins and notes, `cash_year` the earlier year whose sales it paid.
    """

    key: str
    tax_id: str | None
    name: str
    amount: Decimal
    withheld: Decimal = ZERO
    quarters: tuple[Decimal, ...] = ()
    reverse_charge: bool = False
    corrects: str | None = None
    declared_before: Decimal = ZERO
    cash: Decimal = ZERO
    cash_year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a return says. `problem` is a key of NOT_COMPUTED; then there is nothing else."""

    problem: str | None = None
    boxes: Mapping[str, Decimal] = field(default_factory=dict)
    parties: tuple[Party, ...] = ()
    checks: tuple[Check, ...] = ()
    result: ResultType | None = None
    amount: Decimal | None = None
    shares: Shares = field(default_factory=dict)
    """What boxes without lines are made of."""
