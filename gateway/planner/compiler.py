"""Selection + role -> one SELECT. Levels join or inherit the reach of their company; PostgreSQL writes the JSON."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import FragmentDefinitionNode, OperationDefinitionNode
from graphql.execution.values import VariableValues
from sqlalchemy import (
    ColumnElement,
    Dialect,
    FromClause,
    Integer,
    Select,
    Text,
    and_,
    any_,
    case,
    cast,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSON

from gateway.planner import pages
from gateway.planner.bindings import Bindings, FieldBinding
from gateway.planner.domains import Domains, Level
from gateway.planner.json import json_list, json_object, json_value
from gateway.planner.listings import chosen_sort, filtered, searched
from gateway.planner.parameters import IDS, NOW, PASS, SECRET, VIEWER, Arguments, Parameters, PlanDialect
from gateway.planner.plan import Denial, Plan
from gateway.planner.selection import Selected, below, collect
from gateway.planner.visibility import marked
from services.access.interface import entrance_table
from services.access.policy import Role
from services.kit import reads

_DIALECT: Dialect = PlanDialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped.
_NULL: ColumnElement[Any] = literal_column("null::json", JSON)


class CorrelationLost(Exception):
    """A source reads a row that stands more than one select above it and did not say so with `.correlate(row)`.

    SQLAlchemy then repeats the outer rows inside, and the value would be that of any row. Found while compiling.
    """


_ROWS = re.compile(r'\) AS ("#[pd]\d+")')
"""The subqueries that carry the rows of a level; each stands once in a right statement."""


class NotPlannable(Exception):
    """The selection holds something a statement cannot give (computed in Python); graphql-core executes it."""


@dataclass(slots=True)
class Compiler:
    """Compiles one operation for one role. With `python_rows` a Python field selects the columns it computes from.

    `rows_max` stands in place of the cap of a list, for files: they take more rows at once than a screen.
    """

    bindings: Bindings
    role: Role | None
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues
    python_rows: bool = False
    rows_max: int | None = None
    denials: list[Denial] = field(default_factory=list)
    refusable: dict[tuple[str, ...], str] = field(default_factory=dict)
    _parameters: Parameters = field(init=False)
    _absent: list[bytes] = field(default_factory=list)
    _domains: Domains = field(init=False)

    def __post_init__(self) -> None:
        self._parameters = Parameters(self.role)
        self._domains = Domains(self.bindings, self.role, self._parameters)

    # ---------------------------------------------------------------- what can be compiled

    def operation(self, operation: OperationDefinitionNode) -> Plan:
        """This will compile every root field of a query into one statement giving the whole `data` object."""
        parts = [(item.key, self._root(item)) for item in self._roots(operation)]
        return self._plan(self._entered(json_object(parts)))

    def read_entered(self, operation: OperationDefinitionNode) -> Plan:
        """The same for a transaction that names its viewer already: work that goes on after the request."""
        return self._plan(json_object([(item.key, self._root(item)) for item in self._roots(operation)]))

    def declared_roots(self, operation: OperationDefinitionNode) -> Plan:
        """This will compile the root fields that declare a source, for graphql-core: rows instead of an answer."""
        fields = self.bindings.types["Query"].fields
        declared = [
            item
            for item in self._roots(operation)
            if item.name in fields and fields[item.name].read is not None
        ]
        return self._plan(self._entered(json_object([(item.key, self._root(item)) for item in declared])))

    def absences(self, operation: OperationDefinitionNode) -> Plan:
        """This will compile why rows found by an id of their own could never be there; null where they could.

        They could not where the viewer was granted what such rows need in no company at all. That is so whatever the
        id is, and tells nothing about it; elsewhere an id out of reach is one that never existed.
        """
        roots = [item for item in self._roots(operation) if self._is_explained(item)]
        return self._plan(self._entered(json_object([(item.key, self._absence(item)) for item in roots])))

    def touched(self, type_name: str, selected: Selected, path: tuple[str, ...]) -> Plan:
        """This will compile the rows of a type whose ids are bound as `ids`, in that order: a mutation's payload."""
        level, statement = self._domains.open(self.bindings.types[type_name], path, None, 1)
        statement = statement.where(level.row.c.id == any_(IDS))
        statement = statement.order_by(func.array_position(IDS, level.row.c.id))
        return self._plan(self._list(self._domains.cut(level, statement), selected))

    def _entered(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        """The value, after the session was checked and the viewer named: the first things the statement does.

        Null where the session, the membership or the role is no longer what was remembered. `set_config` is volatile
        and stands in subqueries of its own, which run once, in the order of the condition, and PostgreSQL comes to the
        value (and to the walls, which read the viewer) only where the condition holds. Were the order ever another,
        the session would not be found, or the walls would find no viewer: nothing would show. One statement is one
        transaction, so the settings end with it.
        """
        if self.role is None:
            return value
        mine = entrance_table(self.role)
        named = select(func.set_config("app.secret", SECRET, true())).scalar_subquery()
        entered = (
            select(func.set_config("app.viewer", PASS, true()))
            .where(mine.c.viewer_id == VIEWER, mine.c.role == self.role.value, mine.c.lives_until > NOW)
            .scalar_subquery()
        )
        return case((and_(named.is_not(None), entered.is_not(None)), value))

    def _roots(self, operation: OperationDefinitionNode) -> list[Selected]:
        return collect("Query", (operation.selection_set,), self.fragments, self.variables)

    def _plan(self, value: ColumnElement[Any]) -> Plan:
        statement = select(cast(value, Text))
        compiled = statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
        sql = str(compiled)
        repeated = [name for name, count in Counter(_ROWS.findall(sql)).items() if count > 1]
        if repeated:
            raise CorrelationLost(f"{', '.join(sorted(self.refusable.values()))}: {repeated}")
        binders = self._parameters.binders(compiled)
        refusable = tuple(self.refusable.items())
        return Plan(sql, binders, tuple(self.denials), self._domains.cost, refusable, tuple(self._absent))

    # ---------------------------------------------------------------- fields of Query

    def _root(self, selected: Selected) -> ColumnElement[Any]:
        if selected.name == "__typename":
            return literal_column("'Query'")
        binding = self.bindings.types["Query"].fields.get(selected.name)
        if binding is None or binding.read is None:
            raise NotPlannable(selected.name)
        if not self._role_may(binding, (selected.key,)):
            return _NULL
        arguments = self._arguments(binding, selected)
        match binding.read:
            case reads.Single(where):
                found = self._single(binding, where, selected, arguments)
                if "companyId" not in arguments.values:
                    if self._is_explained(selected):
                        self._absent.append(f'"{selected.key}" : null'.encode())
                    return found
                return self._or_refusal(found, binding.target, binding, selected, arguments)
            case reads.ConnectionRoot(listing):
                page = self._page(binding, listing, selected, arguments)
                return self._or_refusal(page, self.bindings.node_type(binding), binding, selected, arguments)
            case reads.ListRoot(listing, order):
                rows = self._rows(binding, listing, order, selected, arguments)
                return self._or_refusal(rows, binding.target, binding, selected, arguments)
        raise NotPlannable(selected.name)

    def _or_refusal(
        self,
        value: ColumnElement[Any],
        type_name: str,
        binding: FieldBinding,
        selected: Selected,
        arguments: Arguments,
    ) -> ColumnElement[Any]:
        """What was not granted at all is null and explained; a list that was granted may be empty.

        That holds for rows of a company that the caller names: what they ask for is then no secret. A row that is
        found by an id of its own is simply not there (`absences`).
        """
        place = self._place((selected.key,), binding)
        refusal = self._domains.refusal(self.bindings.types[type_name], arguments, place)
        if refusal is None:
            return value
        return func.coalesce(refusal, value, type_=JSON)

    def _is_explained(self, selected: Selected) -> bool:
        """Whether a root field is a row by its own id that may be missing for want of a grant.

        A portal contact learns nothing about what its publisher could have shared.
        """
        binding = self.bindings.types["Query"].fields.get(selected.name)
        if binding is None or not isinstance(binding.read, reads.Single) or self.role is None:
            return False
        named = "companyId" in self._arguments(binding, selected).values
        return not named and self.role is not Role.PORTAL_CONTACT and binding.guard.allows(self.role)

    def _absence(self, selected: Selected) -> ColumnElement[Any]:
        binding = self.bindings.types["Query"].fields[selected.name]
        place = self._place((selected.key,), binding)
        refusal = self._domains.refusal(self.bindings.types[binding.target], None, place)
        return _NULL if refusal is None else refusal

    def _single(
        self, binding: FieldBinding, where: reads.Where, selected: Selected, arguments: Arguments
    ) -> ColumnElement[Any]:
        level, statement = self._domains.open(
            self.bindings.types[binding.target], (selected.key,), arguments, 1
        )
        values = {name: level.ask.argument(name) for name in arguments.values}
        level = self._domains.cut(level, statement.where(where(level.row, values, level.ask)).limit(1))
        return select(self._object(level, selected)).select_from(level.row).scalar_subquery()

    def _rows(
        self,
        binding: FieldBinding,
        listing: reads.Listing,
        order: reads.Order,
        selected: Selected,
        arguments: Arguments,
    ) -> ColumnElement[Any]:
        level, statement = self._domains.open(
            self.bindings.types[binding.target],
            (selected.key,),
            arguments,
            self.rows_max or listing.first_max,
        )
        statement = self._filtered(statement, listing, level, arguments)
        statement = statement.order_by(*order(level.row)).limit(self.rows_max or listing.first_max)
        return self._list(self._domains.cut(level, statement), selected)

    def _page(
        self, binding: FieldBinding, listing: reads.Listing, selected: Selected, arguments: Arguments
    ) -> ColumnElement[Any]:
        first = pages.page_size(arguments, self.rows_max or listing.first_max)
        node_type = self.bindings.types[self.bindings.node_type(binding)]
        level, every = self._domains.open(node_type, (selected.key,), arguments, first)
        statement = self._filtered(every, listing, level, arguments)
        sort = chosen_sort(listing, level, arguments, self.role)
        wanted = self._below(binding.target, selected)
        names = {item.name for item in wanted}
        given: dict[str, Any] = {"arguments": arguments, "parameters": self._parameters}
        page, counted = None, None
        peeked = "pageInfo" in names
        rows_max = first + 1 if peeked else first
        if names & {"nodes", "pageInfo"}:
            if "totalCount" in names and searched(listing, arguments):
                name = self._domains.alias("g")
                counted, ids = pages.gathered(statement, level.row, sort, rows_max, name=name, **given)
                statement = every.where(level.row.c.id == any_(ids))
            keyed = pages.keyed(statement, level.row, sort, rows_max, **given)
            page = self._made_rows(self._domains.cut(level, keyed), wanted, peeked=peeked)
        parts: list[tuple[str, ColumnElement[Any]]] = []
        for place, item in enumerate(wanted):
            if item.name == "__typename":
                parts.append((item.key, literal_column(f"'{binding.target}'")))
            elif item.name == "totalCount":
                total = pages.total_count(statement, self._domains.alias("p")) if counted is None else counted
                parts.append((item.key, total))
            elif page is not None and item.name == "nodes":
                parts.append((item.key, pages.nodes(page, place, first)))
            elif page is not None:
                parts.append((item.key, pages.page_info(self._below("PageInfo", item), page, first)))
        made = select(json_object(parts))
        return (made if page is None else made.select_from(page)).scalar_subquery()

    def _made_rows(self, level: Level, wanted: list[Selected], *, peeked: bool) -> FromClause:
        """The rows of a page with their JSON for every `nodes` of the selection: each alias has fields of its own."""
        made = {
            place: self._object(replace(level, path=(*level.path, item.key)), item)
            for place, item in enumerate(wanted)
            if item.name == "nodes"
        }
        return pages.made_rows(made, level.row, self._domains.alias("n"), peeked=peeked)

    def _filtered(
        self, statement: Select[Any], listing: reads.Listing, level: Level, arguments: Arguments
    ) -> Select[Any]:
        return filtered(statement, listing, level, arguments, parameters=self._parameters, role=self.role)

    # ---------------------------------------------------------------- objects and their fields

    def _object(self, level: Level, selected: Selected) -> ColumnElement[Any]:
        wanted = self._below(level.type.name, selected)
        return json_object([(item.key, self._field(level, item)) for item in wanted])

    def _list(self, level: Level, selected: Selected) -> ColumnElement[Any]:
        made = json_list(self._object(level, selected))
        return select(made).select_from(level.row).scalar_subquery()

    def _below(self, type_name: str, selected: Selected) -> list[Selected]:
        return collect(type_name, below(selected), self.fragments, self.variables)

    def _field(self, level: Level, selected: Selected) -> ColumnElement[Any]:
        if selected.name == "__typename":
            return literal_column(f"'{level.type.name}'")
        binding = level.type.fields[selected.name]
        path = (*level.path, selected.key)
        if not self._role_may(binding, path):
            return _NULL
        guard = binding.guard
        open_here = guard.scope is None or guard in level.proven
        argument = self._parameters.reader(self._arguments(binding, selected))
        inside = replace(
            level,
            path=path,
            proven=level.proven if open_here else level.proven | {guard},
            ask=replace(level.ask, argument=argument),
        )
        value = self._value(inside, binding, selected)
        if open_here:
            return value
        return marked(value, guard, level.ask, self._place(path, binding))

    def _place(self, path: tuple[str, ...], binding: FieldBinding) -> int:
        """The place of a path among those that a row may refuse: what a mark says instead of the path."""
        self.refusable.setdefault(path, binding.coordinate)
        return list(self.refusable).index(path)

    def _arguments(self, binding: FieldBinding, selected: Selected) -> Arguments:
        return Arguments.of(self.bindings, binding, selected, self.variables)

    def _value(self, level: Level, binding: FieldBinding, selected: Selected) -> ColumnElement[Any]:
        row = level.row
        match binding.read:
            case None:
                return row.c[binding.python_name]
            case reads.Column(name):
                return json_value(row.c[name or binding.python_name], binding.target, binding.read)
            case reads.Expr(source):
                return json_value(source(row, level.ask), binding.target, binding.read)
            case reads.Part():
                return self._object(replace(level, type=self.bindings.types[binding.target]), selected)
            case reads.Derived(make):
                return self._derived(level, binding, make(row, level.ask), selected)
            case reads.One(join) | reads.Many(join):
                return self._joined(level, binding, join, selected)
            case reads.Python(needs) if self.python_rows:
                return func.json_build_array(*(row.c[name] for name in needs), type_=JSON)
        raise NotPlannable(binding.coordinate)

    def _derived(
        self, level: Level, binding: FieldBinding, made: Select[Any], selected: Selected
    ) -> ColumnElement[Any]:
        rows = made.correlate(level.row).subquery(self._domains.alias("d"))
        inside = replace(level, type=self.bindings.types[binding.target], row=rows)
        return self._correlated(inside, selected, is_list=binding.is_list)

    def _joined(
        self, level: Level, binding: FieldBinding, join: reads.Join, selected: Selected
    ) -> ColumnElement[Any]:
        is_list = isinstance(binding.read, reads.Many)
        expected, cap = (join.expected, join.cap) if is_list else (1, 1)
        target = self.bindings.types[binding.target]
        inside, statement = self._domains.below(level, target, join, level.rows_at_most * expected)
        statement = statement.where(join.on(level.row, inside.row))
        if join.order is not None:
            statement = statement.order_by(*join.order(inside.row))
        if is_list or join.order is not None:
            statement = statement.limit(literal_column(str(cap), Integer))
        inside = self._domains.cut(inside, statement.correlate_except(*inside.own))
        return self._correlated(inside, selected, is_list=is_list)

    def _correlated(self, level: Level, selected: Selected, *, is_list: bool) -> ColumnElement[Any]:
        """The JSON of rows that hang on another row, as a value of that row."""
        made = self._object(level, selected)
        found = select(json_list(made) if is_list else made).select_from(level.row)
        return found.correlate_except(level.row).scalar_subquery()

    # ---------------------------------------------------------------- what the role decides

    def _role_may(self, binding: FieldBinding, path: tuple[str, ...]) -> bool:
        """Whether the role may ever see the field; if not, the path is explained once and the selection pruned."""
        if binding.guard.allows(self.role) and not self.bindings.lacks_rule(self.role, binding):
            return True
        scope = binding.guard.scope.name if binding.guard.scope else None
        self.denials.append(Denial(path, binding.coordinate, "ROLE", scope, binding.guard.action.value))
        return False
