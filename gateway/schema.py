"""Composes the modules into one schema, prints the contract, refuses what is not guarded."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import strawberry
from graphql import GraphQLSchema
from strawberry.printer import print_schema
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import merge_types
from strawberry.types.base import StrawberryObjectDefinition

from gateway.exports import Listed, collect
from gateway.modules import EXPORTS, MODULES
from gateway.planner.bindings import Bindings
from gateway.planner.general import connect
from services.access.guard import CONTRIBUTIONS, GUARD, OPEN, Access
from services.kit.scalars import SCALARS


class DuplicateField(Exception):
    """Two modules declare the same field of a root type."""


@dataclass(frozen=True, slots=True)
class Composed:
    """The schema as both executors use it."""

    strawberry: strawberry.Schema
    graphql: GraphQLSchema
    bindings: Bindings
    exports: Mapping[str, Listed]

    def sdl(self) -> str:
        """The contract as text, sorted, as committed in schema.graphql."""
        return print_schema(self.strawberry) + "\n"


def _roots(name: str) -> tuple[Any, ...]:
    found = tuple(getattr(module, name) for module in MODULES if hasattr(module, name))
    seen: set[str] = set()
    for root in found:
        names = {item.python_name for item in root.__strawberry_definition__.fields}
        if seen & names:
            raise DuplicateField(f"{name}: {', '.join(sorted(seen & names))} is declared by two modules")
        seen |= names
    return found


def _definitions() -> dict[str, Any]:
    """Every object type the modules declare, by GraphQL name."""
    found: dict[str, Any] = {}
    for module in MODULES:
        for value in vars(module).values():
            definition = getattr(value, "__strawberry_definition__", None)
            if isinstance(definition, StrawberryObjectDefinition) and not definition.is_input:
                found[definition.name] = definition
    return found


def _contribute(definitions: dict[str, Any]) -> None:
    for owner, made in CONTRIBUTIONS.items():
        definition = definitions[owner]
        known = {item.python_name for item in definition.fields}
        for contribution in made:
            definition.fields.extend(
                item
                for item in contribution.__strawberry_definition__.fields  # type: ignore[attr-defined]
                if item.python_name not in known
            )


def _show_guards(definitions: dict[str, Any], roots: tuple[Any, ...]) -> None:
    """This will put @access on every field that names a guard or takes its type's."""
    for definition in (*definitions.values(), *(root.__strawberry_definition__ for root in roots)):
        declared = getattr(definition.origin, "__reads__", None)
        for item in definition.fields:
            guard = item.metadata.get(GUARD) or (declared.guard if declared else None)
            shown = any(isinstance(directive, Access) for directive in item.directives)
            if guard is not None and guard != OPEN and not shown:
                item.directives = [*item.directives, guard.directive()]


@cache
def composed() -> Composed:
    """This will build the schema once per process. Raises DeclarationRefused where a field is wrong or unguarded."""
    queries, mutations = _roots("Query"), _roots("Mutation")
    definitions = _definitions()
    _contribute(definitions)
    _show_guards(definitions, (*queries, *mutations))
    schema = strawberry.Schema(
        query=merge_types("Query", queries),
        mutation=merge_types("Mutation", mutations),
        config=StrawberryConfig(scalar_map=SCALARS, relay_max_results=0),
    )
    graphql_schema = schema._schema  # noqa: SLF001 -- the only way to the schema that graphql-core executes
    bindings = Bindings(graphql_schema)
    connect(bindings)
    return Composed(schema, graphql_schema, bindings, collect(bindings, EXPORTS))
