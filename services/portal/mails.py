"""The mails of the portal: access data to a contact, a comment to the other side, a first download to the issuer.

English text with named places is the id of a sentence, like a refusal's; `kit.words` gives it in the reader's language.
"""

from services.kit.mail import Mail
from services.kit.words import translator

ACCESS_SUBJECT = "Your access to the documents of {publisher}"
ACCESS_TEXT = (
    "Hello, {name}.\n\n{publisher} shares its documents with you here:\n{address}\n\n"
    "User: {email} or {user_code}\n\nChoose your password here, once and within 7 days:\n{link}\n"
)
ACCESS_KNOWN_TEXT = (
    "Hello, {name}.\n\n{publisher} shares its documents with you here:\n{address}\n\n"
    "User: {email} or {user_code}\nThe password is the one you use already.\n"
)
COMMENT_SUBJECT = "New comment on {document}"
COMMENT_TEXT = "{author} wrote about {document}:\n\n{text}\n\nAnswer here:\n{address}\n"
DOWNLOAD_SUBJECT = "{contact} has read {document}"
DOWNLOAD_TEXT = "{contact} downloaded {document} for the first time.\n\n{address}\n"

SUBJECT_LENGTH_MAX = 180
"""Shorter than a mail's own limit, since names are as long as people make them."""


def _mail(to: str, locale: str, subject: str, body: str, values: dict[str, str]) -> Mail:
    translate = translator(locale)
    one_line = {name: " ".join(value.split()) for name, value in values.items()}
    written = translate(subject).format(**one_line)
    return Mail(to=to, subject=written[:SUBJECT_LENGTH_MAX], text=translate(body).format(**values))


def access_mail(
    *,
    to: str,
    locale: str,
    name: str,
    publisher: str,
    address: str,
    user_code: str,
    link: str | None,
) -> Mail:
    """Where and as whom a contact signs in, and where it chooses its password (FC-03); no link where it has one."""
    values = {
        "name": name,
        "publisher": publisher,
        "address": address,
        "email": to,
        "user_code": user_code,
        "link": link or "",
    }
    return _mail(to, locale, ACCESS_SUBJECT, ACCESS_TEXT if link else ACCESS_KNOWN_TEXT, values)


def comment_mail(*, to: str, locale: str, author: str, document: str, text: str, address: str) -> Mail:
    """What somebody wrote about a document, for the other side (HP-23)."""
    values = {"author": author, "document": document, "text": text, "address": address}
    return _mail(to, locale, COMMENT_SUBJECT, COMMENT_TEXT, values)


def download_mail(*, to: str, locale: str, contact: str, document: str, address: str) -> Mail:
    """A contact downloaded a document for the first time (FC-20)."""
    values = {"contact": contact, "document": document, "address": address}
    return _mail(to, locale, DOWNLOAD_SUBJECT, DOWNLOAD_TEXT, values)
