"""An issued invoice as every format reads it: text and figures, without a database."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from services.kit.errors import Refused
from services.kit.money import ZERO, total


class Category(StrEnum):
    """VAT categories of EN 16931 (UNCL 5305) that a Spanish invoice can have."""

    STANDARD = "S"
    ZERO = "Z"
    EXEMPT = "E"
    REVERSE_CHARGE = "AE"
    INTRA_EU = "K"
    EXPORT = "G"
    NOT_SUBJECT = "O"


class NotExchanged(Refused):
    """Only issued sales invoices are exchanged as files."""

    code: ClassVar[str] = "NOT_EXCHANGED"
    sentence: ClassVar[str] = "Only an issued sales invoice can be had as an electronic invoice."


class PartyNotComplete(Refused):
    """A format wants more of an address than the card says."""

    code: ClassVar[str] = "PARTY_NOT_COMPLETE"
    sentence: ClassVar[str] = "The electronic invoice needs {missing} of {name}; complete the card."
    words: ClassVar[frozenset[str]] = frozenset({"missing"})


class NotInEn16931(Refused):
    """The European standard has no words for something on this invoice."""

    code: ClassVar[str] = "NOT_IN_EN16931"
    sentence: ClassVar[str] = (
        "The European format cannot say the equivalence surcharge, outlays in a customer's name, nor operations not"
        " subject to VAT beside others; use Facturae or the PDF."
    )


@dataclass(frozen=True, kw_only=True)
class Party:
    """Seller or buyer. `country` is ISO 3166-1 alpha-2, `tax_id` as on the card, cleaned."""

    name: str
    tax_id: str
    address: str
    postcode: str
    city: str
    province: str
    country: str
    email: str = ""

    @property
    def vat_number(self) -> str:
        """The tax id with the country before it, as the European formats write it; empty without one."""
        prefix = "EL" if self.country == "GR" else self.country
        if not self.tax_id or self.tax_id.startswith(prefix):
            return self.tax_id
        return prefix + self.tax_id


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line as issued. `price` is without VAT before the discount, `discount` an amount, `base` after it; signed.

    `reason` says why it bears no VAT.
    """

    position: int
    description: str
    quantity: Decimal
    price: Decimal
    discount_percent: Decimal
    discount: Decimal
    base: Decimal
    category: Category
    rate: Decimal
    surcharge_rate: Decimal = ZERO
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Tax:
    """VAT of one category, rate and reason, charged; signed. `reason` says why there is none."""

    category: Category
    rate: Decimal
    base: Decimal
    quota: Decimal
    surcharge_rate: Decimal = ZERO
    surcharge: Decimal = ZERO
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Rectified:
    """The invoice that this one corrects. `method` S: the whole anew, I: the differences."""

    number: str
    issued_on: date
    method: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """What is due on a day."""

    due_on: date
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Invoice:
    """An issued invoice in its own currency. Amounts have the sign of the document: a credit note is negative.

    `payment_method` is one of a contact's card; empty means a transfer when there is an IBAN. `outlays` are what was
    paid in the customer's name, each by itself: no lines of this invoice (LIVA art. 78.Tres.3).
    """

    number: str
    issued_on: date
    operated_on: date | None
    currency: str
    exchange_rate: Decimal
    language: str
    seller: Party
    buyer: Party | None
    lines: tuple[Line, ...]
    taxes: tuple[Tax, ...]
    withholding_rate: Decimal
    withholding: Decimal
    is_simplified: bool
    rectified: Rectified | None
    iban: str
    parts: tuple[Part, ...]
    note: str
    payment_method: str = ""
    outlays: tuple[Decimal, ...] = ()

    @property
    def paid_by(self) -> str:
        """The method of payment; empty where nothing is known of it."""
        return self.payment_method or ("TRANSFER" if self.iban else "")

    @property
    def net(self) -> Decimal:
        """Sum of the lines."""
        return total(line.base for line in self.lines)

    @property
    def tax(self) -> Decimal:
        """VAT and surcharge charged."""
        return total(tax.quota + tax.surcharge for tax in self.taxes)

    @property
    def gross(self) -> Decimal:
        """Net and tax."""
        return self.net + self.tax

    @property
    def charged(self) -> Decimal:
        """Gross less what the customer withholds."""
        return self.gross - self.withholding

    @property
    def payable(self) -> Decimal:
        """What is charged, and the outlays beside it."""
        return self.charged + total(self.outlays)

    @property
    def is_credit(self) -> bool:
        """Whether the customer gets money back."""
        return self.gross < ZERO
