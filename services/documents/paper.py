"""What a commercial document says on paper: frozen text and figures, without a database or a layout.

A document prints the same whoever asks and whatever changed in the contact book since.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from services.documents.rules.amounts import DocumentTotals
from services.documents.rules.kinds import DocumentKind, VatRegime
from services.documents.rules.tax_codes import TaxLegend
from services.kit.money import ZERO

COLOR_DEFAULT = "#1f4e5f"
ONE = Decimal(1)


@dataclass(frozen=True, kw_only=True)
class PartyForPrint:
    """A side of the document. `country` is a name in the reader's language, empty where both share one.

    `registry` is the entry in the trade register, printed at the foot of the issuer's pages.
    """

    name: str
    tax_id: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    province: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    registry: str = ""

    @property
    def address_lines(self) -> list[str]:
        """Street, then postcode and town with the province if it is another name, then country."""
        town = " ".join(part for part in (self.postcode, self.city) if part)
        if self.province and self.province != self.city:
            town = f"{town} ({self.province})" if town else self.province
        return [line for line in (self.address, town, self.country) if line]


@dataclass(frozen=True, kw_only=True)
class LineForPrint:
    """A line as issued. `unit_price` is without VAT and before the discount, `base` after it.

    `legend` is why no VAT is charged on it; None where it is.
    """

    description: str
    quantity: Decimal
    unit_price: Decimal
    base: Decimal
    tax_rate: Decimal
    discount_percent: Decimal = ZERO
    legend: TaxLegend | None = None


@dataclass(frozen=True, kw_only=True)
class PaymentForPrint:
    """How to pay. `method` is a method of a contact's card; empty means a transfer when there is an IBAN."""

    method: str = ""
    iban: str = ""
    bic: str = ""


@dataclass(frozen=True, kw_only=True)
class InstalmentForPrint:
    """A part of the total and the day it is due."""

    due_on: date
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class RectifiedForPrint:
    """What a rectification by substitution changed: the total of the `first`, and how much the others differ."""

    first: Decimal
    base: Decimal
    tax: Decimal
    total: Decimal


@dataclass(frozen=True, kw_only=True)
class QrForPrint:
    """The code of an issued invoice. `is_sent`: its record goes to the tax agency (VERI*FACTU)."""

    url: str
    is_sent: bool = False


@dataclass(frozen=True, kw_only=True)
class BrandingForPrint:
    """The issuer's look. `color` is #RRGGBB, dark enough for white letters; `logo` PNG or JPEG up to 1 MiB.

    `footer` stands at the foot of every page.
    """

    color: str = COLOR_DEFAULT
    logo: bytes | None = None
    footer: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentForPrint:
    """Everything a printed document says. `number` is None for a draft, which is marked as such.

    `recipient` is None on a simplified invoice only. `rectifies` names the invoice that a rectifying one corrects,
    `rectification_method` is S or I: by I the amounts are differences, as a rule negative; by S the whole anew, and
    `rectified` has the differences (RD 1619/2012 art. 15.5).
    `due_on` is the last day of validity on an estimate. `exemption_article` belongs to the regime EXEMPT.
    `voided_on` marks an invoice that was issued by mistake.
    `exchange_rate` is what one unit of the currency is in EUR: an invoice in another currency must say its VAT in EUR
    (RD 1619/2012 art. 12).
    """

    kind: DocumentKind
    number: str | None
    issued_on: date
    issuer: PartyForPrint
    recipient: PartyForPrint | None
    lines: Sequence[LineForPrint]
    totals: DocumentTotals
    currency: str = "EUR"
    locale: str = "es"
    operated_on: date | None = None
    due_on: date | None = None
    regime: VatRegime = VatRegime.DOMESTIC
    exemption_article: str = "20"
    withholding_rate: Decimal = ZERO
    rectifies: str = ""
    rectified: RectifiedForPrint | None = None
    substitutes: str = ""
    rectification_reason: str = ""
    rectification_method: str = ""
    rectification_cause: str = ""
    is_simplified: bool = False
    voided_on: date | None = None
    exchange_rate: Decimal = ONE
    instalments: Sequence[InstalmentForPrint] = ()
    qr: QrForPrint | None = None
    legends: Sequence[str] = ()
    notes: str = ""
    payment: PaymentForPrint = field(default_factory=PaymentForPrint)
    branding: BrandingForPrint = field(default_factory=BrandingForPrint)
