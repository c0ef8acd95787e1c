"""Tables that people send: CSV as any program writes it, and Excel workbooks, read as rows of text.

A small workbook can unpack into more than a machine holds or reads in an hour, so tables are read in the processes of
`kit.pdf`, within their limits. What a cell means is for the module that asked for the table.
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from openpyxl import load_workbook

from services.kit.errors import Refused
from services.kit.pdf import RenderingBusy, RenderingFailed, RenderingTimedOut, apart

COLUMNS_MAX = 100
CELL_LENGTH_MAX = 5_000
UNPACKED_BYTES_MAX = 64 * 1024 * 1024
"""A workbook is a ZIP. Ten thousand rows of thirty columns unpack to about 15 MB."""

SAMPLE_LINES = 20
DELIMITERS = (";", ",", "\t", "|")
ZIP_MARK = b"PK\x03\x04"
OLD_EXCEL_MARK = b"\xd0\xcf\x11\xe0"


class TableUnreadable(Refused):
    """The content is neither CSV nor a workbook, or it is broken."""

    code = "TABLE_UNREADABLE"
    sentence = "This file cannot be read as a table. Save it as CSV or as an Excel workbook (.xlsx)."


class TableEmpty(Refused):
    """There is no row below the headers."""

    code = "TABLE_EMPTY"
    sentence = "The file has no rows below its headers."


class TableTooLarge(Refused):
    """More rows or columns than one import takes."""

    code = "TABLE_TOO_LARGE"
    sentence = "The file has more than {most} rows or {columns} columns. Split it."


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row as text, as many as there are headers. `number` is the row a person sees, counted from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The first row that is not empty as headers, and the rows below it that are not empty."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]


async def read_sent_table(content: bytes, *, rows_max: int) -> Table:
    """This will do what `read_table` does with what somebody sent, where it can take neither the machine nor the loop.

    Raises what `read_table` raises, RenderingTimedOut and RenderingBusy.
    """
    try:
        return await apart(partial(read_table, content, rows_max=rows_max))
    except (RenderingTimedOut, RenderingBusy):
        raise
    except RenderingFailed as error:
        raise TableUnreadable from error


def read_table(content: bytes, *, rows_max: int) -> Table:
    """This will read the first sheet of a workbook, or CSV with `;`, `,`, tab or `|`, in UTF-8 (16) or Latin-1.

    Numbers come as people read them (28013, not 28013.0), dates as 2026-03-31. Raises TableUnreadable, TableEmpty,
    TableTooLarge.
    """
    if content.startswith(OLD_EXCEL_MARK) or not content.strip(b"\x00 \t\r\n"):
        raise TableUnreadable
    lines = _workbook(content) if content.startswith(ZIP_MARK) else _csv(content)
    headers: tuple[str, ...] = ()
    rows: list[Row] = []
    for number, cells in enumerate(lines, start=1):
        if not any(cells):
            continue
        if not headers:
            headers = _trimmed(cells)
            if len(headers) > COLUMNS_MAX:
                raise TableTooLarge(most=rows_max, columns=COLUMNS_MAX)
            continue
        if len(rows) == rows_max:
            raise TableTooLarge(most=rows_max, columns=COLUMNS_MAX)
        padded = (*cells[: len(headers)], *("",) * (len(headers) - len(cells)))
        rows.append(Row(number, padded))
    if not rows:
        raise TableEmpty
    return Table(headers, tuple(rows))


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    last = max(place for place, cell in enumerate(cells, start=1) if cell)
    return tuple(cells[:last])


def _csv(content: bytes) -> Iterator[tuple[str, ...]]:
    text = _decoded(content)
    if "\x00" in text:
        raise TableUnreadable
    # Spreadsheets write this first line so that others know how to cut; it is no row.
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        delimiter, text = first.strip()[-1], rest
    else:
        delimiter = _delimiter(text)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield tuple(cell.strip()[:CELL_LENGTH_MAX] for cell in cells)
    except csv.Error as error:
        raise TableUnreadable from error


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Windows' Latin-1; its five holes are control signs in Latin-1 proper, which nobody means.
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The sign that cuts the first lines into the most columns, and into as many each time."""
    lines = [line for line in text.splitlines()[:SAMPLE_LINES] if line.strip()]
    if not lines:
        return ";"

    def columns(sign: str) -> tuple[int, int]:
        try:
            counts = [len(cells) for cells in csv.reader(lines, delimiter=sign)]
        except csv.Error:
            return 0, 0
        alike = sum(count == counts[0] for count in counts)
        return (alike if counts[0] > 1 else 0), counts[0]

    return max(DELIMITERS, key=columns)


def _workbook(content: bytes) -> Iterator[tuple[str, ...]]:
    try:
        yield from _sheet(content)
    except Refused:
        raise
    except Exception as error:
        raise TableUnreadable from error


def _sheet(content: bytes) -> Iterator[tuple[str, ...]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(item.file_size for item in packed.infolist()) > UNPACKED_BYTES_MAX:
            raise TableUnreadable
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0] if book.worksheets else None
        if sheet is None:
            raise TableUnreadable
        # A sheet may claim a million rows because one far cell has a colour.
        sheet.reset_dimensions()
        for cells in sheet.iter_rows(values_only=True):
            yield tuple(_shown(cell)[:CELL_LENGTH_MAX] for cell in cells[: COLUMNS_MAX + 1])
    finally:
        book.close()


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    return str(value).strip().replace("\x00", "")
