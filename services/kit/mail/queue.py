"""Mails that are sent if, and only if, the transaction that wrote them commits."""

import json
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.jobs import Job, JobRefused, enqueue
from services.kit.mail.failures import MailUndeliverable
from services.kit.mail.mail import Attachment, Mail
from services.kit.mail.sender import Sender
from services.kit.storage import ObjectMissing, Store

SEND_MAIL = "send_mail"

TRIES_MAX = 9
RETRY_AFTER = timedelta(seconds=30)
"""With doubling pauses the tries spread over two hours, longer than a server that greylists makes one wait."""

ATTACHED_BYTES_MAX = 20 * 1024 * 1024
"""All files of one mail together; most servers take 25 MB, and base64 adds a third."""


async def queue_mail(session: AsyncSession, mail: Mail, *, once_key: str) -> bool:
    """This will write the mail into the caller's transaction; the worker sends it after the commit, once.

    `once_key` names the reason, such as `invoice 019a… published to 019b…`: with the same key nothing is
    written again and False is given. A worker that dies between handing the mail over and noting it sends it
    again, under the same Message-ID. Raises what `enqueue` raises.
    """
    payload = {"key": once_key, "to": mail.to, "subject": mail.subject, "text": mail.text}
    if mail.html is not None:
        payload["html"] = mail.html
    if mail.reply_to is not None:
        payload["reply_to"] = mail.reply_to
    payload["attachments"] = json.dumps([asdict(attachment) for attachment in mail.attachments])
    return await enqueue(session, SEND_MAIL, payload, once_key=once_key)


def send_mail_job(sender: Sender, store: Store) -> Job:
    """This will give the worker's job that sends queued mails, with their files out of `store`."""

    async def send_mail(payload: dict[str, str]) -> None:
        mail = Mail(
            to=payload["to"],
            subject=payload["subject"],
            text=payload["text"],
            html=payload.get("html"),
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
