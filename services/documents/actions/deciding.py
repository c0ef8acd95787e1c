"""What becomes of an approved document that is not posted: an estimate is answered, anything else may be cancelled."""

from datetime import date
from uuid import UUID

from sqlalchemy import Uuid, literal, select

from services.access.interface import Act, as_id
from services.access.policy import Action, Role, Scope
from services.contacts.interface import named_as
from services.documents.actions.finding import found
from services.documents.actions.links import went_on
from services.documents.actions.refusals import AlreadyDecided, EstimateExpired, WentOn
from services.documents.models import Document
from services.documents.queries import shown_to_contact
from services.documents.rules.kinds import DocumentKind
from services.documents.rules.states import DocumentStatus, TransitionRefused, check_transition
from services.kit import clock
from services.kit.db import table_of
from services.kit.errors import BadInput, NotFound

NAME_LENGTH_MAX = 120
REASON_LENGTH_MAX = 500

_document = table_of(Document)


async def decide_estimate(
    act: Act, document_id: UUID | str, *, accepted: bool, name: str, reason: str | None = None
) -> UUID:
    """This will note that the customer accepted or rejected an estimate: who (`name`), when, and why.

    For people of the company and its firm; needs EDIT of SALES. Raises AlreadyDecided, EstimateExpired,
    TransitionRefused and BadInput.
    """
    document = await found(act, document_id, Action.EDIT)
    return await _decide(act, document, accepted=accepted, name=name, reason=reason)


async def decide_own_estimate(
    act: Act, document_id: UUID | str, *, accepted: bool, name: str, reason: str | None = None
) -> UUID:
    """The same for the contact that an estimate is made out to, as far as it sees it. Raises NotFound for any other."""
    path = ("id",)
    viewer = act.viewer
    if viewer.role is not Role.PORTAL_CONTACT:
        raise NotFound("document", path=path)
    document: Document | None = await act.session.scalar(
        select(Document)
        .where(
            _document.c.id == as_id(document_id, "document", path),
            named_as(_document.c.contact_id, literal(viewer.contact_id, Uuid)),
            _document.c.kind == DocumentKind.ESTIMATE.value,
            shown_to_contact(_document),
        )
        .with_for_update()
    )
    if document is None:
        raise NotFound("document", path=path)
    await act.may(document.company_id, Scope.SALES, Action.VIEW, what="document", path=path)
    return await _decide(act, document, accepted=accepted, name=name, reason=reason)


async def cancel_document(act: Act, document_id: UUID | str) -> UUID:
    """This will cancel a draft, or an approved document that is not posted; what it took is left again.

    Needs EDIT of its side, APPROVE once it was approved. Raises TransitionRefused, and WentOn for one that later
    documents were made of.
    """
    document = await found(act, document_id, Action.EDIT)
    if document.approved_at is not None:
        await act.may(document.company_id, Scope[document.side], Action.APPROVE, path=("id",))
    check_transition(DocumentKind(document.kind), DocumentStatus(document.status), DocumentStatus.CANCELLED)
    if await went_on(act, document.id):
        raise WentOn(number=document.number or "")
    document.status = DocumentStatus.CANCELLED.value
    await act.session.flush()
    return document.id


def has_expired(document: Document, today: date) -> bool:
    """Whether an estimate's last day is over and nobody answered. The lists read it the same way."""
    return (
        document.kind == DocumentKind.ESTIMATE
        and document.status == DocumentStatus.APPROVED
        and document.due_on is not None
        and document.due_on < today
    )


async def _decide(act: Act, document: Document, *, accepted: bool, name: str, reason: str | None) -> UUID:
    who = name.strip()
    if not 1 <= len(who) <= NAME_LENGTH_MAX:
        raise BadInput("name", "say who decided, in 1 to {most} signs", most=NAME_LENGTH_MAX)
    if len(reason or "") > REASON_LENGTH_MAX:
        raise BadInput("reason", "give at most {most} signs", most=REASON_LENGTH_MAX)
    wanted = DocumentStatus.ACCEPTED if accepted else DocumentStatus.REJECTED
    if document.kind != DocumentKind.ESTIMATE:
        raise TransitionRefused(status=document.status, wanted=wanted)
    if document.decided_at is not None:
        raise AlreadyDecided(decided_by=document.decided_by, day=document.decided_at.date())
    if has_expired(document, clock.today()):
        raise EstimateExpired(day=document.due_on)
    check_transition(DocumentKind.ESTIMATE, DocumentStatus(document.status), wanted)
    document.status = wanted.value
    document.decided_at = clock.now()
    document.decided_by = who
    document.decision_reason = (reason or "").strip() or None
    await act.session.flush()
    return document.id
