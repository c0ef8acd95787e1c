"""What a bank line says about an open item: its number, a payment id, an IBAN, a tax id, a name, a kind of act.

Bank texts are capitals without punctuation, or with other punctuation than the document: FV26-0012 comes as
"FV26 0012", "FV260012" or "FRA 0012". So both sides are cut into runs of letters and runs of digits
("chunks"), and neighbouring chunks are joined again to "keys"; a reference is found if its own joined chunks
are one of the keys. That never finds FV26-001 inside FV26-0012, and a set answers it without trying every
item.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

RUN_LENGTH_MIN = 4
"""Digit runs from this length on identify a document (shorter ones are days, months and quantities)."""

KEY_LENGTH_MIN = 4
_JOINED_MAX = 6
_IBAN_JOINED_MAX = 9
_STEM_LENGTH = 6
"""Banks cut names off ("CARPINTERIA MUÑ"), so name words are compared by their first letters."""

_NAME_WEIGHT_MIN = 4
_NAME_WORD_MIN = 3
_COUNTRY_LENGTH = 2
_CHUNK = re.compile(r"[A-Z]+|[0-9]+")
_YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
_NAME_STOP_WORDS = frozenset(
    {
        "SL",
        "SLU",
        "SLL",
        "SLP",
        "SA",
        "SAU",
        "SAL",
        "SC",
        "SCP",
        "SCOOP",
        "CB",
        "COOP",
        "AIE",
        "UTE",
        "SOCIEDAD",
        "LIMITADA",
        "ANONIMA",
        "UNIPERSONAL",
        "PROFESIONAL",
        "COMUNIDAD",
        "BIENES",
        "THE",
        "AND",
        "LTD",
        "GMBH",
        "SARL",
        "DEL",
        "LAS",
        "LOS",
    }
)


class Direction(StrEnum):
    """Which way the money goes when the item is paid: IN for a sales invoice, OUT for a purchase."""

    IN = "IN"
    OUT = "OUT"


class Concept(StrEnum):
    """The common concepts of Norma 43 (booklet 43, June 2012, annex) that say something about a match."""

    TRANSFER = "04"
    CARD = "12"
    RETURNED = "14"
    PAYROLL = "15"
    FEES = "17"


RETURN_WORDS = ("DEVOL", "IMPAG", "RETROCES")
"""How banks that give no concept begin the word for what they take back: devolución, impagado, retrocesión."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """A posted document that is not settled yet. Drafts and cancelled documents are never open items.

    `outstanding` has no sign and is positive; `direction` is the way its money goes, so OUT for a customer's credit
    note (`is_credit`). `customer_references` are the other side's numbers for it (order, supplier's invoice),
    `payment_ids` its mandate and end-to-end ids. A document in another currency is an item in that of the books as
    well, with what it is in its own as `original`.
    """

    document_id: UUID
    number: str
    contact_id: UUID
    contact_name: str
    contact_tax_id: str
    contact_ibans: tuple[str, ...]
    issued_on: date
    due_on: date | None
    outstanding: Decimal
    direction: Direction
    currency: str
    customer_references: tuple[str, ...] = ()
    payment_ids: tuple[str, ...] = ()
    original: tuple[Decimal, str] | None = None
    is_credit: bool = False

    @property
    def expected_on(self) -> date:
        """The due date, or the day of issue where none was agreed."""
        return self.due_on or self.issued_on

    @property
    def age(self) -> tuple[date, date, str, str]:
        """Sorts the oldest first, always in the same order."""
        return (self.expected_on, self.issued_on, self.number, str(self.document_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class LineToMatch:
    """A bank line as matching sees it. `amount` is what is left to reconcile, signed: positive = money in.

    `concept` is the common concept of Norma 43 ("04") or "". `counterparty_iban` is known from richer
    formats.
    """

    amount: Decimal
    currency: str
    operation_on: date
    text: str
    references: tuple[str, ...] = ()
    concept: str = ""
    counterparty_iban: str = ""

    @property
    def direction(self) -> Direction:
        """IN when money came in."""
        return Direction.IN if self.amount > 0 else Direction.OUT

    @property
    def is_return(self) -> bool:
        """Whether the bank calls it money that goes back, as a returned direct debit does."""
        return self.concept == Concept.RETURNED or any(word in fold(self.text) for word in RETURN_WORDS)


@dataclass(frozen=True, slots=True)
class LineSignals:
    """What can be looked up of a line: joined chunks, digit runs, stems of words."""

    keys: frozenset[str]
    runs: frozenset[str]
    stems: frozenset[str]


def fold(text: str) -> str:
    """This will write a text in ASCII capitals, accents and tildes off: "Muñoz" -> "MUNOZ"."""
    capitals = text.upper()
    if capitals.isascii():
        return capitals
    decomposed = unicodedata.normalize("NFKD", capitals)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def compact(text: str) -> str:
    """This will keep the capitals and digits of a number or id: "fv26-0012" -> "FV260012"."""
    return "".join(_CHUNK.findall(fold(text)))


def line_signals(line: LineToMatch) -> LineSignals:
    """This will read the text and each reference of a line; nothing is joined across their borders."""
    keys: set[str] = set()
    runs: set[str] = set()
    stems: set[str] = set()
    for part in (line.text, *line.references, line.counterparty_iban):
        folded = fold(part)
        chunks = _CHUNK.findall(folded)
        keys.update(_joined(chunks))
        # A long id may have more chunks than are joined (a UUID has letters and digits in turn).
        keys.update("".join(_CHUNK.findall(word)) for word in folded.split())
        runs.update(_run_keys(chunks))
        stems.update(chunk[:_STEM_LENGTH] for chunk in chunks if chunk.isalpha())
    return LineSignals(frozenset(keys), frozenset(runs), frozenset(stems))


def number_keys(item: OpenItem) -> frozenset[str]:
    """This will give the keys that name the document in full: its number and the other side's references."""
    return _keys((item.number, *item.customer_references))


def number_runs(item: OpenItem) -> frozenset[str]:
    """This will give the digit runs that point at the document: each of four or more, and all of them in one.

    A run that is a year is left out: FV-2026-7 is not named by every text of the year 2026.
    """
    found: set[str] = set()
    for number in (item.number, *item.customer_references):
        chunks = _CHUNK.findall(fold(number))
        found.update(_run_keys(chunks))
        joined = "".join(chunk for chunk in chunks if chunk.isdigit())
        if len(joined) > RUN_LENGTH_MIN:
            found.update(_run_keys([joined]))
    return frozenset(found)


def payment_keys(item: OpenItem) -> frozenset[str]:
    """This will give the keys of mandate and end-to-end ids."""
    return _keys(item.payment_ids)


def iban_keys(item: OpenItem) -> frozenset[str]:
    """This will give the known IBANs of the contact, without blanks."""
    return _keys(item.contact_ibans)


def tax_id_keys(item: OpenItem) -> frozenset[str]:
    """This will give the tax id of the contact with and without the country prefix of Spain."""
    plain = compact(item.contact_tax_id).removeprefix("ES")
    return frozenset({plain, "ES" + plain}) if len(plain) > KEY_LENGTH_MIN else frozenset()


def name_stems(name: str) -> frozenset[str]:
    """This will give the telling words of a name, cut to their first letters; company forms are left out."""
    words = (chunk for chunk in _CHUNK.findall(fold(name)) if chunk.isalpha())
    return frozenset(
        word[:_STEM_LENGTH] for word in words if len(word) >= _NAME_WORD_MIN and word not in _NAME_STOP_WORDS
    )


def name_similarity(stems: frozenset[str], line_stems: frozenset[str]) -> int:
    """This will say how much of a name stands in a text, in per cent of its letters; short finds count as 0."""
    found = sum(len(stem) for stem in stems if stem in line_stems)
    return found * 100 // sum(map(len, stems)) if found >= _NAME_WEIGHT_MIN else 0


def _keys(references: Iterable[str]) -> frozenset[str]:
    keys = (compact(reference) for reference in references)
    return frozenset(
        key for key in keys if len(key) >= KEY_LENGTH_MIN and not key.isalpha() and not _is_year(key)
    )


def _is_year(digits: str) -> bool:
    return _YEAR.fullmatch(digits) is not None


def _joined(chunks: list[str]) -> Iterator[str]:
    for start, first in enumerate(chunks):
        # Printed in groups of four, an IBAN has more chunks than any document number.
        longest = _IBAN_JOINED_MAX if len(first) == _COUNTRY_LENGTH and first.isalpha() else _JOINED_MAX
        key = ""
        for chunk in chunks[start : start + longest]:
            key += chunk
            yield key


def _run_keys(chunks: Iterable[str]) -> Iterator[str]:
    for chunk in chunks:
        if not chunk.isdigit() or len(chunk) < RUN_LENGTH_MIN or _is_year(chunk) or not chunk.strip("0"):
            continue
        yield chunk
        # Banks pad references with zeros: 000000260012 is 260012.
        unpadded = chunk.lstrip("0")
        if len(unpadded) >= RUN_LENGTH_MIN and not _is_year(unpadded):
            yield unpadded
