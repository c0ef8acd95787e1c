"""When what two businesses agreed falls due: days after issue, end of month, fixed pay days, instalments.

Days are calendar days (Ley 3/2004 art. 4 counts natural days); a due date on a holiday stays as it is: the bank moves
it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from services.kit.dates import add_months, month_end
from services.kit.errors import BadInput
from services.kit.money import to_cents

INSTALMENTS_MAX = 12
DAYS_MAX = 365
PAY_DAYS_MAX = 6
LAST_DAY = 31
"""A fixed pay day beyond the end of a month means its last day."""

LEGAL_DAYS_MAX = 60
"""Longest term between businesses (Ley 3/2004 art. 4.1); longer ones are void, so cards show a warning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTerms:
    """What was agreed. `days` after issue, one per instalment, ascending; none: due on the day of issue.

    With `month_end` each date moves to the end of its month, then to the next of the `pay_days` (1 to 31, 31 is the
    last day), that day included.
    """

    days: tuple[int, ...] = ()
    month_end: bool = False
    pay_days: tuple[int, ...] = ()


NO_TERMS = PaymentTerms()
"""Nothing was agreed: due on the day of issue."""


def checked_terms(terms: PaymentTerms, *, path: str) -> PaymentTerms:
    """This will give the terms with days in order. Raises BadInput naming the part that makes no sense.

    `path` is where the terms stand in the caller's input, such as "input.paymentTerms".
    """
    if len(terms.days) > INSTALMENTS_MAX or len(set(terms.days)) < len(terms.days):
        raise BadInput(f"{path}.days", "give at most {most} different numbers of days", most=INSTALMENTS_MAX)
    if any(not 0 <= days <= DAYS_MAX for days in terms.days):
        raise BadInput(f"{path}.days", "give days from 0 to {most}", most=DAYS_MAX)
    if len(terms.pay_days) > PAY_DAYS_MAX or any(not 1 <= day <= LAST_DAY for day in terms.pay_days):
        raise BadInput(f"{path}.payDays", "give at most {most} days of the month, 1 to 31", most=PAY_DAYS_MAX)
    return PaymentTerms(
        days=tuple(sorted(terms.days)),
        month_end=terms.month_end,
        pay_days=tuple(sorted(set(terms.pay_days))),
    )


def due_dates(terms: PaymentTerms, issued_on: date, total: Decimal) -> tuple[tuple[date, Decimal], ...]:
    """This will give each day and what is due on it: equal parts in cents that add up to `total`, whatever its sign.

    Parts that fall on one day are one instalment, parts of nothing are left out; there is always at least one.
    """
    days = terms.days or (0,)
    dates = [_due_on(terms, issued_on + timedelta(days=after)) for after in days]
    amounts: dict[date, Decimal] = {}
    for due_on, amount in zip(dates, _parts(total, len(days)), strict=True):
        amounts[due_on] = amounts.get(due_on, Decimal("0.00")) + amount
    due = [(due_on, amount) for due_on, amount in amounts.items() if amount]
    return tuple(due) or ((dates[-1], to_cents(total)),)


def longest_days(terms: PaymentTerms) -> int:
    """The longest a part may take by the agreed days alone."""
    return max(terms.days, default=0)


def _due_on(terms: PaymentTerms, day: date) -> date:
    if terms.month_end:
        day = month_end(day)
    if not terms.pay_days:
        return day
    later = [pay_day for pay_day in _pay_days(terms.pay_days, day) if pay_day >= day]
    return min(later or _pay_days(terms.pay_days, add_months(day.replace(day=1), 1)))


def _pay_days(days: Iterable[int], month: date) -> list[date]:
    last = month_end(month)
    return [last if day > last.day else last.replace(day=day) for day in days]


def _parts(total: Decimal, count: int) -> list[Decimal]:
    """Cuts by the running total, so that no part ever has the other sign and the last takes the rest."""
    reached = [to_cents(total * place / count) for place in range(count + 1)]
    return [after - before for before, after in pairwise(reached)]
