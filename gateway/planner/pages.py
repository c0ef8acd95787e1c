"""A page by key as SQL: rows after a cursor, and what a connection says of them.

Where the selection asks for `pageInfo` the page holds one row more than asked for, numbered.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    Uuid,
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

_KEY = "#key"
"""The keys of a row of `keyed` are columns of this name and a number."""


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
    rows_max: int,
    *,
    arguments: Arguments,
    parameters: Parameters,
) -> Select[Any]:
    """This will order rows by the sort's key and their id, begin after the caller's cursor, add the keys as `#key`."""
    keys = _keys(row, sort)
    statement = _ordered(statement, keys, sort, rows_max, arguments=arguments, parameters=parameters)
    return statement.add_columns(*(key.label(f"{_KEY}{place}") for place, key in enumerate(keys)))


def gathered(
    found: Select[Any],
    row: FromClause,
    sort: reads.Sort | None,
    rows_max: int,
    *,
    name: str,
    arguments: Arguments,
    parameters: Parameters,
) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """How many rows a dear search finds, and which of them are on the page: both from one search.

    Only keys and ids are kept of what was found. The rows of the page are read again by their ids, by a statement
    that asks for everything else as any other does.
    """
    keys = _keys(row, sort)
    labelled = [key.label(f"k{place}") for place, key in enumerate(keys)]
    kept = found.with_only_columns(*labelled).cte(name)
    own = [kept.c[key.name] for key in labelled]
    page = _ordered(select(own[-1]), own, sort, rows_max, arguments=arguments, parameters=parameters)
    count = select(cast(func.count(), Integer)).select_from(kept).scalar_subquery()
    return count, func.array(page.scalar_subquery(), type_=ARRAY(Uuid))


def _keys(row: FromClause, sort: reads.Sort | None) -> list[ColumnElement[Any]]:
    """What orders a list: the key of its sort, and the id that breaks ties."""
    return [sort.key(row), row.c.id] if sort else [row.c.id]


def _ordered(
    statement: Select[Any],
    keys: Sequence[ColumnElement[Any]],
    sort: reads.Sort | None,
    rows_max: int,
    *,
    arguments: Arguments,
    parameters: Parameters,
) -> Select[Any]:
    """The rows after the caller's cursor in the order of the keys."""
    descending = sort.descending if sort else False
    if arguments.values.get("after") is not None:
        bound = [
            parameters.bound(arguments, ("after",), _reader(keys, place), sql_type=key.type)
            for place, key in enumerate(keys)
        ]
        here, there = tuple_(*keys), tuple_(*bound)
        statement = statement.where(here < there if descending else here > there)
    ordered = [key.desc() if descending else key.asc() for key in keys]
    return statement.order_by(*ordered).limit(literal_column(str(rows_max), Integer))


def _reader(keys: Sequence[ColumnElement[Any]], place: int) -> Callable[[Any], Any]:
    """How the key at a place is read from the caller's cursor."""
    python_type = keys[place].type.python_type
    return lambda cursor: cursor_part(cursor, len(keys), place, python_type)


def _cursor(keys: Sequence[ColumnElement[Any]]) -> ColumnElement[Any]:
    """The keys of a row as `services.kit.pages.read_cursor` reads them: a JSON list of texts in one line of base64."""
    texts = func.json_build_array(*(cast(key, Text) for key in keys))
    return func.translate(func.encode(func.convert_to(cast(texts, Text), "UTF8"), "base64"), "\n", "")


def made_rows(
    made: Mapping[int, ColumnElement[Any]], rows: FromClause, name: str, *, peeked: bool
) -> FromClause:
    """The rows of `keyed` with their JSON `j<place>` for each place in `made`.

    `peeked` says that one row more was taken, to see whether there are more: then with cursor `c` and number `n` from
    1. Cursors are written here, of the rows of the page: beside the keys that order a list they would be written of
    every row that is sorted.
    """
    columns = [value.label(f"j{place}") for place, value in made.items()]
    if peeked:
        keys = [column for column in rows.c if column.name.startswith(_KEY)]
        columns += [_cursor(keys).label("c"), func.row_number().over().label("n")]
    return select(*columns).select_from(rows).subquery(name)


def nodes(page: FromClause, place: int, first: int) -> ColumnElement[Any]:
    """The rows asked for at a place of the selection, without the one that says there are more."""
    listed = func.json_agg(page.c[f"j{place}"])
    return func.coalesce(listed.filter(page.c.n <= first) if "n" in page.c else listed, EMPTY_LIST)


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
