"""Selection + role -> one SELECT. Every level joins or inherits the reach of its company; PostgreSQL writes the JSON.

A *domain* is a set of rows of one company under one reach row. A root field opens a domain by joining `reach`; joins
inside the same company inherit it, so a grant is looked up once per row of the root, whatever hangs below.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLObjectType,
    OperationDefinitionNode,
)
from graphql.execution.values import VariableValues, get_argument_values
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Integer,
    Numeric,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.sql import type_api

from gateway.planner.bindings import Bindings, FieldBinding, TypeBinding
from gateway.planner.json import EMPTY_LIST, json_list, json_object, json_value
from gateway.planner.plan import Argument, Asked, Denial, Plan, converter
from gateway.planner.selection import Selected, below, collect
from gateway.planner.visibility import (
    REACH_NAMES,
    granted,
    marked,
    no_reach,
    reach_columns,
    row_rule,
)
from services.access.guard import Guard
from services.access.interface import reach_table
from services.access.policy import Role, role_allows
from services.kit import reads
from services.kit.errors import BadInput
from services.kit.pages import cursor_part

_DIALECT = PGDialect_asyncpg()
_NULL = literal_column("null::json", JSON)


class NotPlannable(Exception):
    """The selection holds something a statement cannot give (computed in Python); graphql-core executes it."""


@dataclass(frozen=True, slots=True)
class _Level:
    """Where compiling stands: the row in hand, its reach, what is proven for its company, the path of the answer."""

    type: TypeBinding
    row: FromClause
    ask: reads.Ask
    proven: frozenset[Guard]
    path: tuple[str, ...]
    rows_at_most: int
    own: tuple[FromClause, ...] = ()


@dataclass(slots=True)
class Compiler:
    """Compiles one operation for one role. With `python_rows` a Python field selects the columns it computes from."""

    bindings: Bindings
    role: Role | None
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues
    python_rows: bool = False
    denials: list[Denial] = field(default_factory=list)
    names: dict[tuple[str, ...], str] = field(default_factory=dict)
    cost: int = 0
    _aliases: int = 0
    _binders: dict[str, Argument] = field(default_factory=dict)

    # ---------------------------------------------------------------- what can be compiled

    def operation(self, operation: OperationDefinitionNode) -> Plan:
        """This will compile every root field of a query into one statement giving the whole `data` object."""
        root = self.bindings.types["Query"]
        chosen = collect("Query", (operation.selection_set,), self.fragments, self.variables.coerced)
        return self._plan(json_object([(item.key, self._root(root, item)) for item in chosen]))

    def declared_roots(self, operation: OperationDefinitionNode) -> Plan:
        """This will compile the root fields that declare a source, for graphql-core: rows instead of an answer."""
        root = self.bindings.types["Query"]
        chosen = collect("Query", (operation.selection_set,), self.fragments, self.variables.coerced)
        declared = [
            item for item in chosen if item.name in root.fields and root.fields[item.name].read is not None
        ]
        return self._plan(json_object([(item.key, self._root(root, item)) for item in declared]))

    def touched(self, type_name: str, selected: Selected, path: tuple[str, ...]) -> Plan:
        """This will compile the rows of a type whose ids are bound as `ids`, in that order: a mutation's payload."""
        level, statement = self._open(self.bindings.types[type_name], path, {}, 1)
        ids = bindparam("ids", type_=ARRAY(Uuid), required=False)
        statement = statement.where(level.row.c.id == any_(ids))
        statement = statement.order_by(func.array_position(ids, level.row.c.id))
        level = self._cut(level, statement)
        made = select(json_list(self._object(level, (selected,)))).select_from(level.row)
        return self._plan(made.scalar_subquery())

    # ---------------------------------------------------------------- roots

    def _root(self, root: TypeBinding, selected: Selected) -> ColumnElement[Any]:
        if selected.name == "__typename":
            return literal_column("'Query'")
        binding = root.fields.get(selected.name)
        if binding is None or binding.read is None:
            raise NotPlannable(selected.name)
        path = (selected.key,)
        if not self._role_may(binding, path):
            return _NULL
        arguments = self._arguments_of(binding, selected)
        match binding.read:
            case reads.Single(where):
                target = self.bindings.types[binding.target]
                level, statement = self._open(target, path, arguments, 1)
                values = {name: level.ask.argument(name) for name in arguments.values}
                level = self._cut(level, statement.where(where(level.row, values, level.ask)).limit(1))
                made = select(self._object(level, (selected,))).select_from(level.row)
                return made.scalar_subquery()
            case reads.ConnectionRoot(listing):
                return self._page(binding, listing, selected, path, arguments)
            case reads.ListRoot(listing, order):
                target = self.bindings.types[binding.target]
                level, statement = self._open(target, path, arguments, listing.first_max)
                statement = self._filtered(statement, listing, level, arguments)
                statement = statement.order_by(*order(level.row)).limit(listing.first_max)
                level = self._cut(level, statement)
                made = select(json_list(self._object(level, (selected,)))).select_from(level.row)
                return made.scalar_subquery()
        raise NotPlannable(selected.name)

    def _arguments_of(self, binding: FieldBinding, selected: Selected) -> "_Arguments":
        owner = self.bindings.schema.type_map[binding.type_name]
        assert isinstance(owner, GraphQLObjectType)
        definition = owner.fields[binding.name]
        values = get_argument_values(definition, selected.nodes[0], self.variables) if definition.args else {}
        return _Arguments(definition, selected.nodes[0], values)

    def _open(
        self, target: TypeBinding, path: tuple[str, ...], arguments: "_Arguments | None", rows_at_most: int
    ) -> "tuple[_Level, Select[Any]]":
        """This will open a domain: the rows of a type joined with the viewer's reach, as far as the viewer may see."""
        assert target.reads is not None and target.reads.source is not None
        source, guard = target.reads.source, target.reads.guard
        row = source.table.alias(self._alias("t"))
        own: tuple[FromClause, ...] = (row,)
        if source.company is None:
            ask = self._ask(no_reach(), arguments)
            statement = select(row)
        else:
            reach = reach_table().alias(self._alias("r"))
            ask = self._ask(reach_columns(reach), arguments)
            own = (row, reach)
            carried = [getattr(ask.reach, name).label(f"#{name}") for name in REACH_NAMES]
            statement = (
                select(row, *carried)
                .select_from(row, reach)
                .where(reach.c.company_id == row.c[source.company])
                .where(reach.c.viewer_id == ask.viewer, granted(guard, ask))
            )
        statement = self._ruled(statement, source, row, ask, guard)
        self.cost += rows_at_most
        return _Level(target, row, ask, frozenset({guard}), path, rows_at_most, own), statement

    def _ruled(
        self, statement: "Select[Any]", source: reads.Source, row: FromClause, ask: reads.Ask, guard: Guard
    ) -> "Select[Any]":
        if source.where is not None:
            statement = statement.where(source.where(row))
        rule = self.bindings.row_rule(self.role, guard) if source.company is not None else None
        condition = row_rule(source, rule, row, ask)
        return statement if condition is None else statement.where(condition)

    def _cut(self, level: _Level, statement: "Select[Any]") -> _Level:
        """This will make the statement a subquery: rows are cut first, JSON is made of what is left."""
        rows = statement.subquery(self._alias("p"))
        if "#company" not in rows.c:
            return replace(level, row=rows)
        carried = reads.ReachColumns(**{name: rows.c[f"#{name}"] for name in REACH_NAMES})
        return replace(level, row=rows, ask=replace(level.ask, reach=carried))

    # ---------------------------------------------------------------- pages

    def _page(
        self,
        binding: FieldBinding,
        listing: reads.Listing,
        selected: Selected,
        path: tuple[str, ...],
        arguments: "_Arguments",
    ) -> ColumnElement[Any]:
        first = arguments.values.get("first") or 0
        if not 1 <= first <= listing.first_max:
            raise BadInput("first", "ask for 1 to {most} rows", most=listing.first_max)
        node_type = self.bindings.types[self.bindings.node_type(binding)]
        wanted = collect(binding.target, below(selected), self.fragments, self.variables.coerced)
        names = {item.name for item in wanted}
        nodes = tuple(item for item in wanted if item.name == "nodes")
        level, statement = self._open(node_type, path, arguments, first)
        statement = self._filtered(statement, listing, level, arguments)
        sort = self._sort(listing, level, arguments)
        parts: list[tuple[str, ColumnElement[Any]]] = []
        numbered = None
        if names & {"nodes", "pageInfo"}:
            keyed = self._keyed(statement, level, sort, arguments, first)
            rows = replace(self._cut(level, keyed), path=(*path, nodes[0].key) if nodes else path)
            made = self._object(rows, nodes) if nodes else literal_column("null::json", JSON)
            numbered = (
                select(made.label("j"), rows.row.c["#cursor"].label("c"), func.row_number().over().label("n"))
                .select_from(rows.row)
                .subquery(self._alias("n"))
            )
        for item in wanted:
            if item.name == "__typename":
                parts.append((item.key, literal_column(f"'{binding.target}'")))
            elif item.name == "totalCount":
                counted = statement.subquery(self._alias("p"))
                total = select(cast(func.count(), Integer)).select_from(counted)
                parts.append((item.key, total.scalar_subquery()))
            elif item.name == "nodes" and numbered is not None:
                listed = func.json_agg(numbered.c.j).filter(numbered.c.n <= first)
                parts.append((item.key, func.coalesce(listed, EMPTY_LIST)))
            elif numbered is not None:
                parts.append((item.key, self._page_info(item, numbered, first)))
        made = select(json_object(parts))
        if numbered is not None:
            made = made.select_from(numbered)
        return made.scalar_subquery()

    def _keyed(
        self,
        statement: "Select[Any]",
        level: _Level,
        sort: reads.Sort | None,
        arguments: "_Arguments",
        first: int,
    ) -> "Select[Any]":
        keys: list[ColumnElement[Any]] = [sort.key(level.row)] if sort else []
        keys.append(level.row.c.id)
        descending = sort.descending if sort else False
        if arguments.values.get("after") is not None:
            bound = [
                self._bound(
                    arguments, ("after",), key.type, _cursor_reader(len(keys), place, key.type.python_type)
                )
                for place, key in enumerate(keys)
            ]
            here, there = tuple_(*keys), tuple_(*bound)
            statement = statement.where(here < there if descending else here > there)
        texts = func.json_build_array(*(cast(key, Text) for key in keys))
        cursor = func.translate(func.encode(func.convert_to(cast(texts, Text), "UTF8"), "base64"), "\n", "")
        ordered = [key.desc() if descending else key.asc() for key in keys]
        return (
            statement.add_columns(cursor.label("#cursor"))
            .order_by(*ordered)
            .limit(literal_column(str(first + 1), Integer))
        )

    def _page_info(self, selected: Selected, numbered: FromClause, first: int) -> ColumnElement[Any]:
        last = func.array_agg(numbered.c.c, type_=ARRAY(Text))[func.least(func.count(), first)]
        made = {
            "hasNextPage": func.count() > first,
            "endCursor": last,
            "__typename": literal_column("'PageInfo'"),
        }
        wanted = collect("PageInfo", below(selected), self.fragments, self.variables.coerced)
        return json_object([(item.key, made[item.name]) for item in wanted])

    def _filtered(
        self, statement: "Select[Any]", listing: reads.Listing, level: _Level, arguments: "_Arguments"
    ) -> "Select[Any]":
        for text, declared in listing.filters.items():
            path = tuple(text.split("."))
            value = arguments.at(path)
            if value is None:
                continue
            if declared.flag:
                condition = declared.where(level.row, getattr(value, "value", value), level.ask)
            else:
                bound = self._bound(arguments, path, None, declared.prepare)
                condition = declared.where(level.row, bound, level.ask)
            if condition is not None:
                statement = statement.where(condition)
            statement = self._revealing(statement, level, declared.reads, ".".join(path))
        return statement

    def _sort(self, listing: reads.Listing, level: _Level, arguments: "_Arguments") -> reads.Sort | None:
        order = arguments.values.get("orderBy")
        if order is None:
            return None
        sort = listing.sorts[order.value]
        self._revealing(select(), level, (sort.reads,), "orderBy")
        return sort

    def _revealing(
        self, statement: "Select[Any]", level: _Level, names: tuple[str, ...], argument: str
    ) -> "Select[Any]":
        """A filter or sort tells the value of the field it reads, so it needs the guard of that field."""
        for name in names:
            guard = level.type.fields[name].guard
            if not self._role_allows(guard):
                shown = f"{level.type.name}.{name}"
                raise BadInput(
                    argument, "your role may not read {shown}, which this would reveal", shown=shown
                )
            if guard not in level.proven:
                statement = statement.where(granted(guard, level.ask))
        return statement

    # ---------------------------------------------------------------- objects and fields

    def _object(self, level: _Level, selected: tuple[Selected, ...]) -> ColumnElement[Any]:
        sets = tuple(part for item in selected for part in below(item))
        wanted = collect(level.type.name, sets, self.fragments, self.variables.coerced)
        return json_object([(item.key, self._field(level, item)) for item in wanted])

    def _field(self, level: _Level, selected: Selected) -> ColumnElement[Any]:
        if selected.name == "__typename":
            return literal_column(f"'{level.type.name}'")
        binding = level.type.fields[selected.name]
        path = (*level.path, selected.key)
        if not self._role_may(binding, path):
            return _NULL
        guard = binding.guard
        open_here = guard.scope is None or guard in level.proven
        inside = replace(
            level,
            path=path,
            proven=level.proven if open_here else level.proven | {guard},
            ask=replace(level.ask, argument=self._argument_reader(self._arguments_of(binding, selected))),
        )
        value = self._value(inside, binding, selected)
        if open_here:
            return value
        self.names[path] = binding.coordinate
        return marked(value, guard, level.ask)

    def _value(self, level: _Level, binding: FieldBinding, selected: Selected) -> ColumnElement[Any]:
        match binding.read:
            case None:
                return level.row.c[binding.python_name]
            case reads.Column(name):
                return json_value(level.row.c[name or binding.python_name], binding.target, binding.read)
            case reads.Expr(source, _, _):
                return json_value(source(level.row, level.ask), binding.target, binding.read)
            case reads.Part():
                part = replace(level, type=self.bindings.types[binding.target])
                return self._object(part, (selected,))
            case reads.Python(needs, _):
                if not self.python_rows:
                    raise NotPlannable(binding.coordinate)
                return func.json_build_array(*(level.row.c[name] for name in needs), type_=JSON)
            case reads.Derived(make):
                rows = make(level.row, level.ask).correlate(level.row).subquery(self._alias("d"))
                below_level = replace(level, type=self.bindings.types[binding.target], row=rows)
                made = self._object(below_level, (selected,))
                if binding.is_list:
                    made = json_list(made)
                return select(made).select_from(rows).correlate_except(rows).scalar_subquery()
            case reads.One(join):
                return self._joined(level, binding, join, selected, one=True)
            case reads.Many(join):
                return self._joined(level, binding, join, selected, one=False)
        raise NotPlannable(binding.coordinate)

    def _joined(
        self, level: _Level, binding: FieldBinding, join: reads.Join, selected: Selected, *, one: bool
    ) -> ColumnElement[Any]:
        target = self.bindings.types[binding.target]
        expected = 1 if one else join.expected
        below_level, statement = self._child(level, target, join, level.rows_at_most * expected)
        statement = statement.where(join.on(level.row, below_level.row))
        if join.order is not None:
            statement = statement.order_by(*join.order(below_level.row))
        if not one or join.order is not None:
            statement = statement.limit(literal_column(str(1 if one else join.cap), Integer))
        below_level = self._cut(below_level, statement.correlate_except(*below_level.own))
        made = self._object(below_level, (selected,))
        if not one:
            made = json_list(made)
        return select(made).select_from(below_level.row).correlate_except(below_level.row).scalar_subquery()

    def _child(
        self, level: _Level, target: TypeBinding, join: reads.Join, rows_at_most: int
    ) -> "tuple[_Level, Select[Any]]":
        """Rows below a row: in the same company they inherit its reach, elsewhere they open a domain of their own."""
        assert target.reads is not None and target.reads.source is not None
        source, guard = target.reads.source, target.reads.guard
        if source.company is not None and not join.same_company:
            opened, statement = self._open(target, level.path, None, rows_at_most)
            return opened, statement
        row = source.table.alias(self._alias("t"))
        statement = select(row)
        if source.company is not None:
            statement = statement.where(row.c[source.company] == level.ask.reach.company)
        statement = self._ruled(statement, source, row, level.ask, guard)
        self.cost += rows_at_most
        return replace(level, type=target, row=row, rows_at_most=rows_at_most, own=(row,)), statement

    # ---------------------------------------------------------------- roles

    def _role_allows(self, guard: Guard) -> bool:
        if self.role is None:
            return guard.anonymous
        if guard.roles is not None and self.role not in guard.roles:
            return False
        return guard.scope is None or role_allows(self.role, guard.scope, guard.action)

    def _role_may(self, binding: FieldBinding, path: tuple[str, ...]) -> bool:
        """Whether the role may ever see the field; if not, the path is explained once and the selection pruned."""
        if self._role_allows(binding.guard) and not self._lacks_rule(binding):
            return True
        scope = binding.guard.scope.name if binding.guard.scope else None
        self.denials.append(Denial(path, binding.coordinate, "ROLE", scope, binding.guard.action.value))
        return False

    def _lacks_rule(self, binding: FieldBinding) -> bool:
        """A role that sees only its own rows sees nothing of a source that does not say which those are."""
        match binding.read:
            case reads.ConnectionRoot():
                name = self.bindings.node_type(binding)
            case reads.Single() | reads.ListRoot() | reads.One() | reads.Many():
                name = binding.target
            case _:
                return False
        declared = self.bindings.types[name].reads
        if declared is None or declared.source is None or declared.source.company is None:
            return False
        rule = self.bindings.row_rule(self.role, declared.guard)
        return rule is not None and getattr(declared.source, rule) is None

    # ---------------------------------------------------------------- parameters

    def _alias(self, letter: str) -> str:
        self._aliases += 1
        return f"#{letter}{self._aliases}"

    def _ask(self, reach: reads.ReachColumns, arguments: "_Arguments | None") -> reads.Ask:
        return reads.Ask(
            viewer=bindparam("viewer", type_=Uuid, required=False),
            now=bindparam("now", type_=DateTime(timezone=True), required=False),
            today=bindparam("today", type_=Date, required=False),
            reach=reach,
            argument=self._argument_reader(arguments),
        )

    def _argument_reader(self, arguments: "_Arguments | None") -> Callable[[str], Any]:
        def read(name: str) -> Any:
            if arguments is None or arguments.at(tuple(name.split("."))) is None:
                return None
            return self._bound(arguments, tuple(name.split(".")), None, None)

        return read

    def _bound(
        self,
        arguments: "_Arguments",
        path: tuple[str, ...],
        sql_type: Any,
        prepare: Callable[[Any], Any] | None,
    ) -> Any:
        name = f"a{len(self._binders)}"
        self._binders[name] = Argument(arguments.field, arguments.node, path, prepare)
        value = arguments.at(path)
        if sql_type is None and not isinstance(value, str | list):
            sql_type = type_api.to_instance(_SQL_TYPES.get(type(value)))
        return bindparam(name, type_=sql_type, required=False)

    def _plan(self, value: ColumnElement[Any]) -> Plan:
        compiled = select(cast(value, Text)).compile(
            dialect=_DIALECT, compile_kwargs={"render_postcompile": True}
        )
        binders = tuple(self._binder(name, compiled) for name in compiled.positiontup or ())
        return Plan(str(compiled), binders, tuple(self.denials), self.cost, dict(self.names))

    def _binder(self, name: str, compiled: Any) -> Callable[[Asked], Any]:
        match name:
            case "viewer":
                return lambda asked: asked.viewer_id
            case "now":
                return lambda asked: asked.now
            case "today":
                return lambda asked: asked.today
            case "ids":
                return lambda asked: list(asked.ids)
        if name not in self._binders:
            constant = compiled.params[name]
            return lambda asked: constant
        argument, convert = self._binders[name], converter(compiled.binds[name].type)
        if convert is None:
            return lambda asked: argument.value(asked.variables)
        return lambda asked: convert(argument.value(asked.variables))


@dataclass(frozen=True, slots=True)
class _Arguments:
    """The arguments of one field as given while compiling; values are read again at each run."""

    field: GraphQLField
    node: FieldNode
    values: dict[str, Any]

    def at(self, path: tuple[str, ...]) -> Any:
        found: Any = self.values
        for key in path:
            found = None if found is None else found.get(key)
        return found


_SQL_TYPES: dict[type, Any] = {int: Integer, bool: Boolean, Decimal: Numeric, date: Date, datetime: DateTime}


def _cursor_reader(parts: int, place: int, python_type: type) -> Callable[[Any], Any]:
    return lambda cursor: cursor_part(cursor, parts, place, python_type)
