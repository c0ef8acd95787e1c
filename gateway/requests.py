"""Reading what came in: who sent it, whether a browser was made to send it, and a body of the right shape."""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, ClassVar
from urllib.parse import urlsplit

import orjson
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from gateway.callers import network_of
from gateway.context import process_of
from gateway.pace import TooFast
from gateway.viewers import Known
from services.access.interface import PasswordLinkUsed, SignInFailed, TooManyAttempts
from services.kit import clock
from services.kit.errors import BadInput, Denied, NotFound, Refused, Unauthenticated
from services.kit.links import LinkExpired, LinkForged
from services.uploads.interface import UploadQuotaReached

SURFACES = ("firm", "portal")
SURFACE_HEADER = "x-atrio-surface"


class CrossSite(Refused):
    """A browser sent this from another site, or it cannot show that it did not."""

    code: ClassVar[str] = "CROSS_SITE"
    sentence: ClassVar[str] = "This request did not come from the application itself."


class BodyUnreadable(BadInput):
    """The body is not what the endpoint takes."""

    code: ClassVar[str] = "BAD_REQUEST"


class TypeNotTaken(Refused):
    """The body has another content type than the endpoint takes: a form, which any site can send, or none."""

    code: ClassVar[str] = "UNSUPPORTED_MEDIA_TYPE"
    sentence: ClassVar[str] = "Send the body as {wanted}."


class BodyTooLarge(Refused):
    """The body is larger than `bytes_max` bytes; reading stopped there and nothing was kept."""

    code: ClassVar[str] = "BODY_TOO_LARGE"
    sentence: ClassVar[str] = "This is too large: at most {bytes_max} bytes are taken."


class ReadOnce(Headers):
    """Headers whose first values are found by name, not by looking through all of them each time."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope=scope)
        self._first: dict[str, str] = {}
        for name, value in scope["headers"]:
            self._first.setdefault(name.decode("latin-1"), value.decode("latin-1"))

    def get(self, key: str, default: Any = None) -> Any:
        """The first value of a header, named in lower case."""
        return self._first.get(key, default)


class QuickRequest(Request):
    """A request to GraphQL, which asks for a dozen headers at every small read."""

    @cached_property
    def headers(self) -> ReadOnce:
        """The headers, read once."""
        return ReadOnce(self.scope)


STATUSES: dict[type[Refused], int] = {
    Unauthenticated: 401,
    SignInFailed: 401,
    TooManyAttempts: 429,
    TooFast: 429,
    Denied: 403,
    CrossSite: 403,
    NotFound: 404,
    LinkExpired: 410,
    PasswordLinkUsed: 410,
    LinkForged: 404,
    BodyUnreadable: 400,
    BodyTooLarge: 413,
    UploadQuotaReached: 429,
    TypeNotTaken: 415,
}


def status_of(refused: Refused, otherwise: int) -> int:
    """The HTTP status of a refusal; `otherwise` for those of the trade."""
    return next((status for kind, status in STATUSES.items() if isinstance(refused, kind)), otherwise)


def headers_of(refused: Refused) -> dict[str, str]:
    """What HTTP wants beside the status: how to sign in, or when to come back (in seconds)."""
    if isinstance(refused, Unauthenticated):
        return {"www-authenticate": "Bearer"}
    if isinstance(refused, TooManyAttempts):
        return {"retry-after": str(refused.values["minutes"] * 60)}
    if isinstance(refused, TooFast):
        return {"retry-after": str(refused.values["seconds"])}
    return {}


def cookie_name(surface: str, *, secure: bool) -> str:
    """The cookie of a surface; the prefix makes browsers refuse it without Secure and from other hosts."""
    return f"__Host-atrio_{surface}" if secure else f"atrio_{surface}"


def bearer(request: Request) -> str | None:
    """The token of an Authorization header; a request with one is never looked at for cookies."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def surface_of(request: Request) -> str | None:
    """Which app sent a cookie request: the header is also what no foreign page can send without asking first."""
    named = request.headers.get(SURFACE_HEADER)
    return named if named in SURFACES else None


def check_same_site(request: Request) -> None:
    """This will refuse a cookie request that another site could have caused. Raises CrossSite."""
    if surface_of(request) is None:
        raise CrossSite
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site != "same-origin":
            raise CrossSite
        return
    origin = request.headers.get("origin")
    if origin is None or urlsplit(origin).netloc != request.headers.get("host"):
        raise CrossSite


def secret_of(request: Request) -> str | None:
    """The session secret in the cookie of the surface that the request names."""
    surface = surface_of(request)
    if surface is None:
        return None
    return request.cookies.get(cookie_name(surface, secure=process_of(request).settings.cookies_secure))


async def known_of(request: Request) -> Known | None:
    """Who sent a request: by token, or by the cookie of its surface after the same-site check."""
    token = bearer(request)
    if token is not None:
        return await _holding(request, token)
    secret = secret_of(request)
    if secret is None:
        return None
    check_same_site(request)
    found = await _holding(request, secret)
    return found if found is not None and found.viewer.surface == surface_of(request) else None


async def _holding(request: Request, secret: str) -> Known | None:
    """Who holds a secret. Raises TooFast for a network that sent too many that nobody holds; known ones still pass."""
    process = process_of(request)
    if (known := process.viewers.remembered(secret)) is not None:
        return known
    network, now = network_of(request, process.settings.trusted_proxies), clock.now()
    process.guesses.check(network, now)
    found = await process.viewers.find(secret)
    if found is None:
        process.guesses.take(network, now)
    return found


async def confirmed_of(request: Request) -> Known:
    """The same, looked up now instead of remembered: for what is not read in a transaction that checks the session.

    Raises Unauthenticated where nobody is signed in (any more).
    """
    known = await known_of(request)
    fresh = await process_of(request).viewers.again(known) if known is not None else None
    if fresh is None:
        raise Unauthenticated
    return fresh


async def body_of(request: Request, bytes_max: int) -> bytes:
    """The body, read no further than it may be. Raises BodyTooLarge, at once if the caller announces it."""
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > bytes_max:
        raise BodyTooLarge(bytes_max=bytes_max)
    pieces: list[bytes] = []
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > bytes_max:
            raise BodyTooLarge(bytes_max=bytes_max)
        pieces.append(piece)
    return b"".join(pieces)


async def json_object(request: Request) -> dict[str, Any]:
    """The body as a JSON object. Raises TypeNotTaken, BodyTooLarge, and BodyUnreadable for a scalar or no JSON."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise TypeNotTaken(wanted="application/json")
    content = await body_of(request, process_of(request).settings.body_bytes_max)
    try:
        body = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise BodyUnreadable("body", "send a JSON object") from error
    if not isinstance(body, dict):
        raise BodyUnreadable("body", "send a JSON object")
    if b"\\u0000" in content and _holds_nul(body):
        raise BodyUnreadable("body", "take out the character U+0000")
    return body


def _holds_nul(body: Any) -> bool:
    """Whether a text anywhere in a JSON value holds U+0000, which no column of the database can keep.

    Without recursion: a body may be nested deeper than Python likes to call.
    """
    waiting = [body]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and "\x00" in value:
            return True
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
    return False


def json_response(
    body: Any, status: int = 200, headers: Mapping[str, str] = MappingProxyType({})
) -> Response:
    """A JSON answer that nobody caches."""
    return Response(
        orjson.dumps(body),
        status,
        headers={"cache-control": "private, no-store", "x-content-type-options": "nosniff", **headers},
        media_type="application/json",
    )
