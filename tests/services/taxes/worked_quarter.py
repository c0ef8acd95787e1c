"""The worked quarter as real documents: entered, approved, posted."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.documents.interface import NewLine
from tests.support.builders.documents import approved, issuer
from tests.support.builders.journal import contact
from tests.support.office import Office

DAY = date(2026, 2, 16)


@dataclass
class Quarter:
    """A company with the worked quarter in its books, and the documents by what they are."""

    office: Office
    company_id: UUID
    documents: dict[str, UUID]


def one_line(code: str, amount: str, account: str | None = None) -> tuple[NewLine, ...]:
    """One piece at a price; a negative amount is one piece given back."""
    price = Decimal(amount)
    return (
        NewLine(
            description="Encàrrec",
            quantity=Decimal(-1 if price < 0 else 1),
            unit_price=abs(price),
            tax_code=code,
            ledger_account_code=account,
        ),
    )


async def worked_quarter(office: Office, name: str = "Fusteria Puig SL") -> Quarter:
    """This will approve the sixteen documents of the worked quarter."""
    company_id = await issuer(office, name)
    quarter = Quarter(office, company_id, {})
    home = await contact(
        office,
        company_id,
        "Cafés Brisa SL",
        is_customer=True,
        is_supplier=True,
        tax_id="B28015865",
        address="Calle Mayor 4",
        postcode="28013",
        city="Madrid",
    )
    german = await contact(
        office,
        company_id,
        "Holz AG",
        is_customer=True,
        is_supplier=True,
        country="DE",
        tax_id="DE136695976",
        address="Hauptstraße 1",
        postcode="10115",
        city="Berlin",
    )
    american = await contact(
        office,
        company_id,
        "Cloud Inc",
        is_customer=True,
        is_supplier=True,
        country="US",
        address="1 Main St",
        postcode="94105",
        city="San Francisco",
    )

    async def sell(name: str, code: str, amount: str, customer: UUID = home, **fields: Any) -> None:
        quarter.documents[name] = await approved(
            office, company_id, customer, issued_on=DAY, lines=one_line(code, amount, "700"), **fields
        )

    async def buy(
        name: str, code: str, amount: str, supplier: UUID = home, account: str = "600", **fields: Any
    ) -> None:
        quarter.documents[name] = await approved(
            office,
            company_id,
            supplier,
            kind="PURCHASE_INVOICE",
            number=f"P-{name}",
            issued_on=DAY,
            lines=one_line(code, amount, account),
            **fields,
        )

    await sell("sale21", "S21", "10000.00")
    await sell("sale10", "S10", "2000.00")
    await sell("sale4", "S4", "500.00")
    await sell("retailer", "S21R52", "1000.00")
    await sell(
        "credit",
        "S21",
        "-300.00",
        rectifies_id=quarter.documents["sale21"],
        rectification_reason="Returned",
        rectification_method="I",
    )
    await sell("intra_eu", "S_IC_GOODS", "4000.00", german)
    await sell("export", "S_EXPORT", "1500.00", american)
    await buy("goods21", "P21", "3000.00")
    await buy("goods10", "P10", "400.00")
    await buy("computer", "P21_INV", "1200.00", account="217")
    await buy("intra_eu_purchase", "P_IC_GOODS21", "800.00", german)
    await buy("reverse_charge", "P_ISP21", "1000.00")
    await buy("foreign_service", "P_EXT21", "200.00", american, account="629")
    await buy(
        "credit_received",
        "P21",
        "-100.00",
        rectifies_id=quarter.documents["goods21"],
        rectification_reason="Returned",
    )
    await buy("rent", "P21", "900.00", account="621", withholding_rate=Decimal(19))
    await buy("professional", "P21", "500.00", account="623", withholding_rate=Decimal(15))
    return quarter
