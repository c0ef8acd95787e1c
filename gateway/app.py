"""The Starlette application: routes, middleware, what is opened at start and closed at the end."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway import files, graphql_http, health, outbox, sign_in, web
from gateway.context import Process, preferred_locale
from gateway.errors import MASKED, refusal_entry
from gateway.executor import Executor
from gateway.exporting import Lists
from gateway.operations import Operations
from gateway.pace import WRONG_SECRETS_PER_MINUTE, Pace
from gateway.requests import headers_of, json_response, status_of
from gateway.schema import composed
from gateway.viewers import Viewers
from gateway.worker import work
from services.kit.db import Addresses, Database
from services.kit.errors import Refused
from services.kit.logs import RequestLog, request_id
from services.kit.pdf import close_pool, warm_pool
from services.kit.settings import Settings
from services.kit.storage import S3Place, Store, open_store
from services.kit.words import Language, translator

_log = structlog.get_logger("gateway")


def _translator(request: Request) -> Language:
    """The language the browser asks for: here it is not known who asks."""
    return translator(preferred_locale(request.headers.get("accept-language", "")))


def _told(
    code: str, entry: dict[str, Any], status: int, headers: Mapping[str, str] = MappingProxyType({})
) -> Response:
    """One error for programs of both kinds: code and sentence at the top, and as GraphQL's `errors`."""
    body = {"code": code, "message": entry["message"], "requestId": request_id(), "errors": [entry]}
    return json_response(body, status, headers)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    entry = refusal_entry(error, _translator(request), request_id() or "")
    return _told(error.code, entry, status_of(error, 400), headers_of(error))


async def _http_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = f"HTTP_{error.status_code}"
    entry = {"message": error.detail, "extensions": {"code": code, "requestId": request_id()}}
    return _told(code, entry, error.status_code, error.headers or {})


class Masked:
    """Middleware within the request's log: what nobody expected is logged once and answered without its text.

    An answer that has begun is left unfinished; the server then cuts the connection, so nobody takes it for whole.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """This will let the application answer."""
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001  # The last wall: whatever it is, its text must not get out.
            _log.error("request_failed", exc_info=error)
            if scope["type"] != "http" or begun:
                return
            sentence = _translator(Request(scope))(MASKED)
            entry = {"message": sentence, "extensions": {"code": "INTERNAL", "requestId": request_id()}}
            await _told("INTERNAL", entry, 500)(scope, receive, send)


class Gateway(Starlette):
    """The application, with a short way to GraphQL: as logged and masked as everything, but past the table of routes.

    What a route gives (its match, a second set of exception handlers, a request per layer) costs more than a small
    read, and GraphQL needs none of it. Anything but a POST to its address takes the long way.
    """

    process: Process
    """What its requests share; there from start to end of its life."""

    def build_middleware_stack(self) -> ASGIApp:
        """The two ways."""
        long_way = super().build_middleware_stack()
        short_way = RequestLog(Masked(graphql_http.serve))

        async def choose(scope: Scope, receive: Receive, send: Send) -> None:
            straight = scope["type"] == "http" and scope["path"] == "/graphql" and scope["method"] == "POST"
            await (short_way if straight else long_way)(scope, receive, send)

        return choose


def make_app(
    settings: Settings,
    addresses: Addresses,
    *,
    manifests: tuple[Path, ...] | None = None,
    work_here: bool | None = None,
    warm: bool = False,
    builds: Mapping[str, Path] = web.BUILDS,
) -> Starlette:
    """This will make the application on a migrated database. Raises DeclarationRefused or ManifestRefused at once.

    `manifests` None takes those of both web builds and of `operations/` in the data folder (mobile releases); `builds`
    are the folders of the web apps, `firm` and `portal`. `warm` starts the processes that print papers at once.
    """
    schema = composed()
    operations = Operations(_manifests(settings) if manifests is None else manifests)

    @asynccontextmanager
    async def lifespan(gateway: Gateway) -> AsyncIterator[None]:
        database = Database(addresses)
        await database.open()
        store = open_objects(settings)
        viewers = Viewers(database)
        executor = Executor(schema, viewers)
        gateway.process = Process(
            settings=settings,
            database=database,
            store=store,
            viewers=viewers,
            executor=executor,
            operations=operations,
            lists=Lists(schema, database),
            exported=open_exported(settings),
            web=builds,
            pace=Pace(settings.partner_requests_per_minute),
            guesses=Pace(WRONG_SECRETS_PER_MINUTE),
        )
        stop = asyncio.Event()
        here = settings.worker_in_process if work_here is None else work_here
        worker = (
            asyncio.create_task(work(settings, addresses, store, open_exported(settings), stop))
            if here
            else None
        )
        warming = asyncio.create_task(warm_pool()) if warm else None
        try:
            yield
        finally:
            stop.set()
            if warming is not None:
                warming.cancel()
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
    gateway = Gateway(
        routes=routes,
        lifespan=lifespan,
        middleware=[Middleware(RequestLog), Middleware(Masked)],
        # Bodies are bounded where they are read (`requests.body_of`), each kind by its own limit.
        exception_handlers={Refused: _refused, HTTPException: _http_error},
    )
    # Starlette would send a mistyped slash on to whatever host the caller names.
    gateway.router.redirect_slashes = False
    return gateway


def _manifests(settings: Settings) -> tuple[Path, ...]:
    found = [path for path in web.MANIFESTS.values() if path.exists()]
    return (*found, *sorted((settings.data_dir / "operations").glob("*.json")))


def open_objects(settings: Settings) -> Store:
    """The object store that the settings name."""
    return open_store(settings.data_dir / "files", _bucket(settings))


def open_exported(settings: Settings) -> Store:
    """The store of exported files: a place of its own, since they are deleted after some days."""
    return open_store(settings.data_dir / "exported", _bucket(settings, "exported/"))


def _bucket(settings: Settings, prefix: str = "") -> S3Place | None:
    if settings.storage_bucket is None:
        return None
    access, secret = settings.storage_access_key, settings.storage_secret_key
    return S3Place(
        settings.storage_bucket,
        endpoint_url=settings.storage_endpoint,
        region=settings.storage_region,
        access_key=access.get_secret_value() if access else None,
        secret_key=secret.get_secret_value() if secret else None,
        prefix=prefix,
    )
