"""A page by key as SQL: rows after a cursor, one more than asked for, numbered; and what a connection says of them."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    cast,
    func,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY

from gateway.planner.json import EMPTY_LIST, json_object
from gateway.planner.parameters import Arguments, Parameters
from gateway.planner.selection import Selected
from services.kit import reads
from services.kit.errors import BadInput
from services.kit.pages import cursor_part


def page_size(arguments: Arguments, first_max: int) -> int:
    """How many rows are asked for. Raises BadInput beyond what the list allows."""
    first: int = arguments.values.get("first") or 0
    if not 1 <= first <= first_max:
        raise BadInput("first", "ask for 1 to {most} rows", most=first_max)
    return first


def keyed(
    statement: Select[Any],
    row: FromClause,
    sort: reads.Sort | None,
    first: int,
    *,
    arguments: Arguments,
    parameters: Parameters,
) -> Select[Any]:
    """This will order rows by the sort's key and their id, begin after the caller's cursor, and add `#cursor`.

    It takes one row more than asked for, which only says that there are more.
    """
    keys: list[ColumnElement[Any]] = [sort.key(row), row.c.id] if sort else [row.c.id]
    descending = sort.descending if sort else False
    if arguments.values.get("after") is not None:
        bound = [
            parameters.bound(arguments, ("after",), _reader(keys, place), sql_type=key.type)
            for place, key in enumerate(keys)
        ]
        here, there = tuple_(*keys), tuple_(*bound)
        statement = statement.where(here < there if descending else here > there)
    ordered = [key.desc() if descending else key.asc() for key in keys]
    limit = literal_column(str(first + 1), Integer)
    return statement.add_columns(_cursor(keys).label("#cursor")).order_by(*ordered).limit(limit)


def _reader(keys: list[ColumnElement[Any]], place: int) -> Callable[[Any], Any]:
    """How the key at a place is read from the caller's cursor."""
    python_type = keys[place].type.python_type
    return lambda cursor: cursor_part(cursor, len(keys), place, python_type)


def _cursor(keys: list[ColumnElement[Any]]) -> ColumnElement[Any]:
    """The keys of a row as `services.kit.pages.read_cursor` reads them: a JSON list of texts in one line of base64."""
    texts = func.json_build_array(*(cast(key, Text) for key in keys))
    return func.translate(func.encode(func.convert_to(cast(texts, Text), "UTF8"), "base64"), "\n", "")


def numbered(made: Mapping[int, ColumnElement[Any]], rows: FromClause, name: str) -> FromClause:
    """The rows of `keyed` with cursor `c`, number `n` from 1 and, for each place in `made`, its JSON `j<place>`."""
    columns = (value.label(f"j{place}") for place, value in made.items())
    number = func.row_number().over().label("n")
    return select(*columns, rows.c["#cursor"].label("c"), number).select_from(rows).subquery(name)


def nodes(page: FromClause, place: int, first: int) -> ColumnElement[Any]:
    """The rows asked for at a place of the selection, without the one that says there are more."""
    return func.coalesce(func.json_agg(page.c[f"j{place}"]).filter(page.c.n <= first), EMPTY_LIST)


def page_info(wanted: list[Selected], page: FromClause, first: int) -> ColumnElement[Any]:
    """Where the page ends."""
    made: dict[str, ColumnElement[Any]] = {
        "hasNextPage": func.count() > first,
        "endCursor": func.array_agg(page.c.c, type_=ARRAY(Text))[func.least(func.count(), first)],
        "__typename": literal_column("'PageInfo'"),
    }
    return json_object([(item.key, made[item.name]) for item in wanted])


def total_count(statement: Select[Any], name: str) -> ColumnElement[Any]:
    """How many rows the filters find over all pages."""
    counted = select(cast(func.count(), Integer)).select_from(statement.subquery(name))
    return counted.scalar_subquery()
