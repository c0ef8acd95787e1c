"""Excel workbooks, written row by row: real dates and numbers, a frozen heading with filters, totals per currency.

What is text is written as text whatever it begins with, so nothing in a list becomes a formula or a link. A second
sheet says what the file is: list, company, filters, day.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from services.exports.files.head import Head, Part
from services.exports.rules import Amount, Cell, Totals
from services.kit.exports import ColumnKind, ExportColumn

_DATES = {"es": "dd/mm/yyyy", "ca": "dd/mm/yyyy", "en": "d mmm yyyy", "sv": "yyyy-mm-dd"}
_MONEY = "#,##0.00"
"""Excel shows the separators of the language it runs in."""

_NUMBERS = frozenset({ColumnKind.MONEY, ColumnKind.NUMBER, ColumnKind.PERCENT})


class XlsxFile:
    """One workbook being written."""

    def __init__(self, path: Path, head: Head) -> None:
        # Rows go to a temporary file as they come, so memory does not grow with the list.
        options = {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "default_date_format": _DATES[head.locale],
        }
        self._book: Any = xlsxwriter.Workbook(str(path), options)
        self._head = head
        self._sheet: Any = self._book.add_worksheet(_sheet_name(head.title))
        bold = {"bold": True, "valign": "top"}
        self._formats = {
            "heading": self._book.add_format({**bold, "bottom": 1, "text_wrap": True}),
            "number heading": self._book.add_format(
                {**bold, "bottom": 1, "text_wrap": True, "align": "right"}
            ),
            "money": self._book.add_format({"num_format": _MONEY}),
            "number": self._book.add_format({"num_format": "#,##0.####"}),
            "percent": self._book.add_format({"num_format": '0.##"%"'}),
            "date": self._book.add_format({"num_format": _DATES[head.locale]}),
            "date left": self._book.add_format({"num_format": _DATES[head.locale], "align": "left"}),
            "total": self._book.add_format({"bold": True, "top": 1, "num_format": _MONEY}),
            "label": self._book.add_format({"bold": True, "top": 1}),
            "name": self._book.add_format({"bold": True}),
        }
        self._next = 1
        self._beside: list[Part] = []
        self._heading(self._sheet, head.columns, head.headings)
        self._sheet.freeze_panes(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)

    def above(self, part: Part) -> None:
        """This will keep a small table for a sheet of its own."""
        self._beside.append(part)

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        """This will add rows."""
        for row in rows:
            for place, value in enumerate(row):
                self._cell(self._sheet, self._next, self._head.columns[place], place, value)
            self._next += 1

    def close(self, totals: Totals, below: Sequence[Part]) -> None:
        """This will add the totals below the rows, a sheet per small table, and the sheet that says what this is."""
        last = max(1, self._next - 1)
        self._sheet.autofilter(0, 0, last, len(self._head.columns) - 1)
        for currency, sums in totals.rows():
            label = f"{self._head.words['total']} {currency}"
            for place in range(len(self._head.columns)):
                if place in sums:
                    self._sheet.write_number(self._next, place, float(sums[place]), self._formats["total"])
                else:
                    self._sheet.write_string(
                        self._next, place, label if place == 0 else "", self._formats["label"]
                    )
            self._next += 1
        self._about()
        for part in (*self._beside, *below):
            sheet = self._book.add_worksheet(_sheet_name(part.title))
            self._heading(sheet, part.columns, part.headings)
            for at, row in enumerate(part.rows, start=1):
                for place, value in enumerate(row):
                    self._cell(sheet, at, part.columns[place], place, value)
        self._book.close()

    def _heading(self, sheet: Any, columns: Sequence[ExportColumn], headings: Sequence[str]) -> None:
        for place, (column, heading) in enumerate(zip(columns, headings, strict=True)):
            sheet.set_column(place, place, column.width)
            kind = "number heading" if column.kind in _NUMBERS else "heading"
            sheet.write_string(0, place, heading, self._formats[kind])

    def _cell(self, sheet: Any, at: int, column: ExportColumn, place: int, value: Cell) -> None:
        match value:
            case None:
                return
            case bool():
                sheet.write_string(at, place, self._head.words["yes" if value else "no"])
            case Amount():
                sheet.write_number(at, place, float(value.value), self._formats["money"])
            case Decimal():
                percent = column.kind is ColumnKind.PERCENT
                sheet.write_number(at, place, float(value), self._formats["percent" if percent else "number"])
            case date():
                sheet.write_datetime(at, place, value, self._formats["date"])
            case str():
                sheet.write_string(at, place, value)

    def _about(self) -> None:
        words = self._head.words
        sheet: Any = self._book.add_worksheet(_sheet_name(words["about"]))
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 60)
        lines = [
            (words["list"], self._head.title),
            (words["company"], self._head.company),
            *([(words["detail"], self._head.company_detail)] if self._head.company_detail else []),
            *self._head.filters,
        ]
        for at, (name, text) in enumerate(lines):
            sheet.write_string(at, 0, name, self._formats["name"])
            sheet.write_string(at, 1, text)
        sheet.write_string(len(lines), 0, words["made"], self._formats["name"])
        sheet.write_datetime(len(lines), 1, self._head.made_on, self._formats["date left"])


def _sheet_name(title: str) -> str:
    """Excel takes 31 signs and none of its own."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "1"
