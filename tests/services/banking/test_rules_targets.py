"""Which targets a bank line may be reconciled with: the edge where valid turns invalid, refusal by refusal."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from services.banking.rules.signals import Direction
from services.banking.rules.targets import (
    TARGET_COUNT_MAX,
    AmountAboveOutstanding,
    AmountNotPositive,
    AmountsAboveLine,
    CurrencyDiffers,
    DirectionDiffers,
    DocumentTwice,
    LineIgnored,
    LineMatched,
    LineState,
    LineToReconcile,
    NoTarget,
    Target,
    TargetRefused,
    TooManyTargets,
    validate_targets,
)

LINE = LineToReconcile(
    amount=Decimal("1210.00"), settled=Decimal("0.00"), currency="EUR", state=LineState.NEW
)
INVOICE = Target(
    document_id=UUID(int=1),
    number="FV26-0012",
    amount=Decimal("1210.00"),
    outstanding=Decimal("1210.00"),
    direction=Direction.IN,
    currency="EUR",
)


class TestValidateTargets:
    @pytest.mark.parametrize("state", [LineState.NEW, LineState.PROPOSED, LineState.PARTLY])
    def test_accepts_an_open_line_and_an_exact_amount(self, state: LineState) -> None:
        validate_targets(replace(LINE, state=state), [INVOICE])

    def test_accepts_money_out_for_a_purchase(self) -> None:
        validate_targets(
            replace(LINE, amount=Decimal("-1210.00")), [replace(INVOICE, direction=Direction.OUT)]
        )

    def test_accepts_parts_that_leave_line_and_document_open(self) -> None:
        validate_targets(LINE, [replace(INVOICE, amount=Decimal("0.01"))])

    def test_accepts_several_documents_up_to_the_line(self) -> None:
        halves = [
            replace(INVOICE, document_id=UUID(int=number), amount=Decimal("605.00")) for number in (1, 2)
        ]

        validate_targets(LINE, halves)

    @pytest.mark.parametrize(
        ("line", "target", "refusal"),
        [
            (replace(LINE, state=LineState.MATCHED), INVOICE, LineMatched),
            (replace(LINE, state=LineState.IGNORED), INVOICE, LineIgnored),
            (replace(LINE, currency="USD"), INVOICE, CurrencyDiffers),
            (replace(LINE, amount=Decimal("-1210.00")), INVOICE, DirectionDiffers),
            (LINE, replace(INVOICE, direction=Direction.OUT), DirectionDiffers),
            (replace(LINE, amount=Decimal("0.00")), INVOICE, DirectionDiffers),
            (LINE, replace(INVOICE, amount=Decimal("0.00")), AmountNotPositive),
            (LINE, replace(INVOICE, amount=Decimal("-0.01")), AmountNotPositive),
            (LINE, replace(INVOICE, amount=Decimal("0.005")), AmountNotPositive),
            (LINE, replace(INVOICE, outstanding=Decimal("1209.99")), AmountAboveOutstanding),
            (
                LINE,
                replace(INVOICE, amount=Decimal("1210.01"), outstanding=Decimal("2000.00")),
                AmountsAboveLine,
            ),
            (replace(LINE, settled=Decimal("0.01"), state=LineState.PARTLY), INVOICE, AmountsAboveLine),
        ],
    )
    def test_refuses(self, line: LineToReconcile, target: Target, refusal: type[TargetRefused]) -> None:
        with pytest.raises(TargetRefused) as caught:
            validate_targets(line, [target])

        assert type(caught.value) is refusal
        assert "{" not in caught.value.message

    def test_refuses_no_document(self) -> None:
        with pytest.raises(NoTarget):
            validate_targets(LINE, [])

    def test_refuses_a_document_twice(self) -> None:
        part = replace(INVOICE, amount=Decimal("1.00"))

        with pytest.raises(DocumentTwice) as caught:
            validate_targets(LINE, [part, part])

        assert caught.value.values == {"number": "FV26-0012"}

    def test_refuses_more_documents_than_the_limit(self) -> None:
        cents = [
            replace(INVOICE, document_id=UUID(int=number), amount=Decimal("0.01"))
            for number in range(TARGET_COUNT_MAX + 1)
        ]

        validate_targets(LINE, cents[:-1])
        with pytest.raises(TooManyTargets):
            validate_targets(LINE, cents)

    def test_refuses_a_sum_above_the_line_with_both_numbers(self) -> None:
        twice = [replace(INVOICE, document_id=UUID(int=number)) for number in (1, 2)]

        with pytest.raises(AmountsAboveLine) as caught:
            validate_targets(LINE, twice)

        assert caught.value.values == {"total": "2420.00", "left": "1210.00"}
        assert caught.value.code == "AMOUNTS_ABOVE_LINE"
