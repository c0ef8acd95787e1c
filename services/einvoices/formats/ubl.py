"""UBL 2.1 after EN 16931 (CEN/TS 16931-3-2): Invoice, and CreditNote with positive amounts."""

from decimal import Decimal

from services.einvoices.formats.en16931 import (
    CREDIT_NOTE,
    EXEMPTION_CODES,
    PAYMENT_MEANS,
    PIECE,
    SPECIFICATION,
    Checked,
    checked,
    withholding_note,
)
from services.einvoices.formats.xml import Element, Writer, cents, plain, written
from services.einvoices.invoice import Category, Invoice, Line, Party
from services.kit.money import to_cents

_SCHEMA = "urn:oasis:names:specification:ubl:schema:xsd"
CAC = f"{_SCHEMA}:CommonAggregateComponents-2"
CBC = f"{_SCHEMA}:CommonBasicComponents-2"
_write = Writer({"cac": CAC, "cbc": CBC, "inv": f"{_SCHEMA}:Invoice-2", "cn": f"{_SCHEMA}:CreditNote-2"})
_add = _write.add


def ubl(invoice: Invoice) -> bytes:
    """This will write the file. Raises NotInEn16931 and PartyNotComplete."""
    said = checked(invoice)
    is_credit = said.type_code == CREDIT_NOTE
    name = "CreditNote" if is_credit else "Invoice"
    prefix = "cn" if is_credit else "inv"
    root = _write.root(f"{prefix}:{name}", {None: f"{_SCHEMA}:{name}-2", "cac": CAC, "cbc": CBC})
    _add(root, "cbc:CustomizationID", SPECIFICATION)
    _add(root, "cbc:ID", invoice.number)
    _add(root, "cbc:IssueDate", invoice.issued_on.isoformat())
    if not is_credit and invoice.parts:
        _add(root, "cbc:DueDate", invoice.parts[-1].due_on.isoformat())
    _add(root, f"cbc:{name}TypeCode", said.type_code)
    notes = [invoice.note] if invoice.note else []
    if invoice.withholding:
        notes.append(withholding_note(invoice))
    if notes:
        _add(root, "cbc:Note", "\n".join(notes))
    _add(root, "cbc:DocumentCurrencyCode", invoice.currency)
    if invoice.currency != "EUR":
        _add(root, "cbc:TaxCurrencyCode", "EUR")
    if invoice.rectified:
        reference = _add(_add(root, "cac:BillingReference"), "cac:InvoiceDocumentReference")
        _add(reference, "cbc:ID", invoice.rectified.number)
        _add(reference, "cbc:IssueDate", invoice.rectified.issued_on.isoformat())
    _add_party(_add(root, "cac:AccountingSupplierParty"), invoice.seller, said)
    _add_party(_add(root, "cac:AccountingCustomerParty"), said.buyer, said)
    _add_delivery(root, said)
    _add_payment(root, said, is_credit=is_credit)
    _add_taxes(root, said)
    _add_totals(root, said)
    for line in invoice.lines:
        _add_line(root, line, said, is_credit=is_credit)
    return written(root)


def _add_party(parent: Element, party: Party, said: Checked) -> None:
    holder = _add(parent, "cac:Party")
    address = _add(holder, "cac:PostalAddress")
    for name, text in (
        ("StreetName", party.address),
        ("CityName", party.city),
        ("PostalZone", party.postcode),
        ("CountrySubentity", party.province),
    ):
        if text:
            _add(address, f"cbc:{name}", text)
    _add(_add(address, "cac:Country"), "cbc:IdentificationCode", party.country)
    if said.has_vat_numbers and party.tax_id:
        scheme = _add(holder, "cac:PartyTaxScheme")
        _add(scheme, "cbc:CompanyID", party.vat_number)
        _add(_add(scheme, "cac:TaxScheme"), "cbc:ID", "VAT")
    entity = _add(holder, "cac:PartyLegalEntity")
    _add(entity, "cbc:RegistrationName", party.name)
    if party.tax_id:
        _add(entity, "cbc:CompanyID", party.tax_id)
    if party.email:
        _add(_add(holder, "cac:Contact"), "cbc:ElectronicMail", party.email)


def _add_delivery(root: Element, said: Checked) -> None:
    """BR-IC-11 and 12: an intra-EU supply says when and to which country."""
    invoice = said.invoice
    goes_abroad = any(tax.category is Category.INTRA_EU for tax in said.taxes)
    if invoice.operated_on is None and not goes_abroad:
        return
    delivery = _add(root, "cac:Delivery")
    _add(delivery, "cbc:ActualDeliveryDate", (invoice.operated_on or invoice.issued_on).isoformat())
    if goes_abroad:
        country = _add(_add(_add(delivery, "cac:DeliveryLocation"), "cac:Address"), "cac:Country")
        _add(country, "cbc:IdentificationCode", said.buyer.country)


def _add_payment(root: Element, said: Checked, *, is_credit: bool) -> None:
    invoice = said.invoice
    if invoice.paid_by and not is_credit:
        means = _add(root, "cac:PaymentMeans")
        _add(means, "cbc:PaymentMeansCode", PAYMENT_MEANS[invoice.paid_by])
        if invoice.paid_by == "TRANSFER" and invoice.iban:
            _add(means, "cbc:PaymentID", invoice.number)
            _add(_add(means, "cac:PayeeFinancialAccount"), "cbc:ID", invoice.iban)
    if is_credit or len(invoice.parts) != 1:
        terms = "; ".join(f"{part.due_on.isoformat()}: {cents(part.amount)}" for part in invoice.parts)
        _add(_add(root, "cac:PaymentTerms"), "cbc:Note", terms or "Pago a la recepción")


def _add_taxes(root: Element, said: Checked) -> None:
    invoice = said.invoice
    taxes = _add(root, "cac:TaxTotal")
    _money(taxes, "TaxAmount", said.amount(invoice.tax), said)
    for tax in said.taxes:
        part = _add(taxes, "cac:TaxSubtotal")
        _money(part, "TaxableAmount", said.amount(tax.base), said)
        _money(part, "TaxAmount", said.amount(tax.quota), said)
        category = _add(part, "cac:TaxCategory")
        _add(category, "cbc:ID", tax.category.value)
        if tax.category is not Category.NOT_SUBJECT:
            _add(category, "cbc:Percent", plain(tax.rate))
        if code := EXEMPTION_CODES.get(tax.category):
            _add(category, "cbc:TaxExemptionReasonCode", code)
        if tax.reason:
            _add(category, "cbc:TaxExemptionReason", tax.reason)
        _add(_add(category, "cac:TaxScheme"), "cbc:ID", "VAT")
    if invoice.currency != "EUR":
        # The VAT in the currency of the books, BT-111.
        in_euros = to_cents(said.amount(invoice.tax) * invoice.exchange_rate)
        _add(_add(root, "cac:TaxTotal"), "cbc:TaxAmount", cents(in_euros), currencyID="EUR")


def _add_totals(root: Element, said: Checked) -> None:
    invoice = said.invoice
    totals = _add(root, "cac:LegalMonetaryTotal")
    _money(totals, "LineExtensionAmount", said.amount(invoice.net), said)
    _money(totals, "TaxExclusiveAmount", said.amount(invoice.net), said)
    _money(totals, "TaxInclusiveAmount", said.amount(invoice.gross), said)
    if invoice.withholding:
        _money(totals, "PrepaidAmount", said.amount(invoice.withholding), said)
    _money(totals, "PayableAmount", said.amount(invoice.payable), said)


def _add_line(root: Element, line: Line, said: Checked, *, is_credit: bool) -> None:
    name, quantity_name = (
        ("CreditNoteLine", "CreditedQuantity") if is_credit else ("InvoiceLine", "InvoicedQuantity")
    )
    holder = _add(root, f"cac:{name}")
    _add(holder, "cbc:ID", str(line.position))
    _add(holder, f"cbc:{quantity_name}", plain(said.amount(line.quantity)), unitCode=PIECE)
    _money(holder, "LineExtensionAmount", said.amount(line.base), said)
    if line.discount:
        allowance = _add(holder, "cac:AllowanceCharge")
        _add(allowance, "cbc:ChargeIndicator", "false")
        _add(allowance, "cbc:AllowanceChargeReasonCode", "95")
        _money(allowance, "Amount", said.amount(line.discount), said)
    item = _add(holder, "cac:Item")
    if "\n" in line.description:
        _add(item, "cbc:Description", line.description)
    _add(item, "cbc:Name", line.description.splitlines()[0])
    category = _add(item, "cac:ClassifiedTaxCategory")
    _add(category, "cbc:ID", line.category.value)
    if line.category is not Category.NOT_SUBJECT:
        _add(category, "cbc:Percent", plain(line.rate))
    _add(_add(category, "cac:TaxScheme"), "cbc:ID", "VAT")
    _add(_add(holder, "cac:Price"), "cbc:PriceAmount", plain(line.price), currencyID=said.invoice.currency)


def _money(parent: Element, name: str, amount: Decimal, said: Checked) -> None:
    _add(parent, f"cbc:{name}", cents(amount), currencyID=said.invoice.currency)
