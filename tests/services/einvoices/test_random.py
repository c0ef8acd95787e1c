"""Random invoices of every regime: valid by schemas and rules, with the same sums in all three formats."""

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from services.einvoices.formats.cii import cii
from services.einvoices.formats.facturae import facturae
from services.einvoices.formats.ubl import ubl
from services.einvoices.invoice import Category, Invoice
from tests.services.einvoices.invoices import BUYER, CREDIT, FRENCH, Given, invoice
from tests.services.einvoices.test_en16931 import CII, UBL, amount
from tests.support.published import en16931_faults, facturae_faults

EXAMPLES = 20
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

    assert en16931_faults(written) + en16931_faults(cii(said)) == []
    assert facturae_faults(facturae(said)) == []
    totals, summed = (
        "cac:LegalMonetaryTotal/cbc:",
        ".//ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:",
    )
    net, gross = (
        amount(one, f"{totals}{name}", UBL) for name in ("LineExtensionAmount", "TaxInclusiveAmount")
    )
    assert amount(other, f"{summed}LineTotalAmount", CII) == net
    assert amount(other, f"{summed}GrandTotalAmount", CII) == gross
    sign = -1 if said.is_credit else 1
    (whole,) = third.findall("Invoices/Invoice/InvoiceTotals/TotalExecutableAmount")
    assert Decimal(whole.text) == sign * amount(one, f"{totals}PayableAmount", UBL) == said.payable
