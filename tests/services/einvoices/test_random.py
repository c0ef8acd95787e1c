"""Random invoices of every regime: valid by the schemas we have, with the same sums in all three formats."""

from decimal import Decimal
from typing import Any

from facturx import xml_check_xsd
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from services.einvoices.formats.cii import cii
from services.einvoices.formats.facturae import facturae
from services.einvoices.formats.ubl import ubl
from services.einvoices.invoice import Category, Invoice
from services.kit.money import to_cents
from tests.services.einvoices.invoices import BUYER, CREDIT, FRENCH, Given, invoice
from tests.services.einvoices.test_en16931 import CII, UBL, amount, amounts

EXAMPLES = 20
"""Each is checked against two schemas, which are read anew every time: a few seconds for all."""
ALONE = (Category.REVERSE_CHARGE, Category.INTRA_EU, Category.EXPORT, Category.NOT_SUBJECT)
ABROAD = {Category.INTRA_EU, Category.EXPORT, Category.NOT_SUBJECT}
NOTES = ("", "Obra <nº 4> & más", "🪚 عربي עברית", "Llum d'octubre")


@st.composite
def invoices(draw: Any) -> Invoice:
    """Any mix of rates, or one regime without VAT; an invoice or a credit note by differences."""
    alone = draw(st.none() | st.sampled_from(ALONE))
    is_credit = draw(st.booleans())

    def line() -> Given:
        quantity = draw(st.decimals("0.01", "999", places=2))
        price = draw(st.decimals("0.01", "9999", places=4))
        percent = draw(st.sampled_from(("0", "0", "5", "12.5", "100")))
        category = alone or draw(st.sampled_from((Category.STANDARD, Category.STANDARD, Category.EXEMPT)))
        rate = draw(st.sampled_from(("21", "10", "4"))) if category is Category.STANDARD else "0"
        return str(-quantity if is_credit else quantity), str(price), percent, category, rate, "0"

    return invoice(
        tuple(line() for _ in range(draw(st.integers(1, 12)))),
        buyer=FRENCH if alone in ABROAD else BUYER,
        withholding_rate=draw(st.sampled_from(("0", "7", "15", "19"))),
        rectified=CREDIT if is_credit else None,
        note=draw(st.sampled_from(NOTES)),
    )


@settings(max_examples=EXAMPLES, deadline=None)
@given(invoices())
def test_is_valid_and_says_the_same_in_every_format(said: Invoice) -> None:
    written = ubl(said)
    one, other, third = (
        etree.fromstring(written),
        etree.fromstring(cii(said)),
        etree.fromstring(facturae(said)),
    )

    assert xml_check_xsd(written, flavor="ubl-2.1-creditnote" if said.is_credit else "ubl-2.1-invoice")
    assert xml_check_xsd(cii(said), flavor="factur-x", level="en16931")
    totals, summed = (
        "cac:LegalMonetaryTotal/cbc:",
        ".//ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:",
    )
    net, gross = (
        amount(one, f"{totals}{name}", UBL) for name in ("LineExtensionAmount", "TaxInclusiveAmount")
    )
    (taxes,) = one.findall("cac:TaxTotal", UBL)
    assert (
        net == sum(amounts(one, "cac:*/cbc:LineExtensionAmount", UBL)) - net
    )  # BR-CO-10: the total is one of them
    assert gross == net + amount(taxes, "cbc:TaxAmount", UBL)  # BR-CO-15
    for part in taxes.findall("cac:TaxSubtotal", UBL):  # BR-CO-17
        rate = sum(amounts(part, "cac:TaxCategory/cbc:Percent", UBL), Decimal(0))
        base = amount(part, "cbc:TaxableAmount", UBL)
        assert amount(part, "cbc:TaxAmount", UBL) == to_cents(base * rate / 100)
    assert amount(other, f"{summed}LineTotalAmount", CII) == net
    assert amount(other, f"{summed}GrandTotalAmount", CII) == gross
    sign = -1 if said.is_credit else 1
    (whole,) = third.findall("Invoices/Invoice/InvoiceTotals/TotalExecutableAmount")
    assert Decimal(whole.text) == sign * amount(one, f"{totals}PayableAmount", UBL) == said.payable
