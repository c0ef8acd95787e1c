"""The states of each kind of document and which may follow which.

    DRAFT -> PENDING_REVIEW -> APPROVED -> PARTLY_PAID -> PAID        invoices, purchases, expenses
                    ^----------- APPROVED                             purchases and expenses: unapproved
    DRAFT -> PENDING_REVIEW -> APPROVED -> ACCEPTED, REJECTED, EXPIRED   estimates
    DRAFT -> PENDING_REVIEW -> APPROVED -> CANCELLED                  proformas, orders, delivery notes, receipts
                    ^----------- APPROVED                             all of those but receipts: unapproved

An approved sales invoice was issued, so it is never cancelled or drafted again: a rectifying one follows. Only one that
should not exist and that nobody was given is voided, which leaves it CANCELLED with its number (actions/voiding.py). A
purchase is only our reading of somebody's paper: while nothing of it is paid, its approval can be taken back. So can
that of an offer or an order that nothing came of yet, to correct it; whoever read it is then told that it has changed.
Undoing a collection leads back from PAID. An estimate is EXPIRED when its last day is over and nobody answered:
lists and acts read that off its dates, no row changes at midnight.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from services.documents.rules.kinds import DocumentKind
from services.kit.errors import Refused


class DocumentStatus(StrEnum):
    """Where a document stands."""

    DRAFT = "DRAFT"
    PENDING_REVIEW = "PENDING_REVIEW"
    APPROVED = "APPROVED"
    PARTLY_PAID = "PARTLY_PAID"
    PAID = "PAID"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"


class TransitionRefused(Refused):
    """`allowed` names the states that may follow."""

    code = "TRANSITION_REFUSED"
    sentence = "A document that is {status} cannot become {wanted}."
    words = frozenset({"status", "wanted"})


class SettledBeyondTotal(Refused):
    """More is settled than was owed, or with the other sign."""

    code = "SETTLED_BEYOND_TOTAL"
    sentence = "{settled} is more than the total of {total}."


Transitions = Mapping[DocumentStatus, frozenset[DocumentStatus]]

_TO_REVIEW: Transitions = {
    DocumentStatus.DRAFT: frozenset({DocumentStatus.PENDING_REVIEW, DocumentStatus.CANCELLED}),
    DocumentStatus.PENDING_REVIEW: frozenset(
        {DocumentStatus.DRAFT, DocumentStatus.APPROVED, DocumentStatus.CANCELLED}
    ),
}

_PAYABLE: Transitions = {
    **_TO_REVIEW,
    DocumentStatus.APPROVED: frozenset({DocumentStatus.PARTLY_PAID, DocumentStatus.PAID}),
    DocumentStatus.PARTLY_PAID: frozenset({DocumentStatus.APPROVED, DocumentStatus.PAID}),
    DocumentStatus.PAID: frozenset({DocumentStatus.APPROVED, DocumentStatus.PARTLY_PAID}),
}

_BOUGHT: Transitions = {
    **_PAYABLE,
    DocumentStatus.APPROVED: frozenset(
        {DocumentStatus.PARTLY_PAID, DocumentStatus.PAID, DocumentStatus.PENDING_REVIEW}
    ),
}

_ANSWERED: Transitions = {
    **_TO_REVIEW,
    DocumentStatus.APPROVED: frozenset(
        {
            DocumentStatus.ACCEPTED,
            DocumentStatus.REJECTED,
            DocumentStatus.EXPIRED,
            DocumentStatus.CANCELLED,
            DocumentStatus.PENDING_REVIEW,
        }
    ),
}

_RECEIPT: Transitions = {**_TO_REVIEW, DocumentStatus.APPROVED: frozenset({DocumentStatus.CANCELLED})}

_NOT_BINDING: Transitions = {
    **_TO_REVIEW,
    DocumentStatus.APPROVED: frozenset({DocumentStatus.CANCELLED, DocumentStatus.PENDING_REVIEW}),
}

TRANSITIONS: Mapping[DocumentKind, Transitions] = {
    DocumentKind.ESTIMATE: _ANSWERED,
    DocumentKind.PROFORMA: _NOT_BINDING,
    DocumentKind.SALES_ORDER: _NOT_BINDING,
    DocumentKind.DELIVERY_NOTE: _NOT_BINDING,
    DocumentKind.SALES_INVOICE: _PAYABLE,
    DocumentKind.PAYMENT_RECEIPT: _RECEIPT,
    DocumentKind.PURCHASE_ORDER: _NOT_BINDING,
    DocumentKind.PURCHASE_INVOICE: _BOUGHT,
    DocumentKind.EXPENSE: _BOUGHT,
}

OPEN_STATUSES = frozenset({DocumentStatus.APPROVED, DocumentStatus.PARTLY_PAID})
"""Payable kinds in these states can be matched with a bank line."""


def next_statuses(kind: DocumentKind, status: DocumentStatus) -> frozenset[DocumentStatus]:
    """This will name the states that may follow; empty at the end of the road."""
    return TRANSITIONS[kind].get(status, frozenset())


def check_transition(kind: DocumentKind, status: DocumentStatus, wanted: DocumentStatus) -> None:
    """This will refuse a change of state that the kind does not know. Raises TransitionRefused."""
    allowed = next_statuses(kind, status)
    if wanted not in allowed:
        raise TransitionRefused(kind=kind, status=status, wanted=wanted, allowed=sorted(allowed))


def settled_status(document_total: Decimal, settled: Decimal) -> DocumentStatus:
    """This will give the state of an approved document by what was paid of it.

    Both have the sign of the document: a credit note has a negative total and is settled with negative
    amounts. Raises SettledBeyondTotal when the rest would change its sign.
    """
    if abs(settled) > abs(document_total) or settled * document_total < 0:
        raise SettledBeyondTotal(settled=settled, total=document_total)
    if settled == document_total:
        return DocumentStatus.PAID
    return DocumentStatus.PARTLY_PAID if settled else DocumentStatus.APPROVED
