"""The grant of a client as rows: one per module scope, from the masks of the reach row and the policy."""

from typing import Any

from sqlalchemy import BigInteger, Select, String, Text, column, literal_column, select, values

from services.access.policy import Action, Role, Scope, role_allows
from services.kit.reads import Ask, Expression, Row


def _known() -> Any:
    return values(column("scope", Text), column("bit", BigInteger), name="known").data(
        [(scope.name, scope.bit) for scope in Scope]
    )


def _within(role: str | None) -> Any:
    """Every scope with one column per action: its bit if `role` may ever do that, else nothing."""
    acts = [column(action.name.lower(), BigInteger) for action in Action]
    return values(column("scope", Text), column("bit", BigInteger), *acts, name="known").data(
        [(scope.name, scope.bit, *(_bit(role, scope, action) for action in Action)) for scope in Scope]
    )


def _bit(role: str | None, scope: Scope, action: Action) -> int:
    return scope.bit if role is not None and role_allows(Role(role), scope, action) else 0


def scope_rows(_client: Row, ask: Ask) -> Select[Any]:
    """Every scope with what the viewer may do with it in this company: what was granted, within the role's ceiling."""
    known = _within(ask.role)

    def has(mask: Expression, bit: Expression) -> Expression:
        return mask.op("&", return_type=BigInteger)(bit) != literal_column("0", BigInteger)

    return select(
        known.c.scope.cast(String).label("scope"),
        has(ask.reach.view, known.c.view).label("view"),
        has(ask.reach.edit, known.c.edit).label("edit"),
        has(ask.reach.approve, known.c.approve).label("approve"),
        has(ask.reach.share, known.c.share).label("share"),
        has(ask.reach.plan, known.c.bit).label("in_plan"),
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
