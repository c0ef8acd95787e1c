"""Series, numbers and due dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents.rules.kinds import SALES_KINDS, DocumentKind
from services.documents.rules.numbers import (
    DEFAULT_SERIES,
    RECTIFYING_SERIES,
    IssuedBeforePrevious,
    PaymentTerms,
    SeriesRefused,
    TermsRefused,
    check_issue_order,
    document_number,
    due_on,
)


class TestDocumentNumber:
    @pytest.mark.parametrize(
        ("series", "year", "sequence", "number"),
        [
            ("FV", 2026, 123, "FV26-000123"),
            ("FR", 2005, 1, "FR05-000001"),
            ("A1", 2026, 1234567, "A126-1234567"),
        ],
    )
    def test_is_series_year_and_sequence(self, series: str, year: int, sequence: int, number: str) -> None:
        assert document_number(series, year, sequence) == number

    @pytest.mark.parametrize("series", ["", "fv", "1A", "F-V", "ABCDEFGHI", "FÑ", "FV\n"])
    def test_refuses_a_strange_series(self, series: str) -> None:
        with pytest.raises(SeriesRefused):
            document_number(series, 2026, 1)

    def test_counts_from_one(self) -> None:
        with pytest.raises(ValueError, match="from 1"):
            document_number("FV", 2026, 0)

    def test_has_a_series_of_its_own_for_each_kind_we_number(self) -> None:
        assert set(DEFAULT_SERIES) == SALES_KINDS | {DocumentKind.PURCHASE_ORDER}
        assert len({*DEFAULT_SERIES.values(), RECTIFYING_SERIES}) == len(DEFAULT_SERIES) + 1


class TestCheckIssueOrder:
    def test_accepts_the_same_day_and_the_first_number(self) -> None:
        check_issue_order(date(2026, 3, 1), date(2026, 3, 1))
        check_issue_order(date(2026, 3, 1), None)

    def test_refuses_an_earlier_day(self) -> None:
        with pytest.raises(IssuedBeforePrevious):
            check_issue_order(date(2026, 2, 28), date(2026, 3, 1))


class TestDueOn:
    @pytest.mark.parametrize(
        ("issued_on", "terms", "due"),
        [
            (date(2026, 1, 31), PaymentTerms(days=0), date(2026, 1, 31)),
            (date(2026, 1, 31), PaymentTerms(days=30), date(2026, 3, 2)),
            (date(2026, 1, 15), PaymentTerms(days=30, to_month_end=True), date(2026, 2, 28)),
            (date(2026, 1, 10), PaymentTerms(days=0, pay_day=10), date(2026, 1, 10)),
            (date(2026, 1, 11), PaymentTerms(days=0, pay_day=10), date(2026, 2, 10)),
            (date(2026, 1, 31), PaymentTerms(days=1, pay_day=31), date(2026, 2, 28)),
            (date(2025, 12, 20), PaymentTerms(days=0, pay_day=5), date(2026, 1, 5)),
        ],
    )
    def test_follows_the_terms(self, issued_on: date, terms: PaymentTerms, due: date) -> None:
        assert due_on(issued_on, terms) == due

    @given(
        issued_on=st.dates(max_value=date(9990, 1, 1)),
        days=st.integers(0, 365),
        to_month_end=st.booleans(),
        pay_day=st.none() | st.integers(1, 31),
    )
    def test_is_never_before_the_days_are_over(
        self, *, issued_on: date, days: int, to_month_end: bool, pay_day: int | None
    ) -> None:
        due = due_on(issued_on, PaymentTerms(days=days, to_month_end=to_month_end, pay_day=pay_day))

        assert days <= (due - issued_on).days <= days + 62

    @pytest.mark.parametrize(
        "terms", [PaymentTerms(days=-1), PaymentTerms(days=366), PaymentTerms(pay_day=32)]
    )
    def test_refuses_strange_terms(self, terms: PaymentTerms) -> None:
        with pytest.raises(TermsRefused):
            due_on(date(2026, 1, 1), terms)
