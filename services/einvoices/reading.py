"""From the rows of an issued invoice to what every format reads."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.access.interface import Viewer
from services.accounts.interface import company_table
from services.contacts.interface import contact_table
from services.documents.interface import (
    LineSaid,
    Said,
    TaxAmount,
    TaxCode,
    TaxLegend,
    VatRegime,
    document_instalment_table,
    document_table,
    is_vat_alone,
    said_by,
    says_whole,
    tax_code,
    visible_document,
)
from services.einvoices.invoice import Category, Invoice, Line, NotExchanged, Part, Party, Rectified, Tax
from services.kit.money import ZERO, to_cents

PRICE_PLACES = Decimal("0.000001")

CATEGORIES = {
    TaxLegend.REVERSE_CHARGE: Category.REVERSE_CHARGE,
    TaxLegend.INTRA_EU: Category.INTRA_EU,
    # A service to a business elsewhere in the EU: the customer owes the VAT (directive 2006/112 art. 196).
    TaxLegend.INTRA_EU_SERVICE: Category.REVERSE_CHARGE,
    # The last buyer owes the VAT where the goods arrive (directive 2006/112 art. 197).
    TaxLegend.TRIANGULAR: Category.REVERSE_CHARGE,
    TaxLegend.EXPORT: Category.EXPORT,
    TaxLegend.EXEMPT: Category.EXEMPT,
    TaxLegend.EXEMPT_21: Category.EXEMPT,
    TaxLegend.EXEMPT_22: Category.EXEMPT,
    TaxLegend.EXEMPT_24: Category.EXEMPT,
    TaxLegend.EXEMPT_OTHER: Category.EXEMPT,
    TaxLegend.NOT_SUBJECT: Category.NOT_SUBJECT,
}

REASONS = {
    TaxLegend.REVERSE_CHARGE: "Inversión del sujeto pasivo (art. 84.Uno.2.º Ley 37/1992)",
    TaxLegend.INTRA_EU: "Entrega intracomunitaria exenta (art. 25 Ley 37/1992)",
    TaxLegend.INTRA_EU_SERVICE: "Inversión del sujeto pasivo (art. 69 Ley 37/1992, art. 196 Directiva 2006/112/CE)",
    TaxLegend.TRIANGULAR: "Operación triangular: inversión del sujeto pasivo (arts. 141 y 197 Directiva 2006/112/CE)",
    TaxLegend.EXPORT: "Exportación exenta (art. 21 Ley 37/1992)",
    TaxLegend.EXEMPT: "Operación exenta (art. 20 Ley 37/1992)",
    TaxLegend.EXEMPT_21: "Operación exenta (art. 21 Ley 37/1992)",
    TaxLegend.EXEMPT_22: "Operación exenta (art. 22 Ley 37/1992)",
    TaxLegend.EXEMPT_24: "Operación exenta (arts. 23 y 24 Ley 37/1992)",
    TaxLegend.EXEMPT_OTHER: "Operación exenta",
    TaxLegend.NOT_SUBJECT: "Operación no sujeta por reglas de localización (art. 69 Ley 37/1992)",
}
"""What the law wants said; in Spanish, as the law's own words are."""

_document: Any = document_table()
_instalment: Any = document_instalment_table()
_company: Any = company_table()
_contact: Any = contact_table()


async def invoice_for(session: AsyncSession, viewer: Viewer, document_id: UUID) -> Invoice:
    """This will read an issued sales invoice for somebody who may see it, as its PDF.

    Raises NotFound, Denied, and NotExchanged for drafts and every other paper.
    """
    row = await visible_document(session, viewer, document_id)
    is_issued = row.approved_at is not None and row.number is not None and row.voided_at is None
    if row.kind != "SALES_INVOICE" or not is_issued or is_vat_alone(row.rectification_cause):
        raise NotExchanged(path=("id",))
    company = (await session.execute(select(_company).where(_company.c.id == row.company_id))).one()
    contact = (await session.execute(select(_contact).where(_contact.c.id == row.contact_id))).one_or_none()
    said = await said_by(session, row)
    supplied = [line for line in said.lines if not tax_code(line.tax_code).is_outlay]
    return Invoice(
        number=row.number,
        issued_on=row.issued_on,
        operated_on=row.operation_on,
        currency=row.currency,
        exchange_rate=row.exchange_rate or Decimal(1),
        language=contact.language if contact else company.locale,
        seller=_party(company),
        buyer=_party(contact) if contact else None,
        lines=tuple(_read_line(position, line) for position, line in enumerate(supplied, start=1)),
        taxes=tuple(_read_tax(tax) for tax in said.taxes),
        withholding_rate=row.withholding_rate,
        withholding=said.withholding,
        is_simplified=row.is_simplified,
        rectified=await _rectified(session, row),
        iban=(company.iban or "").replace(" ", ""),
        # The instalments are those of the difference.
        parts=await _parts(session, row) if said.first is None else (),
        note=_note(row, said),
        payment_method=row.payment_method or "",
        outlays=tuple(line.base for line in said.lines if tax_code(line.tax_code).is_outlay),
    )


def _party(row: Any) -> Party:
    return Party(
        name=row.name,
        tax_id="".join(sign for sign in (row.tax_id or "").upper() if sign.isalnum()),
        address=row.address or "",
        postcode=row.postcode or "",
        city=row.city or "",
        province=row.province or "",
        country=row.country or "ES",
        email=row.email or "",
    )


def _note(row: Any, said: Said) -> str:
    notes = [row.description or ""]
    if said.first is not None:
        notes.append(f"Importe de la rectificación: {row.total:.2f} {row.currency}")
    return "\n".join(note for note in notes if note)


def _read_line(position: int, line: LineSaid) -> Line:
    code = tax_code(line.tax_code)
    price, percent = line.unit_price, line.discount_percent
    discount = to_cents(line.quantity * price) - line.base
    if price == ZERO or discount * line.quantity < ZERO or (discount and not percent):
        # A price taken out of one with VAT is rounded: say what the line came to, per piece.
        price, percent, discount = (line.base / line.quantity).quantize(PRICE_PLACES), ZERO, ZERO
    return Line(
        position=position,
        description=line.description,
        quantity=line.quantity,
        price=price,
        discount_percent=percent,
        discount=discount,
        base=line.base,
        category=category_of(code),
        rate=code.rate if code.is_charged else ZERO,
        surcharge_rate=code.surcharge_rate,
        reason=_reason(code),
    )


def _read_tax(tax: TaxAmount) -> Tax:
    return Tax(
        category=category_of(tax.code),
        rate=tax.rate if tax.code.is_charged else ZERO,
        base=tax.base,
        quota=tax.charged,
        surcharge_rate=tax.surcharge_rate,
        surcharge=tax.surcharge,
        reason=_reason(tax.code),
    )


def _reason(code: TaxCode) -> str:
    return REASONS[code.legend] if code.legend else ""


def category_of(code: TaxCode) -> Category:
    """This will give the category of EN 16931 for a tax code of sales."""
    if code.legend is not None:
        return CATEGORIES[code.legend]
    assert code.regime in {VatRegime.DOMESTIC, VatRegime.EQUIVALENCE_SURCHARGE}
    return Category.STANDARD if code.rate else Category.ZERO


async def _rectified(session: AsyncSession, row: Any) -> Rectified | None:
    if row.rectifies_id is None:
        return None
    original = (
        await session.execute(
            select(_document.c.number, _document.c.issued_on).where(_document.c.id == row.rectifies_id)
        )
    ).one()
    return Rectified(
        number=original.number or "",
        issued_on=original.issued_on,
        method="S" if says_whole(row) else "I",
        reason=row.rectification_reason or "",
    )


async def _parts(session: AsyncSession, row: Any) -> tuple[Part, ...]:
    found = await session.execute(
        select(_instalment.c.due_on, _instalment.c.amount)
        .where(_instalment.c.document_id == row.id)
        .order_by(_instalment.c.position)
    )
    parts = tuple(Part(due_on=part.due_on, amount=part.amount) for part in found)
    if parts or row.due_on is None:
        return parts
    return (Part(due_on=row.due_on, amount=row.total),)
