"""Dates of timetables: months that lack a day, weeks, ends, counts, and where to go on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.recurring.rules import Frequency, Schedule, ScheduleRefused, check_schedule

TODAY = date(2026, 1, 1)


def schedule(starts_on: date, frequency: Frequency, **fields: object) -> Schedule:
    return Schedule(starts_on=starts_on, frequency=frequency, **fields)  # type: ignore[arg-type]


class TestDates:
    def test_of_the_31st_are_the_last_days_of_shorter_months(self) -> None:
        monthly = schedule(date(2027, 10, 31), Frequency.MONTHLY)

        assert monthly.upcoming(0, 0, 6) == [
            date(2027, 10, 31),
            date(2027, 11, 30),
            date(2027, 12, 31),
            date(2028, 1, 31),
            date(2028, 2, 29),
            date(2028, 3, 31),
        ]

    def test_of_quarters_years_and_weeks(self) -> None:
        start = date(2026, 11, 30)

        assert schedule(start, Frequency.QUARTERLY).date_at(1) == date(2027, 2, 28)
        assert schedule(date(2028, 2, 29), Frequency.YEARLY).upcoming(0, 0, 2)[1] == date(2029, 2, 28)
        assert schedule(start, Frequency.WEEKLY, every=2).date_at(3) == start + timedelta(weeks=6)

    def test_end_with_the_last_day_included(self) -> None:
        monthly = schedule(date(2026, 1, 1), Frequency.MONTHLY, ends_on=date(2026, 3, 1))

        assert monthly.upcoming(0, 0, 12) == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]

    def test_end_with_the_count_of_what_was_made(self) -> None:
        monthly = schedule(date(2026, 1, 1), Frequency.MONTHLY, count_max=4)

        assert len(monthly.upcoming(7, 1, 12)) == 3

    @given(
        start=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
        frequency=st.sampled_from(Frequency),
        every=st.integers(1, 8),
        ahead=st.integers(-40, 4_000),
    )
    def test_go_on_with_the_first_on_or_after_a_day(
        self, start: date, frequency: Frequency, every: int, ahead: int
    ) -> None:
        timetable = schedule(start, frequency, every=every if frequency is Frequency.WEEKLY else 1)
        day = start + timedelta(days=ahead)

        index = timetable.first_index_from(day)

        assert timetable.date_at(index) >= day
        assert index == 0 or timetable.date_at(index - 1) < day


class TestCheckSchedule:
    @pytest.mark.parametrize(
        ("fields", "path"),
        [
            ({"every": 0}, "every"),
            ({"every": 53}, "every"),
            ({"ends_on": date(2025, 12, 31)}, "endsOn"),
            ({"count_max": 0}, "countMax"),
            ({"count_max": 1001}, "countMax"),
        ],
    )
    def test_refuses_what_makes_no_sense(self, fields: dict[str, object], path: str) -> None:
        with pytest.raises(ScheduleRefused) as refused:
            check_schedule(schedule(date(2026, 1, 1), Frequency.WEEKLY, **fields), TODAY)

        assert refused.value.path == (path,)

    def test_refuses_every_second_month(self) -> None:
        with pytest.raises(ScheduleRefused):
            check_schedule(schedule(date(2026, 1, 1), Frequency.MONTHLY, every=2), TODAY)

    def test_takes_an_end_on_the_first_day(self) -> None:
        check_schedule(schedule(date(2026, 1, 1), Frequency.WEEKLY, ends_on=date(2026, 1, 1)), TODAY)
