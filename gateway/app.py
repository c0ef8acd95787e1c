"""The Starlette application: routes, middleware, what is opened at start and closed at the end."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway import files, graphql_http, health, outbox, sign_in, web
from gateway.context import Process, preferred_locale
from gateway.errors import MASKED, refusal_entry
from gateway.executor import Executor, OperationInvalid
from gateway.operations import Operations
from gateway.requests import json_response
from gateway.schema import composed
from gateway.viewers import Viewers
from gateway.worker import work
from services.access.interface import SignInFailed, TooManyAttempts
from services.kit.db import Addresses, Database
from services.kit.errors import Denied, NotFound, Refused, Unauthenticated
from services.kit.links import LinkExpired, LinkForged
from services.kit.logs import RequestLog, request_id
from services.kit.pdf import close_pool
from services.kit.settings import Settings
from services.kit.storage import S3Place, Store, open_store
from services.kit.words import translator

_log = structlog.get_logger("gateway")

STATUSES: dict[type[Refused], int] = {
    Unauthenticated: 401,
    SignInFailed: 401,
    TooManyAttempts: 429,
    Denied: 403,
    NotFound: 404,
    LinkExpired: 410,
    LinkForged: 404,
}


def _translator(request: Request) -> Callable[[str], str]:
    """The language the browser asks for: here it is not known who asks."""
    return translator(preferred_locale(request.headers.get("accept-language", "")))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    entry = refusal_entry(error, _translator(request), request_id() or "")
    status = next((code for kind, code in STATUSES.items() if isinstance(error, kind)), 400)
    body = {"code": error.code, "message": entry["message"], "requestId": request_id(), "errors": [entry]}
    return json_response(body, status)


async def _http_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    body = {"code": f"HTTP_{error.status_code}", "message": error.detail, "requestId": request_id()}
    body["errors"] = [
        {"message": error.detail, "extensions": {"code": body["code"], "requestId": request_id()}}
    ]  # type: ignore[assignment]
    response = json_response(body, error.status_code)
    response.headers.update(error.headers or {})
    return response


async def _failed(request: Request, error: Exception) -> Response:
    _log.error("request_failed", exc_info=error)
    sentence = _translator(request)(MASKED)
    entry = {"message": sentence, "extensions": {"code": "INTERNAL", "requestId": request_id()}}
    return json_response(
        {"code": "INTERNAL", "message": sentence, "requestId": request_id(), "errors": [entry]}, 500
    )


def make_app(
    settings: Settings,
    addresses: Addresses,
    *,
    manifests: tuple[Path, ...] | None = None,
    work_here: bool | None = None,
) -> Starlette:
    """This will make the application on a migrated database. Raises DeclarationRefused or ManifestRefused at once.

    `manifests` None takes those of both web builds and of `operations/` in the data folder (mobile releases).
    """
    schema = composed()
    operations = Operations(_manifests(settings) if manifests is None else manifests)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        database = Database(addresses)
        await database.open()
        store = open_objects(settings)
        viewers = Viewers(database)
        executor = Executor(schema, viewers)
        app.state.process = Process(settings, database, store, viewers, executor, operations, web.BUILDS)
        stop = asyncio.Event()
        here = settings.worker_in_process if work_here is None else work_here
        worker = asyncio.create_task(work(settings, addresses, store, stop)) if here else None
        try:
            yield
        finally:
            stop.set()
            if worker is not None:
                with suppress(asyncio.CancelledError):
                    await worker
            await close_pool()
            await database.close()

    routes: list[Route] = [
        *graphql_http.ROUTES,
        *sign_in.ROUTES,
        *files.ROUTES,
        *health.ROUTES,
        *(outbox.ROUTES if settings.demo else []),
        *web.ROUTES,
    ]
    return Starlette(
        routes=routes,
        lifespan=lifespan,
        middleware=[Middleware(RequestLog)],
        exception_handlers={
            Refused: _refused,
            OperationInvalid: _failed,
            HTTPException: _http_error,
            Exception: _failed,
        },
        max_body_size=settings.upload_bytes_max,
    )


def _manifests(settings: Settings) -> tuple[Path, ...]:
    found = [path for path in web.MANIFESTS.values() if path.exists()]
    return (*found, *sorted((settings.data_dir / "operations").glob("*.json")))


def open_objects(settings: Settings) -> Store:
    """The object store that the settings name."""
    return open_store(settings.data_dir / "files", _bucket(settings))


def _bucket(settings: Settings) -> S3Place | None:
    if settings.storage_bucket is None:
        return None
    access, secret = settings.storage_access_key, settings.storage_secret_key
    return S3Place(
        settings.storage_bucket,
        endpoint_url=settings.storage_endpoint,
        region=settings.storage_region,
        access_key=access.get_secret_value() if access else None,
        secret_key=secret.get_secret_value() if secret else None,
    )
