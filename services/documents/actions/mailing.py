"""Mailing a document to its contact: the PDF along with it, or a notice with a link into the portal."""

from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import select

from services.access.interface import Act, portal_address_of
from services.access.policy import Action
from services.accounts.interface import branding_table
from services.contacts.interface import contact_table
from services.documents.actions.finding import found
from services.documents.actions.handing_out import send_document
from services.documents.actions.refusals import NotApproved
from services.documents.rules.kinds import SALES_KINDS, DocumentKind
from services.kit.errors import NotFound, Refused
from services.kit.jobs import enqueue

MAIL_DOCUMENT = "mail_document"
"""The job that prints a document where needed and queues its mail."""

_contact: Any = contact_table()
_branding: Any = branding_table()


class EmailMissing(Refused):
    """Access and documents are sent by mail."""

    code: ClassVar[str] = "EMAIL_MISSING"
    sentence: ClassVar[str] = "{name} has no e-mail address; enter one on the contact card first."


class NoPortalToLinkTo(Refused):
    """A notice leads into the portal, and the contact cannot get in."""

    code: ClassVar[str] = "NO_PORTAL_TO_LINK_TO"
    sentence: ClassVar[str] = (
        "{name} has no access to the portal, where the notice would lead; attach the PDF or give access first."
    )


async def mail_document(
    act: Act, document_id: UUID | str, *, attach_pdf: bool = True, request_key: str
) -> UUID:
    """This will mark an approved sales document as sent and mail it to its contact after the commit.

    With `attach_pdf` the PDF goes along, and nobody learns whether it was read; without it the mail holds a link into
    the portal, where the first download is noted. The same key mails once. Needs EDIT of SALES. Raises NotApproved,
    DocumentVoid, EmailMissing, NoPortalToLinkTo, and NotFound for a purchase.
    """
    document = await found(act, document_id, Action.EDIT)
    if DocumentKind(document.kind) not in SALES_KINDS:
        raise NotFound("document", path=("id",))
    if document.approved_at is None:
        raise NotApproved
    await check_mailable(act, document.contact_id, attach_pdf=attach_pdf)
    await send_document(act, document.id)
    payload = {
        "document": str(document.id),
        "viewer": str(act.viewer.id),
        "attach": "yes" if attach_pdf else "no",
        "key": request_key,
    }
    await enqueue(act.session, MAIL_DOCUMENT, payload, once_key=f"{document.id} {request_key}")
    return document.id


async def check_mailable(act: Act, contact_id: UUID | None, *, attach_pdf: bool) -> None:
    """This will refuse a contact that a document cannot be mailed to. Raises EmailMissing, NoPortalToLinkTo."""
    contact = (
        await act.session.execute(
            select(_contact.c.name, _contact.c.email, _contact.c.company_id).where(
                _contact.c.id == contact_id
            )
        )
    ).one_or_none()
    if contact is None or not contact.email:
        raise EmailMissing(name=contact.name if contact else "-")
    if attach_pdf:
        return
    slug = await act.session.scalar(
        select(_branding.c.slug).where(_branding.c.company_id == contact.company_id)
    )
    if slug is None or contact_id is None or await portal_address_of(act.session, contact_id) is None:
        raise NoPortalToLinkTo(name=contact.name)
