"""What an operation may ask at most, counted in one memoised pass before the rules that can be made slow.

Fragments are visited once and their counts reused, so doubling fragments cost nothing. Source: the same attack took
seconds in the limiters that ship with the GraphQL library.
"""

from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from services.kit.errors import Refused

SOURCE_LENGTH_MAX = 20_000
TOKENS_MAX = 4_000
COMPARISONS_MAX = 50_000
"""Work of the rule that compares fields of one name; the library's own 500,000 are half a second for two kilobytes."""
FRAGMENTS_NESTED_MAX = 50
"""Fragments that lead into each other: hundreds would exhaust the stack before anything is counted."""
SATURATED = 1_000_000
"""Counters stop here: beyond it every limit is passed anyway."""


class OperationTooLarge(Refused):
    """The operation asks for more than one request may. `what` was counted, `limit` is how many are allowed."""

    code = "OPERATION_TOO_LARGE"
    sentence = "The operation has too many {what}: at most {limit} are allowed."
    words = frozenset({"what"})


class IntrospectionRefused(Refused):
    """The operation asks for the schema on a surface that runs registered operations only."""

    code = "INTROSPECTION_REFUSED"
    sentence = "Introspection is for partners only; the schema can be read at {address}."

    def __init__(self) -> None:
        super().__init__(address="/schema.graphql")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one surface. `cost` is in rows; `introspection` says whether the schema may be asked for."""

    depth: int
    fields: int
    roots: int
    aliases: int
    directives: int
    cost: int
    introspection: bool


OWN_APPS = Limits(
    depth=14, fields=2_000, roots=40, aliases=100, directives=100, cost=200_000, introspection=False
)
PARTNERS = Limits(depth=10, fields=500, roots=20, aliases=30, directives=50, cost=20_000, introspection=True)
INTROSPECTION_DEPTH = 17
"""Levels below `__schema`: the explorer's own question has 15, nine of them for lists of lists."""


@dataclass(frozen=True, slots=True)
class _Count:
    """What a selection holds; `roots` are its own fields, `introspected` the levels below `__schema` or `__type`."""

    roots: int = 0
    depth: int = 0
    introspected: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0

    def beside(self, other: "_Count") -> "_Count":
        return _Count(
            min(self.roots + other.roots, SATURATED),
            max(self.depth, other.depth),
            max(self.introspected, other.introspected),
            min(self.fields + other.fields, SATURATED),
            min(self.aliases + other.aliases, SATURATED),
            min(self.directives + other.directives, SATURATED),
        )


def check(document: DocumentNode, limits: Limits) -> None:
    """This will count each operation of a document. Raises OperationTooLarge; validation finds fragment cycles."""
    fragments = {
        node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
    }
    known: dict[str, _Count] = {}
    for node in document.definitions:
        if not isinstance(node, OperationDefinitionNode):
            continue
        counted = _count(node.selection_set, fragments, known, frozenset())
        if counted.introspected and not limits.introspection:
            raise IntrospectionRefused
        for what, found, limit in (
            ("root fields", counted.roots, limits.roots),
            ("levels", counted.depth, limits.depth),
            ("levels", counted.introspected, INTROSPECTION_DEPTH),
            ("fields", counted.fields, limits.fields),
            ("aliases", counted.aliases, limits.aliases),
            ("directives", counted.directives, limits.directives),
        ):
            if found > limit:
                raise OperationTooLarge(what=what, limit=limit)


def _count(
    selection_set: SelectionSetNode,
    fragments: dict[str, FragmentDefinitionNode],
    known: dict[str, _Count],
    above: frozenset[str],
) -> _Count:
    total = _Count()
    for selection in selection_set.selections:
        directives = len(selection.directives or ())
        if isinstance(selection, FieldNode):
            counted = _field(selection, fragments, known, above)
        elif isinstance(selection, InlineFragmentNode):
            counted = _count(selection.selection_set, fragments, known, above)
        elif isinstance(selection, FragmentSpreadNode):
            counted = _fragment(selection.name.value, fragments, known, above)
        else:
            counted = _Count()
        total = total.beside(counted).beside(_Count(directives=directives))
    return total


def _field(
    node: FieldNode,
    fragments: dict[str, FragmentDefinitionNode],
    known: dict[str, _Count],
    above: frozenset[str],
) -> _Count:
    inner = _count(node.selection_set, fragments, known, above) if node.selection_set else _Count()
    about_schema = node.name.value in ("__schema", "__type")
    return _Count(
        roots=1,
        depth=1 if about_schema else inner.depth + 1,
        introspected=inner.depth + 1 if about_schema else inner.introspected,
        fields=inner.fields + 1,
        aliases=inner.aliases + (node.alias is not None),
        directives=inner.directives,
    )


def _fragment(
    name: str,
    fragments: dict[str, FragmentDefinitionNode],
    known: dict[str, _Count],
    above: frozenset[str],
) -> _Count:
    if name in known:
        return known[name]
    if name in above or name not in fragments:
        return _Count()
    if len(above) >= FRAGMENTS_NESTED_MAX:
        raise OperationTooLarge(what="levels", limit=FRAGMENTS_NESTED_MAX)
    counted = _count(fragments[name].selection_set, fragments, known, above | {name})
    known[name] = counted
    return counted
