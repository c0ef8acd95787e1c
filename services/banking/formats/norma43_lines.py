"""Bytes to numbered Norma 43 records: which character set, where a record ends, is the last one whole.

The booklet says 80 characters in code page 850. Banks send latin-1 and UTF-8 (with and without a mark) as
well, strip trailing blanks, end lines with CRLF, LF or nothing at all, and glue the last two records
together.
"""

import re
from dataclasses import dataclass

from services.banking.formats.refusals import (
    NotNorma43,
    StatementEmpty,
    StatementTooLarge,
    StatementTruncated,
)

SIZE_MAX = 20 * 1024 * 1024
"""Largest file in bytes: a quarter of a million records, more than any account has in a year."""

LINE_COUNT_MAX = 200_000

RECORD_LENGTH = 80

NEEDED_LENGTHS = {"11": 50, "22": 42, "23": 4, "24": 21, "33": 73, "88": 26}
"""The last character that must be there, by record: blanks after it may be stripped, before it they may not."""

_ENDS = frozenset({"33", "88"})
_FILE_END = "88" + "9" * 18

_SIGNATURES = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP or XLSX"),
    (b"\xd0\xcf\x11\xe0", "XLS"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"OFXHEADER", "OFX"),
    (b"<", "XML or HTML"),
    (b"{", "JSON"),
    (b":20:", "MT940"),
    (b"{1:", "MT940"),
)

_UTF8_MARK = b"\xef\xbb\xbf"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_CAPITALS = frozenset("ÑÁÉÍÓÚÜÇÀÈÒÏ")
_SMALL = frozenset("ñáéíóúüçàèòï")
_SIGNS = frozenset("ºª·¡¿€")


@dataclass(frozen=True, slots=True)
class Record:
    """One record padded to 80 characters, with its line in the file (counted from 1) and its length as sent."""

    line: int
    text: str
    length: int

    @property
    def code(self) -> str:
        """The first two characters: 11, 22, 23, 24, 33 or 88."""
        return self.text[:2]

    def cut(self, first: int, last: int) -> str:
        """This will give characters `first` to `last`, counted from 1, both included, as the booklet does."""
        return self.text[first - 1 : last]


@dataclass(frozen=True, slots=True)
class Records:
    """A file taken apart. `is_last_suspect`: the last record may be cut, see `read_records`."""

    records: tuple[Record, ...]
    encoding: str
    is_encoding_sure: bool
    is_last_suspect: bool


def read_records(content: bytes) -> Records:
    """This will take a file apart into records, none of them shorter than it must be.

    Raises StatementEmpty, StatementTooLarge, NotNorma43 and StatementTruncated. A file that stops without an
    end record and without a line break, in a record shorter than 80, is cut if all the records before are 80
    long (this bank does not strip blanks); if the bank does strip them it cannot be told and
    `is_last_suspect` says so.
    """
    if len(content) > SIZE_MAX:
        raise StatementTooLarge(unit="bytes", found=len(content), limit=SIZE_MAX)
    # A DOS file may end with Ctrl-Z, a file from a mainframe with NULs.
    body = content.rstrip(b"\x1a\x00")
    encoding, is_sure = detect_encoding(body)
    body = body.removeprefix(_UTF8_MARK)
    line_count = max(body.count(b"\n"), body.count(b"\r"))
    if line_count > LINE_COUNT_MAX:
        raise StatementTooLarge(unit="lines", found=line_count, limit=LINE_COUNT_MAX)
    lines = body.splitlines()
    first_line = next((number for number, line in enumerate(lines, 1) if line.strip()), None)
    if first_line is None:
        raise StatementEmpty(size=len(content))
    first = lines[first_line - 1]
    if not (first.startswith(b"11") and first[2:20].isdigit()):
        raise NotNorma43(found=_kind(body), line=first_line)

    # Text editors show decoded lines, so a record is measured in characters, not in bytes.
    records = [
        Record(number, part.ljust(RECORD_LENGTH), len(part))
        for number, line in enumerate(lines, 1)
        for part in _split_glued(line.decode(encoding))
        if not part.isspace()
    ]
    for record in records:
        needed = NEEDED_LENGTHS.get(record.code)
        if needed is not None and record.length < needed:
            raise StatementTruncated(
                line=record.line, record=record.code, length=record.length, needed=needed
            )
    is_last_suspect = _is_last_suspect(records, ends_with_break=body.endswith((b"\n", b"\r")))
    return Records(tuple(records), encoding, is_sure, is_last_suspect)


def detect_encoding(content: bytes) -> tuple[str, bool]:
    """This will name the character set (ascii, utf-8, cp850 or latin-1) and say whether another reads as well.

    Each candidate scores by how many of its non-ASCII characters are letters of Spain in the case of their
    neighbours: Ñ is 0xA5 in code page 850, where latin-1 has a yen sign, and 0xD1 in latin-1, where 850 has
    Ð.
    """
    if content.isascii():
        return "ascii", True
    content = content.removeprefix(_UTF8_MARK)
    scores: dict[str, int] = {}
    for encoding in ("utf-8", "cp850", "latin-1"):
        try:
            scores[encoding] = _spanish_score(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    best = max(scores, key=lambda encoding: scores[encoding])
    return best, list(scores.values()).count(scores[best]) == 1


def _spanish_score(text: str) -> int:
    score = 0
    for match in _NOT_ASCII.finditer(text):
        character, place = match.group(), match.start()
        neighbours = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
        is_small_place = any("a" <= neighbour <= "z" for neighbour in neighbours)
        if character in _CAPITALS:
            score += 1 if is_small_place else 3
        elif character in _SMALL:
            score += 3 if is_small_place else 1
        elif character == "·" and neighbours.upper() == "LL":
            # COL·LEGI in Catalan: without this the dot of latin-1 would be read as the À of code page 850.
            score += 4
        elif character in _SIGNS:
            score += 2
        elif not character.isalpha():
            score -= 2
    return score


def _split_glued(line: str) -> list[str]:
    if line.startswith("33"):
        # The end of the file right behind a stripped end of the account, without a line break between them.
        end = line.find(_FILE_END, NEEDED_LENGTHS["33"])
        if end >= 0:
            return [line[:end], line[end:].rstrip()]
    return [line[start : start + RECORD_LENGTH] for start in range(0, len(line), RECORD_LENGTH)]


def _is_last_suspect(records: list[Record], *, ends_with_break: bool) -> bool:
    """Raises StatementTruncated when the other records prove that the last one is cut."""
    *before, last = records
    if ends_with_break or last.length >= RECORD_LENGTH or last.code in _ENDS:
        return False
    if before and all(record.length == RECORD_LENGTH for record in before):
        raise StatementTruncated(line=last.line, record=last.code, length=last.length, needed=RECORD_LENGTH)
    return True


def _kind(body: bytes) -> str:
    start = body.lstrip()[:512]
    for signature, name in _SIGNATURES:
        if start.startswith(signature):
            return name
    if b"\x00" in start:
        return "binary data"
    return "CSV" if any(mark in start.splitlines()[0] for mark in (b";", b",", b"\t")) else "text"
