"""What every format is told before the first row, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from services.exports.rules import Cell, Totals
from services.kit.exports import ExportColumn


@dataclass(frozen=True, slots=True)
class Head:
    """Title, company with its tax number and address, filters and headings, already translated.

    `words` are the few that formats add, by the keys of `services.exports.heading.WORDS`.
    """

    title: str
    company: str
    company_detail: str
    filters: Sequence[tuple[str, str]]
    made_on: date
    locale: str
    columns: Sequence[ExportColumn]
    headings: Sequence[str]
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """A small table beside the list: its cells as those of the list."""

    title: str
    columns: Sequence[ExportColumn]
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


class TableFile(Protocol):
    """A file being written. Blocking: called from a thread."""

    def above(self, part: Part) -> None:
        """This will put a small table before the rows, of which none has been written yet."""
        ...

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        """This will add rows."""
        ...

    def close(self, totals: Totals, below: Sequence[Part]) -> None:
        """This will add the totals and the small tables after them, and finish the file."""
        ...
