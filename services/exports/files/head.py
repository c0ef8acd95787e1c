"""What every format is told before the first row, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from services.exports.rules import Cell, Totals
from services.kit.exports import ExportColumn


@dataclass(frozen=True, slots=True)
class Head:
    """Title, company, filters and headings, already translated; `words` are the few that formats add.

    `words` are by the keys of `services.exports.heading.WORDS`.
    """

    title: str
    company: str
    filters: Sequence[tuple[str, str]]
    made_on: date
    locale: str
    columns: Sequence[ExportColumn]
    headings: Sequence[str]
    words: dict[str, str]


class TableFile(Protocol):
    """A file being written. Blocking: called from a thread."""

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        """This will add rows."""
        ...

    def close(self, totals: Totals) -> None:
        """This will add the totals and finish the file."""
        ...
