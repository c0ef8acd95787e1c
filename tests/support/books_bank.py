"""Random acts on bank lines: matched with documents of one contact and taken back."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.access.interface import Act
from services.banking.actions import AskedPart, AskedTarget, reconcile, undo
from services.banking.models import BankLine, BankStatement
from services.kit.ids import new_id
from tests.support.books_model import Paper, money
from tests.support.books_telling import FIRST, Telling

Taken = tuple[Paper, int, int, bool]
"""A paper, the amount, what that moves in the currency of the books (positive for money in), whether it goes back."""


class BankActs(Telling):
    """What happens on the bank account."""

    async def bank(self, act: Act) -> None:
        """A line of one contact: documents that go with it and against it, money given back, a fee, a rest."""
        taken = self.taken()
        money_in = sum(moved for _, _, moved, _ in taken)
        fee = self.random.choice([0, 0, 0, -200])
        net = money_in + fee
        if not any(moved * net > 0 for _, _, moved, _ in taken):
            return
        rest = self.random.choice([0, 0, 0, 500])
        wrong = self.random.choice(["", "", "", "", "", "", "short", "locked", "twice"])
        if wrong == "locked" and self.lock < 0:
            wrong = ""
        size = abs(net) + (-1 if wrong == "short" else rest)
        if size <= 0:
            return
        day = FIRST + timedelta(self.lock) if wrong == "locked" else self.on
        targets = [
            AskedTarget(
                document_id=paper.document_id or "",
                amount=money(abs(amount)),
                gives_back=back,
                paid=money(abs(moved)) if paper.rate != 1 else None,
            )
            for paper, amount, moved, back in taken
        ]
        if wrong == "twice":
            targets.append(targets[0])
        key = self.key("bank")
        parts = [AskedPart(account_code="626", amount=money(fee))] if fee else []

        async def doing() -> Any:
            line = await self.line(act, size if net > 0 else -size, day)
            return await reconcile(act, line, targets, parts, request_key=key)

        done = await self.attempt(act, doing, allowed=not wrong)
        if done is None:
            return
        self.books.settle(
            key,
            [(paper, -amount if back else amount) for paper, amount, _, back in taken],
            [("572", net), *([("626", -fee)] if fee else [])],
        )
        self.matched[key] = (done.reconciliation_id, self.day)

    def taken(self) -> list[Taken]:
        """Up to three papers of one contact, each in whole or in part."""
        contact = self.random.choice(self.contacts)
        most = self.random.choice([1, 2, 3])
        taken: list[Taken] = []
        for paper in self.random.sample(self.books.papers, len(self.books.papers)):
            back = bool(paper.paid) and self.random.random() < 0.15
            held = paper.paid if back else paper.outstanding
            if paper.contact_id != contact or not paper.approved or held == 0:
                continue
            amount = self.part(held)
            moved = paper.sign * self.given(paper, amount) * (-1 if back else 1)
            taken.append((paper, amount, moved, back))
            if len(taken) == most:
                break
        return taken

    async def open_statement(self, act: Act) -> None:
        """The statement that all lines are of."""
        self.statement_id = new_id()
        act.session.add(
            BankStatement(
                id=self.statement_id,
                company_id=self.company_id,
                bank_account_id=self.account_id,
                filename="all.n43",
                file_sha256="",
                statement_key="all",
                first_day=FIRST,
                last_day=FIRST,
                opening_balance=Decimal(0),
                closing_balance=Decimal(0),
                line_count=0,
            )
        )
        await act.session.flush()

    async def undo_bank(self, act: Act) -> None:
        if not self.matched:
            return
        key = self.random.choice(sorted(self.matched))
        token, day = self.matched[key]
        allowed = day > self.lock and self.books.may_undo(key)
        done = await self.attempt(act, lambda: undo(act, token), allowed=allowed)
        if done is not None:
            self.books.undo(key)
            del self.matched[key]

    async def line(self, act: Act, amount: int, on: date) -> UUID:
        """A bank line as an import leaves it."""
        line = BankLine(
            id=new_id(),
            company_id=self.company_id,
            bank_account_id=self.account_id,
            statement_id=self.statement_id,
            operation_on=on,
            value_on=on,
            amount=money(amount),
            currency="EUR",
            text="",
            search_text="",
            fingerprint=str(self.count),
        )
        act.session.add(line)
        await act.session.flush()
        return line.id
