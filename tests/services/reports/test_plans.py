"""The shape of the statements: one pass over the lines of a company; how long they take is told by the bench."""

import re
from uuid import UUID

import pytest
from sqlalchemy import text

from services.access.policy import Role
from services.kit.ids import new_id
from tests.support.builders.reports import small_books
from tests.support.office import Office

PARTS = "lines { key amount accounts { code } } unmapped { code }"
ONE_PASS = {
    "trialBalance": "trialBalance { totals { debit } rows { code debit } }",
    "balanceSheet": f"balanceSheet {{ {PARTS} difference {{ amount }} }}",
    "profitAndLoss": f"profitAndLoss {{ {PARTS} }}",
    "ratios": "ratios { rows { value inputs { amount } } }",
}


async def shape(office: Office, company_id: UUID, wanted: str) -> str:
    """The plan as PostgreSQL tells it, as the application role, with sequential scans shunned."""
    document = f"query ($company: ID!) {{ reports(companyId: $company) {{ {wanted} }} }}"
    plan = office.plan(Role.ACCOUNT_MANAGER, document, {"company": str(company_id)})
    assert plan is not None
    name = f"shape_{new_id().hex}"
    nulls = ", ".join("null" for _ in plan.binders)
    async with office.act(office.manager) as act:
        await act.session.execute(text("set local enable_seqscan = off"))
        await act.session.execute(text("set local plan_cache_mode = force_generic_plan"))
        connection = await act.session.connection()
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        await raw.execute(f"prepare {name} as {plan.sql}")
        rows = await raw.fetch(f"explain execute {name}({nulls})")
    return "\n".join(row[0] for row in rows)


@pytest.mark.parametrize("name", sorted(ONE_PASS))
async def test_a_report_reads_the_lines_once(name: str, office: Office) -> None:
    company_id, _ = await small_books(office)

    plan = await shape(office, company_id, ONE_PASS[name])

    assert len(re.findall(r" on journal_line\b", plan)) == 1


async def test_a_ledger_card_reads_them_for_its_sums_and_for_its_page(office: Office) -> None:
    company_id, _ = await small_books(office)

    plan = await shape(office, company_id, 'ledgerCard(account: "572") { closing lines { totalCount } }')

    assert len(re.findall(r" on journal_line\b", plan)) <= 2
