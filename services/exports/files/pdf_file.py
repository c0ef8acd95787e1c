"""Long lists on paper: A4 landscape, drawn row by row, the headings on every page, "page x of y" below.

Drawn on the canvas instead of laid out by platypus, which holds a whole table and takes minutes for twenty thousand
rows. A text that needs more than three lines ends in an ellipsis; Excel and CSV have it whole.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from services.documents.interface import amount_text, date_text
from services.exports.files.head import Head, Part
from services.exports.rules import Amount, Cell, Totals
from services.kit.exports import ColumnKind, ExportColumn
from services.kit.pdf import ASSETS_DIR

_WIDTH, _HEIGHT = landscape(A4)
_MARGIN = 34.0
_FOOT = 30.0
_POINTS = 7.5
_LINE = 9.4
_PAD = 3.0
_LINES_MAX = 3
_GREY = (0.945, 0.95, 0.955)
_RULE = (0.82, 0.84, 0.86)
_NUMBER_ROOM = 26.0
_GAP = 14.0
_PART_LEAST = 60.0
_TEXT, _BOLD = "Export text", "Export bold"
_TOTAL_PAGES = "pages"

_SIGN = 4.2
"""Points of one sign, on the average."""

_LEAST = {ColumnKind.DATE: 57.0, ColumnKind.INSTANT: 57.0, ColumnKind.MONEY: 58.0}
"""Room for a day and for an amount of hundreds of thousands."""

_NUMBERS = frozenset({ColumnKind.MONEY, ColumnKind.NUMBER, ColumnKind.PERCENT})


@cache
def _register_fonts() -> None:
    for name, file in ((_TEXT, "inter-regular.ttf"), (_BOLD, "inter-semibold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(ASSETS_DIR / file)))


class PdfFile:
    """One PDF being written. Finished pages are kept compressed, some kilobytes each."""

    def __init__(self, path: Path, head: Head) -> None:
        _register_fonts()
        self._canvas: Any = Canvas(str(path), pagesize=(_WIDTH, _HEIGHT), pageCompression=1, invariant=1)
        self._canvas.setTitle(head.title)
        self._canvas.setAuthor(head.company)
        self._head = head
        self._page = 1
        self._begun = False
        self._y = self._title()

    def above(self, part: Part) -> None:
        """This will draw a small table under the head."""
        self._part(part)

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        """This will add rows."""
        self._begin()
        for row in rows:
            self._row([self._text(place, value) for place, value in enumerate(row)])

    def close(self, totals: Totals, below: Sequence[Part]) -> None:
        """This will add the totals, the small tables, and the number of pages, which every page has left open."""
        self._begin()
        for currency, sums in totals.rows():
            cells = [self._number(sums[place]) if place in sums else "" for place in range(len(self._widths))]
            label = f"{self._head.words['total']} {currency}"
            if cells:
                cells[0] = cells[0] or label
            self._row(cells, font=_BOLD)
        for part in below:
            self._y -= _GAP
            self._part(part)
        self._end_page()
        self._canvas.beginForm(_TOTAL_PAGES)
        self._canvas.setFont(_TEXT, _POINTS)
        self._canvas.drawString(0, 0, str(self._page))
        self._canvas.endForm()
        self._canvas.save()

    def _begin(self) -> None:
        """The headings of the list, once."""
        if not self._begun:
            self._begun = True
            self._lay(self._head.columns, self._head.headings)
            self._headings()

    def _lay(self, columns: Sequence[ExportColumn], headings: Sequence[str]) -> None:
        """This will set the columns that rows are drawn in from now on."""
        self._columns, self._titles = columns, headings
        self._widths = _widths(columns, headings, _WIDTH - 2 * _MARGIN)
        self._lefts = [_MARGIN + sum(self._widths[:place]) for place in range(len(self._widths))]
        self._right = [column.kind in _NUMBERS for column in columns]

    def _part(self, part: Part) -> None:
        """A small table with its title, kept together with its first row."""
        self._lay(part.columns, part.headings)
        if self._y < _MARGIN + _FOOT + _PART_LEAST:
            self._end_page()
            self._page += 1
            self._y = _HEIGHT - _MARGIN
        self._canvas.setFont(_BOLD, 9)
        self._canvas.drawString(_MARGIN, self._y - 9, part.title)
        self._y -= _GAP
        self._headings()
        for row in part.rows:
            self._row([self._text(place, value) for place, value in enumerate(row)])
        self._y -= _GAP

    def _title(self) -> float:
        head = self._head
        y: float = _HEIGHT - _MARGIN
        self._canvas.setFont(_BOLD, 13)
        self._canvas.drawString(_MARGIN, y - 9, head.title)
        self._canvas.setFont(_TEXT, 9)
        made = f"{head.words['made']}: {date_text(head.made_on, head.locale)}"
        self._canvas.drawRightString(_WIDTH - _MARGIN, y - 9, made)
        self._canvas.setFont(_BOLD, 9)
        self._canvas.drawString(_MARGIN, y - 23, head.company)
        if head.company_detail:
            after = _MARGIN + pdfmetrics.stringWidth(head.company, _BOLD, 9) + 8
            self._canvas.setFont(_TEXT, 9)
            self._canvas.drawString(after, y - 23, head.company_detail[:120])
        y -= 35
        told = "   ·   ".join(f"{name}: {text}" for name, text in head.filters)
        self._canvas.setFont(_TEXT, 8)
        for line in _lines(told, _WIDTH - 2 * _MARGIN, _TEXT, 8.0):
            self._canvas.drawString(_MARGIN, y, line)
            y -= 11
        return y - 4

    def _headings(self) -> None:
        lines = [
            _lines(heading, width - 2 * _PAD, _BOLD, _POINTS)
            for heading, width in zip(self._titles, self._widths, strict=True)
        ]
        height = self._height(lines)
        self._canvas.setFillColorRGB(*_GREY)
        self._canvas.rect(_MARGIN, self._y - height, _WIDTH - 2 * _MARGIN, height, stroke=0, fill=1)
        self._canvas.setFillColorRGB(0, 0, 0)
        self._draw(lines, height, _BOLD)

    def _row(self, cells: Sequence[str], *, font: str = _TEXT) -> None:
        lines = [
            _lines(text, width - 2 * _PAD, font, _POINTS)
            for text, width in zip(cells, self._widths, strict=True)
        ]
        height = self._height(lines)
        if self._y - height < _MARGIN + _FOOT - 10:
            self._end_page()
            self._page += 1
            self._y = _HEIGHT - _MARGIN
            self._headings()
        self._draw(lines, height, font)

    def _draw(self, lines: Sequence[Sequence[str]], height: float, font: str) -> None:
        self._canvas.setFont(font, _POINTS)
        for place, texts in enumerate(lines):
            y = self._y - _PAD - _POINTS
            for text in texts:
                if self._right[place]:
                    right = self._lefts[place] + self._widths[place] - _PAD
                    self._canvas.drawRightString(right, y, text)
                else:
                    self._canvas.drawString(self._lefts[place] + _PAD, y, text)
                y -= _LINE
        self._y -= height
        self._canvas.setStrokeColorRGB(*_RULE)
        self._canvas.setLineWidth(0.4)
        self._canvas.line(_MARGIN, self._y, _WIDTH - _MARGIN, self._y)

    def _end_page(self) -> None:
        self._canvas.setFont(_TEXT, _POINTS)
        self._canvas.drawString(_MARGIN, _FOOT - 8, f"{self._head.company} · {self._head.title}"[:140])
        before = self._head.words["page"].format(page=self._page) + " "
        at = _WIDTH - _MARGIN - _NUMBER_ROOM
        self._canvas.drawRightString(at, _FOOT - 8, before)
        self._canvas.saveState()
        self._canvas.translate(at, _FOOT - 8)
        self._canvas.doForm(_TOTAL_PAGES)
        self._canvas.restoreState()
        self._canvas.showPage()

    def _height(self, lines: Sequence[Sequence[str]]) -> float:
        return max((len(texts) for texts in lines), default=1) * _LINE + 2 * _PAD

    def _text(self, place: int, value: Cell) -> str:
        match value:
            case None:
                return ""
            case bool():
                return self._head.words["yes" if value else "no"]
            case Amount():
                return self._number(value.value)
            case Decimal():
                percent = self._columns[place].kind is ColumnKind.PERCENT
                text = amount_text(value, self._head.locale, places_min=0, places_max=4)
                return f"{text}\u00a0%" if percent else text
            case date():
                return date_text(value, self._head.locale)
            case str():
                return value

    def _number(self, value: Decimal) -> str:
        return amount_text(value, self._head.locale)


def _widths(columns: Sequence[ExportColumn], headings: Sequence[str], room: float) -> list[float]:
    """The widths of the columns in points: as declared, but days, numbers and words of headings never break."""
    least = [
        max(
            _LEAST.get(column.kind, 0.0),
            *(pdfmetrics.stringWidth(word, _BOLD, _POINTS) + 2 * _PAD for word in (heading.split() or [""])),
        )
        for column, heading in zip(columns, headings, strict=True)
    ]
    wanted = [max(low, column.width * _SIGN) for column, low in zip(columns, least, strict=True)]
    spare, more = room - sum(least), sum(wanted) - sum(least)
    if spare <= 0 or more <= 0:
        return [room * low / sum(least) for low in least]
    return [low + spare * (want - low) / more for low, want in zip(least, wanted, strict=True)]


@lru_cache(maxsize=4096)
def _lines(text: str, room: float, font: str, points: float) -> tuple[str, ...]:
    """A text in lines that fit; nothing gives one empty line. What does not fit in three ends in an ellipsis."""
    plain = " ".join(text.split())
    if pdfmetrics.stringWidth(plain, font, points) <= room:
        return (plain,)
    made = list(_broken(plain, room, font, points))
    if len(made) > _LINES_MAX:
        last = made[_LINES_MAX - 1]
        while last and pdfmetrics.stringWidth(last + "…", font, points) > room:
            last = last[:-1]
        made = [*made[: _LINES_MAX - 1], last + "…"]
    return tuple(made)


def _broken(text: str, room: float, font: str, points: float) -> Iterator[str]:
    """Lines broken at blanks, and inside a word that is wider than its column."""
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if pdfmetrics.stringWidth(joined, font, points) <= room:
            line = joined
            continue
        if line:
            yield line
        line = word
        while len(line) > 1 and pdfmetrics.stringWidth(line, font, points) > room:
            fitting = max(1, int(len(line) * room / pdfmetrics.stringWidth(line, font, points)))
            yield line[:fitting]
            line = line[fitting:]
    if line:
        yield line
