"""Lists of contacts that are taken in: looked at first, then all or nothing, by a worker."""

from collections.abc import Sequence
from enum import Enum

import strawberry

from services.access.guard import (
    Guard,
    Refusal,
    Touched,
    column,
    mutation,
    node,
    payload,
    refusals,
    single,
    touched,
)
from services.access.interface import Info
from services.access.policy import Action, Scope
from services.contacts import queries
from services.contacts.actions.import_runs import cancel_import, start_import
from services.contacts.actions.importing import (
    Existing,
    ImportPlan,
    ImportRun,
    PlannedRow,
    Preview,
    preview_import,
)
from services.contacts.rules.columns import ImportField
from services.contacts.schema.reads import INTERNAL
from services.kit.scalars import DateTime

EDIT = Guard(Scope.CONTACTS, Action.EDIT)
ROWS_SHOWN_MAX = 200
"""Rows of a preview: those with problems first."""

strawberry.enum(ImportField, name="ContactImportField", description="What a column of a list can hold.")
strawberry.enum(
    Existing,
    name="ExistingContacts",
    description="What becomes of rows whose contact is in the book already.",
)


@strawberry.enum(description="How far the import of a list is.")
class ContactImportState(Enum):
    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


@strawberry.enum(description="What a row of a list would do.")
class ContactImportAct(Enum):
    ADD = "ADD"
    EXISTING = "EXISTING"
    WRONG = "WRONG"


@strawberry.input(description="A column of a list, and what it holds.")
class ContactImportColumnInput:
    column: int = strawberry.field(description="Its place from 0.")
    field: ImportField = strawberry.field(description="What it holds.")


@strawberry.input(description="An uploaded list of contacts, and how to read it.")
class ContactImportInput:
    company_id: strawberry.ID = strawberry.field(description="The company whose book it enters.")
    upload_id: strawberry.ID = strawberry.field(description="A file sent to /uploads for CONTACTS.")
    columns: list[ContactImportColumnInput] | None = strawberry.field(
        default=None, description="What each column holds; left out, the headers decide."
    )
    is_customer: bool = strawberry.field(default=True, description="Rows are customers, unless they say.")
    is_supplier: bool = strawberry.field(default=False, description="Rows are suppliers, unless they say.")


@strawberry.input(description="A list of contacts to look at.")
class PreviewContactImportInput(ContactImportInput):
    only_wrong: bool = strawberry.field(
        default=False, description="Tell of all rows with problems, and of no others."
    )


@strawberry.input(description="A list of contacts to take in.")
class ImportContactsInput(ContactImportInput):
    existing: Existing = strawberry.field(
        default=Existing.SKIP, description="What becomes of rows whose contact is in the book already."
    )
    leave_out_wrong: bool = strawberry.field(
        default=False,
        description="Leave out rows that cannot be contacts; else one of them refuses the list.",
    )
    request_key: str = strawberry.field(description="Chosen by the caller; the same key twice is one import.")


@node(None, INTERNAL)
class ContactImportColumn:
    """A column of a list as it would be read."""

    column: int = strawberry.field(description="Its place from 0.")
    header: str = strawberry.field(description="Its header, as the file says.")
    field: ImportField | None = strawberry.field(description="What it holds; null: it is not read.")
    example: str | None = strawberry.field(description="Its first value.")


@node(None, INTERNAL)
class ContactImportProblem:
    """Why one cell cannot be."""

    column: int | None = strawberry.field(description="Place of the column from 0; null where it is missing.")
    field: ImportField = strawberry.field(description="What the cell should hold.")
    message: str = strawberry.field(description="The reason, in the viewer's language.")


@node(None, INTERNAL)
class ContactImportRow:
    """What would become of one row."""

    number: int = strawberry.field(description="The row in the file, counted from 1.")
    name: str = strawberry.field(description="The name it gives.")
    tax_id: str = strawberry.field(description="The tax identifier it gives.")
    act: ContactImportAct = strawberry.field(description="What it would do.")
    existing_id: strawberry.ID | None = strawberry.field(description="The card it is about.")
    existing_name: str | None = strawberry.field(description="The name of that card.")
    problems: list[ContactImportProblem] = strawberry.field(description="All that is wrong with it.")


@payload
class PreviewContactImportPayload:
    """A list as it would be taken in; nothing was written."""

    filename: str | None = strawberry.field(default=None, description="The file.")
    columns: list[ContactImportColumn] = strawberry.field(default_factory=list, description="Its columns.")
    row_count: int = strawberry.field(default=0, description="Rows below the headers.")
    new_count: int = strawberry.field(default=0, description="Contacts it would make.")
    existing_count: int = strawberry.field(default=0, description="Rows about contacts of the book.")
    wrong_count: int = strawberry.field(default=0, description="Rows that cannot be contacts.")
    rows: list[ContactImportRow] = strawberry.field(
        default_factory=list,
        description="At most 200 rows, those with problems first; with onlyWrong all that have problems.",
    )
    refusals: list[Refusal] = refusals()


@node(queries.CONTACT_IMPORT, INTERNAL)
class ContactImport:
    """A list that is taken in by a worker: all of it or nothing."""

    id: strawberry.ID = column("Stable identifier.")
    filename: str = column("The file.")
    state: ContactImportState = column("How far it is.")
    rows_done: int = column("Rows that are done so far; they count once all are.")
    rows_total: int | None = column("Rows that make or change a card; null before the list was read.")
    added_count: int = column("Contacts it made.")
    updated_count: int = column("Contacts it changed.")
    skipped_count: int = column("Rows that changed nothing.")
    failure: str | None = column("Stable code of why nothing was taken in.")
    failure_text: str | None = column("The reason in the language of who asked.")
    asked_at: DateTime = column("When it was asked for.")
    finished_at: DateTime | None = column("When it was over.")


@payload
class ContactImportPayload:
    """The import as it is now, or why nothing was done."""

    contact_import: Touched[ContactImport] = touched()
    refusals: list[Refusal] = refusals()


@strawberry.type
class ImportQuery:
    @single(lambda row, values, ask: row.c.id == values["id"])
    def contact_import(self, id: strawberry.ID) -> ContactImport | None:
        """How far the import of a list is; null if there is none with this id within reach."""


@strawberry.type
class ImportMutation:
    @mutation(guard=EDIT)
    async def preview_contact_import(
        self, info: Info, input: PreviewContactImportInput
    ) -> PreviewContactImportPayload:
        """Reads an uploaded list, guesses its columns and says what would become of each row. Writes nothing."""
        async with info.context.write() as act:
            preview = await preview_import(act, info.context.store, _plan(input))
        return _shown(info, preview, only_wrong=input.only_wrong)

    @mutation(guard=EDIT)
    async def import_contacts(self, info: Info, input: ImportContactsInput) -> ContactImportPayload:
        """Has an uploaded list taken in, all of it or nothing. Watch `contactImport` until it is done."""
        run = ImportRun(plan=_plan(input), existing=input.existing, leave_out_wrong=input.leave_out_wrong)
        async with info.context.write() as act:
            made = await start_import(act, run, request_key=input.request_key)
        return ContactImportPayload(contact_import=made)

    @mutation(guard=EDIT)
    async def cancel_contact_import(self, info: Info, id: strawberry.ID) -> ContactImportPayload:
        """Calls the import of a list off; nothing of it is kept."""
        async with info.context.write() as act:
            return ContactImportPayload(contact_import=await cancel_import(act, id))


def _plan(given: ContactImportInput) -> ImportPlan:
    return ImportPlan(
        company_id=given.company_id,
        upload_id=given.upload_id,
        columns=None if given.columns is None else {one.column: one.field for one in given.columns},
        is_customer=given.is_customer,
        is_supplier=given.is_supplier,
    )


def _shown(info: Info, preview: Preview, *, only_wrong: bool) -> PreviewContactImportPayload:
    first = preview.table.rows[0].cells
    in_order = sorted(preview.rows, key=lambda row: not row.problems)[:ROWS_SHOWN_MAX]
    return PreviewContactImportPayload(
        filename=preview.filename,
        columns=[
            ContactImportColumn(
                column=place, header=header, field=preview.columns.get(place), example=first[place] or None
            )
            for place, header in enumerate(preview.table.headers)
        ],
        row_count=len(preview.rows),
        new_count=preview.new_count,
        existing_count=preview.known_count,
        wrong_count=len(preview.wrong),
        rows=_rows(info, preview.wrong if only_wrong else in_order),
    )


def _rows(info: Info, rows: Sequence[PlannedRow]) -> list[ContactImportRow]:
    return [
        ContactImportRow(
            number=one.row.number,
            name=one.row.name,
            tax_id=one.row.tax_id,
            act=ContactImportAct.WRONG
            if one.problems
            else ContactImportAct.ADD
            if one.known is None
            else ContactImportAct.EXISTING,
            existing_id=strawberry.ID(str(one.known.id)) if one.known else None,
            existing_name=one.known.name if one.known else None,
            problems=[
                ContactImportProblem(
                    column=problem.column,
                    field=problem.field,
                    message=problem.refused.told_at_field(info.context.translate),
                )
                for problem in one.problems
            ],
        )
        for one in rows
    ]
