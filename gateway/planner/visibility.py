"""Which rows and values a viewer may see, as SQL over its reach row. The role has been decided before."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    DateTime,
    FromClause,
    Integer,
    Uuid,
    and_,
    case,
    false,
    func,
    literal_column,
    null,
    or_,
    true,
)
from sqlalchemy.dialects.postgresql import JSON

from services.access.guard import Guard
from services.access.policy import EVERY_SCOPE_MASK, FIRM_HELD_MASK, Action, Role, Scope, role_allows
from services.kit import reads

REACH_NAMES = ("company", "contact", "contacts", "view", "edit", "approve", "share", "plan", "live_until")


def reach_columns(reach: FromClause) -> reads.ReachColumns:
    """The columns of a `reach` table or alias."""
    return reads.ReachColumns(
        company=reach.c.company_id,
        contact=reach.c.contact_id,
        contacts=reach.c.contact_ids,
        view=reach.c.view_mask,
        edit=reach.c.edit_mask,
        approve=reach.c.approve_mask,
        share=reach.c.share_mask,
        plan=reach.c.plan_mask,
        live_until=reach.c.live_until,
    )


def no_reach() -> reads.ReachColumns:
    """For rows that belong to no company: a reach that allows nothing."""
    nobody = null().cast(Uuid)
    nothing = literal_column("0", BigInteger)
    return reads.ReachColumns(
        company=nobody,
        contact=nobody,
        contacts=null().cast(ARRAY(Uuid)),
        view=nothing,
        edit=nothing,
        approve=nothing,
        share=nothing,
        plan=nothing,
        live_until=null().cast(DateTime(timezone=True)),
    )


def _mask(guard: Guard, reach: reads.ReachColumns) -> ColumnElement[Any]:
    return {
        Action.VIEW: reach.view,
        Action.EDIT: reach.edit,
        Action.APPROVE: reach.approve,
        Action.SHARE: reach.share,
    }[guard.action]


def _has(mask: ColumnElement[Any], bit: int) -> ColumnElement[Any]:
    return mask.op("&", return_type=BigInteger)(literal_column(str(bit), BigInteger)) != literal_column(
        "0", BigInteger
    )


def has_books(reach: reads.ReachColumns) -> ColumnElement[Any]:
    """Whether the company granted any module of its books at all."""
    return _has(reach.view, EVERY_SCOPE_MASK & ~FIRM_HELD_MASK)


def _live(guard: Guard, ask: reads.Ask) -> ColumnElement[Any]:
    """A grant ends at `live_until`; what the collaboration alone gives does not end with it."""
    if guard.scope is None or guard.scope.bit & FIRM_HELD_MASK:
        return true()
    return or_(ask.reach.live_until.is_(None), ask.reach.live_until > ask.now)


def granted(guard: Guard, ask: reads.Ask) -> ColumnElement[Any]:
    """Whether the company of the row gave the viewer what the guard asks for."""
    if guard.scope is None:
        return true()
    return and_(_has(_mask(guard, ask.reach), guard.scope.bit), _live(guard, ask))


def subject_granted(scope: ColumnElement[Any], role: Role | None, ask: reads.Ask) -> ColumnElement[Any]:
    """Whether the viewer may see what a row is about: `scope` is the column with the scope's bit."""
    seen = sum(item.bit for item in Scope if role is not None and role_allows(role, item, Action.VIEW))
    wanted = literal_column("1", BigInteger).op("<<", return_type=BigInteger)(scope)
    mask = ask.reach.view.op("&", return_type=BigInteger)(literal_column(str(seen), BigInteger))
    return and_(
        mask.op("&", return_type=BigInteger)(wanted) != literal_column("0", BigInteger),
        or_(
            wanted <= literal_column(str(FIRM_HELD_MASK), BigInteger),
            ask.reach.live_until.is_(None),
            ask.reach.live_until > ask.now,
        ),
    )


def mark(guard: Guard, ask: reads.Ask, place: int) -> ColumnElement[Any]:
    """What stands in place of a value that the company of the reach row did not grant: which layer refused it.

    `place` is that of its path in `Plan.refusable`.
    """
    assert guard.scope is not None
    layer = case(
        (~_has(ask.reach.plan, guard.scope.bit), literal_column("'PLAN'")),
        (~_live(guard, ask), literal_column("'STATE'")),
        else_=literal_column("'SCOPE'"),
    )
    return func.json_build_object(
        literal_column("'#denied'"),
        literal_column(f"'{guard.scope.name}'"),
        literal_column("'action'"),
        literal_column(f"'{guard.action.value}'"),
        literal_column("'by'"),
        layer,
        literal_column("'at'"),
        literal_column(str(place), Integer),
        literal_column("'company'"),
        ask.reach.company,
        type_=JSON,
    )


def marked(value: ColumnElement[Any], guard: Guard, ask: reads.Ask, place: int) -> ColumnElement[Any]:
    """The value where the company granted it, else a mark that says which layer refused and in which company."""
    return case((granted(guard, ask), func.to_json(value)), else_=mark(guard, ask, place))


def row_rule(
    source: reads.Source, rule: str | None, row: FromClause, ask: reads.Ask
) -> ColumnElement[Any] | None:
    """The condition that portal contacts and `own` roles add to a source; false where the source has no such rule."""
    if rule is None:
        return None
    declared = source.portal if rule == "portal" else source.own
    return declared(row, ask) if declared is not None else false()
