"""Making a file: a list written page by page, or documents packed one by one. Both can be called off on the way."""

import asyncio
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.access.interface import Viewer
from services.access.policy import Scope
from services.accounts.interface import company_table
from services.documents.interface import document_table, pdf_of
from services.exports.files import Part, TableFile, open_table
from services.exports.heading import head_of
from services.exports.progress import Asked, Desk, Made
from services.exports.rules import DOCUMENTS_MAX, ROWS_MAX, ExportFormat, Names, Reader, Totals, cell
from services.kit import clock
from services.kit.db import Database
from services.kit.errors import NotFound
from services.kit.exports import (
    ColumnKind,
    ExportColumn,
    Exported,
    ExportPart,
    ListReader,
    Reading,
    TooManyRows,
)
from services.kit.storage import Store
from services.kit.words import translator


@dataclass(frozen=True, slots=True)
class Workshop:
    """What making files needs: the planner's lists, the documents' store, and the store of finished files."""

    database: Database
    lists: ListReader
    documents: Store
    files: Store


async def make_file(shop: Workshop, desk: Desk, asked: Asked) -> None:
    """This will make the file that was asked for. Raises Cancelled, and the refusals of its list and documents."""
    with TemporaryDirectory(prefix="atrio-export-") as folder:
        path = Path(folder) / "file"
        if asked.format is ExportFormat.ZIP:
            made = await _pack(shop, desk, asked, path)
        else:
            made = await _write_list(shop, desk, asked, path)
        await desk.finish(path, asked.format, made)


async def _write_list(shop: Workshop, desk: Desk, asked: Asked, path: Path) -> Made:
    exported, now = shop.lists.find(asked.name), clock.now()
    filters = await shop.lists.said(exported, desk.viewer, asked.arguments, now)
    reads_as = replace(desk.viewer, locale=asked.locale)
    async with shop.lists.reading(exported, reads_as, asked.arguments, now) as reading:
        several = asked.company_id is None and len(reading.reached) > 1
        columns = [
            item
            for item in reading.columns
            if (several or item.kind is not ColumnKind.COMPANY)
            and (item.printed or asked.format is not ExportFormat.PDF)
        ]
        names, currency, detail = await _companies(shop.database, desk.viewer, reading, asked)
        head = head_of(
            exported,
            columns,
            company=None if several else next(iter(names.values()), ""),
            company_detail="" if several else detail,
            filters=filters,
            made_on=clock.today(desk.viewer.time_zone),
            locale=asked.locale,
        )
        reader = Reader(translator(asked.locale), names, currency, desk.viewer.time_zone)
        table = await asyncio.to_thread(open_table, asked.format, path, head)
        totals, owners = Totals(columns), _Owners(reading.columns, asked.company_id)
        above = [part for part in exported.parts if part.before]
        async for rows in reading.pages():
            for part in _parts(above, reading, reader):
                await asyncio.to_thread(table.above, part)
            above = []
            owners.note(rows)
            await asyncio.to_thread(_write, table, columns, rows, reader, totals)
            await desk.advance(reading.done, reading.total)
            if reading.done > ROWS_MAX[asked.format.value]:
                raise TooManyRows(most=ROWS_MAX[asked.format.value])
        below = _parts([part for part in exported.parts if not part.before], reading, reader)
        await asyncio.to_thread(table.close, totals, below)
        return Made(owners.of(reading.reached))


def _parts(parts: Sequence[ExportPart], reading: Reading, reader: Reader) -> list[Part]:
    """The small tables beside a list in the reader's language; those without rows are left out."""
    made = [
        Part(
            title=reader.translate(part.title),
            columns=part.columns,
            headings=[reader.translate(column.heading) for column in part.columns],
            rows=[[cell(column, row, reader) for column in part.columns] for row in reading.parts[part.rows]],
        )
        for part in parts
    ]
    return [part for part in made if part.rows]


def _write(
    table: TableFile,
    columns: Sequence[ExportColumn],
    rows: list[dict[str, Any]],
    reader: Reader,
    totals: Totals,
) -> None:
    made = [[cell(column, row, reader) for column in columns] for row in rows]
    for row, cells in zip(rows, made, strict=True):
        totals.add(row, cells)
    table.write(made)


class _Owners:
    """Which companies the file tells of: the one it is about, and those of its rows as far as a column says so."""

    def __init__(self, columns: Sequence[ExportColumn], company_id: UUID | None) -> None:
        paths = [column.path for column in columns if column.kind is ColumnKind.COMPANY]
        self._path = paths[0] if paths else None
        self._seen: set[UUID] = set() if company_id is None else {company_id}

    def note(self, rows: list[dict[str, Any]]) -> None:
        """This will take in a page."""
        if self._path is not None:
            self._seen.update(UUID(row[self._path]) for row in rows if row[self._path] is not None)

    def of(self, reached: Mapping[UUID, int]) -> Mapping[UUID, int]:
        """Of what was within reach what is in the file; all of it where the list names no company."""
        if self._path is None:
            return reached
        return {company_id: mask for company_id, mask in reached.items() if company_id in self._seen}


async def _companies(
    database: Database, viewer: Viewer, reading: Reading, asked: Asked
) -> tuple[dict[str, str], str, str]:
    """Names of the companies within reach; currency, tax number and address of the one that the file is about."""
    company = company_table()
    ids = [asked.company_id] if asked.company_id is not None else list(reading.reached)
    async with database.read(viewer.id) as session:
        rows = (
            await session.execute(
                select(
                    company.c.id,
                    company.c.name,
                    company.c.currency,
                    company.c.tax_id,
                    company.c.address,
                    company.c.postcode,
                    company.c.city,
                ).where(company.c.id.in_(ids))
            )
        ).all()
    names = {str(row.id): str(row.name) for row in rows}
    currencies = {str(row.currency) for row in rows}
    detail = ""
    if len(rows) == 1:
        (one,) = rows
        place = " ".join(text for text in (one.postcode, one.city) if text)
        detail = " · ".join(text for text in (one.tax_id, one.address, place) if text)
    return names, currencies.pop() if len(currencies) == 1 else "", detail


async def _pack(shop: Workshop, desk: Desk, asked: Asked, path: Path) -> Made:
    """This will pack the PDFs of documents, each read anew as the viewer: what it may not see refuses the whole."""
    exported = shop.lists.find(asked.name)
    ids = asked.document_ids or await _listed_ids(shop, desk.viewer, exported, asked)
    if not ids:
        raise NotFound("document")
    names = Names()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for done, document_id in enumerate(ids, start=1):
            name, content = await pdf_of(shop.database, shop.documents, desk.viewer, document_id)
            await asyncio.to_thread(archive.writestr, names.free(name), content)
            await desk.advance(done, len(ids))
    return Made(await _owners_of(shop.database, desk.viewer, ids), ids)


async def _listed_ids(shop: Workshop, viewer: Viewer, exported: Exported, asked: Asked) -> tuple[UUID, ...]:
    """The documents of the filtered list; the reading ends before the first is printed, which may take long."""
    assert exported.documents is not None
    ids: list[UUID] = []
    async with shop.lists.reading(exported, viewer, asked.arguments, clock.now()) as reading:
        async for rows in reading.pages():
            ids += [UUID(row[exported.documents]) for row in rows]
            if len(ids) > DOCUMENTS_MAX:
                raise TooManyRows(most=DOCUMENTS_MAX)
    return tuple(ids)


async def _owners_of(database: Database, viewer: Viewer, ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """The companies of documents, and the scope of their side."""
    document = document_table()
    async with database.read(viewer.id) as session:
        rows = await session.execute(
            select(document.c.company_id, document.c.side).where(document.c.id.in_(ids)).distinct()
        )
        found: dict[UUID, int] = {}
        for row in rows:
            found[row.company_id] = found.get(row.company_id, 0) | Scope[row.side].bit
    return found
