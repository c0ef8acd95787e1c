"""Calendar dates without a zone: adding months and finding the last day of one. Pure; never reads a clock."""

from calendar import monthrange
from datetime import date


def month_end(day: date) -> date:
    """This will give the last day of the month that the day is in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """This will move a date by whole months; a day that month lacks becomes its last: 31 January + 1."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
