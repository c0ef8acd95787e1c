"""Open documents for one bank line: what the program finds, and what a person looks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.access.interface import Act, RequestContext
from services.access.policy import Action, Scope
from services.banking.actions.proposals import candidates_for, stored_reasons
from services.banking.models import BankLine
from services.documents.interface import OpenDocument
from services.kit.errors import Denied, NotFound
from services.kit.money import ZERO
from services.kit.search import search_text

SHOWN_MAX = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCandidate:
    """An open document for a line; `reasons` as they are stored, `certainty` 0 where only the search found it."""

    document_id: UUID
    document_type: str
    number: str | None
    contact_name: str | None
    issued_on: date
    due_on: date | None
    currency: str
    outstanding: Decimal
    amount: Decimal
    certainty: int
    reasons: Sequence[dict[str, Any]]

    def fields(self) -> dict[str, Any]:
        """The values by name, the id as text."""
        return {name: getattr(self, name) for name in self.__slots__} | {"document_id": str(self.document_id)}


async def match_candidates(
    context: RequestContext, line_id: UUID | str, search: str | None
) -> list[FoundCandidate] | None:
    """This will give candidates for a line, the most certain first, each document once; None outside reach.

    Nothing where the side of the documents (SALES for money in, PURCHASES for money out) is not granted. A document
    that the program proposes only together with others has the amount it has in that sum.
    """
    async with context.database.read(context.viewer.id) as session:
        act = Act(session, context.viewer)
        try:
            line = await act.find(BankLine, line_id, Scope.BANKING, Action.VIEW, what="bank line", lock=False)
        except (NotFound, Denied):
            return None
        side = Scope.SALES if line.amount > ZERO else Scope.PURCHASES
        try:
            await act.may(line.company_id, side, Action.VIEW)
        except (NotFound, Denied):
            return []
        proposed, documents = await candidates_for(session, line)
    left = abs(line.amount) - line.settled_amount
    found: dict[UUID, FoundCandidate] = {}
    for candidate in proposed:
        reasons = stored_reasons(candidate)
        for document_id, amount in zip(candidate.document_ids, candidate.amounts, strict=True):
            if document_id not in found:
                found[document_id] = _found(documents[document_id], amount, candidate.certainty, reasons)
    if search and search.strip():
        wanted = search_text(search)
        named = [document for document in documents.values() if wanted in _searched(document)]
        found = {
            document.document_id: found.get(document.document_id)
            or _found(document, min(document.outstanding, left), 0, [])
            for document in named
        }
    ranked = sorted(found.values(), key=lambda one: (-one.certainty, one.due_on or one.issued_on))
    return ranked[:SHOWN_MAX]


def _searched(document: OpenDocument) -> str:
    amount = f"{document.outstanding}"
    return search_text(document.number, document.contact_name, amount, amount.replace(".", ","))


def _found(
    document: OpenDocument, amount: Decimal, certainty: int, reasons: Sequence[dict[str, Any]]
) -> FoundCandidate:
    return FoundCandidate(
        document_id=document.document_id,
        document_type=document.kind,
        number=document.number,
        contact_name=document.contact_name,
        issued_on=document.issued_on,
        due_on=document.due_on,
        currency=document.currency,
        outstanding=document.outstanding,
        amount=amount,
        certainty=certainty,
        reasons=reasons,
    )
