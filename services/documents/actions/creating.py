"""Making a document and sending it to review."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act
from services.access.policy import Action
from services.documents.actions.contents import add_parts, contents_of
from services.documents.actions.each import each_of
from services.documents.actions.entered import NewDocument
from services.documents.actions.finding import found, scope_of
from services.documents.models import Document
from services.documents.rules.kinds import DocumentKind
from services.documents.rules.states import DocumentStatus, check_transition
from services.kit import clock
from services.kit.batches import Outcome
from services.kit.errors import BadInput, NotFound, RequestKeyUsed
from services.kit.ids import new_id
from services.kit.money import ZERO
from services.kit.request_keys import checked_request_key

_document: Any = Document.__table__  # type: ignore[attr-defined]

# Written once: every document runs these, and building a statement costs more than running it.
_ADD = insert(_document).returning(_document.c.id)
_ADD_ONCE = (
    insert(_document).on_conflict_do_nothing(constraint="document_once_per_request").returning(_document.c.id)
)


async def create_document(act: Act, new: NewDocument) -> UUID:
    """This will keep a document with its totals and give its id; the same request key gives the same document.

    Raises what make_document raises.
    """
    made, _ = await make_document(act, new)
    return made


async def make_document(act: Act, new: NewDocument) -> tuple[UUID, list[UUID]]:
    """This will keep a document and give its id and those of its lines, none where the request key was used before.

    Needs EDIT of SALES or PURCHASES, by its kind. Raises what contents_of raises, RequestKeyUsed, and NotFound for
    whoever writes only what is their own.
    """
    kind = DocumentKind(new.kind)
    scope = scope_of(kind)
    if act.owns_only(scope):
        # A portal contact may order from its publisher one day; the publisher's own papers are never its to write.
        raise NotFound("company", path=("companyId",))
    company_id = await act.may(new.company_id, scope, Action.EDIT, path=("companyId",))
    checked_request_key(new.request_key)
    for place, line in enumerate(new.lines):
        # Taken as it is, an id of another document would tell that it exists.
        if line.id is not None:
            raise BadInput(f"lines.{place}.id", "a line's id is one of this document, once")
    contents = await contents_of(act, company_id, new)
    row = {
        **contents.row,
        "id": new_id(),
        "company_id": company_id,
        "status": new.status,
        "outstanding": ZERO,
        "request_key": new.request_key,
        "created_by": act.viewer.id,
        "created_at": clock.now(),
    }
    adding = _ADD if new.request_key is None else _ADD_ONCE
    document_id: UUID | None = await act.session.scalar(adding, row)
    if document_id is None:
        known = select(_document.c.id, _document.c.kind).where(
            _document.c.company_id == company_id, _document.c.request_key == new.request_key
        )
        first = (await act.session.execute(known)).one()
        if first.kind != kind.value:
            raise RequestKeyUsed(path=("requestKey",))
        return first.id, []
    return document_id, await add_parts(act, company_id, document_id, contents)


async def submit_document(act: Act, document_id: UUID | str) -> UUID:
    """This will send a draft to review. Needs EDIT of its side. Raises TransitionRefused."""
    document = await found(act, document_id, Action.EDIT)
    check_transition(
        DocumentKind(document.kind), DocumentStatus(document.status), DocumentStatus.PENDING_REVIEW
    )
    document.status = DocumentStatus.PENDING_REVIEW.value
    await act.session.flush()
    return document.id


async def submit_documents(act: Act, document_ids: Sequence[UUID | str]) -> list[Outcome]:
    """This will send drafts to review, each by itself, and say what became of each, in the order asked.

    What waits for review already counts as done, so asking twice is harmless.
    """

    async def submit(act: Act, document_id: UUID) -> UUID:
        document = await found(act, document_id, Action.EDIT)
        if document.status == DocumentStatus.PENDING_REVIEW:
            return document.id
        return await submit_document(act, document_id)

    return await each_of(act, document_ids, submit)
