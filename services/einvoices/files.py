"""The file of an invoice in a format, for somebody who may see the invoice."""

import asyncio
from enum import StrEnum
from uuid import UUID

from facturx import generate_from_binary

from services.access.interface import Viewer
from services.documents.interface import pdf_of
from services.einvoices.formats.cii import cii
from services.einvoices.formats.facturae import facturae
from services.einvoices.formats.ubl import ubl
from services.einvoices.reading import invoice_for
from services.kit.db import Database
from services.kit.storage import Store


class EInvoiceFormat(StrEnum):
    """What an issued invoice can be had as."""

    FACTURAE = "FACTURAE"
    UBL = "UBL"
    FACTUR_X = "FACTUR_X"


async def einvoice_of(
    database: Database, store: Store, viewer: Viewer, document_id: UUID, wanted: EInvoiceFormat
) -> tuple[str, str, bytes]:
    """This will give file name, media type and bytes of an issued invoice.

    Seen by whoever sees its PDF. Raises NotFound, Denied, NotExchanged, PartyNotComplete, NotInEn16931, and for
    Factur-X what printing raises.
    """
    async with database.read(viewer.id) as session:
        invoice = await invoice_for(session, viewer, document_id)
    if wanted is EInvoiceFormat.FACTUR_X:
        content = cii(invoice)
        _, pdf = await pdf_of(database, store, viewer, document_id)
        joined = await asyncio.to_thread(_factur_x, pdf, content, invoice.number, invoice.seller.name)
        return f"{invoice.number}-factur-x.pdf", "application/pdf", joined
    write = facturae if wanted is EInvoiceFormat.FACTURAE else ubl
    return f"{invoice.number}-{wanted.value.lower()}.xml", "application/xml", write(invoice)


def _factur_x(pdf: bytes, content: bytes, number: str, seller: str) -> bytes:
    """The library checks the XML against the schema of the level before it puts it in."""
    made: bytes = generate_from_binary(
        pdf,
        content,
        flavor="factur-x",
        level="en16931",
        check_xsd=True,
        pdf_metadata={"author": seller, "keywords": "Factur-X", "title": number, "subject": number},
    )
    return made
