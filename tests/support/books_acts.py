"""Random acts of a company's books, told to the product and to the model; what the model refuses, the product must."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID, uuid5

from sqlalchemy import text

from services.access.interface import Act
from services.documents.actions.paying import NewPayment, offset_documents, record_payment, undo_settlement
from services.documents.actions.rectifying import rectify_document
from services.documents.actions.unapproving import unapprove_document
from services.documents.interface import NewDocument, NewLine, approve_document, create_document
from services.journal.interface import EntryLineDraft, lock_filed_period, post_entry, reverse_entry
from tests.support.books_bank import BankActs
from tests.support.books_model import (
    CODES,
    EXPENSE,
    PURCHASE,
    SALE,
    Paper,
    Posted,
    Sold,
    money,
)
from tests.support.books_telling import FIRST

LOCKED_BEHIND = 25
"""Days between what happens and the tax lock, when it moves."""

ACCOUNTS = {SALE: ("700", "705"), PURCHASE: ("600", "629", "217"), EXPENSE: ("623", "629", "621")}


class Trade(BankActs):
    """One company: draws an act, does it to the product and to the model."""

    async def step(self, act: Act) -> None:
        """One act, whether it is allowed or not."""
        if self.random.random() < 0.12:
            self.day += 1
        acts: list[tuple[int, Callable[[Act], Awaitable[None]]]] = [
            (14, self.document),
            (20, self.payment),
            (14, self.bank),
            (8, self.undo_bank),
            (10, self.undo_payment),
            (4, self.credit),
            (6, self.offset),
            (5, self.unapprove),
            (14, self.entry),
            (6, self.reversal),
            (1, self.lock_period),
        ]
        wanted = self.random.choices([one for _, one in acts], [weight for weight, _ in acts])[0]
        await wanted(act)
        await act.session.flush()
        act.session.expunge_all()

    # Documents

    async def document(self, act: Act) -> None:
        kind = self.random.choice([SALE, PURCHASE, EXPENSE])
        foreign = self.random.random() < 0.2
        codes = list(CODES["SALES" if kind == SALE else "PURCHASES"])
        lines = [
            (
                self.random.randint(1, 9),
                self.random.randint(1, 99_999),
                self.random.choice(codes),
                self.random.choice(ACCOUNTS[kind]),
            )
            for _ in range(1 if foreign else self.random.randint(1, 3))
        ]
        # Now and then somebody forgets that the period is locked; sales have to follow the dates of their series.
        late = self.lock >= 0 and kind != SALE and self.random.random() < 0.1
        paper = Paper(
            kind=kind,
            contact_id=self.random.choice(self.contacts),
            day=self.lock if late else self.day,
            lines=tuple(Sold(quantity * price, code, account) for quantity, price, code, account in lines),
            withheld_percent=self.random.choice([0, 0, 15, 19]) if not foreign else 0,
            currency="USD" if foreign else "EUR",
            rate=Fraction(self.random.choice(["0.9137", "0.333333", "1.25"])) if foreign else Fraction(1),
        )
        number = None if kind == SALE else self.key("N")

        async def doing() -> UUID:
            made = await create_document(
                act,
                NewDocument(
                    company_id=self.company_id,
                    kind=kind,
                    contact_id=paper.contact_id,
                    number=number,
                    issued_on=FIRST + timedelta(paper.day),
                    currency=paper.currency,
                    exchange_rate=Decimal(paper.rate.numerator) / paper.rate.denominator if foreign else None,
                    withholding_rate=Decimal(paper.withheld_percent),
                    status="PENDING_REVIEW",
                    lines=tuple(
                        NewLine(
                            description="Tusk 🐘 عاج",
                            quantity=Decimal(quantity),
                            unit_price=money(price),
                            tax_code=code,
                            ledger_account_code=account,
                        )
                        for quantity, price, code, account in lines
                    ),
                ),
            )
            await approve_document(act, made)
            return made

        made = await self.attempt(act, doing, allowed=not late)
        if made is not None:
            self.approve(paper, made)

    def approve(self, paper: Paper, document_id: UUID) -> None:
        paper.document_id, paper.approved = document_id, True
        self.books.post(f"document {document_id}", paper.entry())
        if paper not in self.books.papers:
            self.books.papers.append(paper)

    async def credit(self, act: Act) -> None:
        """The whole taken back; a document that waits for review, or is one itself, is not rectified."""
        found = self.some(lambda one: not one.is_credit and not one.rectified)
        if found is None:
            return
        number = None if found.kind == SALE else self.key("C")

        async def doing() -> UUID:
            made = await rectify_document(
                act,
                found.document_id or "",
                method="I",
                reason="Goods came back",
                issued_on=self.on,
                number=number,
                status="PENDING_REVIEW",
                request_key=self.key("credit"),
            )
            await approve_document(act, made)
            return made

        made = await self.attempt(act, doing, allowed=found.approved)
        if made is None:
            return
        found.rectified = True
        self.approve(
            Paper(
                kind=found.kind,
                contact_id=found.contact_id,
                day=self.day,
                lines=tuple(Sold(-line.base, line.code, line.account) for line in found.lines),
                withheld_percent=found.withheld_percent,
                currency=found.currency,
                rate=found.rate,
                is_credit=True,
            ),
            made,
        )

    async def unapprove(self, act: Act) -> None:
        """Only purchases whose VAT nobody filed and of which nothing is settled or rectified; they may come back."""
        waiting = self.some(lambda one: not one.approved)
        if waiting is not None and self.random.random() < 0.5:
            allowed = waiting.day > self.lock
            approved = await self.attempt(
                act, lambda: approve_document(act, waiting.document_id or ""), allowed=allowed
            )
            if approved is not None:
                self.approve(waiting, approved)
            return
        found = self.some(lambda one: one.approved)
        if found is None:
            return
        allowed = found.kind != SALE and not found.held and not found.rectified and found.day > self.lock
        done = await self.attempt(
            act, lambda: unapprove_document(act, found.document_id or ""), allowed=allowed
        )
        if done is not None:
            self.books.reverse(f"document {found.document_id}")
            found.approved = False

    # Payments by hand

    async def payment(self, act: Act) -> None:
        found = self.some(lambda one: one.outstanding != 0)
        if found is None:
            return
        amount = self.part(found.outstanding)
        wrong = self.random.choice(["", "", "", "", "", "above", "sign", "locked"])
        if wrong == "above":
            amount = found.outstanding + (1 if found.outstanding > 0 else -1)
        if wrong == "sign":
            amount = -amount
        if wrong == "locked" and self.lock < 0:
            wrong = ""
        paid = self.given(found, amount)
        key = self.key("payment")
        new = NewPayment(
            document_id=found.document_id or "",
            amount=money(amount),
            on=FIRST + timedelta(self.lock) if wrong == "locked" else self.on,
            account_code="570",
            paid=money(paid) if found.rate != 1 else None,
            request_key=key,
        )
        done = await self.attempt(act, lambda: record_payment(act, new), allowed=not wrong)
        if done is None:
            return
        self.books.settle(key, [(found, amount)], [("570", found.sign * paid)])
        if self.random.random() < 0.1:
            await record_payment(act, new)

    async def undo_payment(self, act: Act) -> None:
        keys = sorted({key for one in self.books.papers for key in one.held if not key.startswith("bank")})
        if not keys:
            return
        key = self.random.choice(keys)
        found = await act.session.scalar(
            text(
                "select s.id from settlement s left join journal_entry e on e.id = s.entry_id"
                " where s.company_id = :c and s.undone_at is null"
                " and (s.offset_id = :offset or (s.offset_id is null and e.request_key = :key)) limit 1"
            ),
            {"c": self.company_id, "offset": uuid5(self.company_id, key), "key": key},
        )
        done = await self.attempt(act, lambda: undo_settlement(act, found), allowed=self.books.may_undo(key))
        if done is not None:
            self.books.undo(key)

    async def offset(self, act: Act) -> None:
        credit = self.some(lambda one: one.outstanding * one.total > 0 and one.total < 0)
        if credit is None:
            return
        invoice = self.some(lambda one: one.outstanding > 0 and one.side == credit.side)
        if invoice is None:
            return
        same = (invoice.contact_id, invoice.currency) == (credit.contact_id, credit.currency)
        taken = min(-credit.outstanding, invoice.outstanding)
        key = self.key("offset")
        done = await self.attempt(
            act,
            lambda: offset_documents(
                act, credit.document_id or "", invoice.document_id or "", on=self.on, request_key=key
            ),
            allowed=same,
        )
        if done is not None:
            self.books.settle(key, [(invoice, taken), (credit, -taken)])

    # The journal itself

    async def entry(self, act: Act) -> None:
        amount = self.random.randint(1, 99_999)
        wrong = self.random.choice(["", "", "", "", "unbalanced", "locked"])
        if wrong == "locked" and self.lock < 0:
            wrong = ""
        key = self.key("entry")
        off = 1 if wrong == "unbalanced" else 0
        posted = [Posted("629", amount), Posted("570", -amount)]
        done = await self.attempt(
            act,
            lambda: post_entry(
                act,
                company_id=self.company_id,
                entry_on=FIRST + timedelta(self.lock) if wrong == "locked" else self.on,
                text="Paper 📄 ورق",
                lines=[
                    EntryLineDraft(account_code="629", debit=money(amount + off)),
                    EntryLineDraft(account_code="570", credit=money(amount)),
                ],
                source="MANUAL",
                request_key=key,
            ),
            allowed=not wrong,
        )
        if done is not None:
            self.books.post(key, posted)
            self.manual[key] = done

    async def reversal(self, act: Act) -> None:
        """An entry is reversed once; a second time is refused."""
        if not self.manual:
            return
        key = self.random.choice(sorted(self.manual))
        allowed = key in self.books.entries
        done = await self.attempt(act, lambda: reverse_entry(act, self.manual[key]), allowed=allowed)
        if done is not None:
            self.books.reverse(key)

    async def lock_period(self, act: Act) -> None:
        until = self.day - LOCKED_BEHIND
        if until > self.lock:
            self.count += 1
            await lock_filed_period(act, self.company_id, FIRST + timedelta(until), reason="303")
            self.lock = until
