"""Which fields an operation asks for: fragments inlined, directives decided, equal response keys merged.

The same rules as graphql-core's own collection (specification October 2021, section 6.3.2), for object types only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionSetNode,
    get_directive_values,
)
from graphql.execution.values import VariableValues

ALIAS_LENGTH_MAX = 60


@dataclass(frozen=True, slots=True)
class Selected:
    """One response key of one level, with every AST node that asked for it."""

    key: str
    nodes: tuple[FieldNode, ...]

    @property
    def name(self) -> str:
        """The field, whatever key the answer gives it."""
        return self.nodes[0].name.value


def collect(
    type_name: str,
    selection_sets: tuple[SelectionSetNode, ...],
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: VariableValues,
) -> list[Selected]:
    """This will give the fields of one level in the order the answer lists them."""
    found: dict[str, list[FieldNode]] = {}
    visited: set[str] = set()
    for selection_set in selection_sets:
        _walk(type_name, selection_set, fragments, variables, found=found, visited=visited)
    return [Selected(key, tuple(nodes)) for key, nodes in found.items()]


def below(selected: Selected) -> tuple[SelectionSetNode, ...]:
    """The selection sets under a field, merged by the next `collect`."""
    return tuple(node.selection_set for node in selected.nodes if node.selection_set is not None)


def _walk(
    type_name: str,
    selection_set: SelectionSetNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: VariableValues,
    *,
    found: dict[str, list[FieldNode]],
    visited: set[str],
) -> None:
    for selection in selection_set.selections:
        if not _included(selection, variables):
            continue
        if isinstance(selection, FieldNode):
            key = selection.alias.value if selection.alias else selection.name.value
            found.setdefault(key, []).append(selection)
        elif isinstance(selection, InlineFragmentNode):
            condition = selection.type_condition
            if condition is None or condition.name.value == type_name:
                _walk(type_name, selection.selection_set, fragments, variables, found=found, visited=visited)
        elif isinstance(selection, FragmentSpreadNode):
            name = selection.name.value
            if name in visited:
                continue
            visited.add(name)
            fragment = fragments[name]
            if fragment.type_condition.name.value == type_name:
                _walk(type_name, fragment.selection_set, fragments, variables, found=found, visited=visited)


def _included(selection: Any, variables: VariableValues) -> bool:
    if not selection.directives:
        return True
    skip = get_directive_values(GraphQLSkipDirective, selection, variables)
    if skip and skip["if"]:
        return False
    include = get_directive_values(GraphQLIncludeDirective, selection, variables)
    return not (include and not include["if"])
