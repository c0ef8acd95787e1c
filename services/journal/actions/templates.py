"""Entries from templates: those that people make and keep, and the assistants that every company has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.dialects.postgresql import insert as insert_once

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.contacts.interface import contact_table
from services.journal.actions.entries import entry_text
from services.journal.actions.lines import as_draft
from services.journal.actions.posting import draft_entry
from services.journal.models import (
    EntryTemplate,
    EntryTemplateLine,
    JournalEntry,
    JournalLine,
    LedgerAccount,
)
from services.journal.rules.assistants.parameters import Given
from services.journal.rules.assistants.registry import ASSISTANTS, AssistantKind
from services.journal.rules.assistants.running import vat_settlement
from services.journal.rules.assistants.year_end import owner_capital
from services.journal.rules.closing import Balance
from services.journal.rules.entries import EntryLine
from services.journal.rules.templates import Basis, Side, TemplateLine, check_template, fill
from services.kit import clock
from services.kit.errors import BadInput, NotFound, Refused
from services.kit.ids import new_id
from services.kit.money import total

NAME_LENGTH_MAX = 100
MANUAL, TAX_SETTLEMENT = "MANUAL", "TAX_SETTLEMENT"
"""Sources: a settlement of VAT moves balances, as that of a filed return does, and is no operation."""
VAT_HEADINGS = ("472", "477", "4700")
OWNER_HEADINGS = ("100", "129", "550")
OWN_FUNDS = {"100": "capital", "112": "legalReserve"}
"""Accounts that the distribution of a profit looks at, and the value that each gives."""

_template: Any = EntryTemplate.__table__  # type: ignore[attr-defined]
_template_line: Any = EntryTemplateLine.__table__  # type: ignore[attr-defined]
_entry: Any = JournalEntry.__table__  # type: ignore[attr-defined]
_line: Any = JournalLine.__table__  # type: ignore[attr-defined]
_account: Any = LedgerAccount.__table__  # type: ignore[attr-defined]


class TemplateOrAssistant(Refused):
    """Neither or both were named."""

    code = "TEMPLATE_OR_ASSISTANT"
    sentence = "Name either a template or an assistant."


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateDraft:
    """A template as entered."""

    name: str
    text: str
    lines: tuple[TemplateLine, ...]


async def create_template(
    act: Act, company_id: UUID | str, draft: TemplateDraft, *, request_key: str
) -> UUID:
    """This will keep a template; the same request key keeps one. Needs JOURNAL EDIT.

    Raises BadInput, TemplateNeedsRest, TemplateWrong, and NotFound for an account or contact of another company.
    """
    company = await act.may(company_id, Scope.JOURNAL, Action.EDIT, path=("companyId",))
    row = {
        "id": new_id(),
        "company_id": company,
        "created_at": clock.now(),
        "request_key": request_key,
        **await _checked(act, company, draft),
    }
    made: UUID | None = await act.session.scalar(
        insert_once(_template)
        .values(row)
        .on_conflict_do_nothing(constraint="entry_template_once_per_request")
        .returning(_template.c.id)
    )
    if made is None:
        known = select(_template.c.id).where(
            _template.c.company_id == company, _template.c.request_key == request_key
        )
        return (await act.session.execute(known)).scalar_one()  # type: ignore[no-any-return]
    await _write_lines(act, company, made, draft.lines)
    return made


async def edit_template(act: Act, template_id: UUID | str, draft: TemplateDraft) -> UUID:
    """This will give a template another name, text and lines. Needs JOURNAL EDIT; raises what create_template does."""
    template = await _found(act, template_id, Action.EDIT)
    checked = await _checked(act, template.company_id, draft)
    template.name, template.text = checked["name"], checked["text"]
    await act.session.flush()
    await act.session.execute(delete(_template_line).where(_template_line.c.template_id == template.id))
    await _write_lines(act, template.company_id, template.id, draft.lines)
    return template.id


async def archive_template(act: Act, template_id: UUID | str, *, archived: bool) -> UUID:
    """This will put a template away, or take it out again. Needs JOURNAL EDIT."""
    template = await _found(act, template_id, Action.EDIT)
    template.archived_at = clock.now() if archived else None
    await act.session.flush()
    return template.id


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAsked:
    """A draft that is to be made: its day, its text (None: the template's own), the values, the request key."""

    entry_on: date
    values: Mapping[str, str]
    request_key: str
    text: str | None = None


async def draft_from_template(act: Act, template_id: UUID | str, asked: DraftAsked) -> UUID:
    """This will draft an entry from a template and values, and give it. Needs JOURNAL EDIT.

    Raises ValueMissing, ValueWrong and what draft_entry raises.
    """
    template = await _found(act, template_id, Action.EDIT)
    rows = await act.session.execute(
        select(_template_line)
        .where(_template_line.c.template_id == template.id)
        .order_by(_template_line.c.position)
    )
    lines = fill([_as_ruled(row) for row in rows], asked.values)
    return await _draft(act, template.company_id, asked, lines, text=template.text)


async def draft_from_assistant(
    act: Act, company_id: UUID | str, kind: AssistantKind, asked: DraftAsked
) -> UUID:
    """This will draft an entry from one of the assistants and give it.

    Needs JOURNAL EDIT. Raises ValueMissing, ValueWrong, what the assistant refuses, and what draft_entry raises.
    """
    company = await act.may(company_id, Scope.JOURNAL, Action.EDIT, path=("companyId",))
    values, source = asked.values, MANUAL
    if kind is AssistantKind.DISTRIBUTION:
        values = await _with_own_funds(act, company, asked)
    lines = ASSISTANTS[kind].lines(values)
    if kind is AssistantKind.VAT_SETTLEMENT:
        until = Given(ASSISTANTS[kind].parameters, values).day("until")
        if asked.entry_on != until:
            # The return of the period finds it by this day, and then does not clear the accounts again.
            raise BadInput("entryOn", "date the settlement on the last day of its period")
        lines = vat_settlement(await _balances(act, company, VAT_HEADINGS, until))
        source = TAX_SETTLEMENT
    if kind is AssistantKind.OWNER_CAPITAL:
        until = Given(ASSISTANTS[kind].parameters, values).day("until")
        lines = owner_capital(await _balances(act, company, OWNER_HEADINGS, until))
    return await _draft(act, company, asked, lines, text=ASSISTANTS[kind].text, source=source)


async def _draft(
    act: Act,
    company_id: UUID,
    asked: DraftAsked,
    lines: Sequence[EntryLine],
    *,
    text: str,
    source: str = MANUAL,
) -> UUID:
    return await draft_entry(
        act,
        company_id=company_id,
        entry_on=asked.entry_on,
        text=entry_text(asked.text or text),
        lines=[as_draft(line) for line in lines],
        source=source,
        request_key=asked.request_key,
    )


async def _with_own_funds(act: Act, company_id: UUID, asked: DraftAsked) -> dict[str, str]:
    """The given values, and capital and legal reserve as booked on the day where they were left out.

    Books without any capital give none, so that it is asked for.
    """
    values = {name: text for name, text in asked.values.items() if text.strip()}
    held = await _balances(act, company_id, tuple(OWN_FUNDS), asked.entry_on)
    for heading, name in OWN_FUNDS.items():
        booked = -total(balance.amount for balance in held if balance.account_code.startswith(heading))
        if booked > 0 or (booked == 0 and name != "capital"):
            values.setdefault(name, str(booked))
    return values


async def _balances(act: Act, company_id: UUID, headings: Sequence[str], until: date) -> list[Balance]:
    """What the accounts below some headings hold at the end of a day, all posted entries."""
    rows = await act.session.execute(
        select(_account.c.code, func.sum(_line.c.debit - _line.c.credit).label("amount"))
        .select_from(
            _line.join(_entry, _entry.c.id == _line.c.entry_id).join(
                _account, _account.c.id == _line.c.ledger_account_id
            )
        )
        .where(
            _account.c.company_id == company_id,
            or_(*(_account.c.code.like(f"{heading}%") for heading in headings)),
            _entry.c.state == "POSTED",
            _line.c.entry_on <= until,
        )
        .group_by(_account.c.code)
    )
    return [Balance(account_code=row.code, amount=row.amount) for row in rows]


async def _checked(act: Act, company_id: UUID, draft: TemplateDraft) -> dict[str, str]:
    name = draft.name.strip()
    if not 1 <= len(name) <= NAME_LENGTH_MAX:
        raise BadInput("name", "give a name of 1 to {most} signs", most=NAME_LENGTH_MAX)
    check_template(draft.lines)
    contacts = {line.contact_id for line in draft.lines if line.contact_id is not None}
    await _check_contacts(act, company_id, contacts)
    return {"name": name, "text": entry_text(draft.text)}


async def _check_contacts(act: Act, company_id: UUID, contacts: set[UUID]) -> None:
    table = contact_table()
    known = await act.session.scalar(
        select(func.count())
        .select_from(table)
        .where(table.c.company_id == company_id, table.c.id.in_(contacts))
    )
    if known != len(contacts):
        raise NotFound("contact", path=("lines",))


async def _write_lines(act: Act, company_id: UUID, template_id: UUID, lines: Sequence[TemplateLine]) -> None:
    await act.session.execute(
        insert(_template_line),
        [
            {
                "id": new_id(),
                "company_id": company_id,
                "template_id": template_id,
                "position": position,
                "account_code": line.account_code,
                "contact_id": line.contact_id,
                "side": line.side.value,
                "basis": line.basis.value,
                "variable": line.variable,
                "percent": line.percent,
                "text": line.text,
            }
            for position, line in enumerate(lines, start=1)
        ],
    )


def _as_ruled(row: Any) -> TemplateLine:
    return TemplateLine(
        account_code=row.account_code,
        side=Side(row.side),
        basis=Basis(row.basis),
        variable=row.variable,
        percent=row.percent,
        contact_id=row.contact_id,
        text=row.text,
    )


async def _found(act: Act, template_id: UUID | str, action: Action) -> EntryTemplate:
    return await act.find(EntryTemplate, template_id, Scope.JOURNAL, action, what="template", path=("id",))
