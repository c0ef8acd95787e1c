"""A compiled operation and how it runs: bind the caller's values, one statement, explain what rows refused."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg
import orjson
from graphql import FieldNode, GraphQLField, ObjectValueNode, VariableNode
from graphql.execution.values import VariableValues, get_argument_values

from services.access.policy import Role, Scope, who_can_grant
from services.kit.clock import HOME_ZONE
from services.kit.errors import BadInput

DENIED_KEY = "#denied"
DENIED_MARK = b'{"#denied"'
"""Written by a statement in place of a value that the row's company did not grant. Inside a JSON string every quote is
escaped, so these bytes occur only where a statement wrote them."""

COMPANIES_NAMED_MAX = 50

_NOWHERE = UUID(int=0)

DENIAL_SENTENCES: Mapping[str, str] = {
    "ROLE": "Your role does not include this.",
    "PLAN": "The subscription plan of the company does not include this module.",
    "SCOPE": "This module has not been granted to you in this company.",
    "STATE": "The access that was granted here has ended.",
}
"""English source text by the layer that refused."""


@dataclass(frozen=True, slots=True)
class Denial:
    """Why a selection is null: the path without list indices, the layer that refused, and what would be needed."""

    path: tuple[str, ...]
    coordinate: str
    layer: str
    scope: str | None
    action: str
    companies: tuple[str, ...] = ()

    def error(self, role: Role | None, translate: Callable[[str], str]) -> dict[str, Any]:
        """The entry of `errors` for this denial, in the viewer's language, with who can grant what is missing."""
        grantors = who_can_grant(role, Scope[self.scope], self.layer) if self.scope and role else ()
        extensions: dict[str, Any] = {
            "code": self.layer,
            "layer": self.layer,
            "field": self.coordinate,
            "scope": self.scope,
            "action": self.action,
            "grantors": [item.value for item in grantors],
        }
        if self.companies:
            extensions["companies"] = list(self.companies)
        sentence = translate(DENIAL_SENTENCES[self.layer])
        return {"message": sentence, "path": list(self.path), "extensions": extensions}


@dataclass(frozen=True, slots=True)
class Argument:
    """A bind parameter that comes from an argument of a field: `path` inside it, `prepare` before it is bound."""

    field: GraphQLField
    node: FieldNode
    path: tuple[str, ...]
    prepare: Callable[[Any], Any] | None

    variable: tuple[str, ...] | None
    """Where the operation puts a variable there: its name, and the rest of the path inside its value."""

    @classmethod
    def of(
        cls,
        field: GraphQLField,
        node: FieldNode,
        path: tuple[str, ...],
        prepare: Callable[[Any], Any] | None,
    ) -> "Argument":
        """The parameter of an argument as an operation writes it."""
        return cls(field, node, path, prepare, _variable(node, path))

    def value(self, variables: VariableValues) -> Any:
        """This will give the caller's value of one run, prepared for its parameter; None where it was left out."""
        found: Any
        if self.variable is not None and self.variable[0] in variables.coerced:
            found, path = variables.coerced, self.variable
        else:  # A literal, or a default of the field: graphql-core knows.
            found, path = get_argument_values(self.field, self.node, variables), self.path
        for key in path:
            found = None if found is None else found.get(key)
        if isinstance(found, Enum):
            found = found.value
        return found if self.prepare is None or found is None else self.prepare(found)


def _variable(node: FieldNode, path: tuple[str, ...]) -> tuple[str, ...] | None:
    """The variable that stands at a path inside the arguments, with the rest of the path."""
    within: Sequence[Any] = node.arguments or ()
    for place, key in enumerate(path, start=1):
        value = next((item.value for item in within if item.name.value == key), None)
        if isinstance(value, VariableNode):
            return (value.name.value, *path[place:])
        if not isinstance(value, ObjectValueNode):
            return None
        within = value.fields
    return None


Refusable: TypeAlias = tuple[tuple[tuple[str, ...], str], ...]
"""Paths without list indices, each with the coordinate of its field."""

Binder: TypeAlias = Callable[["Asked"], Any]
"""Gives the value of one SQL parameter of one run."""


@dataclass(slots=True)
class Plan:
    """One SELECT for one operation (or one root field), one role, one shape of variables.

    `binders` gives the value of each SQL parameter in order. `denials` are those decided by the role alone;
    `refusable` are the paths that a row may still refuse, by the place its mark names. `absent` is how
    PostgreSQL writes that a row asked for by an id of its own is not there, which a second statement may explain.
    """

    sql: str
    binders: tuple[Binder, ...]
    denials: tuple[Denial, ...]
    cost: int
    refusable: Refusable = ()
    absent: tuple[bytes, ...] = ()

    def lacks(self, text: bytes) -> bool:
        """Whether a row that was asked for by its id may not be in the JSON that PostgreSQL wrote."""
        return any(written in text for written in self.absent)

    def bind(self, asked: "Asked") -> list[Any]:
        """This will give the values of the SQL parameters in their order."""
        return [binder(asked) for binder in self.binders]

    async def run(self, connection: asyncpg.Connection, asked: "Asked") -> bytes:
        """This will run the statement and give the JSON that PostgreSQL wrote. The transaction names the viewer."""
        return written(await connection.fetchval(self.sql, *self.bind(asked)))


def written(text: Any) -> bytes:
    """The JSON that PostgreSQL wrote."""
    return text.encode() if isinstance(text, str) else text


@dataclass(frozen=True, slots=True)
class Asked:
    """The values of one request that a plan binds."""

    viewer_id: UUID | None
    now: datetime
    today: date
    variables: VariableValues
    ids: tuple[UUID, ...] = ()
    secret_hash: str = ""
    viewer_pass: str = ""
    zone: str = HOME_ZONE


def converter(sql_type: Any) -> Callable[[Any], Any] | None:
    """How a caller's value becomes what asyncpg takes for a column of `sql_type`."""
    name = type(sql_type).__name__
    if name in {"Uuid", "UUID"}:
        return _uuid
    if name in {"Numeric", "DECIMAL"}:
        return _decimal
    return None


def _uuid(value: Any) -> Any:
    """An id that is not even a UUID is an id that never existed: the answer must not tell the two apart."""
    if isinstance(value, list):
        return [_uuid(item) for item in value]
    if isinstance(value, UUID):
        return value
    try:
        return UUID(value)
    except ValueError:
        return _NOWHERE


def _decimal(value: Any) -> Decimal:
    try:
        return value if isinstance(value, Decimal) else Decimal(value)
    except InvalidOperation as error:
        raise BadInput("amount", "give a decimal number such as 1210.00") from error


class MarkUnread(Exception):
    """PostgreSQL wrote a mark in a form that is not known: nothing is answered, rather than the mark shown."""


_MARK = re.compile(
    rb'\{"#denied" : "(\w+)", "action" : "(\w+)", "by" : "(\w+)", "at" : (\d+), "company" : (?:"([^"]*)"|null)\}'
)
"""A mark as PostgreSQL writes it. In the bytes of an answer it is replaced without reading the rest of it."""


def explain(
    text: bytes, refusable: Refusable, role: Role | None, translate: Callable[[str], str]
) -> tuple[bytes, list[dict[str, Any]]]:
    """This will put null in place of every mark in `text` and give one error per path, naming the companies."""
    found: dict[tuple[int, bytes], tuple[bytes, bytes, dict[bytes, None]]] = {}
    for scope, action, layer, place, company in _MARK.findall(text):
        _, _, companies = found.setdefault((int(place), layer), (scope, action, {}))
        if company and len(companies) < COMPANIES_NAMED_MAX:
            companies[company] = None
    denials = (
        Denial(*refusable[place], layer.decode(), scope.decode(), action.decode(), _texts(companies))
        for (place, layer), (scope, action, companies) in found.items()
    )
    text = _MARK.sub(b"null", text)
    if DENIED_MARK in text:
        raise MarkUnread
    return text, [denial.error(role, translate) for denial in denials]


def _texts(found: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(item.decode() for item in found)


def note(
    found: dict[tuple[tuple[str, ...], str], Denial],
    mark: Mapping[str, Any],
    path: tuple[str, ...],
    name: str,
) -> None:
    """This will add one denied value to the explanations: one per path and layer, at most 50 companies named."""
    at = (path, mark["by"])
    known = found.get(at)
    companies = known.companies if known else ()
    company = mark.get("company")
    if company is not None and company not in companies and len(companies) < COMPANIES_NAMED_MAX:
        companies = (*companies, company)
    found[at] = Denial(path, name, mark["by"], mark[DENIED_KEY], mark["action"], companies)


def answer(
    text: bytes,
    plan: Plan,
    role: Role | None,
    translate: Callable[[str], str],
    absent: list[dict[str, Any]] | None = None,
) -> tuple[bytes, bool]:
    """The bytes of the whole answer, and whether it holds errors. Untouched unless something was denied.

    `absent` explains rows that are not there.
    """
    errors = [*(denial.error(role, translate) for denial in plan.denials), *(absent or ())]
    if DENIED_MARK in text:
        text, refused = explain(text, plan.refusable, role, translate)
        errors += refused
    if not errors:
        return b'{"data":' + text + b"}", False
    return b'{"data":' + text + b',"errors":' + orjson.dumps(errors) + b"}", True
