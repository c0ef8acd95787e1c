"""The PDF of a document for somebody who may see it: from its rows once, then from the store."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from babel import Locale
from sqlalchemy import Uuid, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.access.interface import Act, Viewer, acting
from services.access.policy import Action, Role, Scope
from services.accounts.interface import company_table
from services.contacts.interface import contact_table, named_as
from services.documents.models import Document, DocumentLine, DocumentTax
from services.documents.pdf import (
    NOT_PRINTED_KINDS,
    DocumentForPrint,
    KindNotPrinted,
    LineForPrint,
    PartyForPrint,
    PaymentForPrint,
    document_pdf,
)
from services.documents.queries import shown_to_contact
from services.documents.rules.amounts import DocumentTotals, TaxAmount
from services.documents.rules.kinds import DocumentKind, VatRegime
from services.documents.rules.tax_codes import tax_code
from services.kit.db import Database
from services.kit.errors import NotFound
from services.kit.storage import ObjectMissing, Store

_document: Any = Document.__table__  # type: ignore[attr-defined]
_line: Any = DocumentLine.__table__  # type: ignore[attr-defined]
_tax: Any = DocumentTax.__table__  # type: ignore[attr-defined]


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
        for_print = None if row.pdf_sha256 else await _for_print(session, row)
    filename = f"{row.number or row.kind.lower().replace('_', '-')}.pdf"
    if for_print is None:
        try:
            return filename, await store.get(row.pdf_sha256)
        except ObjectMissing:
            # Restored from a backup without its store: print it again rather than have nothing to show.
            async with database.read(viewer.id) as session:
                for_print = await _for_print(session, row)
    content = await document_pdf(for_print)
    if row.approved_at is not None:
        stored = await store.put(content, "application/pdf")
        await _keep(database, viewer, document_id, stored.sha256)
    return filename, content


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


async def _for_print(session: AsyncSession, row: Any) -> DocumentForPrint:
    companies, contacts = company_table(), contact_table()
    company = (await session.execute(select(companies).where(companies.c.id == row.company_id))).one()
    contact = (await session.execute(select(contacts).where(contacts.c.id == row.contact_id))).one_or_none()
    lines = await session.execute(
        select(_line).where(_line.c.document_id == row.id).order_by(_line.c.position)
    )
    taxes = await session.execute(
        select(_tax).where(_tax.c.document_id == row.id).order_by(_tax.c.rate.desc(), _tax.c.tax_code)
    )
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
                tax_rate=line.tax_rate,
                discount_percent=line.discount_percent,
            )
            for line in lines
        ],
        totals=_totals(row, taxes.all()),
        currency=row.currency,
        regime=VatRegime(row.regime),
        locale=locale,
        operated_on=row.operation_on,
        due_on=row.due_on,
        withholding_rate=row.withholding_rate,
        notes=row.description or "",
        payment=PaymentForPrint(iban=company.iban or ""),
    )


def _totals(row: Any, taxes: Sequence[Any]) -> DocumentTotals:
    """The figures as they were kept, not computed again."""
    return DocumentTotals(
        taxable_base=row.taxable_base,
        taxes=tuple(
            TaxAmount(code=tax_code(tax.tax_code), base=tax.base, quota=tax.quota, surcharge=tax.surcharge)
            for tax in taxes
        ),
        tax_total=row.tax_total,
        surcharge=row.surcharge_total,
        withholding=row.withholding,
        total=row.total,
    )


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
