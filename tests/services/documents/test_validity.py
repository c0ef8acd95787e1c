"""What is refused before a document is kept or issued."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.documents.rules.amounts import LineAmounts
from services.documents.rules.kinds import DocumentKind, VatRegime
from services.documents.rules.validity import (
    LINES_MAX,
    DescriptionMissing,
    DescriptionTooLong,
    DiscountRefused,
    DocumentWithoutLines,
    DueBeforeIssued,
    LineToCheck,
    PartyIncomplete,
    PartyToCheck,
    PriceRefused,
    QuantityZero,
    TaxNotCharged,
    TaxRateUnknown,
    TooManyLines,
    WithholdingRefused,
    check_document,
    check_ready_to_issue,
)
from services.kit.errors import Refused

AMOUNTS = LineAmounts(quantity=Decimal(1), unit_price=Decimal(10), tax_rate=Decimal(21))
LINE = LineToCheck(description="Consultoría", amounts=AMOUNTS)
DAY = date(2026, 3, 1)
PARTY = PartyToCheck(name="Acme SL", tax_id="B28015865", address="Calle Mayor 1")


def check(
    *lines: LineToCheck,
    kind: DocumentKind = DocumentKind.SALES_INVOICE,
    regime: VatRegime = VatRegime.DOMESTIC,
) -> None:
    check_document(kind=kind, lines=lines, issued_on=DAY, regime=regime)


class TestCheckDocument:
    def test_accepts_a_plain_invoice(self) -> None:
        check_document(
            kind=DocumentKind.SALES_INVOICE,
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
            (replace(LINE, amounts=replace(AMOUNTS, tax_rate=Decimal(18))), TaxRateUnknown, "taxRate"),
        ],
    )
    def test_names_the_line_and_the_field(
        self, line: LineToCheck, refusal: type[Refused], field: str
    ) -> None:
        with pytest.raises(refusal) as raised:
            check(LINE, line)

        assert raised.value.path == ("lines", "1", field)
        assert "line 2" in raised.value.message.lower()

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
            check_document(kind=DocumentKind.EXPENSE, lines=[LINE], issued_on=DAY, due_on=date(2026, 2, 28))

    def test_refuses_to_withhold_more_than_half(self) -> None:
        with pytest.raises(WithholdingRefused):
            check_document(
                kind=DocumentKind.EXPENSE, lines=[LINE], issued_on=DAY, withholding_rate=Decimal("50.01")
            )

    def test_lets_the_buyer_name_the_rate_to_assess_but_not_the_seller(self) -> None:
        check(LINE, kind=DocumentKind.PURCHASE_INVOICE, regime=VatRegime.INTRA_EU)

        with pytest.raises(TaxNotCharged):
            check(LINE, regime=VatRegime.INTRA_EU)
        with pytest.raises(TaxNotCharged):
            check(LINE, kind=DocumentKind.EXPENSE, regime=VatRegime.EXEMPT)


class TestCheckReadyToIssue:
    @pytest.mark.parametrize("missing", ["name", "tax_id", "address"])
    def test_wants_all_of_issuer_and_recipient(self, missing: str) -> None:
        incomplete = replace(PARTY, **{missing: " "})

        for issuer, recipient, party in ((incomplete, PARTY, "issuer"), (PARTY, incomplete, "recipient")):
            with pytest.raises(PartyIncomplete) as refusal:
                check_ready_to_issue(
                    issuer=issuer, recipient=recipient, regime=VatRegime.DOMESTIC, document_total=Decimal(401)
                )
            assert refusal.value.values == {"party": party, "missing": missing.replace("_", " ")}

    def test_lets_a_simplified_invoice_go_without_recipient_up_to_400(self) -> None:
        nobody = PartyToCheck()

        check_ready_to_issue(
            issuer=PARTY, recipient=nobody, regime=VatRegime.DOMESTIC, document_total=Decimal("400.00")
        )

        with pytest.raises(PartyIncomplete):
            check_ready_to_issue(
                issuer=PARTY, recipient=nobody, regime=VatRegime.DOMESTIC, document_total=Decimal("400.01")
            )
        with pytest.raises(PartyIncomplete):
            check_ready_to_issue(
                issuer=PARTY, recipient=nobody, regime=VatRegime.INTRA_EU, document_total=Decimal("1.00")
            )

    def test_needs_no_tax_id_of_a_buyer_abroad(self) -> None:
        check_ready_to_issue(
            issuer=PARTY,
            recipient=replace(PARTY, tax_id=""),
            regime=VatRegime.EXPORT,
            document_total=Decimal(5000),
        )
