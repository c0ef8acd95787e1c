"""Figures, dates and words of a printed document in the reader's language, and words cut to fit their column."""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from babel.dates import format_date
from markupsafe import Markup, escape
from reportlab.pdfbase.ttfonts import TTFont

from services.documents.rules.tax_codes import TaxLegend
from services.kit.pdf import ASSETS_DIR

TEMPLATES_DIR = Path(__file__).parent / "templates"
POINTS_PER_MM = 72 / 25.4

BOX = "\N{WHITE SQUARE}"
"""What stands for a letter that no font here has."""

LOCALES = ("es", "en", "ca", "sv")

_DATE_PATTERNS = {"es": "dd/MM/yyyy", "ca": "dd/MM/yyyy", "en": "d MMM yyyy", "sv": "yyyy-MM-dd"}
_SEPARATORS = {"es": (".", ","), "ca": (".", ","), "en": (",", "."), "sv": ("\u00a0", ",")}
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "SEK": "kr"}


def amount_text(amount: Decimal, locale: str, *, places_min: int = 2, places_max: int = 2) -> str:
    """This will write a number as the language does: 1.234,50 (es, ca), 1,234.50 (en), 1 234,50 (sv)."""
    plain = f"{abs(amount):,.{places_max}f}"
    whole, _, fraction = plain.partition(".")
    while len(fraction) > places_min and fraction.endswith("0"):
        fraction = fraction[:-1]
    group, point = _SEPARATORS[locale]
    sign = "\N{MINUS SIGN}" if amount < 0 else ""
    return sign + whole.replace(",", group) + (point + fraction if fraction else "")


def date_text(day: date, locale: str) -> str:
    """This will write a day: 05/03/2026 (es, ca), 5 Mar 2026 (en), 2026-03-05 (sv)."""
    return str(format_date(day, _DATE_PATTERNS[locale], locale="en_GB" if locale == "en" else locale))


def percent_text(rate: Decimal, locale: str) -> str:
    """This will write a rate without needless places: 21 %, 5,2 %."""
    return f"{amount_text(rate, locale, places_min=0)}\u00a0%"


def rate_text(rate: Decimal, legend: TaxLegend | None, locale: str) -> str:
    """This will write a rate, or in a word why there is none: bases must be told apart (RD 1619/2012 art. 6.2)."""
    return words_of(locale)[f"rate_{legend.value}"] if legend else percent_text(rate, locale)


def money_text(amount: Decimal, currency: str, locale: str) -> str:
    """This will write an amount with its currency behind it, by sign where one is known."""
    return f"{amount_text(amount, locale)}\u00a0{_SYMBOLS.get(currency, currency)}"


@cache
def words_of(locale: str) -> Mapping[str, str]:
    """This will give the words of printed documents in a language."""
    text = (TEMPLATES_DIR / "words.json").read_text(encoding="utf-8")
    words: Mapping[str, Mapping[str, str]] = json.loads(text)
    return words[locale]


def breakable(text: str, width_mm: float, points: float = 8.5) -> Markup:
    """This will split words wider than their column, because the renderer would print them over the next one."""
    room = width_mm * POINTS_PER_MM
    pieces = (
        Markup("<br>").join(_in_fonts(part) for part in _parts(word, room, points))
        for word in printable(text).split(" ")
    )
    return Markup(" ").join(pieces)


def printable(text: str) -> str:
    """This will leave out emoji that no font here has, and put a box for letters that none has."""
    kept = (sign if _font_of(sign) is not None else _substitute(sign) for sign in text)
    return "".join(kept)


def _substitute(sign: str) -> str:
    return BOX if unicodedata.category(sign)[0] in "LN" else ""


def _font_of(sign: str) -> str | None:
    code = ord(sign)
    if code in _font().face.charToGlyph:
        return ""
    return "other" if code in _other_font().face.charToGlyph else None


def _in_fonts(part: str) -> Markup:
    """Signs that the paper's font lacks, in the other one."""
    runs = groupby(part, key=_font_of)
    return Markup("").join(
        Markup('<span class="other">{}</span>').format("".join(signs)) if font else escape("".join(signs))
        for font, signs in runs
    )


def text_width_mm(text: str, points: float = 8.5) -> float:
    """This will measure a text on one line."""
    return float(_font().stringWidth(text, points)) / POINTS_PER_MM


def _parts(word: str, room: float, points: float) -> Iterator[str]:
    while word and _font().stringWidth(word, points) > room:
        fitting = max(1, int(len(word) * room / _font().stringWidth(word, points)))
        while fitting > 1 and _font().stringWidth(word[:fitting], points) > room:
            fitting -= 1
        yield word[:fitting]
        word = word[fitting:]
    yield word


@cache
def _font() -> Any:
    """The wider of the two weights, so that what it fits, both fit."""
    return TTFont("Inter measured", str(ASSETS_DIR / "inter-semibold.ttf"))


@cache
def _other_font() -> Any:
    return TTFont("DejaVu measured", str(ASSETS_DIR / "dejavu-sans.ttf"))
