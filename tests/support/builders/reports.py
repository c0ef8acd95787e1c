"""Small books worked out by hand, and the entries that end one year and begin the next."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.journal.actions.closing import close_year
from services.journal.chart import AccountType
from services.journal.interface import EntryLineDraft, post_entry
from services.journal.models import LedgerAccount
from tests.support.builders.journal import books, contact, line
from tests.support.office import Answered, Office


async def posted(
    office: Office,
    company_id: UUID,
    on: str,
    *lines: EntryLineDraft,
    source: str = "MANUAL",
    text: str = "Entry",
) -> UUID:
    """This will post an entry on a day given as text, made by `source`."""
    async with office.act() as act:
        return await post_entry(
            act,
            company_id=company_id,
            entry_on=date.fromisoformat(on),
            text=text,
            lines=list(lines),
            source=source,
        )


async def small_books(office: Office, name: str = "Fusteria Puig SL", **granted: Any) -> tuple[UUID, UUID]:
    """A company and its customer: 2025 with capital, a sale and a rent; 2026 with a sale half collected and a rent.

    2025: capital 3000 on 1 January (opening), sale 1000 + 210 in June, collected; rent 400 in December.
    2026: sale 2000 + 420 on 10 February, 1210 collected on 5 March, rent 300 on 31 March.
    """
    company_id = await books(office, name, **granted)
    cafe = await contact(office, company_id, "Cafés Brisa SL")
    await posted(
        office,
        company_id,
        "2025-01-01",
        line("572", debit="3000.00"),
        line("100", credit="3000.00"),
        source="OPENING",
    )
    await sale(office, company_id, cafe, "2025-06-15", "1000.00")
    await posted(
        office,
        company_id,
        "2025-07-01",
        line("572", debit="1210.00"),
        line("430", credit="1210.00", contact_id=cafe),
    )
    await posted(office, company_id, "2025-12-20", line("621", debit="400.00"), line("572", credit="400.00"))
    await sale(office, company_id, cafe, "2026-02-10", "2000.00")
    await posted(
        office,
        company_id,
        "2026-03-05",
        line("572", debit="1210.00"),
        line("430", credit="1210.00", contact_id=cafe),
    )
    await posted(office, company_id, "2026-03-31", line("621", debit="300.00"), line("572", credit="300.00"))
    return company_id, cafe


async def sale(office: Office, company_id: UUID, cafe: UUID, on: str, base: str) -> UUID:
    """A sale of services with VAT of 21 %."""
    quota = str(Decimal(base) * 21 / 100)
    total = str(Decimal(base) + Decimal(quota))
    return await posted(
        office,
        company_id,
        on,
        line("430", debit=total, contact_id=cafe),
        line("705", credit=base),
        line("47700021", credit=quota),
    )


async def report(office: Office, viewer: Any, company_id: UUID, wanted: str) -> Answered:
    """One question below `reports`, both ways; graphql-core must give what the plan gave."""
    document = f"query ($company: ID!) {{ reports(companyId: $company) {{ {wanted} }} }}"
    variables = {"company": str(company_id)}
    planned = await office.ask(viewer, document, variables)
    walked = await office.ask(viewer, document, variables, planned=False)
    assert walked.data == planned.data
    return planned


async def told(office: Office, company_id: UUID, wanted: str) -> Any:
    """What the manager is told, without a single error."""
    answered = await report(office, office.manager, company_id, wanted)
    assert answered.errors == []
    return answered.data["reports"]


async def closed_books(office: Office, name: str = "Fusteria Puig SL") -> tuple[UUID, UUID]:
    """The small books with 2025 regularised, closed and opened again in 2026."""
    company_id, cafe = await small_books(office, name)
    async with office.act() as act:
        await close_year(act, company_id, 2025, request_key="close 2025")
    return company_id, cafe


async def strange_account(office: Office, company_id: UUID, code: str, name: str) -> None:
    """An account that the general chart for small companies does not have."""
    async with office.act() as act:
        act.session.add(
            LedgerAccount(company_id=company_id, code=code, name=name, type=AccountType.CURRENT_ASSET.value)
        )
