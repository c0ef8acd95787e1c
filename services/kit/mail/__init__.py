"""Mails to one person each: queued in the business transaction, sent by a job, shown in an outbox by default.

A mail always has a plain-text part and goes to one address, so no client sees another's. What a mail says
becomes stale and cannot be taken back: it names little and links into the app, where access is checked.
"""

from services.kit.mail.failures import MailNotSent, MailUndeliverable
from services.kit.mail.later_link import LaterLink
from services.kit.mail.mail import Attachment, Mail, check_address, compose
from services.kit.mail.outbox import (
    MailMissing,
    OutboxAttachment,
    OutboxEntry,
    OutboxMail,
    OutboxSender,
    list_outbox,
    read_mail,
)
from services.kit.mail.queue import queue_mail, send_mail_job, texts_of
from services.kit.mail.sender import Sender, open_sender
from services.kit.mail.smtp import SmtpSender, SmtpServer

__all__ = [
    "Attachment",
    "LaterLink",
    "Mail",
    "MailMissing",
    "MailNotSent",
    "MailUndeliverable",
    "OutboxAttachment",
    "OutboxEntry",
    "OutboxMail",
    "OutboxSender",
    "Sender",
    "SmtpSender",
    "SmtpServer",
    "check_address",
    "compose",
    "list_outbox",
    "open_sender",
    "queue_mail",
    "read_mail",
    "send_mail_job",
    "texts_of",
]
