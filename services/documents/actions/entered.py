"""Documents and lines as people enter them, and the refusal of fields that cannot be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.contacts.interface import PaymentMethod, PaymentTerms
from services.documents.rules.amounts import HUNDRED, PrintedRateUnknown
from services.documents.rules.instalments import Instalment
from services.documents.rules.kinds import RECEIVED_KINDS, DocumentKind, RectificationCause, VatRegime
from services.documents.rules.numbers import check_series
from services.documents.rules.states import DocumentStatus
from services.documents.rules.tax_codes import TaxCode
from services.kit.dates import add_months
from services.kit.errors import BadInput
from services.kit.money import ZERO

ONE = Decimal(1)
NUMBER_LENGTH_MAX = 60
REASON_LENGTH_MAX = 500
PRICE_PLACES = 4
PERCENT_PLACES = 2
RATE_PLACES = 8
"""Places that quantities and unit prices, percentages, and exchange rates are kept with."""

RATE_MAX = Decimal(1_000_000)
CURRENCY_SIGNS = 3
DEDUCTION_MONTHS = 48
"""How long after it fell due VAT can be deducted (LIVA art. 99.Tres)."""

RECTIFICATION_METHODS = frozenset({"S", "I"})

SUPPLIER_NUMBERED = frozenset({DocumentKind.PURCHASE_INVOICE, DocumentKind.EXPENSE})
"""Kinds that come from a supplier and keep the supplier's number; all others are numbered here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """One line as entered; percentages from 0 to 100. The price is without VAT unless the document's prices have it.

    `tax_code` names a code of the table; a bare `tax_rate` stands for the one that side, regime, kind of line and
    day give. `ledger_account_code` None leaves the account to the kind: 700 or 705 on sales, 600 or 629 on purchases,
    for products and for services; with `asks_account` the contact's card goes before the kind. A line with neither
    code nor rate takes the card's code. `deductible_percent` counts for purchases only. `id` names the line that an
    edit keeps.
    """

    id: UUID | None = None
    description: str
    quantity: Decimal = ONE
    unit_price: Decimal
    discount_percent: Decimal = ZERO
    tax_rate: Decimal | None = None
    tax_code: str | None = None
    deductible_percent: Decimal = HUNDRED
    ledger_account_code: str | None = None
    asks_account: bool = False
    is_product: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedQuota:
    """VAT as a supplier printed it, for the lines of one code or rate; signed, in the document's currency."""

    quota: Decimal
    tax_rate: Decimal | None = None
    tax_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A document as entered. `number` is the supplier's own, for purchases only; `status` DRAFT or PENDING_REVIEW.

    `received_on` is the day a supplier's invoice arrived, where its VAT is to be deducted from then and not from its
    day of issue (LIVA art. 99.Tres and Cuatro): its entry and its tax period follow it.
    `withholding_rate` in per cent of the taxable base. `regime` None is what its tax codes say, else DOMESTIC.
    `exchange_rate` None takes the company's table for another currency. `due_on`, `terms` and `instalments` are three
    ways to say when it is to be paid; more than one is refused. With `asks_terms`, `asks_method` and `asks_withholding`
    the contact's card says what is left out here. A credit note has negative quantities; a rectifying document names
    the one it rectifies, why, and how: S says the whole anew, I the differences; a cause left out is CORRECTION.
    `request_key` makes sending twice harmless.
    """

    company_id: UUID | str
    kind: DocumentKind | str
    contact_id: UUID | None
    issued_on: date
    lines: tuple[NewLine, ...]
    due_on: date | None = None
    terms: PaymentTerms | None = None
    instalments: tuple[Instalment, ...] = ()
    asks_terms: bool = False
    payment_method: PaymentMethod | None = None
    asks_method: bool = False
    operation_on: date | None = None
    received_on: date | None = None
    currency: str = "EUR"
    exchange_rate: Decimal | None = None
    prices_include_tax: bool = False
    regime: VatRegime | None = None
    description: str | None = None
    withholding_rate: Decimal = ZERO
    asks_withholding: bool = False
    number: str | None = None
    series: str | None = None
    is_simplified: bool = False
    is_substitute: bool = False
    rectifies_id: UUID | None = None
    rectification_reason: str | None = None
    rectification_method: str | None = None
    rectification_cause: RectificationCause | None = None
    printed_quotas: tuple[PrintedQuota, ...] = ()
    status: str = "DRAFT"
    request_key: str | None = None


def check_entered(new: NewDocument, kind: DocumentKind) -> str | None:
    """This will refuse fields that cannot be read and give the supplier's number, cleaned. Raises BadInput."""
    if new.status not in {DocumentStatus.DRAFT, DocumentStatus.PENDING_REVIEW}:
        raise BadInput("status", "a new document is a DRAFT or waits for review (PENDING_REVIEW)")
    check_currency(new.currency)
    if new.is_simplified and kind is not DocumentKind.SALES_INVOICE:
        raise BadInput("isSimplified", "only a sales invoice can be simplified")
    if sum((new.due_on is not None, new.terms is not None, bool(new.instalments))) > 1:
        raise BadInput("dueOn", "give one of dueOn, paymentTerms and instalments")
    _check_received(new, kind)
    _check_rectification(new)
    _check_all_places(new)
    return _number(new, kind)


def check_currency(currency: str) -> None:
    """This will refuse what is no code of ISO 4217. Raises BadInput."""
    is_code = len(currency) == CURRENCY_SIGNS and currency.isascii() and currency.isalpha()
    if not is_code or not currency.isupper():
        raise BadInput("currency", "give the three capital letters of ISO 4217, such as EUR")


def _number(new: NewDocument, kind: DocumentKind) -> str | None:
    number = (new.number or "").strip() or None
    if number is not None and kind not in SUPPLIER_NUMBERED:
        raise BadInput("number", "this kind gets its number when it is approved")
    if number is not None and len(number) > NUMBER_LENGTH_MAX:
        raise BadInput("number", "give at most {most} signs", most=NUMBER_LENGTH_MAX)
    if new.series is not None:
        if kind in SUPPLIER_NUMBERED:
            raise BadInput("series", "this kind keeps the supplier's number")
        check_series(new.series)
    return number


def _check_received(new: NewDocument, kind: DocumentKind) -> None:
    if new.received_on is None:
        return
    if kind not in RECEIVED_KINDS:
        raise BadInput("receivedOn", "only the invoice of a supplier or an expense is received")
    if new.received_on < new.issued_on:
        raise BadInput("receivedOn", "give the day it arrived, which is not before its day of issue")
    if new.received_on > add_months(new.issued_on, DEDUCTION_MONTHS):
        raise BadInput("receivedOn", "VAT can be deducted for four years; give a day within them")


def _check_rectification(new: NewDocument) -> None:
    if new.rectification_method is not None and new.rectification_method not in RECTIFICATION_METHODS:
        raise BadInput("rectification.method", "say S for the whole anew or I for the differences")
    if len(new.rectification_reason or "") > REASON_LENGTH_MAX:
        raise BadInput("rectification.reason", "give at most {most} signs", most=REASON_LENGTH_MAX)


def _check_all_places(new: NewDocument) -> None:
    check_places("withholdingRate", new.withholding_rate, PERCENT_PLACES)
    for position, line in enumerate(new.lines):
        check_places(f"lines.{position}.quantity", line.quantity, PRICE_PLACES)
        check_places(f"lines.{position}.unitPrice", line.unit_price, PRICE_PLACES)
        check_places(f"lines.{position}.discountPercent", line.discount_percent, PERCENT_PLACES)
        check_places(f"lines.{position}.deductiblePercent", line.deductible_percent, PERCENT_PLACES)


def check_places(path: str, amount: Decimal, places: int) -> None:
    """This will refuse more decimals than are kept: what is kept must be what was computed with. Raises BadInput."""
    exponent = amount.normalize().as_tuple().exponent
    if not isinstance(exponent, int) or -exponent > places:
        raise BadInput(path, "give at most {most} decimals", most=places)


def printed_by_code(new: NewDocument, codes: Sequence[TaxCode]) -> dict[str, Decimal]:
    """This will give what a supplier printed, by tax code; a bare rate means the first code of the lines that has it.

    Raises BadInput, PrintedRateUnknown.
    """
    printed: dict[str, Decimal] = {}
    for position, one in enumerate(new.printed_quotas):
        check_places(f"printedTaxes.{position}.quota", one.quota, PERCENT_PLACES)
        meant = [code.code for code in codes if one.tax_code in (None, code.code)]
        if one.tax_code is None:
            meant = [code.code for code in codes if code.rate == one.tax_rate and not code.is_outlay]
        if not meant:
            raise PrintedRateUnknown(
                path=("printedTaxes", str(position)), rate=one.tax_code or one.tax_rate or ZERO
            )
        if meant[0] in printed:
            raise BadInput(f"printedTaxes.{position}", "give the VAT of each rate once")
        printed[meant[0]] = one.quota
    return printed
