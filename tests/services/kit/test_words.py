"""How a language writes what stands in a sentence."""

from datetime import date
from decimal import Decimal

import pytest

from services.kit.words import stored_value, translator


class TestShow:
    @pytest.mark.parametrize(
        ("locale", "day", "amount"),
        [
            ("es", "30/11/2026", "-1.234.567,80"),
            ("ca", "30/11/2026", "-1.234.567,80"),
            ("en", "30/11/2026", "-1,234,567.80"),
            ("sv", "2026-11-30", "-1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567,80"),
        ],
    )
    def test_writes_days_and_amounts_as_its_readers_do(self, locale: str, day: str, amount: str) -> None:
        language = translator(locale)

        assert language.show(date(2026, 11, 30)) == day
        assert language.show(Decimal("-1234567.80")) == amount

    def test_leaves_numbers_of_documents_and_counts_alone(self) -> None:
        language = translator("es")

        assert [language.show(value) for value in ("FV26-000123", 2026, "2026-11-30")] == [
            "FV26-000123",
            2026,
            "2026-11-30",
        ]


class TestStoredValue:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("2026-11-30", date(2026, 11, 30)),
            ("-97.20", Decimal("-97.20")),
            ("FV26-0012", "FV26-0012"),
            ("12", "12"),
        ],
    )
    def test_knows_days_and_amounts_again(self, text: str, value: object) -> None:
        assert stored_value(text) == value
        assert type(stored_value(text)) is type(value)
