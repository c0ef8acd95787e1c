"""A record as XML text, in the order and with the names of the published layout.

Source: order HAC/1177/2024 annex and the agency's SuministroInformacion.xsd, IDVersion 1.0. The signature that the mode
without sending asks for is put on when records are handed over, and is not part of what is written here.
"""

from datetime import datetime
from typing import Any, TypeAlias

from lxml import etree

from services.kit.money import ZERO, total
from services.verifactu.rules import (
    DESCRIPTION_LENGTH_MAX,
    FOREIGN_ID_LENGTH_MAX,
    NAME_LENGTH_MAX,
    BillingSystem,
    InvoiceNamed,
    Link,
    PartyOnRecord,
    RecordedInvoice,
    TaxOnRecord,
    Treatment,
    amount_text,
    date_text,
    instant_text,
    record_tax_id,
)

NAMESPACE = (
    "https://www2.agenciatributaria.gob.es/static_files/common/internet/dep/aplicaciones/es/aeat/tike/cont/ws/"
    "SuministroInformacion.xsd"
)
LAYOUT_VERSION = "1.0"
SHA_256 = "01"
VAT = "01"
GENERAL_REGIME = "01"
EXPORT_REGIME = "02"

EU_COUNTRIES = frozenset(
    {
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
    }
    | {"MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)
NORTHERN_IRELAND = "XI"
VAT_NUMBER_ID = "02"
OTHER_COUNTRY_ID = "04"

_Element: TypeAlias = Any
"""An element of lxml, which ships no types."""


def issue_xml(
    invoice: RecordedInvoice, *, link: Link, system: BillingSystem, recorded_at: datetime, record_hash: str
) -> str:
    """This will write the element RegistroAlta of an issued invoice."""
    record = _record("RegistroAlta")
    named = _add(record, "IDFactura")
    _name_invoice(named, invoice.issuer.tax_id, invoice.number, date_text(invoice.issued_on))
    _add(record, "NombreRazonEmisor", invoice.issuer.name[:NAME_LENGTH_MAX])
    _add(record, "TipoFactura", invoice.type.value)
    _add_rectification(record, invoice)
    _add_simplified(record, invoice)
    if invoice.operated_on and invoice.operated_on != invoice.issued_on:
        _add(record, "FechaOperacion", date_text(invoice.operated_on))
    _add(record, "DescripcionOperacion", invoice.description[:DESCRIPTION_LENGTH_MAX])
    _add_marks(record, invoice)
    _add_recipient(record, invoice)
    breakdown = _add(record, "Desglose")
    for tax in invoice.taxes:
        _add_tax(breakdown, tax)
    _add(record, "CuotaTotal", amount_text(invoice.tax_total))
    _add(record, "ImporteTotal", amount_text(invoice.total))
    _close(record, link, system, recorded_at, record_hash)
    return _text(record)


def cancellation_xml(
    *,
    issuer_tax_id: str,
    number: str,
    issued_on: str,
    link: Link,
    system: BillingSystem,
    recorded_at: datetime,
    record_hash: str,
) -> str:
    """This will write the element RegistroAnulacion; `issued_on` as dd-mm-yyyy."""
    record = _record("RegistroAnulacion")
    named = _add(record, "IDFactura")
    _add(named, "IDEmisorFacturaAnulada", issuer_tax_id)
    _add(named, "NumSerieFacturaAnulada", number)
    _add(named, "FechaExpedicionFacturaAnulada", issued_on)
    _close(record, link, system, recorded_at, record_hash)
    return _text(record)


def _record(name: str) -> _Element:
    record = etree.Element(f"{{{NAMESPACE}}}{name}", nsmap={"sum1": NAMESPACE})
    _add(record, "IDVersion", LAYOUT_VERSION)
    return record


def _add(parent: _Element, name: str, text: str | None = None) -> _Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if text is not None:
        # Signs that XML cannot hold come from copied text; the layout wants one line.
        child.text = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return child


def _name_invoice(parent: _Element, tax_id: str, number: str, issued_on: str) -> None:
    _add(parent, "IDEmisorFactura", tax_id)
    _add(parent, "NumSerieFactura", number)
    _add(parent, "FechaExpedicionFactura", issued_on)


def _add_rectification(record: _Element, invoice: RecordedInvoice) -> None:
    if not invoice.type.is_rectifying:
        return
    by_substitution = invoice.rectification == "S"
    _add(record, "TipoRectificativa", "S" if by_substitution else "I")
    if not invoice.rectified:
        return
    rectified = _add(record, "FacturasRectificadas")
    for named in invoice.rectified:
        number = _add(rectified, "IDFacturaRectificada")
        _name_invoice(number, invoice.issuer.tax_id, named.number, date_text(named.issued_on))
    if by_substitution:
        _add_substituted(record, invoice.rectified)


def _add_simplified(record: _Element, invoice: RecordedInvoice) -> None:
    """The simplified invoices that a full one takes the place of (F3)."""
    if not invoice.substituted:
        return
    substituted = _add(record, "FacturasSustituidas")
    for named in invoice.substituted:
        number = _add(substituted, "IDFacturaSustituida")
        _name_invoice(number, invoice.issuer.tax_id, named.number, date_text(named.issued_on))


def _add_substituted(record: _Element, rectified: tuple[InvoiceNamed, ...]) -> None:
    amounts = _add(record, "ImporteRectificacion")
    _add(amounts, "BaseRectificada", amount_text(total(named.base for named in rectified)))
    _add(amounts, "CuotaRectificada", amount_text(total(named.quota for named in rectified)))
    surcharge = total(named.surcharge for named in rectified)
    if surcharge:
        _add(amounts, "CuotaRecargoRectificado", amount_text(surcharge))


def _add_marks(record: _Element, invoice: RecordedInvoice) -> None:
    """A simplified invoice that names its customer is recorded as a full one, a full one that need not as the other."""
    if invoice.is_simplified and invoice.type.names_recipient:
        _add(record, "FacturaSimplificadaArt7273", "S")
    if not invoice.is_simplified and not invoice.type.names_recipient:
        _add(record, "FacturaSinIdentifDestinatarioArt61d", "S")


def _add_recipient(record: _Element, invoice: RecordedInvoice) -> None:
    recipient = invoice.recipient
    if not invoice.type.names_recipient or recipient is None:
        return
    party = _add(_add(record, "Destinatarios"), "IDDestinatario")
    _add(party, "NombreRazon", recipient.name[:NAME_LENGTH_MAX])
    if recipient.country == "ES":
        _add(party, "NIF", record_tax_id(recipient.tax_id))
    else:
        _add_foreign_id(party, recipient)


def _add_foreign_id(party: _Element, recipient: PartyOnRecord) -> None:
    """A VAT number says its country itself; the agency takes no other beside it, and Greece's EL is not in its list."""
    other = _add(party, "IDOtro")
    number = "".join(recipient.tax_id.split()).upper()
    has_vat_number = recipient.country in EU_COUNTRIES or number.startswith(NORTHERN_IRELAND)
    if not has_vat_number:
        _add(other, "CodigoPais", recipient.country)
    _add(other, "IDType", VAT_NUMBER_ID if has_vat_number else OTHER_COUNTRY_ID)
    _add(other, "ID", number[:FOREIGN_ID_LENGTH_MAX])


def _add_tax(breakdown: _Element, tax: TaxOnRecord) -> None:
    line = _add(breakdown, "DetalleDesglose")
    _add(line, "Impuesto", VAT)
    # The general regime takes neither E2 nor E3 (error 1199 of the record's list).
    is_export = tax.treatment in {Treatment.E2, Treatment.E3}
    _add(line, "ClaveRegimen", EXPORT_REGIME if is_export else GENERAL_REGIME)
    name = "OperacionExenta" if tax.treatment.is_exempt else "CalificacionOperacion"
    _add(line, name, tax.treatment.value)
    is_subject = tax.treatment in {Treatment.S1, Treatment.S2}
    is_charged = tax.treatment is Treatment.S1
    if is_subject:
        _add(line, "TipoImpositivo", amount_text(tax.rate if is_charged else ZERO))
    _add(line, "BaseImponibleOimporteNoSujeto", amount_text(tax.base))
    if is_subject:
        _add(line, "CuotaRepercutida", amount_text(tax.quota if is_charged else ZERO))
    if is_charged and tax.surcharge_rate:
        _add(line, "TipoRecargoEquivalencia", amount_text(tax.surcharge_rate))
        _add(line, "CuotaRecargoEquivalencia", amount_text(tax.surcharge))


def _close(
    record: _Element, link: Link, system: BillingSystem, recorded_at: datetime, record_hash: str
) -> None:
    """What both kinds of record end with: the link, the program, the instant, the hash."""
    chain = _add(record, "Encadenamiento")
    if link.issued_on is None:
        _add(chain, "PrimerRegistro", "S")
    else:
        before = _add(chain, "RegistroAnterior")
        _name_invoice(before, link.issuer_tax_id, link.number, date_text(link.issued_on))
        _add(before, "Huella", link.hash)
    _add_system(record, system)
    _add(record, "FechaHoraHusoGenRegistro", instant_text(recorded_at))
    _add(record, "TipoHuella", SHA_256)
    _add(record, "Huella", record_hash)


def _add_system(record: _Element, system: BillingSystem) -> None:
    program = _add(record, "SistemaInformatico")
    _add(program, "NombreRazon", system.maker_name)
    _add(program, "NIF", system.maker_tax_id)
    _add(program, "NombreSistemaInformatico", system.name)
    _add(program, "IdSistemaInformatico", system.id)
    _add(program, "Version", system.version)
    _add(program, "NumeroInstalacion", system.installation)
    # It can keep records without sending them, and one installation serves many issuers.
    _add(program, "TipoUsoPosibleSoloVerifactu", "N")
    _add(program, "TipoUsoPosibleMultiOT", "S")
    _add(program, "IndicadorMultiplesOT", "S")


def _text(record: _Element) -> str:
    text: str = etree.tostring(record, encoding="unicode")
    return text
