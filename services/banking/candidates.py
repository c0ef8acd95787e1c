"""Documents for one bank line: what the program finds, and what a person looks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.access.interface import Act, RequestContext
from services.access.policy import Action, Scope
from services.banking.actions.proposals import Documents, candidates_for, direction_of, stored_reasons
from services.banking.models import BankLine
from services.banking.rules.candidates import Candidate
from services.documents.interface import OpenDocument
from services.kit.errors import Denied, NotFound
from services.kit.search import search_text

SHOWN_MAX = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCandidate:
    """A document for a line; `reasons` as they are stored, `certainty` 0 where only the search found it.

    `outstanding` and `amount` are in the document's currency, without sign; `paid` is what that is of the line, in the
    line's. With `gives_back` the document is paid, and `outstanding` is what was paid of it. With a `difference` the
    document is taken whole and closed with it.
    """

    document_id: UUID
    document_type: str
    number: str | None
    contact_name: str | None
    issued_on: date
    due_on: date | None
    currency: str
    outstanding: Decimal
    amount: Decimal
    paid: Decimal
    direction: str
    gives_back: bool
    certainty: int
    reasons: Sequence[dict[str, Any]]
    difference: str | None = None

    def fields(self) -> dict[str, Any]:
        """The values by name, the id as text."""
        return {name: getattr(self, name) for name in self.__slots__} | {"document_id": str(self.document_id)}


async def match_candidates(
    context: RequestContext, line_id: UUID | str, search: str | None
) -> list[FoundCandidate] | None:
    """This will give candidates for a line, the most certain first, each document once; None outside reach.

    Only documents of the sides (SALES, PURCHASES) that are granted. A document that the program proposes only together
    with others has the amount it has in that sum.
    """
    wanted = search_text(search) if search and search.strip() else None
    async with context.database.read(context.viewer.id) as session:
        act = Act(session, context.viewer)
        try:
            line = await act.find(BankLine, line_id, Scope.BANKING, Action.VIEW, what="bank line", lock=False)
        except (NotFound, Denied):
            return None
        sides = [side.name for side in (Scope.SALES, Scope.PURCHASES) if await _may_view(act, line, side)]
        if not sides:
            return []
        proposed, documents = await candidates_for(session, line, sides, with_paid=wanted is not None)
    found = _proposed(line, proposed, documents)
    if wanted is not None:
        found = _searched(line, documents, found, wanted)
    ranked = sorted(found.values(), key=lambda one: (-one.certainty, one.due_on or one.issued_on))
    return ranked[:SHOWN_MAX]


async def _may_view(act: Act, line: BankLine, side: Scope) -> bool:
    try:
        await act.may(line.company_id, side, Action.VIEW)
    except (NotFound, Denied):
        return False
    return True


_Key = tuple[UUID, bool]
"""A document, and whether its money would go back."""


def _proposed(
    line: BankLine, proposed: Sequence[Candidate], documents: Documents
) -> dict[_Key, FoundCandidate]:
    found: dict[_Key, FoundCandidate] = {}
    for candidate in proposed:
        known = documents.paid if candidate.gives_back else documents.open
        reasons = stored_reasons(candidate)
        for document_id, amount in zip(candidate.document_ids, candidate.amounts, strict=True):
            key = (document_id, candidate.gives_back)
            if key not in found:
                found[key] = _found(
                    line,
                    known[document_id],
                    amount,
                    gives_back=candidate.gives_back,
                    certainty=candidate.certainty,
                    reasons=reasons,
                    difference=candidate.difference,
                )
    return found


def _searched(
    line: BankLine, documents: Documents, found: dict[_Key, FoundCandidate], wanted: str
) -> dict[_Key, FoundCandidate]:
    """What has the text; of paid documents only those whose money could go back with this line."""
    left = abs(line.amount) - line.settled_amount
    named: dict[_Key, FoundCandidate] = {}
    for known, gives_back in ((documents.open, False), (documents.paid, True)):
        for document in known.values():
            direction = direction_of(document, gives_back=gives_back)
            is_with_line = (direction.value == "IN") == (line.amount > 0)
            if wanted not in _text_of(document) or (gives_back and not is_with_line):
                continue
            size = abs(document.outstanding)
            amount = min(size, left) if document.currency == line.currency and is_with_line else size
            key = (document.document_id, gives_back)
            named[key] = found.get(key) or _found(line, document, amount, gives_back=gives_back)
    return named


def _text_of(document: OpenDocument) -> str:
    amount = f"{abs(document.outstanding)}"
    return search_text(document.number, document.contact_name, amount, amount.replace(".", ","))


def _found(
    line: BankLine,
    document: OpenDocument,
    amount: Decimal,
    *,
    gives_back: bool,
    certainty: int = 0,
    reasons: Sequence[dict[str, Any]] = (),
    difference: str | None = None,
) -> FoundCandidate:
    left = abs(line.amount) - line.settled_amount
    return FoundCandidate(
        document_id=document.document_id,
        document_type=document.kind,
        number=document.number,
        contact_name=document.contact_name,
        issued_on=document.issued_on,
        due_on=document.due_on,
        currency=document.currency,
        outstanding=abs(document.outstanding),
        amount=amount,
        paid=amount if document.currency == line.currency else left,
        direction=direction_of(document, gives_back=gives_back).value,
        gives_back=gives_back,
        certainty=certainty,
        reasons=reasons,
        difference=difference,
    )
