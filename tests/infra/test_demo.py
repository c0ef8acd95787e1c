"""The demo firm: what it is made of, and that everybody in it gets in and sees what they should."""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.viewers import Known
from infra.seeds.demo import PASSWORD
from infra.seeds.identifiers import company_tax_id, person_tax_id, spanish_account
from infra.seeds.logins import DemoLogin, DemoLogins
from infra.seeds.papers import PAPERS, paper_content
from infra.seeds.trades import TRADES
from infra.seeds.year import Calendar, plan_books
from services.access.interface import sign_in
from services.contacts.rules.identifiers import check_iban, check_tax_id
from services.kit.ids import new_id
from tests.support.database import TestServer
from tests.support.demo import DAY, DemoCopy, copy_demo, demo_office, on_its_day
from tests.support.office import Office


@given(st.integers(0, 9_999_999))
def test_made_up_numbers_are_right(number: int) -> None:
    for letter in "ABFJ":
        assert check_tax_id(company_tax_id(1 + number % 9_999_998, letter)).country == "ES"
    assert check_tax_id(person_tax_id(20_000_000 + number)).type == "DNI"
    assert check_iban(spanish_account("2100", "0418", number).iban).bank_name == "CAIXABANK, S.A."


@pytest.mark.parametrize("trade", TRADES, ids=lambda trade: trade.slug)
def test_a_year_is_planned_the_same_each_time(trade: Any) -> None:
    first, again = (plan_books(trade, 20, random.Random(7), Calendar(DAY)) for _ in range(2))  # noqa: S311 -- no secret
    assert first == again
    days = [document.issued_on for document in first if document.status == "APPROVED"]
    assert days == sorted(days), "numbers follow dates"
    assert days[0].year == DAY.year
    assert days[-1] <= DAY
    assert 45 <= len(first) <= 130


@pytest.mark.parametrize(
    ("today", "years", "last_month"),
    [
        (date(2027, 1, 1), [2026, 2027], (date(2027, 1, 1), date(2027, 1, 1))),
        (date(2027, 3, 31), [2026, 2027], (date(2027, 3, 1), date(2027, 3, 31))),
        (date(2027, 4, 1), [2027], (date(2027, 4, 1), date(2027, 4, 1))),
        (date(2028, 12, 31), [2028], (date(2028, 12, 1), date(2028, 12, 31))),
    ],
)
def test_books_show_three_months_or_more_on_any_day(
    today: date, years: list[int], last_month: tuple[date, date]
) -> None:
    calendar = Calendar(today)

    assert calendar.years == years
    assert len(calendar.months) >= 3
    assert (calendar.months[-1], calendar.end_of(calendar.months[-1])) == last_month


def test_logins_are_listed_with_the_token() -> None:
    person = DemoLogin("/firm/", "marta@puig.example", "Marta Puig, owner of the firm")
    text = DemoLogins(PASSWORD, (person,), "Cash Radar", "atrio_secret").text("http://localhost:8000")
    for shown in (
        PASSWORD,
        "http://localhost:8000/firm/",
        person.login,
        person.who,
        "Cash Radar",
        "atrio_secret",
    ):
        assert shown in text


def test_papers_are_the_same_each_time() -> None:
    for paper in PAPERS:
        assert paper_content(paper) == paper_content(paper)


@dataclass(slots=True)
class Demo:
    """A database with the demo firm in it, asked as anybody who has a login or token."""

    office: Office
    token: str

    async def known(self, surface: str, login: str) -> Known:
        opened = await sign_in(
            self.office.database, surface=surface, login=login, password=PASSWORD, network="203.0.113.0/24"
        )
        return await self.holder(opened.secret)

    async def holder(self, secret: str) -> Known:
        known = await self.office.viewers.find(secret)
        assert known is not None
        return known


@pytest.fixture(scope="module")
def copied(postgres_server: TestServer, tmp_path_factory: pytest.TempPathFactory) -> DemoCopy:
    """The demo is written once per run, whichever test comes first; here is a copy to look at."""
    return copy_demo(postgres_server, f"demo_{new_id().hex}", tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
async def demo(copied: DemoCopy) -> AsyncIterator[Demo]:
    async with demo_office(copied) as office:
        yield Demo(office, copied.token)


CLIENTS = """{ clients(tab: %s, first: 50) { totalCount nodes { id name subscriptionPlan
  pendingWork { sales purchases reconciliations entriesToPost newContacts inbox { scans files } } } } }"""


async def test_counters_show_work_and_equal_their_lists(demo: Demo) -> None:
    marta = await demo.known("firm", "marta@puig.example")
    with on_its_day():
        answer = await demo.office.ask(marta, CLIENTS % "ALL")
    clients = answer.data["clients"]
    assert clients["totalCount"] == len(TRADES) >= 12
    refused = {(error["extensions"]["code"], error["extensions"]["scope"]) for error in answer.errors}
    assert refused == {("SCOPE", "BANKING"), ("SCOPE", "JOURNAL"), ("PLAN", "INBOX")}
    for client in clients["nodes"]:
        work = client["pendingWork"]
        assert work["sales"] >= 2
        assert work["purchases"] >= 2
        assert work["reconciliations"] is None or 5 <= work["reconciliations"] <= 25
        company = client["id"]
        lists = await demo.office.ask(
            marta,
            f"""{{ sales: salesDocuments(companyId: "{company}", filter: {{status: PENDING_REVIEW}}) {{ totalCount }}
              purchases: purchaseDocuments(companyId: "{company}", filter: {{status: PENDING_REVIEW}}) {{ totalCount }}
              lines: bankLines(companyId: "{company}", filter: {{unreconciled: true}}) {{ totalCount }} }}""",
        )
        assert lists.data["sales"]["totalCount"] == work["sales"]
        assert lists.data["purchases"]["totalCount"] == work["purchases"]
        if work["reconciliations"] is not None:
            assert lists.data["lines"]["totalCount"] == work["reconciliations"]


async def test_managers_have_their_own_clients(demo: Demo) -> None:
    counts = []
    for login in ("laia@puig.example", "marc@puig.example"):
        answer = await demo.office.ask(await demo.known("firm", login), CLIENTS % "MY_CLIENTS")
        counts.append(answer.data["clients"]["totalCount"])
    assert counts == [7, 6]
    owner = await demo.office.ask(
        await demo.known("firm", "nuria@fusteriapuigdevall.example"), "{ viewer { companyName role } }"
    )
    assert owner.data["viewer"] == {"companyName": "Fusteria Puigdevall SL", "role": "CLIENT_OWNER"}


async def test_portal_people_have_papers_and_figures(demo: Demo) -> None:
    for login, places in (
        ("clara@vidal.example", 2),
        ("nils@akerstrom.example", 1),
        ("rosa@pena.example", 1),
    ):
        answer = await demo.office.ask(
            await demo.known("portal", login),
            """{ viewer { memberships { companyName } } portalHome(year: 2026) { receivedTotal invoiceCount }
              portalDocuments(first: 50) { totalCount nodes { readAt messages { byIssuer } } } }""",
        )
        assert not answer.errors
        data = answer.data
        assert len(data["viewer"]["memberships"]) == places
        assert data["portalHome"]["invoiceCount"] > 2
        assert data["portalDocuments"]["totalCount"] > 4
        assert any(node["readAt"] for node in data["portalDocuments"]["nodes"])
        assert any(len(node["messages"]) == 2 for node in data["portalDocuments"]["nodes"])


SUNDRY = """{ recurringInvoices(companyId: "%(c)s") { nodes { state nextOn } }
  salesDocuments(companyId: "%(c)s", first: 200) {
    nodes { isSimplified rectificationCause number total rectifies { number } } }
  purchaseDocuments(companyId: "%(c)s", filter: {search: "BD-1187"}) {
    nodes { currency exchangeRate status regime total } } }"""


async def test_some_clients_have_what_is_rare(demo: Demo) -> None:
    """Templates at work and paused, a rectifying invoice with its cause, tickets to replace, a bill in dollars."""
    marta = await demo.known("firm", "marta@puig.example")
    clients = (await demo.office.ask(marta, CLIENTS % "ALL")).data["clients"]["nodes"]
    for name in ("Fusteria Puigdevall SL", "Bar El Racó de la Plaça SCP"):
        [company] = [client["id"] for client in clients if client["name"] == name]
        answer = await demo.office.ask(marta, SUNDRY % {"c": company})
        assert not answer.errors
        templates = answer.data["recurringInvoices"]["nodes"]
        assert {one["state"]: one["nextOn"] for one in templates} == {
            "ACTIVE": "2026-12-01",
            "PAUSED": "2026-12-01",
        }
        sold = answer.data["salesDocuments"]["nodes"]
        [rectifying] = [one for one in sold if one["rectificationCause"] == "CORRECTION"]
        assert rectifying["number"].startswith("FR26-")
        assert rectifying["rectifies"]["number"]
        assert Decimal(rectifying["total"]) < 0
        assert sum(one["isSimplified"] for one in sold) == 2
        [bill] = answer.data["purchaseDocuments"]["nodes"]
        assert bill == {
            "currency": "USD",
            "exchangeRate": "0.86420000",
            "status": "APPROVED",
            "regime": "FOREIGN_SERVICE",
            "total": "480.00",
        }


async def test_the_partner_app_has_one_company_and_two_scopes(demo: Demo) -> None:
    answer = await demo.office.ask(
        await demo.holder(demo.token),
        "{ salesDocuments(first: 5) { totalCount } bankLines(first: 5) { totalCount } contacts { totalCount } }",
    )
    assert answer.data["salesDocuments"]["totalCount"] > 20
    assert answer.data["bankLines"]["totalCount"] > 20
    assert answer.data["contacts"] is None or answer.data["contacts"]["totalCount"] == 0


async def test_balances_are_even_and_the_bank_agrees(demo: Demo) -> None:
    """What the bank states at the end is what the ledger says, less what nobody has reconciled yet."""
    marta = await demo.known("firm", "marta@puig.example")
    answer = await demo.office.ask(
        marta,
        """{ clients(first: 50) { nodes { id name bankAccounts { statementBalance ledgerBalance } } } }""",
    )
    seen = 0
    for client in answer.data["clients"]["nodes"]:
        for account in client["bankAccounts"] or ():
            company = client["id"]
            lines = await demo.office.ask(
                marta,
                f"""{{ bankLines(companyId: "{company}", filter: {{unreconciled: true}}, first: 200) {{
                  nodes {{ amount settledAmount }} }} }}""",
            )
            open_lines = sum(Decimal(line["amount"]) for line in lines.data["bankLines"]["nodes"])
            assert Decimal(account["statementBalance"]) - open_lines == Decimal(account["ledgerBalance"])
            seen += 1
    assert seen == len(TRADES) - 1, "one client did not grant BANKING"
