"""Where the fields of client accounts come from."""

from typing import Any

from sqlalchemy import and_, exists, func, select

from services.access.interface import colleague_table, grant_table
from services.access.policy import FIRM_ROLES
from services.accounts.models import ClientAssignment, Collaboration, Company
from services.audit.interface import last_line_at
from services.kit.db import table_of
from services.kit.errors import BadInput
from services.kit.reads import Ask, Expression, Filter, Join, Listing, Row, Sort, Source
from services.kit.search import like_pattern

_company = table_of(Company)
_assignment = table_of(ClientAssignment)
_collaboration = table_of(Collaboration)
_colleague = colleague_table()
_grant = grant_table()

COMPANY = Source(_company, company="id", where=lambda row: row.c.kind == "CLIENT")
"""Client companies within reach: of the firm's active collaborations, or the viewer's own."""


def _managers() -> Any:
    # Looked up per assignment: a company has two or three, and a join would be planned for all people of the firm.
    def of_person(column: Any) -> Any:
        found = select(column).where(_colleague.c.id == _assignment.c.membership_id)
        return found.correlate(_assignment).scalar_subquery().label(column.name)

    return select(
        _assignment.c.id,
        _assignment.c.company_id,
        _assignment.c.membership_id,
        _assignment.c.kind,
        of_person(_colleague.c.name),
        of_person(_colleague.c.email),
    )


MANAGER = Source(_managers().subquery())

MANAGERS_OF = Join(
    lambda client, manager: manager.c.company_id == client.c.id,
    order=lambda manager: (manager.c.kind.desc(), manager.c.name, manager.c.id),
    cap=100,
    expected=2,
)


def is_assigned(row: Row, ask: Ask) -> Expression:
    """Whether the viewer is assigned to the client."""
    return exists(
        select(_assignment.c.id).where(
            and_(_assignment.c.company_id == row.c.id, _assignment.c.membership_id == ask.viewer)
        )
    )


def has_no_assignment(row: Row, _ask: Ask) -> Expression:
    """Whether nobody is assigned to the client."""
    return ~exists(select(_assignment.c.id).where(_assignment.c.company_id == row.c.id))


def last_activity(row: Row, ask: Ask) -> Expression:
    """When something happened last at the client, of what the viewer reads in its change log."""
    return last_line_at(row.c.id, ask)


IDLE_DAYS_MAX = 3650


def _idle_days(days: int) -> int:
    if not 0 <= days <= IDLE_DAYS_MAX:
        raise BadInput("filter.idleDays", "give 0 to {most} days", most=IDLE_DAYS_MAX)
    return days


def _idle(row: Row, days: Any, ask: Ask) -> Expression:
    last = func.coalesce(last_activity(row, ask), row.c.created_at)
    return last < ask.now - func.make_interval(0, 0, 0, days)


def _tab(row: Row, value: str, ask: Ask) -> Expression | None:
    return is_assigned(row, ask) if value == "MY_CLIENTS" else None


CLIENTS = Listing(
    filters={
        "tab": Filter(_tab, reads=("id",), flag=True),
        "filter.search": Filter(
            lambda row, value, ask: row.c.search_text.like(value),
            reads=("name", "taxId"),
            prepare=like_pattern,
        ),
        "filter.idleDays": Filter(_idle, reads=("lastActivityAt",), prepare=_idle_days),
        "filter.unassigned": Filter(
            lambda row, value, ask: has_no_assignment(row, ask) if value else None,
            reads=("managers",),
            flag=True,
        ),
    },
    sorts={
        "NAME_ASC": Sort(lambda row: row.c.sort_name.collate("C"), reads="name"),
        "NAME_DESC": Sort(lambda row: row.c.sort_name.collate("C"), reads="name", descending=True),
        "CREATED_ASC": Sort(lambda row: row.c.created_at, reads="createdAt"),
        "CREATED_DESC": Sort(lambda row: row.c.created_at, reads="createdAt", descending=True),
    },
)


def _colleagues() -> Any:
    return select(_colleague).where(
        _colleague.c.role.in_(sorted(role.value for role in FIRM_ROLES)), _colleague.c.state == "ACTIVE"
    )


COLLEAGUE = Source(_colleagues().subquery())

COLLEAGUES = Listing(
    filters={"role": Filter(lambda row, value, ask: row.c.role == value, reads=("role",), flag=True)},
    first_max=500,
)


def _firm_grants() -> Any:
    firm = _company.alias("firm")
    return select(_grant, firm.c.name.label("firm_name")).select_from(
        _grant.join(firm, firm.c.id == _grant.c.firm_id)
    )


FIRM_GRANT = Source(_firm_grants().subquery())

FIRM_GRANTS = Listing(
    filters={"companyId": Filter(lambda row, value, ask: row.c.company_id == value, reads=("companyId",))}
)
