"""The scalars of the contract. What PostgreSQL wrote passes as it is; what Python made is written the same way."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NewType

import strawberry

from services.kit.money import AmountNotUnderstood, parse_amount


def _money_in(value: Any) -> Decimal:
    if not isinstance(value, str):
        raise ValueError('give an amount as text, such as "1210.00"')  # noqa: TRY004 -- GraphQL wants a ValueError
    try:
        return parse_amount(value)
    except AmountNotUnderstood as error:
        raise ValueError('give a decimal number with a point, such as "1210.00"') from error


def _date_in(value: Any) -> date:
    if not isinstance(value, str):
        raise ValueError("give a day as YYYY-MM-DD")  # noqa: TRY004 -- GraphQL wants a ValueError
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError("give a day as YYYY-MM-DD") from error


def _instant_in(value: Any) -> datetime:
    if not isinstance(value, str):
        raise ValueError("give an instant as 2026-11-21T09:30:00Z")  # noqa: TRY004 -- GraphQL wants a ValueError
    try:
        instant = datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError("give an instant as 2026-11-21T09:30:00Z") from error
    if instant.tzinfo is None:
        raise ValueError("give the instant with its offset, such as 2026-11-21T09:30:00Z")
    return instant


def _text_out(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


MoneyType = NewType("MoneyType", Decimal)
DateType = NewType("DateType", date)
DateTimeType = NewType("DateTimeType", datetime)

Money = MoneyType
Date = DateType
DateTime = DateTimeType

SCALARS: dict[object, Any] = {
    MoneyType: strawberry.scalar(
        name="Money",
        description='Exact decimal amount as text, such as "1210.00"; its currency is a sibling field. Never a float.',
        serialize=_text_out,
        parse_value=_money_in,
    ),
    DateType: strawberry.scalar(
        name="Date",
        description="Calendar day without zone, YYYY-MM-DD.",
        serialize=_text_out,
        parse_value=_date_in,
    ),
    DateTimeType: strawberry.scalar(
        name="DateTime",
        description="Instant, RFC 3339 with offset; always UTC.",
        serialize=_text_out,
        parse_value=_instant_in,
    ),
}

__all__ = ["SCALARS", "Date", "DateTime", "Money"]
