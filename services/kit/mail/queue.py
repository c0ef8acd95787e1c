"""Mails that are sent if, and only if, the transaction that wrote them commits."""

import json
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.jobs import Job, JobRefused, enqueue
from services.kit.mail.failures import MailUndeliverable
from services.kit.mail.later_link import LaterLink
from services.kit.mail.mail import Attachment, Mail
from services.kit.mail.sender import Sender
from services.kit.storage import ObjectMissing, Store

SEND_MAIL = "send_mail"

TRIES_MAX = 9
RETRY_AFTER = timedelta(seconds=30)
"""With doubling pauses the tries spread over two hours, longer than a server that greylists makes one wait."""

ATTACHED_BYTES_MAX = 20 * 1024 * 1024
"""All files of one mail together; most servers take 25 MB, and base64 adds a third."""


async def queue_mail(
    session: AsyncSession, mail: Mail, *, once_key: str, link: LaterLink | None = None
) -> bool:
    """This will write the mail into the caller's transaction; the worker sends it after the commit, once.

    `once_key` names the reason, such as `invoice 019a… published to 019b…`: with the same key nothing is
    written again and False is given. A worker that dies between handing the mail over and noting it sends it
    again, under the same Message-ID. `link` stands in the texts by its mark and is signed when the mail is sent.
    Raises what `enqueue` raises.
    """
    payload = {"key": once_key, "to": mail.to, "subject": mail.subject, "text": mail.text}
    if mail.html is not None:
        payload["html"] = mail.html
    if mail.reply_to is not None:
        payload["reply_to"] = mail.reply_to
    payload["attachments"] = json.dumps([asdict(attachment) for attachment in mail.attachments])
    if link is not None:
        payload["link"] = link.kept()
    return await enqueue(session, SEND_MAIL, payload, once_key=once_key)


def texts_of(payload: dict[str, str], secret: str) -> dict[str, str]:
    """This will give the texts of a queued mail, its link signed with the installation's secret."""
    texts: dict[str, str] = {name: payload[name] for name in ("text", "html") if name in payload}
    if "link" not in payload:
        return texts
    link = LaterLink.found(payload["link"])
    return {name: link.written(text, secret) for name, text in texts.items()}


def send_mail_job(sender: Sender, store: Store, *, secret: str = "") -> Job:
    """This will give the worker's job that sends queued mails, with their files out of `store`.

    `secret` is the installation's, for mails with a link that is signed now.
    """

    async def send_mail(payload: dict[str, str]) -> None:
        texts = texts_of(payload, secret)
        mail = Mail(
            to=payload["to"],
            subject=payload["subject"],
            text=texts["text"],
            html=texts.get("html"),
            reply_to=payload.get("reply_to"),
            attachments=tuple(Attachment(**entry) for entry in json.loads(payload["attachments"])),
        )
        try:
            contents = {file.sha256: await store.get(file.sha256) for file in mail.attachments}
            attached_bytes = sum(len(contents[file.sha256]) for file in mail.attachments)
            if attached_bytes > ATTACHED_BYTES_MAX:
                raise JobRefused(f"{attached_bytes} bytes attached, {ATTACHED_BYTES_MAX} are allowed")
            await sender.send(mail, key=payload["key"], contents=contents)
        except (MailUndeliverable, ObjectMissing) as error:
            raise JobRefused(str(error)) from error

    return Job(SEND_MAIL, send_mail, tries_max=TRIES_MAX, retry_after=RETRY_AFTER)
