"""The outbox of an installation without a mail server: a folder of .eml files that a developer reads."""

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.parser import BytesHeaderParser
from email.policy import SMTP
from pathlib import Path

from anyio import to_thread

from services.kit import clock
from services.kit.errors import NotFound
from services.kit.mail.failures import MailNotSent
from services.kit.mail.mail import Mail, compose, domain_of

MAILS_KEPT_MAX = 1000
"""Older mails are removed: the outbox is to look at, not to keep."""

MAILS_LISTED_MAX = 200


class MailMissing(NotFound):
    """No mail of this name is in the outbox: it never was, or newer ones have pushed it out."""

    def __init__(self) -> None:
        super().__init__("mail")


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A line of the outbox. `name` is what `read_mail` wants; `sent_at` is UTC."""

    name: str
    to: str
    subject: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class OutboxAttachment:
    """A file that went along."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class OutboxMail:
    """A mail as its reader gets it. `html` came from a template but is shown in a sandboxed frame all the same."""

    name: str
    sent_from: str
    to: str
    reply_to: str | None
    subject: str
    sent_at: datetime
    text: str
    html: str | None
    attachments: tuple[OutboxAttachment, ...]


class OutboxSender:
    """Writes mails into a folder. The same key writes the same file, so a mail sent twice is there once."""

    def __init__(self, folder: Path, sent_from: str) -> None:
        domain_of(sent_from)
        self._folder = folder
        self._sent_from = sent_from

    async def send(self, mail: Mail, *, key: str, contents: Mapping[str, bytes]) -> None:
        """This will put the mail into the outbox, see `Sender.send`."""
        message = compose(mail, sent_from=self._sent_from, key=key, at=clock.now(), contents=contents)
        try:
            await to_thread.run_sync(_write, self._folder, message)
        except OSError as error:
            raise MailNotSent(str(error)) from error


async def list_outbox(folder: Path, limit: int = MAILS_LISTED_MAX) -> list[OutboxEntry]:
    """This will list the latest mails, newest first, at most `MAILS_LISTED_MAX`; a missing folder is empty.

    For developers and demo installations only: mails hold clients' data and sign-in links.
    """
    return await to_thread.run_sync(_list, folder, min(limit, MAILS_LISTED_MAX))


async def read_mail(folder: Path, name: str) -> OutboxMail:
    """This will read one mail by its name in the list. Raises MailMissing. For the same readers as the list."""
    return await to_thread.run_sync(_read, folder, name)


def _write(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = message["Message-ID"].strip("<>").partition("@")[0]
    # Made aside and renamed, so that the list never shows half a mail. mkstemp lets only us read it.
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".new-", delete=False) as file:
        file.write(message.as_bytes())
    Path(file.name).replace(folder / f"{name}.eml")
    for old in _newest_first(folder)[MAILS_KEPT_MAX:]:
        old.unlink(missing_ok=True)


def _newest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns, reverse=True)


def _list(folder: Path, limit: int) -> list[OutboxEntry]:
    entries = []
    for path in _newest_first(folder)[:limit]:
        with path.open("rb") as file:
            headers = BytesHeaderParser(policy=SMTP).parse(file)
        entries.append(
            OutboxEntry(
                path.stem, headers["To"], headers["Subject"], headers["Date"].datetime.astimezone(UTC)
            )
        )
    return entries


def _read(folder: Path, name: str) -> OutboxMail:
    if re.fullmatch(r"[0-9a-f]{32}", name) is None:
        raise MailMissing
    try:
        source = (folder / f"{name}.eml").read_bytes()
    except FileNotFoundError as error:
        raise MailMissing from error
    message = message_from_bytes(source, _class=EmailMessage, policy=SMTP)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None, "every mail of ours has a plain-text part"
    return OutboxMail(
        name=name,
        sent_from=message["From"],
        to=message["To"],
        reply_to=message["Reply-To"],
        subject=message["Subject"],
        sent_at=message["Date"].datetime.astimezone(UTC),
        text=_lines(text),
        html=_lines(html) if html is not None else None,
        attachments=tuple(
            OutboxAttachment(part.get_filename() or "file", part.get_content_type(), part.get_content())
            for part in message.iter_attachments()
        ),
    )


def _lines(part: MIMEPart) -> str:
    """The text with plain line ends; on the way it has those of the network."""
    content: str = part.get_content()
    return content.replace("\r\n", "\n")
