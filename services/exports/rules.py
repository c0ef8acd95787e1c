"""What a value of a list becomes in a file, what its columns add up to, and how a file is called."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from services.kit.exports import ColumnKind, ExportColumn
from services.kit.money import ZERO

ROWS_MAX: Mapping[str, int] = {"XLSX": 200_000, "CSV": 200_000, "PDF": 50_000}
"""Rows of one file. Excel takes 1,048,576; the pages of a PDF are kept in memory, half a kilobyte a row."""

DOCUMENTS_MAX = 500
"""Documents of one archive."""

WAITING_MAX = 10
"""Files that one viewer may have in the making at a time."""

KEPT_DAYS = 7
"""Days that a finished file can be fetched."""

TEXT_LENGTH_MAX = 32_000
"""Signs of one cell; Excel takes 32,767."""

FILENAME_LENGTH_MAX = 80


class ExportFormat(Enum):
    """What a file is."""

    XLSX = "XLSX"
    CSV = "CSV"
    PDF = "PDF"
    ZIP = "ZIP"


class ExportState(Enum):
    """How far a file is."""

    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


OPEN_STATES = (ExportState.WAITING.value, ExportState.RUNNING.value)

MEDIA_TYPES: Mapping[str, str] = {
    "XLSX": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "CSV": "text/csv; charset=utf-8",
    "PDF": "application/pdf",
    "ZIP": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Amount:
    """Money in a cell, with its ISO 4217 code."""

    value: Decimal
    currency: str


Cell: TypeAlias = str | Amount | Decimal | date | bool | None
"""What a file knows to write. A percentage is a Decimal: 21 means 21 %."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom values are written: words of ours, names of companies, the books' currency, the calendar."""

    translate: Callable[[str], str]
    companies: Mapping[str, str]
    currency: str
    time_zone: str


def cell(column: ExportColumn, row: Mapping[str, Any], reader: Reader) -> Cell:
    """This will give the value of a column in a row as read by GraphQL, as the cell that a file writes."""
    value = row[column.path]
    if value is None:
        return None
    match column.kind:
        case ColumnKind.MONEY:
            code = reader.currency if column.currency is None else row[column.currency]
            return Amount(Decimal(value), str(code or ""))
        case ColumnKind.NUMBER | ColumnKind.PERCENT:
            return Decimal(str(value))
        case ColumnKind.DATE:
            return date.fromisoformat(value)
        case ColumnKind.INSTANT:
            return datetime.fromisoformat(value).astimezone(ZoneInfo(reader.time_zone)).date()
        case ColumnKind.FLAG:
            return bool(value)
        case ColumnKind.WORD:
            return capital(reader.translate(str(value)))
        case ColumnKind.COMPANY:
            return reader.companies.get(str(value))
        case ColumnKind.TEXT:
            return str(value)[:TEXT_LENGTH_MAX]


def capital(text: str) -> str:
    """This will begin a text with a capital."""
    return text[:1].upper() + text[1:]


@dataclass(slots=True)
class Totals:
    """The sums below a list: per currency, for each column of money that may be added up."""

    columns: Sequence[ExportColumn]
    sums: dict[str, dict[int, Decimal]] = field(default_factory=dict)

    def add(self, row: Mapping[str, Any], cells: Sequence[Cell]) -> None:
        """This will take in one row as it was read, and its cells."""
        for place, (column, value) in enumerate(zip(self.columns, cells, strict=True)):
            if isinstance(value, Amount) and column.total and not row.get(column.total_unless):
                sums = self.sums.setdefault(value.currency, {})
                sums[place] = sums.get(place, ZERO) + value.value

    def rows(self) -> list[tuple[str, dict[int, Decimal]]]:
        """This will give currency and sums by column, the currencies in the order of their codes."""
        return sorted(self.sums.items())


def harmless(text: str) -> str:
    """This will keep a text from being run as a formula by a spreadsheet that opens a CSV file.

    What begins with = + - @, tab or return gets an apostrophe before it (OWASP, CSV Injection).
    """
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"} else text


def filename(title: str, company: str | None, day: date, file_format: str) -> str:
    """This will name a file after its list, company and day: `sales-documents-fusteria-puig-2026-03-02.xlsx`."""
    parts = [_slug(title), _slug(company or ""), day.isoformat()]
    name = "-".join(part for part in parts if part)
    return f"{name}.{file_format.lower()}"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: FILENAME_LENGTH_MAX // 2]


@dataclass(slots=True)
class Names:
    """The names inside an archive: each once, a second of the same name gets a number."""

    taken: set[str] = field(default_factory=set)

    def free(self, wanted: str) -> str:
        """This will give the name itself or `name (2).pdf`; slashes become hyphens, so none leaves its folder."""
        name = re.sub(r"[\x00-\x1f\\/:*?\"<>|]+", "-", wanted).strip(". ") or "document.pdf"
        stem, dot, ending = name.rpartition(".")
        count, free = 1, name
        while free.casefold() in self.taken:
            count += 1
            free = f"{stem} ({count}){dot}{ending}" if dot else f"{name} ({count})"
        self.taken.add(free.casefold())
        return free
