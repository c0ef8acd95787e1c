"""Which open items could settle a bank line, how sure that is, and why.

The signals, the strongest first: the document's number; a mandate or end-to-end id, the contact's IBAN or tax
id; the contact's name; the amount alone, if no other item near its due date has it; several items of one
contact that add up. An exact amount with evidence is far above everything else; a partial payment is a
proposal of low certainty. Only `is_auto_postable` matches may be posted without a person, and a match that a
person made is never candidate for change.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from services.banking.rules.candidates import Candidate, Reason, ReasonCode
from services.banking.rules.differences import WRITE_OFF_MAX, Difference
from services.banking.rules.item_index import (
    EXACT_MAX,
    NAME_PERCENT_MIN,
    Found,
    ItemIndex,
    KnownItem,
)
from services.banking.rules.signals import (
    Concept,
    Direction,
    LineSignals,
    LineToMatch,
    OpenItem,
    line_signals,
    name_similarity,
)
from services.banking.rules.subsets import ITEM_COUNT_MAX, exact_subsets
from services.kit.money import total

CANDIDATE_MAX = 20
PARTIAL_PER_CONTACT_MAX = 3

_DOCUMENT_EVIDENCE = (
    ReasonCode.NUMBER_IN_TEXT,
    ReasonCode.NUMBER_DIGITS_IN_TEXT,
    ReasonCode.PAYMENT_ID_IN_TEXT,
)
_NUMBER_EVIDENCE = (ReasonCode.NUMBER_IN_TEXT, ReasonCode.NUMBER_DIGITS_IN_TEXT)
_AUTO_EVIDENCE = (*_DOCUMENT_EVIDENCE, ReasonCode.IBAN_OF_CONTACT)
_ANY_EVIDENCE = (*_AUTO_EVIDENCE, ReasonCode.TAX_ID_IN_TEXT, ReasonCode.NAME_SIMILAR)

_CERTAINTY_EXACT = dict(zip(_ANY_EVIDENCE, (97, 93, 92, 90, 88, 70), strict=True))
_CERTAINTY_SUM = dict(zip(_ANY_EVIDENCE, (75, 72, 75, 75, 75, 60), strict=True))
_CERTAINTY_PARTIAL = dict(zip(_ANY_EVIDENCE, (45, 35, 40, 30, 30, 20), strict=True))
_CERTAINTY_EXCHANGED = dict(zip(_ANY_EVIDENCE, (85, 80, 80, 65, 65, 50), strict=True))
_CERTAINTY_FEE = 65
_CERTAINTY_ALL_NAMED = 95
_CERTAINTY_UNIQUE = 60
_CERTAINTY_SHARED = 30
_CERTAINTY_WHOLE = 50
_AMBIGUITY = 20
"""Taken off when the same evidence speaks for another item or sum as well."""

EXCHANGE_PERCENT_MAX = 10
"""How far what a bank gave may be from what a document in another currency was booked at."""

_CENTS_DOUBT = 10
"""Taken off an amount that is exact but for a few cents."""

FEE_MAX, FEE_PERCENT_MAX = Decimal("50.00"), 5
"""How much of a document a bank may have kept of a transfer or a card payment, or added to it."""

_CONCEPTS: Mapping[str, ReasonCode] = {
    Concept.CARD: ReasonCode.CONCEPT_CARD,
    Concept.RETURNED: ReasonCode.CONCEPT_RETURNED,
    Concept.PAYROLL: ReasonCode.CONCEPT_PAYROLL,
    Concept.FEES: ReasonCode.CONCEPT_FEES,
}


def candidates(
    line: LineToMatch, items: Iterable[OpenItem], paid: Iterable[OpenItem] = ()
) -> list[Candidate]:
    """This will give the candidates for one line, the most certain first, at most CANDIDATE_MAX.

    Items of the wrong direction or another currency are passed over, but for credit notes that were taken off; a line
    of zero has no candidates. `paid` are documents that were paid, as items of the direction in which their money would
    go back: they are tried where the bank calls a line a return. For many lines use `match_many`, which arranges the
    items once.
    """
    return match_many([line], items, paid)[0]


def match_many(
    lines: Iterable[LineToMatch], items: Iterable[OpenItem], paid: Iterable[OpenItem] = ()
) -> list[list[Candidate]]:
    """This will give the candidates of each line, in the order of the lines.

    Every line is judged alone, so two lines may propose the same item: whoever posts checks the outstanding
    amount again (`targets`).
    """
    index, paid_index = ItemIndex(items), ItemIndex(paid)
    return [_with_returns(line, index, paid_index) for line in lines]


def is_auto_postable(found: Sequence[Candidate]) -> bool:
    """This will say whether the first candidate may be posted without a person.

    It must take the line and its items to zero, the text must show it (number, payment id or IBAN; every
    number for a sum), the bank must not call the line a return, and nothing else may have a claim: another
    exact amount with evidence, or another document that the text names. Equal amounts without any evidence
    are no claim.
    """
    if not found:
        return False
    first, *others = found
    if not first.has(ReasonCode.AMOUNT_EXACT) or not first.has(*_AUTO_EVIDENCE):
        return False
    if first.gives_back or first.has(
        ReasonCode.CONCEPT_RETURNED, ReasonCode.AMOUNT_SHARED, ReasonCode.OTHER_SUMS_POSSIBLE
    ):
        return False
    if len(first.document_ids) > 1:
        named = [reason for reason in first.reasons if reason.code is ReasonCode.NUMBER_IN_TEXT]
        if len(named) < len(first.document_ids):
            return False
    return not any(
        (other.has(ReasonCode.AMOUNT_EXACT) and other.has(*_ANY_EVIDENCE))
        or (other.has(*_NUMBER_EVIDENCE) and not set(other.document_ids) <= set(first.document_ids))
        for other in others
    )


def _with_returns(line: LineToMatch, index: ItemIndex, paid: ItemIndex) -> list[Candidate]:
    found = _decide(line, index)
    if not line.is_return:
        return found
    given_back = [
        replace(candidate, gives_back=True, reasons=(*candidate.reasons, Reason(ReasonCode.GIVEN_BACK, {})))
        for candidate in _decide(line, paid)
    ]
    # Sorted by certainty alone, so that of two alike what was paid comes first: the bank says that it goes back.
    return sorted([*given_back, *found], key=lambda one: -one.certainty)[:CANDIDATE_MAX]


def _decide(line: LineToMatch, index: ItemIndex) -> list[Candidate]:
    signals = line_signals(line)
    found = index.find(line, signals)
    singles = list(_singles(line, found, signals))
    taken = {candidate.document_ids for candidate in singles}
    proposed = singles + [candidate for candidate in _near(found) if candidate.document_ids not in taken]
    if not any(
        candidate.has(ReasonCode.AMOUNT_EXACT) and candidate.has(ReasonCode.NUMBER_IN_TEXT)
        for candidate in singles
    ):
        proposed += _sums(line, found, signals)
        proposed += _netted(line, found, signals, index)
    hint = _CONCEPTS.get(line.concept)
    if hint is not None:
        reason = Reason(hint, {"concept": line.concept})
        proposed = [replace(candidate, reasons=(*candidate.reasons, reason)) for candidate in proposed]
    return _best(proposed, found)


def _evidence(known: KnownItem, signals: LineSignals) -> tuple[Reason, ...]:
    """What the text says about an item, the strongest first."""
    keys = signals.keys
    reasons = []
    if known.numbers & keys:
        reasons.append(Reason(ReasonCode.NUMBER_IN_TEXT, {"number": known.item.number}))
    elif runs := known.runs & signals.runs:
        values = {"number": known.item.number, "digits": max(runs, key=lambda run: (len(run), run))}
        reasons.append(Reason(ReasonCode.NUMBER_DIGITS_IN_TEXT, values))
    for code, name, found in (
        (ReasonCode.PAYMENT_ID_IN_TEXT, "payment_id", known.payments & keys),
        (ReasonCode.IBAN_OF_CONTACT, "iban", known.ibans & keys),
        (ReasonCode.TAX_ID_IN_TEXT, "tax_id", known.tax_ids & keys),
    ):
        if found:
            reasons.append(Reason(code, {name: min(found)}))
    percent = name_similarity(known.stems, signals.stems)
    if percent >= NAME_PERCENT_MIN:
        reasons.append(
            Reason(ReasonCode.NAME_SIMILAR, {"name": known.item.contact_name, "percent": str(percent)})
        )
    return tuple(reasons)


def _singles(line: LineToMatch, found: Found, signals: LineSignals) -> Iterator[Candidate]:
    """One item for the line, with evidence. Of an item in another currency about its amount is enough."""
    amount = abs(line.amount)
    evident = [(known, reasons) for known in found.items if (reasons := _evidence(known, signals))]
    twins = Counter(
        _twin_key(known, reasons)
        for known, reasons in evident
        if known.item.outstanding == amount and known.item.original is None
    )
    partials: Counter[UUID] = Counter()
    for known, reasons in evident:
        item, first = known.item, reasons[0]
        if item.original is not None:
            if abs(item.outstanding - amount) * 100 <= item.outstanding * EXCHANGE_PERCENT_MAX:
                yield _exchanged(item, reasons, item.original)
        elif item.outstanding == amount:
            yield _exact_single(item, reasons, others=twins[_twin_key(known, reasons)] - 1)
        elif (closing := _closing(line, item, reasons)) is not None:
            yield closing
        elif item.outstanding > amount:
            partials[item.contact_id] += 1
            if first.code in _DOCUMENT_EVIDENCE or partials[item.contact_id] <= PARTIAL_PER_CONTACT_MAX:
                values = {"outstanding": str(item.outstanding), "left": str(item.outstanding - amount)}
                part = Reason(ReasonCode.PARTIAL_PAYMENT, values)
                yield _single(item, amount, _CERTAINTY_PARTIAL[first.code], (*reasons, part))
        elif first.code in _DOCUMENT_EVIDENCE:
            part = Reason(ReasonCode.LINE_LARGER, {"left": str(amount - item.outstanding)})
            yield _single(item, item.outstanding, _CERTAINTY_PARTIAL[first.code], (*reasons, part))


def _twin_key(known: KnownItem, reasons: tuple[Reason, ...]) -> tuple[UUID, tuple[ReasonCode, ...]]:
    return known.item.contact_id, tuple(reason.code for reason in reasons)


def _exact_single(item: OpenItem, reasons: tuple[Reason, ...], *, others: int) -> Candidate:
    first = reasons[0]
    certainty = _CERTAINTY_EXACT[first.code] + len(reasons) - 1
    if first.code is ReasonCode.NAME_SIMILAR:
        certainty += (int(first.values["percent"]) - NAME_PERCENT_MIN) * 15 // (100 - NAME_PERCENT_MIN)
    exact = Reason(ReasonCode.AMOUNT_EXACT, {"amount": str(item.outstanding)})
    if others and first.code not in _NUMBER_EVIDENCE:
        shared = Reason(ReasonCode.AMOUNT_SHARED, {"others": str(others)})
        return _single(item, item.outstanding, certainty - _AMBIGUITY, (*reasons, exact, shared))
    return _single(item, item.outstanding, min(certainty, 100), (*reasons, exact))


def _closing(line: LineToMatch, item: OpenItem, reasons: tuple[Reason, ...]) -> Candidate | None:
    """An item that the text speaks of and that differs by cents, or by what the bank keeps for a transfer or card."""
    first = reasons[0].code
    lost = item.outstanding - abs(line.amount)
    if line.direction is Direction.OUT:
        lost = -lost
    if abs(lost) <= WRITE_OFF_MAX:
        said = Reason(ReasonCode.DIFFERS_BY_CENTS, {"difference": str(abs(lost))})
        certainty, difference = _CERTAINTY_EXACT[first] - _CENTS_DOUBT, Difference.WRITE_OFF
    elif (
        first in _DOCUMENT_EVIDENCE
        and line.concept in (Concept.TRANSFER, Concept.CARD)
        and 0 < lost <= min(FEE_MAX, item.outstanding * FEE_PERCENT_MAX / 100)
    ):
        said = Reason(ReasonCode.FEE_KEPT, {"fee": str(lost)})
        certainty, difference = _CERTAINTY_FEE, Difference.FEE
    else:
        return None
    return replace(_single(item, item.outstanding, certainty, (*reasons, said)), difference=difference)


def _near(found: Found) -> Iterator[Candidate]:
    """Items of exactly this amount near their due date, without asking what the text says."""
    others = len(found.near) - 1
    for known in found.near[:EXACT_MAX]:
        amount = known.item.outstanding
        exact = Reason(ReasonCode.AMOUNT_EXACT, {"amount": str(amount)})
        if others:
            shared = Reason(ReasonCode.AMOUNT_SHARED, {"others": str(others)})
            yield _single(known.item, amount, _CERTAINTY_SHARED, (exact, shared))
        else:
            yield _single(
                known.item, amount, _CERTAINTY_UNIQUE, (exact, Reason(ReasonCode.AMOUNT_UNIQUE, {}))
            )


def _sums(line: LineToMatch, found: Found, signals: LineSignals) -> Iterator[Candidate]:
    """Several items of one contact whose outstanding amounts add up to the line."""
    amount = abs(line.amount)
    for items in found.contacts:
        smaller = [
            (known, _evidence(known, signals))
            for known in items
            if known.item.outstanding < amount and known.item.original is None
        ]
        named = [pair for pair in smaller if pair[1] and pair[1][0].code in _NUMBER_EVIDENCE]
        if len(named) > 1 and total(known.item.outstanding for known, _ in named) == amount:
            yield _sum(named, _CERTAINTY_ALL_NAMED)
            continue
        rest = [pair for pair in smaller if pair not in named]
        pool = sorted((named + rest)[:ITEM_COUNT_MAX], key=lambda pair: pair[0].item.age)
        subsets = exact_subsets([known.item.outstanding for known, _ in pool], amount, limit=2)
        if subsets:
            chosen = [pool[position] for position in subsets[0]]
            codes = [reason.code for _, reasons in chosen for reason in reasons]
            certainty = max((_CERTAINTY_SUM[code] for code in codes), default=_CERTAINTY_WHOLE)
            yield _sum(chosen, certainty, is_only=len(subsets) == 1)

    evident = {items[0].item.contact_id for items in found.contacts}
    wholes = [items for items in found.wholes if items[0].item.contact_id not in evident]
    for items in wholes:
        whole = Reason(ReasonCode.ALL_OPEN_ITEMS, {"name": items[0].item.contact_name})
        yield _sum([(known, (whole,)) for known in items], _CERTAINTY_WHOLE, is_only=len(wholes) == 1)


def _netted(line: LineToMatch, found: Found, signals: LineSignals, index: ItemIndex) -> Iterator[Candidate]:
    """Items of one contact less a credit note of the same contact: what a customer pays who takes it off."""
    amount = abs(line.amount)
    for items in found.contacts:
        own = [known for known in items if known.item.original is None][:ITEM_COUNT_MAX]
        for credit in index.against(line, items[0].item.contact_id):
            wanted = amount + credit.item.outstanding
            chosen = next(([known] for known in own if known.item.outstanding == wanted), None)
            if chosen is None:
                subsets = exact_subsets([known.item.outstanding for known in own], wanted, limit=1)
                chosen = [own[position] for position in subsets[0]] if subsets else None
            if chosen is None:
                continue
            said = [reason for known in (*chosen, credit) for reason in _evidence(known, signals)]
            certainty = max((_CERTAINTY_SUM[reason.code] for reason in said), default=_CERTAINTY_WHOLE)
            values = {"number": credit.item.number, "amount": str(credit.item.outstanding)}
            taken = Reason(ReasonCode.CREDIT_TAKEN_OFF, values)
            yield Candidate(
                document_ids=tuple(known.item.document_id for known in (*chosen, credit)),
                amounts=tuple(known.item.outstanding for known in (*chosen, credit)),
                certainty=certainty,
                reasons=(*_once(said), taken),
            )
            break


def _exchanged(item: OpenItem, reasons: tuple[Reason, ...], original: tuple[Decimal, str]) -> Candidate:
    """A document in another currency that was booked at about what the bank moved."""
    amount, currency = original
    values = {"amount": str(amount), "currency": currency, "booked": str(item.outstanding)}
    exchanged = Reason(ReasonCode.EXCHANGED, values)
    return _single(item, amount, _CERTAINTY_EXCHANGED[reasons[0].code], (*reasons, exchanged))


def _sum(
    chosen: Sequence[tuple[KnownItem, tuple[Reason, ...]]], certainty: int, *, is_only: bool = True
) -> Candidate:
    amounts = tuple(known.item.outstanding for known, _ in chosen)
    said = _once(reason for _, reasons in chosen for reason in reasons)
    exact = (
        Reason(ReasonCode.AMOUNT_EXACT, {"amount": str(total(amounts))}),
        Reason(ReasonCode.SUM_OF_ITEMS, {"count": str(len(chosen))}),
    )
    others = () if is_only else (Reason(ReasonCode.OTHER_SUMS_POSSIBLE, {}),)
    return Candidate(
        document_ids=tuple(known.item.document_id for known, _ in chosen),
        amounts=amounts,
        certainty=certainty if is_only else certainty - _AMBIGUITY,
        reasons=(*said, *exact, *others),
    )


def _once(said: Iterable[Reason]) -> tuple[Reason, ...]:
    """What is said of the contact is the same for each item and is given once; numbers are given for each."""
    return tuple({(reason.code, *reason.values.values()): reason for reason in said}.values())


def _single(item: OpenItem, amount: Decimal, certainty: int, reasons: tuple[Reason, ...]) -> Candidate:
    return Candidate((item.document_id,), (amount,), certainty, reasons)


def _best(proposed: Iterable[Candidate], found: Found) -> list[Candidate]:
    ages = {
        known.item.document_id: known.item.age
        for group in (found.items, found.near, *found.contacts, *found.wholes)
        for known in group
    }
    ranked = sorted(
        proposed,
        # A credit note that is taken off goes against the line, so it is not among what was found for it.
        key=lambda one: (-one.certainty, [ages[item] for item in one.document_ids if item in ages]),
    )
    return ranked[:CANDIDATE_MAX]
