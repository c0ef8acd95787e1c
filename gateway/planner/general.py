"""The same declarations behind graphql-core: for mutations, fields computed in Python, and the tests to compare.

The rows of all root fields come from one statement of the same compiler; everything below reads rows.
"""

from collections.abc import Callable
from typing import Any, TypeAlias
from uuid import UUID

import orjson
from graphql import GraphQLEnumType, GraphQLNamedType, GraphQLObjectType, GraphQLResolveInfo
from graphql.execution.values import VariableValues

from gateway.planner.bindings import Bindings, FieldBinding
from gateway.planner.compiler import Compiler
from gateway.planner.plan import DENIED_KEY, Asked, Denial, Plan, note
from gateway.planner.selection import Selected
from services.access.interface import RequestContext
from services.kit import reads
from services.kit.errors import Unauthenticated

Info: TypeAlias = GraphQLResolveInfo[RequestContext]


def connect(bindings: Bindings) -> None:
    """This will give every declared field of the schema the resolver of its kind. Others keep Strawberry's own."""
    for type_name, bound in bindings.types.items():
        graphql_type = bindings.schema.type_map[type_name]
        assert isinstance(graphql_type, GraphQLObjectType)
        planned = bound.reads is not None or type_name.endswith("Connection") or type_name == "PageInfo"
        for name, binding in bound.fields.items():
            field = graphql_type.fields[name]
            field.resolve = _resolver(bindings, binding, field.resolve, planned=planned)


def _resolver(
    bindings: Bindings, binding: FieldBinding, own: Callable[..., Any] | None, *, planned: bool
) -> Callable[..., Any] | None:
    """The resolver of a field's kind; `own` is the one it was declared with."""
    if binding.type_name == "Query":
        return _root(binding) if binding.read is not None else _guarded(binding, own)
    if isinstance(binding.read, reads.Touched):
        return _touched(bindings, binding)
    if isinstance(binding.read, reads.Python):
        return _python(binding, binding.read)
    if binding.read is not None or planned:
        return _row(binding, bindings.schema.type_map[binding.target])
    return own


def _compiler(bindings: Bindings, info: Info) -> Compiler:
    context: RequestContext = info.context
    role = context.viewer_or_none.role if context.viewer_or_none else None
    return Compiler(bindings, role, info.fragments, _variables(info), python_rows=True)


def _variables(info: Info) -> VariableValues:
    found: VariableValues = info.context.variables
    return found


async def _fetch(info: Info, plan: Plan, ids: tuple[UUID, ...] = ()) -> Any:
    context: RequestContext = info.context
    for denial in plan.denials:
        context.denied[(denial.path, denial.layer)] = denial
    viewer = context.viewer_or_none
    asked = Asked(
        viewer.id if viewer else None, context.now, context.today, _variables(info), ids, zone=context.zone
    )
    async with context.database.planned(viewer.id if viewer else None, context.now) as connection:
        return orjson.loads(await plan.run(connection, asked))


def _root(binding: FieldBinding) -> Callable[..., Any]:
    def resolve(_source: Any, info: Info, **_arguments: Any) -> Any:
        # The executor has fetched all declared roots of the operation in one statement.
        value = info.context.fetched.get(str(info.path.key))
        return None if _denied(value, info, binding) else value

    return resolve


def _guarded(binding: FieldBinding, own: Callable[..., Any] | None) -> Callable[..., Any]:
    """A field of Query that a function computes: it runs only for the roles of its guard."""
    assert own is not None, "a field of Query without a source has a function"

    def resolve(source: Any, info: Info, **arguments: Any) -> Any:
        context: RequestContext = info.context
        guard = binding.guard
        viewer = context.viewer_or_none
        if guard.allows(viewer.role if viewer else None):
            return own(source, info, **arguments)
        if viewer is None:
            raise Unauthenticated
        path = (str(info.path.key),)
        scope = guard.scope.name if guard.scope else None
        context.denied[(path, "ROLE")] = Denial(path, binding.coordinate, "ROLE", scope, guard.action.value)
        return None

    return resolve


def _touched(bindings: Bindings, binding: FieldBinding) -> Callable[..., Any]:
    async def resolve(source: Any, info: Info) -> Any:
        given = getattr(source, binding.python_name)
        if not given:
            # A list that the contract promises is empty where nothing was touched, as in a refusal.
            return [] if binding.is_list and (binding.non_null or given is not None) else None
        ids = tuple(given) if isinstance(given, list) else (given,)
        selected = Selected(str(info.path.key), tuple(info.field_nodes))
        path = tuple(str(key) for key in info.path.as_list() if isinstance(key, str))
        plan = _compiler(bindings, info).touched(binding.target, selected, path)
        found = await _fetch(info, plan, ids)
        return found if isinstance(given, list) else (found[0] if found else None)

    return resolve


def _denied(value: Any, info: Info, binding: FieldBinding) -> bool:
    """Whether a row refused the value; if so it is explained once per path."""
    if not (isinstance(value, dict) and DENIED_KEY in value):
        return False
    path = tuple(key for key in info.path.as_list() if isinstance(key, str))
    note(info.context.denied, value, path, binding.coordinate)
    return True


def _row(binding: FieldBinding, target: GraphQLNamedType) -> Callable[..., Any]:
    # Rows hold the names of enum values; graphql-core writes a name from the value behind it.
    values = (
        {name: item.value for name, item in target.values.items()}
        if isinstance(target, GraphQLEnumType)
        else {}
    )

    def resolve(source: Any, info: Info, **_arguments: Any) -> Any:
        if not isinstance(source, dict):
            return getattr(source, binding.python_name)
        value = source.get(str(info.path.key))
        if _denied(value, info, binding):
            return None
        return values.get(value, value) if values and isinstance(value, str) else value

    return resolve


def _python(binding: FieldBinding, read: reads.Python) -> Callable[..., Any]:
    def resolve(source: Any, info: Info, **_arguments: Any) -> Any:
        if not isinstance(source, dict):
            return getattr(source, binding.python_name)
        values = source.get(str(info.path.key))
        if values is None or _denied(values, info, binding):
            return None
        return read.compute(info.context, *values)

    return resolve
