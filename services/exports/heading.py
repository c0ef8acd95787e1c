"""The head of a file in its reader's language."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from services.documents.interface import date_text
from services.exports.files import Head
from services.exports.rules import capital
from services.kit.exports import ExportColumn, Exported, Word
from services.kit.words import translator

WORDS: dict[str, str] = {
    "total": "Total",
    "page": "Page {page} of",
    "yes": "Yes",
    "no": "No",
    "made": "Made on",
    "company": "Company",
    "detail": "Tax number and address",
    "list": "List",
    "about": "About this file",
    "all": "All companies",
}
"""What files say besides their lists."""


def head_of(
    exported: Exported,
    columns: Sequence[ExportColumn],
    *,
    company: str | None,
    company_detail: str = "",
    filters: Sequence[tuple[str, Any]],
    made_on: date,
    locale: str,
) -> Head:
    """This will say title, headings and filters; `company` is None for a list over several."""
    say = translator(locale)
    words = {name: say(sentence) for name, sentence in WORDS.items()}
    return Head(
        title=say(exported.title),
        company=company if company is not None else words["all"],
        company_detail=company_detail,
        filters=[(say(heading), _said(value, locale, words)) for heading, value in filters],
        made_on=made_on,
        locale=locale,
        columns=columns,
        headings=[say(column.heading) for column in columns],
        words=words,
    )


def _said(value: Any, locale: str, words: dict[str, str]) -> str:
    if isinstance(value, bool):
        return words["yes" if value else "no"]
    if isinstance(value, Word):
        return capital(translator(locale)(str(value)))
    if isinstance(value, date):
        return date_text(value, locale)
    return str(value)
