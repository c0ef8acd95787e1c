"""Figures, dates and words as each language writes them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents.print_texts import (
    amount_text,
    breakable,
    date_text,
    money_text,
    percent_text,
    printable,
)

MINUS = "\N{MINUS SIGN}"


class TestAmountText:
    @pytest.mark.parametrize(
        ("amount", "locale", "text"),
        [
            ("1234567.5", "es", "1.234.567,50"),
            ("1234567.5", "en", "1,234,567.50"),
            ("1234567.5", "sv", "1\u00a0234\u00a0567,50"),
            ("-0.5", "ca", f"{MINUS}0,50"),
            ("0", "es", "0,00"),
        ],
    )
    def test_follows_the_language(self, amount: str, locale: str, text: str) -> None:
        assert amount_text(Decimal(amount), locale) == text

    @given(st.decimals(min_value=Decimal("-1e9"), max_value=Decimal("1e9"), places=6))
    def test_loses_no_digit(self, amount: Decimal) -> None:
        text = amount_text(amount, "es", places_min=0, places_max=6)

        assert Decimal(text.replace(".", "").replace(",", ".").replace(MINUS, "-")) == amount


class TestDateText:
    @pytest.mark.parametrize(
        ("locale", "text"),
        [("es", "05/03/2026"), ("ca", "05/03/2026"), ("en", "5 Mar 2026"), ("sv", "2026-03-05")],
    )
    def test_follows_the_language(self, locale: str, text: str) -> None:
        assert date_text(date(2026, 3, 5), locale) == text


class TestPercentText:
    @pytest.mark.parametrize(("rate", "text"), [("21.00", "21"), ("5.20", "5,2"), ("0", "0")])
    def test_drops_needless_places(self, rate: str, text: str) -> None:
        assert percent_text(Decimal(rate), "es") == f"{text}\u00a0%"


class TestMoneyText:
    @pytest.mark.parametrize(
        ("currency", "text"), [("EUR", "1,00\u00a0€"), ("SEK", "1,00\u00a0kr"), ("CHF", "1,00\u00a0CHF")]
    )
    def test_names_the_currency(self, currency: str, text: str) -> None:
        assert money_text(Decimal(1), currency, "es") == text


class TestBreakable:
    @given(st.text(max_size=60))
    def test_loses_no_letter(self, text: str) -> None:
        broken = breakable(text, 10)
        for tag in ("<br>", '<span class="other">', "</span>"):
            broken = broken.replace(tag, "")

        assert broken.unescape() == printable(text)

    def test_takes_another_font_for_what_the_papers_font_lacks(self) -> None:
        assert breakable("Bar מקום", 50) == 'Bar <span class="other">מקום</span>'

    def test_puts_a_box_for_unknown_letters_and_drops_unknown_emoji(self) -> None:
        assert printable("Wok 龍🌲") == "Wok □"

    def test_leaves_short_words_alone_and_escapes_them(self) -> None:
        assert breakable("a < b", 50) == "a &lt; b"
