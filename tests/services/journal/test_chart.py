"""The chart of accounts and its sub-accounts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.journal.chart import (
    SPLIT_HEADINGS,
    AccountType,
    LedgerAccountUnknown,
    SubAccountOutOfRange,
    TaxRateNotCoded,
    TaxRegime,
    heading_of,
    is_bank_account,
    is_postable,
    needs_contact,
    small_company_chart,
    sub_account_code,
    tax_sub_account_code,
    tax_sub_accounts,
)

codes = [account.code for account in small_company_chart()]


class TestSmallCompanyChart:
    def test_holds_172_accounts_each_once(self) -> None:
        assert len(codes) == len(set(codes)) == 172

    def test_has_both_names_and_a_plain_code_everywhere(self) -> None:
        for account in small_company_chart():
            assert account.name_en
            assert account.name_es
            assert account.code.isdigit()
            assert 3 <= len(account.code) <= 4

    def test_groups_6_and_7_are_expenses_and_income(self) -> None:
        for account in small_company_chart():
            assert (account.type is AccountType.EXPENSE) == account.code.startswith("6")
            assert (account.type is AccountType.INCOME) == account.code.startswith("7")

    def test_every_account_of_a_fresh_chart_takes_entries_and_no_split_heading_is_in_it(self) -> None:
        assert all(is_postable(code, codes) for code in codes)
        assert not SPLIT_HEADINGS & set(codes)

    def test_names_speak_the_readers_language(self) -> None:
        customers = heading_of("430")

        assert customers.name("es") == customers.name("ca") == "Clientes"
        assert customers.name("en") == customers.name("sv") == "Customers"


class TestSubAccounts:
    @pytest.mark.parametrize(
        ("parent", "sequence", "width", "code"),
        [
            ("430", 12, 8, "43000012"),
            ("4304", 1, 8, "43040001"),
            ("572", 1, 9, "572000001"),
            ("4009", 0, 8, "40090000"),
        ],
    )
    def test_are_the_padded_parent_and_a_sequence(
        self, parent: str, sequence: int, width: int, code: str
    ) -> None:
        assert sub_account_code(parent, sequence, width) == code

    @pytest.mark.parametrize(("sequence", "width"), [(10_000, 8), (-1, 8), (1, 4), (1, 13)])
    def test_refuse_what_does_not_fit(self, sequence: int, width: int) -> None:
        with pytest.raises(SubAccountOutOfRange):
            sub_account_code("430", sequence, width)

    @given(st.sampled_from(codes), st.integers(1, 9999))
    def test_belong_to_their_heading(self, parent: str, sequence: int) -> None:
        assert heading_of(sub_account_code(parent, sequence)).code == parent

    def test_close_their_parent_but_not_its_sisters(self) -> None:
        known = {*codes, "43000012"}

        assert not is_postable("430", known)
        assert is_postable("43000012", known)
        assert is_postable("4304", known)

    @pytest.mark.parametrize("code", ["103", "552", "693", "630", "999", ""])
    def test_are_needed_where_there_is_no_such_account(self, code: str) -> None:
        assert not is_postable(code, codes)

    def test_of_nothing_have_no_heading(self) -> None:
        with pytest.raises(LedgerAccountUnknown):
            heading_of("99900001")


class TestThirdParties:
    @pytest.mark.parametrize("code", ["430", "43000012", "400", "41000001", "5525", "465", "173"])
    def test_need_a_contact(self, code: str) -> None:
        assert needs_contact(code)

    @pytest.mark.parametrize("code", ["700", "572", "47700021", "4751", "5523"])
    def test_are_not_everything(self, code: str) -> None:
        assert not needs_contact(code)

    def test_banks_are_told_apart(self) -> None:
        assert is_bank_account("57200001")
        assert not is_bank_account("570")


class TestTaxSubAccounts:
    @pytest.mark.parametrize(
        ("parent", "regime", "rate", "code"),
        [
            ("477", TaxRegime.DOMESTIC, "21.00", "47700021"),
            ("477", TaxRegime.DOMESTIC, "7.5", "47700075"),
            ("477", TaxRegime.EQUIVALENCE_SURCHARGE, "5.2", "47701520"),
            ("477", TaxRegime.EQUIVALENCE_SURCHARGE, "1.75", "47701175"),
            ("472", TaxRegime.INTRA_EU, "21", "47202021"),
            ("472", TaxRegime.REVERSE_CHARGE, "10", "47203010"),
        ],
    )
    def test_carry_regime_and_rate(self, parent: str, regime: TaxRegime, rate: str, code: str) -> None:
        assert tax_sub_account_code(parent, regime, Decimal(rate)) == code

    @pytest.mark.parametrize("rate", ["0", "-21", "7.25", "1000"])
    def test_refuse_rates_without_a_code(self, rate: str) -> None:
        with pytest.raises(TaxRateNotCoded):
            tax_sub_account_code("477", TaxRegime.DOMESTIC, Decimal(rate))

    def test_are_all_different_and_close_their_parent(self) -> None:
        output = tax_sub_accounts("477")
        known = {*codes, *(account.code for account in output.values())}

        assert len(known) == len(codes) + len(output)
        assert not is_postable("477", known)
        assert all(is_postable(account.code, known) for account in output.values())

    def test_are_found_by_regime_and_rate_whatever_the_places(self) -> None:
        assert tax_sub_accounts("477")["DOMESTIC", Decimal("21.00")].code == "47700021"
        assert tax_sub_accounts("477")["EQUIVALENCE_SURCHARGE", Decimal("5.20")].name_es.endswith("5,2 %")

    def test_of_input_tax_know_no_surcharge(self) -> None:
        assert not [key for key in tax_sub_accounts("472") if key[0] == "EQUIVALENCE_SURCHARGE"]
