"""What of a list may leave the program as a file: declared beside the read, once for every format.

    EXPORTS = (
        Exported(
            root="contacts",
            title="Contacts",
            columns=(
                ExportColumn("Name", "name", width=30),
                ExportColumn("Customer", "isCustomer", ColumnKind.FLAG),
            ),
            filters={"filter.search": ExportFilter("Search")},
        ),
    )

A module keeps the tuple `EXPORTS` in its `exports.py`; `gateway/modules.py` lists them, and what names a field that is
not there stops the start. Nothing here says who may read a row: a file is written by the planned read of the same
field of Query, run as its viewer. Titles and headings are English sentences; `services/kit/words` has the others.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Protocol
from uuid import UUID

from services.kit.errors import Refused


class ColumnKind(Enum):
    """How the values of a column are written."""

    TEXT = "TEXT"
    WORD = "WORD"
    """A code of ours (an enum), written in the reader's language."""
    DATE = "DATE"
    INSTANT = "INSTANT"
    """A moment, written as the reader's calendar day."""
    MONEY = "MONEY"
    NUMBER = "NUMBER"
    PERCENT = "PERCENT"
    FLAG = "FLAG"
    COMPANY = "COMPANY"
    """The id of a company, written as its name; left out where the whole file is of one company."""


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column: `path` leads from the row to the value, such as `contact.name`; `width` is in characters.

    `currency` is the path of the ISO code behind an amount, None for the currency of the company's books. Amounts are
    added up per currency below the list unless `total` says that their sum means nothing (a running balance), or the
    flag or text at the path `total_unless` says that the row was counted with others. A column that is not `printed` is
    for sheets alone: a page has no room for it. `words` are the codes that a column of words may hold where the
    contract has no enum for them. A number in a path takes that item of a list.
    """

    heading: str
    path: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 14
    currency: str | None = "currency"
    total: bool = True
    total_unless: str = ""
    printed: bool = True
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportFilter:
    """How an argument of the list is named in the head of a file.

    `named_by` reads a name for an id: `contact.name` asks the field `contact(id)` of Query for `name`.
    """

    heading: str
    named_by: str | None = None


@dataclass(frozen=True, slots=True)
class ExportPart:
    """A small table beside the rows of a report: `rows` is the field next to them; `before` puts it above the list.

    In a workbook it is a sheet of its own; CSV, which other programs read, leaves it out.
    """

    title: str
    rows: str
    columns: tuple[ExportColumn, ...]
    before: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """A field of Query whose rows may be exported: a connection, a capped list, or a report with rows inside.

    `name` is what callers say (the field, unless a second file comes from it). `rows` leads from a report to its rows
    and may pass one field that is computed in Python; lists need none. `each` leads from a row to rows inside it that
    get one line each (the lines of an entry); paths of columns start at the outer row. `company` names the company of a
    report that no argument names: `contact.companyId` is read by the argument `id`. `documents` is the path of the id
    of the document that a row is, for archives.
    """

    root: str
    title: str
    columns: tuple[ExportColumn, ...]
    filters: Mapping[str, ExportFilter] = field(default_factory=dict)
    name: str = ""
    rows: str = ""
    each: str | None = None
    company: str | None = None
    documents: str | None = None
    parts: tuple[ExportPart, ...] = ()

    @property
    def key(self) -> str:
        """The name under which it is asked for."""
        return self.name or self.root


class NotExported(Refused):
    """No list of this name may be exported."""

    code = "NOT_EXPORTED"
    sentence = "This list cannot be exported."


class TooManyRows(Refused):
    """The list is longer than a file may be."""

    code = "TOO_MANY_ROWS"
    sentence = "The list has more than {most} rows; narrow it with a filter."


@dataclass(frozen=True, slots=True)
class Needed:
    """What a list asks for: the number of the scope that opens it (None: any viewer), and the one company, if one."""

    scope: int | None
    company_id: UUID | None


class Reading(Protocol):
    """One list being read to its end, in one snapshot of the database."""

    columns: tuple[ExportColumn, ...]
    """The columns that the viewer's role may see."""

    total: int | None
    """How many rows there are, `each` not unfolded; None until the first page."""

    done: int
    """How many of them have been read."""

    parts: dict[str, list[dict[str, Any]]]
    """The rows of the small tables beside the list, by their field; there from the first page on."""

    reached: Mapping[UUID, int]
    """The companies that the snapshot let the viewer read, with those of the list's scopes that each granted."""

    def pages(self) -> AsyncIterator[list[dict[str, Any]]]:
        """The rows page by page: each value under its path, as GraphQL writes it, None where it was not granted.

        Raises Denied where the whole list was not granted, NotFound where a report has nothing to be about.
        """
        ...


class ListReader(Protocol):
    """The planner as exports use it; the gateway gives it to requests and to the worker."""

    def find(self, name: str) -> Exported:
        """This will give what was declared under a name. Raises NotExported."""
        ...

    async def check(self, exported: Exported, viewer: Any, arguments: Mapping[str, Any]) -> Needed:
        """This will refuse arguments that the list does not take (BadInput), a role that may not read it (Denied).

        NotFound for a report about something out of the viewer's reach.
        """
        ...

    def reading(
        self, exported: Exported, viewer: Any, arguments: Mapping[str, Any], at: datetime
    ) -> AbstractAsyncContextManager[Reading]:
        """This will read the list as `viewer`, with the same predicate as its screen."""
        ...

    async def said(
        self, exported: Exported, viewer: Any, arguments: Mapping[str, Any], at: datetime
    ) -> list[tuple[str, Any]]:
        """This will give heading and value of each filter given, ids as the names that the viewer may read.

        Enum values come as `Word`, days as dates; the others as they were given.
        """
        ...


class Word(str):
    """A code of ours, to be said in the reader's language."""

    __slots__ = ()
