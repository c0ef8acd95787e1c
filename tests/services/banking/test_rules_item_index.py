"""Looking up gives what trying every item gives, and adding up finds what trying every set finds."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.banking.rules import matching
from services.banking.rules.candidates import ReasonCode
from services.banking.rules.item_index import (
    CONTACT_MAX,
    DAYS_AFTER_DUE,
    DAYS_BEFORE_DUE,
    EXACT_MAX,
    NAME_PERCENT_MIN,
    WHOLE_MAX,
    Found,
    ItemIndex,
    KnownItem,
    _known,
)
from services.banking.rules.signals import Direction, LineSignals, LineToMatch, OpenItem, name_similarity
from services.banking.rules.subsets import ITEM_COUNT_MAX, exact_subsets
from services.kit.money import total

AMOUNTS = [Decimal(amount) for amount in ("10.00", "20.00", "30.00", "50.00", "60.00", "100.00")]
WORDS = (
    "CARPINTERIA",
    "MUÑOZ",
    "RUIZ",
    "TALLERES",
    "REFORMAS",
    "CONSTRUCCIONES",
    "ANA",
    "SOL",
    "GARCIA",
    "NORTE",
)
CONTACT_COUNT = 12
ITEM_COUNT = 8 * CONTACT_COUNT
"""Eight items for each contact: below the limits of the index, which are not what is compared."""

USUAL_REASONS = {
    ReasonCode.NUMBER_IN_TEXT,
    ReasonCode.NAME_SIMILAR,
    ReasonCode.AMOUNT_EXACT,
    ReasonCode.AMOUNT_SHARED,
    ReasonCode.SUM_OF_ITEMS,
    ReasonCode.PARTIAL_PAYMENT,
}


class ScanningIndex(ItemIndex):
    """The same answers by trying every item, written without any of the index's tables."""

    def __init__(self, items: Sequence[OpenItem]) -> None:
        super().__init__(())
        self._items = [_known(item) for item in sorted(items, key=lambda item: item.age)]

    def find(self, line: LineToMatch, signals: LineSignals) -> Found:
        if not line.amount:
            return Found((), (), (), ())
        amount = abs(line.amount)
        open_items = [
            known
            for known in self._items
            if known.item.direction is line.direction and known.item.currency == line.currency
        ]
        of_contact: defaultdict[UUID, list[KnownItem]] = defaultdict(list)
        strengths: defaultdict[UUID, int] = defaultdict(int)
        named = []
        for known in open_items:
            contact = known.item.contact_id
            of_contact[contact].append(known)
            percent = name_similarity(known.stems, signals.stems)
            strengths[contact] = max(strengths[contact], percent if percent >= NAME_PERCENT_MIN else 0)
            if (known.numbers | known.payments) & signals.keys or known.runs & signals.runs:
                named.append(known)
                strengths[contact] = max(strengths[contact], 150)
            if (known.ibans | known.tax_ids) & signals.keys:
                strengths[contact] = 200
        evident = [contact for contact, strength in strengths.items() if strength]
        contacts = sorted(evident, key=lambda contact: (-strengths[contact], contact))[:CONTACT_MAX]
        wholes = [
            items
            for items in of_contact.values()
            if 1 < len(items) <= ITEM_COUNT_MAX and total(known.item.outstanding for known in items) == amount
        ]
        near = [
            known
            for known in open_items
            if known.item.outstanding == amount
            and -DAYS_BEFORE_DUE <= (line.operation_on - known.item.expected_on).days <= DAYS_AFTER_DUE
        ]
        return Found(
            items=tuple(known for known in open_items if known in named or known.item.contact_id in contacts),
            contacts=tuple(tuple(of_contact[contact]) for contact in contacts),
            near=tuple(near[: EXACT_MAX + 1]),
            wholes=tuple(tuple(items) for items in wholes[:WHOLE_MAX]),
        )


def make_items(chance: Random) -> list[OpenItem]:
    """Open items of contacts that share words of names, IBANs, numbers and amounts; each has its own mandate."""
    ibans = ["ES9121000418450200051332", "ES7921000813610123456789", "FR1420041010050500013M02606"]
    contacts = [
        (
            " ".join(chance.sample(WORDS, chance.randint(1, 4))) + chance.choice([" SL", " S.A.", ""]),
            chance.choice(["", f"B{chance.randint(10_000_000, 10_000_020)}"]),
            tuple(chance.sample(ibans, chance.choice([0, 0, 1]))),
            chance.choice([(), (), (f"MND-2026-{number}",), (f"3f2a-11aa-{number}",)]),
        )
        for number in range(CONTACT_COUNT)
    ]
    items = []
    for number in range(ITEM_COUNT):
        contact = number % CONTACT_COUNT
        name, tax_id, iban, payment_ids = contacts[contact]
        issued_on = date(2026, 1, 1) + timedelta(chance.randint(0, 200))
        items.append(
            OpenItem(
                document_id=UUID(int=number),
                number=chance.choice(["FV26-{:04}", "A{}", "2026/{}", "{:04}", "FV26-A-{}"]).format(
                    number // 2
                ),
                contact_id=UUID(int=contact),
                contact_name=name,
                contact_tax_id=tax_id,
                contact_ibans=iban,
                issued_on=issued_on,
                due_on=chance.choice([None, issued_on + timedelta(30)]),
                outstanding=chance.choice(AMOUNTS),
                direction=chance.choice([Direction.IN, Direction.IN, Direction.OUT]),
                currency=chance.choice(["EUR", "EUR", "EUR", "USD"]),
                payment_ids=payment_ids,
            )
        )
    return items


def make_line(chance: Random, items: list[OpenItem]) -> LineToMatch:
    """A line that speaks of some items: in part, in another spelling, with another amount, or not at all."""
    meant = chance.sample(items, 2)
    said = [
        part
        for item in meant
        for part in (
            item.number,
            item.number.replace("-", " "),
            item.number.replace("-", "").lower(),
            "".join(filter(str.isdigit, item.number)),
            item.contact_tax_id,
            *item.contact_ibans,
            *item.payment_ids,
            *item.contact_name.split(),
            item.contact_name,
        )
    ]
    amount = chance.choice(
        [meant[0].outstanding, total(item.outstanding for item in meant), Decimal("170.00")]
    )
    return LineToMatch(
        amount=-amount if meant[0].direction is Direction.OUT else amount,
        currency=meant[0].currency,
        operation_on=meant[0].expected_on + timedelta(chance.choice([-11, -10, 0, 40, 90, 91])),
        text=" ".join(chance.sample(said, chance.randint(0, 4))),
        references=tuple(chance.sample(said, chance.randint(0, 1))),
        concept=chance.choice(["", "04", "14"]),
    )


@pytest.mark.parametrize("seed", range(30))
class TestItemIndex:
    def test_matches_equal_those_of_trying_every_item(self, seed: int) -> None:
        chance = Random(seed)  # noqa: S311 - Repeatable cases, no secret.
        items = make_items(chance)
        lines = [make_line(chance, items) for _ in range(40)]
        scanning = ScanningIndex(items)

        found = matching.match_many(lines, items)

        assert found == [matching._decide(line, scanning) for line in lines]
        # The cases are worth nothing if they do not reach every way to find something.
        assert {reason.code for some in found for one in some for reason in one.reasons} >= USUAL_REASONS

    def test_what_is_proposed_fits_the_line(self, seed: int) -> None:
        chance = Random(seed)  # noqa: S311 - As above.
        items = make_items(chance)
        by_id = {item.document_id: item for item in items}

        for line in (make_line(chance, items) for _ in range(40)):
            found = matching.candidates(line, items)

            assert [one.certainty for one in found] == sorted((one.certainty for one in found), reverse=True)
            assert len({one.document_ids for one in found}) == len(found)
            for one in found:
                assert 0 < one.certainty <= 100
                assert total(one.amounts) <= abs(line.amount)
                for document_id, amount in zip(one.document_ids, one.amounts, strict=True):
                    item = by_id[document_id]
                    assert 0 < amount <= item.outstanding
                    assert (item.direction, item.currency) == (line.direction, line.currency)


class TestExactSubsets:
    @given(st.lists(st.sampled_from(AMOUNTS), max_size=8), st.sampled_from([*AMOUNTS, Decimal("170.00")]))
    def test_finds_what_trying_every_set_finds(self, amounts: list[Decimal], wanted: Decimal) -> None:
        every = sorted(
            chosen
            for size in range(2, len(amounts) + 1)
            for chosen in combinations(range(len(amounts)), size)
            if total(amounts[place] for place in chosen) == wanted
        )

        assert exact_subsets(amounts, wanted, limit=1000) == every

    def test_keeps_the_oldest_and_stops_at_the_limit(self) -> None:
        amounts = [Decimal("1.00")] * ITEM_COUNT_MAX

        assert exact_subsets(amounts, Decimal("2.00"), limit=2) == [(0, 1), (0, 2)]

    def test_one_amount_alone_is_no_sum(self) -> None:
        assert exact_subsets([Decimal("5.00")], Decimal("5.00"), limit=1) == []

    def test_refuses_more_than_can_be_searched(self) -> None:
        with pytest.raises(ValueError, match="at most 12"):
            exact_subsets([Decimal("1.00")] * (ITEM_COUNT_MAX + 1), Decimal("2.00"), limit=1)
