"""What a sender offers, and the choice between the two kinds."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from services.kit.mail.mail import Mail
from services.kit.mail.outbox import OutboxSender
from services.kit.mail.smtp import SmtpSender, SmtpServer


class Sender(Protocol):
    """Where mails leave the program."""

    async def send(self, mail: Mail, *, key: str, contents: Mapping[str, bytes]) -> None:
        """This will hand the mail over and return when it was accepted.

        `contents` holds the attachments' bytes by their hash. Raises MailNotSent when a later try may succeed
        and MailUndeliverable when none will.
        """
        ...


def open_sender(sent_from: str, outbox: Path, smtp: SmtpServer | None = None) -> Sender:
    """This will send through the SMTP server if one is named, else into the outbox folder.

    `sent_from` is the From line of every mail. Raises BadInput if it holds no address.
    """
    return OutboxSender(outbox, sent_from) if smtp is None else SmtpSender(smtp, sent_from)
