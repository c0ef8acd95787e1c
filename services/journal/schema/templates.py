"""Templates and assistants in GraphQL: entries that come again, made from a few values."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from services.access.guard import (
    Refusal,
    Touched,
    column,
    many,
    mutation,
    node,
    one,
    payload,
    refusals,
    resolved,
    rows,
    touched,
)
from services.access.interface import Info, as_id
from services.journal.actions import templates as actions
from services.journal.queries import templates as queries
from services.journal.rules.assistants.parameters import ParameterKind
from services.journal.rules.assistants.registry import ASSISTANTS, AssistantKind
from services.journal.rules.templates import Basis, Side, TemplateLine
from services.journal.schema.entries import EDIT, VIEW
from services.journal.schema.entry_acts import EntryPayload
from services.kit.scalars import Date, DateTime, Money

if TYPE_CHECKING:
    from services.contacts.schema import Contact

ContactOut = Annotated["Contact", strawberry.lazy("services.contacts.schema")]

strawberry.enum(Side, name="EntrySide", description="The side of an entry on which a line stands.")
strawberry.enum(
    Basis,
    name="TemplateBasis",
    description="AMOUNT: the value as given. PERCENT: that part of it. REST: what balances the entry.",
)
strawberry.enum(AssistantKind, name="EntryAssistantKind", description="Entries that are made from figures.")
strawberry.enum(
    ParameterKind,
    name="EntryParameterKind",
    description="AMOUNT 1210.00, PERCENT 25, DATE 2026-12-31, ACCOUNT a code, CONTACT an id.",
)


@node(queries.TEMPLATE_LINE, VIEW)
class EntryTemplateLine:
    """One line of a template."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company.")
    position: int = column("Place inside the template, from 1.")
    account_code: str = column("Account of the chart, or a third-party heading with a contact.")
    contact: ContactOut | None = one(queries.CONTACT_OF, "The third party.")
    side: Side = column("Where it stands; of a REST line, where it usually does.")
    basis: Basis = column("Where its amount comes from.")
    variable: str = column("The value it is taken from; empty on the REST line.")
    percent: Money | None = column("The part of the value, in per cent.")
    text: str = column("What the line is about.")


@node(queries.TEMPLATE, VIEW)
class EntryTemplate:
    """An entry that comes again; its last line balances."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company.")
    name: str = column("What people call it.")
    text: str = column("What its entries say.")
    archived_at: DateTime | None = column("When it was put away.")
    lines: list[EntryTemplateLine] = many(queries.LINES_OF, "Its lines in order.")


@node(None, VIEW)
class EntryParameter:
    """A value that an assistant asks for."""

    name: str = strawberry.field(description="The name under which the value is given.")
    kind: ParameterKind = strawberry.field(description="What kind of value.")
    default: str | None = strawberry.field(description="Used where none is given; null: it is needed.")


@node(None, VIEW)
class EntryAssistant:
    """An entry that is made from a few figures."""

    kind: AssistantKind = strawberry.field(description="Which one.")
    parameters: list[EntryParameter] = strawberry.field(description="What it asks for, in order.")


@strawberry.type
class TemplateQuery:
    @rows(queries.TEMPLATES, lambda row: (row.c.name, row.c.id))
    def entry_templates(
        self, company_id: strawberry.ID, *, archived: bool | None = None
    ) -> list[EntryTemplate] | None:
        """Templates of one company by name; only those that were put away, or only the others."""

    @resolved(guard=VIEW, cap=len(AssistantKind))
    async def entry_assistants(self, info: Info) -> list[EntryAssistant] | None:
        """The assistants, the same for everybody."""
        return [
            EntryAssistant(
                kind=kind,
                parameters=[
                    EntryParameter(name=asked.name, kind=asked.kind, default=asked.default)
                    for asked in assistant.parameters
                ],
            )
            for kind, assistant in ASSISTANTS.items()
        ]


@strawberry.input(description="One line of a template.")
class TemplateLineInput:
    account_code: str = strawberry.field(description="Account, or a third-party heading with contactId.")
    side: Side = strawberry.field(description="Where it stands.")
    basis: Basis = strawberry.field(description="Where its amount comes from; exactly one line is REST.")
    variable: str = strawberry.field(default="", description="Name of the value, 1 to 40 signs.")
    percent: Money | None = strawberry.field(default=None, description="The part of the value, in per cent.")
    contact_id: strawberry.ID | None = strawberry.field(default=None, description="The third party.")
    text: str = strawberry.field(default="", description="What the line is about.")


@strawberry.input(description="A new template.")
class CreateEntryTemplateInput:
    company_id: strawberry.ID = strawberry.field(description="The company.")
    name: str = strawberry.field(description="What people call it, 1 to 100 signs.")
    text: str = strawberry.field(description="What its entries say, 1 to 500 signs.")
    lines: list[TemplateLineInput] = strawberry.field(description="2 to 50 lines, one of them REST.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one template."
    )


@strawberry.input(description="A template as it shall be.")
class EditEntryTemplateInput:
    id: strawberry.ID = strawberry.field(description="The template.")
    name: str = strawberry.field(description="What people call it, 1 to 100 signs.")
    text: str = strawberry.field(description="What its entries say, 1 to 500 signs.")
    lines: list[TemplateLineInput] = strawberry.field(description="All its lines; they replace the old ones.")


@strawberry.input(description="A value for a template or assistant.")
class EntryValueInput:
    name: str = strawberry.field(description="The variable or parameter.")
    value: str = strawberry.field(description="The value as text: 1210.00, 2026-12-31, 629, or an id.")


@strawberry.input(description="An entry that shall be drafted from a template or an assistant.")
class DraftFromTemplateInput:
    company_id: strawberry.ID = strawberry.field(description="The company; a template must be its own.")
    template_id: strawberry.ID | None = strawberry.field(default=None, description="The template, or")
    assistant: AssistantKind | None = strawberry.field(default=None, description="the assistant.")
    entry_on: Date = strawberry.field(description="The day the entry counts for.")
    text: str | None = strawberry.field(
        default=None, description="What it is about; the template's own text if left out."
    )
    values: list[EntryValueInput] = strawberry.field(description="A value for each variable or parameter.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one draft."
    )


@payload
class EntryTemplatePayload:
    """The template as it is now, or why nothing was done."""

    template: Touched[EntryTemplate] = touched()
    refusals: list[Refusal] = refusals()


@strawberry.type
class TemplateMutation:
    @mutation(guard=EDIT)
    async def create_entry_template(
        self, info: Info, input: CreateEntryTemplateInput
    ) -> EntryTemplatePayload:
        """Keeps a template."""
        async with info.context.write() as act:
            made = await actions.create_template(
                act,
                input.company_id,
                _draft(input.name, input.text, input.lines),
                request_key=input.request_key,
            )
        return EntryTemplatePayload(template=made)

    @mutation(guard=EDIT)
    async def edit_entry_template(self, info: Info, input: EditEntryTemplateInput) -> EntryTemplatePayload:
        """Replaces what a template says; entries made from it stay as they are."""
        async with info.context.write() as act:
            edited = await actions.edit_template(act, input.id, _draft(input.name, input.text, input.lines))
        return EntryTemplatePayload(template=edited)

    @mutation(guard=EDIT)
    async def archive_entry_template(
        self, info: Info, id: strawberry.ID, *, archived: bool = True
    ) -> EntryTemplatePayload:
        """Puts a template away, or takes it out again."""
        async with info.context.write() as act:
            changed = await actions.archive_template(act, id, archived=archived)
        return EntryTemplatePayload(template=changed)

    @mutation(guard=EDIT)
    async def draft_from_template(self, info: Info, input: DraftFromTemplateInput) -> EntryPayload:
        """Drafts an entry from a template or an assistant; it is posted like any other draft."""
        asked = actions.DraftAsked(
            entry_on=input.entry_on,
            values={given.name: given.value for given in input.values},
            request_key=input.request_key,
            text=input.text,
        )
        async with info.context.write() as act:
            if (input.template_id is None) == (input.assistant is None):
                raise actions.TemplateOrAssistant(path=("templateId",))
            if input.assistant is not None:
                made = await actions.draft_from_assistant(act, input.company_id, input.assistant, asked)
            else:
                made = await actions.draft_from_template(act, str(input.template_id), asked)
        return EntryPayload(entry=made)


def _draft(name: str, text: str, lines: list[TemplateLineInput]) -> actions.TemplateDraft:
    return actions.TemplateDraft(
        name=name,
        text=text,
        lines=tuple(
            TemplateLine(
                account_code=line.account_code,
                side=line.side,
                basis=line.basis,
                variable=line.variable.strip(),
                percent=line.percent,
                contact_id=as_id(line.contact_id, "contact", ("lines", str(place), "contactId"))
                if line.contact_id
                else None,
                text=line.text,
            )
            for place, line in enumerate(lines)
        ),
    )
