"""Cross Industry Invoice (D16B) after EN 16931, as Factur-X puts it into a PDF."""

from datetime import date
from decimal import Decimal

from services.einvoices.formats.en16931 import (
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

_SCHEMA = "urn:un:unece:uncefact:data:standard"
RSM = f"{_SCHEMA}:CrossIndustryInvoice:100"
RAM = f"{_SCHEMA}:ReusableAggregateBusinessInformationEntity:100"
UDT = f"{_SCHEMA}:UnqualifiedDataType:100"
_write = Writer({"rsm": RSM, "ram": RAM, "udt": UDT})
_add = _write.add


def cii(invoice: Invoice) -> bytes:
    """This will write the file. Raises NotInEn16931 and PartyNotComplete."""
    said = checked(invoice)
    root = _write.root("rsm:CrossIndustryInvoice", {"rsm": RSM, "ram": RAM, "udt": UDT})
    context = _add(root, "rsm:ExchangedDocumentContext")
    _add(_add(context, "ram:GuidelineSpecifiedDocumentContextParameter"), "ram:ID", SPECIFICATION)
    head = _add(root, "rsm:ExchangedDocument")
    _add(head, "ram:ID", invoice.number)
    _add(head, "ram:TypeCode", said.type_code)
    _day(_add(head, "ram:IssueDateTime"), invoice.issued_on)
    notes = [invoice.note] if invoice.note else []
    if invoice.withholding:
        notes.append(withholding_note(invoice))
    for note in notes:
        _add(_add(head, "ram:IncludedNote"), "ram:Content", note)
    trade = _add(root, "rsm:SupplyChainTradeTransaction")
    for line in invoice.lines:
        _add_line(trade, line, said)
    agreement = _add(trade, "ram:ApplicableHeaderTradeAgreement")
    _add_party(_add(agreement, "ram:SellerTradeParty"), invoice.seller, said)
    _add_party(_add(agreement, "ram:BuyerTradeParty"), said.buyer, said)
    _add_delivery(_add(trade, "ram:ApplicableHeaderTradeDelivery"), said)
    _add_settlement(_add(trade, "ram:ApplicableHeaderTradeSettlement"), said)
    return written(root)


def _add_line(trade: Element, line: Line, said: Checked) -> None:
    holder = _add(trade, "ram:IncludedSupplyChainTradeLineItem")
    _add(_add(holder, "ram:AssociatedDocumentLineDocument"), "ram:LineID", str(line.position))
    product = _add(holder, "ram:SpecifiedTradeProduct")
    _add(product, "ram:Name", line.description.splitlines()[0])
    if "\n" in line.description:
        _add(product, "ram:Description", line.description)
    price = _add(_add(holder, "ram:SpecifiedLineTradeAgreement"), "ram:NetPriceProductTradePrice")
    _add(price, "ram:ChargeAmount", plain(line.price))
    delivery = _add(holder, "ram:SpecifiedLineTradeDelivery")
    _add(delivery, "ram:BilledQuantity", plain(said.amount(line.quantity)), unitCode=PIECE)
    settlement = _add(holder, "ram:SpecifiedLineTradeSettlement")
    tax = _add(settlement, "ram:ApplicableTradeTax")
    _add(tax, "ram:TypeCode", "VAT")
    _add(tax, "ram:CategoryCode", line.category.value)
    if line.category is not Category.NOT_SUBJECT:
        _add(tax, "ram:RateApplicablePercent", plain(line.rate))
    if line.discount:
        allowance = _add(settlement, "ram:SpecifiedTradeAllowanceCharge")
        _add(_add(allowance, "ram:ChargeIndicator"), "udt:Indicator", "false")
        _add(allowance, "ram:ActualAmount", cents(said.amount(line.discount)))
        _add(allowance, "ram:ReasonCode", "95")
    totals = _add(settlement, "ram:SpecifiedTradeSettlementLineMonetarySummation")
    _add(totals, "ram:LineTotalAmount", cents(said.amount(line.base)))


def _add_party(holder: Element, party: Party, said: Checked) -> None:
    _add(holder, "ram:Name", party.name)
    if party.tax_id:
        _add(_add(holder, "ram:SpecifiedLegalOrganization"), "ram:ID", party.tax_id)
    address = _add(holder, "ram:PostalTradeAddress")
    for name, text in (
        ("PostcodeCode", party.postcode),
        ("LineOne", party.address),
        ("CityName", party.city),
    ):
        if text:
            _add(address, f"ram:{name}", text)
    _add(address, "ram:CountryID", party.country)
    if party.province:
        _add(address, "ram:CountrySubDivisionName", party.province)
    if said.has_vat_numbers and party.tax_id:
        _add(_add(holder, "ram:SpecifiedTaxRegistration"), "ram:ID", party.vat_number, schemeID="VA")


def _add_delivery(holder: Element, said: Checked) -> None:
    invoice = said.invoice
    goes_abroad = any(tax.category is Category.INTRA_EU for tax in said.taxes)
    if goes_abroad:
        place = _add(holder, "ram:ShipToTradeParty")
        _add(_add(place, "ram:PostalTradeAddress"), "ram:CountryID", said.buyer.country)
    # The element around it is mandatory and must not be empty.
    event = _add(holder, "ram:ActualDeliverySupplyChainEvent")
    _day(_add(event, "ram:OccurrenceDateTime"), invoice.operated_on or invoice.issued_on)


def _by_transfer(invoice: Invoice) -> bool:
    return invoice.paid_by == "TRANSFER" and bool(invoice.iban)


def _add_payment_means(holder: Element, invoice: Invoice) -> None:
    if not invoice.paid_by or invoice.is_credit:
        return
    means = _add(holder, "ram:SpecifiedTradeSettlementPaymentMeans")
    _add(means, "ram:TypeCode", PAYMENT_MEANS[invoice.paid_by])
    if _by_transfer(invoice):
        _add(_add(means, "ram:PayeePartyCreditorFinancialAccount"), "ram:IBANID", invoice.iban)


def _add_settlement(holder: Element, said: Checked) -> None:
    invoice = said.invoice
    if _by_transfer(invoice) and not invoice.is_credit:
        _add(holder, "ram:PaymentReference", invoice.number)
    if invoice.currency != "EUR":
        _add(holder, "ram:TaxCurrencyCode", "EUR")
    _add(holder, "ram:InvoiceCurrencyCode", invoice.currency)
    _add_payment_means(holder, invoice)
    for tax in said.taxes:
        part = _add(holder, "ram:ApplicableTradeTax")
        _add(part, "ram:CalculatedAmount", cents(said.amount(tax.quota)))
        _add(part, "ram:TypeCode", "VAT")
        if tax.reason:
            _add(part, "ram:ExemptionReason", tax.reason)
        _add(part, "ram:BasisAmount", cents(said.amount(tax.base)))
        _add(part, "ram:CategoryCode", tax.category.value)
        if code := EXEMPTION_CODES.get(tax.category):
            _add(part, "ram:ExemptionReasonCode", code)
        if tax.category is not Category.NOT_SUBJECT:
            _add(part, "ram:RateApplicablePercent", plain(tax.rate))
    terms = _add(holder, "ram:SpecifiedTradePaymentTerms")
    if len(invoice.parts) == 1:
        _day(_add(terms, "ram:DueDateDateTime"), invoice.parts[0].due_on)
    else:
        said_parts = "; ".join(f"{part.due_on.isoformat()}: {cents(part.amount)}" for part in invoice.parts)
        _add(terms, "ram:Description", said_parts or "Pago a la recepción")
    _add_totals(holder, said)
    if invoice.rectified:
        reference = _add(holder, "ram:InvoiceReferencedDocument")
        _add(reference, "ram:IssuerAssignedID", invoice.rectified.number)
        when = _add(reference, "ram:FormattedIssueDateTime")
        _add_qualified_day(when, invoice.rectified.issued_on)


def _add_totals(holder: Element, said: Checked) -> None:
    invoice = said.invoice
    totals = _add(holder, "ram:SpecifiedTradeSettlementHeaderMonetarySummation")
    _add(totals, "ram:LineTotalAmount", cents(said.amount(invoice.net)))
    _add(totals, "ram:TaxBasisTotalAmount", cents(said.amount(invoice.net)))
    _add(totals, "ram:TaxTotalAmount", cents(said.amount(invoice.tax)), currencyID=invoice.currency)
    if invoice.currency != "EUR":
        in_euros: Decimal = to_cents(said.amount(invoice.tax) * invoice.exchange_rate)
        _add(totals, "ram:TaxTotalAmount", cents(in_euros), currencyID="EUR")
    _add(totals, "ram:GrandTotalAmount", cents(said.amount(invoice.gross)))
    if invoice.withholding:
        _add(totals, "ram:TotalPrepaidAmount", cents(said.amount(invoice.withholding)))
    _add(totals, "ram:DuePayableAmount", cents(said.amount(invoice.payable)))


def _day(parent: Element, day: date) -> None:
    _add(parent, "udt:DateTimeString", f"{day:%Y%m%d}", format="102")


QDT = f"{_SCHEMA}:QualifiedDataType:100"
_qualified = Writer({"qdt": QDT})


def _add_qualified_day(parent: Element, day: date) -> None:
    _qualified.add(parent, "qdt:DateTimeString", f"{day:%Y%m%d}", format="102")
