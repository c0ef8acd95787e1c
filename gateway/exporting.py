"""Lists read to their end for files: the planner's own statement, run as the viewer, a page of a thousand at a time.

All pages of one file come from one snapshot of the database, so no row is missed or written twice while others work.
The grants in it are those of its first instant; whoever hands the file out asks for them again.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from graphql import (
    FragmentDefinitionNode,
    GraphQLEnumType,
    OperationDefinitionNode,
    get_operation_ast,
    parse,
)
from graphql.execution.values import VariableValues, get_variable_values
from strawberry.utils.str_converters import to_camel_case

from gateway.exports import PAGING, Listed
from gateway.planner.bindings import FieldBinding
from gateway.planner.compiler import Compiler
from gateway.planner.plan import DENIED_KEY, Asked, Plan
from gateway.schema import Composed
from services.access.interface import Viewer
from services.access.policy import FIRM_HELD_MASK
from services.kit import clock, reads
from services.kit.db import Database
from services.kit.errors import BadInput, Denied, NotFound
from services.kit.exports import ExportColumn, Exported, Needed, NotExported, Reading, TooManyRows, Word
from services.kit.words import translator

PAGE_ROWS = 1000
ROWS_AT_ONCE_MAX = 100_000
"""What a list without pages may hold; more is refused rather than cut."""

_NOT_TAKEN = "give the arguments that this list takes"
_NO_FRAGMENTS: dict[str, FragmentDefinitionNode] = {}


@dataclass(slots=True)
class Pages:
    """One list being read (`services.kit.exports.Reading`)."""

    lists: "Lists"
    listed: Listed
    viewer: Viewer
    arguments: Mapping[str, Any]
    at: datetime
    connection: "asyncpg.Connection[Any]"
    columns: tuple[ExportColumn, ...]
    reached: Mapping[UUID, int]
    total: int | None = None
    done: int = 0
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _plans: dict[bool, Plan] = field(default_factory=dict)

    async def pages(self) -> AsyncIterator[list[dict[str, Any]]]:
        """The rows page by page."""
        after: str | None = None
        while True:
            found = await self._page(after)
            self.parts |= {part.rows: found[part.rows] or [] for part in self.listed.exported.parts}
            if not self.listed.is_paged:
                rows = list(self._flat(found))
                if len(rows) >= ROWS_AT_ONCE_MAX:
                    raise TooManyRows(most=ROWS_AT_ONCE_MAX)
                self.total = self.done
                yield rows
                return
            if after is None:
                self.total = found["totalCount"]
            yield list(self._flat(found))
            if not found["pageInfo"]["hasNextPage"]:
                return
            after = found["pageInfo"]["endCursor"]

    async def _page(self, after: str | None) -> Any:
        variables = self.lists.variables(self.listed, self.arguments, after)
        if (plan := self._plans.get(after is None)) is None:
            plan = self._plans[after is None] = self.lists.plan(self.listed, self.viewer, variables)
        asked = Asked(
            self.viewer.id,
            self.at,
            clock.today(self.viewer.time_zone),
            variables,
            zone=self.viewer.time_zone,
        )
        return self._inside(orjson.loads(await plan.run(self.connection, asked)))

    def _inside(self, answer: Any) -> Any:
        """What holds the rows: the list, the page, or the part of a report that has them."""
        found = answer
        listed, computed = self.listed, self.listed.computed
        for key in (listed.exported.root, *listed.way[:-1]):
            found = self._told(found[key], key)
            if isinstance(found, dict) and DENIED_KEY in found:
                raise Denied(layer=found["by"], scope=found[DENIED_KEY], action=found["action"])
            if found is None:
                raise NotFound("list")
        if computed is not None and listed.way[-1] == computed.name:
            return {computed.name: self._told(found[computed.name], computed.name)}
        return found

    def _told(self, value: Any, key: str) -> Any:
        """What a field says: as it was read, or computed from it and then as GraphQL would write it."""
        computed = self.listed.computed
        return value if computed is None or key != computed.name else self._said(computed, value)

    def _said(self, computed: FieldBinding, value: Any) -> Any:
        """What Python makes of the columns that a statement gave in the place of a field; a refusal stays one."""
        if not isinstance(value, list):
            return value
        assert isinstance(computed.read, reads.Python)
        speaker = _Speaker(translator(self.viewer.locale), self.viewer.time_zone)
        return _written(computed.read.compute(speaker, *value))

    def _flat(self, found: Any) -> Iterator[dict[str, Any]]:
        exported = self.listed.exported
        paths = {column.path for column in exported.columns}
        paths |= {column.currency for column in exported.columns if column.currency is not None}
        paths |= {column.total_unless for column in exported.columns if column.total_unless}
        paths |= {exported.documents} if exported.documents is not None else set()
        for row in _dig(found, self.listed.way[-1:]) or ():
            self.done += 1
            row |= {key: self._said(of, row[key]) for key, of in self.listed.told.items() if key in row}
            if exported.each is None:
                yield {path: _dig(row, tuple(path.split("."))) for path in paths}
                continue
            for item in _dig(row, (exported.each,)) or ():
                inside = {**row, exported.each: item}
                yield {path: _dig(inside, tuple(path.split("."))) for path in paths}


@dataclass(frozen=True, slots=True)
class _Speaker:
    """What a computed field may ask of the request: the language of the reader, and its clock."""

    translate: Callable[[str], str]
    zone: str


def _written(value: Any) -> Any:
    """Types of the schema as the JSON that GraphQL would write of them."""
    if isinstance(value, list | tuple):
        return [_written(item) for item in value]
    if is_dataclass(value):
        return {to_camel_case(item.name): _written(getattr(value, item.name)) for item in fields(value)}
    return value.value if isinstance(value, Enum) else value


class Lists:
    """The planner as exports use it (`services.kit.exports.ListReader`)."""

    def __init__(self, composed: Composed, database: Database) -> None:
        self._composed = composed
        self._database = database

    def find(self, name: str) -> Exported:
        """This will give what was declared under a name. Raises NotExported."""
        return self._listed(name).exported

    async def check(self, exported: Exported, viewer: Viewer, arguments: Mapping[str, Any]) -> Needed:
        """This will compile the list for the viewer's role. Raises BadInput, Denied, NotFound for what is no id."""
        listed = self._listed(exported.key)
        variables = self.variables(listed, arguments, None)
        plan = self.plan(listed, viewer, variables)
        for denial in plan.denials:
            if denial.path == (exported.root,):
                raise Denied(layer=denial.layer, scope=denial.scope or "", action=denial.action)
        company = arguments.get("companyId")
        if exported.company is not None:
            company = await self._name(exported.company, viewer, str(arguments.get("id")), clock.now())
            if company is None:
                raise NotFound("list", path=("arguments", "id"))
        try:
            company_id = UUID(company) if company is not None else None
        except (TypeError, ValueError) as error:
            raise NotFound("company", path=("arguments", "companyId")) from error
        scope = listed.guard.scope
        return Needed(None if scope is None else scope.value, company_id)

    @asynccontextmanager
    async def reading(
        self, exported: Exported, viewer: Viewer, arguments: Mapping[str, Any], at: datetime
    ) -> AsyncIterator[Reading]:
        """This will read the list as the viewer. Raises what `check` raises."""
        listed = self._listed(exported.key)
        plan = self.plan(listed, viewer, self.variables(listed, arguments, None))
        start = 1 + len(listed.way)
        hidden = [denial.path[start:] for denial in plan.denials]
        if any(len(denial.path) < start for denial in plan.denials):
            raise Denied(layer="ROLE", scope=plan.denials[0].scope or "", action=plan.denials[0].action)
        columns = tuple(
            column
            for column in exported.columns
            if not any(tuple(column.path.split("."))[: len(path)] == path for path in hidden)
        )
        async with self._database.planned(viewer.id, at, snapshot=True) as connection:
            reached = await _reached(connection, listed, viewer, arguments, at)
            yield Pages(self, listed, viewer, arguments, at, connection, columns, reached)

    async def said(
        self, exported: Exported, viewer: Viewer, arguments: Mapping[str, Any], at: datetime
    ) -> list[tuple[str, Any]]:
        """This will give heading and value of each filter given."""
        listed = self._listed(exported.key)
        found: list[tuple[str, Any]] = []
        for path, declared in exported.filters.items():
            keys = tuple(path.split("."))
            value = _dig(arguments, keys)
            if value is None or (len(keys) == 1 and value == listed.arguments[path].default_value):
                continue
            if declared.named_by is not None:
                value = await self._name(declared.named_by, viewer, value, at)
            else:
                value = _typed(listed.argument(keys), value)
            if value is not None:
                found.append((declared.heading, value))
        return found

    def variables(self, listed: Listed, arguments: Mapping[str, Any], after: str | None) -> VariableValues:
        """This will coerce the arguments of one page. Raises BadInput for what the list does not take."""
        if set(arguments) & PAGING or not set(arguments) <= set(listed.arguments):
            raise BadInput("arguments", _NOT_TAKEN)
        given: dict[str, Any] = {**arguments}
        if listed.is_paged:
            given |= {"first": PAGE_ROWS, "counted": after is None}
            given |= {} if after is None else {"after": after}
        operation = _operation(listed.operation(arguments))
        found = get_variable_values(
            self._composed.graphql, operation.variable_definitions or (), given, max_errors=1
        )
        if isinstance(found, list):
            raise BadInput("arguments", _NOT_TAKEN)
        return found

    def plan(self, listed: Listed, viewer: Viewer, variables: VariableValues) -> Plan:
        """This will compile one page for the viewer's role. Raises BadInput for a filter its role may not use."""
        given = [name for name in listed.arguments if name in variables.coerced]
        operation = _operation(listed.operation(given))
        rows_max = PAGE_ROWS if listed.is_paged else ROWS_AT_ONCE_MAX
        compiler = Compiler(
            self._composed.bindings,
            viewer.role,
            _NO_FRAGMENTS,
            variables,
            python_rows=listed.computed is not None or bool(listed.told),
            rows_max=rows_max,
        )
        return compiler.read_entered(operation)

    async def _name(self, source: str, viewer: Viewer, value: str, at: datetime) -> str | None:
        root, _, name = source.partition(".")
        operation = _operation(f"query ($id: ID!) {{ {root}(id: $id) {{ {name} }} }}")
        variables = get_variable_values(
            self._composed.graphql, operation.variable_definitions or (), {"id": value}
        )
        assert not isinstance(variables, list)
        compiler = Compiler(self._composed.bindings, viewer.role, _NO_FRAGMENTS, variables)
        plan = compiler.read_entered(operation)
        asked = Asked(viewer.id, at, clock.today(viewer.time_zone), variables, zone=viewer.time_zone)
        async with self._database.planned(viewer.id, at) as connection:
            found = _dig(orjson.loads(await plan.run(connection, asked)), (root, name))
        return None if found is None else str(found)

    def _listed(self, name: str) -> Listed:
        found = self._composed.exports.get(name)
        if found is None:
            raise NotExported(path=("name",))
        return found


async def _reached(
    connection: "asyncpg.Connection[Any]",
    listed: Listed,
    viewer: Viewer,
    arguments: Mapping[str, Any],
    at: datetime,
) -> dict[UUID, int]:
    """What of the list's scopes each company lets the viewer read at this instant."""
    rows = await connection.fetch(
        "select company_id, case when live_until is null or live_until > $3 then view_mask & $2"
        " else view_mask & $2 & $4 end as mask from reach"
        " where viewer_id = $1 and ($5::uuid is null or company_id = $5)",
        viewer.id,
        listed.mask,
        at,
        FIRM_HELD_MASK,
        arguments.get("companyId"),
    )
    return {row["company_id"]: row["mask"] for row in rows if row["mask"]}


def _operation(text: str) -> OperationDefinitionNode:
    found = get_operation_ast(parse(text, no_location=True))
    assert found is not None
    return found


def _dig(value: Any, path: tuple[str, ...]) -> Any:
    """The value at a path; None where there is none or where the row's company did not grant it."""
    for key in path:
        if isinstance(value, list) and key.isdigit():
            value = value[int(key)] if int(key) < len(value) else None
            continue
        if not isinstance(value, dict) or DENIED_KEY in value:
            return None
        value = value.get(key)
    return None if isinstance(value, dict) and DENIED_KEY in value else value


def _typed(graphql_type: Any, value: Any) -> Any:
    if isinstance(graphql_type, GraphQLEnumType):
        return Word(value)
    if getattr(graphql_type, "name", "") == "Date":
        return date.fromisoformat(value)
    return value
