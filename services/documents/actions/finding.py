"""Finding the document that an act is about, locked, for whoever may."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from services.access.interface import Act, as_id
from services.access.policy import Action, Scope
from services.documents.models import Document
from services.documents.rules.kinds import SALES_KINDS, DocumentKind
from services.kit.errors import NotFound

_document: Any = Document.__table__  # type: ignore[attr-defined]

# Written once: every act runs it, and building a statement costs more than running it.
_LOCKED = select(Document).where(_document.c.id == bindparam("of_document")).with_for_update()


async def found(
    act: Act, document_id: UUID | str, action: Action, *, path: tuple[str, ...] = ("id",)
) -> Document:
    """This will give a document, locked, if the viewer may take `action` on its side. Raises NotFound, Denied."""
    wanted = as_id(document_id, "document", path)
    document: Document | None = await act.session.scalar(_LOCKED, {"of_document": wanted})
    if document is None:
        raise NotFound("document", path=path)
    scope = Scope[document.side]
    await act.may(document.company_id, scope, action, what="document", path=path)
    if act.owns_only(scope):
        # A portal contact may order from its publisher one day; the publisher's own papers are never its to write.
        raise NotFound("document", path=path)
    return document


def scope_of(kind: DocumentKind) -> Scope:
    """The module scope that a kind belongs to; its name is the document's side."""
    return Scope.SALES if kind in SALES_KINDS else Scope.PURCHASES
