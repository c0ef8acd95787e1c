"""Assistants give the worked figures of the posting rules, and always balance."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.journal.rules.assistants.parameters import ParameterKind, ValueMissing, ValueWrong
from services.journal.rules.assistants.registry import ASSISTANTS, AssistantKind
from services.journal.rules.assistants.running import depreciation_of_month, vat_settlement
from services.journal.rules.assistants.year_end import DistributedTooMuch, StockAccountUnknown
from services.journal.rules.closing import Balance
from services.journal.rules.entries import EntryLine, check_entry
from services.kit.dates import add_months
from services.kit.money import total

SOMEBODY = "01890a5d-ac96-774b-bcce-b302099a8058"

Figures = list[tuple[str, str, str]]


def told(lines: Iterable[EntryLine]) -> Figures:
    """Side, account and amount of each line."""
    return [
        ("D" if line.debit else "C", line.ledger_account_code, str(line.debit or line.credit))
        for line in lines
    ]


WORKED: list[tuple[AssistantKind, dict[str, str], Figures]] = [
    (
        AssistantKind.BANK_FEE,
        {"amount": "5.00"},
        [("D", "626", "5.00"), ("C", "572", "5.00")],
    ),
    (
        AssistantKind.BANK_INTEREST,
        {"gross": "100", "withheld": "19"},
        [("D", "572", "81.00"), ("D", "473", "19.00"), ("C", "769", "100.00")],
    ),
    (
        AssistantKind.PAYROLL,
        {
            "gross": "2000",
            "employeeSocialSecurity": "130",
            "incomeTax": "240",
            "employerSocialSecurity": "643",
            "contact": SOMEBODY,
        },
        [
            ("D", "640", "2000.00"),
            ("D", "642", "643.00"),
            ("C", "476", "773.00"),
            ("C", "4751", "240.00"),
            ("C", "465", "1630.00"),
        ],
    ),
    (
        AssistantKind.PAY_WAGES,
        {"amount": "1630", "contact": SOMEBODY},
        [("D", "465", "1630.00"), ("C", "572", "1630.00")],
    ),
    (
        AssistantKind.PAY_SOCIAL_SECURITY,
        {"amount": "773", "bank": "57200001"},
        [("D", "476", "773.00"), ("C", "57200001", "773.00")],
    ),
    (
        AssistantKind.DEPRECIATION,
        {"cost": "1200", "percent": "25", "inServiceOn": "2026-01-01", "month": "2026-01-31"},
        [("D", "681", "25.00"), ("C", "2817", "25.00")],
    ),
    (AssistantKind.PAY_MODEL_303, {"amount": "1024"}, [("D", "4750", "1024.00"), ("C", "572", "1024.00")]),
    (AssistantKind.PAY_MODEL_111, {"amount": "240"}, [("D", "4751", "240.00"), ("C", "572", "240.00")]),
    (AssistantKind.PAY_MODEL_115, {"amount": "171"}, [("D", "4751", "171.00"), ("C", "572", "171.00")]),
    (AssistantKind.PAY_MODEL_130, {"amount": "350"}, [("D", "473", "350.00"), ("C", "572", "350.00")]),
    (AssistantKind.PAY_MODEL_200, {"amount": "1900"}, [("D", "4752", "1900.00"), ("C", "572", "1900.00")]),
    (
        AssistantKind.STOCK_CHANGE,
        {"opening": "3000", "closing": "3500"},
        [("D", "610", "3000.00"), ("C", "300", "3000.00"), ("D", "300", "3500.00"), ("C", "610", "3500.00")],
    ),
    (AssistantKind.PREPAID_EXPENSE, {"amount": "120"}, [("D", "480", "120.00"), ("C", "625", "120.00")]),
    (AssistantKind.DEFERRED_INCOME, {"amount": "90"}, [("D", "705", "90.00"), ("C", "485", "90.00")]),
    (
        AssistantKind.RECLASSIFIED_LOAN,
        {"amount": "4800"},
        [("D", "170", "4800.00"), ("C", "5200", "4800.00")],
    ),
    (
        AssistantKind.DOUBTFUL_CUSTOMER,
        {"contact": SOMEBODY, "amount": "1210", "impairment": "1000"},
        [("D", "436", "1210.00"), ("C", "430", "1210.00"), ("D", "694", "1000.00"), ("C", "490", "1000.00")],
    ),
    (
        AssistantKind.CORPORATE_TAX,
        {"tax": "2500", "withheld": "600"},
        [("D", "6300", "2500.00"), ("C", "473", "600.00"), ("C", "4752", "1900.00")],
    ),
    (
        AssistantKind.CORPORATE_TAX,
        {"tax": "500", "withheld": "600"},
        [("D", "6300", "500.00"), ("C", "473", "600.00"), ("D", "4709", "100.00")],
    ),
    (
        AssistantKind.DISTRIBUTION,
        {"profit": "10000", "capital": "60000", "legalReserve": "2000", "dividend": "4000"},
        [("D", "129", "10000.00"), ("C", "112", "1000.00"), ("C", "113", "5000.00"), ("C", "526", "4000.00")],
    ),
    (
        AssistantKind.DISTRIBUTION,
        {"profit": "10000", "capital": "3000", "legalReserve": "500"},
        [("D", "129", "10000.00"), ("C", "112", "100.00"), ("C", "113", "9900.00")],
    ),
    (AssistantKind.DISTRIBUTION, {"loss": "700"}, [("D", "121", "700.00"), ("C", "129", "700.00")]),
]


class TestAssistants:
    @pytest.mark.parametrize(("kind", "values", "figures"), WORKED)
    def test_give_the_worked_figures(
        self, kind: AssistantKind, values: dict[str, str], figures: Figures
    ) -> None:
        lines = ASSISTANTS[kind].lines(values)

        check_entry(lines)
        assert told(lines) == figures

    @given(st.sampled_from(sorted(ASSISTANTS)), st.data())
    def test_balance_whatever_is_given(self, kind: AssistantKind, data: st.DataObject) -> None:
        amounts = st.decimals(min_value=Decimal(0), max_value=Decimal("99999.99"), places=2).map(str)
        chosen = {
            ParameterKind.AMOUNT: amounts,
            ParameterKind.PERCENT: st.sampled_from(["10", "25", "33.33"]),
            ParameterKind.DATE: st.sampled_from(["2026-01-15", "2026-03-31"]),
            ParameterKind.ACCOUNT: st.sampled_from(["300", "572"]),
            ParameterKind.CONTACT: st.just(SOMEBODY),
        }
        asked = ASSISTANTS[kind].parameters
        values = {one.name: data.draw(chosen[one.kind]) for one in asked}

        try:
            lines = ASSISTANTS[kind].lines(values)
        except (DistributedTooMuch, StockAccountUnknown):
            return

        assert total(line.debit for line in lines) == total(line.credit for line in lines)
        assert all((line.debit > 0) != (line.credit > 0) for line in lines)

    @pytest.mark.parametrize(
        ("values", "refusal"),
        [
            ({}, ValueMissing),
            ({"amount": "1,00"}, ValueWrong),
            ({"amount": "-1.00"}, ValueWrong),
            ({"amount": "1.005"}, ValueWrong),
            ({"amount": "1.00", "bank": "57x"}, ValueWrong),
        ],
    )
    def test_refuse_what_they_cannot_use(self, values: dict[str, str], refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            ASSISTANTS[AssistantKind.BANK_FEE].lines(values)

    def test_keep_the_legal_reserve_in_the_company(self) -> None:
        with pytest.raises(DistributedTooMuch) as refused:
            ASSISTANTS[AssistantKind.DISTRIBUTION].lines(
                {"profit": "10000", "capital": "60000", "legalReserve": "0", "dividend": "9000.01"}
            )

        assert refused.value.values["most"] == Decimal("9000.00")

    def test_share_out_no_profit_without_knowing_the_capital(self) -> None:
        with pytest.raises(ValueMissing) as refused:
            ASSISTANTS[AssistantKind.DISTRIBUTION].lines({"profit": "10000", "dividend": "4000"})

        assert refused.value.path == ("values", "capital")


class TestDepreciation:
    def test_of_the_first_month_goes_by_days(self) -> None:
        # 1200 a year at 25 % is 25 a month; in service on 16 June it is 15 of 30 days.
        assert depreciation_of_month(
            Decimal(1200), Decimal(25), date(2026, 6, 16), date(2026, 6, 30)
        ) == Decimal("12.50")

    @given(
        st.decimals(min_value=Decimal("1.00"), max_value=Decimal("50000.00"), places=2),
        st.sampled_from([Decimal("12.5"), Decimal(20), Decimal(25), Decimal("33.33"), Decimal(100)]),
        st.dates(min_value=date(2020, 1, 1), max_value=date(2026, 12, 31)),
    )
    @example(Decimal("11.25"), Decimal(100), date(2020, 4, 27))
    def test_of_all_months_is_the_cost(self, cost: Decimal, percent: Decimal, in_service_on: date) -> None:
        months = [add_months(in_service_on.replace(day=1), place) for place in range(9 * 12)]

        written_off = [depreciation_of_month(cost, percent, in_service_on, month) for month in months]

        assert total(written_off) == cost
        assert min(written_off) >= 0
        assert depreciation_of_month(cost, percent, in_service_on, add_months(months[0], -1)) == 0


def held(code: str, amount: str) -> Balance:
    return Balance(account_code=code, amount=Decimal(amount))


class TestVatSettlement:
    def test_gives_the_worked_quarter(self) -> None:
        lines = vat_settlement(
            [held("47700021", "-2939.00"), held("47200021", "1615.00"), held("4700", "300.00")]
        )

        assert told(lines) == [
            ("D", "47700021", "2939.00"),
            ("C", "47200021", "1615.00"),
            ("C", "4700", "300.00"),
            ("C", "4750", "1024.00"),
        ]

    def test_of_more_input_than_output_is_a_credit(self) -> None:
        lines = vat_settlement(
            [held("47700021", "-100.00"), held("47200021", "150.00"), held("4700", "30.00")]
        )

        assert told(lines) == [
            ("D", "47700021", "100.00"),
            ("C", "47200021", "150.00"),
            ("D", "4700", "50.00"),
        ]

    def test_uses_an_earlier_credit_only_as_far_as_it_goes(self) -> None:
        lines = vat_settlement([held("47700021", "-100.00"), held("4700", "300.00")])

        assert told(lines) == [("D", "47700021", "100.00"), ("C", "4700", "100.00")]


def test_contacts_stand_on_their_lines() -> None:
    values = {"contact": SOMEBODY, "amount": "1.00", "impairment": "0.00"}

    lines = ASSISTANTS[AssistantKind.DOUBTFUL_CUSTOMER].lines(values)

    assert {line.contact_id for line in lines} == {UUID(SOMEBODY)}
