"""Asking for a file and calling it off."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from services.access.interface import Act, as_id, reach_table
from services.access.policy import Action, Scope
from services.accounts.interface import company_table
from services.exports.models import Export
from services.exports.rules import DOCUMENTS_MAX, KEPT_DAYS, OPEN_STATES, WAITING_MAX, ExportFormat, filename
from services.kit import clock
from services.kit.db import table_of
from services.kit.errors import BadInput, Denied, NotFound, Refused, RequestKeyUsed
from services.kit.exports import Exported, ListReader, Needed
from services.kit.jobs import enqueue
from services.kit.words import LOCALES, translator

ARGUMENTS_LENGTH_MAX = 20_000
REQUEST_KEY_LENGTH_MAX = 200
MAKE_EXPORT = "make_export"
"""The job that writes a file; its payload names the viewer and the export."""

_export = table_of(Export)


class TooManyExports(Refused):
    """The viewer has WAITING_MAX files in the making."""

    code = "TOO_MANY_EXPORTS"
    sentence = "{most} files are being made for you already; wait for one of them or cancel it."


class ExportOver(Refused):
    """The file is finished or was given up: there is nothing to cancel."""

    code = "EXPORT_OVER"
    sentence = "This file is no longer being made."


@dataclass(frozen=True, slots=True)
class NewExport:
    """What is asked for. `arguments` are those of the list's field without paging, as its screen has them.

    `document_ids` chooses the documents of an archive one by one; None takes those of the filtered list.
    """

    name: str
    arguments: Mapping[str, Any]
    format: ExportFormat
    locale: str
    request_key: str
    document_ids: Sequence[str] | None = None


async def start_export(act: Act, lists: ListReader, asked: NewExport) -> UUID:
    """This will have a file made by a worker and give its id; the same request key gives the same file.

    Raises NotExported, BadInput, Denied, NotFound, TooManyExports, RequestKeyUsed.
    """
    exported = lists.find(asked.name)
    arguments, chosen = _checked(asked, exported)
    known = (
        await act.session.execute(
            select(_export).where(
                _export.c.viewer_id == act.viewer.id, _export.c.request_key == asked.request_key
            )
        )
    ).one_or_none()
    if known is not None:
        same = (known.name, known.arguments, known.document_ids, known.format)
        if same != (exported.key, arguments, chosen, asked.format.value):
            raise RequestKeyUsed(path=("requestKey",))
        return UUID(str(known.id))
    company_id = await _company(act, await lists.check(exported, act.viewer, asked.arguments))
    open_ones = select(func.count()).where(
        _export.c.viewer_id == act.viewer.id, _export.c.state.in_(OPEN_STATES)
    )
    if (await act.session.execute(open_ones)).scalar_one() >= WAITING_MAX:
        raise TooManyExports(most=WAITING_MAX)
    made = Export(
        viewer_id=act.viewer.id,
        role=act.viewer.role.value,
        company_id=company_id,
        name=exported.key,
        arguments=arguments,
        document_ids=chosen,
        format=asked.format.value,
        locale=asked.locale,
        filename=await _filename(act, exported, company_id, asked),
        request_key=asked.request_key,
        expires_at=clock.now() + timedelta(days=KEPT_DAYS),
    )
    act.session.add(made)
    await act.session.flush()
    payload = {"viewer": str(act.viewer.id), "export": str(made.id)}
    await enqueue(act.session, MAKE_EXPORT, payload, once_key=str(made.id))
    return made.id


async def cancel_export(act: Act, export_id: UUID | str) -> UUID:
    """This will call a file off; the worker stops at its next page. One cancelled already stays so.

    Raises NotFound, ExportOver.
    """
    query = select(Export).where(
        _export.c.id == as_id(export_id, "file", ("id",)), _export.c.viewer_id == act.viewer.id
    )
    found = await act.session.scalar(query.with_for_update())
    if found is None:
        raise NotFound("file", path=("id",))
    if found.state in OPEN_STATES:
        found.state = "CANCELLED"
        found.finished_at = clock.now()
        await act.session.flush()
    elif found.state != "CANCELLED":
        raise ExportOver(path=("id",))
    return found.id


def _checked(asked: NewExport, exported: Exported) -> tuple[str, str | None]:
    """The arguments and the chosen documents as they are kept."""
    if not 0 < len(asked.request_key) <= REQUEST_KEY_LENGTH_MAX:
        raise BadInput("requestKey", "give 1 to {most} signs", most=REQUEST_KEY_LENGTH_MAX)
    if asked.locale not in LOCALES:
        raise BadInput("locale", "choose one of {languages}", languages=", ".join(LOCALES))
    if asked.format is ExportFormat.ZIP and exported.documents is None:
        raise BadInput("format", "this list has no documents that could be packed")
    if asked.document_ids is not None:
        if asked.format is not ExportFormat.ZIP:
            raise BadInput("documentIds", "choose documents for an archive only")
        if not 0 < len(asked.document_ids) <= DOCUMENTS_MAX:
            raise BadInput("documentIds", "choose 1 to {most} documents", most=DOCUMENTS_MAX)
    arguments = json.dumps(asked.arguments, sort_keys=True, ensure_ascii=False)
    if len(arguments) > ARGUMENTS_LENGTH_MAX or "\\u0000" in arguments:
        raise BadInput("arguments", "give the arguments that this list takes")
    chosen = asked.document_ids
    ids = (
        None
        if chosen is None
        else json.dumps([str(as_id(item, "document", ("documentIds",))) for item in chosen])
    )
    return arguments, ids


async def _company(act: Act, needed: Needed) -> UUID | None:
    """The one company of the file; None for a list over several. Refused where nothing of it was granted."""
    scope = None if needed.scope is None else Scope(needed.scope)
    if needed.company_id is not None and scope is not None:
        return await act.may(needed.company_id, scope, Action.VIEW, path=("arguments", "companyId"))
    reach = reach_table()
    mine = select(reach.c.company_id).where(reach.c.viewer_id == act.viewer.id)
    if scope is not None:
        mine = mine.where(reach.c.view_mask.op("&")(scope.bit) != 0)
    found = (await act.session.execute(mine.limit(2))).scalars().all()
    if not found and scope is not None:
        raise Denied(layer="SCOPE", scope=scope.name, action=Action.VIEW.name)
    return UUID(str(found[0])) if len(found) == 1 else None


async def _filename(act: Act, exported: Exported, company_id: UUID | None, asked: NewExport) -> str:
    company = company_table()
    name = None
    if company_id is not None:
        name = await act.session.scalar(select(company.c.name).where(company.c.id == company_id))
    title = translator(asked.locale)(exported.title)
    return filename(title, name, clock.today(act.viewer.time_zone), asked.format.value)
