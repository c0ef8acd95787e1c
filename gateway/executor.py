"""Runs an operation: by its plan where there is one, else by graphql-core. One declaration, one answer."""

import re
from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    execute,
    get_operation_ast,
    parse,
    validate,
)
from graphql.execution.values import VariableValues, get_variable_values
from graphql.validation.rules import overlapping_fields_can_be_merged

from gateway import limits
from gateway.errors import error_entry
from gateway.operations import operation_hash
from gateway.planner.compiler import Compiler, NotPlannable
from gateway.planner.plan import Asked, Denial, Plan, answer, explain, written
from gateway.planner.selection import collect
from gateway.schema import Composed
from gateway.viewers import Known, Viewers
from services.access.guard import Guard
from services.access.interface import RequestContext
from services.access.policy import Role
from services.kit.errors import Denied, Unauthenticated

DOCUMENTS_MAX = 1_000
PLANS_MAX = 1_000
VALIDATION_ERRORS_MAX = 10
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = limits.COMPARISONS_MAX
_NUL = re.compile(r"\\u(0000|\{0+\})")
"""How a document writes the one character that no column of the database can keep."""


class OperationInvalid(Exception):
    """The document cannot be parsed or does not fit the schema. `errors` are GraphQL errors; `status` is 400 or 422."""

    def __init__(self, errors: list[GraphQLError], status: int) -> None:
        super().__init__()
        self.errors = errors
        self.status = status


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that was parsed, bounded and validated once."""

    hash: str
    document: DocumentNode
    fragments: dict[str, FragmentDefinitionNode]

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation of this name, or the only one. Raises OperationInvalid where that is none."""
        found = get_operation_ast(self.document, name)
        if found is None:
            raise OperationInvalid(
                [GraphQLError("Name one operation of the document in operationName.")], 422
            )
        return found


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of a response: well-formed JSON, and whether it holds errors or no data at all."""

    body: bytes
    has_errors: bool = False
    has_data: bool = True


class Executor:
    """Prepares documents and runs them; both caches are bounded."""

    def __init__(self, composed: Composed, viewers: Viewers) -> None:
        self._composed = composed
        self._viewers = viewers
        self._documents: OrderedDict[tuple[str, limits.Limits], Prepared] = OrderedDict()
        self._plans: OrderedDict[Any, Plan | None] = OrderedDict()

    def prepare(self, text: str, bounds: limits.Limits) -> Prepared:
        """This will parse, bound and validate a document, or give the one known by its hash.

        Raises OperationInvalid, or OperationTooLarge beyond the bounds.
        """
        hashed = operation_hash(text)
        known = self._documents.get((hashed, bounds))
        if known is not None:
            self._documents.move_to_end((hashed, bounds))
            return known
        try:
            document = parse(
                text,
                max_lexical_tokens=limits.TOKENS_MAX,
                max_source_length=limits.SOURCE_LENGTH_MAX,
                max_comments=200,
            )
        except GraphQLError as error:
            raise OperationInvalid([error], 400) from error
        if _NUL.search(text):
            raise OperationInvalid([GraphQLError("A text holds the character U+0000.")], 422)
        limits.check(document, bounds)
        errors = validate(
            self._composed.graphql, document, max_errors=VALIDATION_ERRORS_MAX, hide_suggestions=True
        )
        if errors:
            raise OperationInvalid(errors, 422)
        fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        prepared = Prepared(hashed, document, fragments)
        self._documents[hashed, bounds] = prepared
        while len(self._documents) > DOCUMENTS_MAX:
            self._documents.popitem(last=False)
        return prepared

    def variables(self, operation: OperationDefinitionNode, given: dict[str, Any]) -> VariableValues:
        """This will coerce the variables. Raises OperationInvalid naming each that does not fit."""
        found = get_variable_values(
            self._composed.graphql,
            operation.variable_definitions or (),
            given,
            max_errors=VALIDATION_ERRORS_MAX,
            hide_suggestions=True,
        )
        if isinstance(found, list):
            raise OperationInvalid(found, 422)
        return found

    async def run(
        self,
        prepared: Prepared,
        operation: OperationDefinitionNode,
        variables: VariableValues,
        context: RequestContext,
        known: Known | None,
        *,
        bounds: limits.Limits,
        planned: bool = True,
    ) -> Answer:
        """This will run one operation as one viewer. `planned=False` uses graphql-core even where a plan exists."""
        context.variables = variables
        role = known.viewer.role if known else None
        if operation.operation is OperationType.MUTATION:
            self._allow_mutation(operation, prepared, variables, role)
            if known is not None:
                await self._confirm(known)
            made = await self._by_graphql_core(prepared, operation, context)
            if known is not None:  # It may have changed what is remembered: the viewer's language, for one.
                self._viewers.forget(known)
            return made
        plan = self._plan(prepared, operation, variables, role, rows=False) if planned and known else None
        rows = self._plan(prepared, operation, variables, role, rows=True) if plan is None else None
        wanted = plan or rows
        assert wanted is not None
        if known is None and wanted.denials:
            # Nobody has a role; what is missing is signing in, and the apps go there when they are told so.
            raise Unauthenticated
        if wanted.cost > bounds.cost:
            raise limits.OperationTooLarge(what="rows", limit=bounds.cost)
        text = await self._fetch(wanted, variables, context, known)
        absences, why = None, b"{}"
        if wanted.lacks(text):
            absences = self._plan(prepared, operation, variables, role, rows=False, absences=True)
            assert absences is not None
            why = await self._fetch(absences, variables, context, known)
        if plan is not None:
            absent = explain(why, absences.refusable, role, context.translate)[1] if absences else None
            body, has_errors = answer(text, plan, role, context.translate, absent)
            return Answer(body, has_errors)
        context.fetched = orjson.loads(text)
        for key, mark in orjson.loads(why).items():
            if context.fetched[key] is None:
                context.fetched[key] = mark
        context.denied = {(denial.path, denial.layer): denial for denial in wanted.denials}
        return await self._by_graphql_core(prepared, operation, context)

    async def _fetch(
        self, plan: Plan, variables: VariableValues, context: RequestContext, known: Known | None
    ) -> bytes:
        """One statement: as the viewer, whose session it checks first, or as nobody."""
        if known is None:
            async with context.database.planned(None, context.now) as connection:
                return await plan.run(connection, Asked(None, context.now, context.today, variables))
        asked = Asked(
            known.viewer.id,
            context.now,
            context.today,
            variables,
            secret_hash=known.hash,
            viewer_pass=known.viewer_pass,
            zone=context.zone,
        )
        return written(await self._viewers.read(plan.sql, *plan.bind(asked)))

    async def _confirm(self, known: Known) -> None:
        """What is remembered of a session may be minutes old; before a mutation runs it is looked up afresh."""
        fresh = await self._viewers.again(known)
        if fresh is None or fresh.viewer != known.viewer:
            raise Unauthenticated

    def _plan(
        self,
        prepared: Prepared,
        operation: OperationDefinitionNode,
        variables: VariableValues,
        role: Role | None,
        *,
        rows: bool,
        absences: bool = False,
    ) -> Plan | None:
        """The plan of an operation for a role and a shape of variables: of the answer, or of `rows` for graphql-core.

        With `absences` that of why rows which were asked for by their ids are missing, for reads that found none.
        None where the answer holds something that a statement cannot give.
        """
        name = operation.name.value if operation.name else None
        key = (prepared.hash, name, role, rows, absences, _shape(variables.coerced))
        if key in self._plans:
            self._plans.move_to_end(key)
            return self._plans[key]
        compiler = Compiler(self._composed.bindings, role, prepared.fragments, variables, python_rows=rows)
        try:
            if absences:
                plan = compiler.absences(operation)
            else:
                plan = compiler.declared_roots(operation) if rows else compiler.operation(operation)
        except NotPlannable:
            plan = None
        self._plans[key] = plan
        while len(self._plans) > PLANS_MAX:
            self._plans.popitem(last=False)
        return plan

    async def _by_graphql_core(
        self, prepared: Prepared, operation: OperationDefinitionNode, context: RequestContext
    ) -> Answer:
        result = execute(
            self._composed.graphql,
            prepared.document,
            context_value=context,
            variable_values=context.raw_variables,
            operation_name=operation.name.value if operation.name else None,
            hide_suggestions=True,
        )
        if hasattr(result, "__await__"):
            result = await result
        for error in result.errors or ():
            if isinstance(error.original_error, Unauthenticated):
                raise error.original_error
        role = context.viewer_or_none.role if context.viewer_or_none else None
        denials: list[Denial] = list(context.denied.values())
        errors = [denial.error(role, context.translate) for denial in denials]
        errors += [error_entry(error, context) for error in result.errors or ()]
        body: dict[str, Any] = {"data": result.data}
        if errors:
            body["errors"] = errors
        return Answer(orjson.dumps(body), bool(errors), result.data is not None)

    def _allow_mutation(
        self,
        operation: OperationDefinitionNode,
        prepared: Prepared,
        variables: VariableValues,
        role: Role | None,
    ) -> None:
        """A mutation is refused whole, before anything runs, if the role may not use one of its fields."""
        fields = self._composed.bindings.types["Mutation"].fields
        for selected in collect("Mutation", (operation.selection_set,), prepared.fragments, variables):
            if selected.name == "__typename":
                continue
            guard: Guard = fields[selected.name].guard
            if role is None:
                raise Unauthenticated
            if not guard.allows(role):
                scope = guard.scope.name if guard.scope else ""
                raise Denied(layer="ROLE", scope=scope, action=guard.action.value, path=(selected.key,))


def _shape(value: Any) -> Any:
    """What of the variables decides the statement: which are given, and the values of enums, booleans and numbers."""
    if isinstance(value, dict):
        return tuple((key, _shape(item)) for key, item in sorted(value.items()))
    if isinstance(value, list):
        return "list"
    if value is None or isinstance(
        value, bool | int | Enum
    ):  # An enum may be a str as well, so it is asked first.
        return value
    if isinstance(value, str):
        return "text"
    return type(value).__name__
