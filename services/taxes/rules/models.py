"""The returns that are computed here, and the periods they are filed for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.kit.dates import add_months

QUARTERS = ("1T", "2T", "3T", "4T")
MONTHS = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12")
WHOLE_YEAR = "0A"
PERIODS = (*QUARTERS, *MONTHS, WHOLE_YEAR)


class TaxModel(StrEnum):
    """Official models by their number."""

    M111 = "M111"
    M115 = "M115"
    M130 = "M130"
    M180 = "M180"
    M190 = "M190"
    M303 = "M303"
    M347 = "M347"
    M349 = "M349"
    M390 = "M390"

    @property
    def number(self) -> str:
        """As the tax agency writes it: 303."""
        return self.value[1:]


YEARLY = frozenset({TaxModel.M180, TaxModel.M190, TaxModel.M347, TaxModel.M390})
VAT_MODELS = frozenset({TaxModel.M303, TaxModel.M347, TaxModel.M349, TaxModel.M390})
MONTHLY_ALLOWED = frozenset({TaxModel.M303, TaxModel.M111, TaxModel.M115, TaxModel.M349})


@dataclass(frozen=True, slots=True, order=True)
class TaxPeriod:
    """A period of a calendar year: a quarter 1T to 4T, a month 01 to 12, or the whole year 0A."""

    year: int
    code: str

    @property
    def first_month(self) -> int:
        """1 to 12."""
        if self.code in QUARTERS:
            return QUARTERS.index(self.code) * 3 + 1
        return int(self.code) if self.code in MONTHS else 1

    @property
    def months(self) -> int:
        """How many months it has."""
        if self.code in QUARTERS:
            return 3
        return 1 if self.code in MONTHS else 12

    @property
    def starts_on(self) -> date:
        """First day."""
        return date(self.year, self.first_month, 1)

    @property
    def ends_on(self) -> date:
        """Last day."""
        return add_months(self.starts_on, self.months) - timedelta(days=1)

    def has_any_of(self, months: Collection[int]) -> bool:
        """Whether one of the months, from 1, lies in it."""
        return any(self.first_month <= month < self.first_month + self.months for month in months)

    @property
    def is_last_of_year(self) -> bool:
        """4T, December, or the year itself: the one in which a refund may be asked for."""
        return self.first_month + self.months == len(MONTHS) + 1


def periods_of(model: TaxModel, *, monthly: bool, monthly_quarters: Collection[int] = ()) -> tuple[str, ...]:
    """This will name the periods of a year for which a model is filed. Only VAT goes monthly with the profile.

    `monthly_quarters` are the quarters whose 349 is filed month by month.
    """
    if model in YEARLY:
        return (WHOLE_YEAR,)
    if model is TaxModel.M349:
        return tuple(
            code
            for number, quarter in enumerate(QUARTERS, start=1)
            for code in (MONTHS[number * 3 - 3 : number * 3] if number in monthly_quarters else (quarter,))
        )
    return MONTHS if monthly and model is TaxModel.M303 else QUARTERS


def fits(model: TaxModel, code: str) -> bool:
    """Whether the model is ever filed for such a period."""
    if model in YEARLY:
        return code == WHOLE_YEAR
    return code in QUARTERS or (code in MONTHS and model in MONTHLY_ALLOWED)
