"""A year of the demo firm closes and reopens, whatever thirteen trades have put into it."""

from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.access.policy import Scope
from services.documents.interface import approve_document, archive_document
from services.journal.actions.entries import post_entries
from services.journal.formats.plain_text import PlainForm
from services.kit.ids import new_id
from tests.services.journal.test_closing import closed, of_year, reopened
from tests.services.journal.test_plain_books import read_by_beancount, text_of
from tests.support.builders.journal import altered, line, post
from tests.support.database import TestServer
from tests.support.demo import DemoCopy, copy_demo, demo_office
from tests.support.office import Office

YEAR = 2026
LATE = date(2026, 12, 31)


@pytest.fixture(scope="module")
def copied(postgres_server: TestServer, tmp_path_factory: pytest.TempPathFactory) -> DemoCopy:
    """A demo firm of this file's own."""
    return copy_demo(postgres_server, f"demo_{new_id().hex}", tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
async def demo(copied: DemoCopy) -> AsyncIterator[Office]:
    """It, open and asked by its owner."""
    async with demo_office(copied) as office:
        yield office


async def ids(office: Office, statement: str, **given: Any) -> list[UUID]:
    async with office.act() as act:
        return list((await act.session.execute(text(statement), given)).scalars())


async def one_client(office: Office) -> UUID:
    """The first client, by name, that granted the firm its whole books."""
    scopes = sum(scope.bit for scope in (Scope.JOURNAL, Scope.PERIOD_LOCKS, Scope.SALES, Scope.PURCHASES))
    found = await ids(
        office,
        "select c.id from company c join reach r on r.company_id = c.id and r.viewer_id = :v"
        " where r.approve_mask & :s = :s and c.id <> r.viewer_id and exists"
        " (select 1 from journal_entry e where e.company_id = c.id) order by c.name limit 1",
        v=office.owner.id,
        s=scopes,
    )
    return found[0]


async def finish(office: Office, company_id: UUID) -> None:
    """This will do what waits: approve what can be, put the rest away, post drafts, allocate what is in suspense."""
    waiting = await ids(
        office,
        "select id from document where company_id = :c and status = 'PENDING_REVIEW' and archived_at is null"
        " and kind in ('SALES_INVOICE', 'PURCHASE_INVOICE', 'EXPENSE') order by issued_on, id",
        c=company_id,
    )
    for document_id in waiting:
        async with office.act() as act:
            await approve_document(act, document_id)
    unfinished = await ids(
        office, "select id from document where company_id = :c and status = 'DRAFT'", c=company_id
    )
    for document_id in unfinished:
        async with office.act() as act:
            await archive_document(act, document_id)
    drafts = await ids(
        office, "select id from journal_entry where company_id = :c and state = 'DRAFT'", c=company_id
    )
    if drafts:
        async with office.act() as act:
            outcomes = await post_entries(act, drafts)
        assert [outcome.refused for outcome in outcomes] == [None] * len(drafts)
    suspense = (await of_year(office, company_id, YEAR)).get("555")
    if suspense:
        amount = str(abs(suspense))
        sides = [line("555", credit=amount), line("659", debit=amount)]
        if suspense < 0:
            sides = [line("555", debit=amount), line("759", credit=amount)]
        await post(office, company_id, sides, on=LATE)


REPORTS = """query ($c: ID!, $from: Date!, $to: Date!) { reports(companyId: $c) {
  trialBalance(from: $from, to: $to) { rows { code openingDebit openingCredit debit credit yearDebit } }
  ledger: trialBalance(from: $from, to: $to, includeClosings: true) { rows { code debit credit } }
  balanceSheet(from: $from, to: $to) {
    lines { key amount } unmapped { code } difference { amount } }
  profitAndLoss(from: $from, to: $to) { lines { key amount } unmapped { code } } } }"""


async def told_reports(office: Office, company_id: UUID, year: int) -> Any:
    """Trial balance, balance sheet and profit and loss of a year, as people read them."""
    asked = {"c": str(company_id), "from": f"{year}-01-01", "to": f"{year}-12-31"}
    answer = await office.ask(office.owner, REPORTS, asked)
    assert answer.errors == []
    return answer.data["reports"]


def held(balances: Any) -> dict[str, Decimal]:
    """Debit less credit by row of a trial balance, without zeros."""
    signed = {row["code"]: Decimal(row["debit"]) - Decimal(row["credit"]) for row in balances["rows"]}
    return {code: amount for code, amount in signed.items() if amount}


async def test_a_year_of_the_demo_closes_and_reopens(demo: Office) -> None:
    company_id = await one_client(demo)
    unready = await closed(demo, company_id, YEAR, key="too early")
    await finish(demo, company_id)
    before = await of_year(demo, company_id, YEAR)
    reports_before = await told_reports(demo, company_id, YEAR)

    made = await closed(demo, company_id, YEAR)
    reports_closed = await told_reports(demo, company_id, YEAR)
    next_closed = await closed(demo, company_id, YEAR + 1, key="the next one")
    too_far = await reopened(demo, company_id, YEAR)
    next_back = await reopened(demo, company_id, YEAR + 1)
    after = await of_year(demo, company_id, YEAR)
    opening = await of_year(demo, company_id, YEAR + 1)
    closed_year = read_by_beancount(await text_of(demo, company_id, YEAR, PlainForm.BEANCOUNT))
    back = await reopened(demo, company_id, YEAR)
    open_year = read_by_beancount(await text_of(demo, company_id, YEAR, PlainForm.BEANCOUNT))

    result = sum(amount for code, amount in before.items() if code[0] in "67")
    carried = {code: amount for code, amount in before.items() if code[0] not in "67"}
    assert unready["refusals"][0]["code"] == "YEAR_NOT_READY"
    assert made["refusals"] == back["refusals"] == next_closed["refusals"] == next_back["refusals"] == []
    assert [one["code"] for one in too_far["refusals"]] == ["YEAR_NOT_LAST_CLOSED"]
    assert len(before) > 10
    assert result != 0
    assert after == {}
    assert opening == carried | {"129": result}
    assert await of_year(demo, company_id, YEAR) == before
    assert await of_year(demo, company_id, YEAR + 1) == {}
    assert await altered(demo, company_id) is None
    assert closed_year[0] == {}
    assert open_year[0] == before
    # A year reads alike open and closed; the ledger as it stands is empty once closed, and back once reopened.
    reports_after = await told_reports(demo, company_id, YEAR)
    assert reports_before["balanceSheet"]["unmapped"] == reports_before["profitAndLoss"]["unmapped"] == []
    assert reports_before["balanceSheet"]["difference"] == {"amount": "0.00"}
    for name in ("trialBalance", "balanceSheet", "profitAndLoss"):
        assert reports_before[name] == reports_closed[name] == reports_after[name], name
    assert held(reports_closed["ledger"]) == {}
    assert held(reports_before["ledger"]) == held(reports_after["ledger"]) != {}
