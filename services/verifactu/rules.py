"""What a record says and how it is hashed, without a database.

Sources: order HAC/1177/2024 with its annex, and the agency's "Detalle de las especificaciones técnicas para generación
de la huella" (version 0.1.2), whose three published examples are tests.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import ClassVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from services.kit.errors import Refused
from services.kit.money import ZERO, total

ZONE = ZoneInfo("Europe/Madrid")
"""The zone that instants of records are written in."""

NUMBER_LENGTH_MAX = 60
DESCRIPTION_LENGTH_MAX = 500
NAME_LENGTH_MAX = 120
FOREIGN_ID_LENGTH_MAX = 20

VALIDATION_HOST = "https://www2.agenciatributaria.gob.es"
VALIDATION_HOST_OF_TESTS = "https://prewww2.aeat.es"


class InvoiceType(StrEnum):
    """Key list L2: F1 full, F2 simplified, F3 in place of simplified ones, R1 to R5 rectifying.

    R1 is art. 80.1, 80.2 and 80.6 LIVA (returns, discounts, errors founded in law), R2 art. 80.3 (insolvency), R3
    art. 80.4 (bad debts), R4 the rest, R5 rectifies an F2. The list goes by whether the customer is identified: a
    simplified invoice that says all of its customer (RD 1619/2012 art. 7.2, 7.3) is an F1, and a full one whose
    customer needs no tax id (art. 6.1 d) an F2.
    """

    F1 = "F1"
    F2 = "F2"
    F3 = "F3"
    R1 = "R1"
    R2 = "R2"
    R3 = "R3"
    R4 = "R4"
    R5 = "R5"

    @property
    def is_rectifying(self) -> bool:
        """Whether it names the invoices it corrects."""
        return self.value.startswith("R")

    @property
    def names_recipient(self) -> bool:
        """Whether a recipient stands on it: F2 and R5 have none."""
        return self not in {InvoiceType.F2, InvoiceType.R5}


class Treatment(StrEnum):
    """How VAT treats a line of the breakdown: key lists L9 (S1, S2, N1, N2) and L10 (E1 to E6).

    S1 taxed, S2 taxed with reverse charge, N1 not subject (art. 7, 14), N2 not subject by the place of supply; exempt
    by art. 20 (E1), 21 (E2), 22 (E3), 24 (E4), 25 (E5) or another (E6).
    """

    S1 = "S1"
    S2 = "S2"
    N1 = "N1"
    N2 = "N2"
    E1 = "E1"
    E2 = "E2"
    E3 = "E3"
    E4 = "E4"
    E5 = "E5"
    E6 = "E6"

    @property
    def is_exempt(self) -> bool:
        """Whether it goes into OperacionExenta."""
        return self.value.startswith("E")


class TerritoryNotSupported(Refused):
    """The issuer owes its invoices to another tax office, whose records (TicketBAI and its kin) are not made here."""

    code: ClassVar[str] = "TERRITORY_NOT_SUPPORTED"
    sentence: ClassVar[str] = (
        "Invoices of companies in the Basque Country and Navarre need the records of their own tax offices"
        " (TicketBAI); Atrio does not make them, so this invoice cannot be issued here."
    )


class NumberNotRecordable(Refused):
    """A number that the record's layout cannot hold (printable ASCII, at most 60 signs)."""

    code: ClassVar[str] = "NUMBER_NOT_RECORDABLE"
    sentence: ClassVar[str] = (
        "The invoice number {number} cannot be put on record; use letters, digits and - / only."
    )


@dataclass(frozen=True, kw_only=True)
class PartyOnRecord:
    """Who issues or receives. `country` is ISO 3166-1 alpha-2; `tax_id` empty where there is none."""

    name: str
    tax_id: str = ""
    country: str = "ES"


@dataclass(frozen=True, kw_only=True)
class TaxOnRecord:
    """One line of the breakdown, in EUR and signed. `rate` and `surcharge_rate` in per cent."""

    treatment: Treatment
    rate: Decimal
    base: Decimal
    quota: Decimal
    surcharge_rate: Decimal = ZERO
    surcharge: Decimal = ZERO


@dataclass(frozen=True, kw_only=True)
class InvoiceNamed:
    """Another invoice of the same issuer, named by a rectifying one or one in its place; its totals matter for S."""

    number: str
    issued_on: date
    base: Decimal = ZERO
    quota: Decimal = ZERO
    surcharge: Decimal = ZERO


@dataclass(frozen=True, kw_only=True)
class RecordedInvoice:
    """What is put on record of an invoice. `rectification` is S (by substitution) or I (by differences).

    `is_simplified` is what the paper says; see InvoiceType for what that is on record.
    """

    issuer: PartyOnRecord
    number: str
    issued_on: date
    type: InvoiceType
    taxes: tuple[TaxOnRecord, ...]
    description: str
    recipient: PartyOnRecord | None = None
    operated_on: date | None = None
    is_simplified: bool = False
    rectification: str | None = None
    rectified: tuple[InvoiceNamed, ...] = ()
    substituted: tuple[InvoiceNamed, ...] = ()

    @property
    def tax_total(self) -> Decimal:
        """CuotaTotal: quotas that are charged and surcharges. What the buyer owes itself (S2) is not in it."""
        return total(tax.quota + tax.surcharge for tax in self.taxes if tax.treatment is Treatment.S1)

    @property
    def total(self) -> Decimal:
        """ImporteTotal: bases and CuotaTotal, as the agency checks it (validations of the record, v. 1.1).

        A withholding reduces what is paid, not this; outlays in the customer's name (LIVA art. 78.Tres.3) are paid
        beside it, have no line in the breakdown, and so would make the sum disagree.
        """
        return total(tax.base for tax in self.taxes) + self.tax_total


@dataclass(frozen=True, kw_only=True)
class Link:
    """Where a record hangs: the record before it, or nothing for the first of a chain."""

    hash: str = ""
    issuer_tax_id: str = ""
    number: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class BillingSystem:
    """The program that makes the record, as its responsible declaration names it."""

    maker_name: str
    maker_tax_id: str
    version: str
    installation: str
    name: str = "Atrio"
    id: str = "AT"


@dataclass(frozen=True, kw_only=True)
class HashedRecord:
    """What the hash of a record is made of. `type`, `tax_total` and `total` are None for a cancellation."""

    issuer_tax_id: str
    number: str
    issued_on: date
    previous_hash: str
    recorded_at: datetime
    type: str | None = None
    tax_total: Decimal | None = None
    total: Decimal | None = None


def issue_hash(record: HashedRecord) -> str:
    """This will give the hash of an issue: SHA-256 over UTF-8, in capital hexadecimal digits."""
    assert record.tax_total is not None
    assert record.total is not None
    return _hash(
        IDEmisorFactura=record.issuer_tax_id,
        NumSerieFactura=record.number,
        FechaExpedicionFactura=date_text(record.issued_on),
        TipoFactura=record.type or "",
        CuotaTotal=amount_text(record.tax_total),
        ImporteTotal=amount_text(record.total),
        Huella=record.previous_hash,
        FechaHoraHusoGenRegistro=instant_text(record.recorded_at),
    )


def cancellation_hash(record: HashedRecord) -> str:
    """This will give the hash of a cancellation."""
    return _hash(
        IDEmisorFacturaAnulada=record.issuer_tax_id,
        NumSerieFacturaAnulada=record.number,
        FechaExpedicionFacturaAnulada=date_text(record.issued_on),
        Huella=record.previous_hash,
        FechaHoraHusoGenRegistro=instant_text(record.recorded_at),
    )


def _hash(**parts: str) -> str:
    """Values are trimmed; an empty one keeps its `=`."""
    hashed = "&".join(f"{name}={value.strip()}" for name, value in parts.items())
    return sha256(hashed.encode()).hexdigest().upper()


def amount_text(amount: Decimal) -> str:
    """This will write an amount as it stands in the XML and therefore in the hash: 12.35, -0.50."""
    return f"{amount:.2f}"


def date_text(day: date) -> str:
    """This will write a day as records do: 31-12-2026."""
    return f"{day:%d-%m-%Y}"


def instant_text(at: datetime) -> str:
    """This will write an aware instant in Madrid's time with its offset: 2026-11-21T19:20:30+01:00."""
    return at.astimezone(ZONE).isoformat(timespec="seconds")


def record_tax_id(text: str) -> str:
    """This will clean a Spanish tax id as it stands in records: capitals, no blanks, no ES before it."""
    cleaned = "".join(sign for sign in text.upper() if sign.isalnum())
    return cleaned.removeprefix("ES") if len(cleaned) > len("B12345678") else cleaned


def check_number(number: str) -> None:
    """This will refuse a number that the layout cannot hold, raising NumberNotRecordable."""
    fits = number.isascii() and number.isprintable() and 1 <= len(number) <= NUMBER_LENGTH_MAX
    # The layout forbids these five: ", ', <, >, =.
    if not fits or set(number) & set("\"'<>="):
        raise NumberNotRecordable(number=number)


FORAL_POSTCODES = {"01": "ALAVA", "20": "GIPUZKOA", "48": "BIZKAIA", "31": "NAVARRE"}
"""The first two digits of a Spanish postcode name the province; these four have tax offices of their own."""

_FORAL_NAMES = {
    "alava": "ALAVA",
    "álava": "ALAVA",
    "araba": "ALAVA",
    "araba/álava": "ALAVA",
    "gipuzkoa": "GIPUZKOA",
    "guipúzcoa": "GIPUZKOA",
    "guipuzcoa": "GIPUZKOA",
    "bizkaia": "BIZKAIA",
    "vizcaya": "BIZKAIA",
    "navarra": "NAVARRE",
    "nafarroa": "NAVARRE",
}


def foral_territory(*, country: str, postcode: str, province: str) -> str | None:
    """This will name the territory with a tax office of its own that an address lies in; None for the common one.

    The tax address decides (Concierto Económico, Convenio Económico); the postcode goes before the province's name.
    """
    if country != "ES":
        return None
    if len(postcode) >= len("01"):
        return FORAL_POSTCODES.get(postcode[:2])
    return _FORAL_NAMES.get(province.strip().lower())


def validation_url(
    *, tax_id: str, number: str, issued_on: date, total: Decimal, sends: bool, on_tests: bool = False
) -> str:
    """This will give what the QR code of an invoice holds: where its reader can compare it with the agency's records.

    `sends`: records are sent to the agency (VERI*FACTU). `on_tests`: the agency's host for tests. Source: order
    HAC/1177/2024 art. 20 and 21, "Características del QR", version 0.4.7.
    """
    host = VALIDATION_HOST_OF_TESTS if on_tests else VALIDATION_HOST
    page = "ValidarQR" if sends else "ValidarQRNoVerifactu"
    asked = {"nif": tax_id, "numserie": number, "fecha": date_text(issued_on), "importe": amount_text(total)}
    return f"{host}/wlpl/TIKE-CONT/{page}?{urlencode(asked)}"
