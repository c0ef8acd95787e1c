"""Something in every table beside entries: locks, their log, an exception, a comment, a paper, a template."""

from datetime import date, timedelta
from uuid import UUID

from services.journal.actions.locks import grant_exception, move_lock
from services.journal.actions.marks import add_comment, attach_paper
from services.journal.actions.templates import TemplateDraft, create_template
from services.journal.rules.periods import Daybook, LockKind
from services.journal.rules.templates import Basis, Side, TemplateLine
from services.kit import clock
from services.uploads.interface import record_upload
from tests.support.office import Office


async def keep_books(office: Office, company_id: UUID, entry_id: UUID) -> None:
    """This will lock the books until the end of 2025, let the bookkeeper behind it, and say something of an entry."""
    async with office.act() as act:
        await move_lock(act, company_id, LockKind.SOFT, date(2025, 12, 31), reason="Books of 2025 are done")
        await move_lock(
            act, company_id, LockKind.SOFT, date(2025, 12, 31), reason="Sales too", daybook=Daybook.SALES
        )
        await grant_exception(
            act,
            company_id,
            LockKind.SOFT,
            membership_id=office.bookkeeper.id,
            until_at=clock.now() + timedelta(days=2),
            reason="A late invoice",
            request_key="books",
        )
        await add_comment(act, entry_id, "Which supplier is this?", request_key="books")
        upload_id = await record_upload(
            act,
            office.store,
            company_id=company_id,
            purpose="JOURNAL",
            filename="receipt.pdf",
            media_type="application/pdf",
            content=b"%PDF-1.4 a receipt",
        )
        await attach_paper(act, entry_id, upload_id=upload_id)
        await create_template(
            act,
            company_id,
            TemplateDraft(
                name="Rent",
                text="Rent of the month",
                lines=(
                    TemplateLine(account_code="621", side=Side.DEBIT, basis=Basis.AMOUNT, variable="rent"),
                    TemplateLine(account_code="572", side=Side.CREDIT, basis=Basis.REST),
                ),
            ),
            request_key="books",
        )
