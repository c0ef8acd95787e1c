"""A compiled operation and how it runs: bind the caller's values, one statement, explain what rows refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg
import orjson
from graphql import FieldNode, GraphQLField
from graphql.execution.values import VariableValues, get_argument_values

from services.access.policy import Role, Scope, who_can_grant
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

    def value(self, variables: VariableValues) -> Any:
        """This will give the caller's value of one run, prepared for its parameter; None where it was left out."""
        found: Any = get_argument_values(self.field, self.node, variables)
        for key in self.path:
            found = None if found is None else found.get(key)
        if isinstance(found, Enum):
            found = found.value
        return found if self.prepare is None or found is None else self.prepare(found)


Binder: TypeAlias = Callable[["Asked"], Any]
"""Gives the value of one SQL parameter of one run."""


@dataclass(slots=True)
class Plan:
    """One SELECT for one operation (or one root field), one role, one shape of variables.

    `binders` gives the value of each SQL parameter in order. `denials` are those decided by the role alone; `names`
    tells the field behind each path that a row may still refuse.
    """

    sql: str
    binders: tuple[Binder, ...]
    denials: tuple[Denial, ...]
    cost: int
    names: dict[tuple[str, ...], str] = field(default_factory=dict)

    def bind(self, asked: "Asked") -> list[Any]:
        """This will give the values of the SQL parameters in their order."""
        return [binder(asked) for binder in self.binders]

    async def run(self, connection: asyncpg.Connection, asked: "Asked") -> bytes:
        """This will run the statement and give the JSON that PostgreSQL wrote. The transaction names the viewer."""
        text = await connection.fetchval(self.sql, *self.bind(asked))
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


def explain(
    data: Any, role: Role | None, names: Mapping[tuple[str, ...], str], translate: Callable[[str], str]
) -> list[dict[str, Any]]:
    """This will put null in place of every mark in `data` and give one error per path, naming the companies."""
    found: dict[tuple[tuple[str, ...], str], Denial] = {}
    _replace(data, (), found, names)
    return [denial.error(role, translate) for denial in found.values()]


def _replace(
    value: Any,
    path: tuple[str, ...],
    found: dict[tuple[tuple[str, ...], str], Denial],
    names: Mapping[tuple[str, ...], str],
) -> None:
    if isinstance(value, list):
        for item in value:
            _replace(item, path, found, names)
        return
    if not isinstance(value, dict):
        return
    for key, item in value.items():
        if isinstance(item, dict) and DENIED_KEY in item:
            value[key] = None
            note(found, item, (*path, key), names.get((*path, key), key))
        elif isinstance(item, dict | list):
            _replace(item, (*path, key), found, names)


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


def answer(text: bytes, plan: Plan, role: Role | None, translate: Callable[[str], str]) -> tuple[bytes, bool]:
    """The bytes of the whole answer, and whether it holds errors. Untouched unless something was denied."""
    errors = [denial.error(role, translate) for denial in plan.denials]
    if DENIED_MARK in text:
        data = orjson.loads(text)
        errors.extend(explain(data, role, plan.names, translate))
        text = orjson.dumps(data)
    if not errors:
        return b'{"data":' + text + b"}", False
    return b'{"data":' + text + b',"errors":' + orjson.dumps(errors) + b"}", True
