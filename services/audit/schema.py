"""The change log in GraphQL."""

from enum import Enum
from typing import Any

import strawberry

from services.access.guard import Guard, column, connection, node, python
from services.access.interface import RequestContext
from services.access.policy import Role, Scope
from services.audit import queries, rules
from services.audit.rules import AuditSubject
from services.kit.pages import Connection
from services.kit.scalars import Date, DateTime

VIEW = Guard(Scope.AUDIT)

strawberry.enum(
    AuditSubject,
    description="What a line is about: a firm's grant, a collaboration, who of the firm works here, a member of a firm"
    " or client, a contact's portal access, a partner app; a lock, a year, a document, an entry, a tax return; a"
    " contact, an import, settings.",
)


@node(None, VIEW)
class AuditChange:
    """One value before and after, in the viewer's language."""

    label: str = strawberry.field(description="What it is.")
    before: str | None = strawberry.field(description="What it was; null for nothing.")
    after: str | None = strawberry.field(description="What it is since; null for nothing.")


def _sentence(context: RequestContext, about: str, act: str, who: str, *subject: str) -> str:
    kind, name = subject
    return rules.sentence_of(context.translate, about, act, who=who, subject_kind=kind, subject_name=name)


def _changes(context: RequestContext, changes: dict[str, list[Any]]) -> list[AuditChange]:
    return [
        AuditChange(label=one.label, before=one.before, after=one.after)
        for one in rules.changes_of(context.translate, context.zone, changes)
    ]


def _changes_text(context: RequestContext, changes: dict[str, list[Any]]) -> str:
    return "; ".join(str(one) for one in rules.changes_of(context.translate, context.zone, changes))


@node(queries.EVENT, VIEW)
class AuditEvent:
    """One line of a company's change log, never changed or deleted.

    Seen by who may see the log and the module that the line is about; bookkeepers, employees and portal contacts see
    what they did themselves.
    """

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company whose log this is.")
    at: DateTime = column("When it happened.")
    about: AuditSubject = column("What it is about.")
    act: str = column("What was done: GRANTED, NARROWED, ENDED, MOVED, APPROVED, POSTED and the like.")
    actor_id: strawberry.ID | None = column("Who did it: a membership or an app; null for the program.")
    actor_name: str = column("Name of who did it, as it was then; empty for the program's own work.")
    actor_role: Role | None = column("In which role.")
    subject_id: strawberry.ID | None = column("The thing: a document, an entry, a contact, a member.")
    subject_kind: str = column("What kind of thing, such as SALES_INVOICE or LOCK_TAX; may be empty.")
    subject_name: str = column("Its number or name, as it was then.")
    reason: str = column("The reason that was given; may be empty.")
    sentence: str = python(
        ("about", "act", "actor_name", "subject_kind", "subject_name"),
        _sentence,
        "All of it as one sentence in the viewer's language.",
    )
    changes: list[AuditChange] = python(("changes",), _changes, "What was changed, value by value.")
    changes_text: str = python(("changes",), _changes_text, "The same on one line; empty for none.")


@strawberry.enum(description="Order of the change log.")
class AuditOrder(Enum):
    AT_DESC = "AT_DESC"
    AT_ASC = "AT_ASC"


@strawberry.input(description="Which lines a log holds; conditions are joined by AND.")
class AuditFilter:
    about: AuditSubject | None = strawberry.field(default=None, description="Only lines about this.")
    actor_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only what this member or app did."
    )
    subject_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only what happened to this document, entry, contact or member."
    )
    from_: Date | None = strawberry.field(default=None, name="from", description="First day, included.")
    to: Date | None = strawberry.field(default=None, description="Last day, included.")


@strawberry.type
class Query:
    @connection(queries.EVENTS)
    def audit_events(
        self,
        company_id: strawberry.ID,
        filter: AuditFilter | None = None,
        order_by: AuditOrder = AuditOrder.AT_DESC,
        first: int = 50,
        after: str | None = None,
    ) -> Connection[AuditEvent] | None:
        """The change log of one company. At most 200 a page."""
