"""What closes a document that a line pays not quite: the account, and where it is refused."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from services.banking.rules.candidates import ReasonCode
from services.banking.rules.differences import (
    Difference,
    DifferenceAboveLimit,
    DifferenceLeavesOpen,
    DifferenceWrongWay,
    NoDifference,
    closing_part,
)
from services.banking.rules.matching import candidates, is_auto_postable
from services.banking.rules.signals import Direction
from services.banking.rules.targets import LineState, LineToReconcile, Part, Target
from tests.services.banking.test_rules_matching import invoice, line


def paid(amount: str) -> LineToReconcile:
    return LineToReconcile(
        amount=Decimal(amount), settled=Decimal("0.00"), currency="EUR", state=LineState.NEW
    )


SALE = Target(
    document_id=UUID(int=1),
    number="FV26-0012",
    amount=Decimal("100.00"),
    outstanding=Decimal("100.00"),
    direction=Direction.IN,
    currency="EUR",
)
PURCHASE = replace(SALE, direction=Direction.OUT)


class TestClosingPart:
    @pytest.mark.parametrize(
        ("kind", "amount", "target", "account", "part"),
        [
            (Difference.WRITE_OFF, "99.95", SALE, "659", "-0.05"),
            (Difference.WRITE_OFF, "100.05", SALE, "759", "0.05"),
            (Difference.WRITE_OFF, "-99.99", PURCHASE, "759", "0.01"),
            (Difference.WRITE_OFF, "-100.01", PURCHASE, "659", "-0.01"),
            (Difference.FEE, "97.00", SALE, "626", "-3.00"),
            (Difference.FEE, "-101.50", PURCHASE, "626", "-1.50"),
            (Difference.DISCOUNT, "98.00", SALE, "706", "-2.00"),
            (Difference.DISCOUNT, "-98.00", PURCHASE, "606", "2.00"),
        ],
    )
    def test_names_account_and_amount(
        self, kind: Difference, amount: str, target: Target, account: str, part: str
    ) -> None:
        assert closing_part(kind, paid(amount), [target]) == Part(account_code=account, amount=Decimal(part))

    def test_counts_what_other_accounts_take(self) -> None:
        fee = Part(account_code="626", amount=Decimal("-3.00"))

        assert closing_part(Difference.WRITE_OFF, paid("96.98"), [SALE], [fee]).amount == Decimal("-0.02")

    @pytest.mark.parametrize(
        ("kind", "amount", "targets", "refusal"),
        [
            (Difference.WRITE_OFF, "99.94", [SALE], DifferenceAboveLimit),
            (Difference.WRITE_OFF, "100.06", [SALE], DifferenceAboveLimit),
            (Difference.FEE, "100.01", [SALE], DifferenceWrongWay),
            (Difference.FEE, "-99.00", [PURCHASE], DifferenceWrongWay),
            (Difference.DISCOUNT, "101.00", [SALE], DifferenceWrongWay),
            (Difference.DISCOUNT, "-101.00", [PURCHASE], DifferenceWrongWay),
            (Difference.WRITE_OFF, "100.00", [SALE], NoDifference),
            (Difference.WRITE_OFF, "0.05", [], NoDifference),
            (
                Difference.FEE,
                "97.00",
                [replace(SALE, outstanding=Decimal("100.01"))],
                DifferenceLeavesOpen,
            ),
        ],
    )
    def test_refuses(
        self, kind: Difference, amount: str, targets: list[Target], refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            closing_part(kind, paid(amount), targets)


class TestCandidatesThatDiffer:
    @pytest.mark.parametrize(
        ("amount", "concept", "difference", "said"),
        [
            ("1209.95", "", Difference.WRITE_OFF, ReasonCode.DIFFERS_BY_CENTS),
            ("1210.05", "", Difference.WRITE_OFF, ReasonCode.DIFFERS_BY_CENTS),
            ("1205.00", "04", Difference.FEE, ReasonCode.FEE_KEPT),
            ("1160.00", "12", Difference.FEE, ReasonCode.FEE_KEPT),
            ("1205.00", "", None, ReasonCode.PARTIAL_PAYMENT),
            ("1159.99", "04", None, ReasonCode.PARTIAL_PAYMENT),
        ],
    )
    def test_say_what_would_close_them(
        self, amount: str, concept: str, difference: Difference | None, said: ReasonCode
    ) -> None:
        (found,) = candidates(line(amount, "PAGO FV26-0012", concept=concept), [invoice()])

        assert found.difference is difference
        assert said in {reason.code for reason in found.reasons}
        assert found.amounts == (Decimal("1210.00") if difference else Decimal(amount),)

    def test_are_never_posted_without_a_person(self) -> None:
        assert not is_auto_postable(candidates(line("1209.99", "PAGO FV26-0012"), [invoice()]))

    def test_need_something_in_the_text(self) -> None:
        assert candidates(line("1209.99", "TRANSFERENCIA"), [invoice()]) == []
