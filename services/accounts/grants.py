"""The grant of a client as rows: one per module scope, from the masks of the reach row."""

from typing import Any

from sqlalchemy import BigInteger, Select, String, Text, column, literal_column, select, values

from services.access.policy import Scope
from services.kit.reads import Ask, Expression, Row


def _known() -> Any:
    return values(column("scope", Text), column("bit", BigInteger), name="known").data(
        [(scope.name, scope.bit) for scope in Scope]
    )


def scope_rows(_client: Row, ask: Ask) -> Select[Any]:
    """Every scope with what the viewer may do with it in this company."""
    known = _known()

    def has(mask: Expression) -> Expression:
        return mask.op("&", return_type=BigInteger)(known.c.bit) != literal_column("0", BigInteger)

    return select(
        known.c.scope.cast(String).label("scope"),
        has(ask.reach.view).label("view"),
        has(ask.reach.edit).label("edit"),
        has(ask.reach.approve).label("approve"),
        has(ask.reach.share).label("share"),
        has(ask.reach.plan).label("in_plan"),
    ).select_from(known)


def live_until_of(_client: Row, ask: Ask) -> Expression:
    """When the grant ends."""
    return ask.reach.live_until


def granted_rows(grant: Row, _ask: Ask) -> Select[Any]:
    """Every scope that a grant names, with what it lets the firm do."""
    known = _known()

    def has(mask: Expression) -> Expression:
        return mask.op("&", return_type=BigInteger)(known.c.bit) != literal_column("0", BigInteger)

    return (
        select(
            known.c.scope.cast(String).label("scope"),
            has(grant.c.can_view).label("view"),
            has(grant.c.can_edit).label("edit"),
            has(grant.c.can_approve).label("approve"),
            has(grant.c.can_share).label("share"),
        )
        .select_from(known)
        .where(has(grant.c.can_view))
    )
