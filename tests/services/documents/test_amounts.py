"""What a document adds up to."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents.rules.amounts import (
    LineAmounts,
    PrintedQuotaOff,
    PrintedRateUnknown,
    document_totals,
    line_amount,
    line_bases,
    split_gross,
)
from services.documents.rules.kinds import VatRegime
from services.documents.rules.tax_codes import TAX_CODES, TaxCode, TaxSide
from tests.support.builders.taxes import code_for

decimals = st.decimals(min_value=0, max_value=Decimal("9999.9999"), places=4)


def line(
    quantity: str,
    unit_price: str,
    *,
    rate: str = "21",
    discount: str = "0",
    regime: VatRegime = VatRegime.DOMESTIC,
    side: TaxSide = TaxSide.SALES,
    deductible: str = "100",
) -> LineAmounts:
    return LineAmounts(
        quantity=Decimal(quantity),
        unit_price=Decimal(unit_price),
        tax=code_for(rate, regime=regime, side=side),
        discount_percent=Decimal(discount),
        deductible_percent=Decimal(deductible),
    )


class TestLineAmount:
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
        assert line_amount(amounts) == Decimal(base)


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
        totals = document_totals([line("1", "1000", regime=VatRegime.EQUIVALENCE_SURCHARGE)])

        assert totals.surcharge == Decimal("52.00")
        assert totals.taxes[0].surcharge_rate == Decimal("5.2")
        assert totals.total == Decimal("1262.00")

    def test_withhold_of_the_base(self) -> None:
        totals = document_totals([line("1", "1000")], withholding_rate=Decimal(15))

        assert totals.withholding == Decimal("150.00")
        assert totals.total == Decimal("1060.00")

    @pytest.mark.parametrize("regime", [regime for regime in VatRegime if not regime.is_charged])
    def test_charge_nothing_where_the_buyer_owes_the_vat_or_nobody_does(self, regime: VatRegime) -> None:
        totals = document_totals([line("1", "500", regime=regime)])

        assert totals.tax_total == 0
        assert totals.total == Decimal("500.00")

    @pytest.mark.parametrize("regime", [regime for regime in VatRegime if regime.is_self_assessed])
    def test_know_what_the_buyer_has_to_assess(self, regime: VatRegime) -> None:
        totals = document_totals([line("1", "500", regime=regime, side=TaxSide.PURCHASES)])

        assert totals.total == Decimal("500.00")
        assert totals.taxes[0].quota == totals.taxes[0].deductible_quota == Decimal("105.00")

    def test_deduct_as_much_as_each_line_may(self) -> None:
        given = [
            line("1", "200", side=TaxSide.PURCHASES, deductible="50"),
            line("1", "100", side=TaxSide.PURCHASES),
        ]

        assert document_totals(given).taxes[0].deductible_quota == Decimal("42.00")

    def test_are_negative_for_what_comes_back(self) -> None:
        totals = document_totals([line("-1", "100")], withholding_rate=Decimal(15))

        assert (totals.taxable_base, totals.tax_total) == (Decimal("-100.00"), Decimal("-21.00"))
        assert (totals.withholding, totals.total) == (Decimal("-15.00"), Decimal("-106.00"))

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
        lines = [line(str(quantity), str(price), rate=rate, regime=regime) for quantity, price, rate in drawn]

        totals = document_totals(lines, withholding_rate=withholding_rate)

        assert totals.taxable_base == sum((line_amount(each) for each in lines), Decimal(0))
        assert totals.total == totals.taxable_base + totals.tax_total + totals.surcharge - totals.withholding
        for tax in totals.taxes:
            assert abs(tax.quota - tax.base * tax.rate / 100) <= Decimal("0.005")
            assert tax.charged == (tax.quota if regime.is_charged else 0)


class TestPrintedQuotas:
    def test_of_a_supplier_who_rounds_by_line_are_kept(self) -> None:
        totals = document_totals([line("1", "0.35")] * 10, printed_quotas={"S21": Decimal("0.70")})

        assert totals.tax_total == Decimal("0.70")
        assert totals.total == Decimal("4.20")

    def test_may_be_off_by_a_cent_a_line_and_no_more(self) -> None:
        document_totals([line("1", "100")], printed_quotas={"S21": Decimal("21.01")})

        with pytest.raises(PrintedQuotaOff) as refusal:
            document_totals([line("1", "100")], printed_quotas={"S21": Decimal("21.02")})
        assert refusal.value.values["computed"] == Decimal("21.00")
        assert refusal.value.path == ("printedTaxes", "0", "quota")

    def test_of_a_rate_that_no_line_has_are_refused(self) -> None:
        with pytest.raises(PrintedRateUnknown):
            document_totals([line("1", "100")], printed_quotas={"S10": Decimal("0.00")})


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


class TestPricesThatIncludeVat:
    def test_give_the_worked_figures(self) -> None:
        totals = document_totals([line("1", "36.50", rate="10")], prices_include_tax=True)

        assert (totals.taxable_base, totals.tax_total) == (Decimal("33.18"), Decimal("3.32"))

    @given(
        st.lists(
            st.tuples(
                st.decimals(min_value=Decimal("-99.99"), max_value=9999, places=2),
                st.sampled_from([each for each in TAX_CODES.values() if each.is_charged]),
            ),
            min_size=1,
            max_size=9,
        )
    )
    def test_are_what_is_paid_to_the_cent(self, drawn: list[tuple[Decimal, TaxCode]]) -> None:
        lines = [LineAmounts(quantity=Decimal(1), unit_price=price, tax=code) for price, code in drawn]

        totals = document_totals(lines, prices_include_tax=True)

        assert totals.total == sum((price for price, _ in drawn), Decimal(0))
        assert sum(line_bases(lines, prices_include_tax=True)) == totals.taxable_base
        for tax in totals.taxes:
            assert abs(tax.quota - tax.base * tax.rate / 100) <= Decimal("0.02")
