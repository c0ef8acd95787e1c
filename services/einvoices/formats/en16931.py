"""What UBL and Factur-X share: the rules of EN 16931 that decide codes and signs."""

from dataclasses import dataclass, replace
from decimal import Decimal

from services.einvoices.invoice import Category, Invoice, NotInEn16931, Party, PartyNotComplete, Tax
from services.kit.money import total

SPECIFICATION = "urn:cen.eu:en16931:2017"
PIECE = "C62"
PAYMENT_MEANS = {
    "TRANSFER": "30",
    "DIRECT_DEBIT": "49",
    "CARD": "48",
    "CASH": "10",
    "CHEQUE": "20",
    "PROMISSORY_NOTE": "60",
    "CONFIRMING": "ZZZ",
}
"""Code list UNTDID 4461; confirming, a Spanish service of banks, is mutually defined."""

INVOICE, CREDIT_NOTE, CORRECTED = "380", "381", "384"

EXEMPTION_CODES = {
    Category.REVERSE_CHARGE: "VATEX-EU-AE",
    Category.INTRA_EU: "VATEX-EU-IC",
    Category.EXPORT: "VATEX-EU-G",
    Category.NOT_SUBJECT: "VATEX-EU-O",
}
"""Code list VATEX; an exemption of art. 20 to 24 LIVA is said in words: a code means one paragraph of the directive."""


@dataclass(frozen=True)
class Checked:
    """An invoice that the standard can say. `sign` turns a credit note's amounts positive."""

    invoice: Invoice
    buyer: Party
    type_code: str
    sign: int

    @property
    def has_vat_numbers(self) -> bool:
        """BR-O-02 to 04: what is outside the scope of VAT names no VAT number."""
        return all(tax.category is not Category.NOT_SUBJECT for tax in self.invoice.taxes)

    @property
    def taxes(self) -> tuple[Tax, ...]:
        """The breakdown: one entry per category and rate, which says every reason (BR-E-01, BR-AE-01)."""
        groups: dict[tuple[Category, Decimal], list[Tax]] = {}
        for tax in self.invoice.taxes:
            groups.setdefault((tax.category, tax.rate), []).append(tax)
        return tuple(
            replace(
                group[0],
                base=total(tax.base for tax in group),
                quota=total(tax.quota for tax in group),
                reason="; ".join(dict.fromkeys(tax.reason for tax in group if tax.reason)),
            )
            for group in groups.values()
        )

    def amount(self, amount: Decimal) -> Decimal:
        """An amount with the sign of the file; zero has none."""
        return amount * self.sign if amount else abs(amount)


def checked(invoice: Invoice) -> Checked:
    """This will refuse what EN 16931 has no words for. Raises NotInEn16931 and PartyNotComplete."""
    categories = {tax.category for tax in invoice.taxes}
    mixes_scope = Category.NOT_SUBJECT in categories and len(categories) > 1
    # An outlay is no line, for a line is taxed somehow (BR-CO-04) and O stands alone (BR-O-11); no other sum takes it.
    if mixes_scope or invoice.outlays or any(tax.surcharge for tax in invoice.taxes):
        raise NotInEn16931
    if invoice.buyer is None:
        raise PartyNotComplete(missing="name", name="-")
    for party in (invoice.seller, invoice.buyer):
        if not party.country:
            raise PartyNotComplete(missing="country", name=party.name)
    if not invoice.seller.tax_id:
        raise PartyNotComplete(missing="tax id", name=invoice.seller.name)
    named = {Category.REVERSE_CHARGE, Category.INTRA_EU}
    if categories & named and not invoice.buyer.tax_id:
        raise PartyNotComplete(missing="tax id", name=invoice.buyer.name)
    if invoice.is_credit:
        return Checked(invoice, invoice.buyer, CREDIT_NOTE, -1)
    return Checked(invoice, invoice.buyer, CORRECTED if invoice.rectified else INVOICE, 1)


def withholding_note(invoice: Invoice) -> str:
    """The standard knows no withholding: it is said in words, and as paid already (BT-113)."""
    rate = f"{invoice.withholding_rate.normalize():f}"
    return f"Retención IRPF {rate} %: {abs(invoice.withholding):.2f} {invoice.currency}"
