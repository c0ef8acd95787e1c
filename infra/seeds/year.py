"""One client's books as they are going to be written: who buys what when, and on which day it is paid. Pure."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from infra.seeds.items import Item
from infra.seeds.trades import Trade

LEAST_HISTORY = timedelta(days=90)
"""A year that has just begun shows too little: until then the books begin with the year before."""

LEFT_OPEN = timedelta(days=20)
"""What the bank says in the last days is left for somebody to reconcile, unless chance has done it."""

CENT = Decimal("0.01")
FIRST_OF_PERIOD_DAY = 3
NEVER_PAID_CHANCE = 0.05
PAID_IN_PART_CHANCE = 0.04


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of the demo's books, from a first of January until `today`, both included."""

    today: date

    @property
    def first(self) -> date:
        """The day on which the books begin."""
        return date((self.today - LEAST_HISTORY).year, 1, 1)

    @property
    def years(self) -> list[int]:
        """The fiscal years, one or two."""
        return list(range(self.first.year, self.today.year + 1))

    @property
    def months(self) -> list[date]:
        """The first day of each month, until that of today."""
        every = [date(year, month, 1) for year in self.years for month in range(1, 13)]
        return [month for month in every if month <= self.today]

    @property
    def left_open_from(self) -> date:
        """The first day of the bank lines that wait."""
        return self.today - LEFT_OPEN

    def end_of(self, month: date) -> date:
        """The last day of a month that the books know."""
        return min((month + timedelta(days=31)).replace(day=1) - timedelta(days=1), self.today)


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One line with the figures as they are entered."""

    item: Item
    quantity: Decimal
    unit_price: Decimal
    discount_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDocument:
    """A document to write. `party` is an index into the customers or suppliers of the client.

    `status` is DRAFT, PENDING_REVIEW or APPROVED; `paid_on` None stays open; `paid_share` is the part that is paid.
    """

    kind: str
    party: int
    issued_on: date
    due_on: date | None
    lines: tuple[PlannedLine, ...]
    status: str = "APPROVED"
    withholding_rate: Decimal = Decimal(0)
    number: str | None = None
    is_sent: bool = True
    paid_on: date | None = None
    paid_share: Decimal = Decimal(1)


def plan_books(
    trade: Trade, customer_count: int, chance: random.Random, calendar: Calendar
) -> list[PlannedDocument]:
    """This will plan every document of a client until the demo's day, in the order of their dates."""
    planned = [
        document
        for month in calendar.months
        for document in (*_sales(trade, month, customer_count, chance), *_purchases(trade, month, chance))
        if document.issued_on <= calendar.today
    ]
    planned.sort(key=lambda document: (document.issued_on, document.kind, document.party))
    return [*planned, *_undecided(trade, customer_count, chance, calendar.today)]


def _day(month: date, chance: random.Random) -> date:
    return month.replace(day=chance.randint(FIRST_OF_PERIOD_DAY, 27))


def _lines(items: tuple[Item, ...], chance: random.Random, most: int = 3) -> tuple[PlannedLine, ...]:
    chosen = chance.sample(items, min(len(items), chance.randint(1, most)))
    return tuple(_line(item, chance) for item in chosen)


def _line(item: Item, chance: random.Random) -> PlannedLine:
    price = Decimal(item.price) * Decimal(chance.randint(95, 108)) / 100
    discount = Decimal(10) if item.most > 1 and chance.random() < 0.1 else Decimal(0)  # noqa: PLR2004 -- one in ten
    return PlannedLine(item, Decimal(chance.randint(1, item.most)), price.quantize(CENT), discount)


def _customer(customer_count: int, chance: random.Random) -> int:
    """The first ones are the regulars: half of all papers are theirs, so a portal has something to show."""
    return chance.randrange(4) if chance.random() < 0.5 else chance.randrange(customer_count)  # noqa: PLR2004


def _payment(due_on: date, chance: random.Random) -> tuple[date | None, Decimal]:
    if chance.random() < NEVER_PAID_CHANCE:
        return None, Decimal(1)
    share = Decimal("0.5") if chance.random() < PAID_IN_PART_CHANCE else Decimal(1)
    return due_on + timedelta(days=chance.randint(-8, 9)), share


def _sales(
    trade: Trade, month: date, customer_count: int, chance: random.Random
) -> Iterator[PlannedDocument]:
    for _ in range(trade.invoices_a_month + chance.randint(-1, 0)):
        issued_on = _day(month, chance)
        due_on = issued_on + timedelta(days=chance.choice((15, 30, 30, 45)))
        paid_on, share = _payment(due_on, chance)
        yield PlannedDocument(
            kind="SALES_INVOICE",
            party=_customer(customer_count, chance),
            issued_on=issued_on,
            due_on=due_on,
            lines=_lines(trade.sells, chance),
            withholding_rate=Decimal(trade.withheld_rate),
            is_sent=chance.random() < 0.9,  # noqa: PLR2004 -- one in ten waits to be sent
            paid_on=paid_on,
            paid_share=share,
        )
    for kind, chances in (("ESTIMATE", 0.6), ("DELIVERY_NOTE", 0.4), ("PROFORMA", 0.1), ("SALES_ORDER", 0.1)):
        if chance.random() < chances:
            issued_on = _day(month, chance)
            yield PlannedDocument(
                kind=kind,
                party=_customer(customer_count, chance),
                issued_on=issued_on,
                due_on=issued_on + timedelta(days=30) if kind == "ESTIMATE" else None,
                lines=_lines(trade.sells, chance),
            )


def _purchases(trade: Trade, month: date, chance: random.Random) -> Iterator[PlannedDocument]:
    for party, supply in enumerate(trade.buys):
        if not supply.each_month and chance.random() > 0.2:  # noqa: PLR2004 -- one month in five
            continue
        issued_on = _day(month, chance)
        due_on = issued_on + timedelta(days=30)
        paid_on, _ = _payment(due_on, chance)
        yield PlannedDocument(
            kind="PURCHASE_INVOICE",
            party=party,
            issued_on=issued_on,
            due_on=due_on,
            lines=_lines(supply.items, chance, most=2),
            withholding_rate=Decimal(supply.withholding_rate),
            number=f"{chr(ord('A') + party)}-{month:%m}{chance.randint(100, 999)}",
            paid_on=paid_on,
        )


def _undecided(
    trade: Trade, customer_count: int, chance: random.Random, today: date
) -> Iterator[PlannedDocument]:
    """What waits on the demo's day: drafts, and papers of both sides to review."""
    for place in range(chance.randint(3, 6)):
        yield PlannedDocument(
            kind="SALES_INVOICE" if place else "ESTIMATE",
            party=_customer(customer_count, chance),
            issued_on=today - timedelta(days=chance.randint(0, 3)),
            due_on=today + timedelta(days=30),
            lines=_lines(trade.sells, chance),
            status="DRAFT" if place == 1 else "PENDING_REVIEW",
            withholding_rate=Decimal(trade.withheld_rate) if place else Decimal(0),
        )
    for place in range(chance.randint(2, 5)):
        party = chance.randrange(len(trade.buys))
        supply = trade.buys[party]
        yield PlannedDocument(
            kind="PURCHASE_INVOICE",
            party=party,
            issued_on=today - timedelta(days=chance.randint(1, 10)),
            due_on=today + timedelta(days=20),
            lines=_lines(supply.items, chance, most=2),
            status="PENDING_REVIEW",
            withholding_rate=Decimal(supply.withholding_rate),
            number=f"P-{place}{chance.randint(100, 999)}",
        )
