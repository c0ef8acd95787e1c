"""Check digits of the format, by the vectors of the booklet."""

from services.banking.formats.norma43_fields import reference_check_digit, spanish_iban


class TestCheckDigits:
    def test_reference_of_the_booklet(self) -> None:
        assert reference_check_digit("82546789013") == "8"

    def test_remainder_of_ten_gives_zero(self) -> None:
        assert reference_check_digit("00000000005") == "0"

    def test_iban_has_both_pairs_of_check_digits(self) -> None:
        assert spanish_iban("2100", "0418", "0200051332") == "ES9121000418450200051332"
