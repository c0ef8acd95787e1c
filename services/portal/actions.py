"""Writes of the portal: comments, marks of reading, access of contacts, branding."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Uuid, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.access.interface import (
    Act,
    as_id,
    deactivate_portal_place,
    grant_portal_place,
    grantable_to_contacts,
    portal_address_of,
    reactivate_portal_place,
    revoke_portal_place,
)
from services.access.policy import Action, Role, Scope
from services.accounts.interface import branding_table, company_table
from services.contacts.interface import contact_table, named_as, surviving_id
from services.documents.interface import EmailMissing, document_table, shown_to_contact
from services.kit import clock
from services.kit.batches import Outcome, one_by_one
from services.kit.errors import BadInput, NotFound, Refused
from services.kit.ids import new_id
from services.kit.mail import queue_mail
from services.kit.settings import get_settings
from services.portal.mails import access_mail, comment_mail, download_mail
from services.portal.models import DocumentView, Message
from services.portal.rules import (
    checked_comment,
)

CONTACTS_AT_ONCE_MAX = 100

DEFAULT_SCOPES = frozenset({Scope.SALES, Scope.CONTACTS, Scope.MESSAGES, Scope.NOTIFICATIONS})
"""What a contact sees unless the publisher says otherwise: its documents, its card, comments, its own settings."""

COMMENTED = frozenset({Scope.SALES, Scope.MESSAGES})
"""What a contact needs to read a comment where it stands."""

_document: Any = document_table()
_contact: Any = contact_table()
_company: Any = company_table()
_message: Any = Message.__table__  # type: ignore[attr-defined]
_branding: Any = branding_table()


class BrandingMissing(Refused):
    """Without an address of its own a publisher has no door to send a contact to."""

    code: ClassVar[str] = "BRANDING_MISSING"
    sentence: ClassVar[str] = "Choose the portal's address first."


# ---------------------------------------------------------------- comments


async def add_comment(act: Act, document_id: UUID | str, text: str, *, request_key: str) -> UUID:
    """This will put a comment on a document and mail it to the other side; the same request key gives the same one.

    A contact that cannot see the document, not yet or no longer, gets no mail of it. Needs MESSAGES EDIT and SALES VIEW
    in the company; a contact needs to see the document. Raises NotFound, Denied, BadInput for a text that is empty or
    too long.
    """
    document = await _document_of(act, document_id)
    await act.may(document.company_id, Scope.MESSAGES, Action.EDIT, what="document", path=("documentId",))
    written = checked_comment(text)
    # Keys are chosen by callers: without the author in it, one side could hit upon the other's.
    key = f"{act.viewer.id}:{request_key}"
    known: UUID | None = await act.session.scalar(
        select(_message.c.id).where(
            _message.c.company_id == document.company_id, _message.c.request_key == key
        )
    )
    if known is not None:
        return known
    by_issuer = act.viewer.role is not Role.PORTAL_CONTACT
    message = Message(
        id=new_id(),
        company_id=document.company_id,
        document_id=document.id,
        author_id=act.viewer.id,
        author_name=act.viewer.name,
        by_issuer=by_issuer,
        text=written,
        request_key=key,
    )
    act.session.add(message)
    await act.session.flush()
    reader = await (_contact_reader(act, document) if by_issuer else _issuer_reader(act.session, document))
    if reader is not None:
        mail = comment_mail(
            to=reader.email,
            locale=reader.locale,
            author=act.viewer.name,
            document=_title(document),
            text=written,
            address=reader.address,
        )
        await queue_mail(act.session, mail, once_key=f"comment {message.id}")
    return message.id


# ---------------------------------------------------------------- reading


async def record_opened(act: Act, document_id: UUID | str) -> UUID:
    """This will note that the contact was shown the preview: every time in the history, on the document the first time.

    For portal contacts; for anybody else it changes nothing. Raises NotFound for a document the viewer does not see.
    """
    document = await _document_of(act, document_id)
    if act.viewer.role is Role.PORTAL_CONTACT:
        await _note_view(act, document, "OPENED")
        if document.opened_at is None:
            await _mark(act.session, document.id, "opened_at")
    return document.id  # type: ignore[no-any-return]


async def record_downloaded(act: Act, document_id: UUID | str) -> bool:
    """This will note a finished download by a portal contact and tell whether it was the first one.

    The first of what it says now sets `read_at`, which then stays, and mails the issuer once. Called when the last byte
    was sent: an aborted download notes nothing. Staff previews and downloads change nothing. Raises NotFound.
    """
    document = await _document_of(act, document_id)
    if act.viewer.role is not Role.PORTAL_CONTACT:
        return False
    await _note_view(act, document, "DOWNLOADED")
    if document.read_at is not None:
        return False
    await _mark(act.session, document.id, "read_at")
    issuer = await _issuer_reader(act.session, document)
    if issuer is not None:
        # A signed link knows its viewer by id only, so the name comes from the card.
        reader = await act.session.scalar(select(_contact.c.name).where(_contact.c.id == document.contact_id))
        mail = download_mail(
            to=issuer.email,
            locale=issuer.locale,
            contact=reader or "",
            document=_title(document),
            address=issuer.address,
        )
        await queue_mail(act.session, mail, once_key=f"read {document.id} {document.version}")
    return True


async def _document_of(act: Act, document_id: UUID | str) -> Any:
    """The sales document, locked, if the viewer may see it; for a contact only its own that are shown to it."""
    path = ("documentId",)
    statement = select(_document).where(
        _document.c.id == as_id(document_id, "document", path), _document.c.side == "SALES"
    )
    if act.viewer.role is Role.PORTAL_CONTACT:
        statement = statement.where(
            named_as(_document.c.contact_id, literal(act.viewer.contact_id, Uuid)),
            shown_to_contact(_document),
        )
    row = (await act.session.execute(statement.with_for_update())).one_or_none()
    if row is None:
        raise NotFound("document", path=path)
    await act.may(row.company_id, Scope.SALES, Action.VIEW, what="document", path=path)
    return row


async def _note_view(act: Act, document: Any, done: str) -> None:
    act.session.add(
        DocumentView(
            id=new_id(),
            company_id=document.company_id,
            document_id=document.id,
            membership_id=act.viewer.id,
            act=done,
        )
    )
    await act.session.flush()


async def _mark(session: AsyncSession, document_id: UUID, column: str) -> None:
    await session.execute(
        update(_document).where(_document.c.id == document_id).values({column: clock.now()})
    )


# ---------------------------------------------------------------- who is told


@dataclass(frozen=True, slots=True)
class _Reader:
    email: str
    locale: str
    address: str


async def _issuer_reader(session: AsyncSession, document: Any) -> _Reader | None:
    """The company's own mail address, with the document in the firm's app; None where it has none."""
    row = (
        await session.execute(
            select(_company.c.email, _company.c.locale).where(_company.c.id == document.company_id)
        )
    ).one()
    if not row.email:
        return None
    address = f"{get_settings().address}/clients/{document.company_id}/sales/{document.id}"
    return _Reader(row.email, row.locale, address)


async def _contact_reader(act: Act, document: Any) -> _Reader | None:
    """The person who signs in as the contact, with the document in the portal; None who cannot read it there now."""
    contact_id = await act.session.scalar(
        select(surviving_id(_contact))
        .join(_document, _document.c.contact_id == _contact.c.id)
        .where(_document.c.id == document.id, shown_to_contact(_document))
    )
    if contact_id is None:
        return None
    today = clock.today(act.viewer.time_zone)
    found = await portal_address_of(act.session, contact_id, sees=COMMENTED, today=today)
    slug = await _slug_of(act.session, document.company_id)
    if found is None or slug is None:
        return None
    return _Reader(*found, f"{get_settings().address}/portal/{slug}/documents/{document.id}")


async def _slug_of(session: AsyncSession, company_id: UUID) -> str | None:
    slug: str | None = await session.scalar(
        select(_branding.c.slug).where(_branding.c.company_id == company_id)
    )
    return slug


def _title(document: Any) -> str:
    return document.number or document.description or str(document.issued_on)


# ---------------------------------------------------------------- access of contacts


async def grant_portal_access(
    act: Act, contact_ids: Sequence[UUID | str], *, scopes: frozenset[Scope] = DEFAULT_SCOPES
) -> list[Outcome]:
    """This will give contacts access and mail each its address, user and a link to its first password.

    One result per id, in order.

    Needs PORTAL_ACCESS SHARE in each contact's company and VIEW on every scope passed on. What is refused for one
    contact (no e-mail, access already, not found) leaves the others untouched.
    """
    wanted = grantable_to_contacts(scopes)

    async def grant(contact: Any) -> None:
        for scope in sorted(wanted):
            await act.may(contact.company_id, scope, Action.VIEW, what="contact", path=("contactIds",))
        if not contact.email:
            raise EmailMissing(name=contact.name)
        slug = await _slug_of(act.session, contact.company_id)
        if slug is None:
            raise BrandingMissing
        made = await grant_portal_place(
            act.session,
            company_id=contact.company_id,
            contact_id=contact.id,
            name=contact.name,
            email=contact.email,
            locale=contact.language,
            view=wanted,
            address=f"{get_settings().address}/portal/{slug}/password",
        )
        publisher = await act.session.scalar(
            select(_company.c.name).where(_company.c.id == contact.company_id)
        )
        mail = access_mail(
            to=contact.email,
            locale=made.locale,
            name=contact.name,
            publisher=publisher or "",
            address=f"{get_settings().address}/portal/{slug}/sign-in",
            user_code=made.user_code,
            link=made.link.mark if made.link else None,
        )
        await queue_mail(
            act.session, mail, once_key=f"access {made.membership_id} {new_id()}", link=made.link
        )

    return await _each(act, contact_ids, grant)


async def revoke_portal_access(act: Act, contact_ids: Sequence[UUID | str]) -> list[Outcome]:
    """This will take access away, destroying the password. Holds at the contact's next request."""
    return await _each(act, contact_ids, lambda contact: revoke_portal_place(act.session, contact.id))


async def deactivate_portal_access(act: Act, contact_ids: Sequence[UUID | str]) -> list[Outcome]:
    """This will close access for a while, keeping user and password. Holds at the contact's next request."""
    return await _each(act, contact_ids, lambda contact: deactivate_portal_place(act.session, contact.id))


async def reactivate_portal_access(act: Act, contact_ids: Sequence[UUID | str]) -> list[Outcome]:
    """This will open deactivated access again, with the credentials it had; no mail is sent."""
    return await _each(act, contact_ids, lambda contact: reactivate_portal_place(act.session, contact.id))


async def _each(
    act: Act, contact_ids: Sequence[UUID | str], change: Callable[[Any], Awaitable[None]]
) -> list[Outcome]:
    """This will change contacts one by one, each under the lock of its card."""
    path = ("contactIds",)
    if not 1 <= len(contact_ids) <= CONTACTS_AT_ONCE_MAX:
        raise BadInput("contactIds", "name 1 to {most} contacts", most=CONTACTS_AT_ONCE_MAX)

    async def change_one(contact_id: UUID) -> None:
        found = await act.session.execute(
            select(_contact).where(_contact.c.id == contact_id).with_for_update()
        )
        row = found.one_or_none()
        if row is None:
            raise NotFound("contact", path=path)
        await act.may(row.company_id, Scope.PORTAL_ACCESS, Action.SHARE, what="contact", path=path)
        await change(row)

    ids = [as_id(given, "contact", path) for given in contact_ids]
    return list((await one_by_one(act.session, ids, change_one)).values())
