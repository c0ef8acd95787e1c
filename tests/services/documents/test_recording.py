"""What goes on record of every kind of invoice: types, treatments, amounts in euros, what is rectified."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from lxml import etree
from sqlalchemy import text

from services.documents.interface import NewLine
from services.verifactu.record_xml import NAMESPACE
from tests.support.builders.documents import approved, customer, issuer
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
        "S_EXPORT": "E2",
        "S_EXEMPT": "E1",
    }

    for code, treatment in expected.items():
        found = await record(
            office, await approved(office, company_id, contact_id, lines=(line("100", code),))
        )

        assert said(found, "CalificacionOperacion") + said(found, "OperacionExenta") == [treatment]
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
