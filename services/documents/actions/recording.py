"""Putting issued invoices on record: from the document as it stands to what verifactu records."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from services.access.interface import Act
from services.accounts.interface import company_table
from services.contacts.interface import contact_table
from services.documents.actions.entered import ONE
from services.documents.models import Document, DocumentLine, DocumentTax
from services.documents.queries import substituted_by
from services.documents.restating import added_up, says_whole
from services.documents.rules.amounts import TaxAmount
from services.documents.rules.kinds import RectificationCause
from services.documents.rules.tax_codes import TaxLegend, tax_code
from services.kit.money import ZERO, to_cents
from services.verifactu.interface import (
    InvoiceNamed,
    InvoiceType,
    PartyOnRecord,
    RecordedInvoice,
    TaxOnRecord,
    Treatment,
    record_issue,
    record_of,
    record_tax_id,
)

TREATMENTS = {
    TaxLegend.REVERSE_CHARGE: Treatment.S2,
    TaxLegend.INTRA_EU: Treatment.E5,
    # Supplied where the customer is (LIVA art. 69): not subject here, rather than exempt.
    TaxLegend.INTRA_EU_SERVICE: Treatment.N2,
    # Sold on where the goods arrive: neither the purchase nor the sale is subject here (LIVA art. 68).
    TaxLegend.TRIANGULAR: Treatment.N2,
    TaxLegend.EXPORT: Treatment.E2,
    TaxLegend.EXEMPT: Treatment.E1,
    TaxLegend.EXEMPT_21: Treatment.E2,
    TaxLegend.EXEMPT_22: Treatment.E3,
    TaxLegend.EXEMPT_24: Treatment.E4,
    TaxLegend.EXEMPT_OTHER: Treatment.E6,
    # Supplied abroad, outside the EU too.
    TaxLegend.NOT_SUBJECT: Treatment.N2,
}
"""How the record calls what a tax code must say on the invoice; a code without legend is taxed (S1)."""

TYPES_BY_CAUSE = {
    RectificationCause.CORRECTION: InvoiceType.R1,
    RectificationCause.INSOLVENCY: InvoiceType.R2,
    RectificationCause.UNCOLLECTABLE: InvoiceType.R3,
    RectificationCause.OTHER: InvoiceType.R4,
}
"""Key list L2 of the record."""

_document: Any = Document.__table__  # type: ignore[attr-defined]
_line: Any = DocumentLine.__table__  # type: ignore[attr-defined]
_tax: Any = DocumentTax.__table__  # type: ignore[attr-defined]
_company, _contact = company_table(), contact_table()


async def put_on_record(act: Act, document: Document) -> None:
    """This will record an invoice that has just got its number, in the transaction that gave it.

    Amounts go on record in EUR, at the document's rate. Raises TerritoryNotSupported and NumberNotRecordable.
    """
    parties = (
        await act.session.execute(
            select(
                _company.c.name,
                _company.c.tax_id,
                _contact.c.name.label("contact_name"),
                _contact.c.tax_id.label("contact_tax_id"),
                _contact.c.address.label("contact_address"),
                _contact.c.country,
            )
            .select_from(_company)
            .outerjoin(_contact, _contact.c.id == document.contact_id)
            .where(_company.c.id == document.company_id)
        )
    ).one()
    first_line = await act.session.scalar(
        select(_line.c.description)
        .where(_line.c.document_id == document.id)
        .order_by(_line.c.position)
        .limit(1)
    )
    taxes = await _taxes(act, document)
    rectified, rectified_type = await _rectified(act, document)
    is_rectifying = document.rectifies_id is not None or document.total < ZERO
    await record_issue(
        act,
        document.company_id,
        document.id,
        RecordedInvoice(
            issuer=PartyOnRecord(name=parties.name, tax_id=record_tax_id(parties.tax_id or "")),
            recipient=PartyOnRecord(
                name=parties.contact_name,
                tax_id=parties.contact_tax_id or "",
                country=parties.country or "ES",
            )
            if parties.contact_name
            else None,
            number=document.number or "",
            issued_on=document.issued_on,
            operated_on=document.operation_on,
            type=_type(
                document,
                is_rectifying=is_rectifying,
                rectified_type=rectified_type,
                # A simplified invoice counts as its customer's only if it says all of them (RD 1619/2012 art. 7.2).
                is_identified=bool(
                    parties.contact_tax_id and (parties.contact_address or not document.is_simplified)
                ),
            ),
            is_simplified=document.is_simplified,
            rectification=("S" if says_whole(document) else "I") if is_rectifying else None,
            rectified=rectified,
            substituted=await _substituted(act, document),
            description=first_line or "",
            taxes=taxes,
        ),
    )


def _type(
    document: Document, *, is_rectifying: bool, rectified_type: str | None, is_identified: bool
) -> InvoiceType:
    """What is rectified decides between R5 and the others, the cause that was stated among those."""
    if is_rectifying:
        if rectified_type in {InvoiceType.F2, InvoiceType.R5} or not is_identified:
            return InvoiceType.R5
        return TYPES_BY_CAUSE[
            RectificationCause(document.rectification_cause or RectificationCause.CORRECTION)
        ]
    if document.is_substitute:
        return InvoiceType.F3
    return InvoiceType.F1 if is_identified else InvoiceType.F2


async def _taxes(act: Act, document: Document) -> tuple[TaxOnRecord, ...]:
    """What is said of VAT, each document's part in EUR at its own rate."""
    said = [document.id, *([document.rectifies_id] if says_whole(document) else [])]
    rows = await act.session.execute(
        select(_tax, _document.c.exchange_rate)
        .join(_document, _document.c.id == _tax.c.document_id)
        .where(_tax.c.document_id.in_(said))
    )
    in_euros = [
        TaxAmount(
            code=tax_code(row.tax_code),
            **{
                name: to_cents(getattr(row, name) * (row.exchange_rate or ONE))
                for name in ("base", "quota", "surcharge")
            },
        )
        for row in rows
    ]
    return tuple(
        TaxOnRecord(
            treatment=TREATMENTS[tax.code.legend] if tax.code.legend else Treatment.S1,
            rate=tax.rate,
            base=tax.base,
            quota=tax.quota,
            surcharge_rate=tax.surcharge_rate,
            surcharge=tax.surcharge,
        )
        for tax in added_up(in_euros)
    )


async def _rectified(act: Act, document: Document) -> tuple[tuple[InvoiceNamed, ...], str | None]:
    """The invoice that is rectified, with its totals in EUR, and its type on record."""
    if document.rectifies_id is None:
        return (), None
    original = (
        await act.session.execute(
            select(
                _document.c.number,
                _document.c.issued_on,
                _document.c.taxable_base,
                _document.c.tax_total,
                _document.c.surcharge_total,
                _document.c.exchange_rate,
            ).where(_document.c.id == document.rectifies_id)
        )
    ).one()
    base, quota, surcharge = _in_euros(
        (original.taxable_base, original.tax_total, original.surcharge_total), original.exchange_rate or ONE
    )
    named = InvoiceNamed(
        number=original.number or "",
        issued_on=original.issued_on,
        base=base,
        quota=quota,
        surcharge=surcharge,
    )
    record = await record_of(act.session, document.rectifies_id)
    return (named,), record and record[0]


async def _substituted(act: Act, document: Document) -> tuple[InvoiceNamed, ...]:
    """The simplified invoices that a full one takes the place of, by number."""
    if not document.is_substitute:
        return ()
    rows = await act.session.execute(substituted_by(document.id))
    return tuple(InvoiceNamed(number=row.number or "", issued_on=row.issued_on) for row in rows)


def _in_euros(amounts: Sequence[Decimal], rate: Decimal) -> list[Decimal]:
    return [to_cents(amount * rate) for amount in amounts]
