"""Sentences for people in their language. The English sentence in the code is the id; one PO file per language.

A sentence that has no translation yet is shown in English; a test of the house names every one that is missing.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

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


def translator(locale: str) -> Callable[[str], str]:
    """A function that gives a sentence in a language, its {places} still open."""
    known = catalogue(locale)
    return lambda sentence: known.get(sentence, sentence)
