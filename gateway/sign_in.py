"""Signing in and out, and choosing a password, over plain JSON: the only endpoints that set cookies."""

from uuid import UUID

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.callers import network_of
from gateway.context import process_of
from gateway.requests import (
    bearer,
    check_same_site,
    confirmed_of,
    cookie_name,
    json_object,
    json_response,
    secret_of,
    surface_of,
)
from services.access.interface import (
    Opened,
    SignInFailed,
    TooManyAttempts,
    ask_for_password,
    choose_password,
    sign_in,
    sign_out,
    switch_place,
)
from services.kit.errors import BadInput, NotFound, Unauthenticated

_log = structlog.get_logger("gateway")


def _text(body: dict[str, object], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise BadInput(name, "give a text")
    return value


def _with_cookie(request: Request, surface: str, opened: Opened) -> Response:
    secure = process_of(request).settings.cookies_secure
    response = json_response({"membershipId": str(opened.membership_id)})
    response.set_cookie(
        cookie_name(surface, secure=secure),
        opened.secret,
        secure=secure,
        httponly=True,
        samesite="lax",
        path="/",
    )
    return response


async def post_sign_in(request: Request) -> Response:
    """{surface, login, password, slug?} -> a session cookie; 401 with one answer for everything that fails."""
    check_same_site(request)
    body = await json_object(request)
    surface = surface_of(request)
    assert surface is not None
    if body.get("surface", surface) != surface:
        raise BadInput("surface", "name the app that the request comes from")
    slug = body.get("slug")
    process = process_of(request)
    network = network_of(request, process.settings.trusted_proxies)
    try:
        opened = await sign_in(
            process.database,
            surface=surface,
            login=_text(body, "login"),
            password=_text(body, "password"),
            network=network,
            slug=slug if isinstance(slug, str) else None,
        )
    except (SignInFailed, TooManyAttempts) as refused:
        _log.warning("sign_in_refused", code=refused.code, network=network)
        raise
    return _with_cookie(request, surface, opened)


async def post_sign_out(request: Request) -> Response:
    """Ends the session of the surface's cookie."""
    check_same_site(request)
    process, surface, secret = process_of(request), surface_of(request), secret_of(request)
    if secret is not None:
        await sign_out(process.database, secret)
    response = Response(status_code=204)
    secure = process.settings.cookies_secure
    response.delete_cookie(
        cookie_name(surface or "firm", secure=secure), path="/", secure=secure, httponly=True, samesite="lax"
    )
    return response


async def post_forgotten(request: Request) -> Response:
    """{login, slug?} -> 202, and a mail with a link to whoever that is; known or not is answered alike."""
    check_same_site(request)
    body = await json_object(request)
    slug = body.get("slug")
    process = process_of(request)
    network = network_of(request, process.settings.trusted_proxies)
    await ask_for_password(
        process.database,
        surface=surface_of(request) or "firm",
        login=_text(body, "login"),
        network=network,
        slug=slug if isinstance(slug, str) else None,
    )
    return Response(status_code=202)


async def post_password(request: Request) -> Response:
    """{token, password} -> 204: the password of whoever the mailed link was made for. No session is opened."""
    check_same_site(request)
    body = await json_object(request)
    process = process_of(request)
    await choose_password(
        process.database,
        secret=process.settings.secret.get_secret_value(),
        token=_text(body, "token"),
        password=_text(body, "password"),
    )
    return Response(status_code=204)


async def post_switch(request: Request) -> Response:
    """{membershipId} -> a new session that acts from another place of the same person.

    For cookies only: a token stands for the person who consented to it, and must never become that person's session.
    """
    secret, surface = secret_of(request), surface_of(request)
    if secret is None or surface is None or bearer(request) is not None:
        raise Unauthenticated
    known = await confirmed_of(request)
    body = await json_object(request)
    try:
        membership_id = UUID(_text(body, "membershipId"))
    except ValueError as error:
        raise NotFound("place", path=("membershipId",)) from error
    opened = await switch_place(
        process_of(request).database,
        secret=secret,
        person_id=known.viewer.person_id,
        membership_id=membership_id,
        surface=surface,
    )
    return _with_cookie(request, surface, opened)


ROUTES = [
    Route("/sign-in", post_sign_in, methods=["POST"]),
    Route("/sign-out", post_sign_out, methods=["POST"]),
    Route("/sign-in/forgotten", post_forgotten, methods=["POST"]),
    Route("/sign-in/password", post_password, methods=["POST"]),
    Route("/sign-in/switch", post_switch, methods=["POST"]),
]
