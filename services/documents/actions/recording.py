"""Putting issued invoices on record: from the document as it stands to what verifactu records."""

from typing import Any

from sqlalchemy import select

from services.access.interface import Act
from services.accounts.interface import company_table
from services.contacts.interface import contact_table
from services.documents.models import Document, DocumentLine, DocumentTax
from services.verifactu.interface import (
    InvoiceType,
    PartyOnRecord,
    RecordedInvoice,
    TaxOnRecord,
    Treatment,
    record_issue,
    record_tax_id,
)

_line: Any = DocumentLine.__table__  # type: ignore[attr-defined]
_tax: Any = DocumentTax.__table__  # type: ignore[attr-defined]
_company, _contact = company_table(), contact_table()


async def put_on_record(act: Act, document: Document) -> None:
    """This will record an invoice that has just got its number, in the transaction that gave it.

    Raises TerritoryNotSupported and NumberNotRecordable.
    """
    company = (
        await act.session.execute(
            select(_company.c.name, _company.c.tax_id).where(_company.c.id == document.company_id)
        )
    ).one()
    recipient = (
        await act.session.execute(
            select(_contact.c.name, _contact.c.tax_id, _contact.c.country).where(
                _contact.c.id == document.contact_id
            )
        )
    ).one_or_none()
    first_line = await act.session.scalar(
        select(_line.c.description)
        .where(_line.c.document_id == document.id)
        .order_by(_line.c.position)
        .limit(1)
    )
    taxes = await act.session.execute(
        select(_tax.c.rate, _tax.c.base, _tax.c.quota)
        .where(_tax.c.document_id == document.id)
        .order_by(_tax.c.rate.desc())
    )
    await record_issue(
        act,
        document.company_id,
        document.id,
        RecordedInvoice(
            issuer=PartyOnRecord(name=company.name, tax_id=record_tax_id(company.tax_id or "")),
            recipient=PartyOnRecord(
                name=recipient.name, tax_id=recipient.tax_id or "", country=recipient.country or "ES"
            )
            if recipient
            else None,
            number=document.number or "",
            issued_on=document.issued_on,
            operated_on=document.operation_on,
            type=InvoiceType.F1,
            description=first_line or "",
            taxes=tuple(
                TaxOnRecord(treatment=Treatment.S1, rate=tax.rate, base=tax.base, quota=tax.quota)
                for tax in taxes
            ),
        ),
    )
