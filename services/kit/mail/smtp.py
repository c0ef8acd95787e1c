"""Mails over SMTP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import aiosmtplib

from services.kit import clock
from services.kit.mail.failures import MailNotSent, MailUndeliverable
from services.kit.mail.mail import Mail, compose, domain_of
from services.kit.settings import MailEncryption

SEND_SECONDS_MAX = 30.0
"""How long one step of the talk with the server may take."""

_FOR_GOOD = 500
"""SMTP answers from here on are permanent (RFC 5321 section 4.2.1)."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Which server, with whose login, and how the connection is protected.

    With STARTTLS or TLS the certificate is checked, and a server that cannot protect the connection is refused.
    `ca_file` names the authority of a private server; empty means the system's authorities.
    """

    host: str
    port: int = 587
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    encryption: MailEncryption = MailEncryption.STARTTLS
    ca_file: Path | None = None


class SmtpSender:
    """One connection per mail: mails are few, and servers close idle connections as they like."""

    def __init__(self, server: SmtpServer, sent_from: str) -> None:
        self._server = server
        self._sent_from = sent_from
        self._own_name = domain_of(sent_from)

    async def send(self, mail: Mail, *, key: str, contents: Mapping[str, bytes]) -> None:
        """This will hand the mail to the server, see `Sender.send`."""
        message = compose(mail, sent_from=self._sent_from, key=key, at=clock.now(), contents=contents)
        server = self._server
        try:
            await aiosmtplib.send(
                message,
                hostname=server.host,
                port=server.port,
                username=server.user,
                password=server.password,
                use_tls=server.encryption is MailEncryption.TLS,
                start_tls=server.encryption is MailEncryption.STARTTLS,
                cert_bundle=str(server.ca_file) if server.ca_file else None,
                # Otherwise our name is looked up in the DNS, once a mail and with its own time-out.
                local_hostname=self._own_name,
                timeout=SEND_SECONDS_MAX,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            if all(refusal.code >= _FOR_GOOD for refusal in error.recipients):
                raise MailUndeliverable("; ".join(refusal.message for refusal in error.recipients)) from error
            raise MailNotSent(str(error)) from error
        except aiosmtplib.SMTPDataError as error:
            if error.code >= _FOR_GOOD:
                raise MailUndeliverable(error.message) from error
            raise MailNotSent(str(error)) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailNotSent(str(error)) from error
