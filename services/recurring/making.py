"""Making the invoices that are due: one per date, in order, once."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.documents.interface import (
    Mailing,
    NewDocument,
    NewLine,
    approve_document,
    mail_document,
    make_document,
)
from services.kit import clock
from services.kit.db import table_of
from services.kit.errors import Refused, RequestKeyUsed
from services.kit.ids import new_id
from services.recurring.actions import schedule_of, today_of
from services.recurring.models import RecurringInvoice, RecurringLine, RecurringRun
from services.recurring.rules import FollowUp
from services.recurring.told import kept_refusal

DATE_PASSED = frozenset({"ISSUED_BEFORE_PREVIOUS", "PERIOD_LOCKED", "DAYBOOK_LOCKED", "FISCAL_YEAR_CLOSED"})
"""Refusals that only the date of issue causes: a late run then issues today and keeps the date as the operation's."""

_line: Any = table_of(RecurringLine)
_run: Any = table_of(RecurringRun)


async def make_next(act: Act, recurring_id: UUID) -> bool:
    """This will make the invoice of a template's next date if that has come, and tell whether another try is due.

    The template's row is locked, so a second worker waits and then finds the date done. A refusal is written into the
    history and the date stays: later ones wait for it, so that numbers follow dates. Needs RECURRING EDIT, and of SALES
    what the template does. Raises NotFound, Denied where the template's person may no longer do so.
    """
    template = await act.find(
        RecurringInvoice, recurring_id, Scope.RECURRING, Action.EDIT, what="recurring invoice"
    )
    if template.next_on is None or template.paused_at is not None or template.ended_at is not None:
        return False
    today = await today_of(act, template.company_id)
    if template.next_on > today:
        return False
    scheduled_on = template.next_on
    try:
        async with act.session.begin_nested():
            document_id = await _make(act, template, scheduled_on, today)
    except Refused as refused:
        await _note(act, template, scheduled_on, refusal=kept_refusal(refused))
        return False
    await _note(
        act, template, scheduled_on, document_id=document_id, **await _mail(act, template, document_id)
    )
    template.made_count += 1
    template.next_index += 1
    template.next_on = schedule_of(template).next_date(template.next_index, template.made_count)
    await act.session.flush()
    return template.next_on is not None and template.next_on <= today


async def _make(act: Act, template: RecurringInvoice, scheduled_on: date, today: date) -> UUID:
    try:
        async with act.session.begin_nested():
            return await _issue(act, template, scheduled_on, scheduled_on)
    except Refused as refused:
        if refused.code not in DATE_PASSED or scheduled_on == today:
            raise
    return await _issue(act, template, scheduled_on, today)


async def _issue(act: Act, template: RecurringInvoice, scheduled_on: date, issued_on: date) -> UUID:
    stays_draft = template.follow_up == FollowUp.DRAFT
    lines = await act.session.execute(
        select(_line).where(_line.c.recurring_id == template.id).order_by(_line.c.position)
    )
    due_on = None if template.due_days is None else issued_on + timedelta(days=template.due_days)
    document_id, line_ids = await make_document(
        act,
        NewDocument(
            company_id=template.company_id,
            kind="SALES_INVOICE",
            contact_id=template.contact_id,
            issued_on=issued_on,
            operation_on=None if issued_on == scheduled_on else scheduled_on,
            due_on=due_on,
            asks_terms=True,
            asks_method=True,
            currency=template.currency,
            description=template.description,
            withholding_rate=template.withholding_rate,
            status="DRAFT" if stays_draft else "PENDING_REVIEW",
            request_key=f"recurring {template.id} {scheduled_on}",
            lines=tuple(
                NewLine(
                    description=line.description,
                    is_product=line.is_product,
                    quantity=line.quantity,
                    unit_price=line.unit_price,
                    discount_percent=line.discount_percent,
                    tax_code=line.tax_code,
                    tax_rate=line.tax_rate,
                    ledger_account_code=line.ledger_account_code,
                    asks_account=True,
                )
                for line in lines
            ),
        ),
    )
    if not line_ids and not await _was_made(act, template, document_id):
        # Somebody foresaw the key, to have a paper of their own approved with the authority of the template's writer.
        raise RequestKeyUsed
    return document_id if stays_draft else await approve_document(act, document_id)


async def _was_made(act: Act, template: RecurringInvoice, document_id: UUID) -> bool:
    """Whether a run of the template made a document: a date that comes again finds it."""
    runs = select(_run.c.id).where(_run.c.recurring_id == template.id, _run.c.document_id == document_id)
    return await act.session.scalar(runs) is not None


async def _mail(act: Act, template: RecurringInvoice, document_id: UUID) -> dict[str, str]:
    """What became of the mail. The invoice stands even where it cannot be mailed."""
    if template.follow_up != FollowUp.SEND:
        return {"mail": "NONE"}
    try:
        async with act.session.begin_nested():
            await mail_document(
                act, document_id, Mailing(attach_pdf=template.attaches_pdf), request_key="recurring"
            )
    except Refused as refused:
        return {"mail": "REFUSED", "mail_refusal": kept_refusal(refused)}
    return {"mail": "QUEUED"}


async def _note(act: Act, template: RecurringInvoice, scheduled_on: date, **found: Any) -> None:
    """The run of a date: one row, whatever was tried before."""
    row = {"document_id": None, "refusal": None, "mail": "NONE", "mail_refusal": None, **found}
    row["ran_at"] = clock.now()
    await act.session.execute(
        insert(_run)
        .values(
            id=new_id(),
            company_id=template.company_id,
            recurring_id=template.id,
            scheduled_on=scheduled_on,
            **row,
        )
        .on_conflict_do_update(constraint="recurring_run_once_per_date", set_=row)
    )
