"""A mutation's transaction with the one question every write asks: may this viewer do this here?"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.access.models import Reach
from services.access.policy import FIRM_HELD_MASK, Action, Scope, ceiling, role_allows
from services.access.viewer import Viewer
from services.kit import clock
from services.kit.db import Database, table_of
from services.kit.errors import Denied, NotFound

Record = TypeVar("Record")

_reach = table_of(Reach)
_MASKS = {
    Action.VIEW: _reach.c.view_mask,
    Action.EDIT: _reach.c.edit_mask,
    Action.APPROVE: _reach.c.approve_mask,
    Action.SHARE: _reach.c.share_mask,
}
# Written once: every act asks, and building a statement costs more than running it.
_REACHED = {
    action: select(
        _reach.c.contact_id,
        mask.label("mask"),
        _reach.c.view_mask,
        _reach.c.plan_mask,
        _reach.c.live_until,
    ).where(
        _reach.c.viewer_id == bindparam("of_viewer"),
        _reach.c.company_id == bindparam("of_company"),
    )
    for action, mask in _MASKS.items()
}


@dataclass(frozen=True, slots=True)
class Act:
    """One act of one viewer: its transaction, and what it may do there. Actions take it first and never commit."""

    session: AsyncSession
    viewer: Viewer

    async def may(
        self,
        company_id: UUID | str,
        scope: Scope,
        action: Action,
        *,
        what: str = "company",
        path: tuple[str, ...] = (),
    ) -> UUID:
        """This will give the company's id if the viewer may take `action` on `scope` there. One statement.

        Raises NotFound where the viewer does not reach the company (or the id is none), Denied with the layer where
        it reaches the company but not this.
        """
        found = await self._reached(as_id(company_id, what, path), scope, action, path)
        if found is None:
            raise NotFound(what, path=path)
        return found

    async def find(
        self,
        model: type[Record],
        record_id: UUID | str,
        scope: Scope,
        action: Action,
        *,
        what: str,
        path: tuple[str, ...] = (),
        lock: bool = True,
    ) -> Record:
        """This will give a company-owned record, locked for the transaction, if the viewer may act on it.

        Raises NotFound for a foreign or unknown id, Denied with the layer for one that is seen but not to be touched.
        """
        table: Any = model
        query = select(table).where(table.id == as_id(record_id, what, path))
        if lock:
            query = query.with_for_update()
        record = await self.session.scalar(query)
        if record is None or await self._reached(record.company_id, scope, action, path) is None:
            raise NotFound(what, path=path)
        return record  # type: ignore[no-any-return]

    async def _reached(
        self, company_id: UUID, scope: Scope, action: Action, path: tuple[str, ...]
    ) -> UUID | None:
        row = (
            await self.session.execute(
                _REACHED[action], {"of_viewer": self.viewer.id, "of_company": company_id}
            )
        ).one_or_none()
        if row is None:
            return None
        layer = None
        if not role_allows(self.viewer.role, scope, action):
            layer = "ROLE"
        elif not row.plan_mask & scope.bit:
            layer = "PLAN"
        elif not scope.bit & FIRM_HELD_MASK and row.live_until is not None and row.live_until <= clock.now():
            layer = "STATE"
        elif not row.mask & scope.bit:
            layer = "SCOPE"
        if layer is not None:
            if row.contact_id is not None:
                # A portal contact learns nothing about what the publisher could have shared.
                return None
            raise Denied(layer=layer, scope=scope.name, action=action.name, path=path)
        return company_id

    def owns_only(self, scope: Scope) -> bool:
        """Whether the viewer's role may act only on rows of its own under this scope."""
        found = ceiling(self.viewer.role, scope)
        return found is not None and found.own


def as_id(value: UUID | str, what: str, path: tuple[str, ...]) -> UUID:
    """This will read an id; text that is none answers like an id that never existed."""
    if isinstance(value, UUID):
        return value
    try:
        return UUID(value)
    except ValueError as error:
        raise NotFound(what, path=path) from error


@asynccontextmanager
async def acting(database: Database, viewer: Viewer) -> AsyncIterator[Act]:
    """This will open the one transaction of an act; it commits at the end of the block."""
    async with database.write(viewer.id) as session:
        yield Act(session, viewer)
