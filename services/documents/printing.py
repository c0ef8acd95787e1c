"""The PDF of a document for somebody who may see it: from its rows once, then from the store."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from babel import Locale
from sqlalchemy import Uuid, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.access.interface import Act, Viewer, acting
from services.access.policy import Action, Role, Scope
from services.accounts.interface import branding_table, company_table
from services.contacts.interface import contact_table, named_as
from services.documents.models import Document, DocumentInstalment
from services.documents.paper import (
    COLOR_DEFAULT,
    ONE,
    BrandingForPrint,
    DocumentForPrint,
    InstalmentForPrint,
    LineForPrint,
    PartyForPrint,
    PaymentForPrint,
    QrForPrint,
    RectifiedForPrint,
)
from services.documents.pdf import NOT_PRINTED_KINDS, KindNotPrinted, document_pdf
from services.documents.queries import shown_to_contact, substituted_by
from services.documents.restating import Said, said_by
from services.documents.rules.amounts import DocumentTotals, LineAmounts, document_totals, totals_of
from services.documents.rules.kinds import DocumentKind, VatRegime
from services.documents.rules.tax_codes import tax_code
from services.kit import clock
from services.kit.db import Database
from services.kit.errors import NotFound
from services.kit.settings import get_settings
from services.kit.storage import ObjectMissing, Store
from services.kit.words import translator
from services.verifactu.interface import record_of

SAMPLE_PRICE = Decimal("1000.00")

_document: Any = Document.__table__  # type: ignore[attr-defined]
_instalment: Any = DocumentInstalment.__table__  # type: ignore[attr-defined]
_branding: Any = branding_table()


async def pdf_of(database: Database, store: Store, viewer: Viewer, document_id: UUID) -> tuple[str, bytes]:
    """This will give the file name and the PDF of a document.

    Seen by whoever may VIEW its side in its company, and by the contact it is made out to under `shown_to_contact`.
    An approved document is printed once and kept by its hash, so it never changes afterwards; a draft is printed
    anew. Raises NotFound, Denied, KindNotPrinted, and what the renderer and the store raise.
    """
    async with database.read(viewer.id) as session:
        row = await visible_document(session, viewer, document_id)
        if DocumentKind(row.kind) in NOT_PRINTED_KINDS:
            raise KindNotPrinted(kind=row.kind)
        for_print = None if row.pdf_sha256 else await _for_print(session, store, row)
    filename = f"{row.number or row.kind.lower().replace('_', '-')}.pdf"
    if for_print is None:
        try:
            return filename, await store.get(row.pdf_sha256)
        except ObjectMissing:
            # Restored from a backup without its store: print it again rather than have nothing to show.
            async with database.read(viewer.id) as session:
                for_print = await _for_print(session, store, row)
    content = await document_pdf(for_print)
    if row.approved_at is not None:
        stored = await store.put(content, "application/pdf")
        await _keep(database, viewer, document_id, stored.sha256)
    return filename, content


async def sample_pdf(database: Database, store: Store, viewer: Viewer, company_id: UUID) -> bytes:
    """This will print an example of an invoice as the company's papers look now; it is kept nowhere.

    Needs ACCOUNTS VIEW. Raises NotFound, Denied, and what the renderer raises.
    """
    async with database.read(viewer.id) as session:
        await Act(session, viewer).may(company_id, Scope.ACCOUNTS, Action.VIEW, what="file")
        companies = company_table()
        company = (await session.execute(select(companies).where(companies.c.id == company_id))).one()
        branding = await _branding_of(session, store, company_id)
    translate, today = translator(company.locale), clock.now().date()
    line = LineAmounts(quantity=ONE, unit_price=SAMPLE_PRICE, tax=tax_code("S21"))
    return await document_pdf(
        DocumentForPrint(
            kind=DocumentKind.SALES_INVOICE,
            number=None,
            issued_on=today,
            due_on=today + timedelta(days=30),
            issuer=_party(company, company.locale, with_country=False),
            recipient=PartyForPrint(name=translate("A customer")),
            lines=[
                LineForPrint(
                    description=translate("An example of what is sold"),
                    quantity=ONE,
                    unit_price=SAMPLE_PRICE,
                    base=SAMPLE_PRICE,
                    tax_rate=line.tax.rate,
                )
            ],
            totals=document_totals([line]),
            currency=company.currency,
            locale=company.locale,
            payment=PaymentForPrint(iban=company.iban or ""),
            branding=branding,
        )
    )


async def _keep(database: Database, viewer: Viewer, document_id: UUID, sha256: str) -> None:
    async with acting(database, viewer) as act:
        await act.session.execute(
            update(_document).where(_document.c.id == document_id).values(pdf_sha256=sha256)
        )


async def visible_document(session: AsyncSession, viewer: Viewer, document_id: UUID) -> Any:
    """This will give the row of a document to whoever may see it, see `pdf_of`. Raises NotFound, Denied."""
    statement = select(_document).where(_document.c.id == document_id)
    if viewer.role is Role.PORTAL_CONTACT:
        statement = statement.where(
            named_as(_document.c.contact_id, literal(viewer.contact_id, Uuid)), shown_to_contact(_document)
        )
    row = (await session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound("document")
    await Act(session, viewer).may(row.company_id, Scope[row.side], Action.VIEW, what="document")
    return row


async def _for_print(session: AsyncSession, store: Store, row: Any) -> DocumentForPrint:
    companies, contacts = company_table(), contact_table()
    company = (await session.execute(select(companies).where(companies.c.id == row.company_id))).one()
    contact = (await session.execute(select(contacts).where(contacts.c.id == row.contact_id))).one_or_none()
    said = await said_by(session, row)
    parts = await session.execute(
        select(_instalment.c.due_on, _instalment.c.amount)
        .where(_instalment.c.document_id == row.id)
        .order_by(_instalment.c.position)
    )
    record = await record_of(session, row.id)
    rectified = await _rectified(session, row.rectifies_id)
    locale = contact.language if contact is not None else company.locale
    abroad = contact is not None and contact.country != company.country
    return DocumentForPrint(
        kind=DocumentKind(row.kind),
        number=row.number,
        issued_on=row.issued_on,
        issuer=_party(company, locale, with_country=abroad),
        recipient=_party(contact, locale, with_country=abroad) if contact is not None else None,
        lines=[
            LineForPrint(
                description=line.description,
                quantity=line.quantity,
                unit_price=line.unit_price,
                base=line.base,
                tax_rate=tax_code(line.tax_code).rate,
                discount_percent=line.discount_percent,
                legend=tax_code(line.tax_code).legend,
            )
            for line in said.lines
        ],
        totals=_totals(row, said),
        rectified=_rectified_by(row, said),
        currency=row.currency,
        regime=VatRegime(row.regime),
        locale=locale,
        operated_on=row.operation_on,
        due_on=row.due_on,
        withholding_rate=row.withholding_rate,
        notes=row.description or "",
        payment=PaymentForPrint(method=row.payment_method or "", iban=company.iban or ""),
        rectifies=rectified,
        substitutes=await _substituted(session, row) if row.is_substitute else "",
        rectification_reason=row.rectification_reason or "",
        rectification_method=row.rectification_method or "",
        rectification_cause=row.rectification_cause or "",
        is_simplified=row.is_simplified,
        voided_on=row.voided_at.astimezone(ZoneInfo(company.time_zone)).date() if row.voided_at else None,
        exchange_rate=row.exchange_rate or ONE,
        instalments=[InstalmentForPrint(due_on=part.due_on, amount=part.amount) for part in parts],
        qr=QrForPrint(url=record[1], is_sent=get_settings().invoice_records_sent) if record else None,
        branding=await _branding_of(session, store, row.company_id),
    )


async def _rectified(session: AsyncSession, document_id: UUID | None) -> str:
    """Number and day of the document that another rectifies."""
    if document_id is None:
        return ""
    original = (
        await session.execute(
            select(_document.c.number, _document.c.issued_on).where(_document.c.id == document_id)
        )
    ).one_or_none()
    return f"{original.number or ''} ({original.issued_on:%d/%m/%Y})" if original else ""


async def _substituted(session: AsyncSession, row: Any) -> str:
    """Numbers and days of the simplified invoices that a full one takes the place of."""
    found = await session.execute(substituted_by(row.id))
    return ", ".join(f"{one.number or ''} ({one.issued_on:%d/%m/%Y})" for one in found)


async def _branding_of(session: AsyncSession, store: Store, company_id: UUID) -> BrandingForPrint:
    """The issuer's look; a logo that the store has lost is left out rather than the paper refused."""
    found = (
        await session.execute(select(_branding).where(_branding.c.company_id == company_id))
    ).one_or_none()
    if found is None:
        return BrandingForPrint(color=COLOR_DEFAULT)
    logo = None
    if found.logo_sha256:
        with suppress(ObjectMissing):
            logo = await store.get(found.logo_sha256)
    return BrandingForPrint(color=found.primary_color, logo=logo, footer=found.document_footer or "")


def _totals(row: Any, said: Said) -> DocumentTotals:
    """The figures as they were kept, not computed again; of the whole anew, what they add up to with the first's."""
    if said.first is not None:
        return totals_of(said.taxes, withholding=said.withholding, outlays=said.outlays)
    return DocumentTotals(
        taxable_base=row.taxable_base,
        taxes=tuple(said.taxes),
        tax_total=row.tax_total,
        surcharge=row.surcharge_total,
        withholding=row.withholding,
        outlays=row.outlay_total,
        total=row.total,
    )


def _rectified_by(row: Any, said: Said) -> RectifiedForPrint | None:
    """What the whole anew changed of the first."""
    if said.first is None:
        return None
    tax = row.tax_total + row.surcharge_total
    return RectifiedForPrint(first=said.first, base=row.taxable_base, tax=tax, total=row.total)


def _party(row: Any, locale: str, *, with_country: bool) -> PartyForPrint:
    country = Locale.parse(locale).territories.get(row.country or "", "") if with_country else ""
    return PartyForPrint(
        name=row.name,
        tax_id=row.tax_id or "",
        address=row.address or "",
        postcode=row.postcode or "",
        city=row.city or "",
        province=row.province or "",
        country=country,
        email=row.email or "",
        phone=row.phone or "",
    )
