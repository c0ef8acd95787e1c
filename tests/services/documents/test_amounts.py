"""What a document adds up to."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents.rules.amounts import (
    LineAmounts,
    PrintedQuotaOff,
    PrintedRateUnknown,
    SurchargeRateUnknown,
    document_totals,
    line_base,
    split_gross,
)
from services.documents.rules.kinds import VatRegime

decimals = st.decimals(min_value=0, max_value=Decimal("9999.9999"), places=4)


def line(quantity: str, unit_price: str, *, rate: str = "21", discount: str = "0") -> LineAmounts:
    return LineAmounts(
        quantity=Decimal(quantity),
        unit_price=Decimal(unit_price),
        tax_rate=Decimal(rate),
        discount_percent=Decimal(discount),
    )


class TestLineBase:
    @pytest.mark.parametrize(
        ("amounts", "base"),
        [
            (line("3", "0.333333"), "1.00"),
            (line("1", "2.675"), "2.68"),
            (line("-1", "2.675"), "-2.68"),
            (line("2", "50", discount="12.5"), "87.50"),
            (line("1", "10", discount="100"), "0.00"),
        ],
    )
    def test_is_quantity_times_price_less_discount(self, amounts: LineAmounts, base: str) -> None:
        assert line_base(amounts) == Decimal(base)


class TestDocumentTotals:
    def test_take_vat_of_the_sum_and_not_of_each_line(self) -> None:
        totals = document_totals([line("1", "0.35")] * 10)

        assert totals.tax_total == Decimal("0.74")
        assert totals.total == Decimal("4.24")

    def test_list_rates_from_high_to_low(self) -> None:
        totals = document_totals([line("1", "100", rate="4"), line("1", "1000"), line("1", "200", rate="10")])

        assert [(tax.rate, tax.base, tax.quota) for tax in totals.taxes] == [
            (Decimal(21), Decimal("1000.00"), Decimal("210.00")),
            (Decimal(10), Decimal("200.00"), Decimal("20.00")),
            (Decimal(4), Decimal("100.00"), Decimal("4.00")),
        ]
        assert totals.total == Decimal("1534.00")

    def test_add_the_surcharge(self) -> None:
        totals = document_totals([line("1", "1000")], regime=VatRegime.EQUIVALENCE_SURCHARGE)

        assert totals.surcharge == Decimal("52.00")
        assert totals.taxes[0].surcharge_rate == Decimal("5.2")
        assert totals.total == Decimal("1262.00")

    def test_withhold_of_the_base(self) -> None:
        totals = document_totals([line("1", "1000")], withholding_rate=Decimal(15))

        assert totals.withholding == Decimal("150.00")
        assert totals.total == Decimal("1060.00")

    @pytest.mark.parametrize("regime", [regime for regime in VatRegime if not regime.is_charged])
    def test_charge_nothing_where_the_buyer_owes_the_vat_or_nobody_does(self, regime: VatRegime) -> None:
        totals = document_totals([line("1", "500")], regime=regime)

        assert totals.tax_total == 0
        assert totals.total == Decimal("500.00")

    def test_know_no_surcharge_for_a_strange_rate(self) -> None:
        with pytest.raises(SurchargeRateUnknown):
            document_totals([line("1", "1", rate="7")], regime=VatRegime.EQUIVALENCE_SURCHARGE)

    def test_are_zero_without_lines(self) -> None:
        assert document_totals([]).total == 0

    @given(
        st.lists(st.tuples(decimals, decimals, st.sampled_from(["21", "10", "4", "0"])), max_size=20),
        st.sampled_from(VatRegime),
        st.sampled_from([Decimal(0), Decimal(7), Decimal(15)]),
    )
    def test_always_add_up(
        self, drawn: list[tuple[Decimal, Decimal, str]], regime: VatRegime, withholding_rate: Decimal
    ) -> None:
        lines = [line(str(quantity), str(price), rate=rate) for quantity, price, rate in drawn]

        totals = document_totals(lines, regime=regime, withholding_rate=withholding_rate)

        assert totals.taxable_base == sum((line_base(each) for each in lines), Decimal(0))
        assert totals.total == totals.taxable_base + totals.tax_total + totals.surcharge - totals.withholding
        for tax in totals.taxes:
            wanted = tax.base * tax.rate / 100 if regime.is_charged else 0
            assert abs(tax.quota - wanted) <= Decimal("0.005")


class TestPrintedQuotas:
    def test_of_a_supplier_who_rounds_by_line_are_kept(self) -> None:
        totals = document_totals([line("1", "0.35")] * 10, printed_quotas={Decimal("21.00"): Decimal("0.70")})

        assert totals.tax_total == Decimal("0.70")
        assert totals.total == Decimal("4.20")

    def test_may_be_off_by_a_cent_a_line_and_no_more(self) -> None:
        document_totals([line("1", "100")], printed_quotas={Decimal(21): Decimal("21.01")})

        with pytest.raises(PrintedQuotaOff) as refusal:
            document_totals([line("1", "100")], printed_quotas={Decimal(21): Decimal("21.02")})
        assert refusal.value.values["computed"] == Decimal("21.00")

    def test_of_a_rate_that_no_line_has_are_refused(self) -> None:
        with pytest.raises(PrintedRateUnknown):
            document_totals([line("1", "100")], printed_quotas={Decimal(10): Decimal("0.00")})


class TestSplitGross:
    def test_gives_the_worked_figures(self) -> None:
        assert split_gross(Decimal("36.50"), Decimal(10)) == (Decimal("33.18"), Decimal("3.32"))

    @given(
        st.decimals(min_value=0, max_value=99999, places=2),
        st.sampled_from([Decimal(21), Decimal(10), Decimal(4)]),
    )
    def test_loses_no_cent(self, gross: Decimal, rate: Decimal) -> None:
        base, quota = split_gross(gross, rate)

        assert base + quota == gross
        assert abs(quota - base * rate / 100) <= Decimal("0.01")
