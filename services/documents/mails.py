"""The mail that brings a document to its contact, in the contact's language."""

from datetime import date
from decimal import Decimal

from services.documents.print_texts import LOCALES, date_text, money_text, words_of
from services.kit.mail import Attachment, Mail
from services.kit.words import translator

SUBJECT = "{title} {number} from {company}"
ATTACHED_TEXT = (
    "Hello, {name}.\n\n{company} sends you {title} {number} of {issued_on}, {total}. It is attached to this mail as a"
    " PDF.\n"
)
NOTICE_TEXT = (
    "Hello, {name}.\n\n{company} has {title} {number} of {issued_on}, {total}, ready for you. You can see and download"
    " it here:\n{address}\n"
)
DUE_TEXT = "\nTo be paid by {due_on}.\n"

SUBJECT_LENGTH_MAX = 180


def document_mail(
    *,
    to: str,
    locale: str,
    name: str,
    company: str,
    reply_to: str | None,
    kind: str,
    number: str,
    issued_on: date,
    due_on: date | None,
    total: Decimal,
    currency: str,
    address: str | None,
    attachment: Attachment | None,
    message: str | None = None,
) -> Mail:
    """This will write the mail: with the file, or with the `address` of the document in the portal.

    `message` stands above the usual text, as it was written.
    """
    known = locale if locale in LOCALES else "es"
    translate = translator(known)
    values = {
        "title": words_of(known)[kind],
        "number": number,
        "name": " ".join(name.split()),
        "company": " ".join(company.split()),
        "issued_on": date_text(issued_on, known),
        "due_on": date_text(due_on, known) if due_on else "",
        "total": money_text(total, currency, known).replace("\u00a0", " "),
        "address": address or "",
    }
    text = translate(ATTACHED_TEXT if attachment else NOTICE_TEXT).format(**values)
    if due_on and kind == "SALES_INVOICE" and total > 0:
        text += translate(DUE_TEXT).format(**values)
    if message:
        text = f"{message}\n\n{text}"
    return Mail(
        to=to,
        subject=translate(SUBJECT).format(**values)[:SUBJECT_LENGTH_MAX],
        text=text,
        reply_to=reply_to,
        attachments=(attachment,) if attachment else (),
    )
