"""What is sent: a mail as its writer states it, and the message made of it."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from services.kit.errors import BadInput

SUBJECT_LENGTH_MAX = 200
FILENAME_LENGTH_MAX = 200
ADDRESS_LENGTH_MAX = 254
"""RFC 5321 section 4.5.3.1.3, without the angle brackets."""
ATTACHMENTS_MAX = 10

# The addresses that browsers accept too (HTML standard, "valid e-mail address"); names outside ASCII are left
# to the few servers that know SMTPUTF8.
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*"
)
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_LINE_BREAKING = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
"""Whatever could end a header line and begin another one (header injection)."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along: an object of the store under the name the reader sees."""

    filename: str
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to one address. `text` is the whole message for readers without HTML; `html` says the same.

    Raises BadInput for an address that is none, for an empty text, and for anything in a header that could
    begin another header.
    """

    to: str
    subject: str
    text: str
    html: str | None = None
    reply_to: str | None = None
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        """This will refuse what must not reach a mail server, before it is even queued."""
        check_address("to", self.to)
        if self.reply_to is not None:
            check_address("reply_to", self.reply_to)
        _check_line("subject", self.subject, SUBJECT_LENGTH_MAX)
        if not self.text.strip():
            raise BadInput("text", "a mail needs a plain-text part")
        if len(self.attachments) > ATTACHMENTS_MAX:
            raise BadInput(
                "attachments", "at most {files_max} files go with one mail", files_max=ATTACHMENTS_MAX
            )
        for attachment in self.attachments:
            _check_line("attachments.filename", attachment.filename, FILENAME_LENGTH_MAX)
            if _MEDIA_TYPE.fullmatch(attachment.media_type) is None:
                raise BadInput("attachments.media_type", "not a media type")


def compose(
    mail: Mail, *, sent_from: str, key: str, at: datetime, contents: Mapping[str, bytes]
) -> EmailMessage:
    """This will make the message of a mail: text first, HTML as its alternative, files after both.

    `sent_from` is the From line; `contents` holds the attachments' bytes by their hash. The Message-ID is made
    from `key`: the same mail sent twice is one mail to the mail programs that look at it.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = sent_from
    message["To"] = mail.to
    message["Subject"] = mail.subject
    if mail.reply_to is not None:
        message["Reply-To"] = mail.reply_to
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain_of(sent_from)}>"
    # RFC 3834: out-of-office programs do not answer what a program wrote.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html")
    for attachment in mail.attachments:
        kind, _, subtype = attachment.media_type.partition("/")
        message.add_attachment(
            contents[attachment.sha256], maintype=kind, subtype=subtype, filename=attachment.filename
        )
    return message


def domain_of(sent_from: str) -> str:
    """This will give the domain of a From line such as `Atrio <no-reply@example.com>`. Raises BadInput."""
    _check_line("sent_from", sent_from, ADDRESS_LENGTH_MAX)
    _, address = parseaddr(sent_from)
    check_address("sent_from", address)
    return address.rpartition("@")[2]


def check_address(field: str, address: str) -> None:
    """This will refuse what is no address of one mailbox, naming the field. Raises BadInput."""
    if len(address) > ADDRESS_LENGTH_MAX or _ADDRESS.fullmatch(address) is None:
        raise BadInput(field, "not a mail address")


def _check_line(field: str, line: str, length_max: int) -> None:
    if not line.strip() or len(line) > length_max:
        raise BadInput(field, "1 to {length_max} characters", length_max=length_max)
    if _LINE_BREAKING.search(line) is not None:
        raise BadInput(field, "line breaks and control characters are not allowed")
