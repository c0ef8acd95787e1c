"""GraphQL over HTTP, edition of September 2026: one endpoint, registered operations for apps, free ones for partners.

The apps (cookie) and whoever has not signed in may ask only what is registered, by hash; partners (token) may send
text within a cost budget. Statuses: 200, 294 data with errors, 400 syntax, 422 does not fit the schema; with
`Accept: application/json` everything well-formed is 200.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar

import orjson
from graphql import OperationType
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from gateway import limits
from gateway.context import process_of
from gateway.errors import invalid_entry, refusal_entry
from gateway.executor import Answer, OperationInvalid
from gateway.operations import operation_hash
from gateway.pace import TooFast
from gateway.requests import (
    BodyTooLarge,
    BodyUnreadable,
    CrossSite,
    QuickRequest,
    TypeNotTaken,
    bearer,
    headers_of,
    json_object,
    known_of,
    status_of,
)
from gateway.viewers import Known
from services.kit import clock
from services.kit.errors import Refused, Unauthenticated
from services.kit.logs import request_id

RESPONSE_TYPE = b"application/graphql-response+json"
PARTIAL = 294


class OperationNotRegistered(Refused):
    """The hash names no operation of any manifest, or an app sent text that no manifest holds."""

    code: ClassVar[str] = "PERSISTED_QUERY_NOT_FOUND"
    sentence: ClassVar[str] = "This operation is not registered."


@dataclass(frozen=True, slots=True)
class Asked:
    """What a body asks for: text or hash, the operation's name, the variables."""

    text: str | None
    hash: str | None
    name: str | None
    variables: dict[str, Any]


NOT_AN_OPERATION = (
    Unauthenticated,
    CrossSite,
    TypeNotTaken,
    BodyTooLarge,
    BodyUnreadable,
    OperationNotRegistered,
    TooFast,
)
"""Refusals that keep their status with plain JSON: the request held no operation that may run at all."""

_WEIGHT = re.compile(r"(0(\.\d{0,3})?|1(\.0{0,3})?)")


def _read(body: dict[str, Any]) -> Asked:
    text, name, variables = body.get("query"), body.get("operationName"), body.get("variables")
    if variables is None:
        variables = {}
    if text is not None and not isinstance(text, str):
        raise BodyUnreadable("query", "give the operation as text")
    if name is not None and not isinstance(name, str):
        raise BodyUnreadable("operationName", "give a name as text")
    if not isinstance(variables, dict):
        raise BodyUnreadable("variables", "give an object")
    if not isinstance(body.get("extensions"), dict | None):
        raise BodyUnreadable("extensions", "give an object")
    return Asked(text, _hash(body), name, variables)


def _hash(body: dict[str, Any]) -> str | None:
    """A document id as `sha256:<hex>`, as bare hash, or in the persistedQuery extension."""
    given = body.get("documentId")
    if given is None:
        extensions = body.get("extensions")
        persisted = extensions.get("persistedQuery") if isinstance(extensions, dict) else None
        given = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    if given is None:
        return None
    if not isinstance(given, str):
        raise BodyUnreadable("documentId", "give sha256: and 64 hex digits")
    return given.removeprefix("sha256:")


async def post_graphql(request: Request) -> Response:
    """One operation."""
    known: Known | None = None
    free = False
    try:
        known = await known_of(request)
        if known is None and bearer(request) is not None:
            raise Unauthenticated
        free = known is not None and known.viewer.surface == "partner"
        if free and known is not None:
            process_of(request).pace.take(known.viewer.id, clock.now())
        asked = _read(await json_object(request))
        bounds = limits.PARTNERS if free else limits.OWN_APPS
        text = _document(request, asked, free=free)
        answer = await _run(request, text, asked, known=known, bounds=bounds)
    except OperationInvalid as invalid:
        translate = (
            None if free else process_of(request).context(request, known, request_id() or "").translate
        )
        entries = [invalid_entry(error, request_id() or "", translate) for error in invalid.errors]
        return _respond(request, _errors(entries), invalid.status, legacy_status=200)
    except Refused as refused:
        context = process_of(request).context(request, known, request_id() or "")
        entries = [refusal_entry(refused, context.translate, context.request_id)]
        status = status_of(refused, 400 if isinstance(refused, OperationNotRegistered) else 422)
        legacy_status = status if isinstance(refused, NOT_AN_OPERATION) else 200
        return _respond(
            request, _errors(entries), status, legacy_status=legacy_status, headers=headers_of(refused)
        )
    partial = answer.has_errors and answer.has_data
    return _respond(request, answer.body, PARTIAL if partial else 200, legacy_status=200)


def _errors(entries: list[dict[str, Any]]) -> bytes:
    return orjson.dumps({"errors": entries})


def _document(request: Request, asked: Asked, *, free: bool) -> str:
    """The text to run. Raises OperationNotRegistered where only registered ones may."""
    process = process_of(request)
    if asked.hash is not None:
        registered = process.operations.get(asked.hash)
        if registered is not None:
            return registered.body
        if not free or asked.text is None:
            raise OperationNotRegistered
        if operation_hash(asked.text) != asked.hash:
            raise BodyUnreadable("documentId", "give the SHA-256 of the operation that is sent")
    if asked.text is None:
        raise BodyUnreadable("documentId", "name an operation by its hash")
    if not free and process.operations.get(operation_hash(asked.text)) is None:
        raise OperationNotRegistered
    return asked.text


async def _run(
    request: Request,
    text: str,
    asked: Asked,
    *,
    known: Known | None,
    bounds: limits.Limits,
) -> Answer:
    process = process_of(request)
    executor = process.executor
    prepared = executor.prepare(text, bounds)
    operation = prepared.operation(asked.name)
    if operation.operation is OperationType.SUBSCRIPTION:
        raise BodyUnreadable("query", "subscriptions are not offered")
    variables = executor.variables(operation, asked.variables)
    context = process.context(request, known, request_id() or "")
    context.raw_variables = asked.variables
    try:
        return await executor.run(prepared, operation, variables, context, known, bounds=bounds)
    except Unauthenticated:
        # The session changed while it was remembered (another role, another place, or ended): look again, once.
        fresh = await process.viewers.again(known) if known is not None else None
        if fresh is None:
            raise
        context = process.context(request, fresh, context.request_id)
        context.raw_variables = asked.variables
        return await executor.run(prepared, operation, variables, context, fresh, bounds=bounds)


@lru_cache(maxsize=256)
def _modern(accepted: str) -> bool:
    """Whether a caller takes the media type of the edition at least as gladly as plain JSON."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        given = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        weights[name] = float(given) if _WEIGHT.fullmatch(given) else 0.0
    plain = max(weights.get(name, 0.0) for name in ("application/json", "application/*", "*/*"))
    return weights.get(RESPONSE_TYPE.decode(), 0.0) >= max(plain, 0.001)


class _Answered(Response):
    """An answer to GraphQL. Its few headers are written here: merging dictionaries costs more than they hold."""

    def __init__(self, body: bytes, status: int, media_type: bytes, headers: Mapping[str, str]) -> None:
        self.body, self.status_code, self.background = body, status, None
        self.raw_headers = [
            (b"content-length", str(len(body)).encode()),
            (b"content-type", media_type),
            (b"cache-control", b"private, no-store"),
            (b"x-content-type-options", b"nosniff"),
            *((name.encode(), value.encode()) for name, value in headers.items()),
        ]


def _respond(
    request: Request,
    body: bytes,
    status: int,
    *,
    legacy_status: int,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    if _modern(request.headers.get("accept", "")):
        return _Answered(body, status, RESPONSE_TYPE, headers)
    return _Answered(body, legacy_status, b"application/json", headers)


async def serve(scope: Scope, receive: Receive, send: Send) -> None:
    """One operation, as an ASGI application."""
    response = await post_graphql(QuickRequest(scope, receive))
    await response(scope, receive, send)


ROUTES = [
    Route("/graphql", post_graphql, methods=["POST"]),
    Route("/graphql/", post_graphql, methods=["POST"]),
]
