"""What the demo's clients sell and buy, and the suppliers that several of them share."""

from dataclasses import dataclass
from decimal import Decimal

VAT = Decimal(21)
REDUCED = Decimal(10)
LOW = Decimal(4)
EXEMPT = Decimal(0)


@dataclass(frozen=True, slots=True)
class Item:
    """Something sold or bought. `price` is a usual unit price before tax, in euro; it varies by a tenth."""

    description: str
    price: str
    tax_rate: Decimal = VAT
    account: str | None = None
    is_product: bool = True
    most: int = 1
    """Largest quantity of one line."""


@dataclass(frozen=True, slots=True)
class Supply:
    """A supplier with what it invoices; `each_month` comes every month, the others now and then."""

    supplier: str
    items: tuple[Item, ...]
    each_month: bool = False
    withholding_rate: str = "0"


def service(description: str, price: str, *, rate: Decimal = VAT, most: int = 1) -> Item:
    """Work that is sold."""
    return Item(description, price, rate, "705", is_product=False, most=most)


def goods(description: str, price: str, *, rate: Decimal = VAT, most: int = 6) -> Item:
    """Something that is sold by the piece."""
    return Item(description, price, rate, "700", most=most)


def cost(description: str, price: str, account: str, *, rate: Decimal = VAT) -> Item:
    """Something that is bought; accounts 60 are goods."""
    return Item(description, price, rate, account, is_product=account.startswith("60"))


RENT = Supply(
    "Immobles Mercadal SL",
    (cost("Alquiler del local", "650", "621"),),
    each_month=True,
    withholding_rate="19",
)
POWER = Supply("Energia Clara Comercializadora SA", (cost("Electricidad", "140", "628"),))
PHONE = Supply("Telefonia Pirineu SL", (cost("Teléfono e internet", "62", "628"),))
CLEANING = Supply("Neteges Blaves SL", (cost("Limpieza del local", "180", "629"),))
REPAIRS = Supply("Manteniments Garrotxa SL", (cost("Reparación de la instalación", "240", "622"),))
INSURANCE = Supply(
    "Correduría Rius SL", (cost("Seguro de responsabilidad civil", "320", "625", rate=EXEMPT),)
)
LAWYER = Supply("Despatx Vilaró", (cost("Asesoramiento jurídico", "300", "623"),), withholding_rate="15")
ADVERTS = Supply("Impremta Nova SL", (cost("Folletos y carteles", "150", "627"),))
