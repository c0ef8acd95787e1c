"""Mails to send, and an SMTP server that takes them."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from aiosmtpd import smtp as smtp_server
from aiosmtpd.smtp import AuthResult

from services.kit.mail import (
    Attachment,
    Mail,
    SmtpSender,
    SmtpServer,
)
from services.kit.settings import MailEncryption

FROM = "Atrio <no-reply@example.com>"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

INVOICE_READY = Mail(
    to="client@example.org",
    subject="Su factura nº 7 está lista — Peña & Cía",
    text="La factura está en su portal.\n",
    html="<p>La factura está en su <b>portal</b>.</p>\n",
    reply_to="manager@example.net",
    attachments=(Attachment("Factura nº 7.pdf", "application/pdf", "ab" * 32),),
)
PDF = b"%PDF-1.7\n" + bytes(range(256))
CONTENTS = {"ab" * 32: PDF}
PLAIN = Mail(to="client@example.org", subject="Hello", text="Only text.\n")


class Mailbox:
    """What the SMTP server took, and how it answers."""

    def __init__(self) -> None:
        self.envelopes: list[tuple[str, list[str], bytes]] = []
        self.recipient_answer = "250 OK"
        self.data_answer = "250 OK"
        self.logins: list[tuple[bytes, bytes]] = []

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.data_answer.startswith("250"):
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return self.data_answer

    def authenticate(
        self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any
    ) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success=(data.login, data.password) == (b"atrio", b"right"), handled=False)

    def message(self) -> EmailMessage:
        [(_, _, content)] = self.envelopes
        return message_from_bytes(content, _class=EmailMessage, policy=SMTP)


@asynccontextmanager
async def serving(
    mailbox: Mailbox, tls_from_start: ssl.SSLContext | None = None, **options: Any
) -> AsyncIterator[int]:
    """This will run an SMTP server beside the test and give its port."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: smtp_server.SMTP(mailbox, loop=loop, **options), "127.0.0.1", 0, ssl=tls_from_start
    )
    async with server:
        yield server.sockets[0].getsockname()[1]


def plain_sender(port: int) -> SmtpSender:
    return SmtpSender(SmtpServer("127.0.0.1", port, encryption=MailEncryption.NONE), FROM)
