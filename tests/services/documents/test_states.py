"""Which state may follow which."""

from decimal import Decimal
from itertools import pairwise

import pytest

from services.documents.rules.kinds import POSTED_KINDS, DocumentKind
from services.documents.rules.states import (
    TRANSITIONS,
    DocumentStatus,
    SettledBeyondTotal,
    TransitionRefused,
    check_transition,
    next_statuses,
    settled_status,
)


class TestCheckTransition:
    @pytest.mark.parametrize("kind", sorted(POSTED_KINDS))
    def test_leads_an_invoice_to_paid_and_back(self, kind: DocumentKind) -> None:
        road = [
            "DRAFT",
            "PENDING_REVIEW",
            "APPROVED",
            "PARTLY_PAID",
            "PAID",
            "PARTLY_PAID",
            "APPROVED",
            "PAID",
        ]

        for status, wanted in pairwise(road):
            check_transition(kind, DocumentStatus(status), DocumentStatus(wanted))

    @pytest.mark.parametrize("kind", sorted(POSTED_KINDS))
    @pytest.mark.parametrize(
        "wanted", [DocumentStatus.DRAFT, DocumentStatus.CANCELLED, DocumentStatus.ACCEPTED]
    )
    def test_never_takes_a_number_back(self, kind: DocumentKind, wanted: DocumentStatus) -> None:
        with pytest.raises(TransitionRefused) as refusal:
            check_transition(kind, DocumentStatus.APPROVED, wanted)

        back = [] if kind is DocumentKind.SALES_INVOICE else ["PENDING_REVIEW"]
        assert refusal.value.values["allowed"] == ["PAID", "PARTLY_PAID", *back]

    @pytest.mark.parametrize(
        "answer", [DocumentStatus.ACCEPTED, DocumentStatus.REJECTED, DocumentStatus.EXPIRED]
    )
    def test_lets_an_estimate_be_answered_once(self, answer: DocumentStatus) -> None:
        check_transition(DocumentKind.ESTIMATE, DocumentStatus.APPROVED, answer)

        assert next_statuses(DocumentKind.ESTIMATE, answer) == frozenset()

    def test_reviews_before_approving(self) -> None:
        with pytest.raises(TransitionRefused):
            check_transition(DocumentKind.SALES_INVOICE, DocumentStatus.DRAFT, DocumentStatus.APPROVED)

    def test_knows_every_kind(self) -> None:
        assert set(TRANSITIONS) == set(DocumentKind)


class TestSettledStatus:
    @pytest.mark.parametrize(
        ("document_total", "settled", "status"),
        [
            ("121.00", "0.00", DocumentStatus.APPROVED),
            ("121.00", "0.01", DocumentStatus.PARTLY_PAID),
            ("121.00", "121.00", DocumentStatus.PAID),
            ("-121.00", "-21.00", DocumentStatus.PARTLY_PAID),
            ("-121.00", "-121.00", DocumentStatus.PAID),
            ("0.00", "0.00", DocumentStatus.PAID),
        ],
    )
    def test_follows_what_was_paid(self, document_total: str, settled: str, status: DocumentStatus) -> None:
        assert settled_status(Decimal(document_total), Decimal(settled)) is status

    @pytest.mark.parametrize(
        ("document_total", "settled"), [("121.00", "121.01"), ("121.00", "-1.00"), ("0", "1")]
    )
    def test_refuses_more_than_there_is(self, document_total: str, settled: str) -> None:
        with pytest.raises(SettledBeyondTotal):
            settled_status(Decimal(document_total), Decimal(settled))
