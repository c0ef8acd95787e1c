"""Mailing a document to its contact: the PDF along with it, or a notice with a link into the portal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import bindparam, exists, select
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act, portal_address_of
from services.access.policy import Action, Scope
from services.accounts.interface import branding_table
from services.contacts.interface import contact_table
from services.documents.actions.each import each_of
from services.documents.actions.finding import found
from services.documents.actions.handing_out import send_document
from services.documents.actions.refusals import NotApproved
from services.documents.models import DocumentMailing
from services.documents.rules.kinds import SALES_KINDS, DocumentKind
from services.kit import clock
from services.kit.batches import Outcome
from services.kit.errors import BadInput, NotFound, Refused
from services.kit.ids import new_id
from services.kit.jobs import enqueue
from services.kit.mail import check_address
from services.kit.request_keys import checked_request_key
from services.kit.words import LOCALES

MAIL_DOCUMENT = "mail_document"
"""The job that prints a document where needed and queues its mail."""

MESSAGE_LENGTH_MAX = 2_000

_mailing: Any = DocumentMailing.__table__  # type: ignore[attr-defined]
_contact: Any = contact_table()
_branding: Any = branding_table()

_MAILED = select(
    exists().where(
        _mailing.c.document_id == bindparam("of_document"), _mailing.c.request_key == bindparam("key")
    )
)


class EmailMissing(Refused):
    """Access and documents are sent by mail."""

    code: ClassVar[str] = "EMAIL_MISSING"
    sentence: ClassVar[str] = "{name} has no e-mail address; enter one on the contact card first."


class AlreadySent(Refused):
    """A batch mails nothing twice."""

    code: ClassVar[str] = "ALREADY_SENT"
    sentence: ClassVar[str] = "{number} was sent on {day} already; mail it again from its page."


class NoPortalToLinkTo(Refused):
    """A notice leads into the portal, and the contact cannot get in."""

    code: ClassVar[str] = "NO_PORTAL_TO_LINK_TO"
    sentence: ClassVar[str] = (
        "{name} has no access to the portal, where the notice would lead; attach the PDF or give access first."
    )


@dataclass(frozen=True, slots=True)
class MailedContact:
    """What a mail takes from the contact's card; `email` empty where another address was named."""

    email: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """How a document is to be mailed: with the PDF, or with a link into the portal.

    `to` None is the contact's address, `language` None the contact's (es, en, ca, sv); `message` stands above the usual
    text.
    """

    attach_pdf: bool = True
    to: str | None = None
    language: str | None = None
    message: str | None = None


async def mail_document(
    act: Act, document_id: UUID | str, mailing: Mailing | None = None, *, request_key: str
) -> UUID:
    """This will mark an approved sales document as sent, note the mailing, and mail it after the commit.

    With the PDF nobody learns whether it was read; without it the mail holds a link into the portal, where the first
    download is noted. The same key mails once. Needs EDIT of SALES. Raises NotApproved, DocumentVoid,
    EmailMissing, NoPortalToLinkTo, BadInput, and NotFound for a purchase.
    """
    wanted = mailing or Mailing()
    key = checked_request_key(request_key) or ""
    document = await found(act, document_id, Action.EDIT)
    if DocumentKind(document.kind) not in SALES_KINDS:
        raise NotFound("document", path=("id",))
    if document.approved_at is None:
        raise NotApproved
    message = (wanted.message or "").replace("\x00", "").strip()
    if len(message) > MESSAGE_LENGTH_MAX:
        raise BadInput("message", "give at most {most} signs", most=MESSAGE_LENGTH_MAX)
    if wanted.language is not None and wanted.language not in LOCALES:
        raise BadInput("language", "choose one of {known}", known=", ".join(LOCALES))
    to = (wanted.to or "").strip()
    if to:
        check_address("to", to)
    contact = await check_mailable(act, document.contact_id, attach_pdf=wanted.attach_pdf, to=to or None)
    await send_document(act, document.id)
    made = new_id()
    added = await act.session.scalar(
        insert(_mailing)
        .values(
            id=made,
            company_id=document.company_id,
            document_id=document.id,
            recipient=to or contact.email,
            language=wanted.language or contact.language,
            attaches_pdf=wanted.attach_pdf,
            message=message or None,
            asked_by_name=act.viewer.name,
            request_key=key,
            created_at=clock.now(),
        )
        .on_conflict_do_nothing(constraint="document_mailing_once_per_request")
        .returning(_mailing.c.id)
    )
    if added is not None:
        payload = {"document": str(document.id), "mailing": str(made), "viewer": str(act.viewer.id)}
        await enqueue(act.session, MAIL_DOCUMENT, payload, once_key=f"{document.id} {key}")
    return document.id


async def mail_documents(
    act: Act, document_ids: Sequence[UUID | str], mailing: Mailing | None = None, *, request_key: str
) -> list[Outcome]:
    """This will mail documents, each to its own contact, and say what became of each, in the order asked.

    What was sent before is left out as ALREADY_SENT: it is mailed again only by itself. The same key mails once. Needs
    EDIT of SALES in each company. Raises BadInput; each outcome may be refused with what `mail_document` raises.
    """
    key = checked_request_key(request_key) or ""

    async def mail(act: Act, document_id: UUID) -> UUID:
        document = await found(act, document_id, Action.EDIT)
        if document.sent_at is not None and not await act.session.scalar(
            _MAILED, {"of_document": document.id, "key": key}
        ):
            raise AlreadySent(number=document.number or "", day=document.sent_at.date())
        return await mail_document(act, document.id, mailing, request_key=key)

    return await each_of(act, document_ids, mail)


async def check_mailable(
    act: Act, contact_id: UUID | None, *, attach_pdf: bool, to: str | None = None
) -> MailedContact:
    """This will give the contact that a document is mailed to, `to` its own address or another one.

    Raises EmailMissing, and NoPortalToLinkTo where nothing is attached.
    """
    contact = (
        await act.session.execute(
            select(_contact.c.name, _contact.c.email, _contact.c.company_id, _contact.c.language).where(
                _contact.c.id == contact_id
            )
        )
    ).one_or_none()
    if contact is None or not (to or contact.email):
        raise EmailMissing(name=contact.name if contact else "-")
    if not attach_pdf:
        slug = await act.session.scalar(
            select(_branding.c.slug).where(_branding.c.company_id == contact.company_id)
        )
        today, sees = clock.today(act.viewer.time_zone), frozenset({Scope.SALES})
        if (
            slug is None
            or contact_id is None
            or await portal_address_of(act.session, contact_id, sees=sees, today=today) is None
        ):
            raise NoPortalToLinkTo(name=contact.name)
    return MailedContact(email=contact.email or "", language=contact.language)
