"""Bind parameters of a statement: from arguments, from the viewer, from the clock; and what fills them at each run."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLObjectType
from graphql.execution.values import VariableValues, get_argument_values
from sqlalchemy import BindParameter, Boolean, Date, DateTime, Integer, Numeric, Text, Uuid, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql.asyncpg import PGCompiler_asyncpg, PGDialect_asyncpg
from sqlalchemy.sql import type_api
from sqlalchemy.sql.compiler import SQLCompiler

from gateway.planner.bindings import Bindings, FieldBinding
from gateway.planner.plan import Argument, Binder, converter
from gateway.planner.selection import Selected
from services.access.policy import Role
from services.kit import reads

SECRET = bindparam("secret", type_=Text, required=False)
"""The hash of the session or token, which the statement checks before it reads."""

PASS = bindparam("pass", type_=Text, required=False)
"""What names the viewer to the walls (services/kit/seals.py)."""

VIEWER = bindparam("viewer", type_=Uuid, required=False)
NOW = bindparam("now", type_=DateTime(timezone=True), required=False)

IDS = bindparam("ids", type_=ARRAY(Uuid), required=False)
"""The ids that a mutation touched."""

_SQL_TYPES: dict[type, Any] = {int: Integer, bool: Boolean, Decimal: Numeric, date: Date, datetime: DateTime}

_GIVEN: dict[str, Binder] = {
    "secret": lambda asked: asked.secret_hash,
    "pass": lambda asked: asked.viewer_pass,
    "viewer": lambda asked: asked.viewer_id,
    "now": lambda asked: asked.now,
    "today": lambda asked: asked.today,
    "zone": lambda asked: asked.zone,
    "ids": lambda asked: list(asked.ids),
}
"""The parameters that every statement may have."""

_ASKED = "#a"
"""How the name of an argument's parameter begins, and that of no constant."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one field as given while compiling; values are read again at each run."""

    field: GraphQLField
    node: FieldNode
    values: dict[str, Any]

    @classmethod
    def of(
        cls, bindings: Bindings, binding: FieldBinding, selected: Selected, variables: VariableValues
    ) -> "Arguments":
        """This will read the arguments of a selected field, defaults included."""
        owner = bindings.schema.type_map[binding.type_name]
        assert isinstance(owner, GraphQLObjectType)
        definition = owner.fields[binding.name]
        values = get_argument_values(definition, selected.nodes[0], variables) if definition.args else {}
        return cls(definition, selected.nodes[0], values)

    def at(self, path: tuple[str, ...]) -> Any:
        """The value at a path inside the arguments; None where any part of it was left out."""
        found: Any = self.values
        for key in path:
            found = None if found is None else found.get(key)
        return found


@dataclass(slots=True)
class Parameters:
    """The parameters of one statement while it is compiled for one role, numbered in the order they are asked for."""

    role: Role | None
    _arguments: dict[str, Argument] = field(default_factory=dict)

    def ask(
        self,
        reach: reads.ReachColumns,
        arguments: Arguments | None,
        sees: Callable[[reads.Source, reads.Row, reads.Ask], reads.Expression],
    ) -> reads.Ask:
        """What a source function may ask for under this reach."""
        return reads.Ask(
            viewer=VIEWER,
            now=NOW,
            today=bindparam("today", type_=Date, required=False),
            zone=bindparam("zone", type_=Text, required=False),
            reach=reach,
            argument=self.reader(arguments),
            sees=sees,
            role=self.role.value if self.role else None,
        )

    def reader(self, arguments: Arguments | None) -> Callable[[str], Any]:
        """`ask.argument`: the parameter of an argument by its dotted path; None where the caller gave none."""

        def read(name: str) -> Any:
            path = tuple(name.split("."))
            if arguments is None or arguments.at(path) is None:
                return None
            return self.bound(arguments, path)

        return read

    def bound(
        self,
        arguments: Arguments,
        path: tuple[str, ...],
        prepare: Callable[[Any], Any] | None = None,
        *,
        sql_type: Any = None,
    ) -> Any:
        """This will make a parameter of an argument. `prepare` turns the caller's value into what is bound.

        Without `sql_type` a number, date or flag says its own; text and lists take the type of what they meet.
        """
        name = f"{_ASKED}{len(self._arguments)}"
        self._arguments[name] = Argument.of(arguments.field, arguments.node, path, prepare)
        value = arguments.at(path)
        if sql_type is None and not isinstance(value, str | list):
            sql_type = type_api.to_instance(_SQL_TYPES.get(type(value)))
        return bindparam(name, type_=sql_type, required=False)

    def binders(self, compiled: SQLCompiler) -> tuple[Binder, ...]:
        """This will give what fills each place of the compiled statement, in order."""
        return tuple(self._binder(name, compiled) for name in compiled.positiontup or ())

    def _binder(self, name: str, compiled: SQLCompiler) -> Binder:
        if name in _GIVEN:
            return _GIVEN[name]
        argument, convert = self._arguments[name], converter(compiled.binds[name].type)
        if convert is None:
            return lambda asked: argument.value(asked.variables)
        return lambda asked: convert(argument.value(asked.variables))


class _Writer(PGCompiler_asyncpg):
    """Writes the constants of declarations into the SQL; only what a caller gives stays a parameter.

    One plan serves all values, so PostgreSQL must see that a counter asks for `status = 'PENDING_REVIEW'` to use the
    partial index on it. The constants are ours: column values and enum names, escaped by their type.
    """

    def visit_bindparam(self, bindparam: BindParameter[Any], *args: Any, **given: Any) -> Any:
        if bindparam.key not in _GIVEN and not bindparam.key.startswith(_ASKED):
            given["literal_binds"] = True
        return super().visit_bindparam(bindparam, *args, **given)  # type: ignore[no-untyped-call]


class PlanDialect(PGDialect_asyncpg):
    """How statements of plans are written."""

    statement_compiler = _Writer
    supports_statement_cache = False  # A plan is kept by its operation, not by its statement.
