"""Entries that somebody brings along as a table: one row per line, the rows of an entry share its number or its day.

Headings are read in the four languages of the program, so a journal that was exported from here comes in again.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256

from services.kit.errors import Refused
from services.kit.money import AMOUNT_MAX, ZERO, AmountNotUnderstood, parse_amount, to_cents
from services.kit.search import search_text

HEADINGS: Mapping[str, frozenset[str]] = {
    "number": frozenset(
        {"number", "entry number", "numero", "num", "asiento n", "n asiento", "nummer", "verifikat"}
    ),
    "date": frozenset({"date", "fecha", "data", "datum"}),
    "entry": frozenset(
        {"entry", "asiento", "assentament", "concepto", "concepte", "description", "beskrivning"}
    ),
    "account": frozenset({"account", "cuenta", "compte", "konto", "subcuenta"}),
    "contact": frozenset({"contact", "contacto", "contacte", "kontakt", "nif", "tax id"}),
    "text": frozenset({"text", "texto", "line text", "linea", "comentario"}),
    "debit": frozenset({"debit", "debe", "deure", "debet"}),
    "credit": frozenset({"credit", "haber", "haver", "kredit"}),
}
NEEDED = ("date", "account", "debit", "credit")

_DAY_FIRST = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")


class ColumnsMissing(Refused):
    """The table lacks a column without which there is no entry."""

    code = "COLUMNS_MISSING"
    sentence = "The table needs the columns date, account, debit and credit."


class RowDateWrong(Refused):
    """A day that is none."""

    code = "ROW_DATE_WRONG"
    sentence = "Row {row}: {given} is no date. Write 2026-03-31 or 31/03/2026."


class RowAmountWrong(Refused):
    """An amount that is none, has parts of a cent, or is below zero."""

    code = "ROW_AMOUNT_WRONG"
    sentence = "Row {row}: {given} is no amount with at most two decimals."


@dataclass(frozen=True, kw_only=True)
class ImportedLine:
    """One row: its account as written, whose line it is (a name or tax id), and its amounts."""

    row: int
    account: str
    contact: str
    text: str
    debit: Decimal
    credit: Decimal


@dataclass(frozen=True, kw_only=True)
class ImportedEntry:
    """The rows of one entry. `key` is the same whenever the same entry is sent, so that twice adds nothing."""

    entry_on: date
    text: str
    lines: tuple[ImportedLine, ...]
    key: str = ""

    @property
    def row(self) -> int:
        """The first of its rows."""
        return self.lines[0].row


@dataclass
class Imported:
    """What a table holds, and the rows that were not understood, by number."""

    entries: list[ImportedEntry] = field(default_factory=list)
    refused: list[tuple[int, Refused]] = field(default_factory=list)


def columns_of(headers: Sequence[str]) -> dict[str, int]:
    """This will say in which column each thing stands. Raises ColumnsMissing."""
    plain = [re.sub(r"[^a-z0-9 ]", "", search_text(header)).strip() for header in headers]
    found = {
        name: place
        for name, words in HEADINGS.items()
        for place, heading in enumerate(plain)
        if heading in words
    }
    if any(name not in found for name in NEEDED):
        raise ColumnsMissing(path=("uploadId",))
    return found


def entries_of(headers: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> Imported:
    """This will make entries of rows: those with one number and day, or, without numbers, as soon as they balance.

    Raises ColumnsMissing; rows that cannot be read are told by their number.
    """
    columns = columns_of(headers)
    imported = Imported()
    groups: list[tuple[tuple[str, date], str, list[ImportedLine]]] = []
    for number, cells in rows:
        cell = {name: cells[place] for name, place in columns.items()}
        try:
            day, line = _day(number, cell["date"]), _line(number, cell)
        except Refused as refused:
            imported.refused.append((number, refused))
            continue
        key = cell.get("number", ""), day
        said = cell.get("entry", "") or cell.get("text", "")
        if groups and groups[-1][0] == key and (key[0] or _open(groups[-1][2])):
            groups[-1][2].append(line)
        else:
            groups.append((key, said, [line]))
    seen: Counter[str] = Counter()
    for (_, day), said, lines in groups:
        digest = _digest(day, said, lines)
        seen[digest] += 1
        imported.entries.append(
            ImportedEntry(entry_on=day, text=said, lines=tuple(lines), key=f"import:{digest}:{seen[digest]}")
        )
    return imported


def amount_of(text: str) -> Decimal:
    """This will read 1234.56, 1.234,56, 1,234.56 and 1234,5; nothing is zero. Raises AmountNotUnderstood."""
    plain = text.replace(" ", "").replace("\u00a0", "").removesuffix("€")
    if not plain:
        return ZERO
    point, comma = plain.rfind("."), plain.rfind(",")
    if comma > point:
        plain = plain.replace(".", "").replace(",", ".")
    elif point > comma:
        plain = plain.replace(",", "")
    return parse_amount(plain)


def _day(row: int, text: str) -> date:
    given = _DAY_FIRST.match(text.strip())
    try:
        if given:
            day, month, year = (int(part) for part in given.groups())
            return date(year, month, day)
        return date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise RowDateWrong(row=row, given=text[:40], path=("rows", str(row))) from error


def _line(row: int, cell: Mapping[str, str]) -> ImportedLine:
    return ImportedLine(
        row=row,
        account=cell["account"].replace(" ", "").replace(".", ""),
        contact=cell.get("contact", ""),
        text=cell.get("text", ""),
        debit=_amount(row, cell["debit"]),
        credit=_amount(row, cell["credit"]),
    )


def _amount(row: int, text: str) -> Decimal:
    try:
        amount = amount_of(text)
    except AmountNotUnderstood as error:
        raise RowAmountWrong(row=row, given=text[:40], path=("rows", str(row))) from error
    if amount != to_cents(amount) or not ZERO <= amount <= AMOUNT_MAX:
        raise RowAmountWrong(row=row, given=text[:40], path=("rows", str(row)))
    return to_cents(amount)


def _open(lines: Sequence[ImportedLine]) -> bool:
    return sum(line.debit - line.credit for line in lines) != 0


def _digest(day: date, said: str, lines: Sequence[ImportedLine]) -> str:
    parts = [day.isoformat(), said]
    parts += [f"{one.account}|{one.contact}|{one.text}|{one.debit}|{one.credit}" for one in lines]
    return sha256("\n".join(parts).encode()).hexdigest()
