"""Facturae 3.2.2 (Orden HAP/1650/2015, schema of 2017): what Spanish public bodies take, unsigned.

Amounts of a credit note are negative. InvoiceTotal is less what is withheld (TotalTaxesWithheld), as the format says.
Outlays (suplidos) are no lines: TotalExecutableAmount alone has them.
"""

import pycountry

from services.einvoices.formats.xml import Element, Writer, cents, plain, written
from services.einvoices.invoice import Category, Invoice, Line, Party, PartyNotComplete, Tax
from services.kit.money import total

NAMESPACE = "http://www.facturae.gob.es/formato/Versiones/Facturaev3_2_2.xml"
VERSION = "3.2.2"
VAT, INCOME_TAX = "01", "04"
UNIT = "01"
PAYMENT_MEANS = {
    "": "01",
    "TRANSFER": "04",
    "DIRECT_DEBIT": "02",
    "CARD": "19",
    "CASH": "01",
    "CHEQUE": "11",
    "PROMISSORY_NOTE": "09",
    "CONFIRMING": "13",
}
"""PaymentMeansType of the layout; where nothing is known, paid in cash. Confirming is among the special ones."""

EXEMPT_EVENT, NOT_SUBJECT_EVENT = "01", "02"
POSTCODE_DIGITS = 5
NAME_LENGTH_MAX = 80
TEXT_LENGTH_MAX = 2_500

TAX_BASE_CHANGED = ("16", "Base imponible")
METHODS = {"S": ("01", "Rectificación íntegra"), "I": ("02", "Rectificación por diferencias")}
LANGUAGES = frozenset({"es", "ca", "en", "sv"})

EU = frozenset(
    {
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
    }
    | {"NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)

_write = Writer({"fe": NAMESPACE})
_add = _write.add


def facturae(invoice: Invoice) -> bytes:
    """This will write the file. Raises PartyNotComplete."""
    if invoice.buyer is None:
        raise PartyNotComplete(missing="name", name="-")
    root = _write.root("fe:Facturae", {"fe": NAMESPACE})
    _add_head(root, invoice)
    parties = _add(root, "Parties")
    _add_party(_add(parties, "SellerParty"), invoice.seller)
    _add_party(_add(parties, "BuyerParty"), invoice.buyer)
    holder = _add(_add(root, "Invoices"), "Invoice")
    _add_header(holder, invoice)
    _add_issue(holder, invoice)
    _add_taxes(holder, invoice)
    _add_totals(holder, invoice)
    items = _add(holder, "Items")
    for line in invoice.lines:
        _add_line(items, line)
    _add_payments(holder, invoice)
    reasons = [tax.reason for tax in invoice.taxes if tax.reason]
    if reasons:
        literals = _add(holder, "LegalLiterals")
        for reason in reasons:
            _add(literals, "LegalReference", reason)
    if invoice.note:
        _add(_add(holder, "AdditionalData"), "InvoiceAdditionalInformation", invoice.note[:TEXT_LENGTH_MAX])
    return written(root)


def _add_head(root: Element, invoice: Invoice) -> None:
    head = _add(root, "FileHeader")
    _add(head, "SchemaVersion", VERSION)
    _add(head, "Modality", "I")
    _add(head, "InvoiceIssuerType", "EM")
    batch = _add(head, "Batch")
    _add(batch, "BatchIdentifier", f"{invoice.seller.tax_id}{invoice.number}"[:70])
    _add(batch, "InvoicesCount", "1")
    for name, amount in (
        ("TotalInvoicesAmount", invoice.charged),
        ("TotalOutstandingAmount", invoice.charged),
        ("TotalExecutableAmount", invoice.payable),
    ):
        _add(_add(batch, name), "TotalAmount", cents(amount))
    _add(batch, "InvoiceCurrencyCode", invoice.currency)


def _add_party(holder: Element, party: Party) -> None:
    if not party.tax_id:
        raise PartyNotComplete(missing="tax id", name=party.name)
    is_person = _is_person(party)
    identity = _add(holder, "TaxIdentification")
    _add(identity, "PersonTypeCode", "F" if is_person else "J")
    residence = "R" if party.country == "ES" else "U" if party.country in EU else "E"
    _add(identity, "ResidenceTypeCode", residence)
    _add(identity, "TaxIdentificationNumber", party.tax_id)
    if is_person:
        names = party.name.split()
        entity = _add(holder, "Individual")
        _add(entity, "Name", names[0][:40])
        _add(entity, "FirstSurname", (names[1] if len(names) > 1 else names[0])[:40])
        if len(names) > 2:  # noqa: PLR2004 -- name, first surname, and what follows
            _add(entity, "SecondSurname", " ".join(names[2:])[:40])
    else:
        entity = _add(holder, "LegalEntity")
        _add(entity, "CorporateName", party.name[:NAME_LENGTH_MAX])
    _add_address(entity, party)


def _is_person(party: Party) -> bool:
    """A Spanish tax id that begins with a digit or with X, Y, Z, K, L, M is a person's (Orden EHA/451/2008)."""
    return party.country == "ES" and (party.tax_id[0].isdigit() or party.tax_id[0] in "XYZKLM")


def _add_address(entity: Element, party: Party) -> None:
    wanted = {
        "address": party.address,
        "postcode": party.postcode,
        "town": party.city,
        "province": party.province,
    }
    missing = next((name for name, text in wanted.items() if not text), None)
    if missing is None and party.country == "ES" and len(party.postcode) != POSTCODE_DIGITS:
        missing = "postcode"
    if missing is not None:
        raise PartyNotComplete(missing=missing, name=party.name)
    country = pycountry.countries.get(alpha_2=party.country)
    if country is None:
        raise PartyNotComplete(missing="country", name=party.name)
    if party.country == "ES":
        address = _add(entity, "AddressInSpain")
        _add(address, "Address", party.address[:80])
        _add(address, "PostCode", party.postcode)
        _add(address, "Town", party.city[:50])
    else:
        address = _add(entity, "OverseasAddress")
        _add(address, "Address", party.address[:80])
        _add(address, "PostCodeAndTown", f"{party.postcode} {party.city}"[:50])
    _add(address, "Province", party.province[:20])
    _add(address, "CountryCode", country.alpha_3)


def _add_header(holder: Element, invoice: Invoice) -> None:
    header = _add(holder, "InvoiceHeader")
    _add(header, "InvoiceNumber", invoice.number)
    _add(header, "InvoiceDocumentType", "FA" if invoice.is_simplified else "FC")
    rectified = invoice.rectified
    _add(header, "InvoiceClass", "OR" if rectified else "OO")
    if rectified is None:
        return
    corrective = _add(header, "Corrective")
    _add(corrective, "InvoiceNumber", rectified.number)
    code, text = TAX_BASE_CHANGED
    _add(corrective, "ReasonCode", code)
    _add(corrective, "ReasonDescription", text)
    period = _add(corrective, "TaxPeriod")
    _add(period, "StartDate", rectified.issued_on.isoformat())
    _add(period, "EndDate", rectified.issued_on.isoformat())
    method, said = METHODS.get(rectified.method, METHODS["I"])
    _add(corrective, "CorrectionMethod", method)
    _add(corrective, "CorrectionMethodDescription", said)
    if rectified.reason:
        _add(corrective, "AdditionalReasonDescription", rectified.reason)
    _add(corrective, "InvoiceIssueDate", rectified.issued_on.isoformat())


def _add_issue(holder: Element, invoice: Invoice) -> None:
    issue = _add(holder, "InvoiceIssueData")
    _add(issue, "IssueDate", invoice.issued_on.isoformat())
    if invoice.operated_on:
        _add(issue, "OperationDate", invoice.operated_on.isoformat())
    _add(issue, "InvoiceCurrencyCode", invoice.currency)
    if invoice.currency != "EUR":
        rate = _add(issue, "ExchangeRateDetails")
        _add(rate, "ExchangeRate", plain(invoice.exchange_rate))
        _add(rate, "ExchangeRateDate", invoice.issued_on.isoformat())
    _add(issue, "TaxCurrencyCode", "EUR")
    _add(issue, "LanguageName", invoice.language if invoice.language in LANGUAGES else "es")


def _add_taxes(holder: Element, invoice: Invoice) -> None:
    outputs = _add(holder, "TaxesOutputs")
    for tax in invoice.taxes:
        _add_tax(outputs, tax)
    if invoice.withholding:
        _add_withheld(_add(holder, "TaxesWithheld"), invoice)


def _add_tax(parent: Element, tax: Tax) -> None:
    holder = _add(parent, "Tax")
    _add(holder, "TaxTypeCode", VAT)
    _add(holder, "TaxRate", cents(tax.rate))
    _add(_add(holder, "TaxableBase"), "TotalAmount", cents(tax.base))
    _add(_add(holder, "TaxAmount"), "TotalAmount", cents(tax.quota))
    if tax.surcharge_rate:
        _add(holder, "EquivalenceSurcharge", cents(tax.surcharge_rate))
        _add(_add(holder, "EquivalenceSurchargeAmount"), "TotalAmount", cents(tax.surcharge))


def _add_withheld(parent: Element, invoice: Invoice) -> None:
    holder = _add(parent, "Tax")
    _add(holder, "TaxTypeCode", INCOME_TAX)
    _add(holder, "TaxRate", cents(invoice.withholding_rate))
    _add(_add(holder, "TaxableBase"), "TotalAmount", cents(invoice.net))
    _add(_add(holder, "TaxAmount"), "TotalAmount", cents(invoice.withholding))


def _add_totals(holder: Element, invoice: Invoice) -> None:
    totals = _add(holder, "InvoiceTotals")
    for name, amount in (
        ("TotalGrossAmount", invoice.net),
        ("TotalGrossAmountBeforeTaxes", invoice.net),
        ("TotalTaxOutputs", invoice.tax),
        ("TotalTaxesWithheld", invoice.withholding),
        ("InvoiceTotal", invoice.charged),
    ):
        _add(totals, name, cents(amount))
    if invoice.outlays:
        expenses = _add(totals, "ReimbursableExpenses")
        for outlay in invoice.outlays:
            holder = _add(expenses, "ReimbursableExpenses")
            _add(holder, "ReimbursableExpensesAmount", cents(outlay))
    _add(totals, "TotalOutstandingAmount", cents(invoice.charged))
    _add(totals, "TotalExecutableAmount", cents(invoice.payable))
    if invoice.outlays:
        _add(totals, "TotalReimbursableExpenses", cents(total(invoice.outlays)))


def _add_line(items: Element, line: Line) -> None:
    holder = _add(items, "InvoiceLine")
    _add(holder, "ItemDescription", line.description[:TEXT_LENGTH_MAX])
    _add(holder, "Quantity", plain(line.quantity))
    _add(holder, "UnitOfMeasure", UNIT)
    _add(holder, "UnitPriceWithoutTax", plain(line.price))
    _add(holder, "TotalCost", cents(line.base + line.discount))
    if line.discount:
        discount = _add(_add(holder, "DiscountsAndRebates"), "Discount")
        _add(discount, "DiscountReason", "Descuento")
        _add(discount, "DiscountRate", plain(line.discount_percent))
        _add(discount, "DiscountAmount", cents(line.discount))
    _add(holder, "GrossAmount", cents(line.base))
    outputs = _add(holder, "TaxesOutputs")
    tax = _add(outputs, "Tax")
    _add(tax, "TaxTypeCode", VAT)
    _add(tax, "TaxRate", cents(line.rate))
    _add(_add(tax, "TaxableBase"), "TotalAmount", cents(line.base))
    if line.surcharge_rate:
        _add(tax, "EquivalenceSurcharge", cents(line.surcharge_rate))
    if line.category not in {Category.STANDARD, Category.ZERO}:
        event = _add(holder, "SpecialTaxableEvent")
        is_subject = line.category is not Category.NOT_SUBJECT
        _add(event, "SpecialTaxableEventCode", EXEMPT_EVENT if is_subject else NOT_SUBJECT_EVENT)
        _add(event, "SpecialTaxableEventReason", line.reason)


def _add_payments(holder: Element, invoice: Invoice) -> None:
    if not invoice.parts:
        return
    details = _add(holder, "PaymentDetails")
    for part in invoice.parts:
        installment = _add(details, "Installment")
        _add(installment, "InstallmentDueDate", part.due_on.isoformat())
        _add(installment, "InstallmentAmount", cents(part.amount))
        _add(installment, "PaymentMeans", PAYMENT_MEANS[invoice.paid_by])
        if invoice.paid_by == "TRANSFER" and invoice.iban:
            _add(_add(installment, "AccountToBeCredited"), "IBAN", invoice.iban)
