"""Until when a return is filed. A last day that is no working day moves to the next one (Ley 39/2015 art. 30.5).

Sources: RD 1624/1992 art. 71 (303), Orden EHA/586/2011 (111), RD 439/2007 art. 108 and 111 (111, 115, 130), Orden
EHA/769/2010 (349), Orden EHA/3012/2008 (347). Only Saturdays, Sundays and national holidays count here; regional and
local ones may give a taxpayer more time, never less.
"""

from datetime import date, timedelta
from functools import cache

import holidays

from services.kit.dates import add_months, month_end
from services.taxes.rules.models import MONTHS, TaxModel, TaxPeriod

_SATURDAY = 5
_JULY = "07"
"""The 349 of July may wait for September (RD 1624/1992 art. 81)."""

_THIRTIETH_OF_JANUARY = frozenset({TaxModel.M303, TaxModel.M130, TaxModel.M349})


def due_on(model: TaxModel, period: TaxPeriod) -> date:
    """This will give the last day to file a return of the period."""
    return next_working_day(_nominal(model, period))


def opens_on(period: TaxPeriod) -> date:
    """This will give the first day on which the period can be filed: the one after its end."""
    return period.ends_on + timedelta(days=1)


def next_working_day(day: date) -> date:
    """This will give the day itself, or the next one that is no Saturday, Sunday or national holiday."""
    while day.weekday() >= _SATURDAY or day in _national(day.year):
        day += timedelta(days=1)
    return day


def _nominal(model: TaxModel, period: TaxPeriod) -> date:
    following = add_months(period.starts_on, period.months)
    match model:
        case TaxModel.M347:
            return month_end(date(period.year + 1, 2, 1))
        case TaxModel.M390:
            return date(period.year + 1, 1, 30)
        case TaxModel.M190 | TaxModel.M180:
            return date(period.year + 1, 1, 31)
    if model is TaxModel.M349 and period.code == _JULY:
        return date(period.year, 9, 20)
    if model is TaxModel.M303 and period.code in MONTHS:
        return min(following + timedelta(days=29), month_end(following))
    if period.is_last_of_year and model in _THIRTIETH_OF_JANUARY:
        return following.replace(day=30)
    return following.replace(day=20)


@cache
def _national(year: int) -> "holidays.HolidayBase":
    return holidays.country_holidays("ES", years=year)
