"""Documents as everybody asks for them: lists, counters, acts, and what strangers and contacts get."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from gateway import limits
from gateway.planner.plan import Asked
from services.access.interface import Viewer
from services.access.policy import Role, Scope
from services.documents.interface import approve_document, archive_document, attach, settle
from services.documents.models import Document
from services.kit import clock
from tests.support.builders.documents import RULE_1, approved, customer, draft, issuer, lines, row, sent
from tests.support.builders.journal import post
from tests.support.office import BOOKS, Office

HEAD = "id type number status issuedOn dueOn currency taxableBase taxTotal withholding total outstanding"
LIST = """query ($company: ID, $filter: SalesDocumentFilter, $order: DocumentOrder! = ISSUED_ASC, $first: Int! = 50,
  $after: String, $archived: Boolean! = false) {
  salesDocuments(companyId: $company, filter: $filter, orderBy: $order, first: $first, after: $after,
                 archived: $archived) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id number type status contact { name } } } }"""
PURCHASES = """query ($company: ID, $filter: PurchaseDocumentFilter) {
  purchaseDocuments(companyId: $company, filter: $filter) { totalCount nodes { id type number } } }"""
PENDING = "query ($id: ID!) { client(id: $id) { pendingWork { sales purchases } } }"
APPROVE = """mutation ($ids: [ID!]!) { approveDocuments(ids: $ids, requestKey: "k") { refusals { code }
  results { id refusals { code } salesDocument { number status } purchaseDocument { number status } } } }"""


MANY = text(
    "insert into document (id, company_id, side, kind, status, issued_on, currency, search_text, taxable_base,"
    " tax_total, withholding_rate, withholding, total, outstanding, created_at)"
    " select gen_random_uuid(), :company, 'SALES', 'ESTIMATE', 'DRAFT', date '2020-01-01' + day, 'EUR', '', 1, 0, 0, 0,"
    " 1, 0, now() from generate_series(1, 2000) day"
)


async def both_ways(office: Office, viewer: Viewer, document: str, variables: dict[str, Any]) -> Any:
    """The plan's answer, after graphql-core gave the same."""
    planned = await office.ask(viewer, document, variables)
    walked = await office.ask(viewer, document, variables, planned=False)
    assert walked.data == planned.data
    assert planned.errors == []
    return planned.data


async def listed(office: Office, viewer: Viewer, company_id: UUID, **variables: Any) -> list[str]:
    data = await both_ways(office, viewer, LIST, {"company": str(company_id), **variables})
    assert data["salesDocuments"]["totalCount"] == len(data["salesDocuments"]["nodes"])
    return [node["id"] for node in data["salesDocuments"]["nodes"]]


class TestOne:
    async def test_shows_figures_lines_taxes_settlements_and_files(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await approved(
            office,
            company_id,
            await customer(office, company_id),
            lines=lines(*RULE_1),
            due_on=date(2026, 4, 1),
        )
        async with office.act() as act:
            await attach(
                act,
                document_id=document_id,
                filename="plan.pdf",
                media_type="application/pdf",
                size=9,
                sha256="a" * 64,
            )
        entry_id = await post(office, company_id)
        async with office.act() as act:
            paid: dict[str, Any] = {"document_id": document_id, "entry_id": entry_id, "on": date(2026, 3, 9)}
            await settle(act, amount=Decimal("34.00"), **paid)
        document = f"""query ($id: ID!) {{ salesDocument(id: $id) {{ {HEAD} pdfUrl contact {{ name }}
          lines {{ position description quantity unitPrice discountPercent taxRate base }}
          taxes {{ rate base quota }} settlements {{ amount settledOn entryId }}
          attachments {{ filename size url }} }} }}"""

        answer = await office.ask(office.bookkeeper, document, {"id": str(document_id)})

        assert answer.errors == []
        found = answer.data["salesDocument"]
        assert found.pop("lines")[0] == {
            "position": 1,
            "description": "Oak board 1",
            "quantity": "1.0000",
            "unitPrice": "1000.0000",
            "discountPercent": "0.00",
            "taxRate": "21.00",
            "base": "1000.00",
        }
        assert found == {
            "id": str(document_id),
            "type": "SALES_INVOICE",
            "number": "FV26-000001",
            "status": "PARTLY_PAID",
            "issuedOn": "2026-03-02",
            "dueOn": "2026-04-01",
            "currency": "EUR",
            "taxableBase": "1300.00",
            "taxTotal": "234.00",
            "withholding": "0.00",
            "total": "1534.00",
            "outstanding": "1500.00",
            "pdfUrl": "/files/document-pdf",
            "contact": {"name": "Cafés Brisa SL"},
            "taxes": [
                {"rate": "21.00", "base": "1000.00", "quota": "210.00"},
                {"rate": "10.00", "base": "200.00", "quota": "20.00"},
                {"rate": "4.00", "base": "100.00", "quota": "4.00"},
            ],
            "settlements": [{"amount": "34.00", "settledOn": "2026-03-09", "entryId": str(entry_id)}],
            "attachments": [{"filename": "plan.pdf", "size": 9, "url": "/files/attachment"}],
        }

    async def test_is_found_on_its_own_side_only(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await draft(office, company_id, None, kind="EXPENSE")
        document = "query ($id: ID!) { salesDocument(id: $id) { id } purchaseDocument(id: $id) { type } }"

        data = await both_ways(office, office.manager, document, {"id": str(document_id)})

        assert data == {"salesDocument": None, "purchaseDocument": {"type": "EXPENSE"}}


class TestList:
    async def test_is_filtered(self, office: Office) -> None:
        company_id = await issuer(office)
        cafe, mill = await customer(office, company_id), await customer(office, company_id, "Molíno Alto SA")
        invoice = str(await sent(office, company_id, cafe, description="Oak shelves"))
        estimate = str(await approved(office, company_id, mill, kind="ESTIMATE", issued_on=date(2026, 3, 3)))
        waiting = str(await draft(office, company_id, mill, issued_on=date(2026, 3, 4)))
        async with office.act() as act:
            read = await act.session.get(Document, UUID(invoice))
            assert read is not None
            read.read_at = clock.now()
        cases: list[tuple[dict[str, Any], list[str]]] = [
            ({}, [invoice, estimate, waiting]),
            ({"type": "ESTIMATE"}, [estimate]),
            ({"status": "PENDING_REVIEW"}, [waiting]),
            ({"read": "READ"}, [invoice]),
            ({"read": "UNREAD"}, [estimate, waiting]),
            ({"read": "ALL"}, [invoice, estimate, waiting]),
            ({"search": "SHELVES"}, [invoice]),
            ({"search": "fv26-0"}, [invoice]),
            ({"search": "molino"}, [estimate, waiting]),
            ({"contactId": str(mill), "type": "SALES_INVOICE"}, [waiting]),
            ({"open": True}, [invoice]),
            ({"open": False}, [estimate, waiting]),
            ({"unposted": True}, [waiting]),
        ]

        for given, expected in cases:
            assert await listed(office, office.manager, company_id, filter=given) == expected, given

    async def test_hides_archived_ones_until_asked(self, office: Office) -> None:
        company_id = await issuer(office)
        kept, gone = [str(await draft(office, company_id, None)) for _ in range(2)]
        document = "mutation ($id: ID!) { %s(id: $id) { refusals { code } salesDocument { archivedAt } } }"

        await office.ask(office.bookkeeper, document % "archiveDocument", {"id": gone})
        assert await listed(office, office.manager, company_id) == [kept]
        assert await listed(office, office.manager, company_id, archived=True) == [gone]
        await office.ask(office.bookkeeper, document % "restoreDocument", {"id": gone})

        assert sorted(await listed(office, office.manager, company_id)) == sorted([kept, gone])

    @pytest.mark.parametrize("key", ["ISSUED", "DUE", "NUMBER", "BASE", "TOTAL", "OUTSTANDING"])
    @pytest.mark.parametrize("direction", ["ASC", "DESC"])
    async def test_is_paged_without_loss_in_every_order(
        self, office: Office, key: str, direction: str
    ) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        for day, price in ((1, "30.00"), (2, "10.00"), (3, "20.00")):
            fields: dict[str, Any] = {"issued_on": date(2026, 3, day), "lines": lines((None, price, "21"))}
            await approved(office, company_id, contact_id, **fields)
            await draft(office, company_id, contact_id, due_on=date(2026, 4, 9 - day), **fields)
        order = f"{key}_{direction}"
        seen: list[str] = []
        after = None

        while True:
            variables = {"company": str(company_id), "order": order, "first": 4, "after": after}
            page = (await both_ways(office, office.manager, LIST, variables))["salesDocuments"]
            seen += [node["id"] for node in page["nodes"]]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break

        assert seen == await listed(office, office.manager, company_id, order=order)
        assert len(set(seen)) == 6

    async def test_does_not_find_by_contacts_where_the_book_is_not_granted(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = str(await draft(office, company_id, await customer(office, company_id)))
        blind = await office.employee(company_id, view=frozenset({Scope.SALES}))
        seeing = await office.employee(company_id, view=frozenset({Scope.SALES, Scope.CONTACTS}))
        document = "query ($f: SalesDocumentFilter) { salesDocuments(filter: $f) { nodes { id } } }"

        found = await office.ask(seeing, document, {"f": {"search": "brisa"}})
        not_found = await office.ask(blind, document, {"f": {"search": "brisa"}})
        by_line = await office.ask(blind, document, {"f": {"search": "oak"}})

        assert found.data["salesDocuments"]["nodes"] == [{"id": document_id}]
        assert not_found.data["salesDocuments"]["nodes"] == []
        assert by_line.data["salesDocuments"]["nodes"] == [{"id": document_id}]

    async def test_reads_a_page_by_its_index_without_sorting(self, office: Office) -> None:
        company_id = await issuer(office)
        async with office.act() as act:
            await act.session.execute(MANY, {"company": company_id})
        variables = {"company": str(company_id), "order": "ISSUED_DESC"}
        listing = LIST.replace("totalCount ", "")
        operation = office.executor.prepare(listing, limits.OWN_APPS).operation(None)
        coerced = office.executor.variables(operation, variables)
        plan = office.plan(Role.ACCOUNT_MANAGER, listing, variables)
        assert plan is not None

        async with office.database.planned(office.manager.id, clock.now()) as connection:
            await connection.execute("set local enable_seqscan = off")
            asked = Asked(office.manager.id, clock.now(), clock.today(), coerced)
            steps = "\n".join(
                step[0] for step in await connection.fetch(f"explain {plan.sql}", *plan.bind(asked))
            )

        assert "Index Scan Backward using document_by_issue" in steps
        assert "Sort" not in steps


class TestCounters:
    async def test_equal_their_lists_and_fall_by_what_is_approved(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        sales = [str(await draft(office, company_id, contact_id)) for _ in range(3)]
        bill = str(await draft(office, company_id, contact_id, kind="PURCHASE_INVOICE", number="A-1"))
        archived = await draft(office, company_id, contact_id)
        await draft(office, company_id, contact_id, status="DRAFT")
        async with office.act() as act:
            await archive_document(act, archived)
        waiting = {"company": str(company_id), "filter": {"status": "PENDING_REVIEW"}}

        before = await both_ways(office, office.manager, PENDING, {"id": str(company_id)})
        sales_total = (await both_ways(office, office.manager, LIST, waiting))["salesDocuments"]["totalCount"]
        bills = (await both_ways(office, office.manager, PURCHASES, waiting))["purchaseDocuments"][
            "totalCount"
        ]
        await office.ask(office.manager, APPROVE, {"ids": [*sales[:2], bill]})
        after = await both_ways(office, office.manager, PENDING, {"id": str(company_id)})

        assert before["client"]["pendingWork"] == {"sales": sales_total, "purchases": bills}
        assert (sales_total, bills) == (3, 1)
        assert after["client"]["pendingWork"] == {"sales": 1, "purchases": 0}

    async def test_are_explained_where_a_side_is_not_granted(self, office: Office) -> None:
        company_id = await issuer(office, view=BOOKS - {Scope.PURCHASES})

        answer = await office.ask(office.manager, PENDING, {"id": str(company_id)})

        assert answer.data["client"]["pendingWork"] == {"sales": 0, "purchases": None}
        assert answer.codes == ["SCOPE"]


class TestApproving:
    async def test_answers_for_each_and_the_same_twice(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        sale = str(await draft(office, company_id, contact_id))
        bill = str(await draft(office, company_id, contact_id, kind="EXPENSE", number="T-9"))
        nobody = str(await draft(office, company_id, None))

        first = await office.ask(office.manager, APPROVE, {"ids": [sale, nobody, bill]})
        second = await office.ask(office.manager, APPROVE, {"ids": [sale, nobody, bill]})

        assert first.data["approveDocuments"]["results"] == [
            {
                "id": sale,
                "refusals": [],
                "salesDocument": {"number": "FV26-000001", "status": "APPROVED"},
                "purchaseDocument": None,
            },
            {
                "id": nobody,
                "refusals": [{"code": "CONTACT_MISSING"}],
                "salesDocument": {"number": None, "status": "PENDING_REVIEW"},
                "purchaseDocument": None,
            },
            {
                "id": bill,
                "refusals": [],
                "salesDocument": None,
                "purchaseDocument": {"number": "T-9", "status": "APPROVED"},
            },
        ]
        assert second.data == first.data

    async def test_is_not_for_bookkeepers(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = str(await draft(office, company_id, await customer(office, company_id)))

        answer = await office.ask(office.bookkeeper, APPROVE, {"ids": [document_id]})

        assert answer.codes == ["ROLE"]
        assert (await row(office, UUID(document_id))).status == "PENDING_REVIEW"


class TestCreating:
    async def test_makes_submits_approves_and_sends(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        create = """mutation ($input: CreateSalesDocumentInput!) { createSalesDocument(input: $input) {
          refusals { code path } salesDocument { id status total } purchaseDocument { id } } }"""
        line = {"description": "Oak table", "quantity": "2", "unitPrice": "50.00", "taxRate": "21"}
        given = {
            "companyId": str(company_id),
            "type": "SALES_INVOICE",
            "contactId": str(contact_id),
            "issuedOn": "2026-03-02",
            "lines": [line],
            "requestKey": "a",
        }
        made = (await office.ask(office.bookkeeper, create, {"input": given})).data["createSalesDocument"]
        document = "mutation ($id: ID!) { %s(id: $id) { refusals { code } salesDocument { status sentAt } } }"
        document_id = made["salesDocument"]["id"]

        early = await office.ask(office.bookkeeper, document % "sendDocument", {"id": document_id})
        submitted = await office.ask(office.bookkeeper, document % "submitDocument", {"id": document_id})
        async with office.act() as act:
            await approve_document(act, document_id)
        gone_out = await office.ask(office.bookkeeper, document % "sendDocument", {"id": document_id})

        assert made == {
            "refusals": [],
            "salesDocument": {"id": document_id, "status": "DRAFT", "total": "121.00"},
            "purchaseDocument": None,
        }
        assert early.data["sendDocument"]["refusals"] == [{"code": "NOT_APPROVED"}]
        assert submitted.data["submitDocument"]["salesDocument"]["status"] == "PENDING_REVIEW"
        assert gone_out.data["sendDocument"]["salesDocument"]["sentAt"] is not None

    async def test_names_the_line_that_is_wrong(self, office: Office) -> None:
        company_id = await issuer(office)
        create = """mutation ($input: CreatePurchaseDocumentInput!) { createPurchaseDocument(input: $input) {
          refusals { code path } purchaseDocument { id } } }"""
        good = {"description": "Glue", "unitPrice": "5.00", "taxRate": "21"}
        given = {
            "companyId": str(company_id),
            "type": "EXPENSE",
            "issuedOn": "2026-03-02",
            "lines": [good, {**good, "taxRate": "18"}],
            "requestKey": "a",
        }

        answer = await office.ask(office.bookkeeper, create, {"input": given})

        assert answer.data["createPurchaseDocument"] == {
            "refusals": [{"code": "TAX_RATE_UNKNOWN", "path": ["lines", "1", "taxRate"]}],
            "purchaseDocument": None,
        }


class TestStrangers:
    ONE = "query ($id: ID!) { salesDocument(id: $id) { id lines { id } } }"

    async def test_get_nothing(self, office: Office) -> None:
        company_id = await issuer(office, assigned=False)
        document_id = str(await sent(office, company_id, await customer(office, company_id)))
        stranger = await office.client_owner(await office.client("Tallers Mistral SL"))

        for viewer in (office.manager, office.bookkeeper, stranger):
            assert (await office.ask(viewer, self.ONE, {"id": document_id})).data == {"salesDocument": None}
            assert await listed(office, viewer, company_id) == []

    async def test_from_the_portal_see_their_own_as_far_as_it_is_shown(self, office: Office) -> None:
        company_id = await issuer(office)
        mine, other = await customer(office, company_id), await customer(office, company_id, "Molino Alto SA")
        portal = await office.portal_contact(company_id, mine)
        shown = str(await sent(office, company_id, mine))
        hidden = [
            await approved(office, company_id, mine, issued_on=date(2026, 3, 4)),
            await draft(office, company_id, mine, kind="ESTIMATE", status="DRAFT"),
            await sent(office, company_id, other, issued_on=date(2026, 3, 5)),
        ]

        assert await listed(office, portal, company_id) == [shown]
        one = await office.ask(portal, self.ONE, {"id": shown})
        assert len(one.data["salesDocument"]["lines"]) == 1
        for document_id in hidden:
            answer = await office.ask(portal, self.ONE, {"id": str(document_id)})
            assert answer.data == {"salesDocument": None}
        purchases = await office.ask(portal, PURCHASES, {"company": str(company_id)})
        assert purchases.data["purchaseDocuments"] is None
        assert purchases.codes == ["ROLE"]
