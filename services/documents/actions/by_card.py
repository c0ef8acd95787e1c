"""What a contact's card says for a document that leaves it out."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Row

from services.contacts.interface import PaymentMethod, PaymentTerms
from services.documents.actions.entered import NewDocument, NewLine
from services.documents.rules.kinds import POSTED_KINDS, SALES_KINDS, DocumentKind
from services.documents.rules.tax_codes import TAX_CODES

CARD_COLUMNS = (
    *("terms_days", "terms_month_end", "terms_pay_days", "payment_method"),
    *("income_account_code", "expense_account_code", "sales_tax_code", "purchase_tax_code"),
    *("sales_withholding_rate", "purchase_withholding_rate"),
)

OUTLAYS = frozenset(code.code for code in TAX_CODES.values() if code.is_outlay)
"""Neither income nor cost: the card's accounts are not for them."""


def by_card(new: NewDocument, kind: DocumentKind, card: Row[Any]) -> NewDocument:
    """This will fill in what the document leaves to its contact; `card` has CARD_COLUMNS, all null without a contact.

    Terms and method are for what is paid: invoices and expenses, not those that take something back. A document that
    rectifies withholds what it says itself.
    """
    is_sale = kind in SALES_KINDS
    tax_code = card.sales_tax_code if is_sale else card.purchase_tax_code
    account = card.income_account_code if is_sale else card.expense_account_code
    is_paid = kind in POSTED_KINDS and new.rectifies_id is None
    says_when = new.due_on is not None or new.terms is not None or bool(new.instalments)
    withheld = card.sales_withholding_rate if is_sale else card.purchase_withholding_rate
    asks_withholding = new.asks_withholding and new.rectifies_id is None and withheld is not None
    terms, method = new.terms, new.payment_method
    if is_paid and new.asks_terms and not says_when:
        terms = _terms(card)
    if is_paid and new.asks_method and method is None and card.payment_method:
        method = PaymentMethod(card.payment_method)
    return replace(
        new,
        terms=terms,
        payment_method=method,
        withholding_rate=withheld if asks_withholding else new.withholding_rate,
        lines=tuple(_line(line, tax_code, account) for line in new.lines),
    )


def _line(line: NewLine, tax_code: str | None, account: str | None) -> NewLine:
    """A line without VAT takes the card's code; an account only where the line asks for it."""
    if line.tax_code is None and line.tax_rate is None:
        line = replace(line, tax_code=tax_code)
    if line.asks_account and line.ledger_account_code is None and line.tax_code not in OUTLAYS:
        line = replace(line, ledger_account_code=account)
    return line


def _terms(card: Row[Any]) -> PaymentTerms | None:
    if not card.terms_days and not card.terms_month_end and not card.terms_pay_days:
        return None
    return PaymentTerms(
        days=tuple(card.terms_days),
        month_end=bool(card.terms_month_end),
        pay_days=tuple(card.terms_pay_days or ()),
    )
