"""What the issuer of a document learns of its contact: who looked at it when, and what was said about it."""

from enum import Enum

import strawberry

from services.access.guard import Guard, column, expr, extends, many, node, one
from services.access.policy import Role, Scope
from services.kit.scalars import DateTime
from services.portal import queries

MESSAGES = Guard(Scope.MESSAGES)
VIEWS = Guard(Scope.SALES, roles=frozenset(Role) - {Role.PORTAL_CONTACT})


@node(queries.MESSAGE, MESSAGES)
class Message:
    """A comment on a document, by the issuer's side or by the contact."""

    id: strawberry.ID = column("Stable identifier.")
    text: str = column("What was written, 1 to 4000 signs; plain text with line breaks.")
    author_name: str = column("Who wrote it, as known then.")
    by_issuer: bool = column("Whether the issuer's side wrote it.")
    created_at: DateTime = column("When it was written.")


@extends("SalesDocument")
class DocumentMessages:
    messages: list[Message] | None = many(
        queries.MESSAGES_OF, "Comments of both sides, oldest first; at most 500."
    )
    last_message: Message | None = one(queries.LAST_MESSAGE_OF, "The newest comment.")


@strawberry.enum(description="What a contact did with a document.")
class DocumentViewAct(Enum):
    OPENED = "OPENED"
    DOWNLOADED = "DOWNLOADED"


@node(queries.DOCUMENT_VIEW, VIEWS)
class DocumentView:
    """A contact looked at a document in the portal, or finished downloading it.

    Staff and aborted downloads leave none.
    """

    id: strawberry.ID = column("Stable identifier.")
    act: DocumentViewAct = column("What it did.")
    at: DateTime = column("When.")
    viewer_name: str | None = expr(queries.name_of_viewer, "Who it was.")
    is_current: bool = expr(
        queries.is_current_view,
        "Whether the document still says what was seen; false once it was corrected after that.",
        nullable=False,
    )


@extends("SalesDocument")
class DocumentViews:
    views: list[DocumentView] | None = many(
        queries.VIEWS_OF, "Every time the contact looked at it, the newest first; at most 200.", guard=VIEWS
    )
