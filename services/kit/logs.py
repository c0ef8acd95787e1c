"""Logs: one line of JSON per event for machines, readable lines at a terminal; never client data.

An event is a short name and a few values: `log.info("entry_posted", entry_id=entry.id)`. Values are ids, counts,
codes and durations. What a person typed, what a bank wrote and what a document says never belongs there; the
redaction below is the second wall, for the day somebody forgets.
"""

import logging
import re
import sys
import time
from collections.abc import Mapping
from typing import Final, TextIO

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import EventDict, Processor, WrappedLogger

from services.kit.ids import new_id

REDACTED: Final = "[redacted]"
REQUEST_ID_HEADER: Final = "x-request-id"
TEXT_CHARACTERS_MAX: Final = 500
"""A longer text is cut: it is somebody's document, not a value. Tracebacks are exempt."""
PATH_SEGMENT_CHARACTERS_MAX: Final = 40
"""A longer piece of a path is a token, not an id (36 characters)."""

_REDACTED_KEY = re.compile(
    "password|secret|token|authori[sz]ation|cookie|credential|signature|api_?key"
    "|iban|(account|card|vat)_?number|tax_?id|social_?security|salary"
    "|e_?mail|phone|street|postcode|birth|(full|first|last|legal)_?name"
    "|^(variables|body|query|parameters)$",
    re.IGNORECASE,
)
_REDACTED_TEXT = (
    (re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"), "[iban]"),
    # Bounded, so that a long word costs no more than it is long: somebody chose what an exception quotes.
    (re.compile(r"(\w{1,16}://[^:/@\s]{1,200}:)[^@\s]{1,200}@"), rf"\1{REDACTED}@"),
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), "[email]"),
    (re.compile(r"(?i)\b(bearer|basic) +[\w.~+/=-]{8,}"), rf"\1 {REDACTED}"),
    (re.compile(r"(?i)([?&](?:token|signature|code|key|x-amz-[\w-]+)=)[^&\s]+"), rf"\1{REDACTED}"),
    (
        re.compile(r"(DETAIL: ).*"),
        rf"\1{REDACTED}",
    ),  # PostgreSQL quotes the row: Key (email)=(...) already exists.
    (re.compile(r"(\[parameters: ).*"), rf"\1{REDACTED}]"),  # So does SQLAlchemy.
    (re.compile(r"(query argument \$\d+: ).*"), rf"\1{REDACTED}"),  # And asyncpg.
)
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_REQUEST_ID_HEADER = REQUEST_ID_HEADER.encode()
_log = structlog.get_logger("http")
_quiet = logging.getLogger("http")
"""The same logger in the standard library, which knows whether anybody listens."""


def set_up_logs(level: str = "info", stream: TextIO = sys.stderr, *, as_json: bool | None = None) -> None:
    """This will send every log, ours and the libraries', through one chain to `stream`.

    JSON unless the stream is a terminal or `as_json` decides. uvicorn must run with `log_config=None` and
    `access_log=False`; `RequestLog` replaces its access log, which would print signed links.
    """
    chain: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    in_json = not stream.isatty() if as_json is None else as_json
    renderer: Processor = structlog.processors.JSONRenderer() if in_json else structlog.dev.ConsoleRenderer()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *chain],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for chatty in ("botocore", "fontTools", "httpx2", "pypdf", "xhtml2pdf"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    logging.getLogger("uvicorn.access").disabled = True
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *chain,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """This will blank values under telling names, at any depth, and what looks like client data inside texts."""
    return {key: _redacted(key, value) for key, value in event.items()}


def request_id() -> str | None:
    """This will give the id of the request being answered, None outside of one. A masked error names it."""
    found = structlog.contextvars.get_contextvars().get("request_id")
    return found if isinstance(found, str) else None


class RequestLog:
    """ASGI middleware, outermost: gives every request an id, hands it back in a header and logs one line per answer.

    The line has method, path without query, status and milliseconds. A caller's own id is taken if it looks like one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """This will let the application answer, in whatever order its messages come, and log the answer."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        own_id = _given_id(scope) or str(new_id())
        started = time.perf_counter()
        status: int | None = None

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (_REQUEST_ID_HEADER, own_id.encode())]
            await send(message)

        bound = structlog.contextvars.bind_contextvars(request_id=own_id)
        try:
            await self._app(scope, receive, send_with_id)
        finally:
            if _quiet.isEnabledFor(
                logging.INFO
            ):  # Asked first: making an event costs more than a small read.
                _log.info(
                    "request",
                    method=scope.get("method", "WEBSOCKET"),
                    path=_short_path(scope["path"]),
                    status=status,
                    milliseconds=round((time.perf_counter() - started) * 1000, 1),
                )
            structlog.contextvars.reset_contextvars(**bound)


def _given_id(scope: Scope) -> str | None:
    """A caller's own id, if it looks like one."""
    for name, value in scope["headers"]:
        if name == _REQUEST_ID_HEADER:
            given = value.decode("latin-1")
            return given if _REQUEST_ID.fullmatch(given) else None
    return None


def _redacted(key: str, value: object) -> object:
    if _REDACTED_KEY.search(key) and value is not None:
        return REDACTED
    if isinstance(value, Mapping):
        return {str(inner): _redacted(str(inner), held) for inner, held in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_redacted("", held) for held in value]
    if isinstance(value, str):
        if key != "exception" and len(value) > TEXT_CHARACTERS_MAX:
            value = value[:TEXT_CHARACTERS_MAX] + "..."
        for pattern, instead in _REDACTED_TEXT:
            value = pattern.sub(instead, value)
    return value


def _short_path(path: str) -> str:
    segments = path.split("/")
    return "/".join(part if len(part) <= PATH_SEGMENT_CHARACTERS_MAX else "[long]" for part in segments)
