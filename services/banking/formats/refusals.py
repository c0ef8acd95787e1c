"""Why a statement file is not read at all. Nothing of a refused file is offered.

StatementUnreadable         the file as a whole cannot be read
├── StatementEmpty          nothing in it
├── StatementTooLarge       above a named limit
├── NotNorma43              another kind of file; says which, where that can be told
├── StatementTruncated      a record ends before its last necessary character
├── AccountUnreadable       an account record does not say which account, period, balance or currency
└── RecordOutOfPlace        a movement or an end record that belongs to no account
"""

from services.kit.errors import Refused


class StatementUnreadable(Refused):
    """The file as a whole cannot be read."""

    code = "STATEMENT_UNREADABLE"
    sentence = "The bank statement cannot be read."


class StatementEmpty(StatementUnreadable):
    """The file has no record. `size` is its length in bytes."""

    code = "STATEMENT_EMPTY"
    sentence = "The file is empty ({size} bytes)."

    def __init__(self, *, size: int) -> None:
        super().__init__(size=size)


class StatementTooLarge(StatementUnreadable):
    """The file passes a limit. `unit` is "bytes" or "lines", `found` and `limit` count them."""

    code = "STATEMENT_TOO_LARGE"
    sentence = "The file has {found} {unit}, the limit is {limit}. Ask the bank for a shorter period."
    words = frozenset({"unit"})

    def __init__(self, *, unit: str, found: int, limit: int) -> None:
        super().__init__(unit=unit, found=found, limit=limit)


class NotNorma43(StatementUnreadable):
    """The file is of another kind. `found` names it as far as its first bytes tell: PDF, ZIP, XML, text..."""

    code = "NOT_NORMA43"
    sentence = "This is not a Norma 43 file ({found}): line {line} is no account record."
    words = frozenset({"found"})

    def __init__(self, *, found: str, line: int) -> None:
        super().__init__(found=found, line=line)


class StatementTruncated(StatementUnreadable):
    """A record is cut. `length` and `needed` count characters; `needed` is the last one that must be there."""

    code = "STATEMENT_TRUNCATED"
    sentence = (
        "The file is cut in record {record} on line {line}: {length} characters of at least {needed}. "
        "Download it again."
    )

    def __init__(self, *, line: int, record: str, length: int, needed: int) -> None:
        super().__init__(line=line, record=record, length=length, needed=needed)


class AccountUnreadable(StatementUnreadable):
    """An account record does not say what every movement below it needs. `found` is the text as sent."""

    code = "ACCOUNT_UNREADABLE"
    sentence = "The account record on line {line} cannot be read: {field} is {found}."
    words = frozenset({"field"})

    def __init__(self, *, line: int, field: str, found: str) -> None:
        super().__init__(line=line, field=field, found=found)


class RecordOutOfPlace(StatementUnreadable):
    """A movement or an end record stands where no account is open."""

    code = "RECORD_OUT_OF_PLACE"
    sentence = "Record {record} on line {line} belongs to no account: no account record stands before it."

    def __init__(self, *, line: int, record: str) -> None:
        super().__init__(line=line, record=record)
