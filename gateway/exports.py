"""The declared exports of every module, by name, and the operation that reads each; what is wrong stops the start."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
)

from gateway.planner.bindings import Bindings, DeclarationRefused, FieldBinding
from services.access.guard import Guard
from services.access.policy import EVERY_SCOPE_MASK
from services.kit import reads
from services.kit.exports import ColumnKind, ExportColumn, Exported

PAGING = frozenset({"first", "after"})
"""Arguments of a connection that a file does not take: it reads to the end."""

_LEAVES = {
    ColumnKind.DATE: "Date",
    ColumnKind.INSTANT: "DateTime",
    ColumnKind.MONEY: "Money",
    ColumnKind.FLAG: "Boolean",
    ColumnKind.COMPANY: "ID",
}
"""The scalar that a kind of column must read; the others take any leaf."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An export with what the schema says of it: its arguments, the way to its rows, the scopes its columns read.

    `depths` says on which field each argument stands, `guard` what opens the rows.
    """

    exported: Exported
    binding: FieldBinding
    arguments: Mapping[str, GraphQLArgument]
    depths: Mapping[str, int]
    way: tuple[str, ...]
    guard: Guard
    mask: int
    computed: FieldBinding | None = None
    """The field on the way that Python computes: the statement gives what it is computed from."""
    told: Mapping[str, FieldBinding] = field(default_factory=dict)
    """The columns that Python says of a row, such as a sentence in the reader's language."""

    @property
    def is_paged(self) -> bool:
        """Whether it is read page by page."""
        return self.way[-1:] == ("nodes",)

    @property
    def read_way(self) -> tuple[str, ...]:
        """The part of the way that a statement goes: all of it, or as far as the field that Python computes."""
        if self.computed is None:
            return self.way
        return self.way[: self.way.index(self.computed.name) + 1]

    def operation(self, given: Iterable[str]) -> str:
        """This will write the operation that reads the list with these of its arguments."""
        taken = list(given)
        declared = [f"${name}: {self.arguments[name].type}" for name in taken]
        if self.is_paged:
            declared += ["$first: Int!", "$after: String", "$counted: Boolean!"]
        selected = "" if self.computed else _written(_tree(self._paths()))
        for depth in range(len(self.read_way), 0, -1):
            inside = f" {{ {selected} }}" if selected else ""
            selected = f"{self.way[depth - 1]}{self._called(taken, depth)}{inside}"
            if depth == len(self.way):
                selected += "".join(
                    f" {part.rows} {{ {_written(_tree(_paths_of(part.columns)))} }}"
                    for part in self.exported.parts
                )
            if self.is_paged and depth == len(self.way):
                selected += " pageInfo { hasNextPage endCursor } totalCount @include(if: $counted)"
        head = f"({', '.join(declared)})" if declared else ""
        return f"query {head} {{ {self.exported.root}{self._called(taken, 0)} {{ {selected} }} }}"

    def _called(self, taken: Iterable[str], depth: int) -> str:
        """The arguments of the field at a depth: 0 is the field of Query, each step of the way one more.

        The page, which holds the nodes, is told how far to go.
        """
        here = [name for name in taken if self.depths[name] == depth]
        here += ["first", "after"] if self.is_paged and depth == len(self.way) - 1 else []
        called = ", ".join(f"{name}: ${name}" for name in here)
        return f"({called})" if called else ""

    def codes(self, schema: GraphQLSchema) -> set[str]:
        """The codes of ours that a file of it may say: in columns of words and in its filters."""
        found: set[str] = set()
        start = self.binding.target
        for column in self.exported.columns:
            if column.words:
                found |= set(column.words)
            elif column.kind is ColumnKind.WORD:
                found |= _values(_output_at(schema, start, (*self.way, *column.path.split("."))))
        for path in self.exported.filters:
            found |= _values(self.argument(tuple(path.split("."))))
        return found

    def argument(self, keys: tuple[str, ...]) -> Any:
        """The type of an argument at a path, not null or not."""
        here: Any = _bare(self.arguments[keys[0]].type)
        for key in keys[1:]:
            assert isinstance(here, GraphQLInputObjectType)
            here = _bare(here.fields[key].type)
        return here

    def _paths(self) -> Iterator[str]:
        yield from _paths_of(self.exported.columns)
        if self.exported.documents is not None:
            yield self.exported.documents


def _paths_of(columns: Iterable[ExportColumn]) -> Iterator[str]:
    for column in columns:
        yield column.path
        if column.kind is ColumnKind.MONEY and column.currency is not None:
            yield column.currency
        if column.total_unless:
            yield column.total_unless


def collect(bindings: Bindings, declared: Iterable[Exported]) -> Mapping[str, Listed]:
    """This will give every declared export by name. Raises DeclarationRefused naming everything that is wrong."""
    found: dict[str, Listed] = {}
    problems: list[str] = []
    for exported in declared:
        if exported.key in found:
            problems.append(f"two exports are called {exported.key}")
        made = _listed(bindings, exported, problems)
        if made is not None:
            found[exported.key] = made
    if problems:
        raise DeclarationRefused("\n".join(problems))
    return found


def _listed(bindings: Bindings, exported: Exported, problems: list[str]) -> Listed | None:
    binding = bindings.types["Query"].fields.get(exported.root)
    where = f"export {exported.key}"
    if binding is None or binding.read is None:
        problems.append(f"{where}: Query.{exported.root} is no declared read")
        return None
    way = ("nodes",) if isinstance(binding.read, reads.ConnectionRoot) else tuple(exported.rows.split("."))
    way = tuple(key for key in way if key)
    guards = [binding.guard]
    computed = _computed(bindings, binding.target, way)
    target = _walk(bindings, binding.target, way, guards, computed)
    if target is None:
        problems.append(f"{where}: no rows at {'.'.join(way)}")
        return None
    guard = next((item for item in reversed(guards) if item.scope is not None), binding.guard)
    arguments, depths = _arguments(bindings, exported, way)
    listed = [(target, exported.columns)]
    for part in exported.parts:
        beside = _walk(bindings, binding.target, (*way[:-1], part.rows), guards)
        problems.extend([] if beside else [f"{where}: no rows at {part.rows}"])
        listed += [(beside, part.columns)] if beside else []
    for holder, columns in listed:
        problems.extend(
            f"{where}: {problem}" for problem in _column_problems(bindings, columns, holder, guards)
        )
    problems.extend(
        # The rest of the path is walked by `codes`, at the latest when the words are checked.
        f"{where}: {path} is no argument of Query.{exported.root}"
        for path in exported.filters
        if path.partition(".")[0] not in arguments
    )
    mask = 0
    for asked in guards:
        mask |= asked.scope.bit if asked.scope is not None else 0
    rows = bindings.types[target].reads
    if rows is not None and rows.source is not None and rows.source.subject is not None:
        mask = EVERY_SCOPE_MASK  # Its rows are about any of them.
    told = _told(bindings, target, exported.columns)
    return Listed(exported, binding, arguments, depths, way, guard, mask, computed, told)


def _told(bindings: Bindings, target: str, columns: Iterable[ExportColumn]) -> dict[str, FieldBinding]:
    """The columns of text that Python computes from the row itself."""
    bound = bindings.types[target].fields
    return {
        column.path: bound[column.path]
        for column in columns
        if column.kind is ColumnKind.TEXT
        and column.path in bound
        and isinstance(bound[column.path].read, reads.Python)
    }


def _computed(bindings: Bindings, start: str, way: tuple[str, ...]) -> FieldBinding | None:
    """The field on the way that Python computes, if any."""
    here = start
    for key in way:
        bound = bindings.types.get(here)
        item = bound.fields.get(key) if bound is not None else None
        if item is None or isinstance(item.read, reads.Python):
            return item
        here = item.target
    return None


def _arguments(
    bindings: Bindings, exported: Exported, way: tuple[str, ...]
) -> tuple[dict[str, GraphQLArgument], dict[str, int]]:
    """The arguments of the field of Query and of every field on the way to the rows, and where each stands."""
    arguments: dict[str, GraphQLArgument] = {}
    depths: dict[str, int] = {}
    here: Any = bindings.schema.type_map["Query"]
    for depth, key in enumerate((exported.root, *way)):
        asked = here.fields[key]
        for name, item in asked.args.items():
            if name not in PAGING and name not in arguments:
                arguments[name], depths[name] = item, depth
        here = _bare(asked.type)
    return arguments, depths


def _column_problems(
    bindings: Bindings, columns: Iterable[ExportColumn], target: str, guards: list[Guard]
) -> Iterator[str]:
    columns = tuple(columns)
    told = _told(bindings, target, columns)
    for column in columns:
        leaf = _walk(bindings, target, tuple(column.path.split(".")), guards, told.get(column.path))
        if leaf is None or leaf in bindings.types:
            yield f"{column.path} is no value of {target}"
        elif column.kind in _LEAVES and leaf != _LEAVES[column.kind]:
            yield f"{column.path} is {leaf}, not {_LEAVES[column.kind]}"
        if column.kind is ColumnKind.MONEY and column.currency is not None:
            leaf = _walk(bindings, target, tuple(column.currency.split(".")), guards)
            if leaf is None:
                yield f"{column.currency} is no currency of {target}"
        if column.total_unless:
            leaf = _walk(bindings, target, (column.total_unless,), guards)
            if leaf not in {"Boolean", "String"}:
                yield f"{column.total_unless} is no flag or text of {target}"


def _walk(
    bindings: Bindings,
    start: str,
    path: tuple[str, ...],
    guards: list[Guard],
    computed: FieldBinding | None = None,
) -> str | None:
    """The type at the end of a path, None where there is none; the guards on the way are noted.

    Only `computed` may be computed in Python.
    """
    here = start
    for key in path:
        if key.isdigit():
            continue
        bound = bindings.types.get(here)
        item = bound.fields.get(key) if bound is not None else None
        if item is None or (isinstance(item.read, reads.Python) and item is not computed):
            return None
        guards.append(item.guard)
        here = item.target
    return here


def _bare(graphql_type: Any) -> Any:
    while isinstance(graphql_type, GraphQLNonNull | GraphQLList):
        graphql_type = graphql_type.of_type
    return graphql_type


def _output_at(schema: GraphQLSchema, start: str, path: tuple[str, ...]) -> Any:
    here: Any = schema.type_map[start]
    for key in path:
        here = _bare(here.fields[key].type)
    return here


def _values(graphql_type: Any) -> set[str]:
    return set(graphql_type.values) if isinstance(graphql_type, GraphQLEnumType) else set()


def _tree(paths: Iterable[str]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for path in paths:
        here = tree
        for key in path.split("."):
            here = here.setdefault(key, {})
    return tree


def _written(tree: dict[str, Any]) -> str:
    return " ".join(f"{key} {{ {_written(below)} }}" if below else key for key, below in tree.items())
