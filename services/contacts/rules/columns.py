"""Which column of a list of contacts is which: headers in Spanish, Catalan, English and Swedish."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from services.kit.search import search_text


class ImportField(StrEnum):
    """What a column of a list can hold."""

    NAME = "NAME"
    TRADE_NAME = "TRADE_NAME"
    TAX_ID = "TAX_ID"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    ADDRESS = "ADDRESS"
    POSTCODE = "POSTCODE"
    CITY = "CITY"
    PROVINCE = "PROVINCE"
    COUNTRY = "COUNTRY"
    LANGUAGE = "LANGUAGE"
    KIND = "KIND"
    IBAN = "IBAN"
    TERMS_DAYS = "TERMS_DAYS"
    PAY_DAYS = "PAY_DAYS"
    PAYMENT_METHOD = "PAYMENT_METHOD"
    INCOME_ACCOUNT = "INCOME_ACCOUNT"
    EXPENSE_ACCOUNT = "EXPENSE_ACCOUNT"
    TAGS = "TAGS"
    NOTES = "NOTES"


HEADERS: Mapping[ImportField, tuple[str, ...]] = {
    ImportField.NAME: (
        *(
            "nombre",
            "razon social",
            "nombre fiscal",
            "denominacion social",
            "denominacion",
            "nombre o razon social",
        ),
        *(
            "nombre y apellidos",
            "nombre del contacto",
            "nombre del cliente",
            "nombre del proveedor",
            "cliente",
        ),
        *(
            "proveedor",
            "contacto",
            "titular",
            "nom",
            "rao social",
            "nom fiscal",
            "nom o rao social",
            "nom i cognoms",
        ),
        *(
            "client",
            "proveidor",
            "contacte",
            "name",
            "business name",
            "company",
            "company name",
            "legal name",
        ),
        *(
            "full name",
            "customer",
            "supplier",
            "contact",
            "namn",
            "foretag",
            "foretagsnamn",
            "kund",
            "leverantor",
        ),
        *("kontakt", "customer name", "supplier name", "kundnamn"),
    ),
    ImportField.TRADE_NAME: (
        *("nombre comercial", "marca", "nom comercial", "trade name", "trading name", "brand", "handelsnamn"),
        "firmanamn",
    ),
    ImportField.TAX_ID: (
        *(
            "nif",
            "cif",
            "dni",
            "nie",
            "vat",
            "nif cif",
            "cif nif",
            "nif iva",
            "cif dni",
            "dni nif",
            "nif cif nie",
        ),
        *("identificacion fiscal", "numero de identificacion fiscal", "id fiscal", "identificador fiscal"),
        *(
            "documento",
            "identificacio fiscal",
            "numero d identificacio fiscal",
            "tax id",
            "tax number",
            "vat number",
        ),
        *(
            "vat id",
            "vat no",
            "tax identification number",
            "organisationsnummer",
            "org nr",
            "orgnr",
            "momsnummer",
        ),
        *("momsregistreringsnummer", "skattenummer", "vat nummer", "personnummer"),
    ),
    ImportField.EMAIL: (
        *(
            "email",
            "e mail",
            "correo",
            "correo electronico",
            "mail",
            "correu",
            "correu electronic",
            "adreca electronica",
        ),
        *("email address", "e post", "epost", "e postadress", "epostadress"),
    ),
    ImportField.PHONE: (
        *(
            "telefono",
            "tel",
            "tlf",
            "movil",
            "telefono movil",
            "telefon",
            "mobil",
            "phone",
            "telephone",
            "mobile",
        ),
        *("phone number", "telefonnummer", "mobilnummer"),
    ),
    ImportField.ADDRESS: (
        *(
            "direccion",
            "domicilio",
            "calle",
            "direccion fiscal",
            "domicilio fiscal",
            "adreca",
            "carrer",
            "domicili",
        ),
        *(
            "adreca fiscal",
            "address",
            "street",
            "street address",
            "adress",
            "gatuadress",
            "gata",
            "address line 1",
        ),
    ),
    ImportField.POSTCODE: (
        *(
            "codigo postal",
            "cp",
            "c p",
            "cod postal",
            "codi postal",
            "postcode",
            "postal code",
            "zip",
            "zip code",
        ),
        *("postnummer", "postnr"),
    ),
    ImportField.CITY: (
        *(
            "poblacion",
            "ciudad",
            "municipio",
            "localidad",
            "poblacio",
            "ciutat",
            "municipi",
            "localitat",
            "city",
        ),
        *("town", "ort", "postort", "stad"),
    ),
    ImportField.PROVINCE: (
        "provincia",
        "province",
        "state",
        "region",
        "county",
        "lan",
        "landskap",
        "comunidad",
    ),
    ImportField.COUNTRY: ("pais", "codigo pais", "codi pais", "country", "country code", "land", "landskod"),
    ImportField.LANGUAGE: ("idioma", "lengua", "llengua", "language", "sprak"),
    ImportField.KIND: (
        *(
            "tipo",
            "tipo de contacto",
            "clase",
            "tipus",
            "tipus de contacte",
            "type",
            "kind",
            "contact type",
            "typ",
        ),
        "kontakttyp",
    ),
    ImportField.IBAN: (
        *("iban", "cuenta", "cuenta bancaria", "numero de cuenta", "ccc", "compte", "compte bancari"),
        *("bank account", "account number", "bankkonto", "kontonummer"),
    ),
    ImportField.TERMS_DAYS: (
        *("dias de pago", "plazo", "plazo de pago", "vencimiento", "dias vencimiento", "condiciones de pago"),
        *("dies de pagament", "termini", "termini de pagament", "venciment", "condicions de pagament"),
        *("payment terms", "payment days", "terms", "days", "due days", "net days", "betalningsvillkor"),
        *("betalningsdagar", "kredittid"),
    ),
    ImportField.PAY_DAYS: (
        *("dias fijos de pago", "dia fijo de pago", "dias fijos", "dia de pago", "dies fixos de pagament"),
        *("dia de pagament", "fixed pay days", "pay days", "pay day", "fasta betalningsdagar"),
    ),
    ImportField.PAYMENT_METHOD: (
        *("forma de pago", "metodo de pago", "medio de pago", "forma de pagament", "metode de pagament"),
        *("payment method", "method of payment", "betalningssatt", "betalningsmetod"),
    ),
    ImportField.INCOME_ACCOUNT: (
        *(
            "cuenta de ventas",
            "cuenta de ingresos",
            "cuenta ventas",
            "compte de vendes",
            "compte d ingressos",
        ),
        *("income account", "sales account", "intaktskonto", "forsaljningskonto"),
    ),
    ImportField.EXPENSE_ACCOUNT: (
        *("cuenta de compras", "cuenta de gastos", "cuenta gasto", "compte de compres", "compte de despeses"),
        *("expense account", "purchases account", "cost account", "kostnadskonto", "inkopskonto"),
    ),
    ImportField.TAGS: (
        "etiquetas",
        "etiqueta",
        "categoria",
        "etiquetes",
        "tags",
        "tag",
        "labels",
        "etiketter",
        "etikett",
    ),
    ImportField.NOTES: (
        *(
            "notas",
            "nota",
            "observaciones",
            "comentarios",
            "notes",
            "observacions",
            "comentaris",
            "note",
            "remarks",
        ),
        *("comments", "anteckningar", "anteckning", "kommentar"),
    ),
}
"""Headers as people and other programs write them, in lower case, without accents and signs."""

_SIGNS = re.compile(r"[^a-z0-9]+")
_BY_HEADER = {words: field for field, all_words in HEADERS.items() for words in all_words}


def plain_header(header: str) -> str:
    """A header without accents, case and signs: "C.I.F./N.I.F. (*)" -> "cif nif"."""
    folded = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", search_text(header).replace("·", ""))
    return " ".join(_SIGNS.sub(" ", folded).split())


def guessed_columns(headers: Sequence[str]) -> dict[int, ImportField]:
    """This will say what each column holds, by its place from 0, where the header tells; each field once.

    A header that is known word by word wins over one that only begins with a known one ("Nombre fiscal completo").
    """
    plain = [plain_header(header) for header in headers]
    found: dict[int, ImportField] = {}
    for place, words in enumerate(plain):
        field = _BY_HEADER.get(words)
        if field is not None and field not in found.values():
            found[place] = field
    for place, words in enumerate(plain):
        if place in found or not words:
            continue
        known = [key for key in _BY_HEADER if words.startswith(f"{key} ") or words.endswith(f" {key}")]
        field = _BY_HEADER[max(known, key=len)] if known else None
        if field is not None and field not in found.values():
            found[place] = field
    return found
