"""A journal as plain text that beancount and hledger read: the books without this program.

Both programs check on reading that every entry balances, and beancount that its accounts were opened, so a file that
loads without a word is a second opinion on the books. One account of the chart is one account there, under the root
that its type belongs to. Contacts are named only by their own accounts: they have a scope of their own. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.journal.chart import AccountType

CURRENCY = "EUR"
"""Of the books; foreign amounts are kept in it too (posting rule 29)."""

_ROOTS: Mapping[str, str] = {
    AccountType.EQUITY: "Equity",
    AccountType.NON_CURRENT_LIABILITY: "Liabilities",
    AccountType.CURRENT_LIABILITY: "Liabilities",
    AccountType.NON_CURRENT_ASSET: "Assets",
    AccountType.CURRENT_ASSET: "Assets",
    AccountType.INCOME: "Income",
    AccountType.EXPENSE: "Expenses",
    AccountType.BY_BALANCE: "Assets",
}


class PlainForm(StrEnum):
    """The program that shall read the file."""

    BEANCOUNT = "BEANCOUNT"
    HLEDGER = "HLEDGER"


SUFFIXES = {PlainForm.BEANCOUNT: "beancount", PlainForm.HLEDGER: "journal"}


@dataclass(frozen=True, slots=True)
class PlainAccount:
    """An account that the entries use; `type` is an AccountType's value."""

    code: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class PlainLine:
    """One line: debit less credit, above zero on the debit side."""

    account: PlainAccount
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PlainEntry:
    """A posted entry, its lines in order."""

    entry_on: date
    number: int
    text: str
    source: str
    lines: Sequence[PlainLine]


def opened(form: PlainForm, accounts: Sequence[PlainAccount], first_day: date) -> Iterator[str]:
    """The head of a file: its currency, and which accounts there are, from the first day on."""
    if form is PlainForm.HLEDGER:
        yield f"commodity 1000.00 {CURRENCY}\n"  # Without it `hledger check --strict` refuses every amount.
    for account in sorted(accounts, key=lambda one: one.code):
        if form is PlainForm.BEANCOUNT:
            yield f"{first_day} open {_account(account)} {CURRENCY}\n  name: {_quoted(account.name)}\n"
        else:
            yield f"account {_account(account)}  ; {_plain(account.name)}\n"
    yield "\n"


def written(form: PlainForm, entry: PlainEntry) -> str:
    """One entry."""
    return _beancount(entry) if form is PlainForm.BEANCOUNT else _hledger(entry)


def _beancount(entry: PlainEntry) -> str:
    head = f"{entry.entry_on} * {_quoted(entry.text)}\n  number: {entry.number}\n  source: {_quoted(entry.source)}\n"
    lines = [f"  {_account(line.account)}  {line.amount:.2f} {CURRENCY}\n" for line in entry.lines]
    return head + "".join(lines) + "\n"


def _hledger(entry: PlainEntry) -> str:
    head = f"{entry.entry_on} * ({entry.number}) {_plain(entry.text)}  ; source:{entry.source}\n"
    lines = [f"    {_account(line.account)}  {line.amount:.2f} {CURRENCY}\n" for line in entry.lines]
    return head + "".join(lines) + "\n"


def _account(account: PlainAccount) -> str:
    return f"{_ROOTS[account.type]}:{account.code}"


def _quoted(text: str) -> str:
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def _plain(text: str) -> str:
    """Without what means something in hledger: a second blank, a semicolon, a bar, a comma that would end a tag."""
    return " ".join(text.replace(";", " ").replace("|", " ").replace(",", " ").split())
