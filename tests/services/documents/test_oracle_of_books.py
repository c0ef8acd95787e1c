"""The same act by act on the real engine: the product and a ledger in memory are told the same."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from uuid import UUID

import pytest

from services.documents.actions.entered import NewLine
from services.documents.actions.paying import (
    NewPayment,
    offset_documents,
    record_payment,
    undo_settlement,
)
from services.documents.actions.unapproving import unapprove_document
from services.documents.interface import approve_document
from services.documents.rules.amounts import LineAmounts, document_totals, line_bases
from services.documents.rules.kinds import SALES_KINDS, DocumentKind
from services.documents.rules.posting import (
    DocumentToPost,
    LineToPost,
    PostingAccounts,
    PostingLine,
    posting_lines,
)
from services.documents.rules.tax_codes import TaxCode, TaxSide, codes_on
from services.journal.interface import tax_account_codes, verify_ledger
from tests.support.builders.documents import balances, customer, draft, issuer, rectify, row
from tests.support.ledger_oracle import LedgerOracle
from tests.support.office import Office

SALE, PURCHASE, EXPENSE = DocumentKind.SALES_INVOICE, DocumentKind.PURCHASE_INVOICE, DocumentKind.EXPENSE
TODAY = date(2026, 3, 2)
CODES = {side: codes_on(side, TODAY) for side in TaxSide}
ACCOUNTS = PostingAccounts(output_tax=tax_account_codes("477"), input_tax=tax_account_codes("472"))
CONTACT = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
CENT = Decimal("0.01")


def side_of(kind: DocumentKind) -> TaxSide:
    return TaxSide.SALES if kind in SALES_KINDS else TaxSide.PURCHASES


def half_up(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def reversed_entry(lines: tuple[PostingLine, ...]) -> list[PostingLine]:
    return [replace(line, debit=line.credit, credit=line.debit) for line in lines]


@dataclass
class Known:
    """What the model knows of one document on the engine."""

    document_id: UUID
    kind: DocumentKind
    outstanding: Decimal
    entry: tuple[PostingLine, ...]
    is_touched: bool = False


class Year:
    """Does the same to the product and to the oracle, act by act."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office, self.random, self.oracle = office, Random(seed), LedgerOracle()  # noqa: S311 -- a draw, no secret
        self.documents: list[Known] = []
        self.day = TODAY

    async def open(self) -> None:
        self.company_id = await issuer(self.office)
        self.contact_id = await customer(self.office, self.company_id)

    async def act(self) -> None:
        self.day += timedelta(days=self.random.randint(0, 3))
        await self.random.choice(
            [self.document, self.document, self.payment, self.offset, self.undo, self.unapprove]
        )()

    async def document(self) -> None:
        kind = self.random.choice([SALE, PURCHASE, EXPENSE])
        lines = tuple(self.line(kind) for _ in range(self.random.randint(1, 4)))
        withholding = self.random.choice([Decimal(0), Decimal(15)])
        document_id = await draft(
            self.office,
            self.company_id,
            self.contact_id,
            kind=kind.value,
            number=None if kind is SALE else f"A-{len(self.documents)}",
            issued_on=self.day,
            withholding_rate=withholding,
            lines=lines,
        )
        async with self.office.act() as act:
            await approve_document(act, document_id)
        said = [self.amounts(kind, line) for line in lines]
        totals = document_totals(said, withholding_rate=withholding)
        entry = posting_lines(
            DocumentToPost(
                kind=kind,
                contact_id=self.contact_id,
                lines=[
                    LineToPost(
                        ledger_account_code=line.ledger_account_code or "",
                        base=base,
                        tax=each.tax,
                        deductible_percent=line.deductible_percent,
                    )
                    for line, each, base in zip(lines, said, line_bases(said), strict=True)
                ],
                totals=totals,
            ),
            ACCOUNTS,
        )
        self.oracle.post(entry)
        self.documents.append(Known(document_id, kind, totals.total, entry))

    def line(self, kind: DocumentKind) -> NewLine:
        code = self.random.choice(CODES[side_of(kind)])
        accounts = ["700", "705"] if kind is SALE else ["600", "629", "217"]
        return NewLine(
            description="Tusk 🐘 عاج",
            quantity=Decimal(self.random.choice(["1", "3", "0.25"])),
            unit_price=Decimal(self.random.randint(100, 99_999)) / 100,
            tax_code=code.code,
            deductible_percent=Decimal(self.random.choice(["100", "50"])),
            ledger_account_code=self.random.choice(accounts),
        )

    @staticmethod
    def amounts(kind: DocumentKind, line: NewLine) -> LineAmounts:
        known: dict[str, TaxCode] = {code.code: code for code in CODES[side_of(kind)]}
        return LineAmounts(
            quantity=line.quantity,
            unit_price=line.unit_price,
            tax=known[line.tax_code or ""],
            deductible_percent=line.deductible_percent,
        )

    async def payment(self) -> None:
        found = self.some(lambda one: one.outstanding > 0)
        if found is None:
            return
        part = self.random.choice([found.outstanding, half_up(found.outstanding / 2) or found.outstanding])
        async with self.office.act() as act:
            await record_payment(
                act,
                NewPayment(
                    document_id=found.document_id,
                    amount=part,
                    on=self.day,
                    account_code="570",
                    request_key=f"{self.random.random()}",
                ),
            )
        sign = 1 if found.kind is SALE else -1
        third_party = next(line for line in found.entry if line.contact_id)
        self.oracle.post(
            [
                self.signed("570", sign * part),
                self.signed(third_party.ledger_account_code, -sign * part, self.contact_id),
            ]
        )
        found.outstanding -= part
        found.is_touched = True

    async def offset(self) -> None:
        """A whole invoice taken back and set off against itself."""
        found = self.some(lambda one: not one.is_touched and one.outstanding > 0)
        if found is None:
            return
        credit = await rectify(
            self.office,
            found.document_id,
            issued_on=self.day,
            number=None if found.kind is SALE else f"C-{found.document_id.hex[-6:]}",
            request_key=f"{self.random.random()}",
        )
        back = {"700": "708", "705": "708"} if found.kind is SALE else {"600": "608"}
        self.oracle.post(
            [
                replace(
                    line,
                    ledger_account_code=back.get(line.ledger_account_code, line.ledger_account_code),
                    debit=line.credit,
                    credit=line.debit,
                )
                for line in found.entry
            ]
        )
        async with self.office.act() as act:
            await offset_documents(
                act, credit, found.document_id, on=self.day, request_key=f"{self.random.random()}"
            )
        found.outstanding, found.is_touched = Decimal(0), True

    async def undo(self) -> None:
        found = self.some(lambda one: one.is_touched)
        if found is None:
            return
        asked = """query ($id: ID!) { %s(id: $id) { settlements { id amount entryId } } }"""
        field = "salesDocument" if found.kind is SALE else "purchaseDocument"
        answer = await self.office.ask(self.office.owner, asked % field, {"id": str(found.document_id)})
        paid = [each for each in answer.data[field]["settlements"] if each["entryId"]]
        if not paid:
            return
        amount = Decimal(paid[0]["amount"])
        async with self.office.act() as act:
            await undo_settlement(act, paid[0]["id"])
        sign = 1 if found.kind is SALE else -1
        third_party = next(line for line in found.entry if line.contact_id)
        self.oracle.post(
            [
                self.signed("570", -sign * amount),
                self.signed(third_party.ledger_account_code, sign * amount, self.contact_id),
            ]
        )
        found.outstanding += amount

    async def unapprove(self) -> None:
        found = self.some(lambda one: not one.is_touched and one.kind is not SALE)
        if found is None:
            return
        async with self.office.act() as act:
            await unapprove_document(act, found.document_id)
        self.oracle.post(reversed_entry(found.entry))
        self.documents.remove(found)

    def some(self, wanted: "Callable[[Known], bool]") -> Known | None:
        known = [one for one in self.documents if wanted(one)]
        return self.random.choice(known) if known else None

    @staticmethod
    def signed(code: str, amount: Decimal, contact_id: UUID | None = None) -> PostingLine:
        return PostingLine(
            ledger_account_code=code,
            debit=max(amount, Decimal(0)),
            credit=max(-amount, Decimal(0)),
            contact_id=contact_id,
        )

    async def check(self) -> None:
        kept: Counter[str] = Counter()
        for code, balance in (await balances(self.office, self.company_id)).items():
            kept[next((known for known in ("430", "400", "410", "523") if code.startswith(known)), code)] += (
                int(balance * 100)
            )
        expected = {code: int(balance * 100) for code, balance in self.oracle.trial_balance().items()}
        assert {code: cents for code, cents in kept.items() if cents} == expected
        for one in self.documents:
            assert (await row(self.office, one.document_id)).outstanding == one.outstanding
        async with self.office.act() as act:
            assert (await verify_ledger(act.session, self.company_id)).broken is None


class TestEngine:
    @pytest.mark.parametrize("seed", range(4))
    async def test_agrees_with_the_oracle_act_by_act(self, office: Office, seed: int) -> None:
        year = Year(office, seed)
        await year.open()
        for _ in range(4):
            await year.document()
        for _ in range(20):
            await year.act()
        await year.check()
        assert year.oracle.entry_count > len(year.documents)
