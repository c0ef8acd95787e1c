"""What is refused before a document is kept or issued."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.documents.rules.amounts import LineAmounts
from services.documents.rules.kinds import VatRegime
from services.documents.rules.tax_codes import tax_code
from services.documents.rules.validity import (
    LINES_MAX,
    DeductibleRefused,
    DescriptionMissing,
    DescriptionTooLong,
    DiscountRefused,
    DocumentWithoutLines,
    DueBeforeIssued,
    LineAccountRefused,
    LineToCheck,
    OutlayAccountRefused,
    OutlayRefused,
    OutlaysAlone,
    PartyIncomplete,
    PartyToCheck,
    PriceRefused,
    QuantityZero,
    SimplifiedRefused,
    TooManyLines,
    WithholdingRefused,
    check_document,
    check_ready_to_issue,
    issued_as_simplified,
)
from services.kit.errors import Refused
from tests.support.builders.taxes import code_for

AMOUNTS = LineAmounts(quantity=Decimal(1), unit_price=Decimal(10), tax=code_for("21"))
LINE = LineToCheck(description="Consultoría", amounts=AMOUNTS)
DAY = date(2026, 3, 1)
PARTY = PartyToCheck(name="Acme SL", tax_id="B28015865", address="Calle Mayor 1")


def check(*lines: LineToCheck) -> None:
    check_document(lines=lines, issued_on=DAY)


class TestCheckDocument:
    def test_accepts_a_plain_invoice(self) -> None:
        check_document(
            lines=[LINE],
            issued_on=DAY,
            due_on=DAY,
            withholding_rate=Decimal(15),
        )

    @pytest.mark.parametrize(
        ("line", "refusal", "field"),
        [
            (replace(LINE, description=" "), DescriptionMissing, "description"),
            (replace(LINE, description="x" * 2001), DescriptionTooLong, "description"),
            (replace(LINE, amounts=replace(AMOUNTS, quantity=Decimal(0))), QuantityZero, "quantity"),
            (replace(LINE, amounts=replace(AMOUNTS, unit_price=Decimal(-1))), PriceRefused, "unitPrice"),
            (replace(LINE, amounts=replace(AMOUNTS, unit_price=Decimal("1e12"))), PriceRefused, "unitPrice"),
            (
                replace(LINE, amounts=replace(AMOUNTS, discount_percent=Decimal("100.01"))),
                DiscountRefused,
                "discountPercent",
            ),
            (
                replace(LINE, amounts=replace(AMOUNTS, deductible_percent=Decimal(-1))),
                DeductibleRefused,
                "deductiblePercent",
            ),
        ],
    )
    def test_names_the_line_and_the_field(
        self, line: LineToCheck, refusal: type[Refused], field: str
    ) -> None:
        with pytest.raises(refusal) as raised:
            check(LINE, line)

        assert raised.value.path == ("lines", "1", field)
        assert "line 2" in raised.value.message.lower()

    @pytest.mark.parametrize(
        ("account", "code", "withheld", "is_refused"),
        [
            ("440", "S_NOT_SUBJECT", "15", True),
            ("4400001", "S_EXEMPT", "0", True),
            ("555", "P_NOT_SUBJECT", "15", True),
            ("555", "P_NOT_SUBJECT", "0", False),
            ("555", "S21", "0", False),
            ("438", "S21", "15", False),
            ("705", "S_NOT_SUBJECT", "15", False),
            ("440", "S_OUTLAY", "15", False),
            ("555", "P_OUTLAY", "15", False),
        ],
    )
    def test_has_one_code_for_what_is_laid_out_in_a_customers_name(
        self, account: str, code: str, withheld: str, *, is_refused: bool
    ) -> None:
        """1000 of fee and 50 of court fees paid for the client: 150.00 is withheld, not 157.50."""
        outlay = replace(LINE, amounts=replace(AMOUNTS, tax=tax_code(code)), ledger_account_code=account)
        refused = pytest.raises(OutlayRefused) if is_refused else nullcontext()

        with refused:
            check_document(lines=[LINE, outlay], issued_on=DAY, withholding_rate=Decimal(withheld))

    @pytest.mark.parametrize(
        ("account", "is_refused"),
        [(None, False), ("555", False), ("4400001", False), ("5720001", False), ("705", True), ("629", True)],
    )
    def test_takes_an_outlay_to_no_income_and_no_cost(self, account: str | None, *, is_refused: bool) -> None:
        outlay = replace(
            LINE, amounts=replace(AMOUNTS, tax=tax_code("S_OUTLAY")), ledger_account_code=account
        )
        refused = pytest.raises(OutlayAccountRefused) if is_refused else nullcontext()

        for line in (outlay, replace(outlay, is_rectifying=True)):
            with refused:
                check_document(lines=[LINE, line], issued_on=DAY, withholding_rate=Decimal(15))

    @pytest.mark.parametrize("account", ["43000001", "4000001", "410", "47700021", "47200021", "473", "4751"])
    def test_takes_no_line_where_the_document_books_itself(self, account: str) -> None:
        """100 of a sale on 47700021 would be VAT that no return tells."""
        with pytest.raises(LineAccountRefused):
            check(replace(LINE, ledger_account_code=account))
        check(replace(LINE, ledger_account_code=account, is_rectifying=True))

    @pytest.mark.parametrize("account", ["43000001", "4000001", "410", "47700021", "4751"])
    def test_takes_an_outlay_to_no_tax_and_not_to_who_owes_it(self, account: str) -> None:
        """On 430 it would cancel itself in the books and stay claimed; on 477 the books would owe more than the 303."""
        outlay = replace(
            LINE, amounts=replace(AMOUNTS, tax=tax_code("S_OUTLAY")), ledger_account_code=account
        )

        with pytest.raises(OutlayAccountRefused):
            check_document(lines=[LINE, outlay], issued_on=DAY)
        check_document(lines=[LINE, replace(outlay, is_rectifying=True)], issued_on=DAY)

    def test_refuses_outlays_alone(self) -> None:
        with pytest.raises(OutlaysAlone):
            check(replace(LINE, amounts=replace(AMOUNTS, tax=tax_code("S_OUTLAY"))))

    def test_refuses_no_lines_and_too_many(self) -> None:
        check(*[LINE] * LINES_MAX)

        with pytest.raises(DocumentWithoutLines):
            check()
        with pytest.raises(TooManyLines):
            check(*[LINE] * (LINES_MAX + 1))

    def test_refuses_amounts_that_no_column_holds_together(self) -> None:
        large = replace(LINE, amounts=replace(AMOUNTS, unit_price=Decimal(400_000_000_000)))

        with pytest.raises(PriceRefused):
            check(large, large)

    def test_refuses_to_be_due_before_it_is_issued(self) -> None:
        with pytest.raises(DueBeforeIssued):
            check_document(lines=[LINE], issued_on=DAY, due_on=date(2026, 2, 28))

    def test_refuses_to_withhold_more_than_half(self) -> None:
        with pytest.raises(WithholdingRefused):
            check_document(lines=[LINE], issued_on=DAY, withholding_rate=Decimal("50.01"))


class TestCheckReadyToIssue:
    @pytest.mark.parametrize("missing", ["name", "tax_id", "address"])
    def test_wants_all_of_issuer_and_recipient(self, missing: str) -> None:
        incomplete = replace(PARTY, **{missing: " "})

        for issuer, recipient, party in ((incomplete, PARTY, "issuer"), (PARTY, incomplete, "recipient")):
            with pytest.raises(PartyIncomplete) as refusal:
                check_ready_to_issue(
                    issuer=issuer, recipient=recipient, regime=VatRegime.DOMESTIC, is_simplified=False
                )
            assert refusal.value.values == {"party": party, "missing": missing.replace("_", " ")}

    def test_wants_nothing_of_the_recipient_of_a_simplified_invoice(self) -> None:
        check_ready_to_issue(
            issuer=PARTY, recipient=PartyToCheck(), regime=VatRegime.DOMESTIC, is_simplified=True
        )

    def test_needs_no_tax_id_of_a_buyer_abroad(self) -> None:
        check_ready_to_issue(
            issuer=PARTY,
            recipient=replace(PARTY, tax_id=""),
            regime=VatRegime.EXPORT,
            is_simplified=False,
        )


class TestIssuedAsSimplified:
    NOBODY = PartyToCheck(name="Passing trade")

    def decided(
        self,
        total: str,
        *,
        asked: bool = False,
        recipient: PartyToCheck = NOBODY,
        regime: VatRegime = VatRegime.DOMESTIC,
        limit: str = "400.00",
    ) -> bool:
        return issued_as_simplified(
            asked=asked,
            recipient=recipient,
            regime=regime,
            document_total=Decimal(total),
            limit=Decimal(limit),
        )

    def test_is_every_small_invoice_without_a_full_recipient(self) -> None:
        assert self.decided("400.00")
        assert not self.decided("400.01")
        assert not self.decided("400.00", recipient=PARTY)
        assert not self.decided("400.00", regime=VatRegime.INTRA_EU)
        assert not self.decided("2999.00", limit="3000.00")

    def test_is_what_somebody_asks_for_within_the_limit(self) -> None:
        assert self.decided("400.00", asked=True, recipient=PARTY)
        assert self.decided("3000.00", asked=True, limit="3000.00")

        for total, regime in (("400.01", VatRegime.DOMESTIC), ("1.00", VatRegime.REVERSE_CHARGE)):
            with pytest.raises(SimplifiedRefused):
                self.decided(total, asked=True, regime=regime)
