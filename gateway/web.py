"""Serving the web apps and the explorer from their builds, with a policy that lets nothing in from outside."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from gateway.context import process_of
from gateway.schema import composed

ROOT = Path(__file__).parent.parent
BUILDS = {"firm": ROOT / "firm-web" / "dist", "portal": ROOT / "portal-web" / "dist"}
MANIFESTS = {
    "firm": ROOT / "firm-web" / "src" / "gql" / "operations.json",
    "portal": ROOT / "portal-web" / "src" / "gql" / "operations.json",
}

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self';"
    " connect-src 'self'; frame-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
_EXPLORER_POLICY = _POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
    "font-src 'self'", "font-src 'self' data:; worker-src 'self' blob:"
)
"""The explorer's editor writes style elements; scripts stay ours."""


_PLAIN = {"x-content-type-options": "nosniff", "cross-origin-resource-policy": "same-origin"}
_PAGE = {
    **_PLAIN,
    "cache-control": "no-cache",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "same-origin",
}


def _page(path: Path, policy: str) -> Response:
    if not path.exists():
        return PlainTextResponse("The web apps have not been built yet: run `make run`.", 503)
    return FileResponse(path, headers={**_PAGE, "content-security-policy": policy})


def _inside(folder: Path, wanted: str) -> Path | None:
    """The file below a folder, or None; nothing outside is ever served."""
    try:
        path = (folder / wanted).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
    except (OSError, ValueError):
        # A name that no file can have: too long, or with a NUL in it.
        return None


def _app(name: str) -> Callable[[Request], Awaitable[Response]]:
    """One app: its files, and its page for every other address, which the page itself understands."""

    async def serve(request: Request) -> Response:
        folder = process_of(request).web[name]
        wanted = request.path_params.get("path", "")
        found = _inside(folder, wanted) if wanted else None
        hashed = wanted.startswith("assets/")
        if found is None and hashed:
            # A page here would be taken for the script or style of an older build.
            raise HTTPException(404)
        if found is None or found.suffix == ".html":
            return _page(folder / "index.html", _POLICY)
        caching = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return FileResponse(found, headers={**_PLAIN, "cache-control": caching})

    return serve


async def get_explorer(request: Request) -> Response:
    """GraphiQL for partners; signs in with an API token that stays in the tab."""
    return _page(process_of(request).web["firm"] / "explorer.html", _EXPLORER_POLICY)


async def get_schema(_request: Request) -> Response:
    """The contract as text: what introspection would tell, for anybody."""
    return PlainTextResponse(composed().sdl(), headers={**_PLAIN, "cache-control": "no-cache"})


async def get_root(_request: Request) -> Response:
    """The firm app is the front door."""
    return RedirectResponse("/firm/")


ROUTES = [
    Route("/", get_root),
    Route("/schema.graphql", get_schema),
    Route("/explorer", get_explorer),
    Route("/firm", lambda _: RedirectResponse("/firm/")),
    Route("/portal", lambda _: RedirectResponse("/portal/")),
    Route("/firm/{path:path}", _app("firm")),
    Route("/portal/{path:path}", _app("portal")),
]
