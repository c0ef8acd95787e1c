"""Identifiers that are true, and the reason why others are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contacts.rules.identifiers import (
    DUMMY_TAX_IDS,
    IbanCheckDigitsWrong,
    IbanCountryUnknown,
    IbanLengthWrong,
    IbanNationalCheckWrong,
    IbanRefused,
    TaxIdCheckDigitWrong,
    TaxIdFormatWrong,
    TaxIdIsDummy,
    TaxIdLengthWrong,
    TaxIdMissing,
    TaxIdRefused,
    TaxIdType,
    check_iban,
    check_tax_id,
    spaced_iban,
)

LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


class TestCheckTaxId:
    @pytest.mark.parametrize(
        ("text", "country", "kind", "value"),
        [
            ("B28015865", "ES", TaxIdType.CIF, "B28015865"),
            (" es-b28.015.865 ", "ES", TaxIdType.CIF, "B28015865"),
            ("54362315k", "ES", TaxIdType.DNI, "54362315K"),
            ("X-5253868-R", "ES", TaxIdType.NIE, "X5253868R"),
            ("K1234567L", "ES", TaxIdType.NIF, "K1234567L"),
            ("SE556036079301", "SE", TaxIdType.EU_VAT, "SE556036079301"),
            ("556036079301", "SE", TaxIdType.EU_VAT, "SE556036079301"),
            ("EL 094259216", "GR", TaxIdType.EU_VAT, "EL094259216"),
            ("12-3456789", "US", TaxIdType.OTHER, "123456789"),
        ],
    )
    def test_gives_the_one_written_form(self, text: str, country: str, kind: TaxIdType, value: str) -> None:
        tax_id = check_tax_id(text, country=country)

        assert (tax_id.type, tax_id.value, tax_id.country) == (kind, value, country)

    @pytest.mark.parametrize(
        ("text", "country", "refusal"),
        [
            ("", "ES", TaxIdMissing),
            (" - ", "ES", TaxIdMissing),
            ("B28015866", "ES", TaxIdCheckDigitWrong),
            ("54362315A", "ES", TaxIdCheckDigitWrong),
            ("B2801586", "ES", TaxIdLengthWrong),
            ("5436X315K", "ES", TaxIdFormatWrong),
            ("B28015865;", "ES", TaxIdFormatWrong),
            ("Ñ2801586J", "ES", TaxIdFormatWrong),
            ("1" * 200, "US", TaxIdFormatWrong),
            ("SE556036079302", "SE", TaxIdRefused),
            ("B28015865", "FR", TaxIdRefused),
        ],
    )
    def test_says_why_not(self, text: str, country: str, refusal: type[TaxIdRefused]) -> None:
        with pytest.raises(refusal) as raised:
            check_tax_id(text, country=country)

        assert raised.value.message

    @pytest.mark.parametrize("dummy", sorted(DUMMY_TAX_IDS))
    def test_knows_what_people_type_to_get_past_a_form(self, dummy: str) -> None:
        for text in (dummy, f"ES{dummy}", dummy.lower()):
            with pytest.raises(TaxIdIsDummy):
                check_tax_id(text)

    @given(st.integers(100, 99_999_999))
    def test_accepts_every_right_letter_and_no_other(self, number: int) -> None:
        digits, right = f"{number:08d}", LETTERS[number % 23]
        if digits + right in DUMMY_TAX_IDS:
            return

        assert check_tax_id(digits + right).type is TaxIdType.DNI
        for wrong in set(LETTERS) - {right}:
            with pytest.raises(TaxIdRefused):
                check_tax_id(digits + wrong)

    @given(st.text(max_size=80), st.sampled_from(["ES", "SE", "GR", "US", ""]))
    def test_refuses_or_accepts_any_text_without_failing(self, text: str, country: str) -> None:
        try:
            tax_id = check_tax_id(text, country=country)
        except TaxIdRefused:
            return

        assert tax_id.value.isalnum()


class TestCheckIban:
    def test_gives_bank_and_bic(self) -> None:
        number = check_iban("es91 2100-0418 4502 0005 1332")

        assert number.iban == "ES9121000418450200051332"
        assert number.bank_name == "CAIXABANK, S.A."
        assert number.bic == "CAIXESBB"

    def test_accepts_countries_without_a_national_check(self) -> None:
        assert check_iban("SE45 5000 0000 0583 9825 7466").bank_name == "SEB"

    @pytest.mark.parametrize(
        ("text", "refusal"),
        [
            ("ES9121000418450200051333", IbanCheckDigitsWrong),
            ("ES2921000418460200051332", IbanNationalCheckWrong),
            ("ES91210004184502000513", IbanLengthWrong),
            ("ZZ9121000418450200051332", IbanCountryUnknown),
            ("ES91;21000418450200051332", IbanRefused),
            ("not an iban", IbanRefused),
            ("", IbanRefused),
        ],
    )
    def test_says_why_not(self, text: str, refusal: type[IbanRefused]) -> None:
        with pytest.raises(refusal) as raised:
            check_iban(text)

        assert type(raised.value) is refusal

    @given(st.text(max_size=80))
    def test_refuses_any_other_text_without_failing(self, text: str) -> None:
        try:
            check_iban(text)
        except IbanRefused:
            return


class TestSpacedIban:
    def test_groups_by_four(self) -> None:
        assert spaced_iban("ES9121000418450200051332") == "ES91 2100 0418 4502 0005 1332"
