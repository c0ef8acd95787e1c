"""Files and records of every kind of issued invoice, from rows on the real engine, by what authorities publish."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from facturx import get_facturx_xml_from_pdf
from sqlalchemy import text

from services.documents.actions.voiding import void_document
from services.einvoices.files import EInvoiceFormat, einvoice_of
from services.einvoices.formats.cii import cii
from services.einvoices.formats.facturae import facturae
from services.einvoices.formats.ubl import ubl
from services.einvoices.invoice import NotExchanged, NotInEn16931, PartyNotComplete
from services.einvoices.reading import invoice_for
from services.kit.errors import Refused
from tests.services.einvoices.invoices import SAYABLE
from tests.support.builders.every_invoice import EVERY_INVOICE, Issuing, issuing
from tests.support.office import Office
from tests.support.published import en16931_faults, facturae_faults, record_faults

EVERY_FORMAT = {"ubl", "cii", "facturae"}
REFUSED: dict[str, tuple[set[str], type[Refused]]] = {
    "surcharge": ({"ubl", "cii"}, NotInEn16931),
    "outlay": ({"ubl", "cii"}, NotInEn16931),
    # Facturae wants a tax id and an address of either side.
    "export": ({"facturae"}, PartyNotComplete),
    "F2": ({"facturae"}, PartyNotComplete),
    "R5": ({"facturae"}, PartyNotComplete),
    "R2": (EVERY_FORMAT, NotExchanged),
    "R3": (EVERY_FORMAT, NotExchanged),
}
"""What a format cannot say, and how that is refused."""

FORMATS: tuple[tuple[Callable[[Any], bytes], Callable[[bytes], list[str]]], ...] = (
    (ubl, en16931_faults),
    (cii, en16931_faults),
    (facturae, facturae_faults),
)


async def records(one: Issuing) -> list[str]:
    async with one.office.act() as act:
        found = await act.session.scalars(
            text("select xml from invoice_record where company_id = :c order by position"),
            {"c": one.company_id},
        )
        return list(found)


@pytest.mark.parametrize("name", EVERY_INVOICE)
async def test_of_every_kind_are_valid_or_refused(office: Office, name: str) -> None:
    one = await issuing(office)
    document_id = await EVERY_INVOICE[name](one)
    refused, refusal = REFUSED.get(name, (set(), Refused))

    for record in await records(one):
        assert record_faults(record) == []
    for write, faults in FORMATS:
        if write.__name__ in refused:
            with pytest.raises(refusal):
                write(await read(office, document_id))
        else:
            assert faults(write(await read(office, document_id))) == []


async def read(office: Office, document_id: UUID) -> Any:
    async with office.act() as act:
        return await invoice_for(act.session, office.owner, document_id)


async def test_a_cancellation_is_valid(office: Office) -> None:
    one = await issuing(office)
    document_id = await one.issued()
    async with office.act() as act:
        await void_document(act, document_id, reason="Issued twice", request_key="void")

    issued, cancelled = await records(one)

    assert "RegistroAnulacion" in cancelled
    assert record_faults(issued) + record_faults(cancelled) == []


async def test_factur_x_holds_a_valid_file(office: Office) -> None:
    one = await issuing(office)
    document_id = await one.issued(withholding_rate=Decimal(15))

    *_, pdf = await einvoice_of(
        office.database, office.store, office.owner, document_id, EInvoiceFormat.FACTUR_X
    )

    assert en16931_faults(get_facturx_xml_from_pdf(pdf)[1]) == []


class TestWhatIsPublished:
    """The checks themselves: that each finds a fault."""

    def test_finds_a_rule_that_is_broken(self) -> None:
        content = ubl(SAYABLE["three rates"])

        faults = en16931_faults(content.replace(b">21<", b">10<", 1))

        assert any("BR-S-09" in fault or "BR-CO-17" in fault for fault in faults)

    def test_finds_what_a_schema_does_not_know(self) -> None:
        content = facturae(SAYABLE["three rates"])

        (fault,) = facturae_faults(content.replace(b"<Modality>I<", b"<Modality>X<"))

        assert "Modality" in fault
