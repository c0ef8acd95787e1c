"""UBL and Factur-X: valid by the published schemas and the rules of EN 16931, and what they say."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from services.einvoices.formats.cii import RAM, cii
from services.einvoices.formats.ubl import CAC, CBC, ubl
from services.einvoices.invoice import Category, Invoice, NotInEn16931, PartyNotComplete
from services.kit.money import to_cents
from tests.services.einvoices.invoices import SAYABLE, credit, invoice, without_vat
from tests.support.published import en16931_faults

UBL = {"cac": CAC, "cbc": CBC}
CII = {"ram": RAM}


def amount(root: Any, path: str, names: dict[str, str]) -> Decimal:
    (found,) = root.findall(path, names)
    return Decimal(found.text)


def amounts(root: Any, path: str, names: dict[str, str]) -> list[Decimal]:
    return [Decimal(found.text) for found in root.findall(path, names)]


def text(root: Any, path: str, names: dict[str, str]) -> list[str]:
    return [found.text for found in root.findall(path, names)]


@pytest.mark.parametrize(("method", "code"), [("", "30"), ("DIRECT_DEBIT", "49"), ("CASH", "10")])
def test_both_say_how_it_is_paid(method: str, code: str) -> None:
    said = replace(invoice(), payment_method=method)
    in_ubl, in_cii = ubl(said), cii(said)

    assert en16931_faults(in_ubl) + en16931_faults(in_cii) == []
    assert text(etree.fromstring(in_ubl), "cac:PaymentMeans/cbc:PaymentMeansCode", UBL) == [code]
    means = ".//ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode"
    assert text(etree.fromstring(in_cii), means, CII) == [code]
    assert (b"IBANID" in in_cii) is (method == "")


@pytest.mark.parametrize("name", SAYABLE)
class TestUbl:
    def test_is_valid(self, name: str) -> None:
        assert en16931_faults(ubl(SAYABLE[name])) == []

    def test_says_vat_in_euros_beside_another_currency(self, name: str) -> None:
        root = etree.fromstring(ubl(SAYABLE[name]))

        assert len(root.findall("cac:TaxTotal", UBL)) == 1 + (SAYABLE[name].currency != "EUR")  # BT-111

    def test_lines_are_quantity_by_price_less_discount(self, name: str) -> None:
        root = etree.fromstring(ubl(SAYABLE[name]))
        kind, quantity = (
            ("CreditNoteLine", "CreditedQuantity")
            if SAYABLE[name].is_credit
            else ("InvoiceLine", "InvoicedQuantity")
        )

        for line in root.findall(f"cac:{kind}", UBL):
            price = amount(line, "cac:Price/cbc:PriceAmount", UBL)
            allowances = sum(amounts(line, "cac:AllowanceCharge/cbc:Amount", UBL), Decimal(0))
            assert price >= 0  # BR-27
            assert amount(line, "cbc:LineExtensionAmount", UBL) == (
                to_cents(amount(line, f"cbc:{quantity}", UBL) * price) - allowances
            )


@pytest.mark.parametrize("name", SAYABLE)
class TestCii:
    def test_is_valid(self, name: str) -> None:
        assert en16931_faults(cii(SAYABLE[name])) == []

    def test_says_the_same_amounts_as_ubl(self, name: str) -> None:
        one, other = etree.fromstring(ubl(SAYABLE[name])), etree.fromstring(cii(SAYABLE[name]))
        totals = ".//ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:"

        for ubl_name, cii_name in (
            ("LineExtensionAmount", "LineTotalAmount"),
            ("TaxInclusiveAmount", "GrandTotalAmount"),
            ("PayableAmount", "DuePayableAmount"),
        ):
            assert amount(one, f"cac:LegalMonetaryTotal/cbc:{ubl_name}", UBL) == amount(
                other, f"{totals}{cii_name}", CII
            )


class TestCreditNote:
    def test_is_a_positive_381_that_names_the_invoice(self) -> None:
        root = etree.fromstring(ubl(credit()))

        assert etree.QName(root).localname == "CreditNote"
        assert text(root, "cbc:CreditNoteTypeCode", UBL) == ["381"]
        assert text(root, "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID", UBL) == ["FV26-000001"]
        assert amount(root, "cac:LegalMonetaryTotal/cbc:PayableAmount", UBL) == Decimal("1149.50")
        assert all(found > 0 for found in amounts(root, ".//cbc:LineExtensionAmount", UBL))

    def test_by_substitution_is_a_corrected_invoice(self) -> None:
        root = etree.fromstring(ubl(SAYABLE["corrected anew"]))

        assert text(root, "cbc:InvoiceTypeCode", UBL) == ["384"]


def test_a_withholding_is_said_as_paid_already() -> None:
    root = etree.fromstring(ubl(SAYABLE["withheld"]))

    assert amount(root, "cac:LegalMonetaryTotal/cbc:PrepaidAmount", UBL) == SAYABLE["withheld"].withholding
    assert "Retención IRPF 15 %" in text(root, "cbc:Note", UBL)[0]


@pytest.mark.parametrize(
    "said",
    [
        invoice((("1", "100", "0", Category.STANDARD, "21", "5.2"),)),
        invoice(
            (
                ("1", "100", "0", Category.STANDARD, "21", "0"),
                ("1", "100", "0", Category.NOT_SUBJECT, "0", "0"),
            )
        ),
    ],
)
def test_what_the_standard_cannot_say_is_refused(said: Invoice) -> None:
    for write in (ubl, cii):
        with pytest.raises(NotInEn16931):
            write(said)


def test_reverse_charge_to_nobody_known_is_refused() -> None:
    nameless = without_vat(Category.REVERSE_CHARGE)
    buyer = nameless.buyer
    assert buyer is not None

    with pytest.raises(PartyNotComplete):
        ubl(without_vat(Category.REVERSE_CHARGE, buyer=type(buyer)(**{**buyer.__dict__, "tax_id": ""})))
