"""The lines of a document as rows of a table, in as many tables as the paper has pages.

A long document says at the foot of a page what its lines add up to so far, and says it again at the head of the next
one. The renderer cannot tell where it will break a page, so the heights are estimated, on the safe side, from the font.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.documents.paper import DocumentForPrint
from services.documents.print_texts import amount_text, percent_text, rate_text, text_width_mm
from services.kit.money import ZERO

LINE_MM = 174
"""Width between the margins of the page."""

LINES_PER_ROW_MAX = 12
"""A description goes on in further rows after so many lines, because a row cannot break over pages."""

CHARACTERS_PER_LINE = 48
"""What the description column holds at its narrowest; only used to cut a description into rows."""

TEXT_LINE_MM = 4.25
ROW_PADDING_MM = 3.3
FIRST_PAGE_MM = 160
LATER_PAGE_MM = 216
QR_MM = 24
"""Room for rows below the head of the first page and on each later one; what the code of an issued invoice takes."""


@dataclass(frozen=True)
class Column:
    """A column of the table of lines; `width` in per cent."""

    label: str
    width: int
    is_number: bool = True


@dataclass(frozen=True)
class Row:
    """One row of the printed table; a cell holds lines of text. Long descriptions go on in further rows."""

    cells: Sequence[Sequence[str]]
    is_continuation: bool
    continues: bool
    base: Decimal


@dataclass(frozen=True)
class Chunk:
    """The rows of one page. `carried_in` and `carried_out` are what all rows so far add up to; None at the ends."""

    rows: Sequence[Row]
    carried_in: Decimal | None
    carried_out: Decimal | None


def columns_of(document: DocumentForPrint, words: Mapping[str, str]) -> list[Column]:
    """This will give the columns: one for discounts only where a line has one."""
    has_discount = _has_discount(document)
    columns = [
        Column(words["description"], 39 if has_discount else 48, is_number=False),
        Column(words["quantity"], 11),
        Column(words["unit_price"], 16),
        Column(words["rate"], 10),
        Column(words["amount"], 15),
    ]
    if has_discount:
        columns.insert(3, Column(words["discount"], 9))
    return columns


def chunks_of(document: DocumentForPrint, locale: str, description_mm: float) -> list[Chunk]:
    """This will give the rows page by page; a document that fits on one page is one chunk."""
    pages: list[list[Row]] = [[]]
    height = 0.0
    first_page_mm = FIRST_PAGE_MM - (QR_MM if document.qr else 0)
    for row in _rows(document, locale):
        needed = _height_mm(row, description_mm)
        if pages[-1] and height + needed > (first_page_mm if len(pages) == 1 else LATER_PAGE_MM):
            pages.append([])
            height = 0.0
        pages[-1].append(row)
        height += needed
    chunks = []
    so_far = ZERO
    for index, rows in enumerate(pages):
        before = so_far
        so_far = sum((row.base for row in rows), so_far)
        chunks.append(
            Chunk(
                rows=rows,
                carried_in=before if index else None,
                carried_out=so_far if index < len(pages) - 1 else None,
            )
        )
    return chunks


def _has_discount(document: DocumentForPrint) -> bool:
    return any(line.discount_percent for line in document.lines)


def _height_mm(row: Row, description_mm: float) -> float:
    lines = sum(int(text_width_mm(text) * 1.06 / description_mm) + 1 for text in row.cells[0])
    return max(1, lines) * TEXT_LINE_MM + (0 if row.is_continuation else ROW_PADDING_MM)


def _rows(document: DocumentForPrint, locale: str) -> Iterator[Row]:
    has_discount = _has_discount(document)
    for line in document.lines:
        figures = [
            amount_text(line.quantity, locale, places_min=0, places_max=6),
            amount_text(line.unit_price, locale, places_max=6),
            rate_text(line.tax_rate, line.legend, locale),
            amount_text(line.base, locale),
        ]
        if has_discount:
            figures.insert(2, percent_text(line.discount_percent, locale) if line.discount_percent else "")
        chunks = _pieces_of(line.description)
        for index, chunk in enumerate(chunks):
            is_first = index == 0
            cells = [chunk, *([figure] if is_first else [""] for figure in figures)]
            yield Row(
                cells,
                is_continuation=not is_first,
                continues=index < len(chunks) - 1,
                base=line.base if is_first else ZERO,
            )


def _pieces_of(description: str) -> list[list[str]]:
    """The lines of a description in groups that fit into a row each; long lines are cut at a blank."""
    chunks: list[list[str]] = [[]]
    height = 0
    for text in (line.strip() for line in description.splitlines() if line.strip()):
        for piece in _pieces(text):
            needed = len(piece) // CHARACTERS_PER_LINE + 1
            if chunks[-1] and height + needed > LINES_PER_ROW_MAX:
                chunks.append([])
                height = 0
            chunks[-1].append(piece)
            height += needed
    return chunks


def _pieces(text: str) -> Iterator[str]:
    characters_max = CHARACTERS_PER_LINE * LINES_PER_ROW_MAX
    while len(text) > characters_max:
        cut = text.rfind(" ", 1, characters_max)
        cut = characters_max if cut < 0 else cut
        yield text[:cut].strip()
        text = text[cut:].strip()
    yield text
