"""The mapping of accounts to lines: every account of the general chart has one, and only one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.journal.chart import small_company_chart
from services.reports.rules.headings import HEADINGS
from services.reports.rules.prefixes import Prefix, prefixes
from services.reports.rules.statements import BALANCE_SHEET, PROFIT_AND_LOSS, line_of, mapping

DEBIT, CREDIT = Decimal("1.00"), Decimal("-1.00")
CODES = [account.code for account in small_company_chart()]


class TestShortForm:
    def test_reads_ranges_and_open_places(self) -> None:
        assert [found.code for found in prefixes("2403-4 30-32 480")] == [
            "2403",
            "2404",
            "30",
            "31",
            "32",
            "480",
        ]
        assert [found.code for found in prefixes("53x3")][:3] == ["5303", "5313", "5323"]
        assert prefixes("D:551 C:551") == (Prefix("551", "D"), Prefix("551", "C"))

    @pytest.mark.parametrize("lines", [BALANCE_SHEET, PROFIT_AND_LOSS])
    def test_names_nothing_twice_and_parents_that_exist(self, lines: tuple) -> None:  # type: ignore[type-arg]
        mapping(lines)
        keys = {line.key for line in lines}
        assert {parent for line in lines for parent in line.parents} <= keys
        assert len(keys) == len(lines)


class TestChart:
    @pytest.mark.parametrize("code", CODES)
    def test_every_account_has_a_line_on_both_sides(self, code: str) -> None:
        assert line_of(code, DEBIT, BALANCE_SHEET) is not None
        assert line_of(code, CREDIT, BALANCE_SHEET) is not None

    @pytest.mark.parametrize("code", [code for code in CODES if code[0] in "67"])
    def test_every_income_and_expense_has_a_line_of_the_result(self, code: str) -> None:
        assert line_of(code, DEBIT, PROFIT_AND_LOSS) is not None

    def test_has_a_name_for_each_group(self) -> None:
        assert {code[:1] for code in CODES} | {code[:2] for code in CODES} <= set(HEADINGS)


class TestSide:
    @pytest.mark.parametrize(
        ("code", "debit", "credit"),
        [
            ("551000001", "FINANCIAL_INVESTMENTS_SHORT", "OTHER_DEBTS_SHORT"),
            ("55250001", "FINANCIAL_INVESTMENTS_SHORT", "OTHER_DEBTS_SHORT"),
            ("55230001", "GROUP_INVESTMENTS_SHORT", "GROUP_DEBTS_SHORT"),
            ("55240001", "GROUP_INVESTMENTS_SHORT", "GROUP_DEBTS_SHORT"),
            ("550", "FINANCIAL_INVESTMENTS_SHORT", "OTHER_DEBTS_SHORT"),
            ("554", "FINANCIAL_INVESTMENTS_SHORT", "OTHER_DEBTS_SHORT"),
        ],
    )
    def test_decides_for_accounts_that_are_owed_or_owing(self, code: str, debit: str, credit: str) -> None:
        assert line_of(code, DEBIT, BALANCE_SHEET) == debit
        assert line_of(code, CREDIT, BALANCE_SHEET) == credit

    def test_is_of_no_matter_for_a_contra_account(self) -> None:
        assert line_of("28170001", CREDIT, BALANCE_SHEET) == "TANGIBLE"
        assert line_of("1030", DEBIT, BALANCE_SHEET) == "CAPITAL"
        assert line_of("1034", CREDIT, BALANCE_SHEET) == "OTHER_DEBTS_SHORT"


class TestNoLine:
    @pytest.mark.parametrize("code", ["103", "552", "580", "293", "199", "821"])
    def test_is_told_and_never_guessed(self, code: str) -> None:
        assert line_of(code, DEBIT, BALANCE_SHEET) is None

    @given(st.text("0123456789", min_size=1, max_size=12))
    def test_or_one_line_is_all_there_is(self, code: str) -> None:
        found = line_of(code, DEBIT, BALANCE_SHEET)
        matching = [p for p in mapping(BALANCE_SHEET) if code.startswith(p.code) and p.side in {"", "D"}]
        assert (found is None) == (matching == [])
