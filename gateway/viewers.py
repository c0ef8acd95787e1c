"""From a cookie or token to who asks, without trusting memory.

What is remembered of a session only chooses the plan. The statement that reads data asks the database again, before
anything else, whether the session, the membership and the role are still what they were; if not, nothing is read.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from services.access.interface import Viewer, secret_hash
from services.access.policy import Role
from services.kit import clock
from services.kit.db import Database
from services.kit.errors import Unauthenticated

REMEMBERED_MAX = 10_000
IDLE = timedelta(minutes=45)
TOUCHED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Known:
    """A viewer behind a secret, until when its session may idle, and what names it to the walls."""

    viewer: Viewer
    hash: str
    idle_until: datetime
    viewer_pass: str


class Viewers:
    """Finds and re-checks viewers."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: OrderedDict[str, Known] = OrderedDict()

    def remembered(self, secret: str) -> Known | None:
        """Who held a secret minutes ago; None where the database has to be asked."""
        known = self._known.get(secret_hash(secret))
        fresh = known is not None and known.idle_until - clock.now() > IDLE - TOUCHED_EVERY
        return known if fresh else None

    async def find(self, secret: str) -> Known | None:
        """This will give who holds the secret of a session or token; None if nobody does (any more)."""
        return self.remembered(secret) or await self._look_up(secret_hash(secret), clock.now())

    async def again(self, known: Known) -> Known | None:
        """This will look a viewer up afresh after a transaction found it changed."""
        return await self._look_up(known.hash, clock.now())

    def forget(self, known: Known) -> None:
        """This will have the next request of a session look it up."""
        self._known.pop(known.hash, None)

    async def _look_up(self, hashed: str, now: datetime) -> Known | None:
        self._known.pop(hashed, None)
        async with self._database.pool.acquire() as connection:
            row = await connection.fetchrow("select * from find_viewer($1, $2)", hashed, now)
        if row is None:
            return None
        idle_until = row["idle_until"]
        if row["surface"] == "partner":
            idle_until = now + IDLE
        elif idle_until - now < IDLE - TOUCHED_EVERY:
            idle_until = now + IDLE
            await self._touch(row["person_id"], hashed, idle_until, now)
        seals = await self._database.seals()
        known = Known(_viewer(row), hashed, idle_until, seals.viewer_pass(row["viewer_id"]))
        self._known[hashed] = known
        while len(self._known) > REMEMBERED_MAX:
            self._known.popitem(last=False)
        return known

    async def _touch(self, person_id: UUID, hashed: str, idle_until: datetime, now: datetime) -> None:
        async with self._database.write(person_id=person_id) as session:
            await session.execute(
                text(
                    "update sign_in_session set seen_at = :now, idle_until = :until where token_hash = :hash"
                ),
                {"now": now, "until": idle_until, "hash": hashed},
            )

    async def read(self, sql: str, *values: Any) -> Any:
        """The one value of a statement that enters by itself (`Compiler`) and is its own transaction.

        Raises Unauthenticated if the session, the membership or the role is no longer what was remembered.
        """
        found = await self._database.pool.fetchval(sql, *values)
        if found is None:
            raise Unauthenticated
        return found


def _viewer(row: Any) -> Viewer:
    return Viewer(
        id=row["viewer_id"],
        role=Role(row["role"]),
        person_id=row["person_id"],
        company_id=row["company_id"],
        contact_id=row["contact_id"],
        surface=row["surface"],
        name=row["name"],
        locale=row["locale"],
        time_zone=row["time_zone"],
    )
