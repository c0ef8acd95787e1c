"""What makes two names the same business: accents, case, punctuation, legal form and word order do not count."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from services.kit.search import search_text

LEGAL_FORMS = frozenset(
    {
        *(
            "sl",
            "slu",
            "slp",
            "slpu",
            "sll",
            "slne",
            "sa",
            "sau",
            "sal",
            "sad",
            "sc",
            "scp",
            "cb",
            "scoop",
            "sccl",
        ),
        *(
            "coop",
            "scv",
            "srl",
            "srlu",
            "scr",
            "aie",
            "ute",
            "sicav",
            "soccoop",
            "unipersonal",
            "profesional",
        ),
        *(
            "ltd",
            "limited",
            "llc",
            "llp",
            "inc",
            "corp",
            "plc",
            "gmbh",
            "ag",
            "kg",
            "ug",
            "bv",
            "nv",
            "sas",
            "sarl",
        ),
        *("eurl", "spa", "lda", "ab", "oy", "as", "aps", "kb", "hb"),
    }
)
"""Short names of legal forms in Spain and in the countries most trade is with."""

_LONG_FORMS = (
    *("sociedad limitada", "sociedad anonima", "sociedad civil", "sociedad cooperativa"),
    *(
        "comunidad de bienes",
        "societat limitada",
        "societat anonima",
        "societat civil",
        "societat cooperativa",
    ),
    *("comunitat de bens", "responsabilidad limitada", "aktiebolag"),
)
_DROPPED = frozenset(
    {"y", "i", "e", "and", "och", "de", "del", "la", "las", "el", "los", "els", "les", "the"}
)
_INSIDE_WORDS = re.compile(r"[.'\u2019·]+")
_BETWEEN_WORDS = re.compile(r"[^\w\s]+")
_SPACED_LETTERS = re.compile(r"\b(\w)(?:\s+(\w)\b)+")

KEY_LENGTH_MAX = 200
ONE_SLIP_LENGTH_MIN = 5
TWO_SLIPS_LENGTH_MIN = 20
"""From how many signs one slip of the hand, and two, still mean the same name."""

NEIGHBOURS = 4
"""With how many names on either side of it, in the order of letters, a name is compared."""


def match_key(name: str) -> str:
    """This will give a name as duplicates are looked for: "Fustería Puig, S. L." and "PUIG FUSTERIA" give one key.

    A name that is nothing but such words keeps them. Never empty for a name that has a sign.
    """
    plain = _BETWEEN_WORDS.sub(" ", _INSIDE_WORDS.sub("", search_text(name)))
    joined = _SPACED_LETTERS.sub(lambda found: "".join(found.group().split()), plain)
    short = joined
    for form in _LONG_FORMS:
        short = short.replace(form, " ")
    words = [word for word in short.split() if word not in LEGAL_FORMS and word not in _DROPPED]
    kept = sorted(words) or joined.split() or search_text(name).split()
    return " ".join(kept)[:KEY_LENGTH_MAX]


def similar_keys(one: str, other: str) -> bool:
    """Whether two keys are the same, or differ by one slip of the hand (two in long names).

    A slip is a sign missing, too many, wrong, or two that changed places. Digits are never slips: "Local 12" and
    "Local 13" are two.
    """
    if one == other:
        return True
    longest = max(len(one), len(other))
    slips = 2 if longest >= TWO_SLIPS_LENGTH_MIN else 1
    if longest < ONE_SLIP_LENGTH_MIN or abs(len(one) - len(other)) > slips:
        return False
    if any(sign.isdigit() for sign in one + other) and _digits(one) != _digits(other):
        return False
    return _slips(one, other, slips) <= slips


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _slips(one: str, other: str, most: int) -> int:
    """Optimal string alignment distance; above `most` any larger number."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, sign in enumerate(one, start=1):
        earlier, before, row = before, row, [place]
        for column, match in enumerate(other, start=1):
            cost = min(before[column] + 1, row[-1] + 1, before[column - 1] + (sign != match))
            if place > 1 and column > 1 and sign == other[column - 2] and one[place - 2] == match:
                cost = min(cost, earlier[column - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


class Likeness(StrEnum):
    """Why two cards may be the same business, the surest first."""

    TAX_ID = "TAX_ID"
    EMAIL = "EMAIL"
    NAME = "NAME"


_SUREST = tuple(Likeness)


@dataclass(frozen=True, slots=True)
class Named:
    """A card as duplicates are looked for among many."""

    id: str
    key: str
    tax_id: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cards that may be one, the older first, and every reason, the surest first."""

    older_id: str
    newer_id: str
    reasons: tuple[Likeness, ...]


def similar_pairs(cards: Sequence[Named], *, most: int) -> list[Pair]:
    """This will find the pairs among the cards of one book, the surest first, at most `most`.

    Names are compared with the few that stand beside them in the order of letters, read forwards and backwards, so a
    book of 100,000 takes seconds and not hours. Cards with two different tax identifiers are two businesses, whatever
    their names say.
    """
    reasons: dict[tuple[str, str], list[Likeness]] = {}
    for why, one, other in (*_sharing(cards), *_sounding_alike(cards)):
        if one.tax_id and other.tax_id and one.tax_id != other.tax_id:
            continue
        older, newer = sorted((one.id, other.id))
        known = reasons.setdefault((older, newer), [])
        if why not in known:
            known.append(why)
    keys = {card.id: card.key for card in cards}
    ranked = sorted(
        (Pair(older, newer, tuple(why)) for (older, newer), why in reasons.items()),
        key=lambda pair: (_SUREST.index(pair.reasons[0]), -len(pair.reasons), keys[pair.older_id]),
    )
    return ranked[:most]


def _sharing(cards: Sequence[Named]) -> Iterator[tuple[Likeness, Named, Named]]:
    """Neighbours among the cards that share a tax identifier, then an e-mail."""
    for why in (Likeness.TAX_ID, Likeness.EMAIL):
        groups: dict[str, list[Named]] = {}
        for card in cards:
            value = card.tax_id if why is Likeness.TAX_ID else card.email
            if value:
                groups.setdefault(value, []).append(card)
        for group in groups.values():
            for one, other in pairwise(group):
                yield why, one, other


def _sounding_alike(cards: Sequence[Named]) -> Iterator[tuple[Likeness, Named, Named]]:
    for backwards in (False, True):
        in_order = sorted(cards, key=lambda card: (card.key[::-1] if backwards else card.key, card.id))
        for place, one in enumerate(in_order):
            for other in in_order[place + 1 : place + 1 + NEIGHBOURS]:
                if similar_keys(one.key, other.key):
                    yield Likeness.NAME, one, other
