"""What goes on record of every kind of invoice: types, treatments, amounts in euros, what is rectified."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from lxml import etree
from sqlalchemy import text

from services.documents.interface import NewLine
from services.verifactu.record_xml import NAMESPACE
from tests.support.builders.documents import approved, customer, issuer, rectify
from tests.support.builders.journal import contact
from tests.support.office import Office


async def record(office: Office, document_id: UUID) -> Any:
    async with office.act() as act:
        rows = await act.session.execute(
            text("select * from invoice_record where document_id = :d"), {"d": document_id}
        )
        return rows.one()


def said(found: Any, name: str) -> list[str]:
    return [each.text or "" for each in etree.fromstring(found.xml).iter(f"{{{NAMESPACE}}}{name}")]


def line(price: str, code: str, quantity: str = "1") -> NewLine:
    return NewLine(description="Oak", quantity=Decimal(quantity), unit_price=Decimal(price), tax_code=code)


async def test_a_surcharge_is_part_of_the_tax(office: Office) -> None:
    company_id = await issuer(office)
    document_id = await approved(
        office, company_id, await customer(office, company_id), lines=(line("1000", "S21R52"),)
    )

    found = await record(office, document_id)

    assert (found.type, found.tax_total, found.total) == ("F1", Decimal("262.00"), Decimal("1262.00"))
    assert said(found, "CuotaRecargoEquivalencia") == ["52.00"]


async def test_treatments_follow_the_tax_codes(office: Office) -> None:
    company_id = await issuer(office)
    contact_id = await customer(office, company_id)
    expected = {
        "S_REVERSE": "S2",
        "S_IC_GOODS": "E5",
        "S_IC_SERVICES": "N2",
        "S_IC_TRIANGULAR": "N2",
        "S_EXPORT": "E2",
        "S_EXEMPT": "E1",
        "S_EXEMPT_21": "E2",
        "S_EXEMPT_22": "E3",
        "S_EXEMPT_24": "E4",
        "S_EXEMPT_OTHER": "E6",
    }

    for code, treatment in expected.items():
        found = await record(
            office, await approved(office, company_id, contact_id, lines=(line("100", code),))
        )

        assert said(found, "CalificacionOperacion") + said(found, "OperacionExenta") == [treatment]
        # Under the general regime the agency refuses E2 and E3 (its error 1199).
        assert said(found, "ClaveRegimen") == ["02" if treatment in {"E2", "E3"} else "01"]
        assert (found.tax_total, found.total) == (Decimal("0.00"), Decimal("100.00"))


async def test_a_credit_note_names_what_it_rectifies(office: Office) -> None:
    company_id = await issuer(office)
    contact_id = await customer(office, company_id)
    original = await approved(office, company_id, contact_id)
    document_id = await approved(
        office,
        company_id,
        contact_id,
        lines=(line("100", "S21", "-1"),),
        rectifies_id=original,
        rectification_reason="Returned",
        rectification_method="I",
    )

    found = await record(office, document_id)

    assert (found.type, found.tax_total, found.total) == ("R1", Decimal("-21.00"), Decimal("-121.00"))
    assert said(found, "TipoRectificativa") == ["I"]
    assert said(found, "NumSerieFactura")[1] == (await record(office, original)).number


async def test_another_currency_is_recorded_in_euros(office: Office) -> None:
    company_id = await issuer(office)
    document_id = await approved(
        office,
        company_id,
        await customer(office, company_id),
        currency="USD",
        exchange_rate=Decimal("0.9"),
        lines=(line("100", "S21"),),
    )

    found = await record(office, document_id)

    assert (found.tax_total, found.total) == (Decimal("18.90"), Decimal("108.90"))


async def test_a_simplified_invoice_that_says_all_of_its_customer_is_a_full_one(office: Office) -> None:
    company_id = await issuer(office)
    contact_id = await customer(office, company_id)
    document_id = await approved(office, company_id, contact_id, is_simplified=True)
    back = await rectify(office, document_id)

    found, corrected = await record(office, document_id), await record(office, back)

    assert (found.type, corrected.type) == ("F1", "R1")
    assert said(found, "FacturaSimplificadaArt7273") == said(corrected, "FacturaSimplificadaArt7273") == ["S"]
    assert said(found, "NIF")[0] == "B28015865"


async def test_an_export_to_somebody_without_tax_id_names_nobody(office: Office) -> None:
    company_id = await issuer(office)
    abroad = await contact(office, company_id, "Breeze Inc", country="US", address="1 High Street")
    document_id = await approved(office, company_id, abroad, lines=(line("5000", "S_EXPORT"),))

    found = await record(office, document_id)

    assert (found.type, said(found, "FacturaSinIdentifDestinatarioArt61d")) == ("F2", ["S"])
    assert (await record(office, await rectify(office, document_id))).type == "R5"
