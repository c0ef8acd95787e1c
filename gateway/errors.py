"""What a caller is told: refusals with their code and sentence, everything else masked under the request's number."""

from typing import Any

import structlog
from graphql import GraphQLError

from services.access.interface import RequestContext
from services.kit.errors import Denied, Refused
from services.kit.words import Language

MASKED = "Something went wrong here. Please try again; the request number helps us find it."
"""What a person is told about an error that is ours; English source text."""

UNREADABLE = (
    "A value in what was entered cannot be read: an amount, a day or a choice. Please look at it again."
)
"""What a person is told about a value that does not fit the schema; English source text."""

_log = structlog.get_logger("gateway")


def refusal_entry(refused: Refused, translate: Language, request_id: str) -> dict[str, Any]:
    """The entry of `errors` (or the JSON body of a plain endpoint) for a refusal."""
    extensions: dict[str, Any] = {"code": refused.code, "requestId": request_id}
    if isinstance(refused, Denied):
        extensions |= {"code": refused.values["layer"], **refused.values}
    return {
        "message": refused.told(translate),
        "path": list(refused.path),
        "extensions": extensions,
    }


def invalid_entry(error: GraphQLError, request_id: str, translate: Language | None) -> dict[str, Any]:
    """The entry for a document or variable that does not fit the schema: it is the caller's, and told as it is.

    `translate` is given where a person reads it: our own apps show the message; what was wrong is for who wrote them.
    """
    extensions = {"code": "BAD_REQUEST", "requestId": request_id}
    if translate is None:
        return {"message": error.message, "extensions": extensions}
    return {"message": translate(UNREADABLE), "extensions": {**extensions, "detail": error.message}}


def error_entry(error: GraphQLError, context: RequestContext) -> dict[str, Any]:
    """The entry for an error of execution: a refusal explains itself, anything else is masked and logged once."""
    original = error.original_error
    while isinstance(original, GraphQLError):
        # A value that does not fit is reported as an error around the error that says why.
        original = original.original_error
    if isinstance(original, Refused):
        entry = refusal_entry(original, context.translate, context.request_id)
        entry["path"] = list(error.path or original.path)
        return entry
    if original is None:
        entry = {
            "message": error.message,
            "extensions": {"code": "BAD_REQUEST", "requestId": context.request_id},
        }
        if error.path:
            entry["path"] = list(error.path)
        return entry
    _log.error("operation_failed", exc_info=original, path=list(error.path or ()))
    return {
        "message": context.translate(MASKED),
        "path": list(error.path or ()),
        "extensions": {"code": "INTERNAL", "requestId": context.request_id},
    }
