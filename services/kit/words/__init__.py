"""Sentences for people in their language. The English sentence in the code is the id; one PO file per language.

A sentence that has no translation yet is shown in English; a test of the house names every one that is missing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALES = ("es", "en", "ca", "sv")
_HERE = Path(__file__).parent


@cache
def catalogue(locale: str) -> dict[str, str]:
    """All translated sentences of a language by their English text. For English only the words for codes."""
    path = _HERE / f"{locale}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        messages = read_po(file)
    return {str(item.id): str(item.string) for item in messages if item.id and item.string}


_CULTURES = {"en": "en_GB"}
"""How a language of ours writes days and amounts, where its plain code means another country."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_AMOUNT = re.compile(r"-?\d+\.\d{2}")


@dataclass(frozen=True, slots=True)
class Language:
    """One language of a reader: sentences, and how days and amounts are written in them."""

    locale: str
    _known: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __call__(self, sentence: str) -> str:
        """The sentence in this language, its {places} still open."""
        return self._known.get(sentence, sentence)

    def fill(self, sentence: str, values: Mapping[str, Any]) -> str:
        """The sentence in this language with its values in their places, as this language writes them."""
        return self(sentence).format(**{name: self.show(value) for name, value in values.items()})

    def show(self, value: Any) -> Any:
        """A day or an amount as a reader writes it: 30/11/2026 and 1.210,00 in Spanish. Anything else as it is."""
        culture = _CULTURES.get(self.locale, self.locale)
        if type(value) is date:
            return format_skeleton("yMd", value, locale=culture)
        if isinstance(value, Decimal) and value.is_finite():
            exponent = value.as_tuple().exponent
            places = "0" * -exponent if isinstance(exponent, int) and exponent < 0 else ""
            return format_decimal(value, format=f"#,##0.{places}" if places else "#,##0", locale=culture)
        return value

    def moment(self, at: datetime, zone: str) -> str:
        """An instant as the clock of an IANA zone shows it: 30/11/2026 14:05 in Spanish."""
        culture = _CULTURES.get(self.locale, self.locale)
        clock = format_skeleton("Hm", at.astimezone(ZoneInfo(zone)), locale=culture)
        return f"{self.show(at.astimezone(ZoneInfo(zone)).date())} {clock}"


def stored_value(text: str) -> Any:
    """A value that was kept as text (2026-11-30, -97.20), as the day or amount it is; any other text as it is."""
    if _DAY.fullmatch(text):
        return date.fromisoformat(text)
    return Decimal(text) if _AMOUNT.fullmatch(text) else text


@cache
def translator(locale: str) -> Language:
    """A language by its code: `translator("es")("Please sign in.")`."""
    return Language(locale, catalogue(locale))
