"""Reading what came in: who sent it, whether a browser was made to send it, and a body of the right shape."""

import ipaddress
from typing import Any, ClassVar
from urllib.parse import urlsplit

import orjson
from starlette.requests import Request
from starlette.responses import Response

from gateway.context import process_of
from gateway.viewers import Known
from services.kit.errors import BadInput, Refused

SURFACES = ("firm", "portal")
SURFACE_HEADER = "x-atrio-surface"


class CrossSite(Refused):
    """A browser sent this from another site, or it cannot show that it did not."""

    code: ClassVar[str] = "CROSS_SITE"
    sentence: ClassVar[str] = "This request did not come from the application itself."


class BodyUnreadable(BadInput):
    """The body is not what the endpoint takes."""

    code: ClassVar[str] = "BAD_REQUEST"


def cookie_name(surface: str, *, secure: bool) -> str:
    """The cookie of a surface; the prefix makes browsers refuse it without Secure and from other hosts."""
    return f"__Host-atrio_{surface}" if secure else f"atrio_{surface}"


def bearer(request: Request) -> str | None:
    """The token of an Authorization header; a request with one is never looked at for cookies."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


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
    viewers = process_of(request).viewers
    if token is not None:
        return await viewers.find(token)
    secret = secret_of(request)
    if secret is None:
        return None
    check_same_site(request)
    found = await viewers.find(secret)
    return found if found is not None and found.viewer.surface == surface_of(request) else None


async def json_object(request: Request) -> dict[str, Any]:
    """The body as a JSON object. Raises BodyUnreadable for another type, a scalar, or text that is not JSON."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise BodyUnreadable("content-type", "send application/json")
    try:
        body = orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise BodyUnreadable("body", "send a JSON object") from error
    if not isinstance(body, dict):
        raise BodyUnreadable("body", "send a JSON object")
    return body


def network_of(request: Request) -> str:
    """The caller's network for attempt limits: an IPv4 /24 or an IPv6 /48."""
    try:
        address = ipaddress.ip_address(request.client.host if request.client else "")
    except ValueError:
        return "unknown"
    prefix = 24 if isinstance(address, ipaddress.IPv4Address) else 48
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))


def json_response(body: Any, status: int = 200) -> Response:
    """A JSON answer that nobody caches."""
    return Response(
        orjson.dumps(body),
        status,
        headers={"cache-control": "private, no-store"},
        media_type="application/json",
    )
