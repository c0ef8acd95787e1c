"""Pages by key: the shape of every list that can grow."""

import base64
import binascii
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

import orjson
import strawberry

from services.kit.errors import BadInput
from services.kit.money import AMOUNT_MAX

Node = TypeVar("Node")


@strawberry.type(description="Where a page ends.")
class PageInfo:
    """Where a page ends, for whoever reads on."""

    has_next_page: bool = strawberry.field(description="Whether more rows follow this page.")
    end_cursor: str | None = strawberry.field(
        description="Give it as `after` to get the next page. Opaque; null on an empty page."
    )


@strawberry.type(description="A page of a list.")
class Connection(Generic[Node]):
    """The page a `connection` field gives; only what is asked of it is read."""

    nodes: list[Node] = strawberry.field(description="The rows of this page, in the order asked for.")
    page_info: PageInfo = strawberry.field(description="Where this page ends.")
    total_count: int = strawberry.field(
        description="How many rows the filter finds over all pages, counted in the same statement, only if asked."
    )


CURSOR_LENGTH_MAX = 1024
_BIGINT = 2**63

_NO_CURSOR = "give the endCursor of a page of this list"


def read_cursor(cursor: str, parts: int) -> list[Any]:
    """This will unpack `endCursor`. Raises BadInput if it is not one that a list of this order gave."""
    if len(cursor) > CURSOR_LENGTH_MAX:
        raise BadInput("after", _NO_CURSOR)
    try:
        values = orjson.loads(base64.b64decode(cursor, validate=True))
    except (ValueError, binascii.Error) as error:
        raise BadInput("after", _NO_CURSOR) from error
    if not isinstance(values, list) or len(values) != parts:
        raise BadInput("after", "this cursor belongs to another order; start from the first page")
    return values


def cursor_part(cursor: str, parts: int, position: int, python_type: type) -> Any:
    """This will give one key of a cursor as the Python value that its column takes."""
    text = read_cursor(cursor, parts)[position]
    try:
        value = _value(text, python_type)
    except (AttributeError, TypeError, ValueError, ArithmeticError) as error:
        raise BadInput("after", _NO_CURSOR) from error
    if not _is_kept(value):
        raise BadInput("after", _NO_CURSOR)
    return value


def _value(text: Any, python_type: Any) -> Any:
    if issubclass(python_type, date):
        return python_type.fromisoformat(text)
    if python_type is bool:
        return text == "true"
    if python_type is object:  # What SQLAlchemy knows of a text with a collation.
        return str(text)
    return python_type(text)


def _is_kept(value: Any) -> bool:
    """Whether some column could hold the value; what none can makes the database fail instead of finding nothing."""
    if isinstance(value, str):
        return "\x00" not in value
    if isinstance(value, datetime):
        return value.tzinfo is not None and date.min.year < value.year < date.max.year
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value) <= AMOUNT_MAX
    return not isinstance(value, int) or abs(value) < _BIGINT
