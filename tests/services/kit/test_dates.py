"""Calendar arithmetic."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.dates import add_months, month_end


class TestMonthEnd:
    @pytest.mark.parametrize(
        ("day", "end"), [(date(2024, 2, 1), 29), (date(2026, 2, 28), 28), (date(2026, 12, 31), 31)]
    )
    def test_is_the_last_day(self, day: date, end: int) -> None:
        assert month_end(day) == day.replace(day=end)


class TestAddMonths:
    @pytest.mark.parametrize(
        ("day", "months", "moved"),
        [
            (date(2026, 1, 31), 1, date(2026, 2, 28)),
            (date(2024, 1, 31), 1, date(2024, 2, 29)),
            (date(2026, 11, 15), 2, date(2027, 1, 15)),
            (date(2026, 1, 15), -1, date(2025, 12, 15)),
            (date(2026, 5, 5), 0, date(2026, 5, 5)),
        ],
    )
    def test_moves_whole_months(self, day: date, months: int, moved: date) -> None:
        assert add_months(day, months) == moved

    @given(st.dates(date(1000, 1, 1), date(8000, 1, 1)), st.integers(-1200, 1200))
    def test_lands_in_the_wanted_month(self, day: date, months: int) -> None:
        moved = add_months(day, months)

        assert (moved.year - day.year) * 12 + moved.month - day.month == months
        assert moved.day <= day.day
