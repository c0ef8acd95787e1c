"""Writer of AEB Norma 43: the bank's side of the demo firm, and the other half of the reader's round trip.

It writes what the booklet asks for and nothing wrong; a file with defects is made from its records by the
tests.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from services.banking.formats import norma43_fields as fields
from services.kit.money import CENT, ZERO, to_cents, total

Encoding = Literal["cp850", "latin-1", "utf-8"]

_TEXT_LENGTH = 76
_TEXT_LINE_MAX = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementToWrite:
    """One movement. Amounts are signed: positive = money in. A debit of zero is written with `is_debit`.

    `document_number` and `reference_1` are digits (at most 10 and 12), `text_lines` at most five of 76
    characters.
    """

    operation_on: date
    amount: Decimal
    value_on: date | None = None
    common_concept: str = "99"
    own_concept: str = ""
    origin_branch: str = ""
    document_number: str = ""
    reference_1: str = ""
    reference_2: str = ""
    text_lines: tuple[str, ...] = ()
    foreign_amount: Decimal | None = None
    foreign_currency: str = ""
    is_debit: bool = False

    @property
    def sign(self) -> str:
        """The sign code: 1 money out, 2 money in."""
        return fields.DEBIT if self.amount < ZERO or self.is_debit else fields.CREDIT


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountToWrite:
    """One account and its movements between two days, both included. The closing balance is computed."""

    bank: str
    branch: str
    account: str
    first_on: date
    last_on: date
    opening_balance: Decimal
    holder: str
    movements: Sequence[MovementToWrite]
    currency: str = "EUR"
    mode: int = 3


def write_norma43(
    accounts: Iterable[AccountToWrite],
    *,
    encoding: Encoding = "cp850",
    line_break: str = "\r\n",
    strips_blanks: bool = False,
) -> bytes:
    """This will write a whole file, every line closed. Raises ValueError for what does not fit into a field."""
    return records_to_bytes(
        norma43_records(accounts), encoding=encoding, line_break=line_break, strips_blanks=strips_blanks
    )


def norma43_records(accounts: Iterable[AccountToWrite]) -> list[str]:
    """This will give the records of a file, each of 80 characters, the end of the file included."""
    records = [record for account in accounts for record in _account_records(account)]
    return [*records, f"88{'9' * 18}{_digits(len(records), 6)}".ljust(80)]


def records_to_bytes(
    records: Iterable[str],
    *,
    encoding: Encoding = "cp850",
    line_break: str = "\r\n",
    strips_blanks: bool = False,
) -> bytes:
    """This will join records into a file in a character set; a character it lacks raises UnicodeEncodeError."""
    lines = (record.rstrip() if strips_blanks else record for record in records)
    return "".join(line + line_break for line in lines).encode(encoding)


def _account_records(account: AccountToWrite) -> Iterable[str]:
    key = _digits(account.bank, 4) + _digits(account.branch, 4) + _digits(account.account, 10)
    currency = fields.currency_number(account.currency)
    period = f"{account.first_on:%y%m%d}{account.last_on:%y%m%d}"
    yield f"11{key}{period}{_balance(account.opening_balance)}{currency}{account.mode}{_text(account.holder, 26)}   "

    for movement in account.movements:
        yield from _movement_records(movement)

    debits = [movement.amount for movement in account.movements if movement.sign == fields.DEBIT]
    credits_ = [movement.amount for movement in account.movements if movement.sign == fields.CREDIT]
    sides = "".join(_digits(len(side), 5) + _cents(total(side)) for side in (debits, credits_))
    closing = account.opening_balance + total(debits) + total(credits_)
    yield f"33{key}{sides}{_balance(closing)}{currency}    "


def _movement_records(movement: MovementToWrite) -> Iterable[str]:
    days = f"{movement.operation_on:%y%m%d}{movement.value_on or movement.operation_on:%y%m%d}"
    concepts = _digits(movement.common_concept, 2) + _digits(movement.own_concept, 3)
    references = (
        _digits(movement.document_number, 10)
        + _digits(movement.reference_1, 12)
        + _text(movement.reference_2, 16)
    )
    branch = _digits(movement.origin_branch, 4)
    yield f"22    {branch}{days}{concepts}{movement.sign}{_cents(movement.amount)}{references}"

    if len(movement.text_lines) > _TEXT_LINE_MAX:
        raise ValueError(f"{len(movement.text_lines)} text lines, at most {_TEXT_LINE_MAX} fit")
    for number, line in enumerate(movement.text_lines, 1):
        yield f"23{number:02}{_text(line, _TEXT_LENGTH)}"
    if movement.foreign_amount is not None:
        currency = fields.currency_number(movement.foreign_currency)
        yield f"2401{currency}{_cents(movement.foreign_amount)}".ljust(80)


def _balance(amount: Decimal) -> str:
    return (fields.DEBIT if amount < ZERO else fields.CREDIT) + _cents(amount)


def _cents(amount: Decimal) -> str:
    if amount != to_cents(amount):
        raise ValueError(f"{amount} has more than two places")
    return _digits(int(abs(amount) / CENT), 14)


def _digits(value: str | int, length: int) -> str:
    text = str(value)
    if len(text) > length or not ((text.isascii() and text.isdigit()) or not text):
        raise ValueError(f"{text!r} does not fit into {length} digits")
    return text.rjust(length, "0")


def _text(text: str, length: int) -> str:
    if len(text) > length or not text.isprintable():
        raise ValueError(f"{text!r} does not fit into {length} printable characters")
    return text.ljust(length)
