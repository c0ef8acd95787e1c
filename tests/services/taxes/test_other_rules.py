"""111, 115, 130, 347, 349, due dates and what is not computed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.kit.money import ZERO
from services.taxes.rules.due_dates import due_on
from services.taxes.rules.informative import (
    CashReceived,
    DeclaredSum,
    PartnerSum,
    is_monthly_349,
    rows_347,
    rows_349,
)
from services.taxes.rules.models import TaxModel, TaxPeriod, fits, periods_of
from services.taxes.rules.profile import (
    NOT_COMPUTED,
    IncomeMethod,
    Profile,
    TaxpayerKind,
    TaxTerritory,
    VatScheme,
    why_not_computed,
)
from services.taxes.rules.taxed import TaxedSum
from services.taxes.rules.withholdings import Recipient, YearSoFar, boxes_111, boxes_115, boxes_130
from tests.services.taxes.taxed_lines import BY_CODE

SOLE = Profile(taxpayer=TaxpayerKind.SOLE_TRADER)


def partner(
    code: str,
    base: str,
    charged: str = "0.00",
    *,
    quarter: int = 1,
    contact: str = "c1",
    tax_id: str | None = "B28015865",
    withheld: bool = False,
    corrects: TaxPeriod | None = None,
) -> PartnerSum:
    return PartnerSum(
        contact_id=contact,
        name=f"Name of {contact}",
        tax_id=tax_id,
        country="ES",
        code=code,
        quarter=quarter,
        base=Decimal(base),
        charged=Decimal(charged),
        withheld=withheld,
        corrects=corrects,
    )


class TestDueDates:
    @pytest.mark.parametrize(
        ("model", "year", "period", "last_day"),
        [
            (TaxModel.M303, 2026, "4T", date(2027, 2, 1)),
            (TaxModel.M347, 2026, "0A", date(2027, 3, 1)),
            (TaxModel.M303, 2026, "3T", date(2026, 10, 20)),
            (TaxModel.M303, 2026, "1T", date(2026, 4, 20)),
            (TaxModel.M111, 2026, "4T", date(2027, 1, 20)),
            (TaxModel.M115, 2026, "2T", date(2026, 7, 20)),
            (TaxModel.M130, 2026, "4T", date(2027, 2, 1)),
            (TaxModel.M349, 2025, "4T", date(2026, 1, 30)),
            (TaxModel.M349, 2026, "07", date(2026, 9, 21)),
            (TaxModel.M390, 2025, "0A", date(2026, 1, 30)),
            (TaxModel.M190, 2026, "0A", date(2027, 2, 1)),
            (TaxModel.M303, 2026, "01", date(2026, 3, 2)),
            (TaxModel.M303, 2026, "11", date(2026, 12, 30)),
        ],
    )
    def test_move_to_the_next_working_day(
        self, model: TaxModel, year: int, period: str, last_day: date
    ) -> None:
        assert due_on(model, TaxPeriod(year, period)) == last_day

    def test_pass_over_a_national_holiday(self) -> None:
        """30 January 2026 is a Friday, but Good Friday 2026 is 3 April: nothing is due on it by accident."""
        from services.taxes.rules.due_dates import next_working_day

        assert next_working_day(date(2026, 4, 3)) == date(2026, 4, 6)
        assert next_working_day(date(2026, 12, 25)) == date(2026, 12, 28)


class TestPeriods:
    def test_know_their_days(self) -> None:
        assert (TaxPeriod(2026, "1T").starts_on, TaxPeriod(2026, "1T").ends_on) == (
            date(2026, 1, 1),
            date(2026, 3, 31),
        )
        assert TaxPeriod(2024, "02").ends_on == date(2024, 2, 29)
        assert TaxPeriod(2026, "0A").ends_on == date(2026, 12, 31)

    def test_fit_their_models(self) -> None:
        assert fits(TaxModel.M303, "4T")
        assert fits(TaxModel.M303, "12")
        assert not fits(TaxModel.M390, "4T")
        assert not fits(TaxModel.M130, "12")
        assert periods_of(TaxModel.M303, monthly=True)[-1] == "12"
        assert periods_of(TaxModel.M115, monthly=True)[-1] == "4T"


class Test111And115:
    LINES = (
        TaxedSum(code="W15.00", base=Decimal("500.00"), quota=Decimal("75.00")),
        TaxedSum(code="W19.00", base=Decimal("900.00"), quota=Decimal("171.00")),
    )
    PEOPLE = (
        Recipient(code="W15.00", tax_id="1R", name="Pro", paid=Decimal(500), withheld=Decimal(75)),
        Recipient(code="W19.00", tax_id="2L", name="Landlord", paid=Decimal(900), withheld=Decimal(171)),
    )

    def test_of_the_worked_quarter(self) -> None:
        m111 = boxes_111(self.LINES, self.PEOPLE, {})
        m115 = boxes_115(self.LINES, self.PEOPLE, {})

        assert (m111["07"], m111["08"], m111["09"], m111["28"], m111["30"]) == (
            Decimal(1),
            Decimal("500.00"),
            Decimal("75.00"),
            Decimal("75.00"),
            Decimal("75.00"),
        )
        assert (m115["01"], m115["02"], m115["03"], m115["05"]) == (
            Decimal(1),
            Decimal("900.00"),
            Decimal("171.00"),
            Decimal("171.00"),
        )

    def test_count_a_person_once_whatever_the_rate(self) -> None:
        twice = [*self.PEOPLE, Recipient(code="W7.00", tax_id="1R", name="Pro", paid=ZERO, withheld=ZERO)]

        assert boxes_111((), twice, {})["07"] == 1

    def test_take_wages_as_they_are_typed(self) -> None:
        boxes = boxes_111(
            self.LINES, self.PEOPLE, {"01": Decimal(2), "02": Decimal(4000), "03": Decimal("480.00")}
        )

        assert boxes["28"] == Decimal("555.00")


class Test130:
    def test_of_the_worked_quarters(self) -> None:
        first, second = boxes_130(
            [
                YearSoFar(
                    income=Decimal("10000.00"), expenses=Decimal("4000.00"), withheld=Decimal("900.00")
                ),
                YearSoFar(
                    income=Decimal("22000.00"), expenses=Decimal("9000.00"), withheld=Decimal("1900.00")
                ),
            ],
            simplified=True,
        )

        assert (first["02"], first["03"], first["04"], first["07"], first["19"]) == (
            Decimal("4300.00"),
            Decimal("5700.00"),
            Decimal("1140.00"),
            Decimal("240.00"),
            Decimal("240.00"),
        )
        assert (second["03"], second["04"], second["05"], second["07"]) == (
            Decimal("12350.00"),
            Decimal("2470.00"),
            Decimal("240.00"),
            Decimal("330.00"),
        )

    def test_flat_expenses_stop_at_two_thousand_a_year(self) -> None:
        [boxes] = boxes_130(
            [YearSoFar(income=Decimal(100000), expenses=Decimal(10000), withheld=ZERO)], simplified=True
        )

        assert boxes["02"] == Decimal("12000.00")

    def test_a_loss_pays_nothing(self) -> None:
        [boxes] = boxes_130([YearSoFar(income=ZERO, expenses=Decimal(10), withheld=ZERO)], simplified=False)

        assert boxes["03"] == Decimal(-10)
        assert boxes["19"] == ZERO


class Test347:
    def test_lists_a_person_once_however_many_cards_they_have(self) -> None:
        [row] = rows_347(
            [
                partner("S21", "2000.00", "420.00", quarter=1),
                partner("S21", "1000.00", "210.00", quarter=3, contact="c2"),
                partner("S21", "-100.00", "-21.00", quarter=4),
            ],
            BY_CODE,
            year=2026,
        )

        assert (row.key, row.amount) == ("B", Decimal("3509.00"))
        assert row.quarters == (Decimal("2420.00"), ZERO, Decimal("1210.00"), Decimal("-121.00"))

    def test_begins_above_the_threshold(self) -> None:
        assert rows_347([partner("P_EXEMPT", "3005.06")], BY_CODE, year=2026) == ()
        assert len(rows_347([partner("P_EXEMPT", "3005.07")], BY_CODE, year=2026)) == 1
        assert len(rows_347([partner("P21", "-3000.00", "-630.00")], BY_CODE, year=2026)) == 1

    def test_leaves_out_what_other_declarations_tell(self) -> None:
        told = [
            partner("P21", "9000.00", "1890.00", withheld=True),
            partner("S_IC_GOODS", "9000.00"),
            partner("P_IMPORT21", "9000.00", "1890.00"),
            partner("S_EXPORT", "9000.00"),
        ]

        assert rows_347(told, BY_CODE, year=2026) == ()

    def test_marks_reverse_charge(self) -> None:
        [row] = rows_347([partner("P_ISP21", "4000.00")], BY_CODE, year=2026)

        assert row.reverse_charge
        assert row.amount == Decimal("4000.00")

    def test_tells_cash_over_the_limit_by_the_year_of_the_sales(self) -> None:
        def cash(amount: str, year: int = 2026, contact: str = "c1", tax_id: str | None = "B28015865") -> Any:
            return CashReceived(
                contact_id=contact, name="Name of c1", tax_id=tax_id, year=year, amount=Decimal(amount)
            )

        sales = [partner("S21", "10000.00", "2100.00")]

        [over, earlier] = rows_347(
            sales,
            BY_CODE,
            year=2026,
            cash=[cash("5000.00"), cash("500.00", contact="c2"), cash("600.00", 2025)],
        )
        [upto] = rows_347(sales, BY_CODE, year=2026, cash=[cash("6000.00")])
        [small] = rows_347([], BY_CODE, year=2026, cash=[cash("6000.01", tax_id=None)])

        assert (over.amount, over.cash, over.cash_year) == (Decimal("12100.00"), Decimal("5500.00"), None)
        assert (earlier.amount, earlier.cash, earlier.cash_year) == (ZERO, Decimal("600.00"), 2025)
        assert upto.cash == ZERO
        assert (small.key, small.cash) == ("B", Decimal("6000.01"))

    def test_takes_base_and_vat_back_in_the_quarter_of_the_rectification(self) -> None:
        """LIVA art. 80.3 and 80.4 lower the base, and what is declared follows it with its sign (art. 35.2)."""
        [row] = rows_347(
            [partner("S21", "9000.00", "1890.00"), partner("S21", "-3000.00", "-630.00", quarter=4)],
            BY_CODE,
            year=2026,
        )

        assert row.amount == Decimal("7260.00")
        assert row.quarters == (Decimal("10890.00"), ZERO, ZERO, Decimal("-3630.00"))


class Test349:
    PERIOD = TaxPeriod(2026, "1T")

    def test_goes_by_months_after_more_than_50000_in_the_quarter_or_one_of_the_four_before(self) -> None:
        limit, over = Decimal("50000.00"), Decimal("50000.01")

        assert not is_monthly_349({(2026, 1): limit}, 2026, 1)
        assert is_monthly_349({(2026, 1): over}, 2026, 1)
        assert is_monthly_349({(2025, 1): over}, 2026, 1)
        assert not is_monthly_349({(2024, 4): over, (2026, 2): over}, 2026, 1)

    def test_has_months_in_the_place_of_such_quarters(self) -> None:
        periods = periods_of(TaxModel.M349, monthly=False, monthly_quarters=[2])

        assert periods == ("1T", "04", "05", "06", "3T", "4T")

    def test_of_the_worked_quarter(self) -> None:
        rows = rows_349(
            [
                partner("S_IC_GOODS", "4000.00", tax_id="DE123456789"),
                partner("P_IC_GOODS21", "800.00", contact="c2", tax_id="FR12345678901"),
                partner("P_EXT21", "200.00", contact="c3", tax_id=None),
            ],
            BY_CODE,
            self.PERIOD,
            {},
        )

        assert [(row.key, row.amount) for row in rows] == [
            ("A", Decimal("800.00")),
            ("E", Decimal("4000.00")),
        ]
        assert all(row.number_is_plausible for row in rows)

    def test_nets_what_rectifies_the_same_period_and_names_an_earlier_one(self) -> None:
        december, earlier = TaxPeriod(2025, "12"), TaxPeriod(2025, "4T")
        rows = rows_349(
            [
                partner("S_IC_SERVICES", "1000.00", tax_id="SE556000000001"),
                partner("S_IC_SERVICES", "-100.00", tax_id="SE556000000001", corrects=TaxPeriod(2026, "02")),
                partner("S_IC_SERVICES", "-50.00", tax_id="SE556000000001", corrects=december),
            ],
            BY_CODE,
            self.PERIOD,
            {},
        )

        assert [(row.key, row.amount, row.corrects) for row in rows] == [
            ("S", Decimal("900.00"), None),
            ("S", Decimal("-50.00"), earlier),
        ]

    def test_says_of_a_corrected_period_what_was_declared_and_what_is_right(self) -> None:
        """By number and key, over its months; who ends at nothing is still told."""

        def told(month: str, base: str, contact: str = "c1", code: str = "S_IC_GOODS") -> DeclaredSum:
            return DeclaredSum(
                contact_id=contact,
                tax_id="SE556000000001",
                code=code,
                month=TaxPeriod(2025, month),
                base=Decimal(base),
            )

        declared = [
            told("10", "700.00"),
            told("12", "300.00", contact="the same twice"),
            told("12", "40.00", code="S_IC_SERVICES"),
            told("09", "5.00"),
        ]
        taken_back = [
            partner(code, base, tax_id="SE556000000001", corrects=TaxPeriod(2025, "11"))
            for code, base in (("S_IC_GOODS", "-250.00"), ("S_IC_SERVICES", "-40.00"))
        ]

        rows = rows_349(taken_back, BY_CODE, self.PERIOD, {}, declared)

        assert [(row.key, row.declared_before, row.amount) for row in rows] == [
            ("E", Decimal("1000.00"), Decimal("750.00")),
            ("S", Decimal("40.00"), ZERO),
        ]

    def test_tells_what_a_middleman_sold_on_under_a_key_of_its_own(self) -> None:
        sold_on = partner("S_IC_TRIANGULAR", "900.00", tax_id="IT12345678901")
        sold = partner("S_IC_GOODS", "100.00", tax_id="IT12345678901")

        rows = rows_349([sold_on, sold], BY_CODE, self.PERIOD, {})

        assert [(row.key, row.amount) for row in rows] == [("E", Decimal("100.00")), ("T", Decimal("900.00"))]

    def test_names_the_month_where_the_earlier_quarter_went_by_months(self) -> None:
        january = partner("S_IC_GOODS", "-50.00", tax_id="SE556000000001", corrects=TaxPeriod(2026, "01"))
        supplied = {(2026, 1): Decimal("60000.00")}

        [by_month] = rows_349([january], BY_CODE, TaxPeriod(2026, "02"), supplied)
        [by_quarter] = rows_349([january], BY_CODE, TaxPeriod(2026, "2T"), {(2025, 4): Decimal("49000.00")})

        assert by_month.corrects == TaxPeriod(2026, "01")
        assert by_quarter.corrects == TaxPeriod(2026, "1T")


class TestProfile:
    @pytest.mark.parametrize("scheme", [one for one in VatScheme if one is not VatScheme.GENERAL])
    def test_refuses_vat_under_another_scheme(self, scheme: VatScheme) -> None:
        reason = why_not_computed(TaxModel.M303, Profile(vat_scheme=scheme))

        assert reason in NOT_COMPUTED
        assert why_not_computed(TaxModel.M111, Profile(vat_scheme=scheme)) is None

    @pytest.mark.parametrize("territory", [one for one in TaxTerritory if one is not TaxTerritory.COMMON])
    def test_refuses_everything_in_another_territory(self, territory: TaxTerritory) -> None:
        assert {why_not_computed(model, Profile(territory=territory)) for model in TaxModel} == {"TERRITORY"}

    def test_refuses_a_company_what_a_sole_trader_files(self) -> None:
        assert why_not_computed(TaxModel.M130, Profile()) == "NEEDS_SOLE_TRADER"
        assert why_not_computed(TaxModel.M130, SOLE) is None
        modules = Profile(taxpayer=TaxpayerKind.SOLE_TRADER, income_method=IncomeMethod.OBJECTIVE)
        assert why_not_computed(TaxModel.M130, modules) == "OBJECTIVE_METHOD"

    def test_refuses_347_and_390_to_who_files_vat_by_months(self) -> None:
        monthly = Profile(monthly=True)

        for model in (TaxModel.M347, TaxModel.M390):
            assert why_not_computed(model, monthly) == "MONTHLY_VAT"
        assert why_not_computed(TaxModel.M303, monthly) is None

    def test_computes_the_rest(self) -> None:
        refused = {model for model in TaxModel if why_not_computed(model, Profile())}

        assert refused == {TaxModel.M130}
