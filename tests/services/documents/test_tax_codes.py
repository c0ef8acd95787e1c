"""Which tax code a line bears, and on which days."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents.rules.kinds import VatRegime
from services.documents.rules.tax_codes import (
    TAX_CODES,
    TaxCodeNotInForce,
    TaxCodeUnknown,
    TaxNature,
    TaxNotCharged,
    TaxRateUnknown,
    TaxSide,
    codes_on,
    named_tax_code,
    tax_code_for_rate,
)

SALES, PURCHASES = TaxSide.SALES, TaxSide.PURCHASES
TODAY = date(2026, 3, 2)


def resolved(
    rate: str,
    *,
    side: TaxSide = SALES,
    regime: VatRegime = VatRegime.DOMESTIC,
    nature: TaxNature = TaxNature.GOODS,
    day: date = TODAY,
) -> str:
    return tax_code_for_rate(Decimal(rate), side=side, regime=regime, nature=nature, day=day).code


class TestRate:
    @pytest.mark.parametrize(
        ("code", "given"),
        [
            ("S21", {"rate": "21"}),
            ("S10", {"rate": "10.00"}),
            ("S_EXEMPT", {"rate": "0"}),
            ("S21R52", {"rate": "21", "regime": VatRegime.EQUIVALENCE_SURCHARGE}),
            ("S4R05", {"rate": "4", "regime": VatRegime.EQUIVALENCE_SURCHARGE}),
            ("S_IC_GOODS", {"rate": "0", "regime": VatRegime.INTRA_EU}),
            ("S_IC_SERVICES", {"rate": "0", "regime": VatRegime.INTRA_EU, "nature": TaxNature.SERVICES}),
            ("S_REVERSE", {"rate": "0", "regime": VatRegime.REVERSE_CHARGE}),
            ("S_EXPORT", {"rate": "0", "regime": VatRegime.EXPORT}),
            ("P21", {"rate": "21", "side": PURCHASES}),
            ("P21_INV", {"rate": "21", "side": PURCHASES, "nature": TaxNature.INVESTMENT}),
            ("P_IC_GOODS21", {"rate": "21", "side": PURCHASES, "regime": VatRegime.INTRA_EU}),
            (
                "P_IC_SERVICES10",
                {
                    "rate": "10",
                    "side": PURCHASES,
                    "regime": VatRegime.INTRA_EU,
                    "nature": TaxNature.SERVICES,
                },
            ),
            ("P_ISP21", {"rate": "21", "side": PURCHASES, "regime": VatRegime.REVERSE_CHARGE}),
            ("P_EXT21", {"rate": "21", "side": PURCHASES, "regime": VatRegime.FOREIGN_SERVICE}),
            ("P_IMPORT21", {"rate": "21", "side": PURCHASES, "regime": VatRegime.EXPORT}),
            ("P10R14", {"rate": "10", "side": PURCHASES, "regime": VatRegime.EQUIVALENCE_SURCHARGE}),
        ],
    )
    def test_stands_for_the_code_of_side_regime_and_kind(self, code: str, given: dict[str, object]) -> None:
        assert resolved(**given) == code  # type: ignore[arg-type]

    def test_is_taken_from_the_days_it_was_in_force(self) -> None:
        assert resolved("5", day=date(2024, 9, 30)) == "S5"
        assert resolved("7.5", day=date(2024, 10, 1)) == "S7_5"
        assert resolved("0", day=date(2024, 9, 30)) == "S0"

        for rate, day in (("5", date(2024, 10, 1)), ("7.5", date(2025, 1, 1)), ("18", TODAY)):
            with pytest.raises(TaxRateUnknown):
                resolved(rate, day=day)

    def test_is_refused_where_nobody_owes_vat(self) -> None:
        for regime in (VatRegime.INTRA_EU, VatRegime.REVERSE_CHARGE, VatRegime.EXPORT, VatRegime.EXEMPT):
            with pytest.raises(TaxNotCharged):
                resolved("21", regime=regime)

    @given(
        st.sampled_from(TaxSide),
        st.sampled_from(VatRegime),
        st.sampled_from(TaxNature),
        st.sampled_from(["21", "10", "4", "0", "5", "7.5"]),
        st.dates(date(2013, 1, 1), date(2030, 12, 31)),
    )
    def test_never_gives_a_code_out_of_its_days_or_side(
        self, side: TaxSide, regime: VatRegime, nature: TaxNature, rate: str, day: date
    ) -> None:
        try:
            code = TAX_CODES[resolved(rate, side=side, regime=regime, nature=nature, day=day)]
        except (TaxRateUnknown, TaxNotCharged):
            return

        assert code.side is side
        assert code.rate == Decimal(rate)
        assert code.holds_on(day)


class TestNamedCode:
    def test_is_one_of_its_side_and_day(self) -> None:
        assert named_tax_code("S21", side=SALES, day=TODAY).rate == 21

        with pytest.raises(TaxCodeUnknown):
            named_tax_code("P21", side=SALES, day=TODAY)
        with pytest.raises(TaxCodeUnknown):
            named_tax_code("S23", side=SALES, day=TODAY)
        with pytest.raises(TaxCodeNotInForce) as refusal:
            named_tax_code("S5", side=SALES, day=TODAY, position=3)
        assert refusal.value.path == ("lines", "2", "taxCode")


class TestTable:
    def test_has_the_surcharge_that_the_law_pairs_with_each_rate(self) -> None:
        pairs = {(code.rate, code.surcharge_rate) for code in codes_on(SALES, TODAY) if code.surcharge_rate}

        assert pairs == {
            (Decimal(21), Decimal("5.2")),
            (Decimal(10), Decimal("1.4")),
            (Decimal(4), Decimal("0.5")),
        }

    def test_says_something_on_every_sale_without_vat(self) -> None:
        assert all(code.legend for code in codes_on(SALES, TODAY) if not code.regime.is_charged)
