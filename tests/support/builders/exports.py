"""Files for tests: asked for through GraphQL, made by the worker's own job, read back from their store."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
from sqlalchemy import text

from gateway.exporting import Lists
from gateway.schema import composed
from gateway.viewers import Known
from services.access.interface import Viewer
from services.exports.interface import Workshop, finished_file, make_export_job
from services.kit.errors import NotFound
from services.kit.ids import new_id
from services.kit.storage import LocalStore
from tests.support.office import Answered, Office

START = """
mutation ($input: StartExportInput!) {
  startExport(input: $input) { export { id state filename rowsDone rowsTotal url } refusals { code path message } }
}
"""
PANEL = """
{ exports { id name format state rowsDone rowsTotal filename failure failureText url } }
"""


@dataclass
class Exporting:
    """One office with a place for finished files."""

    office: Office
    files: LocalStore

    @classmethod
    def at(cls, office: Office, folder: Path) -> "Exporting":
        return cls(office, LocalStore(folder / "exported"))

    @property
    def shop(self) -> Workshop:
        database = self.office.database
        return Workshop(database, Lists(composed(), database), self.office.store, self.files)

    async def ask(self, viewer: Viewer, name: str, **given: Any) -> Answered:
        """This will ask for a file: format XLSX in English unless said otherwise."""
        asked: dict[str, Any] = {
            "name": name,
            "format": "XLSX",
            "locale": "en",
            "requestKey": new_id().hex,
            **given,
        }
        return await self.office.ask(viewer, START, {"input": asked})

    async def start(self, viewer: Viewer, name: str, **given: Any) -> str:
        """The id of a file that was asked for."""
        answer = await self.ask(viewer, name, **given)
        assert answer.data["startExport"]["refusals"] == [], answer
        started: str = answer.data["startExport"]["export"]["id"]
        return started

    async def make(self, viewer: Viewer, export_id: str) -> None:
        """This will do what the worker does."""
        job = make_export_job(self.shop)
        await job.handler({"viewer": str(viewer.id), "export": export_id})

    async def panel(self, viewer: Viewer | Known) -> list[dict[str, Any]]:
        """The viewer's own files."""
        found: list[dict[str, Any]] = (await self.office.ask(viewer, PANEL)).data["exports"]
        return found

    async def state(self, viewer: Viewer, export_id: str) -> dict[str, Any]:
        """One file as its panel shows it; nothing where it is hidden."""
        return next((item for item in await self.panel(viewer) if item["id"] == export_id), {})

    async def fetch(self, viewer: Viewer, export_id: str) -> bytes | None:
        """What the viewer gets by the link now; None where it is not found."""
        async with self.office.database.read(viewer.id) as session:
            try:
                file = await finished_file(session, viewer, UUID(export_id))
            except NotFound:
                return None
        return await self.files.get(file.sha256)

    async def made(self, viewer: Viewer, name: str, **given: Any) -> bytes:
        """A finished file, fetched."""
        export_id = await self.start(viewer, name, **given)
        await self.make(viewer, export_id)
        content = await self.fetch(viewer, export_id)
        assert content is not None, await self.state(viewer, export_id)
        return content

    async def tamper(self, statement: str, **values: Any) -> None:
        """This will change rows as the firm's owner."""
        async with self.office.act() as act:
            await act.session.execute(text(statement), values)


def table_of(content: bytes) -> list[list[Any]]:
    """The first sheet of a workbook, its heading first."""
    book = openpyxl.load_workbook(BytesIO(content))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def column_of(content: bytes, heading: str) -> list[Any]:
    """The values below a heading, totals included."""
    rows = table_of(content)
    place = rows[0].index(heading)
    return [row[place] for row in rows[1:]]


def about(content: bytes) -> Mapping[str, Any]:
    """The second sheet: what the file says of itself."""
    book = openpyxl.load_workbook(BytesIO(content))
    return {row[0]: row[1] for row in book.worksheets[1].iter_rows(values_only=True)}
