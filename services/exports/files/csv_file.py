"""Comma-separated values for other programs: a heading, then rows, nothing else (RFC 4180, UTF-8 with its mark).

Languages with a decimal comma get semicolons between the values, as their Excel expects. Totals, filters and small
tables are left out: a program that reads the file would take them for rows.
"""

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from services.exports.files.head import Head, Part
from services.exports.rules import Amount, Cell, Totals, harmless

_DATES = {"es": "%d/%m/%Y", "ca": "%d/%m/%Y"}
"""How days are written where Excel does not take YYYY-MM-DD as the usual form."""


class CsvFile:
    """One CSV file being written."""

    def __init__(self, path: Path, head: Head) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._head = head
        self._comma = head.locale != "en"
        self._writer = csv.writer(self._file, delimiter=";" if self._comma else ",", lineterminator="\r\n")
        self._writer.writerow([harmless(heading) for heading in head.headings])

    def above(self, part: Part) -> None:
        """Nothing: see the head of this file."""

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        """This will add rows."""
        self._writer.writerows([self._text(value) for value in row] for row in rows)

    def close(self, totals: Totals, below: Sequence[Part]) -> None:  # noqa: ARG002 -- see the head of this file
        """This will finish the file."""
        self._file.close()

    def _text(self, value: Cell) -> str:
        match value:
            case None:
                return ""
            case bool():
                return self._head.words["yes" if value else "no"]
            case Amount():
                return self._number(value.value)
            case Decimal():
                return self._number(value)
            case date():
                return value.strftime(_DATES.get(self._head.locale, "%Y-%m-%d"))
            case str():
                return harmless(value)

    def _number(self, value: Decimal) -> str:
        plain = format(value, "f")
        return plain.replace(".", ",") if self._comma else plain
