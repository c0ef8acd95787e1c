"""Facturae 3.2.2: the names and order of the published layout, signs, totals, parties."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from services.einvoices.formats.facturae import NAMESPACE, facturae
from services.einvoices.invoice import Category, PartyNotComplete
from tests.services.einvoices.invoices import BUYER, FRENCH, SAYABLE, credit, invoice, without_vat


def read(said: Any) -> Any:
    return etree.fromstring(facturae(said))


def texts(root: Any, path: str) -> list[str]:
    return [found.text for found in root.findall(path)]


def names(root: Any) -> list[str]:
    return [etree.QName(child).localname for child in root]


def value(root: Any, path: str) -> Decimal:
    (found,) = texts(root, path)
    return Decimal(found)


@pytest.mark.parametrize("name", SAYABLE)
def test_totals_add_up(name: str) -> None:
    root = read(SAYABLE[name])
    totals = "Invoices/Invoice/InvoiceTotals/"
    taxes = [
        Decimal(found) for found in texts(root, "Invoices/Invoice/TaxesOutputs/Tax/TaxAmount/TotalAmount")
    ]
    lines = [Decimal(found) for found in texts(root, "Invoices/Invoice/Items/InvoiceLine/GrossAmount")]

    assert value(root, totals + "TotalGrossAmount") == sum(lines)
    assert value(root, totals + "TotalTaxOutputs") == sum(taxes)
    assert value(root, totals + "InvoiceTotal") == (
        value(root, totals + "TotalGrossAmountBeforeTaxes")
        + value(root, totals + "TotalTaxOutputs")
        - value(root, totals + "TotalTaxesWithheld")
    )
    assert value(root, totals + "TotalExecutableAmount") == SAYABLE[name].payable


def test_has_the_parts_of_the_layout_in_its_order() -> None:
    root = read(invoice(withholding_rate="15"))

    assert etree.QName(root).namespace == NAMESPACE
    assert names(root) == ["FileHeader", "Parties", "Invoices"]
    assert names(root.find("Invoices/Invoice")) == [
        "InvoiceHeader",
        "InvoiceIssueData",
        "TaxesOutputs",
        "TaxesWithheld",
        "InvoiceTotals",
        "Items",
        "PaymentDetails",
    ]
    assert texts(root, "Parties/*/TaxIdentification/PersonTypeCode") == ["J", "J"]
    assert texts(root, "Invoices/Invoice/PaymentDetails/Installment/AccountToBeCredited/IBAN") == [
        "ES9121000418450200051332"
    ]


def test_a_credit_note_is_negative_and_says_what_it_rectifies() -> None:
    root = read(credit())

    assert value(root, "Invoices/Invoice/InvoiceTotals/InvoiceTotal") == Decimal("-1149.50")
    assert texts(root, "Invoices/Invoice/InvoiceHeader/InvoiceClass") == ["OR"]
    corrective = "Invoices/Invoice/InvoiceHeader/Corrective/"
    assert texts(root, corrective + "InvoiceNumber") == ["FV26-000001"]
    assert texts(root, corrective + "CorrectionMethod") == ["02"]
    assert texts(root, corrective + "AdditionalReasonDescription") == ["Devolución"]


def test_the_surcharge_stands_beside_its_tax() -> None:
    root = read(invoice((("1", "1000", "0", Category.STANDARD, "21", "5.2"),)))
    tax = "Invoices/Invoice/TaxesOutputs/Tax/"

    assert texts(root, tax + "EquivalenceSurcharge") == ["5.20"]
    assert value(root, tax + "EquivalenceSurchargeAmount/TotalAmount") == Decimal("52.00")
    assert value(root, "Invoices/Invoice/InvoiceTotals/InvoiceTotal") == Decimal("1262.00")


@pytest.mark.parametrize(
    ("category", "event"),
    [(Category.EXEMPT, "01"), (Category.REVERSE_CHARGE, "01"), (Category.NOT_SUBJECT, "02")],
)
def test_lines_without_vat_say_why(category: Category, event: str) -> None:
    root = read(without_vat(category))

    assert texts(root, ".//SpecialTaxableEvent/SpecialTaxableEventCode") == [event]
    assert texts(root, "Invoices/Invoice/LegalLiterals/LegalReference") == ["Ley 37/1992"]


def test_people_and_foreigners_are_named_as_the_format_wants() -> None:
    person = replace(BUYER, name="Clara Vidal i Roca", tax_id="12345678Z")
    one = read(invoice(buyer=person))
    other = read(without_vat(Category.INTRA_EU, buyer=FRENCH))

    assert texts(one, "Parties/BuyerParty/Individual/FirstSurname") == ["Vidal"]
    assert texts(one, "Parties/BuyerParty/Individual/SecondSurname") == ["i Roca"]
    assert texts(other, "Parties/BuyerParty/TaxIdentification/ResidenceTypeCode") == ["U"]
    assert texts(other, "Parties/BuyerParty/LegalEntity/OverseasAddress/CountryCode") == ["FRA"]


@pytest.mark.parametrize("missing", ["address", "postcode", "city", "province", "tax_id"])
def test_a_card_that_says_too_little_is_refused(missing: str) -> None:
    with pytest.raises(PartyNotComplete):
        facturae(invoice(buyer=replace(BUYER, **{missing: ""})))


@pytest.mark.parametrize(
    ("method", "code", "account"),
    [("", "04", True), ("TRANSFER", "04", True), ("DIRECT_DEBIT", "02", False), ("CARD", "19", False)],
)
def test_says_how_it_is_paid(method: str, code: str, account: bool) -> None:  # noqa: FBT001 -- a case
    root = read(replace(invoice(), payment_method=method))
    part = "Invoices/Invoice/PaymentDetails/Installment/"

    assert texts(root, part + "PaymentMeans") == [code]
    assert bool(texts(root, part + "AccountToBeCredited/IBAN")) is account
