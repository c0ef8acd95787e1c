"""Questions made from the schema, with all they need and every id they take, so that each id can be a stranger's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    Undefined,
    get_named_type,
    is_composite_type,
)

SCALARS: Mapping[str, Any] = {
    "String": "x",
    "Int": 2026,
    "Float": 1.0,
    "Boolean": True,
    "Money": "10.00",
    "Date": "2026-11-16",
    "DateTime": "2026-11-30T12:00:00Z",
    "JSON": {},
}
"""A value of each scalar that most rules let pass."""

LEVELS_MAX, FIELDS_MAX = 2, 45
ID = "ID"

Place = tuple[str | int, ...]
"""Where an id stands in the variables."""


@dataclass(frozen=True, slots=True)
class Guess:
    """One field of Query or Mutation with all of its arguments, their types, and where ids stand in them."""

    kind: str
    name: str
    arguments: dict[str, Any]
    types: Mapping[str, str]
    places: tuple[Place, ...]
    selection: str


Asked = tuple[Guess, Mapping[Place, str]]
"""A guess and the ids at its places."""


def guesses(schema: GraphQLSchema, kind: str, given: Mapping[str, Mapping[str, Any]]) -> Iterator[Guess]:
    """One for each field of Query or Mutation that takes ids. `given` overrides arguments by field."""
    root = schema.type_map[kind]
    assert isinstance(root, GraphQLObjectType)
    for name, item in root.fields.items():
        arguments = {
            argument: _value(found.type, given.get(name, {}).get(argument), 0)
            for argument, found in item.args.items()
            if argument in given.get(name, {}) or not _may_miss(found) or _holds_id(found.type)
        }
        places = tuple(_places(arguments, ()))
        if places:
            types = {argument: str(item.args[argument].type) for argument in arguments}
            yield Guess(kind, name, arguments, types, places, _selection(get_named_type(item.type), 0))


def operation(asked: Mapping[str, Asked]) -> tuple[str, dict[str, Any]]:
    """One operation that asks everything, each under its alias, and its variables."""
    declared: list[str] = []
    fields: list[str] = []
    variables: dict[str, Any] = {}
    for alias, (guess, ids) in asked.items():
        declared += [f"${alias}_{argument}: {of}" for argument, of in guess.types.items()]
        passed = ", ".join(f"{argument}: ${alias}_{argument}" for argument in guess.types)
        fields.append(f"{alias}: {guess.name}({passed}) {guess.selection}")
        variables |= {
            f"{alias}_{argument}": _replaced(value, ids, (argument,))
            for argument, value in guess.arguments.items()
        }
    [kind] = {guess.kind.lower() for guess, _ in asked.values()}
    return f"{kind}({', '.join(declared)}) {{ {' '.join(fields)} }}", variables


class _Id(str):
    """Where an id goes."""

    __slots__ = ()


def _value(of: Any, given: Any, depth: int) -> Any:
    if isinstance(of, GraphQLNonNull):
        return _value(of.of_type, given, depth)
    if isinstance(of, GraphQLInputObjectType):
        inside = given if isinstance(given, dict) else {}
        return {
            name: _value(item.type, inside.get(name), depth + 1)
            for name, item in of.fields.items()
            if inside.get(name, item) is not None
            and (name in inside or not _may_miss(item) or _holds_id(item.type))
        }
    if isinstance(of, GraphQLList):
        several = given if isinstance(given, list) else [given]
        return [_value(of.of_type, item, depth + 1) for item in several]
    if given is not None:
        return given
    if isinstance(of, GraphQLEnumType):
        return next(iter(of.values))
    return _Id() if of.name == ID else SCALARS[of.name]


def _may_miss(item: GraphQLArgument | GraphQLInputField) -> bool:
    return not isinstance(item.type, GraphQLNonNull) or item.default_value is not Undefined


def _holds_id(of: Any) -> bool:
    named = get_named_type(of)
    if isinstance(named, GraphQLInputObjectType):
        return any(_holds_id(item.type) for item in named.fields.values())
    return bool(named.name == ID)


def _places(value: Any, above: Place) -> Iterator[Place]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _places(item, (*above, name))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _places(item, (*above, place))
    elif isinstance(value, _Id):
        yield above


def _replaced(value: Any, ids: Mapping[Place, str], above: Place) -> Any:
    if isinstance(value, dict):
        return {name: _replaced(item, ids, (*above, name)) for name, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item, ids, (*above, place)) for place, item in enumerate(value)]
    return ids[above] if isinstance(value, _Id) else value


def _selection(of: Any, depth: int) -> str:
    """Fields without arguments down to a page's rows, refusals wherever they are; what hangs on rows is named only."""
    if not isinstance(of, GraphQLObjectType):
        return ""
    parts = ["__typename"]
    for name, item in of.fields.items():
        inside = get_named_type(item.type)
        if item.args or len(parts) >= FIELDS_MAX:
            continue
        if is_composite_type(inside):
            parts += [f"{name} {_selection(inside, depth + 1)}"] if depth < LEVELS_MAX else []
        elif depth < LEVELS_MAX or of.name == "Refusal":
            parts.append(name)
    return "{ " + " ".join(parts) + " }"
