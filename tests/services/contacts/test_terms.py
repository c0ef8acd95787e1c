"""When what is agreed falls due, and in which parts."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contacts.rules.terms import PaymentTerms, checked_terms, due_dates, longest_days
from services.kit.errors import BadInput

ISSUED = date(2026, 1, 20)


def due(*, total: str = "100.00", issued_on: date = ISSUED, **terms: object) -> list[tuple[str, str]]:
    found = due_dates(PaymentTerms(**terms), issued_on, Decimal(total))  # type: ignore[arg-type]
    return [(due_on.isoformat(), str(amount)) for due_on, amount in found]


class TestDueDates:
    def test_are_the_day_of_issue_where_nothing_was_agreed(self) -> None:
        assert due() == [("2026-01-20", "100.00")]

    def test_count_calendar_days(self) -> None:
        assert due(days=(30,)) == [("2026-02-19", "100.00")]

    def test_move_to_the_end_of_the_month_then_to_the_next_pay_day(self) -> None:
        assert due(days=(30,), month_end=True) == [("2026-02-28", "100.00")]
        assert due(days=(30,), pay_days=(5, 25)) == [("2026-02-25", "100.00")]
        assert due(days=(30,), month_end=True, pay_days=(5, 25)) == [("2026-03-05", "100.00")]
        assert due(days=(0,), pay_days=(20,)) == [("2026-01-20", "100.00")]

    def test_take_the_last_day_of_a_month_that_lacks_the_pay_day(self) -> None:
        assert due(days=(30,), pay_days=(31,)) == [("2026-02-28", "100.00")]
        assert due(issued_on=date(2026, 12, 31), days=(1,), pay_days=(31,)) == [("2027-01-31", "100.00")]

    @pytest.mark.parametrize(
        ("issued_on", "terms", "due_on"),
        [
            ("2026-01-31", PaymentTerms(days=(0,)), "2026-01-31"),
            ("2026-01-31", PaymentTerms(days=(30,)), "2026-03-02"),
            ("2026-01-15", PaymentTerms(days=(30,), month_end=True), "2026-02-28"),
            ("2026-01-10", PaymentTerms(days=(0,), pay_days=(10,)), "2026-01-10"),
            ("2026-01-11", PaymentTerms(days=(0,), pay_days=(10,)), "2026-02-10"),
            ("2026-01-31", PaymentTerms(days=(1,), pay_days=(31,)), "2026-02-28"),
            ("2025-12-20", PaymentTerms(days=(0,), pay_days=(5,)), "2026-01-05"),
        ],
    )
    def test_cross_months_and_years(self, issued_on: str, terms: PaymentTerms, due_on: str) -> None:
        (only,) = due_dates(terms, date.fromisoformat(issued_on), Decimal(1))

        assert only == (date.fromisoformat(due_on), Decimal("1.00"))

    @given(
        issued_on=st.dates(max_value=date(9990, 1, 1)),
        days=st.integers(0, 365),
        month_end=st.booleans(),
        pay_day=st.none() | st.integers(1, 31),
    )
    def test_are_never_before_the_days_are_over(
        self, *, issued_on: date, days: int, month_end: bool, pay_day: int | None
    ) -> None:
        pay_days = () if pay_day is None else (pay_day,)
        terms = PaymentTerms(days=(days,), month_end=month_end, pay_days=pay_days)

        ((due_on, _),) = due_dates(terms, issued_on, Decimal(1))

        assert days <= (due_on - issued_on).days <= days + 62

    def test_cut_in_equal_parts_of_which_no_cent_is_lost(self) -> None:
        assert due(days=(30, 60, 90)) == [
            ("2026-02-19", "33.33"),
            ("2026-03-21", "33.34"),
            ("2026-04-20", "33.33"),
        ]

    def test_add_up_parts_of_one_day_and_leave_out_parts_of_nothing(self) -> None:
        assert due(days=(1, 2), pay_days=(25,)) == [("2026-01-25", "100.00")]
        assert due(total="0.01", days=(30, 60, 90)) == [("2026-03-21", "0.01")]
        assert due(total="0.00", days=(30, 60)) == [("2026-03-21", "0.00")]

    @given(
        total=st.decimals(min_value=-1_000_000, max_value=1_000_000, places=2),
        days=st.lists(st.integers(0, 365), max_size=12, unique=True),
        month_end=st.booleans(),
        pay_days=st.lists(st.integers(1, 31), max_size=6),
        issued_on=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    )
    def test_never_lose_a_cent_turn_a_sign_or_fall_before_their_day(
        self, *, total: Decimal, days: list[int], month_end: bool, pay_days: list[int], issued_on: date
    ) -> None:
        terms = PaymentTerms(days=tuple(sorted(days)), month_end=month_end, pay_days=tuple(pay_days))

        found = due_dates(terms, issued_on, total)

        assert sum(amount for _, amount in found) == total
        assert all(amount * total >= 0 for _, amount in found)
        assert [due_on for due_on, _ in found] == sorted({due_on for due_on, _ in found})
        assert found[0][0] >= issued_on

    def test_give_dates_and_amounts(self) -> None:
        assert due_dates(PaymentTerms(days=(10,)), ISSUED, Decimal("-12.10")) == (
            (date(2026, 1, 30), Decimal("-12.10")),
        )


class TestCheckedTerms:
    def test_puts_days_in_order(self) -> None:
        assert checked_terms(PaymentTerms(days=(60, 30), pay_days=(25, 5, 25)), path="x") == PaymentTerms(
            days=(30, 60), pay_days=(5, 25)
        )

    @pytest.mark.parametrize(
        "terms",
        [
            PaymentTerms(days=(-1,)),
            PaymentTerms(days=(366,)),
            PaymentTerms(days=(30, 30)),
            PaymentTerms(days=tuple(range(13))),
            PaymentTerms(pay_days=(0,)),
            PaymentTerms(pay_days=(32,)),
            PaymentTerms(pay_days=tuple(range(1, 8))),
        ],
    )
    def test_refuses_what_makes_no_sense(self, terms: PaymentTerms) -> None:
        with pytest.raises(BadInput) as refused:
            checked_terms(terms, path="input.paymentTerms")

        assert refused.value.path[:2] == ("input", "paymentTerms")

    def test_knows_the_longest_term(self) -> None:
        assert longest_days(PaymentTerms(days=(30, 90))) == 90
        assert longest_days(PaymentTerms()) == 0
