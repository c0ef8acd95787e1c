"""Files made of lists, in GraphQL: asked for, watched, called off, fetched."""

from typing import Any

import strawberry
from strawberry.scalars import JSON

from services.access.guard import (
    OPEN,
    Refusal,
    Touched,
    column,
    mutation,
    node,
    payload,
    python,
    refusals,
    rows,
    touched,
)
from services.access.interface import Info, RequestContext
from services.exports import actions, queries
from services.exports.rules import ExportFormat, ExportState
from services.kit.errors import BadInput
from services.kit.scalars import DateTime

strawberry.enum(ExportFormat, description="What a file is. ZIP: the PDFs of the documents of a list.")
strawberry.enum(ExportState, description="How far a file is.")


def _url(context: RequestContext, export_id: str, state: str) -> str | None:
    return context.link("export", export=export_id) if state == ExportState.DONE.value else None


@node(queries.EXPORT, OPEN)
class Export:
    """A file that the viewer asked for. A finished one is hidden as soon as something in it is no longer granted."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID | None = column("The company it is about; null for a list over several.")
    name: str = column("The list, as it was asked for.")
    format: ExportFormat = column("What the file is.")
    state: ExportState = column("How far it is.")
    rows_done: int = column("Rows (of an archive: documents) written so far.")
    rows_total: int | None = column("Rows there are; null before they were counted.")
    filename: str = column("Name it is saved under.")
    failure: str | None = column("Stable code of why it failed.")
    failure_text: str | None = column("The reason in the language of the file.")
    created_at: DateTime = column("When it was asked for.")
    finished_at: DateTime | None = column("When it was over.")
    expires_at: DateTime = column("When it is deleted.")
    url: str | None = python(
        ("id", "state"),
        _url,
        "Signed link of this viewer that expires after some minutes; null before it is done.",
    )


@strawberry.type
class Query:
    @rows(queries.EXPORTS, lambda row: (row.c.id.desc(),))
    def exports(self) -> list[Export] | None:
        """The viewer's own files, the newest first, at most 50."""


@strawberry.input(description="A list as a file, exactly as filtered: all of its rows, not one page.")
class StartExportInput:
    name: str = strawberry.field(
        description="The field of Query that gives the list, such as salesDocuments."
    )
    arguments: JSON | None = strawberry.field(
        default=None, description="Arguments of that field as the screen has them, without first and after."
    )
    format: ExportFormat = strawberry.field(description="What to make.")
    locale: str | None = strawberry.field(
        default=None, description="Language of headings, numbers and days; the viewer's unless given."
    )
    document_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="For ZIP: these documents, at most 500, instead of all that the list finds."
    )
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one file."
    )


@payload
class ExportPayload:
    """The file as it is now, or why nothing was done."""

    export: Touched[Export] = touched()
    refusals: list[Refusal] = refusals()


def _arguments(given: object) -> dict[str, Any]:
    """The arguments that were given; those that are null are not."""
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise BadInput("arguments", "give the arguments that this list takes")
    return {str(name): value for name, value in given.items() if value is not None}


@strawberry.type
class Mutation:
    @mutation(guard=OPEN)
    async def start_export(self, info: Info, input: StartExportInput) -> ExportPayload:
        """Has a file made of a list; needs VIEW of what the list shows. Watch `exports` until it is done."""
        async with info.context.write() as act:
            made = await actions.start_export(
                act,
                info.context.lists,
                actions.NewExport(
                    name=input.name,
                    arguments=_arguments(input.arguments),
                    format=input.format,
                    locale=input.locale or info.context.locale,
                    request_key=input.request_key,
                    document_ids=input.document_ids,
                ),
            )
        return ExportPayload(export=made)

    @mutation(guard=OPEN)
    async def cancel_export(self, info: Info, id: strawberry.ID) -> ExportPayload:
        """Calls a file off that is being made; nothing of it is kept."""
        async with info.context.write() as act:
            return ExportPayload(export=await actions.cancel_export(act, id))
