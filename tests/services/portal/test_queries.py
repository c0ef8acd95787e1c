"""What a contact sees, what nobody else sees, and figures that somebody computed by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from services.access.policy import Scope, SubscriptionPlan
from services.kit import clock
from tests.support.builders.portal import Publisher
from tests.support.office import Office

LIST = """query($filter: PortalDocumentFilter, $orderBy: DocumentOrder! = ISSUED_DESC) {
  portalDocuments(filter: $filter, orderBy: $orderBy) { totalCount nodes { id number } } }"""
ONE = """query($id: ID!) { portalDocument(id: $id) { number status type total
  issuer { name } recipient { name city } lines { description base } messages { text } } }"""
HOME = """query($year: Int!) { portalHome(year: $year) { year currency receivedTotal outstandingTotal pendingEstimates
  averageInvoice productsPerInvoice averagePaymentDays invoiceCount
  salesAndEstimatesByMonth { month sales estimates } } }"""


async def _numbers(publisher: Publisher, viewer: Any = None, **variables: Any) -> list[str]:
    answer = await publisher.office.ask(viewer or publisher.x, LIST, variables)
    assert not answer.errors, answer.errors
    page = answer.data["portalDocuments"]
    assert page["totalCount"] == len(page["nodes"])
    return [node["number"] for node in page["nodes"]]


async def _home(publisher: Publisher, viewer: Any = None, year: int = 2026) -> Any:
    answer = await publisher.office.ask(viewer or publisher.x, HOME, {"year": year})
    assert not answer.errors, answer.errors
    unplanned = await publisher.office.ask(viewer or publisher.x, HOME, {"year": year}, planned=False)
    assert unplanned.data == answer.data, "both executors give one answer"
    return answer.data["portalHome"]


async def test_a_contact_sees_its_own_documents_and_nothing_else(publisher: Publisher) -> None:
    await publisher.document("F1")
    await publisher.document("F2", contact_id=publisher.y_id)
    await publisher.document("F3", contact_id=None)
    foreign = await Publisher.open(publisher.office, "Bar Nou SL")
    await foreign.document("F4")

    assert await _numbers(publisher) == ["F1"]
    assert await _numbers(publisher, publisher.y) == ["F2"]
    for number, owner in (("F2", publisher), ("F3", publisher), ("F4", foreign)):
        answer = await publisher.office.ask(publisher.x, ONE, {"id": str(owner.numbers[number])})
        assert answer.data == {"portalDocument": None}
        assert not answer.errors, "hidden, not denied"


@pytest.mark.parametrize(
    ("number", "columns", "shown"),
    [
        ("draft", {"status": "DRAFT"}, False),
        ("in review", {"status": "PENDING_REVIEW"}, False),
        ("unsent invoice", {"sent_at": None}, False),
        ("unsent proforma", {"kind": "PROFORMA", "sent_at": None}, False),
        ("sent proforma", {"kind": "PROFORMA"}, True),
        ("archived", {"archived_at": datetime(2026, 5, 1, tzinfo=UTC)}, False),
        ("unsent delivery note", {"kind": "DELIVERY_NOTE", "sent_at": None}, True),
        ("unsent order", {"kind": "SALES_ORDER", "sent_at": None}, True),
        ("rejected estimate", {"kind": "ESTIMATE", "status": "REJECTED"}, True),
        ("draft estimate", {"kind": "ESTIMATE", "status": "DRAFT", "sent_at": None}, False),
        ("paid", {"status": "PAID", "outstanding": Decimal(0)}, True),
    ],
)
async def test_which_documents_show(
    publisher: Publisher, number: str, columns: dict[str, Any], *, shown: bool
) -> None:
    made = await publisher.document(number, **columns)
    assert await _numbers(publisher) == ([number] if shown else [])
    answer = await publisher.office.ask(publisher.x, ONE, {"id": str(made)})
    assert (answer.data["portalDocument"] is not None) is shown


async def test_a_hidden_document_is_in_no_figure(publisher: Publisher) -> None:
    await publisher.document("F1", status="DRAFT")
    await publisher.document("F2", sent_at=None)
    await publisher.document("F3", archived_at=datetime(2026, 5, 1, tzinfo=UTC))
    await publisher.document("F4", contact_id=publisher.y_id)
    home = await _home(publisher)
    assert home["receivedTotal"] == home["outstandingTotal"] == "0.00"
    assert home["invoiceCount"] == 0
    assert home["averageInvoice"] is home["productsPerInvoice"] is home["averagePaymentDays"] is None
    assert {(bar["sales"], bar["estimates"]) for bar in home["salesAndEstimatesByMonth"]} == {
        ("0.00", "0.00")
    }


async def test_staff_have_no_portal(office: Office, publisher: Publisher) -> None:
    made = await publisher.document("F1")
    for viewer in (office.owner, office.manager, office.bookkeeper, publisher.owner):
        for document, variables in ((LIST, {}), (ONE, {"id": str(made)}), (HOME, {"year": 2026})):
            answer = await office.ask(viewer, document, variables)
            assert set(answer.data.values()) == {None}
            assert answer.codes == ["ROLE"]


async def test_figures_of_a_known_year(publisher: Publisher) -> None:
    # Two invoices with 2 and 4 products, paid after 10 and 20 days; one open and partly paid; a credit note.
    paid = {"status": "PAID", "outstanding": Decimal(0)}
    await publisher.document(
        "F1", total="100.00", issued_on=date(2026, 1, 10), paid_on=date(2026, 1, 20), product_lines=2, **paid
    )
    await publisher.document(
        "F2", total="200.00", issued_on=date(2026, 1, 31), paid_on=date(2026, 2, 20), product_lines=4, **paid
    )
    await publisher.document(
        "F3",
        total="300.50",
        issued_on=date(2026, 12, 31),
        status="PARTLY_PAID",
        outstanding=Decimal("100.50"),
        product_lines=0,
    )
    await publisher.document("R1", total="-50.00", issued_on=date(2026, 2, 1), product_lines=1)
    # Last year counts for what is owed only.
    await publisher.document("F0", total="40.00", issued_on=date(2025, 12, 31))
    # Estimates: one waits, one was answered, one was never sent, one held until April.
    await publisher.document("P1", kind="ESTIMATE", total="500.00", issued_on=date(2026, 2, 2), due_on=None)
    await publisher.document("P4", kind="ESTIMATE", total="10.00", issued_on=date(2025, 2, 2))
    await publisher.document(
        "P2", kind="ESTIMATE", total="70.00", issued_on=date(2026, 2, 3), status="ACCEPTED"
    )
    await publisher.document("P3", kind="ESTIMATE", total="30.00", issued_on=date(2026, 6, 3), sent_at=None)
    # Money in another currency is never added.
    await publisher.document(
        "U1", total="999.00", issued_on=date(2026, 1, 5), currency="USD", product_lines=9
    )

    home = await _home(publisher)

    assert home["currency"] == "EUR"
    assert home["receivedTotal"] == "550.50"  # 100 + 200 + 300.50 - 50
    assert home["outstandingTotal"] == "140.50"  # 100.50 + 40
    assert home["pendingEstimates"] == 1
    assert home["invoiceCount"] == 3
    assert home["averageInvoice"] == "183.50"  # 550.50 / 3
    assert home["productsPerInvoice"] == "2.00"  # (2 + 4 + 0) / 3
    assert home["averagePaymentDays"] == "15.00"
    months = {bar["month"]: (bar["sales"], bar["estimates"]) for bar in home["salesAndEstimatesByMonth"]}
    assert list(months) == list(range(1, 13))
    busy = {1: ("300.00", "0.00"), 2: ("-50.00", "570.00"), 6: ("0.00", "30.00"), 12: ("300.50", "0.00")}
    assert months == {month: busy.get(month, ("0.00", "0.00")) for month in range(1, 13)}
    assert (await _home(publisher, year=2025))["receivedTotal"] == "40.00"
    assert (await _home(publisher, publisher.y))["receivedTotal"] == "0.00"


async def test_home_is_one_statement_and_unknown_years_have_none(publisher: Publisher) -> None:
    assert publisher.office.plan(publisher.x.role, HOME, {"year": 2026}) is not None
    answer = await publisher.office.ask(publisher.x, HOME, {"year": 1815})
    assert answer.data == {"portalHome": None}


async def test_a_document_shows_both_parties(publisher: Publisher) -> None:
    made = await publisher.document("F1", product_lines=2)
    answer = await publisher.office.ask(publisher.x, ONE, {"id": str(made)})
    shown = answer.data["portalDocument"]
    assert shown["issuer"] == {"name": "Fusteria Puig SL"}
    assert shown["recipient"] == {"name": "Xavier Mas", "city": "Vic"}
    assert [line["base"] for line in shown["lines"]] == ["100.00", "100.00"]
    assert shown["messages"] == []
    assert not answer.errors


async def test_lists_filter_sort_and_page(publisher: Publisher) -> None:
    await publisher.document("A1", total="30.00", issued_on=date(2026, 1, 1), due_on=date(2026, 9, 1))
    await publisher.document(
        "A2", total="10.00", issued_on=date(2026, 1, 2), due_on=None, read_at=clock.now()
    )
    await publisher.document("B1", kind="DELIVERY_NOTE", total="20.00", issued_on=date(2026, 1, 2))
    assert await _numbers(publisher) == ["B1", "A2", "A1"]
    assert await _numbers(publisher, orderBy="TOTAL_ASC") == ["A2", "B1", "A1"]
    assert await _numbers(publisher, orderBy="DUE_ASC") == ["A2", "B1", "A1"]
    assert await _numbers(publisher, orderBy="NUMBER_DESC") == ["B1", "A2", "A1"]
    assert await _numbers(publisher, filter={"type": "DELIVERY_NOTE"}) == ["B1"]
    assert await _numbers(publisher, filter={"search": "a"}) == ["A2", "A1"]
    assert await _numbers(publisher, filter={"read": "READ"}) == ["A2"]
    assert await _numbers(publisher, filter={"read": "UNREAD"}) == ["B1", "A1"]
    assert await _numbers(publisher, filter={"read": "ALL"}) == ["B1", "A2", "A1"]
    answer = await publisher.office.ask(publisher.x, "{ portalDocuments(first: 201) { nodes { id } } }")
    assert answer.codes == ["BAD_INPUT"]


async def test_the_profile_is_the_card(publisher: Publisher) -> None:
    document = (
        """{ portalProfile { name taxIdType taxId address country province city postcode email phone } }"""
    )
    answer = await publisher.office.ask(publisher.x, document)
    assert answer.data["portalProfile"]["name"] == "Xavier Mas"
    assert answer.data["portalProfile"]["city"] == "Vic"
    assert len(answer.data["portalProfile"]) == 10
    assert (await publisher.office.ask(publisher.owner, document)).codes == ["ROLE"]


async def test_without_the_scope_there_is_an_explained_null(publisher: Publisher) -> None:
    contact = await publisher.office.portal_contact(
        publisher.company_id, publisher.x_id, view=frozenset({Scope.CONTACTS})
    )
    made = await publisher.document("F1")
    assert (await publisher.office.ask(contact, ONE, {"id": str(made)})).data == {"portalDocument": None}
    listed = await publisher.office.ask(contact, LIST)
    assert listed.data == {"portalDocuments": None}
    assert listed.codes == ["SCOPE"]


async def test_branding_is_open_to_anybody_and_writing_it_is_not(
    office: Office, publisher: Publisher
) -> None:
    slug = f"puig-{publisher.company_id.hex[-12:]}"
    document = "query($slug: String!) { publisherBranding(slug: $slug) { name slug primaryColor locales } }"
    answer = await office.ask(publisher.x, document, {"slug": slug})
    assert answer.data["publisherBranding"] == {
        "name": "Fusteria Puig SL",
        "slug": slug,
        "primaryColor": "#1f5f4a",
        "locales": ["es", "en", "ca", "sv"],
    }
    assert (await office.ask(publisher.x, document, {"slug": "nobody"})).data == {"publisherBranding": None}
    starter = await office.client("Petit SL", plan=SubscriptionPlan.STARTER)
    change = """mutation($company: ID!, $slug: String!) { setBranding(companyId: $company, slug: $slug,
      displayName: "P", primaryColor: "#aabbcc") { branding { slug } refusals { code } } }"""
    for company, wanted, code in (
        (publisher.company_id, "admin", "SLUG_RESERVED"),
        (publisher.company_id, "a--b", "BAD_INPUT"),
        (starter, slug, "DENIED"),
    ):
        refused = await office.ask(office.owner, change, {"company": str(company), "slug": wanted})
        assert refused.data["setBranding"]["refusals"] == [{"code": code}]
    other = await Publisher.open(office, "Bar Nou SL")
    taken = await office.ask(other.owner, change, {"company": str(other.company_id), "slug": slug})
    assert taken.data["setBranding"]["refusals"] == [{"code": "SLUG_TAKEN"}]
