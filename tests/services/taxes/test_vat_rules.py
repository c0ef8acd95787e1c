"""The boxes of 303 and 390, from frozen sums of taxed lines."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.money import ZERO
from services.taxes.rules.taxed import Feed, TaxedSum, filled, strays
from services.taxes.rules.vat_303 import (
    TOTALS_303,
    ResultType,
    boxes_303,
    feeds_303,
    pending_after,
    usual_result,
)
from services.taxes.rules.vat_390 import Kept303, boxes_390, feeds_390
from services.taxes.rules.vat_boxes import BOXES_303, boxless
from tests.services.taxes.taxed_lines import BY_CODE, USES, WORKED_BOXES, WORKED_QUARTER, line

FEEDS_303 = feeds_303(USES)
FEEDS_390 = feeds_390(USES)

cents = st.integers(-1_000_000, 1_000_000).map(lambda number: str(Decimal(number) / 100))
taxed_lines = st.builds(
    line,
    # The 390 has no intra-EU box below 4 %, and these codes are all above it.
    st.sampled_from(sorted(BY_CODE)),
    cents,
    rectifying=st.booleans(),
    quarter=st.integers(1, 4),
    deductible=st.sampled_from(["0", "0.5", "1"]),
)


def compute(lines: list[TaxedSum], pending: str = "0.00", **typed: str) -> dict[str, Decimal]:
    given_boxes = {number.removeprefix("box"): Decimal(amount) for number, amount in typed.items()}
    return boxes_303(FEEDS_303, lines, typed=given_boxes, pending=Decimal(pending))


class TestTheWorkedQuarter:
    def test_fills_every_box_and_no_other(self) -> None:
        boxes = compute(WORKED_QUARTER, pending="300.00")

        assert {box: str(amount) for box, amount in boxes.items() if amount} == {
            box: amount for box, amount in WORKED_BOXES.items() if Decimal(amount)
        }
        assert boxes["87"] == ZERO

    def test_is_to_be_paid(self) -> None:
        assert usual_result(compute(WORKED_QUARTER, pending="300.00")) is ResultType.TO_PAY


class TestPending:
    def test_is_used_only_down_to_zero(self) -> None:
        boxes = compute([line("S21", "1000.00")], pending="300.00")

        assert (boxes["78"], boxes["87"], boxes["71"]) == (Decimal("210.00"), Decimal("90.00"), ZERO)
        assert pending_after(boxes, usual_result(boxes)) == Decimal("90.00")

    def test_grows_by_a_negative_result_that_is_compensated(self) -> None:
        boxes = compute([line("P21", "1000.00")], pending="40.00")

        assert (boxes["78"], boxes["87"], boxes["71"]) == (ZERO, Decimal("40.00"), Decimal("-210.00"))
        assert usual_result(boxes) is ResultType.COMPENSATE
        assert pending_after(boxes, ResultType.COMPENSATE) == Decimal("250.00")
        assert pending_after(boxes, ResultType.REFUND) == Decimal("40.00")

    def test_can_be_typed(self) -> None:
        assert compute([line("S21", "1000.00")], pending="300.00", box110="10.00")["71"] == Decimal("200.00")


class TestTypedBoxes:
    def test_enter_the_totals(self) -> None:
        boxes = compute([line("S21", "1000.00")], box44="-10.00", box65="50.00", box70="20.00")

        assert boxes["45"] == Decimal("-10.00")
        assert boxes["66"] == Decimal("110.00")
        assert boxes["71"] == Decimal("90.00")

    def test_never_replace_what_documents_say(self) -> None:
        assert compute([line("S21", "1000.00")], box09="1.00")["09"] == Decimal("210.00")


class TestPurchases:
    def test_of_a_retailer_under_the_surcharge_deduct_nothing(self) -> None:
        assert compute([line("P21R52", "1000.00")])["45"] == ZERO

    def test_that_are_not_deductible_leave_no_base_behind(self) -> None:
        boxes = compute([line("P21", "1000.00", deductible="0")])

        assert boxes.get("28", ZERO) == boxes.get("29", ZERO) == ZERO

    @pytest.mark.parametrize(
        ("code", "base", "quota"),
        [
            ("P_IMPORT21", "32", "33"),
            ("P_IMPORT_INV21", "34", "35"),
            ("P_IC_INV21", "38", "39"),
            ("P_IC_SERVICES21", "36", "37"),
            ("P_ISP21", "28", "29"),
        ],
    )
    def test_go_to_the_boxes_of_their_kind(self, code: str, base: str, quota: str) -> None:
        boxes = compute([line(code, "100.00")])

        assert (boxes[base], boxes[quota]) == (Decimal("100.00"), Decimal("21.00"))

    def test_from_abroad_by_rectification_change_both_sides(self) -> None:
        boxes = compute([line("P_IC_GOODS21", "-100.00", rectifying=True)])

        assert (boxes["14"], boxes["15"]) == (Decimal("-100.00"), Decimal("-21.00"))
        assert (boxes["40"], boxes["41"]) == (Decimal("-100.00"), Decimal("-21.00"))
        assert boxes["46"] == ZERO


class TestSurcharge:
    def test_of_a_credit_note_is_a_change(self) -> None:
        boxes = compute([line("S21R52", "-100.00", rectifying=True)])

        assert (boxes["25"], boxes["26"]) == (Decimal("-100.00"), Decimal("-5.20"))
        assert "22" not in boxes


class TestCodes:
    def test_that_no_box_takes_are_named(self) -> None:
        unknown = TaxedSum(code="X99", base=Decimal("10.00"))

        assert strays(FEEDS_303, [unknown, line("S_EXEMPT", "5.00")], boxless(USES)) == ("X99",)

    def test_have_a_box_in_both_models_unless_the_law_gives_none(self) -> None:
        for feeds in (FEEDS_303, FEEDS_390):
            lines = [line(code, "100.00") for code in BY_CODE]

            assert strays(feeds, lines, boxless(USES)) == ()

    def test_fill_base_and_quota_side_by_side(self) -> None:
        """Base, rate, quota stand in this order: the base is never the box after the quota."""
        for base, quota in BOXES_303.output.values():
            assert int(quota) == int(base) + 2


class TestRandomQuarters:
    @given(st.lists(taxed_lines, max_size=30))
    def test_totals_equal_the_sum_of_their_parts(self, lines: list[TaxedSum]) -> None:
        boxes = compute(lines)

        for number in ("27", "45"):
            assert boxes[number] == sum((boxes.get(box, ZERO) for box in TOTALS_303[number]), ZERO)

    @given(st.lists(taxed_lines, max_size=30))
    def test_the_lines_behind_a_box_add_up_to_it(self, lines: list[TaxedSum]) -> None:
        boxes, opened = compute(lines), filled(FEEDS_303, lines)

        for number in {feed.box for taken in FEEDS_303.values() for feed in taken}:
            assert opened.get(number, ZERO) == boxes.get(number, ZERO), number

    @given(st.lists(taxed_lines, max_size=30))
    def test_the_output_side_is_what_was_charged_or_owed(self, lines: list[TaxedSum]) -> None:
        """Counted another way: what 477 would hold and what 472 would hold."""
        owed = sum(
            (
                one.quota + one.surcharge
                for one in lines
                if BY_CODE[one.code].side == "SALES" or BY_CODE[one.code].is_self_assessed
            ),
            ZERO,
        )
        boxes = compute(lines)

        assert boxes["27"] == owed
        assert boxes["45"] == sum((one.deductible for one in lines), ZERO)

    @given(st.lists(taxed_lines, max_size=40))
    def test_the_year_is_the_sum_of_its_quarters(self, lines: list[TaxedSum]) -> None:
        quarters = [compute([one for one in lines if one.quarter == number]) for number in range(1, 5)]
        year = boxes_390(FEEDS_390, lines, typed={})

        assert year["47"] == sum((boxes["27"] for boxes in quarters), ZERO)
        assert year["64"] == sum((boxes["45"] for boxes in quarters), ZERO)

    @given(st.lists(st.lists(taxed_lines, max_size=8), min_size=4, max_size=4))
    def test_nothing_that_waits_is_lost_or_used_twice(self, year: list[list[TaxedSum]]) -> None:
        pending, returns = ZERO, []
        for quarter in year:
            boxes = boxes_303(FEEDS_303, quarter, typed={}, pending=pending)
            assert ZERO <= boxes["78"] <= boxes["110"]
            pending = pending_after(boxes, usual_result(boxes))
            returns.append((boxes, pending))

        paid = sum((max(boxes["71"], ZERO) for boxes, _ in returns), ZERO)
        assert paid - pending == sum((boxes["46"] for boxes, _ in returns), ZERO)
        assert all(after["110"] == left for (_, left), (after, _) in pairwise(returns))


class TestThe390:
    def test_takes_what_was_typed_in_the_quarters(self) -> None:
        boxes = boxes_390(
            FEEDS_390,
            [line("S21", "1000.00")],
            typed={},
            typed_303=[("43", Decimal("5.00")), ("44", Decimal("-2.00"))],
        )

        assert (boxes["63"], boxes["522"], boxes["64"]) == (
            Decimal("5.00"),
            Decimal("-2.00"),
            Decimal("3.00"),
        )

    def test_tells_what_was_paid_and_what_is_left_to_compensate(self) -> None:
        kept = [
            Kept303("1T", {"71": Decimal("1024.00"), "110": Decimal("300.00")}, ResultType.TO_PAY),
            Kept303("4T", {"71": Decimal("-50.00"), "110": ZERO}, ResultType.COMPENSATE),
        ]

        boxes = boxes_390(FEEDS_390, [], typed={}, kept=kept)

        assert (boxes["95"], boxes["97"], boxes["98"]) == (Decimal("1024.00"), Decimal("50.00"), ZERO)
        assert boxes["85"] == Decimal("300.00")

    def test_counts_a_rectified_period_once(self) -> None:
        """1000.00 were paid and 600.00 came back; the last quarter was refunded 500.00 and owes 200.00 of it."""
        lowered = {"71": Decimal("-600.00"), "70": Decimal("1000.00"), "111": Decimal("600.00")}
        last = {"71": Decimal("200.00"), "109": Decimal("500.00")}

        boxes = boxes_390(
            FEEDS_390,
            [],
            typed={},
            kept=[Kept303("1T", lowered, ResultType.REFUND), Kept303("4T", last, ResultType.TO_PAY)],
        )

        assert (boxes["95"], boxes["97"], boxes["98"]) == (Decimal("400.00"), ZERO, ZERO)

    def test_counts_the_turnover_with_its_changes(self) -> None:
        assert boxes_390(FEEDS_390, WORKED_QUARTER, typed={})["108"] == Decimal("18700.00")

    def test_separates_intra_eu_goods_from_services(self) -> None:
        boxes = boxes_390(
            FEEDS_390, [line("P_IC_GOODS21", "800.00"), line("P_IC_SERVICES21", "100.00")], typed={}
        )

        assert (boxes["26"], boxes["552"]) == (Decimal("168.00"), Decimal("21.00"))
        assert (boxes["57"], boxes["598"]) == (Decimal("168.00"), Decimal("21.00"))


class TestFeed:
    def test_takes_both_kinds_when_it_names_neither(self) -> None:
        from services.taxes.rules.taxed import Part

        assert Feed("59", Part.BASE).takes(line("S_IC_GOODS", "-1.00", rectifying=True))
