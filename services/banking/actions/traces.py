"""Which lines a change of some contacts' documents may concern, so that not every open line is looked at again.

A line has to do with a contact's open documents if its text could name one of them or the contact, if its amount is
that of one of them or of all together, or if it proposes one; and every line that the bank calls a return, since that
is about documents that are paid. That is wider than what matching finds; a number that a bank broke at an odd place
("26 001 2") is found again by the next import.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from sqlalchemy import ARRAY, Numeric, Text, any_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.banking.rules.item_index import NAME_PERCENT_MIN
from services.banking.rules.signals import RETURN_WORDS, Concept, name_stems
from services.contacts.interface import contact_table, ibans_of
from services.documents.interface import document_table
from services.kit.money import total
from services.kit.search import like_pattern

_IBAN_TAIL = 4
"""Printed in groups of four, only the last group surely stands together."""

_document, _contact = document_table(), contact_table()
_OPEN_WITH = (
    select(
        _document.c.contact_id,
        _document.c.number,
        _document.c.side,
        _document.c.outstanding,
        _contact.c.name,
        _contact.c.tax_id,
        ibans_of(_contact).label("ibans"),
    )
    .join(_contact, _contact.c.id == _document.c.contact_id)
    .where(
        _document.c.company_id == bindparam("of_company"),
        _document.c.contact_id.in_(bindparam("contacts", expanding=True)),
        _document.c.outstanding != 0,
    )
)

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Traces:
    """What open documents of some contacts leave in bank lines: patterns of text, and amounts without sign."""

    contact_ids: frozenset[UUID]
    patterns: frozenset[str]
    amounts: frozenset[Decimal]
    line_ids: frozenset[UUID] = frozenset()

    def with_line(self, line_id: UUID) -> "Traces":
        """The same and one line, whatever stands in it."""
        return replace(self, line_ids=self.line_ids | {line_id})

    def __or__(self, other: Self) -> "Traces":
        """What either of two states of the documents leaves."""
        return Traces(
            self.contact_ids | other.contact_ids,
            self.patterns | other.patterns,
            self.amounts | other.amounts,
            self.line_ids | other.line_ids,
        )

    def concern(self, line: Any) -> Any:
        """The condition on bank lines."""
        theirs = select(_document.c.id).where(_document.c.contact_id.in_(self.contact_ids))
        return or_(
            line.c.id.in_(self.line_ids),
            line.c.proposed_document_id.in_(theirs),
            line.c.search_text.like(any_(bindparam("patterns", sorted(self.patterns), type_=ARRAY(Text)))),
            func.abs(line.c.amount)
            == any_(bindparam("amounts", sorted(self.amounts), type_=ARRAY(Numeric(14, 2)))),
            is_return(line),
        )


def is_return(line: Any) -> Any:
    """The condition on bank lines that the bank calls a return, as matching reads them."""
    words = [like_pattern(word) for word in RETURN_WORDS]
    return or_(
        line.c.concept == Concept.RETURNED.value,
        line.c.search_text.like(any_(bindparam("return_words", words, type_=ARRAY(Text)))),
    )


async def traces_of(session: AsyncSession, company_id: UUID, contact_ids: Collection[UUID | None]) -> Traces:
    """This will read what is open with some contacts now. Take it before and after a change, and join both."""
    known = frozenset(one for one in contact_ids if one is not None)
    rows = (await session.execute(_OPEN_WITH, {"of_company": company_id, "contacts": sorted(known)})).all()
    texts: set[str] = set()
    for row in rows:
        texts.update(_telling(name_stems(row.name)))
        texts.update(_DIGITS.findall(row.number or "")[-1:])
        texts.update(iban[-_IBAN_TAIL:] for iban in row.ibans)
        if row.tax_id:
            texts.add(row.tax_id)
    amounts = {abs(row.outstanding) for row in rows}
    for one in {row.contact_id for row in rows}:
        # What goes one way together: a credit note to a customer leaves the bank as a purchase does.
        ways: tuple[list[Decimal], list[Decimal]] = ([], [])
        for row in rows:
            if row.contact_id == one:
                ways[(row.side == "SALES") == (row.outstanding > 0)].append(row.outstanding)
        amounts |= {total(map(abs, way)) for way in ways if way}
    return Traces(known, frozenset(map(like_pattern, texts)), frozenset(amounts))


def _telling(stems: frozenset[str]) -> list[str]:
    """Words of which a text must have one to be similar: what is left without them is too little of the name."""
    weight = rest = sum(map(len, stems))
    chosen = []
    for stem in sorted(stems, key=lambda one: (len(one), one), reverse=True):
        if rest * 100 < NAME_PERCENT_MIN * weight:
            break
        chosen.append(stem)
        rest -= len(stem)
    return chosen
