"""What the worker writes into the row of a file while it makes it, each step a short transaction as the viewer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from services.access.interface import Act, Viewer, acting, reach_table
from services.exports.models import Export, ExportReach
from services.exports.queries import still_granted
from services.exports.rules import KEPT_DAYS, MEDIA_TYPES, OPEN_STATES, ExportFormat
from services.kit import clock
from services.kit.db import Database, table_of
from services.kit.errors import Denied, Refused
from services.kit.storage import Store
from services.kit.words import translator

_export = table_of(Export)
_export_reach = table_of(ExportReach)


class Cancelled(Exception):
    """The viewer called the file off while it was being made."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A file as it was asked for. `tries` counts this one."""

    id: UUID
    company_id: UUID | None
    name: str
    arguments: Mapping[str, Any]
    document_ids: tuple[UUID, ...] | None
    format: ExportFormat
    locale: str
    tries: int


@dataclass(frozen=True, slots=True)
class Made:
    """What stands in a finished file: companies with what they granted for it, and the documents of an archive."""

    reached: Mapping[UUID, int]
    documents: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """One file in the making: where its progress is written, and by whom it is asked for."""

    database: Database
    files: Store
    viewer: Viewer
    export_id: UUID
    cards: dict[UUID, set[UUID]] = field(default_factory=dict)
    """By company all cards that a portal contact was while the file was made: a merge may be undone meanwhile."""

    async def begin(self) -> Asked | None:
        """This will take the file up, anew if a worker died over it; None if it is over.

        Raises Denied where the viewer's role is not the one that asked.
        """
        async with acting(self.database, self.viewer) as act:
            await self._note_cards(act)
            query = select(Export).where(
                _export.c.id == self.export_id, _export.c.viewer_id == self.viewer.id
            )
            row = await act.session.scalar(query.with_for_update())
            if row is None or row.state not in OPEN_STATES:
                return None
            row.state, row.rows_done, row.rows_total, row.tries = "RUNNING", 0, None, row.tries + 1
            if row.role == self.viewer.role.value:
                ids = None if row.document_ids is None else tuple(map(UUID, json.loads(row.document_ids)))
                return Asked(
                    row.id,
                    row.company_id,
                    row.name,
                    json.loads(row.arguments),
                    ids,
                    ExportFormat(row.format),
                    row.locale,
                    row.tries,
                )
        raise Denied(layer="ROLE", scope="PRACTICE", action="VIEW")

    async def advance(self, done: int, total: int | None) -> None:
        """This will note how far it is. Raises Cancelled if the viewer called it off."""
        async with acting(self.database, self.viewer) as act:
            await self._note_cards(act)
            running = await act.session.execute(
                update(_export)
                .where(_export.c.id == self.export_id, _export.c.state == "RUNNING")
                .values(rows_done=done, rows_total=total)
                .returning(_export.c.id)
            )
            if running.one_or_none() is None:
                raise Cancelled

    async def finish(self, path: Path, file_format: ExportFormat, made: Made) -> None:
        """This will keep the file and hand it over, if its viewer may still see all that is in it.

        The row is locked while the file is kept, so that it is cancelled before or not at all.

        Raises Cancelled, Denied.
        """
        async with acting(self.database, self.viewer) as act:
            held = select(_export.c.id).where(_export.c.id == self.export_id, _export.c.state == "RUNNING")
            if (await act.session.execute(held.with_for_update())).one_or_none() is None:
                raise Cancelled
            await self._note_reach(act, made.reached)
            stored = await self.files.put_file(path, MEDIA_TYPES[file_format.value])
            now = clock.now()
            await act.session.execute(
                update(_export)
                .where(_export.c.id == self.export_id)
                .values(
                    state="DONE",
                    sha256=stored.sha256,
                    size=stored.size,
                    finished_at=now,
                    expires_at=now + timedelta(days=KEPT_DAYS),
                    packed_ids=json.dumps([str(item) for item in made.documents]) if made.documents else None,
                )
            )

    async def _note_cards(self, act: Act) -> None:
        if self.viewer.contact_id is None:
            return
        reach = reach_table()
        mine = select(reach.c.company_id, reach.c.contact_ids).where(
            reach.c.viewer_id == self.viewer.id, reach.c.contact_ids.is_not(None)
        )
        for row in await act.session.execute(mine):
            self.cards.setdefault(row.company_id, set()).update(row.contact_ids)

    async def _note_reach(self, act: Act, reached: Mapping[UUID, int]) -> None:
        await self._note_cards(act)
        rows = [
            {
                "export_id": self.export_id,
                "company_id": company_id,
                "mask": mask,
                "contact_ids": sorted(self.cards[company_id]) if company_id in self.cards else None,
            }
            for company_id, mask in reached.items()
        ]
        if rows:
            await act.session.execute(insert(_export_reach), rows)
        kept = select(still_granted(_export, clock.now())).where(_export.c.id == self.export_id)
        if not (await act.session.execute(kept)).scalar_one():
            raise Denied(layer="SCOPE", scope="PRACTICE", action="VIEW")

    async def give_up(self, refused: Refused, locale: str) -> None:
        """This will say why there is no file; one that is over stays as it is."""
        async with acting(self.database, self.viewer) as act:
            await act.session.execute(
                update(_export)
                .where(_export.c.id == self.export_id, _export.c.state.in_(OPEN_STATES))
                .values(
                    state="FAILED",
                    failure=refused.code,
                    failure_text=refused.told(translator(locale)),
                    finished_at=clock.now(),
                )
            )
