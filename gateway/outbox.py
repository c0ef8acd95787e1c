"""The developer's outbox: mails that would have been sent, readable in the browser. Served in the demo only."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from gateway.context import process_of
from services.kit.mail import list_outbox, read_mail

_POLICY = {
    "content-security-policy": "default-src 'none'",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
}


async def get_outbox(request: Request) -> Response:
    """All mails, newest first."""
    entries = await list_outbox(process_of(request).settings.data_dir / "outbox")
    rows = "".join(
        f'<li><a href="/outbox/{escape(item.name)}">{escape(item.subject)}</a> {escape(item.to)}</li>'
        for item in entries
    )
    return HTMLResponse(
        f"<!doctype html><title>Outbox</title><h1>Outbox</h1><ul>{rows}</ul>", headers=_POLICY
    )


async def get_mail(request: Request) -> Response:
    """One mail as text."""
    mail = await read_mail(process_of(request).settings.data_dir / "outbox", request.path_params["name"])
    body = f"<!doctype html><title>Mail</title><h1>{escape(mail.subject)}</h1><pre>{escape(mail.text)}</pre>"
    return HTMLResponse(body, headers=_POLICY)


ROUTES = [Route("/outbox", get_outbox), Route("/outbox/{name}", get_mail)]
