"""What every random act needs: the company, the model, the draw, and one door through which the product is asked."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any
from uuid import UUID

import pytest

from services.access.interface import Act
from services.kit.errors import Refused
from tests.support.books_model import Books, Paper, cents

FIRST = date(2026, 1, 2)


class Telling:
    """Tells the product and the model the same."""

    def __init__(self, company_id: UUID, account_id: UUID, contacts: Sequence[UUID], seed: int) -> None:
        self.company_id, self.account_id, self.contacts = company_id, account_id, contacts
        self.random = Random(seed)  # noqa: S311 -- a draw, no secret
        self.books = Books()
        self.day, self.lock = 0, -1
        self.count = self.refused = 0
        self.matched: dict[str, tuple[UUID, int]] = {}
        self.manual: dict[str, UUID] = {}
        self.statement_id = company_id

    @property
    def on(self) -> date:
        return FIRST + timedelta(self.day)

    async def attempt(self, act: Act, doing: Callable[[], Awaitable[Any]], *, allowed: bool) -> Any:
        """Does it; what is not allowed has to be refused, and leaves the transaction as it was."""
        self.count += 1
        if allowed:
            return await doing()
        self.refused += 1
        with pytest.raises(Refused):
            async with act.session.begin_nested():
                await doing()
        act.session.expunge_all()
        return None

    def key(self, name: str) -> str:
        return f"{name} {self.count}"

    def some(self, wanted: Callable[[Paper], bool]) -> Paper | None:
        known = [one for one in self.books.papers if wanted(one)]
        return self.random.choice(known) if known else None

    def part(self, whole: int) -> int:
        """All of it, or some; never nothing."""
        size = self.random.choice([abs(whole), abs(whole), self.random.randint(1, abs(whole))])
        return size if whole > 0 else -size

    def given(self, paper: Paper, amount: int) -> int:
        """What moves on the account in the currency of the books."""
        if paper.rate == 1:
            return amount
        size = max(1, cents(abs(amount) * paper.rate * Fraction(self.random.randint(95, 105), 100)))
        return size if amount > 0 else -size
