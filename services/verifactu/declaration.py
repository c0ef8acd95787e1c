"""The responsible declaration of this billing system (RD 1007/2023 art. 13, order HAC/1177/2024 art. 15).

The law wants it visible in the program. Whoever supplies the program declares, not its authors: name and address are
settings, and until nothing is missing the text says that nothing is declared. It is in Spanish, as the law's.
"""

from dataclasses import dataclass
from enum import StrEnum

from services.kit.settings import Settings
from services.verifactu.rules import BillingSystem

SYSTEM_VERSION = "1"
"""Of the part of the program that makes records."""


COMPONENTS = (
    "Servidor web con base de datos PostgreSQL y dos aplicaciones de navegador: la del despacho y la de sus clientes."
    " Expide facturas completas, simplificadas y rectificativas, genera al expedirlas su registro de facturación"
    " encadenado por huella SHA-256 y su código QR, comprueba la cadena y exporta los registros."
)


class Gap(StrEnum):
    """What a declaration still lacks. The law asks for the last two where records are not sent to the agency."""

    MAKER_TAX_ID = "MAKER_TAX_ID"
    MAKER_ADDRESS = "MAKER_ADDRESS"
    SIGNING = "SIGNING"
    SIGNED_RECORDS = "SIGNED_RECORDS"
    EVENT_LOG = "EVENT_LOG"


@dataclass(frozen=True, slots=True)
class Part:
    """A letter of art. 15.1 of the order with what it asks for and the answer."""

    letter: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """The whole text, and what is missing before anybody can declare it."""

    parts: tuple[Part, ...]
    gaps: tuple[Gap, ...]


def billing_system(settings: Settings) -> BillingSystem:
    """This will name the program as every record names it."""
    return BillingSystem(
        maker_name=settings.maker_name,
        maker_tax_id=settings.maker_tax_id,
        version=SYSTEM_VERSION,
        installation=settings.installation,
    )


def declaration(settings: Settings) -> Declaration:
    """This will write the declaration of an installation."""
    system = billing_system(settings)
    gaps = tuple(_gaps(settings))
    missing = "(sin indicar)"
    said = (
        ("Nombre del sistema informático", system.name),
        ("Código identificador", system.id),
        ("Identificador completo de la versión", system.version),
        (
            "Componentes y funcionalidades",
            COMPONENTS,
        ),
        ("Funciona exclusivamente como «VERI*FACTU»", "No."),
        ("Permite facturar a varios obligados tributarios", "Sí: cada uno con su cadena de registros."),
        (
            "Firma de los registros de facturación y de evento",
            "No procede: los registros se remiten a la Agencia Tributaria."
            if settings.invoice_records_sent
            else "Ninguna: esta versión no firma los registros ni lleva el registro de eventos.",
        ),
        ("Productor del sistema informático", system.maker_name),
        ("NIF del productor", system.maker_tax_id or missing),
        ("Dirección postal del productor", settings.maker_address or missing),
        ("Declaración", _statement(system, gaps)),
        ("Lugar y fecha", settings.maker_declared or missing),
    )
    parts = (
        Part(letter, heading, text) for letter, (heading, text) in zip("abcdefghijkl", said, strict=True)
    )
    return Declaration(tuple(parts), gaps)


def _gaps(settings: Settings) -> list[Gap]:
    lacks = {
        Gap.MAKER_TAX_ID: not settings.maker_tax_id,
        Gap.MAKER_ADDRESS: not settings.maker_address,
        Gap.SIGNING: not settings.maker_declared,
        Gap.SIGNED_RECORDS: not settings.invoice_records_sent,
        Gap.EVENT_LOG: not settings.invoice_records_sent,
    }
    return [gap for gap, is_lacking in lacks.items() if is_lacking]


def _statement(system: BillingSystem, gaps: tuple[Gap, ...]) -> str:
    if gaps:
        return "Nadie ha suscrito todavía la declaración responsable de esta instalación."
    return (
        f"{system.maker_name} hace constar que el sistema informático {system.name}, en su versión {system.version},"
        " cumple con lo dispuesto en el artículo 29.2.j) de la Ley 58/2003, de 17 de diciembre, General Tributaria, en"
        " el Reglamento aprobado por el Real Decreto 1007/2023, de 5 de diciembre, en la Orden HAC/1177/2024, de 17 de"
        " octubre, y en la sede electrónica de la Agencia Estatal de Administración Tributaria para todo aquello que"
        " complete las especificaciones de dicha orden."
    )
