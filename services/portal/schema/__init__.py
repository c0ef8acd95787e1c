"""The client portal in GraphQL: what contacts see, and what the publisher's side learns and decides."""

from typing import Any

import strawberry

from services.access.guard import (
    OPEN,
    Guard,
    Refusal,
    Touched,
    column,
    connection,
    derived,
    expr,
    extends,
    many,
    mutation,
    node,
    one,
    payload,
    python,
    refusals,
    single,
    touched,
)
from services.access.interface import Info
from services.access.policy import FIRM_ROLES, Action, Role, Scope
from services.contacts.schema import Contact
from services.documents.interface import status_of
from services.documents.schema import (
    DocumentLine,
    DocumentOrder,
    DocumentStatus,
    DocumentTax,
    ReadFilter,
    SalesDocumentType,
)
from services.kit.batches import Outcome
from services.kit.pages import Connection
from services.kit.scalars import Date, DateTime, Money
from services.portal import actions, branding, queries
from services.portal.schema.learning import Message

CONTACTS_ONLY = frozenset({Role.PORTAL_CONTACT})
DOCUMENTS = Guard(Scope.SALES, roles=CONTACTS_ONLY)
CARD = Guard(Scope.CONTACTS, roles=CONTACTS_ONLY)
ACCESS = Guard(Scope.PORTAL_ACCESS, roles=FIRM_ROLES | {Role.CLIENT_OWNER, Role.CLIENT_EMPLOYEE})
ANYBODY = Guard(None, anonymous=True)


@extends("Contact")
class ContactAccess:
    portal_state: str | None = expr(
        queries.portal_state_of,
        "Portal access: NONE, INVITED, ACTIVE, DEACTIVATED, LOCKED, EXPIRED or REVOKED.",
        guard=ACCESS,
    )


@node(queries.PARTY, DOCUMENTS)
class DocumentParty:
    """Who issued a document or whom it is made out to."""

    name: str = column("Name or business name.")
    tax_id: str | None = column("Tax identifier.")
    address: str | None = column("Street and number.")
    postcode: str | None = column("Postcode, kept as text.")
    city: str | None = column("Town.")
    province: str | None = column("Province or region.")
    country: str | None = column("ISO 3166 code.")


def _pdf_url(context: Any, document_id: str) -> str:
    url: str = context.link("document-pdf", document=str(document_id), act="download")
    return url


def _preview_url(context: Any, document_id: str) -> str:
    url: str = context.link("document-pdf", document=str(document_id), act="preview")
    return url


@node(queries.PORTAL_DOCUMENT, DOCUMENTS)
class PortalDocument:
    """A document as the contact it is made out to sees it: approved, not archived, invoices and proformas once sent."""

    id: strawberry.ID = column("Stable identifier.")
    type: SalesDocumentType = column("Kind of document.", name="kind")
    number: str | None = column("Number, as printed.")
    status: DocumentStatus = expr(status_of, "Where it stands today.", nullable=False)
    issued_on: Date = column("Day of issue.")
    due_on: Date | None = column("Day it is to be paid by, or valid until.")
    currency: str = column("ISO 4217 code of every amount here.")
    description: str | None = column("What it is about.")
    taxable_base: Money = column("Sum of the bases, before tax.")
    tax_total: Money = column("Sum of the tax quotas.")
    withholding: Money = column("Tax withheld; lowers the total.")
    outlay_total: Money = column("What was laid out in the recipient's name (suplidos); no base of any tax.")
    total: Money = column("What is to be paid.")
    outstanding: Money = column("What is still to be paid.")
    opened_at: DateTime | None = column("When the contact first looked at it.")
    read_at: DateTime | None = column("When the contact first finished downloading it.")
    issuer: DocumentParty = one(queries.ISSUER, "Who issued it.", nullable=False)
    recipient: DocumentParty = one(queries.RECIPIENT, "Whom it is made out to.", nullable=False)
    lines: list[DocumentLine] | None = many(queries.DOCUMENT_LINES, "Its lines in order.", guard=DOCUMENTS)
    taxes: list[DocumentTax] | None = many(
        queries.DOCUMENT_TAXES, "Base and quota by rate, highest rate first.", guard=DOCUMENTS
    )
    messages: list[Message] | None = many(
        queries.MESSAGES_OF, "Comments of both sides, oldest first; at most 500."
    )
    pdf_url: str | None = python(
        ("id",), _pdf_url, "Signed link to its PDF, valid for minutes. A finished download marks it read."
    )
    preview_url: str | None = python(
        ("id",), _preview_url, "Signed link to the same PDF for looking at; it does not mark anything."
    )


@node(None, DOCUMENTS)
class PortalMonth:
    """One month of the bar chart."""

    month: int = column("1 to 12.")
    sales: Money = column("Invoices less credit notes issued in the month, tax included.")
    estimates: Money = column("Estimates issued in the month, tax included.")


@node(queries.HOME, DOCUMENTS)
class PortalHome:
    """A contact's figures of one calendar year, of exactly the documents it sees, in the currency of the books."""

    year: int = column("The calendar year.")
    currency: str = column("ISO 4217 code of every amount here.")
    received_total: Money = column("Invoices less credit notes of the year, tax included.")
    outstanding_total: Money = column("What is still to be paid, of any year.")
    pending_estimates: int = column("Estimates sent and neither accepted, rejected nor expired, of any year.")
    average_invoice: Money | None = column("receivedTotal / invoiceCount; null without invoices.")
    products_per_invoice: Money | None = column("Lines with a product / invoiceCount; null without invoices.")
    average_payment_days: Money | None = column(
        "Days from issue to the last payment, the mean over the year's fully paid invoices; null with none."
    )
    invoice_count: int = column("Invoices sent, dated in the year; credit notes do not count.")
    sales_and_estimates_by_month: list[PortalMonth] = derived(
        queries.home_months, "Twelve months, January first."
    )


@node(queries.PROFILE, CARD)
class PortalProfile:
    """The contact's own card, as the publisher keeps it. Corrections are asked of the publisher."""

    name: str = column("Name or business name.")
    tax_id_type: str | None = column("Kind of tax identifier.")
    tax_id: str | None = column("Tax identifier.")
    address: str | None = column("Street and number.")
    country: str | None = column("ISO 3166 code of the country.")
    province: str | None = column("Province or region.")
    city: str | None = column("Town.")
    postcode: str | None = column("Postcode, kept as text.")
    email: str | None = column("Address for documents and for the portal.")
    phone: str | None = column("Telephone, as entered.")


def _logo_url(context: Any, company_id: str, sha256: str | None) -> str | None:
    if sha256 is None:
        return None
    url: str = context.link(
        "object",
        company=str(company_id),
        sha256=sha256,
        filename="logo.png",
        media_type="image/png",
        reader="anybody",
    )
    return url


@node(queries.BRANDING, ANYBODY)
class Branding:
    """How a publisher's portal looks, shown before anybody has signed in."""

    name: str = column("Name on the door.", name="display_name")
    slug: str = column("Its address: /portal/<slug>.")
    primary_color: str = column("Its colour as #rrggbb; the apps derive readable shades from it.")
    logo_url: str | None = python(("id", "logo_sha256"), _logo_url, "Signed link to its logo (PNG).")
    document_footer: str | None = column("What stands at the foot of its papers, up to three lines.")
    locales: list[str] = expr(queries.locales, "Languages to choose from.", nullable=False)


@strawberry.input(description="Which documents a list holds; conditions are joined by AND.")
class PortalDocumentFilter:
    type: SalesDocumentType | None = strawberry.field(default=None, description="Only this kind.")
    search: str | None = strawberry.field(
        default=None, description="Part of the number or text; accents and case are ignored."
    )
    read: ReadFilter | None = strawberry.field(default=None, description="Only read, or only unread ones.")


@strawberry.type
class Query:
    @single(lambda row, values, ask: row.c.year == values["year"])
    def portal_home(self, year: int) -> PortalHome | None:
        """The signed-in contact's figures of a calendar year from 2000 to 2100."""

    @connection(queries.PORTAL_DOCUMENTS)
    def portal_documents(
        self,
        filter: PortalDocumentFilter | None = None,
        order_by: DocumentOrder = DocumentOrder.ISSUED_DESC,
        first: int = 25,
        after: str | None = None,
    ) -> Connection[PortalDocument] | None:
        """The signed-in contact's documents. At most 200 a page."""

    @single(lambda row, values, ask: row.c.id == values["id"])
    def portal_document(self, id: strawberry.ID) -> PortalDocument | None:
        """One document of the signed-in contact; null if it has none with this id."""

    @single(lambda row, values, ask: row.c.id == ask.reach.contact)
    def portal_profile(self) -> PortalProfile | None:
        """The signed-in contact's own card."""

    @single(lambda row, values, ask: row.c.slug == values["slug"], guard=ANYBODY)
    def publisher_branding(self, slug: str) -> Branding | None:
        """How the portal at an address looks; null where nobody publishes."""


@payload
class AddCommentPayload:
    """The comment as it is now, or why none was made."""

    message: Touched[Message] = touched()
    refusals: list[Refusal] = refusals()


@payload
class MarkOpenedPayload:
    """The document as it is now, or why nothing was noted."""

    document: Touched[PortalDocument] = touched()
    refusals: list[Refusal] = refusals()


@node(None, OPEN)
class PortalAccessResult:
    """What became of one contact."""

    contact_id: strawberry.ID = strawberry.field(description="The contact as named in the request.")
    done: bool = strawberry.field(description="Whether it was done.")
    refusal: Refusal | None = strawberry.field(description="Why not.")


@payload
class PortalAccessPayload:
    """One result per contact, in the order given, and the contacts as they are now."""

    contacts: Touched[list[Contact]] = touched("The contacts for which it was done.")
    results: list[PortalAccessResult] = strawberry.field(
        default_factory=list, description="One per contact, in the order given."
    )
    refusals: list[Refusal] = refusals()


@payload
class SetBrandingPayload:
    """The branding as it is now, or why nothing was changed."""

    branding: Touched[Branding] = touched()
    refusals: list[Refusal] = refusals()


def _access_payload(info: Info, results: list[Outcome]) -> PortalAccessPayload:
    return PortalAccessPayload(
        contacts=[result.id for result in results if result.refused is None],
        results=[_access_result(info, result) for result in results],
    )


def _access_result(info: Info, result: Outcome) -> PortalAccessResult:
    refused = result.refused
    shown = None
    if refused is not None:
        sentence = refused.told(info.context.translate)
        shown = Refusal(code=refused.code, path=list(refused.path), message=sentence)
    return PortalAccessResult(contact_id=strawberry.ID(str(result.id)), done=refused is None, refusal=shown)


COMMENT = Guard(Scope.MESSAGES, Action.EDIT)
SHARE_ACCESS = Guard(Scope.PORTAL_ACCESS, Action.SHARE)


@strawberry.type
class Mutation:
    @mutation(guard=COMMENT)
    async def add_comment(
        self, info: Info, document_id: strawberry.ID, text: str, request_key: str
    ) -> AddCommentPayload:
        """Puts a comment on a document one sees and mails it to the other side. The same key twice makes one."""
        async with info.context.write() as act:
            made = await actions.add_comment(act, document_id, text, request_key=request_key)
        return AddCommentPayload(message=made)

    @mutation(guard=DOCUMENTS)
    async def mark_opened(self, info: Info, document_id: strawberry.ID) -> MarkOpenedPayload:
        """Notes that the preview was shown to the signed-in contact; the first time stays on the document."""
        async with info.context.write() as act:
            opened = await actions.record_opened(act, document_id)
        return MarkOpenedPayload(document=opened)

    @mutation(guard=SHARE_ACCESS)
    async def grant_portal_access(
        self, info: Info, contact_ids: list[strawberry.ID], scopes: list[Scope] | None = None
    ) -> PortalAccessPayload:
        """Gives at most 100 contacts access and mails each its address, user and a link to choose a password."""
        wanted = actions.DEFAULT_SCOPES if scopes is None else frozenset(scopes)
        async with info.context.write() as act:
            results = await actions.grant_portal_access(act, contact_ids, scopes=wanted)
        return _access_payload(info, results)

    @mutation(guard=SHARE_ACCESS)
    async def revoke_portal_access(self, info: Info, contact_ids: list[strawberry.ID]) -> PortalAccessPayload:
        """Takes access away and destroys the password; open sessions end at once."""
        async with info.context.write() as act:
            results = await actions.revoke_portal_access(act, contact_ids)
        return _access_payload(info, results)

    @mutation(guard=SHARE_ACCESS)
    async def deactivate_portal_access(
        self, info: Info, contact_ids: list[strawberry.ID]
    ) -> PortalAccessPayload:
        """Closes access for a while, keeping user and password; open sessions end at once."""
        async with info.context.write() as act:
            results = await actions.deactivate_portal_access(act, contact_ids)
        return _access_payload(info, results)

    @mutation(guard=SHARE_ACCESS)
    async def reactivate_portal_access(
        self, info: Info, contact_ids: list[strawberry.ID]
    ) -> PortalAccessPayload:
        """Opens deactivated access again with the credentials it had. No mail is sent."""
        async with info.context.write() as act:
            results = await actions.reactivate_portal_access(act, contact_ids)
        return _access_payload(info, results)

    @mutation(guard=Guard(Scope.PORTAL_PUBLICATION, Action.EDIT))
    async def set_branding(
        self,
        info: Info,
        *,
        company_id: strawberry.ID,
        slug: str,
        display_name: str,
        primary_color: str,
        document_footer: str | None = None,
        logo_upload_id: strawberry.ID | None = None,
        remove_logo: bool = False,
    ) -> SetBrandingPayload:
        """Sets how a company looks to its contacts: address, name and colour of its portal, logo and footer of papers.

        The logo is a JPEG or PNG uploaded for LOGO. What is left out stays; an empty footer is none.
        """
        async with info.context.write() as act:
            logo = "" if remove_logo else None
            if logo_upload_id is not None:
                logo = await branding.logo_of_upload(act, info.context.store, logo_upload_id)
            company = await branding.set_branding(
                act,
                company_id,
                branding.NewBranding(
                    slug=slug,
                    display_name=display_name,
                    primary_color=primary_color,
                    logo_sha256=logo,
                    document_footer=document_footer,
                ),
            )
        return SetBrandingPayload(branding=company)
