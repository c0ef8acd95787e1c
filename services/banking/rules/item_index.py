"""Open items arranged so that a line looks up the few that matter, instead of being tried against all of them.

Ten thousand lines against ten thousand items are a hundred million pairs; looked up, they are some hundred
thousand. What `ItemIndex.find` gives is what trying every item would give, up to the named limits, which keep
a customer with thousands of equal invoices from making it slow again.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from services.banking.rules.signals import (
    Direction,
    LineSignals,
    LineToMatch,
    OpenItem,
    iban_keys,
    name_similarity,
    name_stems,
    number_keys,
    number_runs,
    payment_keys,
    tax_id_keys,
)
from services.banking.rules.subsets import ITEM_COUNT_MAX
from services.kit.money import total

DAYS_BEFORE_DUE = 10
DAYS_AFTER_DUE = 90
"""An amount alone speaks for an item only near its due date (both ends included)."""

NAME_PERCENT_MIN = 60
EXACT_MAX = 10
"""Items of one key or one amount that are looked at, the oldest first."""

OLDEST_MAX = 100
"""Open items of one contact that are looked at for sums and partial payments, the oldest first."""

CONTACT_MAX = 5
WHOLE_MAX = 3
AGAINST_MAX = 3

_Book = tuple[Direction, str]


@dataclass(frozen=True, slots=True, eq=False)
class KnownItem:
    """An open item with its keys, computed once."""

    item: OpenItem
    numbers: frozenset[str]
    runs: frozenset[str]
    payments: frozenset[str]
    ibans: frozenset[str]
    tax_ids: frozenset[str]
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """What a line could be about.

    `items` are named by the line or belong to a contact it names, the oldest first. `contacts` holds the open
    items of each of those contacts (the strongest evidence first), `near` the items of exactly this amount
    near their due date whoever owes them (at most EXACT_MAX + 1), `wholes` the contacts whose open items add
    up to it.
    """

    items: tuple[KnownItem, ...]
    contacts: tuple[tuple[KnownItem, ...], ...]
    near: tuple[KnownItem, ...]
    wholes: tuple[tuple[KnownItem, ...], ...]


class _Posting:
    """The items of one key, the oldest first, also by amount."""

    __slots__ = ("by_amount", "items")

    def __init__(self) -> None:
        self.items: list[KnownItem] = []
        self.by_amount: defaultdict[Decimal, list[KnownItem]] = defaultdict(list)

    def add(self, known: KnownItem) -> None:
        self.items.append(known)
        self.by_amount[known.item.outstanding].append(known)

    def pick(self, amount: Decimal) -> list[KnownItem]:
        return self.by_amount.get(amount, [])[:EXACT_MAX] + self.items[:EXACT_MAX]


class ItemIndex:
    """The open items of one company. Items are sorted once; the index is not changed afterwards."""

    def __init__(self, items: Iterable[OpenItem]) -> None:
        self._books: dict[_Book, _BookIndex] = {}
        grouped: defaultdict[_Book, list[OpenItem]] = defaultdict(list)
        for item in items:
            grouped[item.direction, item.currency].append(item)
        for book, book_items in grouped.items():
            self._books[book] = _BookIndex(sorted(book_items, key=lambda item: item.age))

    def find(self, line: LineToMatch, signals: LineSignals) -> Found:
        """This will look up a line; items of the other direction or another currency are never found."""
        book = self._books.get((line.direction, line.currency))
        if book is None or not line.amount:
            return Found((), (), (), ())
        return book.find(line, signals)

    def against(self, line: LineToMatch, contact_id: UUID) -> tuple[KnownItem, ...]:
        """This will give a contact's oldest credit notes that go against a line, for what is taken off a payment."""
        other = Direction.OUT if line.direction is Direction.IN else Direction.IN
        book = self._books.get((other, line.currency))
        return () if book is None else book.credits_of(contact_id)


class _BookIndex:
    """The items of one direction and currency."""

    def __init__(self, items: Sequence[OpenItem]) -> None:
        self._by_document_key: defaultdict[str, _Posting] = defaultdict(_Posting)
        self._by_run: defaultdict[str, _Posting] = defaultdict(_Posting)
        self._by_contact: defaultdict[UUID, _Posting] = defaultdict(_Posting)
        self._by_amount: defaultdict[Decimal, list[KnownItem]] = defaultdict(list)
        self._contacts_by_key: defaultdict[str, set[UUID]] = defaultdict(set)
        for item in items:
            self._add(_known(item))
        self._names = _NameIndex({contact: posting.items for contact, posting in self._by_contact.items()})
        self._wholes: defaultdict[Decimal, list[UUID]] = defaultdict(list)
        for contact, posting in self._by_contact.items():
            items_of = [known for known in posting.items if known.item.original is None]
            if 1 < len(items_of) == len(posting.items) <= ITEM_COUNT_MAX:
                self._wholes[total(known.item.outstanding for known in items_of)].append(contact)

    def _add(self, known: KnownItem) -> None:
        for key in known.numbers | known.payments:
            self._by_document_key[key].add(known)
        for run in known.runs:
            self._by_run[run].add(known)
        for key in known.ibans | known.tax_ids:
            self._contacts_by_key[key].add(known.item.contact_id)
        self._by_contact[known.item.contact_id].add(known)
        if known.item.original is None:
            self._by_amount[known.item.outstanding].append(known)

    def credits_of(self, contact_id: UUID) -> tuple[KnownItem, ...]:
        """A contact's oldest credit notes in this currency."""
        posting = self._by_contact.get(contact_id)
        own = (
            [known for known in posting.items if known.item.is_credit and known.item.original is None]
            if posting
            else []
        )
        return tuple(own[:AGAINST_MAX])

    def find(self, line: LineToMatch, signals: LineSignals) -> Found:
        amount = abs(line.amount)
        named = [
            known
            for postings, keys in ((self._by_document_key, signals.keys), (self._by_run, signals.runs))
            for key in postings.keys() & keys
            for known in postings[key].pick(amount)
        ]
        contacts = self._contacts(named, signals)
        of_contacts = [known for contact in contacts for known in self._by_contact[contact].pick(amount)]
        unique = {id(known): known for known in named + of_contacts}
        return Found(
            items=tuple(sorted(unique.values(), key=lambda known: known.item.age)),
            contacts=tuple(tuple(self._by_contact[contact].items[:OLDEST_MAX]) for contact in contacts),
            near=self._near(line, amount),
            wholes=tuple(
                tuple(self._by_contact[contact].items) for contact in self._wholes.get(amount, ())[:WHOLE_MAX]
            ),
        )

    def _contacts(self, named: Iterable[KnownItem], signals: LineSignals) -> list[UUID]:
        """The contacts a line speaks of: by IBAN or tax id, by a document of theirs, by name; at most CONTACT_MAX."""
        strengths = self._names.similar(signals.stems)
        for known in named:
            strengths[known.item.contact_id] = max(strengths.get(known.item.contact_id, 0), 150)
        for key in self._contacts_by_key.keys() & signals.keys:
            for contact in self._contacts_by_key[key]:
                strengths[contact] = 200
        return sorted(strengths, key=lambda contact: (-strengths[contact], contact))[:CONTACT_MAX]

    def _near(self, line: LineToMatch, amount: Decimal) -> tuple[KnownItem, ...]:
        """A due date from 90 days before the line to 10 days after it."""
        bucket = self._by_amount.get(amount, [])
        first_on = line.operation_on - timedelta(days=DAYS_AFTER_DUE)
        last_on = line.operation_on + timedelta(days=DAYS_BEFORE_DUE)
        start = bisect_left(bucket, first_on, key=lambda known: known.item.expected_on)
        near = bucket[start : start + EXACT_MAX + 1]
        return tuple(known for known in near if known.item.expected_on <= last_on)


class _NameIndex:
    """Contacts by the words of their names, each under its rarest words only.

    A name counts from NAME_PERCENT_MIN per cent of its letters on. So it is enough to list it under as many
    of its rarest words as leave less than that without them: a text with none of these cannot reach it.
    """

    def __init__(self, items_of: dict[UUID, list[KnownItem]]) -> None:
        self._names = {contact: {known.stems for known in items} for contact, items in items_of.items()}
        uses = Counter(stem for names in self._names.values() for stems in names for stem in stems)
        self._contacts: defaultdict[str, set[UUID]] = defaultdict(set)
        for contact, names in self._names.items():
            for stems in names:
                rest = whole = sum(map(len, stems))
                for stem in sorted(stems, key=lambda stem: (uses[stem], stem)):
                    if rest * 100 // whole < NAME_PERCENT_MIN:
                        break
                    self._contacts[stem].add(contact)
                    rest -= len(stem)

    def similar(self, line_stems: frozenset[str]) -> dict[UUID, int]:
        """This will give the contacts whose name stands in a text, with the per cent of it that does."""
        found: dict[UUID, int] = {}
        for stem in self._contacts.keys() & line_stems:
            for contact in self._contacts[stem]:
                if contact not in found:
                    found[contact] = max(name_similarity(stems, line_stems) for stems in self._names[contact])
        return {contact: percent for contact, percent in found.items() if percent >= NAME_PERCENT_MIN}


def _known(item: OpenItem) -> KnownItem:
    return KnownItem(
        item=item,
        numbers=number_keys(item),
        runs=number_runs(item),
        payments=payment_keys(item),
        ibans=iban_keys(item),
        tax_ids=tax_id_keys(item),
        stems=name_stems(item.contact_name),
    )
