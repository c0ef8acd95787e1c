"""A ledger in memory that knows nothing of the product: what it says about balances is the second opinion."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol
from uuid import UUID


class Line(Protocol):
    """What the oracle reads of a line, whoever made it."""

    @property
    def ledger_account_code(self) -> str: ...
    @property
    def debit(self) -> Decimal: ...
    @property
    def credit(self) -> Decimal: ...
    @property
    def contact_id(self) -> UUID | None: ...


class LedgerOracle:
    """Counts in whole cents, refuses what does not balance, and never forgets an entry."""

    def __init__(self) -> None:
        self.cents_by_account: Counter[str] = Counter()
        self.cents_by_contact: Counter[tuple[str, UUID]] = Counter()
        self.entry_count = 0

    def post(self, lines: Iterable[Line]) -> None:
        """This will add an entry; AssertionError when it is not one."""
        posted = list(lines)
        signed = [_cents(line.debit) - _cents(line.credit) for line in posted]
        assert len(posted) >= 2
        assert all(signed)
        assert sum(signed) == 0, signed
        for line, cents in zip(posted, signed, strict=True):
            self.cents_by_account[line.ledger_account_code] += cents
            if line.contact_id is not None:
                self.cents_by_contact[line.ledger_account_code, line.contact_id] += cents
        self.entry_count += 1

    def balance(self, prefix: str) -> Decimal:
        """This will give debit less credit of all accounts whose code begins so."""
        cents = sum(value for code, value in self.cents_by_account.items() if code.startswith(prefix))
        return Decimal(cents) / 100

    def trial_balance(self) -> dict[str, Decimal]:
        """This will give debit less credit by account, without those that are zero."""
        return {code: Decimal(cents) / 100 for code, cents in sorted(self.cents_by_account.items()) if cents}


def _cents(amount: Decimal) -> int:
    cents = amount * 100
    assert cents == int(cents), amount
    return int(cents)
