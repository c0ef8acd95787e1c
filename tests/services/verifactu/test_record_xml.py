"""The record as XML: the names and the order of the published layout."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from lxml import etree

from services.verifactu.record_xml import NAMESPACE, cancellation_xml, issue_xml
from services.verifactu.rules import (
    BillingSystem,
    InvoiceNamed,
    InvoiceType,
    Link,
    PartyOnRecord,
    RecordedInvoice,
    TaxOnRecord,
    Treatment,
)

SYSTEM = BillingSystem(maker_name="Maker SL", maker_tax_id="B28015865", version="1", installation="1")
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ISSUER = PartyOnRecord(name="Fusteria Puig SL", tax_id="B65410011")
TAX = TaxOnRecord(treatment=Treatment.S1, rate=Decimal(21), base=Decimal("1000.00"), quota=Decimal("210.00"))


def written(link: Link | None = None, **fields: Any) -> Any:
    values: dict[str, Any] = {
        "issuer": ISSUER,
        "number": "FV26-000001",
        "issued_on": date(2026, 3, 2),
        "type": InvoiceType.F1,
        "taxes": (TAX,),
        "description": "Oak boards",
        "recipient": PartyOnRecord(name="Cafés Brisa SL", tax_id="ES B28015865"),
        **fields,
    }
    text = issue_xml(
        RecordedInvoice(**values), link=link or Link(), system=SYSTEM, recorded_at=AT, record_hash="A" * 64
    )
    return etree.fromstring(text)


def names(record: Any) -> list[str]:
    return [etree.QName(child).localname for child in record]


def path(names: str) -> str:
    return "/".join(f"{{{NAMESPACE}}}{name}" for name in names.split("/"))


def texts(record: Any, names: str) -> list[str]:
    return [found.text or "" for found in record.findall(path(names))]


class TestIssue:
    def test_has_the_elements_of_the_layout_in_its_order(self) -> None:
        record = written(operated_on=date(2026, 2, 28))

        assert names(record) == [
            "IDVersion",
            "IDFactura",
            "NombreRazonEmisor",
            "TipoFactura",
            "FechaOperacion",
            "DescripcionOperacion",
            "Destinatarios",
            "Desglose",
            "CuotaTotal",
            "ImporteTotal",
            "Encadenamiento",
            "SistemaInformatico",
            "FechaHoraHusoGenRegistro",
            "TipoHuella",
            "Huella",
        ]
        assert texts(record, "IDFactura/FechaExpedicionFactura") == ["02-03-2026"]
        assert texts(record, "FechaHoraHusoGenRegistro") == ["2026-03-02T10:00:00+01:00"]
        assert texts(record, "Destinatarios/IDDestinatario/NIF") == ["B28015865"]
        assert texts(record, "Encadenamiento/PrimerRegistro") == ["S"]

    def test_breaks_the_tax_down_by_treatment(self) -> None:
        surcharged = TaxOnRecord(
            treatment=Treatment.S1,
            rate=Decimal(21),
            base=Decimal("1000.00"),
            quota=Decimal("210.00"),
            surcharge_rate=Decimal("5.2"),
            surcharge=Decimal("52.00"),
        )
        reversed_tax = TaxOnRecord(
            treatment=Treatment.S2, rate=Decimal(21), base=Decimal("500.00"), quota=Decimal("105.00")
        )
        exempt = TaxOnRecord(
            treatment=Treatment.E2, rate=Decimal(0), base=Decimal("70.00"), quota=Decimal("0.00")
        )

        record = written(taxes=(surcharged, reversed_tax, exempt))
        lines = record.findall(f"{{{NAMESPACE}}}Desglose/{{{NAMESPACE}}}DetalleDesglose")

        assert [[child.text for child in line] for line in lines] == [
            ["01", "01", "S1", "21.00", "1000.00", "210.00", "5.20", "52.00"],
            ["01", "01", "S2", "0.00", "500.00", "0.00"],
            ["01", "02", "E2", "70.00"],
        ]
        assert texts(record, "CuotaTotal") == ["262.00"]
        assert texts(record, "ImporteTotal") == ["1832.00"]

    def test_names_what_it_rectifies_and_the_amounts_it_replaces(self) -> None:
        original = InvoiceNamed(
            number="FV26-000001", issued_on=date(2026, 1, 2), base=Decimal(100), quota=Decimal(21)
        )

        record = written(type=InvoiceType.R1, rectification="S", rectified=(original,))

        assert names(record)[3:7] == [
            "TipoFactura",
            "TipoRectificativa",
            "FacturasRectificadas",
            "ImporteRectificacion",
        ]
        assert texts(record, "FacturasRectificadas/IDFacturaRectificada/NumSerieFactura") == ["FV26-000001"]
        assert texts(record, "ImporteRectificacion/BaseRectificada") == ["100.00"]

    def test_by_differences_names_no_replaced_amounts(self) -> None:
        original = InvoiceNamed(number="FV26-000001", issued_on=date(2026, 1, 2))

        record = written(type=InvoiceType.R1, rectification="I", rectified=(original,))

        assert "ImporteRectificacion" not in names(record)

    def test_of_a_simplified_invoice_names_nobody(self) -> None:
        record = written(type=InvoiceType.F2, is_simplified=True)

        assert "Destinatarios" not in names(record)
        assert "FacturaSinIdentifDestinatarioArt61d" not in names(record)

    def test_marks_what_the_list_of_kinds_hides(self) -> None:
        to_a_person = written(type=InvoiceType.F2, recipient=PartyOnRecord(name="Clara Vidal"))
        to_a_business = written(type=InvoiceType.F1, is_simplified=True)

        assert texts(to_a_person, "FacturaSinIdentifDestinatarioArt61d") == ["S"]
        assert "Destinatarios" not in names(to_a_person)
        assert texts(to_a_business, "FacturaSimplificadaArt7273") == ["S"]
        assert "Destinatarios" in names(to_a_business)

    def test_identifies_foreigners_by_their_vat_number_or_their_own_id(self) -> None:
        inside = written(recipient=PartyOnRecord(name="Brise SARL", tax_id="FR 40303265045", country="FR"))
        outside = written(recipient=PartyOnRecord(name="Breeze Inc", tax_id="12-345", country="US"))
        between = written(recipient=PartyOnRecord(name="Linen Ltd", tax_id="XI123456789", country="GB"))
        other = "Destinatarios/IDDestinatario/IDOtro"

        assert [[child.text for child in each.find(path(other))] for each in (inside, outside, between)] == [
            ["02", "FR40303265045"],
            ["US", "04", "12-345"],
            ["02", "XI123456789"],
        ]

    def test_hangs_on_the_record_before(self) -> None:
        link = Link(
            hash="B" * 64, issuer_tax_id="B65410011", number="FV26-000000", issued_on=date(2026, 3, 1)
        )

        record = written(link)

        assert texts(record, "Encadenamiento/RegistroAnterior/Huella") == ["B" * 64]
        assert texts(record, "Encadenamiento/RegistroAnterior/NumSerieFactura") == ["FV26-000000"]

    def test_keeps_names_in_any_script_and_drops_what_xml_cannot_hold(self) -> None:
        record = written(
            recipient=PartyOnRecord(name="مقهى النسيم ☕ & <Söhne>", tax_id="B28015865"),
            description="line one\x00\nline\ttwo",
        )

        assert texts(record, "Destinatarios/IDDestinatario/NombreRazon") == ["مقهى النسيم ☕ & <Söhne>"]
        assert texts(record, "DescripcionOperacion") == ["line one line two"]


def test_a_cancellation_names_the_invoice_and_the_link() -> None:
    text = cancellation_xml(
        issuer_tax_id="B65410011",
        number="FV26-000001",
        issued_on="02-03-2026",
        link=Link(hash="B" * 64, issuer_tax_id="B65410011", number="FV26-000001", issued_on=date(2026, 3, 2)),
        system=SYSTEM,
        recorded_at=AT,
        record_hash="A" * 64,
    )
    record = etree.fromstring(text)

    assert names(record) == [
        "IDVersion",
        "IDFactura",
        "Encadenamiento",
        "SistemaInformatico",
        "FechaHoraHusoGenRegistro",
        "TipoHuella",
        "Huella",
    ]
    assert texts(record, "IDFactura/NumSerieFacturaAnulada") == ["FV26-000001"]
