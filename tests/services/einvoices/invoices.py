"""Invoices of every regime for the formats' tests: figures that add up, as a document keeps them."""

from datetime import date
from decimal import Decimal
from typing import Any

from services.einvoices.invoice import Category, Invoice, Line, Part, Party, Rectified, Tax
from services.kit.money import ZERO, to_cents, total

SELLER = Party(
    name="Fusteria Puig SL",
    tax_id="B65410011",
    address="Carrer Gran 12",
    postcode="08201",
    city="Sabadell",
    province="Barcelona",
    country="ES",
    email="puig@example.test",
)
BUYER = Party(
    name="Cafés Brisa SL",
    tax_id="B28015865",
    address="Calle Mayor 4",
    postcode="28013",
    city="Madrid",
    province="Madrid",
    country="ES",
)
FRENCH = Party(
    name="Brise SARL",
    tax_id="FR40303265045",
    address="Rue Haute 1",
    postcode="75001",
    city="Paris",
    province="Paris",
    country="FR",
)
REASON = "Ley 37/1992"

Given = tuple[str, str, str, Category, str, str]
"""Quantity, price, discount in per cent, category, rate, surcharge rate."""

THREE_RATES: tuple[Given, ...] = (
    ("2", "500", "0", Category.STANDARD, "21", "0"),
    ("1", "222.2222", "10", Category.STANDARD, "10", "0"),
    ("3", "33.3333", "0", Category.STANDARD, "4", "0"),
)


def invoice(given: tuple[Given, ...] = THREE_RATES, **said: Any) -> Invoice:
    """An invoice of lines, its VAT added up per category and rate."""
    lines = tuple(_line(position, each) for position, each in enumerate(given, start=1))
    groups = dict.fromkeys((line.category, line.rate, line.surcharge_rate) for line in lines)
    taxes = tuple(_tax(lines, *group) for group in groups)
    net = total(line.base for line in lines)
    rate = Decimal(said.pop("withholding_rate", "0"))
    withheld = to_cents(net * rate / 100)
    values: dict[str, Any] = {
        "number": "FV26-000001",
        "issued_on": date(2026, 3, 2),
        "operated_on": None,
        "currency": "EUR",
        "exchange_rate": Decimal(1),
        "language": "es",
        "seller": SELLER,
        "buyer": BUYER,
        "lines": lines,
        "taxes": taxes,
        "withholding_rate": rate,
        "withholding": withheld,
        "is_simplified": False,
        "rectified": None,
        "iban": "ES9121000418450200051332",
        "parts": (
            Part(
                due_on=date(2026, 4, 1), amount=net + total(t.quota + t.surcharge for t in taxes) - withheld
            ),
        ),
        "note": "",
        **said,
    }
    return Invoice(**values)


def _line(position: int, given: Given) -> Line:
    quantity, price, percent, category, rate, surcharge = given
    gross = to_cents(Decimal(quantity) * Decimal(price))
    base = to_cents(Decimal(quantity) * Decimal(price) * (100 - Decimal(percent)) / 100)
    return Line(
        position=position,
        description=f"Tablero {position}\nde roble & haya",
        quantity=Decimal(quantity),
        price=Decimal(price),
        discount_percent=Decimal(percent),
        discount=gross - base,
        base=base,
        category=category,
        rate=Decimal(rate),
        surcharge_rate=Decimal(surcharge),
        reason=_reason(category),
    )


def _reason(category: Category) -> str:
    return "" if category in {Category.STANDARD, Category.ZERO} else REASON


def _tax(lines: tuple[Line, ...], category: Category, rate: Decimal, surcharge_rate: Decimal) -> Tax:
    base = total(line.base for line in lines if (line.category, line.rate) == (category, rate))
    is_charged = category is Category.STANDARD
    return Tax(
        category=category,
        rate=rate,
        base=base,
        quota=to_cents(base * rate / 100) if is_charged else ZERO,
        surcharge_rate=surcharge_rate,
        surcharge=to_cents(base * surcharge_rate / 100),
        reason=_reason(category),
    )


def without_vat(category: Category, **said: Any) -> Invoice:
    """An invoice of one category that bears no VAT."""
    return invoice((("4", "125.50", "0", category, "0", "0"),), **said)


CREDIT = Rectified(number="FV26-000001", issued_on=date(2026, 3, 2), method="I", reason="Devolución")


def credit(**said: Any) -> Invoice:
    """A credit note by differences."""
    lines: tuple[Given, ...] = (("-2", "500", "5", Category.STANDARD, "21", "0"),)
    return invoice(lines, number="FR26-000001", rectified=CREDIT, **said)


SAYABLE: dict[str, Invoice] = {
    "three rates": invoice(),
    "withheld": invoice(withholding_rate="15"),
    "credit note": credit(),
    "credit note with withholding": credit(withholding_rate="15"),
    "corrected anew": invoice(rectified=CREDIT),
    "reverse charge": without_vat(Category.REVERSE_CHARGE),
    "intra-EU": without_vat(Category.INTRA_EU, buyer=FRENCH),
    "export": without_vat(Category.EXPORT, buyer=FRENCH),
    "exempt": without_vat(Category.EXEMPT),
    "not subject": without_vat(Category.NOT_SUBJECT, buyer=FRENCH),
    "zero rate": without_vat(Category.ZERO),
    "dollars": invoice(currency="USD", exchange_rate=Decimal("0.92")),
    "instalments": invoice(
        parts=(
            Part(due_on=date(2026, 4, 1), amount=Decimal(1000)),
            Part(due_on=date(2026, 5, 1), amount=Decimal("541.00")),
        )
    ),
    "without terms": invoice(parts=(), iban="", operated_on=date(2026, 2, 27)),
    "any script": invoice(buyer=Party(**{**BUYER.__dict__, "name": "مقهى النسيم ☕"})),
}
"""What EN 16931 can say."""
