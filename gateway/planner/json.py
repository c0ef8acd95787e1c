"""How PostgreSQL writes each value of an answer. Both executors read what these expressions give."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, Numeric, Text, cast, func, literal_column
from sqlalchemy.dialects.postgresql import JSON

from services.kit import reads
from services.kit.errors import BadInput

FIELDS_MAX = 50
"""Fields of one object in one selection: json_build_object takes 100 arguments."""

EMPTY_LIST: ColumnElement[Any] = literal_column("'[]'::json", JSON)
EMPTY_OBJECT: ColumnElement[Any] = literal_column("'{}'::json", JSON)


def json_object(parts: list[tuple[str, ColumnElement[Any]]]) -> ColumnElement[Any]:
    """An object with these keys in this order. Keys are GraphQL names, so they need no escaping."""
    if not parts:
        return EMPTY_OBJECT
    if len(parts) > FIELDS_MAX:
        raise BadInput("query", "ask for at most {most} fields of one object", most=FIELDS_MAX)
    flat: list[ColumnElement[Any]] = []
    for key, value in parts:
        flat += [literal_column(f"'{key}'"), value]
    return func.json_build_object(*flat, type_=JSON)


def json_list(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """All rows of the select as a list; no rows give an empty list."""
    return func.coalesce(func.json_agg(value), EMPTY_LIST)


def json_value(value: ColumnElement[Any], output: str, read: reads.Read) -> ColumnElement[Any]:
    """A leaf as the answer shows it: money as text with its decimals, whole numbers within 32 bits."""
    if output == "Money":
        if isinstance(read, reads.Expr):
            value = cast(value, Numeric(18, read.places))
        return cast(value, Text)
    if output == "Int" and isinstance(read, reads.Expr):
        return cast(value, Integer)
    return value
