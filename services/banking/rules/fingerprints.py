"""What makes two statements or two lines the same, so that a file read twice adds nothing.

Three keys: the hash of the file, the key of a statement, the fingerprint of a line. The fingerprint holds an
occurrence number among identical lines, so two real coffees of 4.50 on one day stay two, while a file that
overlaps another brings exactly the lines that are new. A bank's own id joins the fingerprint and never
replaces it: banks give one id to all parts of a batch.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.banking.rules.statements import Movement, Statement
from services.kit.money import to_cents

_VERSION = "1"
"""Part of every key. It rises when the normalisation changes, together with a migration of the stored keys."""

_SIGNS = re.compile(r"[^0-9A-Za-z]+")


def normalise_text(text: str) -> str:
    """This will reduce a bank text to what survives another download: ASCII capitals and digits, single blanks.

    Letters outside ASCII are dropped, not folded ("MUÑOZ" -> "MUOZ"): one bank sends a file in code page 850
    and the next in latin-1, and a character set that was guessed wrong ("MU¥OZ") must not double a line.
    """
    plain = text.encode("ascii", "ignore").decode("ascii")
    return _SIGNS.sub(" ", plain).strip().upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineIdentity:
    """What a bank line is known by. `account` is the IBAN, `amount` is signed, `references` in the file's order."""

    account: str
    currency: str
    operation_on: date
    value_on: date
    amount: Decimal
    text: str
    references: tuple[str, ...] = ()
    bank_id: str = ""

    def normalised(self) -> tuple[str, ...]:
        """This will give the parts that must all agree, each as text."""
        return (
            self.account,
            self.currency,
            self.operation_on.isoformat(),
            self.value_on.isoformat(),
            str(to_cents(self.amount)),
            normalise_text(self.text),
            " ".join(filter(None, map(normalise_text, self.references))),
            self.bank_id,
        )


def identity_of(statement: Statement, movement: Movement) -> LineIdentity:
    """This will name a movement of a statement for its fingerprint."""
    return LineIdentity(
        account=statement.iban,
        currency=statement.currency,
        operation_on=movement.operation_on,
        value_on=movement.value_on,
        amount=movement.amount,
        text=movement.text,
        references=movement.references,
    )


def fingerprint(identity: LineIdentity, *, occurrence: int) -> str:
    """This will give the key of a bank line as 64 hexadecimal digits.

    `occurrence` counts from 1 among the identical lines of one file, see `with_occurrence_numbers`.
    """
    return _digest("line", *identity.normalised(), str(occurrence))


def with_occurrence_numbers(lines: Iterable[LineIdentity]) -> list[tuple[LineIdentity, int]]:
    """This will number identical lines 1, 2, 3 in the order given.

    Give it all the lines of one file at once, of all its statements: a bank may split a day over two account
    records, and numbering them apart would give two real lines one number.
    """
    given = list(lines)
    numbers = (number for _, number in _numbered(given))
    return list(zip(given, numbers, strict=True))


def fingerprints(lines: Iterable[LineIdentity]) -> list[str]:
    """This will give the fingerprints of all the lines of one file, in the order given, no two alike."""
    return [_digest("line", *key, str(number)) for key, number in _numbered(lines)]


def _numbered(lines: Iterable[LineIdentity]) -> Iterator[tuple[tuple[str, ...], int]]:
    """What each line is known by, normalised, and its number among those that are known by the same."""
    seen: Counter[tuple[str, ...]] = Counter()
    for line in lines:
        key = line.normalised()
        seen[key] += 1
        yield key, seen[key]


def statement_key(statement: Statement) -> str:
    """This will give the key of a statement: account, currency, both days, both balances; 64 hexadecimal digits."""
    closing = statement.closing_balance
    return _digest(
        "statement",
        statement.iban,
        statement.currency,
        statement.first_on.isoformat(),
        statement.last_on.isoformat(),
        str(statement.opening_balance),
        "" if closing is None else str(closing),
    )


def _digest(*parts: str) -> str:
    # JSON keeps the borders between the parts: "AB" + "C" and "A" + "BC" are two different lists.
    return hashlib.sha256(json.dumps([_VERSION, *parts]).encode()).hexdigest()
