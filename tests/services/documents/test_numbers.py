"""Series and numbers."""

from datetime import date

import pytest

from services.documents.rules.kinds import SALES_KINDS, DocumentKind
from services.documents.rules.numbers import (
    DEFAULT_SERIES,
    RECTIFYING_SERIES,
    IssuedBeforePrevious,
    SeriesRefused,
    check_issue_order,
    document_number,
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
