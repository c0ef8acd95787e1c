"""What documents and payments do to a ledger, worked out a second time: whole cents and fractions, nothing of ours.

The product is never asked: totals, entries, exchange differences and what may be undone follow from the posting rules
of the Spanish chart alone. `LedgerOracle` keeps the balances.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from tests.support.ledger_oracle import LedgerOracle

SALE, PURCHASE, EXPENSE = "SALES_INVOICE", "PURCHASE_INVOICE", "EXPENSE"

RATES = {"21": Fraction(21, 100), "10": Fraction(10, 100), "4": Fraction(4, 100)}
CODES: dict[str, dict[str, tuple[Fraction, str, str]]] = {
    "SALES": {f"S{rate}": (share, "", f"4770{rate:0>4}") for rate, share in RATES.items()}
    | {"S_EXPORT": (Fraction(0), "", ""), "S_IC_GOODS": (Fraction(0), "", "")},
    "PURCHASES": {f"P{rate}": (share, f"4720{rate:0>4}", "") for rate, share in RATES.items()}
    | {
        "P_ISP21": (RATES["21"], "47203021", "47703021"),
        "P_EXT21": (RATES["21"], "47204021", "47704021"),
    },
}
"""Tax code: its rate, the account of input VAT, and that of output VAT, by side."""


def cents(value: Fraction | int) -> int:
    """Whole cents; a half goes away from zero (Ley 46/1998 art. 11)."""
    size = abs(Fraction(value)) + Fraction(1, 2)
    return (1 if value >= 0 else -1) * (size.numerator // size.denominator)


def money(value: int) -> Decimal:
    """Cents as the product takes them."""
    return (Decimal(value) / 100).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class Posted:
    """One line of an entry; debit less credit, in cents."""

    ledger_account_code: str
    signed: int
    contact_id: UUID | None = None

    @property
    def debit(self) -> Decimal:
        return money(max(self.signed, 0))

    @property
    def credit(self) -> Decimal:
        return money(max(-self.signed, 0))


@dataclass(frozen=True, slots=True)
class Sold:
    """A line of a document: its base in cents, in the document's currency, its tax code and account."""

    base: int
    code: str
    account: str


@dataclass(eq=False)
class Paper:
    """A document as the model knows it. Amounts in cents with the sign of its total; `held` by what settled it.

    What follows from its lines is worked out once: lines, rate and kind of a paper never change.
    """

    kind: str
    contact_id: UUID
    day: int
    lines: tuple[Sold, ...]
    withheld_percent: int
    currency: str
    rate: Fraction
    is_credit: bool = False
    document_id: UUID | None = None
    rectified: bool = False
    approved: bool = True
    held: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def side(self) -> str:
        return "SALES" if self.kind == SALE else "PURCHASES"

    @property
    def sign(self) -> int:
        """1 where its money comes in while its total is positive."""
        return 1 if self.kind == SALE else -1

    @cached_property
    def by_code(self) -> dict[str, tuple[int, int]]:
        """Base and VAT of each code, in its currency: VAT once on the sum of bases."""
        bases: Counter[str] = Counter()
        for line in self.lines:
            bases[line.code] += line.base
        return {code: (base, cents(base * CODES[self.side][code][0])) for code, base in bases.items()}

    def _total(self, taxes: Iterable[tuple[str, tuple[int, int]]], withheld: int) -> int:
        charged = sum(
            base + (0 if code in {"P_ISP21", "P_EXT21"} else quota) for code, (base, quota) in taxes
        )
        return charged - withheld

    @cached_property
    def withheld(self) -> int:
        return cents(Fraction(sum(line.base for line in self.lines) * self.withheld_percent, 100))

    @cached_property
    def total(self) -> int:
        return self._total(self.by_code.items(), self.withheld)

    def in_books(self) -> dict[str, tuple[int, int]]:
        return {
            code: (cents(base * self.rate), cents(quota * self.rate))
            for code, (base, quota) in self.by_code.items()
        }

    @cached_property
    def booked(self) -> int:
        return self._total(self.in_books().items(), cents(self.withheld * self.rate))

    @cached_property
    def third_party(self) -> str:
        """Where the contact stands: the account with the largest bases decides (group 2, group 60, the rest)."""
        if self.kind == SALE:
            return "430"
        bases: dict[str, int] = {}
        for line in self.lines:
            heading = "523" if line.account[0] == "2" else "400" if line.account.startswith("60") else "410"
            bases[heading] = bases.get(heading, 0) + line.base
        return max(bases, key=lambda heading: abs(bases[heading]))

    @property
    def settled(self) -> int:
        return sum(amount for amount, _ in self.held.values())

    @property
    def outstanding(self) -> int:
        return self.total - self.settled if self.approved else 0

    @property
    def paid(self) -> int:
        """What money settled of it; offsets are no money."""
        return sum(amount for key, (amount, _) in self.held.items() if not key.startswith("offset"))

    def share(self, amount: int) -> int:
        """What settling so much takes off the third party's account."""
        reached = cents(Fraction(self.booked * (self.settled + amount), self.total))
        return reached - sum(booked for _, booked in self.held.values())

    def entry(self) -> list[Posted]:
        """Rules 1, 3, 5 to 12, 19 and 29: in the currency of the books, lines of one account added up."""
        signed: Counter[tuple[str, UUID | None]] = Counter()
        taxes = self.in_books()
        for line in self.lines:
            # A document in another currency has one line, so its line is its code's base.
            base = taxes[line.code][0] if self.rate != 1 else line.base
            signed[self._account(line.account), None] -= self.sign * base
        for code, (_, quota) in taxes.items():
            _, input_account, output_account = CODES[self.side][code]
            signed[input_account, None] += quota if input_account else 0
            signed[output_account, None] -= quota if output_account else 0
        withheld = cents(self.withheld * self.rate)
        signed["473" if self.kind == SALE else "4751", None] += self.sign * withheld
        signed[self.third_party, self.contact_id] += self.sign * self.booked
        return _lines(signed)

    def _account(self, account: str) -> str:
        """Sales that come back go to 708, goods that go back to 608."""
        if self.is_credit:
            return {"700": "708", "705": "708", "600": "608"}.get(account, account)
        return account


def _lines(signed: Counter[tuple[str, UUID | None]]) -> list[Posted]:
    return [Posted(code, amount, contact) for (code, contact), amount in signed.items() if amount]


def clearing(
    taken: Sequence[tuple[Paper, int]], moved: Sequence[tuple[str, int]] = ()
) -> tuple[list[Posted], list[int]]:
    """The entry of a settlement and what each paper's share of it is; the rest is an exchange difference (rule 29).

    `taken` are papers with their amounts, `moved` accounts with debit less credit.
    """
    signed: Counter[tuple[str, UUID | None]] = Counter()
    shares = []
    for paper, amount in taken:
        share = paper.share(amount)
        shares.append(share)
        signed[paper.third_party, paper.contact_id] -= paper.sign * share
    for account, amount in moved:
        signed[account, None] += amount
    difference = -sum(signed.values())
    if difference:
        signed["668" if difference > 0 else "768", None] += difference
    return _lines(signed), shares


@dataclass
class Books:
    """A company's ledger in memory: papers, what settled them, and the balances."""

    oracle: LedgerOracle = field(default_factory=LedgerOracle)
    papers: list[Paper] = field(default_factory=list)
    entries: dict[str, list[Posted]] = field(default_factory=dict)

    def post(self, key: str, lines: list[Posted]) -> None:
        """This will keep an entry under a name, so that it can be reversed."""
        self.oracle.post(lines)
        self.entries[key] = lines

    def reverse(self, key: str) -> None:
        """This will post the mirror image of an entry."""
        mirrored = [
            Posted(one.ledger_account_code, -one.signed, one.contact_id) for one in self.entries.pop(key)
        ]
        self.oracle.post(mirrored)

    def settle(
        self, key: str, taken: Sequence[tuple[Paper, int]], moved: Sequence[tuple[str, int]] = ()
    ) -> None:
        """This will settle papers under a name by one entry; none where nothing moves."""
        lines, shares = clearing(taken, moved)
        if lines:
            self.post(key, lines)
        for (paper, amount), share in zip(taken, shares, strict=True):
            paper.held[key] = (amount, share)

    def may_undo(self, key: str) -> bool:
        """Whether every paper stays between nothing and its total without what is kept under this name."""
        for paper in self.papers:
            if key in paper.held:
                left = paper.settled - paper.held[key][0]
                if left * paper.total < 0 or abs(left) > abs(paper.total):
                    return False
        return True

    def undo(self, key: str) -> None:
        """This will take back what was settled under a name."""
        if key in self.entries:
            self.reverse(key)
        for paper in self.papers:
            paper.held.pop(key, None)

    def taxes(self) -> dict[str, tuple[int, int]]:
        """Bases and VAT of everything approved, by code, in the documents' currencies."""
        bases: Counter[str] = Counter()
        quotas: Counter[str] = Counter()
        for paper in self.papers:
            if paper.approved:
                for code, (base, quota) in paper.by_code.items():
                    bases[code] += base
                    quotas[code] += quota
        return {code: (bases[code], quotas[code]) for code in bases if bases[code] or quotas[code]}
